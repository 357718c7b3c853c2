package web

import (
	"net/http"

	"github.com/cairn-recorder/cairn/recorder"
)

// trustView is how often persons changed what cairn read, by language and field.
type trustView struct {
	Rows []recorder.Trust `json:"rows"`
}

func (trustView) title() string { return "Trust in the machine" }

func (s *site) trustPage(r *http.Request) (view, error) {
	rows, err := recorder.TrustIn(r.Context(), s.view, s.settings.Project)
	return trustView{rows}, err
}
