package transcribe

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A figureColumn is a column that has a figure of one harm and class, or one end
// of its range.
type figureColumn struct {
	harm  cairn.Harm
	class cairn.Class
	end   string // min, max; "" where the column has the whole figure
	at    int
}

// people are the words for classes in the names of figure columns.
var people = map[string]cairn.Class{
	"": cairn.All, "all": cairn.All, "people": cairn.All, "persons": cairn.All, "total": cairn.All,
	"civilian": cairn.Civilian, "civilians": cairn.Civilian, "children": cairn.Child, "child": cairn.Child,
	"women": cairn.Woman, "woman": cairn.Woman, "men": cairn.Man, "man": cairn.Man,
	"combatants": cairn.Combatant, "combatant": cairn.Combatant, "belligerents": cairn.Combatant, "belligerent": cairn.Combatant, "militants": cairn.Combatant, "fighters": cairn.Combatant,
	"unknown": cairn.UnknownStatus, "journalists": cairn.Journalist, "medics": cairn.Medic, "aidworkers": cairn.AidWorker, "detainees": cairn.Detainee,
	"buildings": cairn.Buildings,
}

// harmWords are the words for harms in the names of figure columns.
var harmWords = map[string]cairn.Harm{
	"killed": cairn.Killed, "deaths": cairn.Killed, "dead": cairn.Killed, "fatalities": cairn.Killed, "fatality": cairn.Killed,
	"injured": cairn.Injured, "wounded": cairn.Injured, "injuries": cairn.Injured, "casualties": cairn.Casualties,
	"missing": cairn.Missing, "displaced": cairn.Displaced, "detained": cairn.Detained, "abducted": cairn.Detained,
	"damaged": cairn.Damaged, "destroyed": cairn.Damaged,
}

// figureOf reads the name of a figure: civilians_killed_min, killed, max injured.
func figureOf(name string) (figureColumn, bool) {
	var f figureColumn
	var rest []string
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == ' ' || r == '-' || r == '.' }) {
		switch {
		case word == "min" || word == "minimum" || word == "low":
			f.end = "min"
		case word == "max" || word == "maximum" || word == "high":
			f.end = "max"
		case f.harm == "" && harmWords[word] != "":
			f.harm = harmWords[word]
		default:
			rest = append(rest, word)
		}
	}
	class, ok := people[strings.Join(rest, "")]
	f.class = class
	if f.harm == cairn.Damaged && f.class == cairn.All {
		f.class = cairn.Buildings
	}
	return f, ok && f.harm != ""
}

// figureColumns returns the columns of a header that are named as figures are.
func figureColumns(header []string) []figureColumn {
	var all []figureColumn
	for i, h := range header {
		if f, ok := figureOf(h); ok {
			f.at = i
			all = append(all, f)
		}
	}
	return all
}

// group is the columns of one harm and class.
type group struct {
	harm     cairn.Harm
	class    cairn.Class
	min, max []int
}

func (t *Table) groups() []group {
	var all []group
	for _, f := range t.figures {
		i := slices.IndexFunc(all, func(g group) bool { return g.harm == f.harm && g.class == f.class })
		if i < 0 {
			all = append(all, group{harm: f.harm, class: f.class})
			i = len(all) - 1
		}
		if f.end != "max" {
			all[i].min = append(all[i].min, f.at)
		}
		if f.end != "min" {
			all[i].max = append(all[i].max, f.at)
		}
	}
	return all
}

// count makes the claims of the row: as its codebook says, or one for each harm
// and class that has columns.
func (e *entry) count() error {
	if e.table.book.figures != nil {
		return e.table.book.figures(e)
	}
	for _, g := range e.table.groups() {
		if err := e.ranged(g); err != nil {
			return err
		}
	}
	e.parts()
	if len(e.claims) == 0 {
		e.unfigured()
	}
	return nil
}

// ranged makes the claim of one harm and class.
func (e *entry) ranged(g group) error {
	low, atLow, err := e.firstNumber(g.min)
	if err != nil {
		return err
	}
	high, atHigh, err := e.firstNumber(g.max)
	if err != nil {
		return err
	}
	r := cairn.Range{Min: low, Max: high}
	if !r.Known() {
		return nil
	}
	if !r.Valid() {
		return e.wrong(e.table.header[atLow], "%s stands above %s, %s", low, e.table.header[atHigh], high)
	}
	e.claim(g.harm, g.class, r, e.table.book.Name+".figure", atLow, atHigh)
	return nil
}

// firstNumber returns the first number among columns, and where it stands.
func (e *entry) firstNumber(columns []int) (cairn.Bound, int, error) {
	for _, c := range columns {
		b, err := e.number(c)
		if err != nil || b.Known {
			return b, c, err
		}
	}
	return cairn.Bound{}, -1, nil
}

// number reads a whole number of people; a blank cell is unknown.
func (e *entry) number(column int) (cairn.Bound, error) {
	s := e.at(column).Words
	if s == "" {
		return cairn.Bound{}, nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".0"))
	if err != nil || n < 0 || n > 1e9 {
		return cairn.Bound{}, e.wrong(e.table.header[column], "want a whole number of people, not %q", s)
	}
	return cairn.N(n), nil
}

// parts notes each group that is larger than the whole it is part of.
func (e *entry) parts() {
	whole := map[cairn.Harm]cairn.Claim{}
	for _, c := range e.claims {
		if c.Victims.Class == cairn.All || c.Victims.Class == cairn.Civilian && whole[c.Harm].N == 0 {
			whole[c.Harm] = c
		}
	}
	for _, c := range e.claims {
		w, ok := whole[c.Harm]
		if !ok || c.Victims.Class == w.Victims.Class || c.Victims.Class == cairn.Combatant && w.Victims.Class == cairn.Civilian {
			continue
		}
		if c.Range.Max.Known && w.Range.Max.Known && c.Range.Max.N > w.Range.Max.N {
			e.note(e.column(c), "%s %s, %s, are more than %s in all", c.Victims.Class, c.Harm, c.Range.Max, w.Range.Max)
		}
	}
}

// column names the column that the words of a claim begin in.
func (e *entry) column(c cairn.Claim) string {
	if cell, ok := e.document.CellAt(cairn.Span{Start: c.Span.Start, End: c.Span.Start}); ok && cell.Column <= len(e.table.header) {
		return e.table.header[cell.Column-1]
	}
	return string(c.Harm)
}

// unfigured claims that harm is reported with no figure, where the row says so.
func (e *entry) unfigured() {
	column, ok := e.table.columns[Reported]
	if !ok || !slices.Contains([]string{"yes", "y", "true", "1"}, strings.ToLower(e.at(column).Words)) {
		return
	}
	e.claim(cairn.Killed, cairn.Civilian, cairn.Range{}, e.table.book.Name+".no_figure", column)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
