package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// counter is one thing that progress counts.
type counter struct{ project, what string }

// counts notes that an act makes a count so much greater.
func (tx *Tx) counts(project, what string, more int) {
	if tx.more == nil {
		tx.more = map[counter]int{}
	}
	tx.more[counter{project, what}] += more
}

// progress counts up what the act has changed: of each incident that it touched, how
// it stood before and how it stands.
func (tx *Tx) progress(ctx context.Context) error {
	byProject := map[string][]string{}
	for t := range tx.touched {
		byProject[t.project] = append(byProject[t.project], t.code)
	}
	for project, codes := range byProject {
		slices.Sort(codes)
		for some := range slices.Chunk(codes, most) {
			was, err := tx.standingCounts(ctx, project, some, tx.act.Number-1)
			if err != nil {
				return wrap("progress", err)
			}
			is, err := tx.standingCounts(ctx, project, some, now)
			if err != nil {
				return wrap("progress", err)
			}
			for _, what := range ofAStanding {
				tx.counts(project, what, is[what]-was[what])
			}
		}
	}
	return wrap("progress", tx.countUp(ctx))
}

// countUp adds what was noted to what is counted.
func (tx *Tx) countUp(ctx context.Context) error {
	var c conditions
	var rows []string
	for of, more := range tx.more {
		if more != 0 {
			rows = append(rows, c.bind(`(?, ?, CAST(? AS BIGINT))`, of.project, of.what, more))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.put(ctx, `INSERT INTO progress (project, what, count) VALUES `+strings.Join(rows, ", ")+`
		ON CONFLICT (project, what) DO UPDATE SET count = progress.count + excluded.count`, c.args...)
}

// progressAll counts for a store that has no such counts: of an earlier cairn.
func (s *Store) progressAll(ctx context.Context) error {
	missing, err := first(ctx, s.View, `SELECT CASE WHEN (EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM incidents)) AND NOT EXISTS (SELECT 1 FROM progress) THEN 1 ELSE 0 END`, nil, value[int])
	if err != nil || missing == 0 {
		return err
	}
	t, err := s.begin(ctx)
	if err != nil {
		return s.explain(err)
	}
	defer t.end()
	tx := &Tx{View: View{run: t.run, explain: s.explain}}
	if err := tx.countAnew(ctx); err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	return s.explain(t.commit())
}

func (tx *Tx) countAnew(ctx context.Context) error {
	documents, err := tx.progressOfDocuments(ctx)
	for what, count := range documents {
		tx.counts("", what, count)
	}
	if err != nil {
		return err
	}
	projects, err := all(ctx, tx.View, `SELECT project FROM project_readings UNION SELECT project FROM incidents`, nil, value[string])
	for _, project := range projects {
		counts, errCounts := tx.progressOf(ctx, project)
		for what, count := range counts {
			tx.counts(project, what, count)
		}
		err = cmp.Or(err, errCounts)
	}
	return errors.Join(err, tx.countUp(ctx))
}

// claimCounts notes that a project goes by a reading in the place of another, whose
// identifier is empty where it is the first.
func (tx *Tx) claimCounts(ctx context.Context, project, former string, r cairn.Reading) error {
	was := 0
	if former != "" {
		var err error
		if was, err = first(ctx, tx.View, `SELECT claims FROM readings WHERE id = $1`, []any{former}, value[int]); err != nil {
			return err
		}
	}
	tx.counts(project, ofClaims, len(r.Claims)-was)
	return nil
}
