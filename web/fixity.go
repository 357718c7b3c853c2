package web

import (
	"context"
	"fmt"
	"net/http"

	"github.com/cairn-recorder/cairn"
)

// A fixity is how the record stood when it was last checked. Late says that the
// next check is long due.
type fixity struct {
	Last *cairn.FixityCheck `json:"last"` // nil where no check was kept
	Late bool               `json:"late"`
}

// Sound reports whether the last check is recent and found nothing.
func (f fixity) Sound() bool { return f.Last != nil && f.Last.Faults == 0 && !f.Late }

// checked returns how the record stood when it was last checked. Where it is to be
// checked by the clock, a check is late once two of its times have gone by.
func (s *site) checked(ctx context.Context) (fixity, error) {
	all, err := s.view.FixityChecks(ctx, 1)
	var f fixity
	if err == nil && len(all) > 0 {
		f.Last = &all[0]
		f.Late = s.settings.Checked > 0 && s.settings.Now().Sub(f.Last.At) > 2*s.settings.Checked
	}
	return f, err
}

// fixity answers a monitor whether the record was as it was recorded when it was
// last checked: status 503 where it was not, or where no check came for long.
func (s *site) fixity(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	f, err := s.checked(r.Context())
	said := "ok"
	switch {
	case err != nil:
		said = "the record cannot be read"
	case f.Last == nil:
		said = "no check was kept: cairn serve --verify-every, or cairn verify --keep"
	case f.Last.Faults > 0:
		said = "faults were found"
	case f.Late:
		said = "the next check is long due"
	}
	if !f.Sound() {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	fmt.Fprintln(w, said)
	if f.Last != nil {
		fmt.Fprintln(w, f.Last)
	}
}
