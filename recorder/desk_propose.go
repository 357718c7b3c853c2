package recorder

import (
	"context"
	"sync"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Proposals tells which incidents of a project may be one, again and again while
// people work: what an incident is weighed by is read once for as long as it has
// the same claims. It is safe for several goroutines at once.
type Proposals struct {
	view    store.View
	project string

	mu       sync.Mutex
	desk     *desk
	act      int // as of which the standing is
	standing judge.Standing
}

// NewProposals returns the proposals of a project.
func NewProposals(view store.View, project string) *Proposals {
	return &Proposals{view: view, project: project, desk: newDesk(nil), act: -1}
}

// Among returns the pairs that incidents may be halves of, the likeliest first.
func (p *Proposals) Among(ctx context.Context, incidents []cairn.Incident) ([]Pair, error) {
	if len(incidents) == 0 {
		return nil, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	act, err := p.view.LastAct(ctx)
	if err != nil {
		return nil, err
	}
	if act != p.act {
		decided, err := p.view.Judgements(ctx, p.project)
		if err != nil {
			return nil, err
		}
		p.act, p.standing = act, judge.Of(judge.Active(decided))
	}
	if len(p.desk.incidents) > mostAtHand || len(p.desk.documents) > mostAtHand {
		p.desk.forget()
	}
	s := pairing{view: p.view, project: p.project, desk: p.desk, standing: p.standing, seen: map[[2]string]bool{}}
	return s.among(ctx, incidents)
}
