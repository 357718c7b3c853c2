package store

import (
	"context"
	"database/sql"

	"github.com/cairn-recorder/cairn"
)

// A CampaignFilter chooses campaign claims of a project: tolls that documents
// claim for a period or an area. Only Project must be given.
type CampaignFilter struct {
	Project string
	Places  []string   // identifiers or names, any of them, and everything in them
	From    cairn.Date // claims whose period can reach past the first day of From
	To      cairn.Date // claims whose period can begin by the last day of To
	Harm    cairn.Harm
	AsOf    Moment
}

// Campaigns returns the campaign claims of the readings that the project goes
// by, with their documents without text, in the order of document and number.
// They belong to no incident and are never summed with incidents. A claim with
// no dates is in every period; those of a report that somebody rejected are in none.
func (v View) Campaigns(ctx context.Context, f CampaignFilter) ([]cairn.Testimony, error) {
	act, err := v.at(ctx, f.AsOf)
	if err != nil {
		return nil, wrap("campaign claims", err)
	}
	var c conditions
	c.add(`c.cumulative AND p.project = ?`, f.Project)
	c.standing("p", act)
	c.standing("d", act)
	c.add(`NOT EXISTS (SELECT 1 FROM answered a WHERE a.project = ? AND a.document = c.document AND a.answer = 'rejected' AND `+c.stood("a", act)+`)`, f.Project)
	c.within("c.from_day", "c.to_day", f.From, f.To)
	if f.Harm != "" {
		c.add(`c.harm = ?`, string(f.Harm))
	}
	if places := keys(f.Places...); len(places) > 0 {
		c.add(`(c.reading, c.n) IN (SELECT q.reading, q.n FROM claim_places q WHERE q.place IN (?))`, places)
	}
	found, err := all(ctx, v, `SELECT c.reading, c.body, d.body FROM claims c
		JOIN project_readings p ON p.reading = c.reading
		JOIN documents d ON d.id = c.document
		WHERE `+c.String()+` ORDER BY c.document, c.reading, c.n`, c.args, scanTestimony)
	return found, wrap("campaign claims", err)
}

// within adds the condition that the days of a row meet the period from from to
// to. A row without days meets every period.
func (c *conditions) within(fromColumn, toColumn string, from, to cairn.Date) {
	if from.Known() {
		c.add(`(`+toColumn+` >= ? OR `+toColumn+` = '')`, string(cairn.DayOf(from.First())))
	}
	if to.Known() {
		c.add(fromColumn+` <= ?`, string(cairn.DayOf(to.Last())))
	}
}

func scanTestimony(rows *sql.Rows) (cairn.Testimony, error) {
	var t cairn.Testimony
	var claim, document []byte
	if err := rows.Scan(&t.Ref.Reading, &claim, &document); err != nil {
		return t, err
	}
	if err := read(claim, &t.Claim); err != nil {
		return t, err
	}
	err := read(document, &t.Document)
	t.Ref.Document, t.Ref.N, t.Document.Text = t.Document.ID, t.Claim.N, ""
	return t, err
}
