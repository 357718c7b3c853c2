package recorder

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/identify"
)

// FromLists says of an estimate that it is from the lists of victims of the record.
const FromLists = "the lists of the record"

// ListHistories returns the capture histories of the lists of victims of the
// project by the strata that settings ask for, with draws of who is who where draws
// is above 0, and how many persons are left out, by what they lack. What lists are
// known to cover and to draw on is put into the settings.
func (r *Recorder) ListHistories(ctx context.Context, settings *cairn.EstimateSettings, draws int) (estimate.Source, map[string]int, error) {
	people, err := r.People(ctx)
	if err != nil {
		return estimate.Source{}, nil, err
	}
	if len(people.Lists) == 0 {
		return estimate.Source{}, nil, cairn.Invalid{Field: "lists", Reason: "the project has no list of victims to estimate from"}
	}
	by := slices.Clone(settings.By)
	if settings.Trend != "" && !slices.Contains(by, settings.Trend) {
		by = append(by, settings.Trend)
	}
	for _, l := range people.Lists {
		for _, cover := range l.Covers {
			settings.Covers = append(settings.Covers, fmt.Sprintf("%s=%s:%s", l.ID, cover.Stratum, strings.Join(cover.Values, ",")))
			if !slices.Contains(by, cover.Stratum) {
				by = append(by, cover.Stratum)
			}
		}
		for _, other := range l.DrawsOn {
			settings.DrawsOn = append(settings.DrawsOn, l.ID+"="+other)
		}
	}
	for _, s := range by {
		if !slices.Contains(identify.Strata, s) {
			return estimate.Source{}, nil, cairn.Invalid{Field: "by", Reason: fmt.Sprintf("there is no stratum %s; want one of %v", s, identify.Strata)}
		}
	}
	all := people.Histories(by, draws, settings.Seed)
	var text bytes.Buffer
	if err := identify.WriteHistories(&text, all, draws > 0); err != nil {
		return estimate.Source{}, nil, err
	}
	return estimate.Source{Content: text.Bytes(), Name: FromLists, Columns: by}, all[0].Left, nil
}

// EstimateLists estimates from the lists of victims of the record how many no list
// names, by every method, and keeps it with what shows how far it can be trusted. It
// says to note what it is at. Of e the title and what it is about are taken.
func (r *Recorder) EstimateLists(ctx context.Context, e cairn.Estimate, by []string, draws int, note func(string)) (cairn.Estimate, error) {
	settings := estimate.Defaults()
	settings.By = by
	from, _, err := r.ListHistories(ctx, &settings, draws)
	if err != nil {
		return e, err
	}
	made, drawn, err := estimate.Whole(settings, from, note)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return e, err
	}
	texts, err := estimate.DrawTexts(drawn)
	if err != nil {
		return e, err
	}
	e.Histories, e.Columns, e.Lists, e.Input, e.Runs = made.Histories, made.Columns, made.Lists, made.Input, made.Runs
	e.From, e.About.Named = FromLists, true
	return r.KeepEstimate(ctx, e, texts, "")
}
