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

// A Trust is how many of the claims of one language that persons looked at they
// changed in one field. The field "read at all" counts what was rejected, and
// "missed" what was added.
type Trust struct {
	Language string `json:"language,omitempty"`
	Field    string `json:"field"`
	Looked   int    `json:"looked"`
	Changed  int    `json:"changed"`
}

// A Correction is a claim as it was read and as a person reads it. Was is nil for
// one that a person added, Now for one that was rejected.
type Correction struct {
	Judgement cairn.Judgement
	Document  cairn.Document
	Was, Now  *cairn.Claim
}

// Corrections returns what persons corrected of what was read in the documents of
// a project and still stands, in the order in which they did.
func Corrections(ctx context.Context, v store.View, project string) ([]Correction, error) {
	all, err := v.Judgements(ctx, project)
	if err != nil {
		return nil, err
	}
	var found []Correction
	for _, j := range judge.Active(all) {
		if j.Decision != cairn.Correct && (j.Decision != cairn.Accept || j.Value == "") || j.Decision == cairn.Correct && j.Span == nil {
			continue
		}
		c, ok, err := correctionOf(ctx, v, project, j)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, c)
		}
	}
	return found, nil
}

func correctionOf(ctx context.Context, v store.View, project string, j cairn.Judgement) (Correction, bool, error) {
	c := Correction{Judgement: j}
	if j.Value != "" {
		var ref cairn.ClaimRef
		if err := json.Unmarshal([]byte(j.Value), &ref); err != nil {
			return c, false, fmt.Errorf("judgement %s: %w", j.ID, cairn.ErrDamaged)
		}
		t, err := testimonyOf(ctx, v, ref)
		if err != nil {
			return c, false, err
		}
		if len(t.Claim.Rules) == 0 || t.Claim.Rules[0] != byPerson {
			return c, false, nil // accepted as another reader read it
		}
		c.Now = &t.Claim
	}
	d, err := v.Document(ctx, j.Document)
	if err != nil {
		return c, false, err
	}
	c.Document = bare(d)
	reading, err := v.CurrentReading(ctx, project, j.Document)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return c, false, err
	}
	for k, was := range reading.Claims {
		if j.Decision == cairn.Correct && judge.Corrects(j, was) {
			c.Was = &reading.Claims[k]
		}
	}
	return c, true, nil
}

// TrustIn returns how often persons changed what was read in the documents that
// they answered for, by language and field.
func TrustIn(ctx context.Context, v store.View, project string) ([]Trust, error) {
	looked, err := v.ClaimsAnswered(ctx, project)
	if err != nil {
		return nil, err
	}
	corrections, err := Corrections(ctx, v, project)
	if err != nil {
		return nil, err
	}
	changed := map[Trust]int{}
	for _, c := range corrections {
		for _, field := range c.changed() {
			changed[Trust{Language: c.Document.Language, Field: field}]++
		}
	}
	var all []Trust
	for language, n := range looked {
		for _, field := range trustFields {
			t := Trust{Language: language, Field: field}
			t.Changed = changed[t]
			t.Looked = n
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b Trust) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(slices.Index(trustFields, a.Field), slices.Index(trustFields, b.Field)))
	})
	return all, nil
}

var trustFields = []string{"figure", "what was done", "to whom", "where", "when", "by whom", "who says so", "read at all", "missed"}

// changed returns the fields that a correction changed.
func (c Correction) changed() []string {
	switch {
	case c.Now == nil:
		return []string{"read at all"}
	case c.Was == nil:
		return []string{"missed"}
	}
	was, now := EditOf(*c.Was), EditOf(*c.Now)
	var all []string
	for _, part := range []struct {
		field string
		other bool
	}{{"figure", was.Figure != now.Figure}, {"what was done", was.Harm != now.Harm}, {"to whom", was.Class != now.Class}, {"where", was.Place != now.Place},
		{"when", was.From != now.From || was.To != now.To}, {"by whom", was.Party != now.Party}, {"who says so", was.Says != now.Says || was.Stance != now.Stance}} {
		if part.other {
			all = append(all, part.field)
		}
	}
	return all
}
