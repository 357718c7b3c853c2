package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/assess"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// overridden returns an assessment with the positions of parties and with the
// values that persons set over what is computed; each computed value stands
// beside.
func (r *Recorder) overridden(ctx context.Context, tx *store.Tx, a cairn.Assessment) (cairn.Assessment, error) {
	decided, err := tx.JudgementsOf(ctx, r.project.Name, a.Incident)
	if err != nil || len(decided) == 0 {
		return a, err
	}
	active := judge.Active(decided)
	var positions []cairn.Position
	for _, j := range judge.Latest(active, cairn.TakesPosition, a.Incident) {
		var p cairn.Position
		if err := json.Unmarshal([]byte(j.Value), &p); err != nil {
			return a, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		positions = append(positions, p)
	}
	if a, err = r.told(ctx, tx.View, assess.WithPositions(a, positions), active); err != nil {
		return a, err
	}
	for _, j := range judge.Latest(active, cairn.Override, a.Incident) {
		o := cairn.Overridden{Field: j.Field, Who: j.Who, At: j.At, Why: j.Why}
		if o.Computed, err = set(&a, j); err != nil {
			return a, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		a.Overrides = append(a.Overrides, o)
		reason := fmt.Sprintf("%s was set %s, where nothing is computed", j.Field, by(j))
		if o.Computed != "" {
			reason = fmt.Sprintf("%s was set %s, where %s is computed", j.Field, by(j), o.Computed)
		}
		a.Reasons = append(slices.Clone(a.Reasons), reason)
	}
	return a, nil
}

// set sets one value, and returns what was computed for it.
func set(a *cairn.Assessment, j cairn.Judgement) (computed string, err error) {
	switch j.Field {
	case "grading":
		computed = string(a.Grade)
		return computed, json.Unmarshal([]byte(j.Value), &a.Grade)
	case "strike_status":
		computed = string(a.Strike)
		return computed, json.Unmarshal([]byte(j.Value), &a.Strike)
	}
	t, ok := cairn.TallyOf(j.Field)
	if !ok {
		return "", cairn.Invalid{Field: j.Field, Reason: "is no figure"}
	}
	a.Tallies = slices.Clone(a.Tallies)
	k := slices.IndexFunc(a.Tallies, func(o cairn.Tally) bool { return o.Harm == t.Harm && o.Class == t.Class })
	if k < 0 {
		a.Tallies = append(a.Tallies, t)
		k = len(a.Tallies) - 1
	} else {
		computed = a.Tallies[k].Range.String()
	}
	tally := &a.Tallies[k]
	was := tally.Range
	err = json.Unmarshal([]byte(j.Value), &tally.Range)
	if tally.Range.Min != was.Min {
		tally.MinFrom = nil // no claim says what the person set
	}
	if tally.Range.Max != was.Max {
		tally.MaxFrom = nil
	}
	cairn.SortTallies(a.Tallies)
	return computed, err
}

// TakePosition records what a party itself says of an incident, in the place of
// what it said before.
func (r *Recorder) TakePosition(ctx context.Context, code string, p cairn.Position, why string) (cairn.Judgement, error) {
	if !slices.Contains(cairn.PositionResults, p.Result) {
		return cairn.Judgement{}, cairn.Invalid{Field: "result", Reason: fmt.Sprintf("want one of %v, not %s", cairn.PositionResults, p.Result)}
	}
	for key := range p.Conceded {
		if _, ok := cairn.TallyOf(key); !ok {
			return cairn.Judgement{}, cairn.Invalid{Field: "conceded", Reason: "there is no figure " + key + ": want killed, children_injured and the like"}
		}
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		for _, b := range r.parties {
			if b.ID == p.Party {
				p.Party = b.Name
			}
		}
		value, err := json.Marshal(p)
		return []cairn.Judgement{{Decision: cairn.TakesPosition, Incident: i.Code, Field: p.Party, Value: string(value)}}, err
	})
}
