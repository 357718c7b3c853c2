package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// personReads is how the extractor of a reading begins that a person made.
const personReads = "person/"

// byPerson stands first among the rules of a claim that a person read.
const byPerson = "person"

// CorrectClaim has a claim of an incident count as a person reads it. What cairn
// read stays as it is; the person's claim is a reading of its own beside it, which
// the incident has in its place. After a redo the claim is found again by
// document, harm and the words of its figure. It can be undone.
func (r *Recorder) CorrectClaim(ctx context.Context, code string, ref cairn.ClaimRef, now cairn.Claim, why string) (cairn.Judgement, error) {
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		j, d, err := r.aboutClaim(ctx, tx, code, ref)
		if err != nil {
			return nil, err
		}
		read, err := r.readByPerson(ctx, tx, d, now)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(read)
		j.Value = string(value)
		return []cairn.Judgement{j}, err
	})
}

// RejectClaim has a claim of an incident count no more: it was read where nothing
// of the kind is said. It can be undone.
func (r *Recorder) RejectClaim(ctx context.Context, code string, ref cairn.ClaimRef, why string) (cairn.Judgement, error) {
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		j, _, err := r.aboutClaim(ctx, tx, code, ref)
		return []cairn.Judgement{j}, err
	})
}

// AddClaim has a claim count in an incident that a person read and cairn did not.
// It can be undone.
func (r *Recorder) AddClaim(ctx context.Context, code, document string, c cairn.Claim, why string) (cairn.Judgement, error) {
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		d, err := tx.Document(ctx, document)
		if err != nil {
			return nil, err
		}
		ref, err := r.readByPerson(ctx, tx, d, c)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(ref)
		return []cairn.Judgement{{Decision: cairn.Accept, Incident: i.Code, Document: d.ID, Words: c.Span.Of(d.Text), Value: string(value)}}, err
	})
}

// aboutClaim returns a judgement that a claim of an incident is corrected, without
// what to.
func (r *Recorder) aboutClaim(ctx context.Context, tx *store.Tx, code string, ref cairn.ClaimRef) (cairn.Judgement, cairn.Document, error) {
	i, err := tx.Incident(ctx, r.project.Name, code)
	if err != nil {
		return cairn.Judgement{}, cairn.Document{}, err
	}
	d, err := tx.Document(ctx, ref.Document)
	if err != nil {
		return cairn.Judgement{}, d, err
	}
	testimonies, err := tx.Testimonies(ctx, r.project.Name, i.Code)
	if err != nil {
		return cairn.Judgement{}, d, err
	}
	k := slices.IndexFunc(testimonies, func(t cairn.Testimony) bool {
		return t.Ref.Document == ref.Document && t.Ref.N == ref.N && (ref.Reading == "" || t.Ref.Reading == ref.Reading)
	})
	if k < 0 {
		return cairn.Judgement{}, d, cairn.Invalid{Field: "claim", Reason: fmt.Sprintf("%s has no claim %d of %s", i.Code, ref.N, ref.Document)}
	}
	j, err := r.firstRead(ctx, tx, i.Code, testimonies[k])
	j.Decision, j.Incident, j.Document = cairn.Correct, i.Code, d.ID
	if j.Span != nil {
		j.Words = j.Span.Of(d.Text)
	}
	return j, d, err
}

// firstRead says by harm and words which claim a testimony was before anybody
// corrected it.
func (r *Recorder) firstRead(ctx context.Context, tx *store.Tx, code string, t cairn.Testimony) (cairn.Judgement, error) {
	f, err := familyOf(ctx, tx.View, r.project.Name, cairn.OfIncidents, code)
	if err != nil {
		return cairn.Judgement{}, err
	}
	want, err := json.Marshal(t.Ref)
	for _, j := range judge.Active(f.decided) {
		if j.Decision == cairn.Correct && j.Value == string(want) {
			return cairn.Judgement{Harm: j.Harm, Span: j.Span}, err
		}
	}
	span := judge.FigureSpan(t.Claim)
	return cairn.Judgement{Harm: t.Claim.Harm, Span: &span}, err
}

// readByPerson records one claim as what a person reads in a document, and returns
// its reference.
func (r *Recorder) readByPerson(ctx context.Context, tx *store.Tx, d cairn.Document, c cairn.Claim) (cairn.ClaimRef, error) {
	if err := standsIn(d, c); err != nil {
		return cairn.ClaimRef{}, err
	}
	c.N, c.SubsetOf = 1, 0
	if len(c.Rules) == 0 || c.Rules[0] != byPerson {
		c.Rules = append([]string{byPerson}, c.Rules...)
	}
	v := r.reader.Versions()
	v.Extractor = fmt.Sprintf("%s%s/%d", personReads, r.settings.Who, tx.Act().Number)
	c.Policy = r.policy.ID()
	reading := cairn.Reading{ID: cairn.ReadingID(d.ID, v), Document: d.ID, Versions: v, Language: d.Language, Claims: []cairn.Claim{c}}
	return cairn.ClaimRef{Document: d.ID, N: c.N, Reading: reading.ID}, tx.PutBeside(ctx, reading)
}

// standsIn is cairn.Invalid where a claim says words that its document does not.
func standsIn(d cairn.Document, c cairn.Claim) error {
	if !slices.Contains(cairn.Harms, c.Harm) {
		return cairn.Invalid{Field: "harm", Reason: "Choose what was done."}
	}
	if !c.Span.In(d.Text) || c.Figure.Span != nil && !c.Figure.Span.In(d.Text) {
		return cairn.Invalid{Field: "words", Reason: "These words do not stand in the document."}
	}
	return nil
}

// corrected returns a testimony as persons corrected it, with the judgement that
// did; false where one rejected it.
func corrected(ctx context.Context, v store.View, active []cairn.Judgement, t cairn.Testimony) (cairn.Testimony, *cairn.Judgement, bool, error) {
	for _, j := range slices.Backward(active) {
		if j.Decision != cairn.Correct || j.Document != t.Ref.Document || !judge.Corrects(j, t.Claim) {
			continue
		}
		if j.Value == "" {
			return t, &j, false, nil
		}
		var ref cairn.ClaimRef
		if err := json.Unmarshal([]byte(j.Value), &ref); err != nil {
			return t, nil, false, fmt.Errorf("judgement %s: %w: %w", j.ID, cairn.ErrDamaged, err)
		}
		now, err := testimonyOf(ctx, v, ref)
		return now, &j, true, err
	}
	return t, nil, true, nil
}

// correct returns the testimony as it counts in the incident of a code, nil where
// it counts no more, and notes why.
func (c *composition) correct(ctx context.Context, root string, t cairn.Testimony) (*cairn.Testimony, error) {
	now, j, counts, err := corrected(ctx, c.tx.View, c.active, t)
	if err != nil || j == nil {
		return &now, err
	}
	was := "corrected"
	if !counts {
		was = "rejected"
	}
	c.accepted[root] = append(c.accepted[root], fmt.Sprintf("claim %d of %s was %s %s", t.Ref.N, t.Ref.Document, was, by(*j)))
	if !counts {
		return nil, nil
	}
	return &now, nil
}

// errRehearsed ends a rehearsal.
var errRehearsed = errors.New("a rehearsal, of which nothing is kept")

// Preview returns what the assessment of an incident becomes by a judgement, and
// records nothing: the judgement is taken whole and given up.
func (r *Recorder) Preview(ctx context.Context, code string, take func(*Recorder) (cairn.Judgement, error)) (cairn.Assessment, error) {
	var a cairn.Assessment
	rehearsing := *r
	rehearsing.rehearse = func(tx *store.Tx) (err error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err == nil {
			a, err = tx.Assessment(ctx, r.project.Name, i.Code)
		}
		return cmp.Or(err, errRehearsed)
	}
	if _, err := take(&rehearsing); !errors.Is(err, errRehearsed) {
		return a, err
	}
	return a, nil
}
