package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// Relate says what incidents have to do with one another that stay several. A
// toll is what accounts give for all of them together; a total that has more
// than one of them counts it once.
func (r *Recorder) Relate(ctx context.Context, related cairn.Related, why string) (cairn.Judgement, error) {
	if !slices.Contains(cairn.Relations, related.As) {
		return cairn.Judgement{}, cairn.Invalid{Field: "as", Reason: fmt.Sprintf("want one of %v, not %s", cairn.Relations, related.As)}
	}
	if len(related.Incidents) < 2 {
		return cairn.Judgement{}, cairn.Invalid{Field: "incidents", Reason: "want two or more"}
	}
	for key := range related.Toll {
		if _, ok := cairn.TallyOf(key); !ok {
			return cairn.Judgement{}, cairn.Invalid{Field: "toll", Reason: "there is no figure " + key + ": want killed, children_injured and the like"}
		}
	}
	return r.judge(ctx, related.Incidents[0], why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		var codes []string
		for _, code := range related.Incidents {
			i, err := tx.Incident(ctx, r.project.Name, code)
			if err != nil {
				return nil, err
			}
			codes = append(codes, i.Code)
		}
		toll, err := json.Marshal(related.Toll)
		return []cairn.Judgement{{Decision: cairn.Relates, Incident: codes[0], Others: codes[1:], Field: string(related.As), Value: string(toll)}}, err
	})
}

// RelationsIn returns what judgements say of incidents that have to do with one
// another, without those that were undone.
func RelationsIn(all []cairn.Judgement) ([]cairn.Related, error) {
	var found []cairn.Related
	for _, j := range judge.Active(all) {
		if j.Decision != cairn.Relates {
			continue
		}
		r := cairn.Related{As: cairn.Relation(j.Field), Incidents: append([]string{j.Incident}, j.Others...), Who: j.Who, Why: j.Why}
		if err := json.Unmarshal([]byte(j.Value), &r.Toll); err != nil {
			return nil, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		found = append(found, r)
	}
	return found, nil
}

// sharedTolls returns the tolls that incidents of a project share, as they were
// judged up to a moment.
func sharedTolls(ctx context.Context, view store.View, q Query) ([]total.Shared, error) {
	decided, err := view.JudgementsAt(ctx, q.Project, q.moment(), cairn.Relates, cairn.Undo)
	if err != nil {
		return nil, err
	}
	related, err := RelationsIn(decided)
	var shared []total.Shared
	for _, r := range related {
		if len(r.Toll) > 0 {
			shared = append(shared, total.Shared{Incidents: r.Incidents, Toll: r.Toll})
		}
	}
	return shared, err
}
