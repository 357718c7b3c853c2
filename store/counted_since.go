package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A CountedFrom is what totals count of an incident at a stage, from one act on
// and up to another; Replaced is 0 while it stands. FromDay and ToDay are the
// first and the last day that its dates can mean, Places the keys of its place
// and of all that hold it.
type CountedFrom struct {
	cairn.Counted
	Stage          Stage
	FromDay, ToDay string
	Places         []string
	Made, Replaced int

	project  string
	revision int // of the incident
}

// CountedSince yields what began or ceased to be counted in a project after one
// act and up to another, whatever its stage, in no order.
func (v View) CountedSince(ctx context.Context, project string, after, upTo int) iter.Seq2[CountedFrom, error] {
	return func(yield func(CountedFrom, error) bool) {
		err := v.countedSince(ctx, project, after, upTo, func(c CountedFrom) error {
			if !yield(c, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(CountedFrom{}, wrap("what totals count", err))
		}
	}
}

func (v View) countedSince(ctx context.Context, project string, after, upTo int, take func(CountedFrom) error) error {
	if after == 0 {
		places, err := v.placesOf(ctx, project, nil)
		if err != nil {
			return err
		}
		return v.eachCounted(ctx, `c.project = $1 AND c.made > 0 AND c.made <= $2`, []any{project, upTo}, upTo, places, take)
	}
	// What a few acts changed is found by their numbers: by its project an engine
	// without statistics would look through all of it.
	var found []CountedFrom
	keep := func(c CountedFrom) error { found = append(found, c); return nil }
	for _, which := range []string{`c.made > $1 AND c.made <= $2`, `c.replaced > $1 AND +c.made <= $1`} {
		args := []any{after, upTo}
		if err := v.eachCounted(ctx, which, args[:strings.Count(which, "$2")+1], upTo, nil, keep); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		return nil
	}
	var codes []string
	for _, c := range found {
		codes = append(codes, c.Code)
	}
	places, err := v.placesOf(ctx, project, once(codes))
	for _, c := range found {
		if err == nil && c.project == project {
			c.Places = places[incidentRevision{c.Code, c.revision}]
			err = take(c)
		}
	}
	return err
}

// eachCounted reads what was counted before an act, with its places.
func (v View) eachCounted(ctx context.Context, which string, args []any, upTo int, places map[incidentRevision][]string, take func(CountedFrom) error) error {
	return v.each(ctx, `SELECT c.code, c.revision, c.project, c.stage, c.made, coalesce(c.replaced, 0), `+countedColumns+` FROM counted c WHERE `+which, args, func(rows *sql.Rows) error {
		var c CountedFrom
		var code, stage string
		var err error
		if c.Counted, c.FromDay, c.ToDay, err = scanCounted(rows, &code, &c.revision, &c.project, &stage, &c.Made, &c.Replaced); err != nil {
			return err
		}
		if c.Replaced > upTo {
			c.Replaced = 0
		}
		c.Stage, c.Places = Stage(stage), places[incidentRevision{code, c.revision}]
		return take(c)
	})
}

type incidentRevision struct {
	code     string
	revision int
}

// placesOf returns the keys of places of incidents, or of all of a project where
// codes are nil.
func (v View) placesOf(ctx context.Context, project string, codes []string) (map[incidentRevision][]string, error) {
	places, kept := map[incidentRevision][]string{}, map[string]string{}
	parts := [][]string{nil}
	if codes != nil {
		parts = slices.Collect(slices.Chunk(codes, most))
	}
	for _, some := range parts {
		var c conditions
		c.add(`q.project = ?`, project)
		if some != nil {
			c.add(`q.code IN (?)`, some)
		}
		err := v.each(ctx, `SELECT q.code, q.revision, q.place FROM incident_places q WHERE `+c.String()+` ORDER BY q.code, q.revision, q.place`, c.args, func(rows *sql.Rows) error {
			var of incidentRevision
			var place string
			if err := rows.Scan(&of.code, &of.revision, &place); err != nil {
				return err
			}
			if _, ok := kept[place]; !ok {
				kept[place] = place
			}
			places[of] = append(places[of], kept[place])
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return places, nil
}
