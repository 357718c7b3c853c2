package web

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	plurals "golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The pages are written in English, and a table for each other language says what
// stands for which words. They are put in as a page leaves, so that no page can be
// forgotten, and a test says which words of which page have none. What is data is
// told from what is not by its element: names and words of documents, which stand
// in bdi, q, code, or under a direction or language of their own, stay as they are.
//
//go:embed words/*.json
var wordFiles embed.FS

// A tongue is the words of one language.
type tongue struct {
	Tag    string                       `json:"-"`
	Name   string                       `json:"name"` // what the language calls itself
	Dir    string                       `json:"dir"`
	Months []string                     `json:"months"`
	Day    string                       `json:"day"`    // of a date: {d} {m} {y}
	Range  string                       `json:"range"`  // {a} {b}
	More   string                       `json:"more"`   // after a figure without an upper end: {a}
	Commas map[string]string            `json:"commas"` // signs between words
	Say    map[string]string            `json:"say"`    // {} stands for anything
	Count  map[string]map[string]string `json:"count"`  // of the noun as English has it for several and for one

	rules    language.Tag
	patterns []pattern
}

// A pattern is words with something between them.
type pattern struct {
	form *regexp.Regexp
	said string
}

// readTongues reads the tables of words; English has none.
func readTongues() (map[string]*tongue, error) {
	files, err := wordFiles.ReadDir("words")
	all := map[string]*tongue{}
	for _, f := range files {
		text, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, err
		}
		t := &tongue{Tag: strings.TrimSuffix(f.Name(), ".json")}
		t.rules = language.MustParse(t.Tag)
		if err := json.Unmarshal(text, t); err != nil {
			return nil, fmt.Errorf("words of %s: %w", t.Tag, err)
		}
		for _, key := range keysOf(t.Say) {
			if strings.Contains(key, "{}") {
				t.patterns = append(t.patterns, pattern{patternOf(key), t.Say[key]})
			}
		}
		all[t.Tag] = t
	}
	return all, err
}

// keysOf returns the keys of a table, those with the most words of their own first.
func keysOf(say map[string]string) []string {
	var keys []string
	for key := range say {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b)-5*strings.Count(b, "{}"), len(a)-5*strings.Count(a, "{}")), cmp.Compare(a, b))
	})
	return keys
}

func patternOf(key string) *regexp.Regexp {
	return regexp.MustCompile("(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(key), `\{\}`, "(.+?)") + "$")
}

// tongueOf returns the words of whoever asks: of the account's language, and where
// it has none, or nobody is signed in, of that which the browser asks for; nil for
// English.
func (s *site) tongueOf(r *http.Request) *tongue {
	if own := visitorOf(r).language; own != "" {
		return s.tongues[own]
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return nil
	}
	for _, tag := range wanted {
		base, _ := tag.Base()
		if base.String() == "en" {
			return nil
		}
		if t := s.tongues[base.String()]; t != nil {
			return t
		}
	}
	return nil
}

// tagOf returns the tag of a tongue, which is nil for English.
func (t *tongue) tag() string {
	if t == nil {
		return "en"
	}
	return t.Tag
}

// asData are the elements whose words are not the page's own.
var asData = map[string]bool{"bdi": true, "q": true, "code": true, "kbd": true, "pre": true, "script": true, "style": true, "textarea": true}

// void are the elements that hold nothing, and are never closed.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true,
	"ellipse": true, "rect": true, "path": true, "circle": true, "use": true, "line": true}

// spoken are the attributes that are read out or shown.
var spoken = map[string]bool{"data-on": true, "data-off": true, "data-makes": true, "data-then": true, "data-stays": true, "aria-label": true, "title": true, "placeholder": true, "data-label": true, "alt": true}

// page returns a page in the words of t. missing is told what has none; it may be
// nil.
func (t *tongue) page(page []byte, missing func(string)) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	var open []bool // of each open element, whether it holds data
	data := func() bool { return len(open) > 0 && open[len(open)-1] }
	say := func(s string) string {
		said, ok := t.say(s)
		if !ok && missing != nil {
			missing(strings.Join(strings.Fields(s), " "))
		}
		return said
	}
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return out.Bytes()
		case html.TextToken:
			if data() || strings.TrimSpace(raw) == "" {
				out.WriteString(raw)
				continue
			}
			out.WriteString(html.EscapeString(say(html.UnescapeString(raw))))
		case html.StartTagToken, html.SelfClosingTagToken:
			token := html.Token{}
			name, more := z.TagName()
			token.Data = string(name)
			token.Type = kind
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				token.Attr = append(token.Attr, html.Attribute{Key: string(k), Val: string(v)})
			}
			holds := data() || asData[token.Data]
			changed := t.attributes(&token, &holds, data(), say)
			if changed {
				out.WriteString(token.String())
			} else {
				out.WriteString(raw)
			}
			if kind == html.StartTagToken && !void[token.Data] {
				open = append(open, holds)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); len(open) > 0 && !void[string(name)] {
				open = open[:len(open)-1]
			}
			out.WriteString(raw)
		default:
			out.WriteString(raw)
		}
	}
}

// attributes puts the words of an element's attributes in, and says whether it
// holds data.
func (t *tongue) attributes(token *html.Token, holds *bool, within bool, say func(string) string) bool {
	changed := false
	for i, a := range token.Attr {
		switch {
		case token.Data == "html" && a.Key == "lang":
			token.Attr[i].Val, changed = t.Tag, true
			token.Attr = append(token.Attr, html.Attribute{Key: "dir", Val: t.Dir})
		case a.Key == "dir" && a.Val == "auto" && token.Data != "input", a.Key == "lang" && a.Val != "en", a.Key == "translate" && a.Val == "no":
			*holds = true
		case a.Key == "translate" && a.Val == "yes":
			*holds = false
		case a.Key == "lang" && a.Val == "en" && !within && !*holds:
			token.Attr[i].Val, changed = t.Tag, true
		}
	}
	for i, a := range token.Attr {
		if spoken[a.Key] && !within && a.Val != "" {
			token.Attr[i].Val = say(a.Val)
			changed = true
		}
	}
	return changed
}

var (
	aDate   = regexp.MustCompile(`(?:(\d{1,2}) )?(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})`)
	aRange  = regexp.MustCompile(`^(\d[\d,]*)–(\d[\d,]*)$`)
	orMores = regexp.MustCompile(`^(\d[\d,]*(?:–\d[\d,]*)?) or more$`)
	soMany  = regexp.MustCompile(`^(\d[\d,]*) (.+)$`)
	noWords = regexp.MustCompile(`^[^\p{L}]*$`)
	english = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// say returns words in the language of t, and whether all of them have words there.
// Space around them stays.
func (t *tongue) say(s string) (string, bool) {
	inner := strings.TrimSpace(s)
	lead, tail := s[:strings.Index(s, inner)], s[strings.Index(s, inner)+len(inner):]
	said, ok := t.inner(strings.Join(strings.Fields(inner), " "), 0)
	return lead + said + tail, ok
}

// mostParts is how often words are taken apart.
const mostParts = 6

func (t *tongue) inner(s string, depth int) (string, bool) {
	if said, ok := t.Say[s]; ok {
		return said, true
	}
	if m := aRange.FindStringSubmatch(s); m != nil {
		return strings.NewReplacer("{a}", m[1], "{b}", m[2]).Replace(t.Range), true
	}
	if m := orMores.FindStringSubmatch(s); m != nil {
		low, _ := t.inner(m[1], depth+1)
		return strings.ReplaceAll(t.More, "{a}", low), true
	}
	if noWords.MatchString(s) {
		if strings.ContainsAny(s, "0123456789") {
			return s, true
		}
		return t.signs(s), true
	}
	if depth > mostParts {
		return s, false
	}
	if m := soMany.FindStringSubmatch(s); m != nil {
		if said, ok := t.plural(m[1], m[2]); ok {
			return said, true
		}
	}
	if m := aDate.FindString(s); m == s {
		return t.date(s), true
	}
	for _, p := range t.patterns {
		if m := p.form.FindStringSubmatch(s); m != nil {
			if said, ok := t.filled(p.said, m[1:], depth); ok {
				return said, true
			}
		}
	}
	return t.parts(s, depth)
}

// filled puts what stood between words into the words of t. What has none is data,
// such as a name.
func (t *tongue) filled(said string, between []string, depth int) (string, bool) {
	for _, b := range between {
		inner, ok := t.inner(b, depth+1)
		if !ok {
			inner = b
		}
		said = strings.Replace(said, "{}", inner, 1)
	}
	return said, true
}

// parts says words that signs part, each for itself.
func (t *tongue) parts(s string, depth int) (string, bool) {
	for _, sign := range []string{" · ", "; ", ": ", ". ", ", ", " (", "·", ":", ";", ",", ".", "(", ")", "“", "”", "…", "?"} {
		i := strings.Index(s, sign)
		if i < 0 {
			continue
		}
		before, after := s[:i], s[i+len(sign):]
		if sign == ". " { // a sentence has its stop
			before, sign = s[:i+1], " "
		}
		saidBefore, ok := before, true
		if before != "" {
			saidBefore, ok = t.inner(strings.TrimSpace(before), depth+1)
		}
		saidAfter, okAfter := after, true
		if after != "" {
			saidAfter, okAfter = t.inner(strings.TrimSpace(after), depth+1)
			if strings.HasPrefix(after, " ") {
				saidAfter = " " + saidAfter
			}
		}
		if strings.HasSuffix(before, " ") {
			saidBefore += " "
		}
		return saidBefore + t.signs(sign) + saidAfter, ok && okAfter
	}
	return s, false
}

// signs puts the signs of t in.
func (t *tongue) signs(s string) string {
	for from, to := range t.Commas {
		s = strings.ReplaceAll(s, from, to)
	}
	return s
}

// date says a date.
func (t *tongue) date(s string) string {
	m := aDate.FindStringSubmatch(s)
	month := t.Months[slices.Index(english, m[2])]
	if m[1] == "" {
		return month + " " + m[3]
	}
	return strings.NewReplacer("{d}", m[1], "{m}", month, "{y}", m[3]).Replace(t.Day)
}

var categories = map[plurals.Form]string{plurals.Zero: "zero", plurals.One: "one", plurals.Two: "two", plurals.Few: "few", plurals.Many: "many", plurals.Other: "other"}

// plural says so many of a noun.
func (t *tongue) plural(number, noun string) (string, bool) {
	forms, ok := t.Count[noun]
	n, err := strconv.Atoi(strings.ReplaceAll(number, ",", ""))
	if !ok || err != nil {
		return "", false
	}
	form, ok := forms[categories[plurals.Cardinal.MatchPlural(t.rules, n, 0, 0, 0, 0)]]
	if !ok {
		form = forms["other"]
	}
	return strings.ReplaceAll(form, "{n}", number), true
}
