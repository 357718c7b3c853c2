package web

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// spokenPages are the addresses of the pages whose words are looked at.
var spokenPages = []string{"/", "/documents", "/documents/herald", "/incidents", "/incidents/T1", "/incidents?to=x", "/totals", "/totals?by=month", "/totals?by=country", "/totals?by=grade", "/totals?by=class", "/account", "/people", "/inbox", "/code/herald", "/code/selm", "/import",
	"/jobs", "/coding", "/coding/selm", "/coding/wire/compare", "/review", "/incidents/T1/place", "/incidents/T1/work", "/incidents/T2/work", "/search?q=orvane", "/search", "/trust", "/sign-in", "/none"}

// latin reports whether a text has words in Latin letters, marks of codes aside.
func latin(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./:@#'’", r)
	}) {
		w = strings.Trim(w, ".:")
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) && !notWords[w] && !strings.ContainsAny(w, "0123456789/_#@") {
			return true
		}
	}
	return false
}

// notWords are names and terms that are the same in every language.
var notWords = map[string]bool{"Tarn": true, "Orvane": true, "Herald": true, "Wire": true, "XA": true, "ana": true, "ben": true, "cor": true, "Español": true, "Українська": true, "Русский": true, "cairn": true, "wire": true, "herald": true, "selm": true,
	"shabaka": true, "market": true, "csv": true, "geojson": true, "hxl": true, "jsonl": true, "parquet": true, "sqlite": true, "wacz": true, "en": true, "ar": true,
	"A": true, "raid": true, "Doctors": true, "count": true, "the": true, "dead": true, "otpauth:": true, "totp": true, "tarn:ana": true, "algorithm": true, "digits": true, "issuer": true, "tarn": true, "period": true, "secret": true}

// masked is a tongue of the same words whose letters are all Arabic, so that what it
// leaves in Latin letters has no words.
func masked(t *testing.T, of *tongue) *tongue {
	t.Helper()
	blank := func(s string) string {
		return inBraces.ReplaceAllStringFunc(s, func(part string) string {
			if strings.HasPrefix(part, "{") {
				return part
			}
			return "\u0627"
		})
	}
	u := *of
	u.Say, u.Count, u.Day, u.Month, u.More, u.Range = map[string]string{}, map[string]map[string]string{}, "{d} {y}", "{y}", "{a}", "{a} {b}"
	for key, said := range of.Say {
		u.Say[key] = blank(said)
	}
	for noun, forms := range of.Count {
		u.Count[noun] = map[string]string{}
		for category, form := range forms {
			u.Count[noun][category] = blank(form)
		}
	}
	text, err := json.Marshal(u)
	if err != nil {
		t.Fatal(err)
	}
	read, err := newTongue(of.Tag, text)
	if err != nil {
		t.Fatal(err)
	}
	for name := range read.names {
		read.names[name] = "\u0627"
	}
	return read
}

var inBraces = regexp.MustCompile(`\{[^}]*\}|\p{L}+`)

// spokenOn returns what pages say, each once.
func spokenOn(pages []string) []string {
	all := map[string]bool{}
	for _, page := range pages {
		(&tongue{Months: english, Alone: english}).page([]byte(page), func(s string) { all[s] = true })
	}
	return slices.Sorted(maps.Keys(all))
}

// untold returns which words have none in a language; names are the same in every
// language.
func untold(t *testing.T, words []string, of *tongue, names ...string) []string {
	t.Helper()
	read := masked(t, of)
	var all []string
	for _, s := range words {
		said, _ := read.say(s)
		said = holes.ReplaceAllString(said, "")
		for _, name := range names {
			said = regexp.MustCompile(`\b`+name+`\b`).ReplaceAllString(said, "")
		}
		if latin(said) && !strings.HasPrefix(s, "otpauth://") {
			all = append(all, s)
		}
	}
	return all
}

func TestTheDeskHasWordsInEveryLanguage(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Administrator, "tarn")
	w.coded()
	busy(t, w)
	ana := w.as("ana")
	pages := []string{w.nobody().get("/sign-in").body}
	for _, path := range append([]string{"/code/" + w.photo("street.png").ID}, spokenPages...) {
		pages = append(pages, ana.get(path).body)
	}
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		if all := untold(t, spokenOn(pages), of, "Shell on Selm Bridge"); len(all) > 0 {
			t.Errorf("%s has no words for %d:\n%s", tag, len(all), strings.Join(all, "\n"))
		}
	}
}

// busy tells, tags, comments on and submits an incident, so that its pages have all
// of their words.
func busy(t *testing.T, w *workshop) {
	t.Helper()
	as := w.record.As("ana")
	if _, err := as.Narrate(ctx, "T1", "en", "A raid [[wire#1]].", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Tag(ctx, "T1", []string{"market"}, ""); err != nil {
		t.Fatal(err)
	}
	if err := as.Say(ctx, "T1", "look @ben"); err != nil {
		t.Fatal(err)
	}
	if err := as.Submit(ctx, "T1"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.AcceptReport(ctx, "herald", "read"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Sign(ctx, "T2", "one report"); err != nil {
		t.Fatal(err)
	}
	if _, err := as.Override(ctx, "T2", "grading", "weak", "thin"); err != nil {
		t.Fatal(err)
	}
}
