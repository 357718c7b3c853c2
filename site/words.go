package site

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// languages are those in which there are words.
var languages = []string{"en", "ar", "es", "uk", "ru"}

//go:embed words/*.json
var wordFiles embed.FS

//go:embed pages/*.html
var pageFiles embed.FS

// A tongue is the words of one language with the templates that use them.
type tongue struct {
	Tag    string            `json:"-"`
	Name   string            `json:"name"`
	Dir    string            `json:"dir"`
	Group  string            `json:"group"` // between thousands
	Day    string            `json:"day"`   // the form of a date
	Months []string          `json:"months"`
	Alone  []string          `json:"alone,omitempty"` // months without a day, where they are written otherwise
	Say    map[string]string `json:"say"`
	// Count has for a noun the form that goes with a number, by the categories of
	// the Unicode plural rules.
	Count map[string]map[string]string `json:"count"`

	pages map[string]*template.Template
	rules language.Tag
}

// readTongues reads the words of every language, and the templates with them.
func readTongues(a assets) (map[string]*tongue, error) {
	all := map[string]*tongue{}
	for _, tag := range languages {
		data, err := wordFiles.ReadFile("words/" + tag + ".json")
		if err != nil {
			return nil, err
		}
		t := &tongue{Tag: tag, rules: language.MustParse(tag)}
		if err := json.Unmarshal(data, t); err != nil {
			return nil, fmt.Errorf("words of %s: %w", tag, err)
		}
		if t.pages, err = t.templates(a); err != nil {
			return nil, err
		}
		all[tag] = t
	}
	return all, nil
}

// templates reads every template with the words of t, each within the layout.
func (t *tongue) templates(a assets) (map[string]*template.Template, error) {
	names := []string{"fault"}
	for _, r := range routes {
		names = append(names, r.template)
	}
	all := map[string]*template.Template{}
	for _, name := range names {
		layout := "layout.html"
		if name == "embed" {
			layout = "bare.html"
		}
		p, err := template.New(layout).Funcs(t.functions(a)).ParseFS(pageFiles, "pages/"+layout, "pages/parts.html", "pages/"+path.Base(name)+".html")
		if err != nil {
			return nil, err
		}
		all[name] = p
	}
	return all, nil
}

// functions is what templates may call.
func (t *tongue) functions(a assets) template.FuncMap {
	return template.FuncMap{
		"t": t.say, "count": t.count, "number": t.number, "figure": t.figure, "date": t.date, "period": t.period, "of": t.of, "ofFigure": t.ofFigure,
		"grade": func(g cairn.Grade) string { return t.term("grade", string(g)) }, "gradeMeans": func(g cairn.Grade) string { return t.say("means." + string(g)) },
		"strike": func(s cairn.StrikeStatus) string { return t.term("strike", string(s)) }, "means": func(m any) string { return t.term("weapon", fmt.Sprint(m)) },
		"harm": func(h cairn.Harm) string { return t.term("harm", string(h)) }, "accuracy": func(c cairn.Accuracy) string { return t.term("accuracy", string(c)) },
		"strength": func(s cairn.Strength) string { return t.term("strength", string(s)) }, "result": func(r cairn.PositionResult) string { return t.term("position", string(r)) },
		"relation": func(r cairn.Relation) string { return t.term("relation", string(r)) }, "around": func(k cairn.CircumstanceKind) string { return t.term("around", string(k)) },
		"term": t.term, "key": t.key, "scope": func(s cairn.Scope) string { return t.term("scope", string(s)) },
		"country": t.country, "place": t.place, "language": t.language, "asset": a.address, "faces": func() []string { return a.faces(t.Tag) }, "version": func() string { return cairn.Version },
		"words": shownWords, "plain": plain, "web": safeAddress, "join": strings.Join, "grades": func() []cairn.Grade { return cairn.Grades }, "add": func(a, b int) int { return a + b },
		"dirOf": dirOf, "rows": rowsOf, "behind": behindOf, "named": namedOf, "table": tableOf, "quoted": quotedOf, "telling": tellingOf, "victim": t.victim, "script": t.script,
		"interval": t.interval, "command": estimate.CommandOf, "deref": deref, "hundred": func(v any) float64 { return 100 * deref(v) },
	}
}

// say returns the words of a key, and the key itself where there are none.
func (t *tongue) say(key string, pairs ...any) string {
	said, ok := t.Say[key]
	if !ok {
		said = key
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		said = strings.ReplaceAll(said, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
	}
	return said
}

// A script has the words that the script of a page says.
type script struct {
	Tag    string                       `json:"tag"`
	Group  string                       `json:"group"`
	Day    string                       `json:"day"`
	Months []string                     `json:"months"`
	Alone  []string                     `json:"alone"`
	Say    map[string]string            `json:"say"`
	Count  map[string]map[string]string `json:"count"`
}

func (t *tongue) script() script {
	s := script{Tag: t.Tag, Group: t.Group, Day: t.Day, Months: t.Months, Alone: t.Months, Say: map[string]string{}, Count: t.Count}
	if len(t.Alone) > 0 {
		s.Alone = t.Alone
	}
	for key, said := range t.Say {
		if before, _, _ := strings.Cut(key, "."); spoken[before] {
			s.Say[key] = said
		}
	}
	return s
}

// spoken are the groups of words that the script says.
var spoken = map[string]bool{"range": true, "of": true, "harm": true, "class": true, "single": true, "grade": true, "weapon": true, "comma": true, "none": true, "ungraded": true, "review": true,
	"date": true, "by": true, "field": true, "watch": true, "chart": true, "sum": true, "all": true, "map": true, "totals": true, "nav": true, "explore": true, "place": true}

// term returns the word for a term of the field.
func (t *tongue) term(of, term string) string {
	key := of + "." + term
	if said := t.say(key); said != key {
		return said
	}
	return strings.ReplaceAll(term, "_", " ")
}

// number writes a number with the sign of t between thousands.
func (t *tongue) number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + t.Group + digits[i:]
	}
	return digits
}

var categories = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// count writes so many of a noun.
func (t *tongue) count(noun string, n int) string {
	form := categories[plural.Cardinal.MatchPlural(t.rules, n, 0, 0, 0, 0)]
	said, ok := t.Count[noun][form]
	if !ok {
		said = t.Count[noun]["other"]
	}
	return strings.ReplaceAll(said, "{n}", t.number(n))
}

// figure writes a casualty range as t does: with words where a dash would be
// turned around.
func (t *tongue) figure(r cairn.Range) string {
	low, high := "min", "max"
	switch {
	case !r.Known():
		return t.say("range.unknown")
	case !r.Max.Known:
		return t.say("range.from", low, t.number(r.Min.N))
	case !r.Min.Known:
		return t.say("range.to", high, t.number(r.Max.N))
	case r.Min == r.Max && r.Open:
		return t.say("range.from", low, t.number(r.Min.N))
	case r.Min == r.Max:
		return t.number(r.Min.N)
	case r.Open:
		return t.say("range.open", low, t.number(r.Min.N), high, t.number(r.Max.N))
	}
	return t.say("range.between", low, t.number(r.Min.N), high, t.number(r.Max.N))
}

// date writes a date as closely as it is known.
func (t *tongue) date(d cairn.Date) string {
	first := d.First()
	switch d.Precision() {
	case cairn.NoDate:
		return t.say("date.unknown")
	case cairn.Year:
		return string(d)
	case cairn.Month:
		return t.month(first) + " " + strconv.Itoa(first.Year())
	}
	return strings.NewReplacer("{d}", strconv.Itoa(first.Day()), "{m}", t.Months[first.Month()-1], "{y}", strconv.Itoa(first.Year())).Replace(t.Day)
}

// month is the name of a month that stands without a day.
func (t *tongue) month(at time.Time) string {
	if len(t.Alone) == len(t.Months) {
		return t.Alone[at.Month()-1]
	}
	return t.Months[at.Month()-1]
}

func (t *tongue) period(p cairn.Period) string {
	switch {
	case p.From == p.To, !p.To.Known():
		return t.date(p.From)
	case !p.From.Known():
		return t.date(p.To)
	}
	return t.say("date.span", "from", t.date(p.From), "to", t.date(p.To))
}

// of names a harm and class.
func (t *tongue) of(h cairn.Harm, c cairn.Class) string {
	if h == cairn.Damaged {
		return t.say("of.damaged")
	}
	key := "of." + string(h) + "." + string(c)
	if said := t.say(key); said != key && t.Say[key] != "" {
		return said
	}
	return t.say("of", "harm", t.term("harm", string(h)), "class", t.term("class", string(c)))
}

// ofFigure is of, for one person in the singular where t tells the two apart.
func (t *tongue) ofFigure(r cairn.Range, h cairn.Harm, c cairn.Class) string {
	if one := t.Say["single."+string(c)]; r == cairn.Exactly(1) && one != "" && h != cairn.Damaged {
		return t.say("of", "harm", t.term("harm", string(h)), "class", one)
	}
	return t.of(h, c)
}

// key names a figure by the key of its tally, or another value that can change.
func (t *tongue) key(key string) string {
	if tally, ok := cairn.TallyOf(key); ok {
		return t.of(tally.Harm, tally.Class)
	}
	return t.term("field", key)
}

// country returns the name of a country.
func (t *tongue) country(code string) string {
	r, err := language.ParseRegion(code)
	if err != nil || !r.IsCountry() {
		return code
	}
	return display.Regions(t.rules).Name(r)
}

// language returns the name of the language of a tag.
func (t *tongue) language(tag string) string {
	l, err := language.Parse(tag)
	if tag == "" || err != nil {
		return tag
	}
	return display.Languages(t.rules).Name(l)
}

// place returns the name of a place in the language of t, where it has one.
func (t *tongue) place(p cairn.PublicPlace) string {
	if name := p.Names[t.Tag]; name != "" {
		return name
	}
	if p.Name == "" {
		return t.say("place.unknown")
	}
	return p.Name
}

// dirOf is the direction of a language.
func dirOf(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if slices.Contains([]string{"ar", "fa", "he", "ur", "ps", "ckb", "dv"}, base) {
		return "rtl"
	}
	if tag == "" {
		return "auto"
	}
	return "ltr"
}

// safeAddress returns s where it is the address of a web page.
func safeAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// shownWords returns published words as HTML, a masked name as a bar that is read
// out as what it is.
func shownWords(s string) template.HTML {
	escaped := template.HTMLEscapeString(plain(s))
	return template.HTML(strings.ReplaceAll(escaped, cairn.Masked, `<span class="masked" role="img" aria-label="[…]"></span>`))
}

// plain returns words without the controls that turn the order of letters around.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == 0x7f, r < ' ' && r != '\t' && r != '\n' && r != '\r':
			return -1
		}
		return r
	}, s)
}
