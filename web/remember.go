package web

import (
	"context"
	"fmt"
	"sync"

	"github.com/cairn-recorder/cairn/recorder"
)

// remembered is the totals of the last act, so that a page which many look at
// is added up once. What has been recorded changes with acts alone.
type remembered struct {
	mu     sync.Mutex
	act    int
	totals map[string]recorder.Answer
}

// mostRemembered bounds how many totals are kept.
const mostRemembered = 256

// total adds up what q chooses, or returns what it was as of the same act.
func (s *site) total(ctx context.Context, q recorder.Query) (recorder.Answer, error) {
	act, err := s.view.LastAct(ctx)
	if err != nil {
		return recorder.Answer{}, err
	}
	key := fmt.Sprintf("%q", []any{q.Place, q.From, q.To, q.Grades, q.Stage, q.By})
	if t, ok := s.kept.get(act, key); ok {
		return t, nil
	}
	t, err := s.book.Total(ctx, q)
	if err == nil {
		s.kept.put(act, key, t)
	}
	return t, err
}

func (r *remembered) get(act int, key string) (recorder.Answer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.totals[key]
	return t, ok && r.act == act
}

func (r *remembered) put(act int, key string, t recorder.Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.act != act || len(r.totals) >= mostRemembered {
		r.act, r.totals = act, map[string]recorder.Answer{}
	}
	r.totals[key] = t
}
