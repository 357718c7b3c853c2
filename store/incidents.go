package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Stage says how far an assessment has come.
type Stage string

// The stages. The zero Stage is Proposed.
const (
	Proposed  Stage = "proposed"  // the newest assessment of an incident, signed or not
	Signed    Stage = "signed"    // the newest that a person signed
	Published Stage = "published" // the one that was made public
)

// A Filter chooses incidents. Only Project must be given; an incident that was
// merged into another is never chosen.
//
// At Signed and Published an incident is the revision that the assessment was
// made of, so that neither its place nor its dates move under a signed number.
type Filter struct {
	Project  string
	Codes    []string   // any of these
	Places   []string   // identifiers or names, any of them, and everything in them
	Country  string     // ISO 3166-1 alpha-2
	From     cairn.Date // incidents that can reach past the first day of From
	To       cairn.Date // incidents that can begin by the last day of To
	Harm     cairn.Harm // with a tally of this harm, known or not
	Grades   []cairn.Grade
	Party    string // a belligerent's name, as it is known
	Means    cairn.MeansClass
	Tag      string // that the assessment bears
	Text     string // words in the codes, place, parties and means
	Stage    Stage
	Unsigned bool   // whose newest assessment nobody has signed
	Changed  bool   // signed, and since then assessed otherwise
	Newest   bool   // the latest first; else by code
	After    string // the code that the page before ended with
	Limit    int    // incidents on a page; 0 for all
	AsOf     Moment
}

// An Assessed is an incident with its assessment at the stage asked for, nil
// where there is none.
type Assessed struct {
	Incident   cairn.Incident    `json:"incident"`
	Revision   int               `json:"revision"` // of the incident
	Assessment *cairn.Assessment `json:"assessment,omitempty"`
	Signed     int               `json:"signed,omitempty"`  // the newest signed revision of the assessment; 0 where nobody signed
	Changed    bool              `json:"changed,omitempty"` // the newest assessment differs from the signed one
}

// Incident returns the incident of a code as it stands. The code of an incident
// that was merged into another answers with the survivor, and one that an
// incident formerly had with that incident.
func (v View) Incident(ctx context.Context, project, code string) (cairn.Incident, error) {
	const hops = 100 // merges of merges; more is a circle
	asked := code
	for range hops {
		i, err := v.incident(ctx, project, code)
		if err != nil || i.Into == "" {
			return i, wrap("incident "+asked, err)
		}
		code = i.Into
	}
	return cairn.Incident{}, wrap("incident "+asked, fmt.Errorf("merged in a circle: %w", cairn.ErrDamaged))
}

// incident returns the incident that bears code now, or else bore it.
func (v View) incident(ctx context.Context, project, code string) (cairn.Incident, error) {
	i, err := first(ctx, v, `SELECT body FROM incidents WHERE project = $1 AND code = $2 AND replaced IS NULL`, []any{project, code}, body[cairn.Incident])
	if !errors.Is(err, cairn.ErrNotFound) {
		return i, err
	}
	return first(ctx, v, `SELECT i.body FROM incident_former f
		JOIN incidents i ON i.project = f.project AND i.code = f.code AND i.revision = f.revision
		WHERE f.project = $1 AND f.former = $2 AND f.replaced IS NULL ORDER BY f.code LIMIT 1`, []any{project, code}, body[cairn.Incident])
}

// IncidentAs returns the incident of exactly this code as it stands, merged into
// another or not.
func (v View) IncidentAs(ctx context.Context, project, code string) (cairn.Incident, error) {
	i, err := first(ctx, v, `SELECT body FROM incidents WHERE project = $1 AND code = $2 AND replaced IS NULL`, []any{project, code}, body[cairn.Incident])
	return i, wrap("incident "+code, err)
}

// An IncidentRevision is an incident as it stood between two acts.
type IncidentRevision struct {
	Incident cairn.Incident `json:"incident"`
	Revision int            `json:"revision"` // from 1
	Made     int            `json:"made"`
	Replaced int            `json:"replaced,omitempty"` // 0 while it stands
}

// IncidentHistory returns every revision of the incident of exactly this code,
// the earliest first.
func (v View) IncidentHistory(ctx context.Context, project, code string) ([]IncidentRevision, error) {
	history, err := all(ctx, v, `SELECT body, revision, made, coalesce(replaced, 0) FROM incidents
		WHERE project = $1 AND code = $2 ORDER BY revision`, []any{project, code}, func(rows *sql.Rows) (r IncidentRevision, err error) {
		var text []byte
		if err := rows.Scan(&text, &r.Revision, &r.Made, &r.Replaced); err != nil {
			return r, err
		}
		return r, read(text, &r.Incident)
	})
	return history, wrap("history of incident "+code, err)
}

// Incidents returns the incidents that f chooses, each with its assessment. An
// incident that was not assessed is chosen only where f asks nothing of the
// assessment.
func (v View) Incidents(ctx context.Context, f Filter) ([]Assessed, error) {
	act, err := v.at(ctx, f.AsOf)
	if err != nil {
		return nil, wrap("incidents", err)
	}
	var c conditions
	from := c.stage(f, act)
	c.place(f)
	c.assessed(f)
	if err := v.after(ctx, &c, f, act); err != nil {
		return nil, wrap("incidents", err)
	}
	order := `i.code`
	if f.Newest {
		order = `i.from_day DESC, i.code DESC`
	}
	query := `SELECT i.body, i.revision, a.body, coalesce(b.revision, 0), a.figures <> b.figures ` + from +
		` WHERE ` + c.String() + ` ORDER BY ` + order + c.bind(` LIMIT ?`, upTo(f.Limit))
	found, err := all(ctx, v, query, c.args, scanAssessed)
	return found, wrap("incidents", err)
}

// stage returns where the rows come from: the incident i, its assessment a at
// the stage asked for, and b, the newest signed one.
func (c *conditions) stage(f Filter, act int) string {
	return c.assessment(f, act) +
		` LEFT JOIN standings g ON g.project = i.project AND g.code = i.code AND g.stage = 'signed' AND ` + c.stood("g", act) +
		` LEFT JOIN assessments b ON b.project = g.project AND b.code = g.code AND b.revision = g.revision`
}

// assessment is stage without the newest signed assessment.
func (c *conditions) assessment(f Filter, act int) string {
	if f.Stage == "" || f.Stage == Proposed {
		from := `FROM incidents i LEFT JOIN standings s ON s.project = i.project AND s.code = i.code AND s.stage = 'proposed' AND ` + c.stood("s", act) +
			` LEFT JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision`
		c.add(`i.project = ? AND i."into" = ''`, f.Project)
		c.standing("i", act)
		return from
	}
	from := `FROM standings s JOIN assessments a ON a.project = s.project AND a.code = s.code AND a.revision = s.revision
		JOIN incidents i ON i.project = a.project AND i.code = a.code AND i.revision = a.incident_revision
		JOIN incidents j ON j.project = a.project AND j.code = a.code AND j."into" = '' AND ` + c.stood("j", act)
	c.add(`s.project = ? AND s.stage = ?`, f.Project, string(f.Stage))
	c.standing("s", act)
	if f.Stage == Published {
		c.where = append(c.where, notWithheld("s"))
	}
	return from
}

// notWithheld is the condition that nobody suppressed the incident of a row, which
// holds for every moment.
func notWithheld(alias string) string {
	return `NOT EXISTS (SELECT 1 FROM withheld w WHERE w.project = ` + alias + `.project AND w.kind = '' AND w.key = ` + alias + `.code AND w.replaced IS NULL)`
}

// place adds what f asks of the incident itself.
func (c *conditions) place(f Filter) {
	if len(f.Codes) > 0 {
		c.add(`i.code IN (?)`, f.Codes)
	}
	if places := keys(f.Places...); len(places) > 0 {
		c.add(`(i.code, i.revision) IN (SELECT q.code, q.revision FROM incident_places q WHERE q.project = ? AND q.place IN (?))`, f.Project, places)
	}
	if f.Country != "" {
		c.add(`i.country = ?`, f.Country)
	}
	c.within("i.from_day", "i.to_day", f.From, f.To)
	if f.Party != "" {
		c.add(`(i.code, i.revision) IN (SELECT q.code, q.revision FROM incident_belligerents q WHERE q.project = ? AND q.name = ?)`, f.Project, f.Party)
	}
	if f.Means != "" {
		c.add(`i.means = ?`, string(f.Means))
	}
	if f.Text != "" {
		c.add(`i.words LIKE ? ESCAPE '!'`, search(f.Text))
	}
}

// assessed adds what f asks of the assessment.
func (c *conditions) assessed(f Filter) {
	if f.Harm != "" {
		c.add(`EXISTS (SELECT 1 FROM tallies t WHERE t.project = a.project AND t.code = a.code AND t.revision = a.revision AND t.harm = ?)`, string(f.Harm))
	}
	if len(f.Grades) > 0 {
		grades := make([]string, len(f.Grades))
		for i, g := range f.Grades {
			grades[i] = string(g)
		}
		c.add(`a.grading IN (?)`, grades)
	}
	if f.Tag != "" {
		c.add(`EXISTS (SELECT 1 FROM tags t WHERE t.project = a.project AND t.code = a.code AND t.revision = a.revision AND t.tag = ?)`, f.Tag)
	}
	if f.Unsigned {
		c.add(`a.signed_by = ''`)
	}
	if f.Changed {
		c.add(`a.figures <> b.figures`)
	}
}

// after adds that the page begins past f.After.
func (v View) after(ctx context.Context, c *conditions, f Filter, act int) error {
	if f.After == "" {
		return nil
	}
	if !f.Newest {
		c.add(`i.code > ?`, f.After)
		return nil
	}
	var at conditions
	g := f
	g.After, g.Limit, g.Newest = "", 0, false
	from := at.stage(g, act)
	at.add(`i.code = ?`, f.After)
	day, err := first(ctx, v, `SELECT i.from_day `+from+` WHERE `+at.String(), at.args, value[string])
	c.add(`(i.from_day, i.code) < (?, ?)`, day, f.After)
	return wrap("the page after "+f.After, err)
}

func scanAssessed(rows *sql.Rows) (Assessed, error) {
	var r Assessed
	var incident, assessment []byte
	var changed sql.NullBool
	if err := rows.Scan(&incident, &r.Revision, &assessment, &r.Signed, &changed); err != nil {
		return r, err
	}
	r.Changed = changed.Bool
	if err := read(incident, &r.Incident); err != nil || len(assessment) == 0 {
		return r, err
	}
	r.Assessment = new(cairn.Assessment)
	return r, read(assessment, r.Assessment)
}

// Testimonies returns the claims of the incident of exactly this code, in its
// order, each with its document without text.
func (v View) Testimonies(ctx context.Context, project, code string) ([]cairn.Testimony, error) {
	found, err := all(ctx, v, `SELECT c.reading, c.body, d.body FROM incident_claims l
		JOIN claims c ON c.reading = l.reading AND c.n = l.n
		JOIN documents d ON d.id = l.document AND d.replaced IS NULL
		WHERE l.project = $1 AND l.code = $2 AND l.replaced IS NULL ORDER BY l.position`, []any{project, code}, scanTestimony)
	return found, wrap("claims of incident "+code, err)
}

// IncidentsOf returns the incidents of project that claims of document belong
// to, by code.
func (v View) IncidentsOf(ctx context.Context, project, document string) ([]cairn.Incident, error) {
	return v.incidentsOf(ctx, project, document, ` AND i."into" = ''`)
}

// EveryIncidentOf is IncidentsOf with the incidents that were merged into
// others.
func (v View) EveryIncidentOf(ctx context.Context, project, document string) ([]cairn.Incident, error) {
	return v.incidentsOf(ctx, project, document, "")
}

func (v View) incidentsOf(ctx context.Context, project, document, which string) ([]cairn.Incident, error) {
	found, err := all(ctx, v, `SELECT i.body FROM incidents i WHERE i.project = $1 AND i.replaced IS NULL`+which+` AND i.code IN
		(SELECT l.code FROM incident_claims l WHERE l.document = $2 AND l.project = $1 AND l.replaced IS NULL) ORDER BY i.code`,
		[]any{project, document}, body[cairn.Incident])
	return found, wrap("incidents of document "+document, err)
}

// words returns what an incident is searched by.
func words(i cairn.Incident) string {
	all := append([]string{i.Code, string(i.Means)}, i.Former...)
	if i.Where != nil {
		all = append(all, i.Where.Name, i.Where.Words, i.Where.Admin1, i.Where.Country)
	}
	for _, by := range i.By {
		all = append(all, by.Name, by.Words)
	}
	return folded(strings.Join(all, " "))
}
