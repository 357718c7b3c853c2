package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Assign says whose the work on an incident is; empty for nobody's.
func (r *Recorder) Assign(ctx context.Context, code, assignee string) error {
	return r.review(ctx, "assign", code, func(review *cairn.Review) error {
		review.Assignee = assignee
		if review.State == cairn.Collected && assignee != "" {
			review.State = cairn.InWork
		}
		return nil
	})
}

// Submit puts an incident before a reviewer.
func (r *Recorder) Submit(ctx context.Context, code string) error {
	return r.review(ctx, "submit", code, func(review *cairn.Review) error {
		review.State, review.Submitter = cairn.ForReview, r.settings.Who
		if review.Assignee == "" {
			review.Assignee = r.settings.Who
		}
		return nil
	})
}

// SendBack gives an incident back to whoever works on it.
func (r *Recorder) SendBack(ctx context.Context, code string) error {
	return r.review(ctx, "send back", code, func(review *cairn.Review) error {
		if review.State != cairn.ForReview {
			return cairn.Invalid{Field: "state", Reason: "It is not before a reviewer."}
		}
		review.State = cairn.InWork
		return nil
	})
}

func (r *Recorder) review(ctx context.Context, what, code string, change func(*cairn.Review) error) error {
	return r.writes(ctx, what, code, "", func(tx *store.Tx) error {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return err
		}
		review, err := tx.Review(ctx, r.project.Name, i.Code)
		if err == nil {
			err = change(&review)
		}
		if err != nil {
			return err
		}
		return tx.PutReview(ctx, review)
	})
}

// A Signing is what a person has before their eyes who signs at the desk.
type Signing struct {
	Revision int      // of the assessment that was shown
	Looked   []string // the reports, joined by cairn, that the person looked at
	Two      bool     // whoever submitted the incident may not sign it
	Why      string
}

// SignSeen signs the assessment of an incident that a person was shown. One that
// has changed since is cairn.ErrConflict. A report that was joined without a
// person, and that nobody looked at, is cairn.Invalid, and so is who submitted the
// incident, where two must.
func (r *Recorder) SignSeen(ctx context.Context, code string, s Signing) (cairn.Assessment, error) {
	var signed cairn.Assessment
	err := r.writes(ctx, "sign", code, s.Why, func(tx *store.Tx) error {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return err
		}
		if err := r.maySign(ctx, tx, i, s); err != nil {
			return err
		}
		signed, err = r.sign(ctx, tx, i.Code, s.Why)
		tx.About(i.Code, "")
		return err
	})
	return signed, err
}

func (r *Recorder) maySign(ctx context.Context, tx *store.Tx, i cairn.Incident, s Signing) error {
	newest, err := tx.Assessment(ctx, r.project.Name, i.Code)
	if err != nil {
		return err
	}
	if newest.Revision != s.Revision {
		return fmt.Errorf("assessment %d was shown, and %d is the newest: %w", s.Revision, newest.Revision, cairn.ErrConflict)
	}
	review, err := tx.Review(ctx, r.project.Name, i.Code)
	if err != nil {
		return err
	}
	if s.Two && (review.State != cairn.ForReview || review.Submitter == r.settings.Who) {
		return cairn.Invalid{Field: "why", Reason: "Two must stand behind it: one submits it, and another signs."}
	}
	unseen, err := r.Unlooked(ctx, tx.View, i)
	if err != nil {
		return err
	}
	for _, j := range unseen {
		if !slices.Contains(s.Looked, j.Document) {
			return cairn.Invalid{Field: "looked", Reason: "Tick each report that was joined without a person, once you have looked at it: " + j.Document + "."}
		}
	}
	return nil
}

// Unlooked returns the reports that were joined to an incident without a person,
// and that no person has judged since.
func (r *Recorder) Unlooked(ctx context.Context, v store.View, i cairn.Incident) ([]Joining, error) {
	var rest []Joining
	for _, j := range Joined(i) {
		decided, err := v.JudgementsOn(ctx, j.Document)
		if err != nil {
			return nil, err
		}
		looked := slices.ContainsFunc(judge.Active(ofProject(decided, i.Project)), func(d cairn.Judgement) bool {
			return d.Incident == i.Code && (d.Decision == cairn.Accept || d.Decision == cairn.Correct) || d.Decision == cairn.Split && slices.Contains(d.Others, i.Code)
		})
		if !looked {
			rest = append(rest, j)
		}
	}
	return rest, nil
}

// Say records a comment on an incident. Whoever it names with @ is mentioned.
func (r *Recorder) Say(ctx context.Context, code, text string) error {
	if text = strings.TrimSpace(text); text == "" {
		return cairn.Invalid{Field: "text", Reason: "Write something first."}
	}
	return r.writes(ctx, "comment", code, "", func(tx *store.Tx) error {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return err
		}
		mentions, err := mentionsIn(ctx, tx.View, text)
		if err != nil {
			return err
		}
		return tx.PutComment(ctx, cairn.Comment{ID: fmt.Sprintf("c%d", tx.Act().Number), Project: i.Project, Incident: i.Code,
			Who: r.settings.Who, At: tx.Act().At, Text: text, Mentions: mentions})
	})
}

// mentionsIn returns the accounts that a text names, each once.
func mentionsIn(ctx context.Context, v store.View, text string) ([]string, error) {
	var all []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.;:!?()", r) }) {
		name, ok := strings.CutPrefix(word, "@")
		if !ok || slices.Contains(all, name) {
			continue
		}
		_, err := v.Account(ctx, name)
		if errors.Is(err, cairn.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, nil
}

// Since returns the acts after one that made an incident or its assessment
// otherwise, the first first.
func Since(ctx context.Context, v store.View, project, code string, act int) ([]cairn.Act, error) {
	last, err := v.LastAct(ctx)
	if err != nil || last == act {
		return nil, err
	}
	return actsOn(ctx, v, project, code, act, last)
}
