package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// Accept takes a claim of a reading that the project does not go by, such as that
// of a second reader, into an incident, where it counts like any other. It is how
// what a model read comes to count at all: by a person, with who and why. It can
// be undone.
func (r *Recorder) Accept(ctx context.Context, code, reading string, n int, why string) (cairn.Judgement, error) {
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		of, err := tx.Reading(ctx, reading)
		if err != nil {
			return nil, err
		}
		if current, err := tx.CurrentReading(ctx, r.project.Name, of.Document); err == nil && current.ID == of.ID {
			return nil, cairn.Invalid{Field: reading, Reason: "is the reading that the project goes by already"}
		} else if err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return nil, err
		}
		t, err := testimonyOf(ctx, tx.View, cairn.ClaimRef{Document: of.Document, N: n, Reading: of.ID})
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(t.Ref)
		return []cairn.Judgement{{Decision: cairn.Accept, Incident: i.Code, Document: of.Document, Words: t.Claim.Figure.Words, Value: string(value)}}, err
	})
}

// testimonyOf returns the claim that ref names, with its document.
func testimonyOf(ctx context.Context, v store.View, ref cairn.ClaimRef) (cairn.Testimony, error) {
	of, err := v.Reading(ctx, ref.Reading)
	if err != nil {
		return cairn.Testimony{}, err
	}
	k := slices.IndexFunc(of.Claims, func(c cairn.Claim) bool { return c.N == ref.N })
	if k < 0 {
		return cairn.Testimony{}, cairn.Invalid{Field: ref.Reading, Reason: fmt.Sprintf("has no claim %d", ref.N)}
	}
	d, err := v.Document(ctx, ref.Document)
	d.Text, d.Map, d.Cells = "", nil, nil
	return cairn.Testimony{Ref: ref, Claim: of.Claims[k], Document: d}, err
}

// accept takes the claims that persons accepted to the incidents that these now
// belong to.
func (c *composition) accept(ctx context.Context, active []cairn.Judgement) error {
	for _, j := range active {
		if j.Decision != cairn.Accept || j.Value == "" {
			continue
		}
		var ref cairn.ClaimRef
		if err := json.Unmarshal([]byte(j.Value), &ref); err != nil {
			return fmt.Errorf("judgement %s: %w: %w", j.ID, cairn.ErrDamaged, err)
		}
		root := c.standing.Root(j.Incident)
		if slices.ContainsFunc(c.parts[root], func(t cairn.Testimony) bool { return t.Ref == ref }) {
			continue
		}
		t, err := testimonyOf(ctx, c.tx.View, ref)
		if err != nil {
			return fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		now, err := c.correct(ctx, root, t)
		if err != nil {
			return fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		if now == nil || slices.ContainsFunc(c.parts[root], func(t cairn.Testimony) bool { return t.Ref == now.Ref }) {
			continue
		}
		c.parts[root] = append(c.parts[root], *now)
		c.accepted[root] = append(c.accepted[root], fmt.Sprintf("%s: claim %d of reading %s was accepted into it %s", ref.Document, ref.N, ref.Reading, by(j)))
	}
	return nil
}
