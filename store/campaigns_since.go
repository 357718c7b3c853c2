package store

import (
	"context"
	"database/sql"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A CampaignFrom is a campaign claim, from the act by which its project went by its
// reading and up to another; Replaced is 0 while it stands. Its document has its
// identifier alone. FromDay and ToDay are the first and the last day that its dates
// can mean, Places the keys of its place and of all that hold it.
type CampaignFrom struct {
	cairn.Testimony
	FromDay, ToDay string
	Places         []string
	Made, Replaced int
}

// CampaignsSince returns the campaign claims of a project that began or ceased to
// stand after one act and up to another, in the order of document, reading and
// number.
func (v View) CampaignsSince(ctx context.Context, project string, after, upTo int) ([]CampaignFrom, error) {
	if after == 0 {
		found, err := v.campaignsFrom(ctx, upTo, `FROM claims c JOIN project_readings p ON p.reading = c.reading WHERE c.cumulative AND p.project = $1 AND p.made <= $2`, project, upTo)
		if err != nil || len(found) == 0 {
			return found, wrap("campaign claims", err)
		}
		return found, wrap("campaign claims", v.campaignPlaces(ctx, found, nil))
	}
	// Changed readings come first, by act alone, and their claims next: an engine
	// without statistics would look through all of a project, and all campaign claims.
	var readings []string
	for _, which := range []string{`p.made > $1 AND p.made <= $2`, `p.replaced > $1 AND p.replaced <= $2`} {
		err := v.each(ctx, `SELECT p.project, p.reading FROM project_readings p WHERE `+which, []any{after, upTo}, func(rows *sql.Rows) error {
			var of, reading string
			err := rows.Scan(&of, &reading)
			if of == project {
				readings = append(readings, reading)
			}
			return err
		})
		if err != nil {
			return nil, wrap("campaign claims", err)
		}
	}
	var found []CampaignFrom
	for some := range slices.Chunk(once(readings), most) {
		var c conditions
		c.add(`p.project = ? AND (p.made > ? OR p.replaced > ?) AND p.made <= ? AND c.reading IN (?) AND c.cumulative`, project, after, after, upTo, some)
		part, err := v.campaignsFrom(ctx, upTo, `FROM claims c JOIN project_readings p ON p.reading = c.reading WHERE `+c.String(), c.args...)
		if err == nil {
			err = v.campaignPlaces(ctx, part, some)
		}
		if err != nil {
			return nil, wrap("campaign claims", err)
		}
		found = append(found, part...)
	}
	return found, nil
}

func (v View) campaignsFrom(ctx context.Context, upTo int, from string, args ...any) ([]CampaignFrom, error) {
	return all(ctx, v, `SELECT c.reading, c.document, c.body, c.from_day, c.to_day, p.made, coalesce(p.replaced, 0) `+from+` ORDER BY c.document, c.reading, c.n, p.made`, args,
		func(rows *sql.Rows) (c CampaignFrom, err error) {
			var claim []byte
			if err := rows.Scan(&c.Ref.Reading, &c.Ref.Document, &claim, &c.FromDay, &c.ToDay, &c.Made, &c.Replaced); err != nil {
				return c, err
			}
			err = read(claim, &c.Claim)
			if c.Replaced > upTo {
				c.Replaced = 0
			}
			c.Ref.N, c.Document.ID = c.Claim.N, c.Ref.Document
			return c, err
		})
}

// campaignPlaces gives campaign claims the keys of their places: those of some
// readings, or of all where readings are nil.
func (v View) campaignPlaces(ctx context.Context, found []CampaignFrom, readings []string) error {
	type of struct {
		reading string
		n       int
	}
	places, kept := map[of][]string{}, map[string]string{}
	c := conditions{where: []string{"q.n > 0"}}
	if readings != nil {
		c.add(`q.reading IN (?)`, readings)
	}
	err := v.each(ctx, `SELECT q.reading, q.n, q.place FROM claim_places q WHERE `+c.String()+` ORDER BY q.reading, q.n, q.place`, c.args, func(rows *sql.Rows) error {
		var at of
		var place string
		if err := rows.Scan(&at.reading, &at.n, &place); err != nil {
			return err
		}
		if _, ok := kept[place]; !ok {
			kept[place] = place
		}
		places[at] = append(places[at], kept[place])
		return nil
	})
	for k := range found {
		found[k].Places = places[of{found[k].Ref.Reading, found[k].Ref.N}]
	}
	return err
}

// CutSince reports whether words were taken out of the record after an act, which is
// the one change that is made in place.
func (v View) CutSince(ctx context.Context, after int) (bool, error) {
	n, err := first(ctx, v, `SELECT count(*) FROM cuts WHERE made > $1`, []any{after}, value[int])
	return n > 0, wrap("what was taken out", err)
}

// A Rejected is a report that somebody rejected, from one act on and up to another;
// Replaced is 0 while it is.
type Rejected struct {
	Document       string
	Made, Replaced int
}

// RejectedReports returns the reports of a project that somebody ever rejected.
func (v View) RejectedReports(ctx context.Context, project string) ([]Rejected, error) {
	found, err := all(ctx, v, `SELECT document, made, coalesce(replaced, 0) FROM answered WHERE project = $1 AND answer = 'rejected' ORDER BY document, made`, []any{project},
		func(rows *sql.Rows) (r Rejected, err error) { return r, rows.Scan(&r.Document, &r.Made, &r.Replaced) })
	return found, wrap("rejected reports", err)
}
