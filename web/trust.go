package web

import (
	"fmt"
	"net/http"

	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/stat/agreement"
)

// trustView is how often persons changed what cairn read, by language and field.
type trustView struct {
	Rows      []recorder.Trust       `json:"rows"`
	Agreement []recorder.CodersAgree `json:"agreement"` // of those who coded blind
}

func (trustView) title() string { return "Trust in the machine" }

func (s *site) trustPage(r *http.Request) (view, error) {
	rows, err := recorder.TrustIn(r.Context(), s.view, s.settings.Project)
	if err != nil {
		return nil, err
	}
	agreement, err := recorder.AgreementIn(r.Context(), s.view, s.settings.Project)
	return trustView{rows, agreement}, err
}

// coefficient writes how far coders agree, with its interval.
func coefficient(e agreement.Estimate) string {
	switch {
	case !e.Known:
		return "cannot be told"
	case !e.Bounded:
		return fmt.Sprintf("%.2f", e.Value)
	}
	return fmt.Sprintf("%.2f (%.2f to %.2f)", e.Value, e.Low, e.High)
}

// codedField says what of claims is compared.
func codedField(field string) string {
	return worded(map[string]string{"claim": "whether anything is claimed", "harm": "what was done", "class": "to whom", "place": "where", "party": "by whom", "says": "whether it is asserted"}, field)
}
