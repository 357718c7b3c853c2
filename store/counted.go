package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

var countedTable = table{"counted", `project, stage, code, revision, harm, class, grading, recorder, first, from_day, to_day, place, admin1, country, means, parties, min, max, open`}

// between stands between the parties of one incident.
const between = "\x1f"

// touched is an incident that an act changes.
type touched struct{ project, code string }

func (tx *Tx) touch(project, code string) {
	if tx.touched == nil {
		tx.touched = map[touched]bool{}
	}
	tx.touched[touched{project, code}] = true
}

// stages are those at which an assessment can stand.
var stages = []Stage{Proposed, Signed, Published}

// Recount brings what totals add up in line with the incidents and assessments
// that the act has put so far. Write does so at its end; within an act it is
// for whoever adds up before.
func (tx *Tx) Recount(ctx context.Context) error {
	byProject := map[string][]string{}
	for t, waits := range tx.touched {
		if waits {
			byProject[t.project], tx.touched[t] = append(byProject[t.project], t.code), false
		}
	}
	for project, codes := range byProject {
		slices.Sort(codes)
		for some := range slices.Chunk(codes, most) {
			for _, stage := range stages {
				if err := tx.recount(ctx, project, stage, some); err != nil {
					return wrap("what totals count", err)
				}
			}
		}
	}
	return nil
}

// recount does so for some incidents at one stage.
func (tx *Tx) recount(ctx context.Context, project string, stage Stage, codes []string) error {
	found, err := tx.Incidents(ctx, Filter{Project: project, Codes: codes, Stage: stage})
	if err != nil {
		return err
	}
	now := map[string][]string{}
	rows := map[string][][]any{}
	for _, f := range found {
		if f.Assessment == nil {
			continue
		}
		for _, c := range f.Incident.Counts(*f.Assessment) {
			row := countedRow(project, stage, f.Revision, c)
			rows[c.Code] = append(rows[c.Code], row)
			now[c.Code] = append(now[c.Code], lineOf(row))
		}
	}
	was, err := tx.countedLines(ctx, project, stage, codes)
	if err != nil {
		return err
	}
	var put [][]any
	for _, code := range codes {
		slices.Sort(now[code])
		if slices.Equal(now[code], was[code]) {
			continue
		}
		if len(was[code]) > 0 {
			if err := tx.uncount(ctx, project, stage, code); err != nil {
				return err
			}
		}
		put = append(put, rows[code]...)
	}
	return tx.insert(ctx, countedTable, put...)
}

// uncount ends what an incident gives totals at a stage. What the same act has
// put is taken out again, since it stood at no moment.
func (tx *Tx) uncount(ctx context.Context, project string, stage Stage, code string) error {
	if err := tx.exec(ctx, `DELETE FROM counted WHERE project = $1 AND stage = $2 AND code = $3 AND made = $4`, project, string(stage), code, tx.act.Number); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE counted SET replaced = $1 WHERE project = $2 AND stage = $3 AND code = $4 AND replaced IS NULL`, tx.act.Number, project, string(stage), code)
}

func countedRow(project string, stage Stage, revision int, c cairn.Counted) []any {
	from, to := days(c.When)
	return []any{project, string(stage), c.Code, revision, string(c.Harm), string(c.Class), string(c.Grade), c.Recorder, string(c.First), from, to,
		c.Place, c.Admin1, c.Country, string(c.Means), strings.Join(c.Parties, between), bound(c.Range.Min), bound(c.Range.Max), c.Range.Open}
}

// lineOf is a row in one line, so that two can be compared.
func lineOf(row []any) string {
	var b strings.Builder
	for _, value := range storable(slices.Clone(row)) {
		fmt.Fprint(&b, value)
		b.WriteByte(0)
	}
	return b.String()
}

// countedLines returns what incidents give totals so far, sorted.
func (tx *Tx) countedLines(ctx context.Context, project string, stage Stage, codes []string) (map[string][]string, error) {
	var c conditions
	c.add(`c.project = ? AND c.stage = ? AND c.replaced IS NULL AND c.code IN (?)`, project, string(stage), codes)
	lines := map[string][]string{}
	err := tx.each(ctx, `SELECT c.code, c.revision, `+countedColumns+` FROM counted c WHERE `+c.String(), c.args, func(rows *sql.Rows) error {
		var code string
		var revision int
		one, from, to, err := scanCounted(rows, &code, &revision)
		if err != nil {
			return err
		}
		row := countedRow(project, stage, revision, one)
		row[9], row[10] = from, to
		lines[code] = append(lines[code], lineOf(row))
		return nil
	})
	for _, all := range lines {
		slices.Sort(all)
	}
	return lines, err
}

const countedColumns = `c.harm, c.class, c.grading, c.recorder, c.first, c.from_day, c.to_day, c.place, c.admin1, c.country, c.means, c.parties, c.min, c.max, c.open`

// scanCounted reads a row of countedColumns, after what else is asked for.
func scanCounted(rows *sql.Rows, code *string, revision *int, more ...any) (c cairn.Counted, from, to string, err error) {
	var harm, class, grade, first, means, parties string
	var low, high sql.NullInt64
	into := append([]any{code, revision}, more...)
	into = append(into, &harm, &class, &grade, &c.Recorder, &first, &from, &to, &c.Place, &c.Admin1, &c.Country, &means, &parties, &low, &high, &c.Range.Open)
	if err := rows.Scan(into...); err != nil {
		return c, from, to, err
	}
	c.Code, c.Harm, c.Class, c.Grade, c.First, c.Means = *code, cairn.Harm(harm), cairn.Class(class), cairn.Grade(grade), cairn.Date(first), cairn.MeansClass(means)
	c.Range.Min, c.Range.Max = boundOf(low), boundOf(high)
	if parties != "" {
		c.Parties = strings.Split(parties, between)
	}
	return c, from, to, nil
}

func boundOf(n sql.NullInt64) cairn.Bound { return cairn.Bound{N: int(n.Int64), Known: n.Valid} }

// Counted yields what the incidents that f chooses by stage, place, days and
// moment give a total, in the order of their codes. What else f asks is not
// looked at. It reads no whole noun.
func (v View) Counted(ctx context.Context, f Filter) iter.Seq2[cairn.Counted, error] {
	return func(yield func(cairn.Counted, error) bool) {
		act, err := v.at(ctx, f.AsOf)
		if err != nil {
			yield(cairn.Counted{}, wrap("what totals count", err))
			return
		}
		c := f.counted(act)
		err = v.each(ctx, `SELECT c.code, c.revision, `+countedColumns+` FROM counted c WHERE `+c.String()+` ORDER BY c.code, c.harm, c.class`, c.args, func(rows *sql.Rows) error {
			var code string
			var revision int
			one, _, _, err := scanCounted(rows, &code, &revision)
			if err == nil && !yield(one, nil) {
				err = errEnough
			}
			return err
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(cairn.Counted{}, wrap("what totals count", err))
		}
	}
}

// errEnough ends the reading of rows that nobody wants more of.
var errEnough = errors.New("enough")

// counted is what f asks of what totals count.
func (f Filter) counted(act int) *conditions {
	c := new(conditions)
	stage := f.Stage
	if stage == "" {
		stage = Proposed
	}
	c.add(`c.project = ? AND c.stage = ?`, f.Project, string(stage))
	c.standing("c", act)
	if places := keys(f.Places...); len(places) > 0 {
		c.add(`(c.code, c.revision) IN (SELECT q.code, q.revision FROM incident_places q WHERE q.project = ? AND q.place IN (?))`, f.Project, places)
	}
	c.within("c.from_day", "c.to_day", f.From, f.To)
	return c
}

// PlaceKeys returns names and identifiers of places as incidents are found by
// them.
func PlaceKeys(places ...string) []string { return keys(places...) }
