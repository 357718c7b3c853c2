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
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
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
	Tag    string            `json:"-"`
	Name   string            `json:"name"` // what the language calls itself
	Dir    string            `json:"dir"`
	Months []string          `json:"months"` // as they stand beside a day
	Alone  []string          `json:"alone"`  // as they stand without one; Months where absent
	Day    string            `json:"day"`    // of a date: {d} {m} {y}
	Month  string            `json:"month"`  // of a month: {m} {y}
	Group  string            `json:"group"`  // between thousands; a comma where absent
	Point  string            `json:"point"`  // before a fraction; a full stop where absent
	Range  string            `json:"range"`  // {a} {b}
	More   string            `json:"more"`   // after a figure without an upper end: {a}
	Commas map[string]string `json:"commas"` // signs between words
	Say    map[string]string `json:"say"`    // {} stands for anything; {2}, in what is said, for the second of several
	Why    map[string]string `json:"why"`    // forms and words of why a claim was read as it was
	whys   []pattern
	Count  map[string]map[string]string `json:"count"` // of the noun as English has it for several and for one, by the categories of the Unicode plural rules

	rules    language.Tag
	names    map[string]string // of countries and languages, by what English calls them
	patterns []pattern
}

// A pattern is words with something between them.
type pattern struct {
	form    *regexp.Regexp
	said    string
	letters int  // of its own
	leads   bool // begins with what stands between
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
		t, err := newTongue(strings.TrimSuffix(f.Name(), ".json"), text)
		if err != nil {
			return nil, err
		}
		all[t.Tag] = t
	}
	return all, err
}

// newTongue reads the table of one language.
func newTongue(tag string, text []byte) (*tongue, error) {
	t := &tongue{Tag: tag, Month: "{m} {y}", Group: ",", Point: "."}
	var err error
	if t.rules, err = language.Parse(tag); err == nil {
		err = json.Unmarshal(text, t)
	}
	if err != nil {
		return nil, fmt.Errorf("words of %s: %w", tag, err)
	}
	if t.Alone == nil {
		t.Alone = t.Months
	}
	t.names, t.whys = namesIn(t.rules), t.whyPatterns()
	for _, key := range keysOf(t.Say) {
		if strings.Contains(key, "{}") {
			t.patterns = append(t.patterns, pattern{patternOf(key), t.Say[key], len(aLetter.FindAllString(key, -1)), strings.HasPrefix(key, "{}")})
		}
	}
	return t, nil
}

// namesIn returns what a language calls countries and languages, by what English calls
// them, from the Unicode tables.
func namesIn(own language.Tag) map[string]string {
	names := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if r, err := language.ParseRegion(code); err == nil && r.IsCountry() {
				names[display.English.Regions().Name(r)] = display.Regions(own).Name(r)
			}
			if base, err := language.ParseBase(strings.ToLower(code)); err == nil {
				names[display.English.Languages().Name(base)] = display.Languages(own).Name(base)
			}
		}
	}
	delete(names, "")
	return names
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

var aLetter = regexp.MustCompile(`\p{L}`)

// patternOf is the form of words with something between them. What stands first is no
// more than a clause, so that the words behind it are of that clause.
func patternOf(key string) *regexp.Regexp {
	if rest, leads := strings.CutPrefix(key, "{}"); leads {
		return regexp.MustCompile(`(?s)^((?:[^·:;,]|[:,]\d)+?)` + strings.ReplaceAll(regexp.QuoteMeta(rest), `\{\}`, "([^·]+?)") + "$")
	}
	return regexp.MustCompile("(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(key), `\{\}`, "([^·]+?)") + "$")
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

// content is whose words an element holds.
type content int

const (
	pageWords   content = iota
	dataWords           // names, and words of documents and persons
	reasonWords         // a reason that cairn gives, or a person: what has words is said, whole or not at all
)

// page returns a page in the words of t. missing is told what has none; it may be
// nil.
func (t *tongue) page(page []byte, missing func(string)) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	var open []content // of each open element
	within := func() content {
		if len(open) == 0 {
			return pageWords
		}
		return open[len(open)-1]
	}
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
			switch {
			case within() == dataWords || strings.TrimSpace(raw) == "":
				out.WriteString(raw)
			case within() == reasonWords:
				out.WriteString(html.EscapeString(t.reason(html.UnescapeString(raw))))
			default:
				out.WriteString(html.EscapeString(say(html.UnescapeString(raw))))
			}
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
			holds := within()
			if asData[token.Data] {
				holds = dataWords
			}
			changed := t.attributes(&token, &holds, within() != pageWords, say)
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
func (t *tongue) attributes(token *html.Token, holds *content, within bool, say func(string) string) bool {
	changed := false
	if slices.Contains(token.Attr, html.Attribute{Key: "translate", Val: "yes"}) {
		within, *holds = false, pageWords
	}
	for i, a := range token.Attr {
		switch {
		case token.Data == "html" && a.Key == "lang":
			token.Attr[i].Val, changed = t.Tag, true
			token.Attr = append(token.Attr, html.Attribute{Key: "dir", Val: t.Dir})
		case a.Key == "dir" && a.Val == "auto" && token.Data != "input", a.Key == "lang" && a.Val != "en", a.Key == "translate" && a.Val == "no":
			*holds = dataWords
		case a.Key == "lang" && a.Val == "en" && !within && *holds == pageWords:
			token.Attr[i].Val, changed = t.Tag, true
		}
	}
	if slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "data-reason" }) {
		*holds = reasonWords
	}
	for i, a := range token.Attr {
		if spoken[a.Key] && !within && a.Val != "" {
			token.Attr[i].Val = say(a.Val)
			changed = true
		}
	}
	return changed
}
