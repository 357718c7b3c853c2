package web

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// spokenPages are the addresses of the pages whose words are looked at.
var spokenPages = []string{"/", "/documents", "/documents/herald", "/incidents", "/incidents/T1", "/incidents?to=x", "/totals", "/totals?by=month", "/account", "/people", "/inbox", "/code/herald", "/code/selm", "/import",
	"/jobs", "/coding", "/coding/selm", "/coding/wire/compare", "/review", "/incidents/T1/place", "/incidents/T1/work", "/incidents/T2/work", "/search?q=orvane", "/search", "/trust", "/sign-in", "/none"}

// latin reports whether a text has words in Latin letters, marks of codes aside.
func latin(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./:@#'’", r)
	}) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) && !notWords[w] && !strings.ContainsAny(w, "0123456789/_#@") {
			return true
		}
	}
	return false
}

// notWords are names and terms that are the same in every language.
var notWords = map[string]bool{"Tarn": true, "Orvane": true, "Herald": true, "Wire": true, "XA": true, "ana": true, "ben": true, "cor": true, "cairn": true, "wire": true, "herald": true, "selm": true,
	"shabaka": true, "market": true, "csv": true, "geojson": true, "hxl": true, "jsonl": true, "parquet": true, "sqlite": true, "wacz": true, "en": true, "ar": true,
	"A": true, "raid": true, "Doctors": true, "count": true, "the": true, "dead": true, "otpauth:": true, "totp": true, "tarn:ana": true, "algorithm": true, "digits": true, "issuer": true, "tarn": true, "period": true, "secret": true}

// untold returns what of the desk has no words in a language.
func untold(t *testing.T, w *workshop, tag string) []string {
	t.Helper()
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	missing := func(s string) {
		if said, _ := tongues[tag].say(s); latin(said) && !strings.HasPrefix(s, "otpauth://") && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	ana, nobody := w.as("ana"), w.nobody()
	for _, path := range append([]string{"/code/" + w.photo("street.png").ID}, spokenPages...) {
		b := ana
		if path == "/sign-in" {
			b = nobody
		}
		tongues[tag].page([]byte(b.get(path).body), missing)
	}
	slices.Sort(all)
	return all
}

func TestTheDeskHasWordsInEveryLanguage(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Administrator, "tarn")
	w.coded()
	busy(t, w)
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag := range tongues {
		if all := untold(t, w, tag); len(all) > 0 {
			t.Errorf("%s has no words for %d:\n%s", tag, len(all), strings.Join(all, "\n"))
			if to := os.Getenv("CAIRN_UNTOLD"); to != "" {
				os.WriteFile(to, []byte(strings.Join(all, "\n")+"\n"), 0o600)
			}
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
