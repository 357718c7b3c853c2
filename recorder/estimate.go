package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// KeepEstimate records an estimate with its runs, and the draws of those that have
// some, by the number of the run. It gets an identifier of its own, and nobody has
// put any answer of it forward yet.
func (r *Recorder) KeepEstimate(ctx context.Context, e cairn.Estimate, draws map[int]string, why string) (cairn.Estimate, error) {
	if err := r.writable(); err != nil {
		return e, err
	}
	switch {
	case e.Title == "":
		return e, cairn.Invalid{Field: "about", Reason: "say in words what is estimated"}
	case e.About.Class == "":
		return e, cairn.Invalid{Field: "class", Reason: "say whose deaths: " + fmt.Sprint(cairn.Classes)}
	case !slices.Contains([]string{"direct", "indirect", "both"}, e.About.Direct):
		return e, cairn.Invalid{Field: "deaths", Reason: "say whether by violence itself: direct, indirect or both"}
	}
	e.Project = r.project.Name
	_, err := r.store.Write(ctx, r.act("estimate", "", why), func(tx *store.Tx) error {
		e.ID, e.Who, e.At = fmt.Sprintf("e%d", tx.Act().Number), r.settings.Who, tx.Act().At
		tx.About(e.ID, "")
		if err := tx.PutEstimate(ctx, e); err != nil {
			return err
		}
		return r.putRuns(ctx, tx, e.ID, e.Runs, draws)
	})
	return e, hinted(err)
}

// AddRuns records further runs on the histories of an estimate. What was signed
// before is then another estimate than the one that stands, and is to be signed
// anew.
func (r *Recorder) AddRuns(ctx context.Context, id string, runs []cairn.EstimateRun, draws map[int]string, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	_, err := r.store.Write(ctx, r.act("estimate", id, why), func(tx *store.Tx) error {
		e, err := EstimateOf(ctx, tx.View, r.project.Name, id)
		if err == nil && e.Withdrawn != nil {
			err = cairn.Invalid{Field: id, Reason: "is withdrawn"}
		}
		if err != nil {
			return err
		}
		return r.putRuns(ctx, tx, id, runs, draws)
	})
	return hinted(err)
}

func (r *Recorder) putRuns(ctx context.Context, tx *store.Tx, id string, runs []cairn.EstimateRun, draws map[int]string) error {
	for k := range runs {
		runs[k].Who, runs[k].At = r.settings.Who, tx.Act().At
		if err := tx.PutEstimateRun(ctx, r.project.Name, id, runs[k], draws[runs[k].Number]); err != nil {
			return err
		}
	}
	return nil
}

// EstimatesIn returns the estimates of a project, each with its runs and with what
// persons decided of it.
func EstimatesIn(ctx context.Context, view store.View, project string) ([]cairn.Estimate, error) {
	heads, err := view.Estimates(ctx, project)
	if err != nil {
		return nil, err
	}
	all := []cairn.Estimate{}
	for _, head := range heads {
		e, err := EstimateOf(ctx, view, project, head.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// EstimateOf returns an estimate with its runs, and with what was put forward,
// signed and withdrawn by the judgements that stand. Of signatures those are
// returned that are of what the estimate says now, one a person.
func EstimateOf(ctx context.Context, view store.View, project, id string) (cairn.Estimate, error) {
	e, err := view.Estimate(ctx, project, id)
	if err != nil {
		return e, err
	}
	decided, err := view.JudgementsOf(ctx, project, id)
	if err != nil {
		return e, err
	}
	decided = slices.DeleteFunc(judge.Active(decided), func(j cairn.Judgement) bool { return j.Kind != cairn.OfEstimates })
	for _, j := range decided {
		switch j.Decision {
		case cairn.Proposes:
			e.Choice = &cairn.EstimateChoice{}
			if err := json.Unmarshal([]byte(j.Value), e.Choice); err != nil {
				return e, fmt.Errorf("judgement %s: %w: %w", j.ID, cairn.ErrDamaged, err)
			}
			e.Choice.Who, e.Choice.At, e.Choice.Why = j.Who, j.At, j.Why
		case cairn.Withdraws:
			e.Withdrawn = &cairn.Signature{Who: j.Who, At: j.At, Why: j.Why}
		}
	}
	digest, err := estimate.Digest(e)
	if err != nil {
		return e, err
	}
	for _, j := range decided {
		if j.Decision == cairn.Sign && j.Value == digest && !hasSigned(e, j.Who) {
			e.Signatures = append(e.Signatures, cairn.Signature{Who: j.Who, At: j.At, Why: j.Why})
		}
	}
	return e, nil
}

func hasSigned(e cairn.Estimate, who string) bool {
	return slices.ContainsFunc(e.Signatures, func(s cairn.Signature) bool { return s.Who == who })
}

// ProposeEstimate puts answers of a run forward, with the reason. What was signed
// before is to be signed anew.
func (r *Recorder) ProposeEstimate(ctx context.Context, id string, c cairn.EstimateChoice) (cairn.Judgement, error) {
	return r.judgeEstimate(ctx, id, c.Why, func(e cairn.Estimate) (cairn.Judgement, error) {
		if err := estimate.Proposable(e, c); err != nil {
			return cairn.Judgement{}, err
		}
		value, err := json.Marshal(cairn.EstimateChoice{Run: c.Run, Methods: c.Methods})
		return cairn.Judgement{Decision: cairn.Proposes, Field: "methods", Value: string(value)}, err
	})
}

// SignEstimate signs what an estimate says now, which digest must be where it is
// given. Two different people must.
func (r *Recorder) SignEstimate(ctx context.Context, id, digest, why string) (cairn.Judgement, error) {
	return r.judgeEstimate(ctx, id, why, func(e cairn.Estimate) (cairn.Judgement, error) {
		now, err := estimate.Digest(e)
		switch {
		case err != nil:
			return cairn.Judgement{}, err
		case e.Choice == nil:
			return cairn.Judgement{}, cairn.Invalid{Field: "sign", Reason: "nobody has put an answer of " + id + " forward yet"}
		case digest != "" && digest != now:
			return cairn.Judgement{}, cairn.Invalid{Field: "sign", Reason: "it has changed since it was shown: look at it again"}
		case hasSigned(e, r.settings.Who):
			return cairn.Judgement{}, cairn.Invalid{Field: "sign", Reason: fmt.Sprintf("%s has signed it already; another person must sign too", r.settings.Who)}
		case len(e.Signatures) >= cairn.Signers:
			return cairn.Judgement{}, cairn.Invalid{Field: "sign", Reason: "two people have signed it already"}
		}
		return cairn.Judgement{Decision: cairn.Sign, Field: "sha256", Value: now}, nil
	})
}

// WithdrawEstimate says, with the reason, that an estimate stands no more. Where it
// was published, the next release says so in its place.
func (r *Recorder) WithdrawEstimate(ctx context.Context, id, why string) (cairn.Judgement, error) {
	if why == "" {
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say why it stands no more: the public is told"}
	}
	return r.judgeEstimate(ctx, id, why, func(cairn.Estimate) (cairn.Judgement, error) {
		return cairn.Judgement{Decision: cairn.Withdraws}, nil
	})
}

// judgeEstimate records a judgement of an estimate that is not withdrawn.
func (r *Recorder) judgeEstimate(ctx context.Context, id, why string, decide func(cairn.Estimate) (cairn.Judgement, error)) (cairn.Judgement, error) {
	return r.judge(ctx, id, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		e, err := EstimateOf(ctx, tx.View, r.project.Name, id)
		if err != nil {
			return nil, err
		}
		if e.Withdrawn != nil {
			return nil, cairn.Invalid{Field: id, Reason: fmt.Sprintf("was withdrawn by %s on %s", e.Withdrawn.Who, cairn.DayOf(e.Withdrawn.At))}
		}
		j, err := decide(e)
		j.Kind, j.Incident = cairn.OfEstimates, e.ID
		return []cairn.Judgement{j}, err
	})
}

// estimateForms composes what a release would now say of estimates: those that two
// people signed as they stand, and, of those that were published, the ones that were
// withdrawn. A published one that is being worked on stays as it was published.
func (c *composer) estimateForms(ctx context.Context) ([]store.EstimateForm, error) {
	standing, err := c.view.PublishedEstimates(ctx, c.project.Name)
	if err != nil {
		return nil, err
	}
	forms := map[string]store.EstimateForm{}
	for _, f := range standing {
		forms[f.ID] = f
	}
	all, err := EstimatesIn(ctx, c.view, c.project.Name)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		was, published := forms[e.ID]
		switch e.State() {
		case cairn.EstimateSigned:
			draws := ""
			if e.Runs[e.Choice.Run-1].Draws {
				if draws, err = c.view.EstimateDraws(ctx, c.project.Name, e.ID, e.Choice.Run); err != nil {
					return nil, err
				}
			}
			form := publish.EstimateForm(e, c.names, c.staff)
			form.History = was.History
			forms[e.ID] = store.EstimateForm{PublishedEstimate: form, Draws: draws}
		case cairn.EstimateWithdrawn:
			if published {
				was.Withdrawn = c.names.Mask(e.Withdrawn.Why)
				forms[e.ID] = store.EstimateForm{PublishedEstimate: was.PublishedEstimate}
			}
		}
	}
	var sorted []store.EstimateForm
	for _, f := range forms {
		if f.Digest, err = publish.EstimateDigest(f.PublishedEstimate); err != nil {
			return nil, err
		}
		sorted = append(sorted, f)
	}
	slices.SortFunc(sorted, func(a, b store.EstimateForm) int {
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return sorted, nil
}
