package store

import (
	"context"
	"errors"

	"github.com/cairn-recorder/cairn"
)

// Judgements returns every judgement of project, in the order in which they
// were taken.
func (v View) Judgements(ctx context.Context, project string) ([]cairn.Judgement, error) {
	return v.JudgementsAt(ctx, project, Moment{})
}

// JudgementsAt is Judgements as they were at a moment: those that took one of
// some decisions, or all.
func (v View) JudgementsAt(ctx context.Context, project string, m Moment, decisions ...cairn.Decision) ([]cairn.Judgement, error) {
	act, err := v.at(ctx, m)
	if err != nil {
		return nil, wrap("judgements of "+project, err)
	}
	var c conditions
	c.add(`project = ? AND replaced IS NULL AND made <= ?`, project, act)
	if len(decisions) > 0 {
		var some []string
		for _, d := range decisions {
			some = append(some, string(d))
		}
		c.add(`decision IN (?)`, some)
	}
	judgements, err := all(ctx, v, `SELECT body FROM judgements WHERE `+c.String()+` ORDER BY made, id`, c.args, body[cairn.Judgement])
	return judgements, wrap("judgements of "+project, err)
}

// JudgementsOf returns the judgements about the incident of a code, whether it
// is their own or stands among the others, in the order in which they were
// taken.
func (v View) JudgementsOf(ctx context.Context, project, code string) ([]cairn.Judgement, error) {
	judgements, err := all(ctx, v, `SELECT j.body FROM judgement_incidents l JOIN judgements j ON j.id = l.judgement
		WHERE l.project = $1 AND l.incident = $2 AND j.replaced IS NULL ORDER BY j.made, j.id`, []any{project, code}, body[cairn.Judgement])
	return judgements, wrap("judgements of incident "+code, err)
}

// JudgementsOn returns the judgements about what document says, of every
// project, in the order in which they were taken.
func (v View) JudgementsOn(ctx context.Context, document string) ([]cairn.Judgement, error) {
	judgements, err := all(ctx, v, `SELECT body FROM judgements WHERE document = $1 AND replaced IS NULL ORDER BY made, id`,
		[]any{document}, body[cairn.Judgement])
	return judgements, wrap("judgements on document "+document, err)
}

// PutJudgement records j. The same judgement again is passed over; another one
// under the same identifier is [cairn.ErrConflict].
func (tx *Tx) PutJudgement(ctx context.Context, j cairn.Judgement) error {
	text, err := named(j.ID, "judgement", j)
	if err != nil {
		return err
	}
	had, err := first(ctx, tx.View, `SELECT body FROM judgements WHERE id = $1`, []any{j.ID}, value[string])
	if err == nil && had != text {
		err = cairn.ErrConflict
	}
	if !errors.Is(err, cairn.ErrNotFound) {
		return wrap("judgement "+j.ID, err)
	}
	err = tx.insert(ctx, table{"judgements", "id, project, decision, incident, document, who, at, body"},
		[]any{j.ID, j.Project, string(j.Decision), j.Incident, j.Document, j.Who, moment(j.At), text})
	var rows [][]any
	for _, code := range once(append([]string{j.Incident}, j.Others...)) {
		if code != "" {
			rows = append(rows, []any{j.Project, code, j.ID})
		}
	}
	if err == nil {
		err = tx.insert(ctx, table{"judgement_incidents", "project, incident, judgement"}, rows...)
	}
	return wrap("judgement "+j.ID, err)
}
