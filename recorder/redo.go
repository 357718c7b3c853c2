package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
	"github.com/cairn-recorder/cairn/transcribe"
)

// A Redone says what reading the archive again changes, or would.
type Redone struct {
	Documents int               // looked at
	Reread    int               // read otherwise than before
	Incidents int               // whose claims or assessment change
	Made      int               // new incidents
	Signed    int               // signed assessments, none of which moves
	Before    total.Answer      // the headline total as it stands
	After     total.Answer      // and as it is, or would be
	Unfit     []cairn.Judgement // judgements whose words are no longer read as they were
	Missing   []string          // documents whose bytes are not there to be read
}

// errDry undoes an act that was only tried.
var errDry = errors.New("only tried")

// Redo reads the archive again with the present extractor, lexicon, places and
// policy, links what it finds and assesses it anew. What persons decided is
// carried over by document, harm and words. No signed number moves: a later
// reading stands beside the earlier, and a later assessment beside the signed.
//
// With dry it writes nothing, and says what it would change. Otherwise all of it
// is one act.
func (r *Recorder) Redo(ctx context.Context, dry bool, p Progress) (Redone, error) {
	var done Redone
	if err := r.writable(); err != nil {
		return done, err
	}
	p = p.filled()
	_, err := r.store.Write(ctx, r.act("redo", "", "read again with "+r.reader.Versions().Extractor), func(tx *store.Tx) error {
		run := redo{Recorder: r, Progress: p, tx: tx, desk: newDesk(r), done: &done, touched: map[string]bool{}, relinked: map[string]bool{}}
		run.desk.begin(tx)
		if err := run.all(ctx); err != nil {
			return err
		}
		if dry || done.Reread == 0 && done.Incidents == 0 {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return done, hinted(err)
}

// redo is one reading anew on its way.
type redo struct {
	*Recorder
	Progress
	tx      *store.Tx
	desk    *desk
	done    *Redone
	touched map[string]bool // the incidents that change

	relinked map[string]bool          // the incidents that the links make otherwise
	outcomes map[string]cairn.Outcome // what persons say that captures brought, by document
}

func (r *redo) all(ctx context.Context) error {
	q := Query{Project: r.project.Name}
	var err error
	if r.done.Before, err = Total(ctx, r.tx.View, q); err != nil {
		return err
	}
	signed, err := r.tx.Incidents(ctx, store.Filter{Project: r.project.Name, Stage: store.Signed})
	if err != nil {
		return err
	}
	r.done.Signed = len(signed)
	if err := r.documents(ctx); err != nil {
		return err
	}
	if err := r.composed(ctx); err != nil {
		return err
	}
	if err := r.settlePersons(ctx, r.tx, r.desk); err != nil {
		return err
	}
	all, err := r.tx.Incidents(ctx, store.Filter{Project: r.project.Name})
	if err != nil {
		return err
	}
	for _, i := range all {
		if err := r.reassess(ctx, i.Incident.Code); err != nil {
			return err
		}
	}
	r.done.Incidents = len(r.touched)
	if err := r.tx.Recount(ctx); err != nil {
		return err
	}
	r.done.After, err = Total(ctx, r.tx.View, q)
	return err
}

// documents reads every document again, in the order of identifiers, and notes
// the incidents that this touches.
func (r *redo) documents(ctx context.Context) (err error) {
	if r.outcomes, err = overruledOutcomes(ctx, r.tx.View); err != nil {
		return err
	}
	for after := ""; ; {
		page, err := r.tx.Documents(ctx, store.DocumentFilter{ByID: true, After: after, Limit: pageOfDocuments})
		if err != nil || len(page) == 0 {
			return err
		}
		var of []string
		for _, s := range page {
			if s.Document.Medium != transcribe.Medium && !s.Document.TakenOut() {
				of = append(of, s.Document.ID)
			}
		}
		after = page[len(page)-1].Document.ID
		for a := range inOrder(ctx, workers(), every(of), func(id string) again { return r.again(ctx, id) }) {
			if a.err != nil {
				return a.err
			}
			if err := r.one(ctx, a); err != nil {
				return fmt.Errorf("redo %s: %w", a.document.ID, err)
			}
		}
	}
}

func every[T any](all []T) func(func(T) bool) {
	return func(yield func(T) bool) {
		for _, one := range all {
			if !yield(one) {
				return
			}
		}
	}
}

// again is a document as it is read now.
type again struct {
	document cairn.Document
	reading  cairn.Reading
	missing  bool
	err      error
}

// again reads a document from its bytes once more. A text that is recorded
// stays as it is, since what was signed rests on its words; only a document that
// could not be read is taken from its bytes anew.
func (r *redo) again(ctx context.Context, id string) again {
	d, err := r.store.Document(ctx, id)
	if err != nil {
		return again{err: err}
	}
	a := again{document: d}
	if d.Text == "" {
		a.document, a.missing = r.readAs(d, r.outcomes[id])
	} else {
		a.missing = !r.archive.Has(d.Ref)
	}
	a.reading = r.readingAs(a.document, r.outcomes[id])
	return a
}

// one records what a document now says, and where its claims now belong.
func (r *redo) one(ctx context.Context, a again) error {
	r.done.Documents++
	r.Done(a.document.ID, Summary{Again: r.done.Documents})
	if a.missing {
		r.done.Missing = append(r.done.Missing, a.document.ID)
	}
	former, err := r.tx.CurrentReading(ctx, r.project.Name, a.document.ID)
	switch {
	case errors.Is(err, cairn.ErrNotFound):
	case err != nil:
		return err
	case former.ID == a.reading.ID:
		return nil
	}
	r.done.Reread++
	if err := r.tx.PutDocument(ctx, a.document); err != nil {
		return err
	}
	if err := r.tx.PutReading(ctx, r.project.Name, a.reading); err != nil {
		return err
	}
	r.desk.lay(a.document)
	if err := r.unfit(ctx, a); err != nil {
		return err
	}
	return r.replace(ctx, a, former)
}

// unfit notes the judgements on a document whose words are no longer read as
// the same harm.
func (r *redo) unfit(ctx context.Context, a again) error {
	decided, err := r.tx.JudgementsOn(ctx, a.document.ID)
	if err != nil {
		return err
	}
	for _, j := range ofProject(decided, r.project.Name) {
		if !judge.Fits(j, a.document, a.reading.Claims) {
			r.done.Unfit = append(r.done.Unfit, j)
		}
	}
	return nil
}

// replace takes the claims of the former reading out of their incidents and
// those of the new one in: a claim that stands where one of an incident stood
// stays with that incident, the rest is linked as if it had just come.
func (r *redo) replace(ctx context.Context, a again, former cairn.Reading) error {
	incidents, err := r.tx.EveryIncidentOf(ctx, r.project.Name, a.document.ID)
	if err != nil {
		return err
	}
	rest := a.reading
	for _, i := range incidents {
		if i.Judged {
			continue // made anew of what the links compute
		}
		var kept []cairn.ClaimRef
		i, kept = link.Reread(i, former, rest)
		rest.Claims = link.Without(rest.Claims, kept)
		if err := r.put(ctx, r.tx, r.desk, i); err != nil {
			return err
		}
		r.relinked[strings.TrimSuffix(i.Code, computedMark)] = true
	}
	made, codes, err := r.connect(ctx, r.tx, r.desk, a.document, rest)
	for _, code := range codes {
		r.relinked[code] = true
	}
	r.done.Made += made
	return err
}

// composed lays what persons decided over what is now computed.
func (r *redo) composed(ctx context.Context) error {
	for _, code := range sorted(r.relinked) {
		shown, err := r.compose(ctx, r.tx, r.desk, code)
		if err != nil {
			return err
		}
		for _, code := range shown {
			r.touched[code] = true
		}
	}
	return nil
}

// reassess makes anew what an incident is known as and what the policy makes of
// it, from the claims that it now has.
func (r *redo) reassess(ctx context.Context, code string) error {
	k, err := r.knownOf(ctx, r.tx, r.desk, code)
	if err != nil {
		return err
	}
	now := k.Incident
	if now.Elsewhere == nil && !now.Judged {
		now = link.Union(k)
	}
	if err := r.put(ctx, r.tx, r.desk, now); err != nil {
		return err
	}
	changed, err := r.settle(ctx, r.tx, r.desk, code)
	if changed || !alike(k.Incident, now) {
		r.touched[code] = true
	}
	return err
}

// alike reports whether two nouns are written the same.
func alike(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
