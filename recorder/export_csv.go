package recorder

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

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

func (s *shelf) incidentsCSV(_ context.Context, out io.Writer) error {
	head := []string{"id", "project", "former", "from", "to", "place", "place_id", "admin1", "country", "lat", "lon", "accuracy", "belligerents", "means", "grading", "strike_status"}
	for _, t := range tallied {
		head = append(head, t.Key()+"_min", t.Key()+"_max")
	}
	head = append(head, "open", "policy", "signed_by", "signed_at", "claims")
	w := csv.NewWriter(out)
	w.Write(head) // what fails here fails in Flush
	for _, i := range s.incidents {
		w.Write(incidentRow(i))
	}
	w.Flush()
	return w.Error()
}

func incidentRow(i store.Assessed) []string {
	inc, where, a := i.Incident, cairn.Where{}, cairn.Assessment{}
	if inc.Where != nil {
		where = *inc.Where
	}
	if i.Assessment != nil {
		a = *i.Assessment
	}
	row := []string{text(inc.Code), text(inc.Project), text(strings.Join(inc.Former, "; ")), string(inc.When.From), string(inc.When.To),
		text(cmp.Or(where.Name, where.Words)), text(where.ID), text(where.Admin1), where.Country, degrees(where.Lat), degrees(where.Lon), string(where.Accuracy),
		text(parties(inc.By)), string(inc.Means), string(a.Grade), string(a.Strike)}
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
	return append(row, strings.Join(open, "; "), text(a.Policy), text(by), at, strconv.Itoa(len(inc.Claims)))
}

func (s *shelf) documentsCSV(ctx context.Context, out io.Writer) error {
	w := csv.NewWriter(out)
	w.Write([]string{"id", "ref", "source", "title", "byline", "url", "published", "language", "place", "medium", "problem", "claims", "receipts"})
	err := s.eachDocument(ctx, func(d store.Shelved) error {
		doc, problem := d.Document, ""
		if doc.Problem != nil {
			problem = string(doc.Problem.Kind)
		}
		return w.Write([]string{text(doc.ID), string(doc.Ref), text(doc.Source), text(doc.Title), text(doc.Byline), text(doc.URL), string(doc.Published),
			text(doc.Language), text(doc.Place), doc.Medium, problem, strconv.Itoa(d.Claims), strconv.Itoa(d.Receipts)})
	})
	w.Flush()
	return cmp.Or(err, w.Error())
}

func (s *shelf) claimsCSV(ctx context.Context, out io.Writer) error {
	w := csv.NewWriter(out)
	w.Write([]string{"id", "document", "n", "reading", "incidents", "harm", "class", "min", "max", "op", "low", "high", "unit", "figure", "victims", "place", "place_id", "from", "to", "belligerents", "means", "says", "scope", "start", "end", "policy"})
	err := s.eachClaim(ctx, func(c statement) error {
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
		return w.Write([]string{text(c.ID), text(c.Document), strconv.Itoa(c.N), c.Reading, text(strings.Join(c.Incidents, "; ")), string(c.Harm), string(c.Victims.Class),
			bound(c.Range.Min), bound(c.Range.Max), string(c.Figure.Op), bound(c.Figure.Low), bound(c.Figure.High), c.Figure.Unit, text(c.Figure.Words), text(c.Victims.Words),
			text(cmp.Or(where.Name, where.Words)), text(where.ID), string(when.From), string(when.To), text(parties(c.By)), string(means.Class),
			text(strings.Join(says, "; ")), strings.Join(scope, "; "), strconv.Itoa(c.Span.Start), strconv.Itoa(c.Span.End), text(c.Policy)})
	})
	w.Flush()
	return cmp.Or(err, w.Error())
}

// text is a cell whose words come from outside. A program that opens the table
// must not take them for a formula, so that what looks like one gets a mark.
func text(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func bound(b cairn.Bound) string {
	if !b.Known {
		return ""
	}
	return strconv.Itoa(b.N)
}

func degrees(d *float64) string {
	if d == nil {
		return ""
	}
	return strconv.FormatFloat(*d, 'f', -1, 64)
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
