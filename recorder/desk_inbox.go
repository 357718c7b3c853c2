package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// AcceptReport says that what was read in a document is right, and that it stands
// where it belongs. It can be undone.
func (r *Recorder) AcceptReport(ctx context.Context, document, why string) (cairn.Judgement, error) {
	return r.answer(ctx, document, cairn.Accepted, why, func(tx *store.Tx, d cairn.Document, in []cairn.Incident) ([]cairn.Judgement, error) {
		all := []cairn.Judgement{}
		for _, i := range in {
			all = append(all, cairn.Judgement{Decision: cairn.Accept, Incident: i.Code, Document: d.ID})
		}
		if len(all) == 0 {
			all = append(all, cairn.Judgement{Decision: cairn.Accept, Document: d.ID})
		}
		return all, nil
	})
}

// RejectReport has nothing count that was read in a document. It can be undone.
func (r *Recorder) RejectReport(ctx context.Context, document, why string) (cairn.Judgement, error) {
	return r.answer(ctx, document, cairn.Rejected, why, func(tx *store.Tx, d cairn.Document, in []cairn.Incident) ([]cairn.Judgement, error) {
		all := []cairn.Judgement{}
		for _, i := range in {
			testimonies, err := tx.Testimonies(ctx, r.project.Name, i.Code)
			if err != nil {
				return nil, err
			}
			for _, t := range testimonies {
				if t.Ref.Document != d.ID {
					continue
				}
				j, err := r.firstRead(ctx, tx, i.Code, t)
				if err != nil {
					return nil, err
				}
				j.Decision, j.Incident, j.Document, j.Words = cairn.Correct, i.Code, d.ID, j.Span.Of(d.Text)
				all = append(all, j)
			}
		}
		if len(all) == 0 {
			all = append(all, cairn.Judgement{Decision: cairn.Correct, Document: d.ID})
		}
		return all, nil
	})
}

// AttachReport takes everything that a document says to an incident: what it says
// of others leaves them, and an incident that it alone reports becomes part of it.
// It can be undone.
func (r *Recorder) AttachReport(ctx context.Context, document, code, why string) (cairn.Judgement, error) {
	return r.answer(ctx, document, cairn.Attached, why, func(tx *store.Tx, d cairn.Document, in []cairn.Incident) ([]cairn.Judgement, error) {
		to, err := tx.Incident(ctx, r.project.Name, code)
		if errors.Is(err, cairn.ErrNotFound) {
			return nil, cairn.Invalid{Field: "to", Reason: "There is no incident " + code + "."}
		}
		if err != nil {
			return nil, err
		}
		all := []cairn.Judgement{}
		for _, i := range in {
			if i.Code == to.Code {
				all = append(all, cairn.Judgement{Decision: cairn.Accept, Incident: i.Code, Document: d.ID})
				continue
			}
			leave, err := r.leaves(ctx, tx, i, d.ID, to.Code)
			if err != nil {
				return nil, err
			}
			all = append(all, leave...)
		}
		if len(all) > 0 {
			return all, nil
		}
		return r.takeUp(ctx, tx, d, to.Code)
	})
}

// NewFromReport makes an incident of what a document says. It can be undone.
func (r *Recorder) NewFromReport(ctx context.Context, document, why string) (cairn.Judgement, error) {
	return r.answer(ctx, document, cairn.NewIncident, why, func(tx *store.Tx, d cairn.Document, in []cairn.Incident) ([]cairn.Judgement, error) {
		if len(in) == 0 {
			code, err := r.nextCode(ctx, tx)
			if err != nil {
				return nil, err
			}
			return r.takeUp(ctx, tx, d, code)
		}
		all := []cairn.Judgement{}
		for _, i := range in {
			if alone(i, d.ID) {
				all = append(all, cairn.Judgement{Decision: cairn.Accept, Incident: i.Code, Document: d.ID})
				continue
			}
			code, err := r.nextLetter(ctx, tx, i.Code)
			if err != nil {
				return nil, err
			}
			split, err := r.splits(ctx, tx, i, []cairn.ClaimRef{{Document: d.ID}}, code)
			if err != nil {
				return nil, err
			}
			all = append(all, split...)
		}
		return all, nil
	})
}

// leaves takes what a document says of an incident to another one.
func (r *Recorder) leaves(ctx context.Context, tx *store.Tx, i cairn.Incident, document, to string) ([]cairn.Judgement, error) {
	if alone(i, document) {
		return []cairn.Judgement{{Decision: cairn.Merge, Incident: to, Others: []string{i.Code}}}, nil
	}
	return r.splits(ctx, tx, i, []cairn.ClaimRef{{Document: document}}, to)
}

// alone reports whether a document is the only one that reports an incident.
func alone(i cairn.Incident, document string) bool {
	return !slices.ContainsFunc(i.Claims, func(c cairn.ClaimRef) bool { return c.Document != document })
}

// takeUp accepts what was read in a document that is in no incident.
func (r *Recorder) takeUp(ctx context.Context, tx *store.Tx, d cairn.Document, code string) ([]cairn.Judgement, error) {
	reading, err := tx.CurrentReading(ctx, r.project.Name, d.ID)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return nil, err
	}
	var all []cairn.Judgement
	for _, c := range reading.Claims {
		value, err := json.Marshal(cairn.ClaimRef{Document: d.ID, N: c.N, Reading: reading.ID})
		if err != nil {
			return nil, err
		}
		all = append(all, cairn.Judgement{Decision: cairn.Accept, Incident: code, Document: d.ID, Words: c.Figure.Words, Value: string(value)})
	}
	if len(all) == 0 {
		return nil, cairn.Invalid{Field: "to", Reason: "Nothing was read in it that could count. Open it and add a claim first."}
	}
	return all, nil
}

// nextCode returns the code of the next incident of the project.
func (r *Recorder) nextCode(ctx context.Context, tx *store.Tx) (string, error) {
	n, err := tx.NextNumber(ctx, r.project.Name)
	for ; err == nil; n++ {
		code := r.codeOf(n)
		history, err := tx.IncidentHistory(ctx, r.project.Name, code)
		if err != nil || len(history) == 0 {
			return code, err
		}
	}
	return "", err
}

// answer records what a person did with a document that came in.
func (r *Recorder) answer(ctx context.Context, document string, answer cairn.InboxAnswer, why string,
	decide func(*store.Tx, cairn.Document, []cairn.Incident) ([]cairn.Judgement, error)) (cairn.Judgement, error) {
	return r.judge(ctx, document, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		d, err := tx.Document(ctx, document)
		if err != nil {
			return nil, err
		}
		if err := r.unanswered(ctx, tx, d.ID); err != nil {
			return nil, err
		}
		in, err := tx.IncidentsOf(ctx, r.project.Name, d.ID)
		if err != nil {
			return nil, err
		}
		all, err := decide(tx, d, in)
		if err != nil {
			return nil, err
		}
		return all, tx.PutAnswered(ctx, cairn.Answered{Project: r.project.Name, Document: d.ID, Answer: answer, Judgement: judgementID(tx.Act().Number, 0), Who: r.settings.Who})
	})
}

// unanswered is cairn.Invalid where a person has answered for a document already,
// so that a form that is sent twice, or by two, does nothing twice.
func (r *Recorder) unanswered(ctx context.Context, tx *store.Tx, document string) error {
	a, err := tx.AnsweredOf(ctx, r.project.Name, document)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return cairn.Invalid{Field: "document", Reason: fmt.Sprintf("%s was %s by %s already. Undo that first to answer otherwise.", document, strings.ReplaceAll(string(a.Answer), "_", " "), a.Who)}
}

// reopened puts the document of an answer that is undone back into the inbox.
func (r *Recorder) reopened(ctx context.Context, tx *store.Tx, j cairn.Judgement) error {
	if j.Decision != cairn.Undo {
		return nil
	}
	a, err := tx.AnsweredBy(ctx, j.Undoes)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.DropAnswered(ctx, a.Project, a.Document)
}
