package recorder

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// The kinds of values that a column of an export holds.
type columnKind int

const (
	words columnKind = iota
	whole            // a whole number; unknown where there is none
	real
)

// A column of an exported table, and the hashtag that HXL knows it by.
type column struct {
	name string
	hxl  string
	kind columnKind
}

// exportTable is a table of an export. Its rows are of string, int, float64 or
// nil, which is unknown.
type exportTable struct {
	name    string
	columns []column
	rows    func(ctx context.Context, row func([]any) error) error
}

// tables are the incidents, documents and claims of a shelf as tables, and what
// other recorders cite and parties say of incidents that were taken over, where
// there is any of it.
func (s *shelf) tables() []exportTable {
	all := []exportTable{{"incidents", incidentColumns(), s.incidentRows}, {"documents", documentColumns, s.documentRows}, {"claims", claimColumns, s.claimRows}}
	cited, said := false, false
	for _, i := range s.incidents {
		if from := i.Incident.Elsewhere; from != nil {
			cited, said = cited || len(from.Sources) > 0, said || len(from.Positions) > 0
		}
	}
	if cited {
		all = append(all, exportTable{"sources", citationColumns, s.citationRows})
	}
	if said {
		all = append(all, exportTable{"positions", positionColumns, s.positionRows})
	}
	return all
}

// tallied are the tallies that an incident's row has columns for; every other is
// in the JSON forms.
var tallied = []cairn.Tally{
	{Harm: cairn.Killed, Class: cairn.Civilian}, {Harm: cairn.Injured, Class: cairn.Civilian},
	{Harm: cairn.Killed, Class: cairn.All}, {Harm: cairn.Injured, Class: cairn.All},
	{Harm: cairn.Killed, Class: cairn.Child}, {Harm: cairn.Injured, Class: cairn.Child},
	{Harm: cairn.Killed, Class: cairn.Woman}, {Harm: cairn.Injured, Class: cairn.Woman},
	{Harm: cairn.Killed, Class: cairn.Man}, {Harm: cairn.Injured, Class: cairn.Man},
	{Harm: cairn.Killed, Class: cairn.Combatant}, {Harm: cairn.Injured, Class: cairn.Combatant},
	{Harm: cairn.Missing, Class: cairn.Civilian}, {Harm: cairn.Displaced, Class: cairn.Civilian}, {Harm: cairn.Detained, Class: cairn.Civilian},
}

// incidentColumns are those of incidents. The hashtags are of HXL 1.1, whose
// core schema has #affected and its attributes for people harmed.
func incidentColumns() []column {
	all := []column{
		{"id", "#event+code", words}, {"project", "#meta+project", words}, {"former", "#event+code+former", words},
		{"from", "#date+start", words}, {"to", "#date+end", words}, {"place", "#loc+name", words}, {"place_id", "#loc+code", words},
		{"admin1", "#adm1+name", words}, {"country", "#country+code+v_iso2", words}, {"lat", "#geo+lat", real}, {"lon", "#geo+lon", real},
		{"accuracy", "#geo+precision", words}, {"belligerents", "#org+actor+list", words}, {"means", "#event+type+means", words},
		{"grading", "#severity+grading", words}, {"strike_status", "#status+strike", words},
	}
	for _, t := range tallied {
		tag := "#affected+" + string(t.Harm) + hxlClass(t.Class)
		all = append(all, column{t.Key() + "_min", tag + "+min", whole}, column{t.Key() + "_max", tag + "+max", whole})
	}
	return append(all, column{"open", "#meta+open", words}, column{"policy", "#meta+method", words}, column{"signed_by", "#contact+signed", words},
		column{"signed_at", "#date+signed", words}, column{"claims", "#indicator+claims+num", whole},
		column{"narrative", "#description", words}, column{"first_published", "#date+published", words}, column{"tags", "#meta+tags", words})
}

// hxlClass is the attribute of HXL for a class; people of any status have none.
func hxlClass(c cairn.Class) string {
	return map[cairn.Class]string{cairn.Civilian: "+civilians", cairn.Child: "+children", cairn.Woman: "+f+adults", cairn.Man: "+m+adults", cairn.Combatant: "+combatants"}[c]
}

func (s *shelf) incidentRows(_ context.Context, row func([]any) error) error {
	for _, i := range s.incidents {
		if err := row(incidentRow(i)); err != nil {
			return err
		}
	}
	return nil
}

func incidentRow(i store.Assessed) []any {
	inc, where, a := i.Incident, cairn.Where{}, cairn.Assessment{}
	if inc.Where != nil {
		where = *inc.Where
	}
	if i.Assessment != nil {
		a = *i.Assessment
	}
	row := []any{inc.Code, inc.Project, strings.Join(inc.Former, "; "), string(inc.When.From), string(inc.When.To),
		cmp.Or(where.Name, where.Words), where.ID, where.Admin1, where.Country, degrees(where.Lat), degrees(where.Lon), string(where.Accuracy),
		parties(inc.By), string(inc.Means), string(a.Grade), string(a.Strike)}
	var open []string
	for _, t := range tallied {
		t, _ = a.Tally(t.Harm, t.Class)
		row = append(row, bound(t.Range.Min), bound(t.Range.Max))
		if t.Range.Open {
			open = append(open, t.Key())
		}
	}
	by, at := "", ""
	if a.Signed != nil {
		by, at = a.Signed.Who, a.Signed.At.Format(time.RFC3339)
	}
	from := cairn.Elsewhere{}
	if inc.Elsewhere != nil {
		from = *inc.Elsewhere
	}
	text := from.Narrative
	if len(a.Narratives) > 0 {
		text = a.Narratives[0].Text
	}
	return append(row, strings.Join(open, "; "), a.Policy, by, at, len(inc.Claims), text, string(from.Published), strings.Join(a.Tags, "; "))
}

var documentColumns = []column{
	{"id", "#meta+document+id", words}, {"ref", "#meta+hash", words}, {"source", "#meta+source+name", words}, {"title", "#meta+title", words},
	{"byline", "#meta+author", words}, {"url", "#meta+url", words}, {"published", "#date+published", words}, {"language", "#meta+lang", words},
	{"place", "#loc+name", words}, {"medium", "#meta+medium", words}, {"problem", "#meta+problem", words},
	{"claims", "#indicator+claims+num", whole}, {"receipts", "#indicator+receipts+num", whole},
	{"machine", "#meta+machine+num", whole},
}

func (s *shelf) documentRows(ctx context.Context, row func([]any) error) error {
	return s.eachDocument(ctx, func(d store.Shelved) error {
		doc, problem := s.hidden.document(d.Document), ""
		if doc.Problem != nil {
			problem = string(doc.Problem.Kind)
		}
		return row([]any{doc.ID, string(doc.Ref), doc.Source, doc.Title, doc.Byline, doc.URL, string(doc.Published), doc.Language, doc.Place, doc.Medium, problem, d.Claims, d.Receipts, readBy(doc.Machine)})
	})
}

var claimColumns = []column{
	{"id", "#meta+claim+id", words}, {"document", "#meta+document+id", words}, {"n", "#meta+claim+num", whole}, {"reading", "#meta+reading", words},
	{"incidents", "#event+code+list", words}, {"harm", "#affected+type", words}, {"class", "#population+type", words},
	{"min", "#affected+min", whole}, {"max", "#affected+max", whole}, {"op", "#meta+op", words}, {"low", "#affected+stated+min", whole},
	{"high", "#affected+stated+max", whole}, {"unit", "#meta+unit", words}, {"figure", "#affected+words", words}, {"victims", "#population+words", words},
	{"place", "#loc+name", words}, {"place_id", "#loc+code", words}, {"from", "#date+start", words}, {"to", "#date+end", words},
	{"belligerents", "#org+actor+list", words}, {"means", "#event+type+means", words}, {"says", "#meta+source+list", words}, {"scope", "#meta+scope+list", words},
	{"start", "#meta+span+start", whole}, {"end", "#meta+span+end", whole}, {"policy", "#meta+method", words}, {"machine", "#meta+machine+num", whole},
}

func (s *shelf) claimRows(ctx context.Context, row func([]any) error) error {
	return s.eachClaim(ctx, func(c statement) error {
		where, when, means := cairn.Where{}, cairn.When{}, cairn.Means{}
		if c.Where != nil {
			where = *c.Where
		}
		if c.When != nil {
			when = *c.When
		}
		if c.Means != nil {
			means = *c.Means
		}
		var says, scope []string
		for _, s := range c.Says {
			says = append(says, cmp.Or(s.Name, s.Words))
		}
		for _, s := range c.Scope {
			scope = append(scope, string(s))
		}
		return row([]any{c.ID, c.Document, c.N, c.Reading, strings.Join(c.Incidents, "; "), string(c.Harm), string(c.Victims.Class),
			bound(c.Range.Min), bound(c.Range.Max), string(c.Figure.Op), bound(c.Figure.Low), bound(c.Figure.High), c.Figure.Unit, c.Figure.Words, c.Victims.Words,
			cmp.Or(where.Name, where.Words), where.ID, string(when.From), string(when.To), parties(c.By), string(means.Class),
			strings.Join(says, "; "), strings.Join(scope, "; "), c.Span.Start, c.Span.End, c.Policy, sureness(c.Machine)})
	})
}

// readBy is how sure a program is of a text that it read off pictures, nil for one
// that was typed.
func readBy(m *cairn.MachineText) any {
	if m == nil {
		return nil
	}
	return m.Confidence
}

func sureness(machine int) any {
	if machine == 0 {
		return nil
	}
	return machine
}

func bound(b cairn.Bound) any {
	if !b.Known {
		return nil
	}
	return b.N
}

func degrees(d *float64) any {
	if d == nil {
		return nil
	}
	return *d
}

func parties(all []cairn.Attacker) string {
	var names []string
	for _, a := range all {
		name := cmp.Or(a.Name, a.Words)
		if a.Strength != "" {
			name += " (" + string(a.Strength) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}
