package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

func documents(t testing.TB) []cairn.Document {
	t.Helper()
	var out []cairn.Document
	for _, r := range markedReports(t) {
		out = append(out, r.document)
	}
	return out
}

func TestEverySpanHoldsItsWords(t *testing.T) {
	r := New(invented)
	for _, d := range documents(t) {
		sound(t, d, r.Read(d).Claims)
	}
}

// sound fails t unless every value of claims stands at its words and every
// number keeps its order.
func sound(t *testing.T, d cairn.Document, claims []cairn.Claim) {
	t.Helper()
	phrase := func(what string, p cairn.Phrase) {
		if p.Span != nil && p.Span.Of(d.Text) != p.Words {
			t.Errorf("%s: %s says %q, and %q stands there", d.ID, what, p.Words, p.Span.Of(d.Text))
		}
	}
	for i, c := range claims {
		phrase("figure", c.Figure.Phrase)
		phrase("victims", c.Victims.Phrase)
		if c.Where != nil {
			phrase("where", c.Where.Phrase)
		}
		if c.When != nil {
			phrase("when", c.When.Phrase)
		}
		if c.Means != nil {
			phrase("means", c.Means.Phrase)
		}
		for _, a := range c.By {
			phrase("by", a.Phrase)
		}
		for _, s := range c.Says {
			phrase("says", s.Phrase)
		}
		switch {
		case c.N != i+1:
			t.Errorf("%s: claim %d is numbered %d", d.ID, i+1, c.N)
		case c.Span.Len() <= 0 || c.Span.End > len(d.Text):
			t.Errorf("%s: claim %d stands nowhere: %v", d.ID, c.N, c.Span)
		case !c.Range.Valid():
			t.Errorf("%s: claim %d has the range %v", d.ID, c.N, c.Range)
		case c.SubsetOf == c.N || c.SubsetOf > len(claims):
			t.Errorf("%s: claim %d is a part of %d", d.ID, c.N, c.SubsetOf)
		case len(c.Rules) == 0:
			t.Errorf("%s: claim %d names no rule", d.ID, c.N)
		}
	}
}

func TestAnUnrelatedParagraphChangesNoEarlierClaim(t *testing.T) {
	r := New(invented)
	for _, d := range documents(t) {
		if strings.HasPrefix(d.ID, "campaign") {
			continue // what a campaign is, the whole report says
		}
		before := r.Read(d).Claims
		longer := d
		longer.Text += "\n\nThe library opens at nine and sells tea."
		after := r.Read(longer).Claims
		if a, b := marshal(t, before), marshal(t, after); a != b {
			t.Errorf("%s: a paragraph about a library changes\n%s\nto\n%s", d.ID, a, b)
		}
	}
}

func TestComposedAndDecomposedLettersReadAlike(t *testing.T) {
	d := cairn.Document{ID: "d", Published: "2024-03-05", Text: "A strike killed seven civilians near the café of José Núñez, officials said."}
	r := New(invented)
	composed := r.Read(d).Claims
	d.Text = norm.NFD.String(d.Text)
	decomposed := r.Read(d).Claims
	if len(composed) != 1 || len(decomposed) != 1 || composed[0].Range != decomposed[0].Range {
		t.Errorf("composed %s, decomposed %s", marshal(t, composed), marshal(t, decomposed))
	}
}

func TestUpperCaseKeepsMostClaims(t *testing.T) {
	r := New(invented)
	kept, all := 0, 0
	for _, d := range documents(t) {
		lower := r.Read(d).Claims
		d.Text = strings.ToUpper(d.Text)
		upper := r.Read(d).Claims
		all += len(lower)
		for _, c := range lower {
			if slices.ContainsFunc(upper, func(u cairn.Claim) bool { return u.Harm == c.Harm && u.Range == c.Range }) {
				kept++
			}
		}
	}
	if kept*10 < all*9 {
		t.Errorf("upper case keeps %d of %d claims, want nine in ten", kept, all)
	}
}

func TestReadingsDoNotDependOnTheProcessors(t *testing.T) {
	docs := append(documents(t), evaluation(t, 300)...)
	was := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(was)
	var outputs []string
	for _, n := range []int{1, 8, 8} {
		runtime.GOMAXPROCS(n)
		outputs = append(outputs, readAll(t, New(invented), docs))
	}
	if outputs[0] != outputs[1] || outputs[1] != outputs[2] {
		t.Error("the readings differ between 1 and 8 processors, or between two runs")
	}
}

func readAll(t *testing.T, r *Reader, docs []cairn.Document) string {
	out := make([]string, len(docs))
	var wait sync.WaitGroup
	for i, d := range docs {
		wait.Go(func() { out[i] = marshal(t, r.Read(d)) })
	}
	wait.Wait()
	return strings.Join(out, "\n")
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// evaluation returns up to n real news texts of the evaluation kit, none where
// that is absent.
func evaluation(t testing.TB, n int) []cairn.Document {
	t.Helper()
	file, err := os.Open("../../shared/eval/gva/docs.jsonl.gz")
	if err != nil {
		t.Logf("without the evaluation kit: %v", err)
		return nil
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []cairn.Document
	lines := bufio.NewScanner(plain)
	lines.Buffer(nil, 1<<24)
	for len(out) < n && lines.Scan() {
		var d cairn.Document
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func TestRealNewsIsReadSoundly(t *testing.T) {
	docs := evaluation(t, 3000)
	if docs == nil {
		t.Skip("the evaluation kit is absent")
	}
	r := New(Pack{})
	for _, d := range docs {
		sound(t, d, r.Read(d).Claims)
	}
}

func TestWhatIsReadIsReadUnderThePolicyOfThePack(t *testing.T) {
	d := cairn.Document{ID: "d", Text: "Dozens of people were killed in the strike and more than 60 were wounded."}
	for _, test := range []struct{ policy, killed, injured string }{
		{"airwars", "12–24", "61+"}, {"acled", "12", "60+"}, {"aoav", "unknown", "60+"}, {"iso", "unknown", "61+"},
	} {
		p, err := policy.Named(test.policy)
		if err != nil {
			t.Fatal(err)
		}
		claims := New(Pack{Policy: p}).Read(d).Claims
		if len(claims) != 2 {
			t.Fatalf("%s: %d claims, want 2", test.policy, len(claims))
		}
		if got := claims[0].Range.String(); got != test.killed {
			t.Errorf("under %s dozens are %s, want %s", test.policy, got, test.killed)
		}
	}
}

func TestTheLanguageOfADocument(t *testing.T) {
	for _, test := range []struct{ text, language string }{
		{"قتل سبعة مدنيين في غارة جوية على القرية", "ar"},
		{"Семеро погибли при обстреле деревни, сообщили жители района", "ru"},
		{"Семеро людей загинули під час обстрілу села, їх поховали", "uk"},
		{"Siete civiles murieron en un ataque aéreo en la aldea de los olivos", "es"},
		{"Seven civilians died in an air strike on the village", "en"},
	} {
		got := New(Pack{}).Read(cairn.Document{ID: "d", Text: test.text})
		if got.Language != test.language {
			t.Errorf("%q is taken for %s, want %s", test.text, got.Language, test.language)
		}
		if len(got.Claims) == 0 {
			t.Errorf("%q has no claims", test.text)
		}
	}
}

func TestSpansOfEveryKind(t *testing.T) {
	d := cairn.Document{ID: "d", Published: "2017-10-23", Text: "On October 16 the monitor claims that at least 1,300 people left Tel Marun."}
	s := New(invented).Spans(d, Times, Places, Sayings, Figures)
	if len(s.Times) != 1 || s.Times[0].Words != "October 16" || s.Times[0].From != "2017-10-16" {
		t.Errorf("times %s", marshal(t, s.Times))
	}
	if len(s.Places) != 1 || s.Places[0].Name != "Tel Marun" {
		t.Errorf("places %s", marshal(t, s.Places))
	}
	if len(s.Attributions) != 1 || s.Attributions[0].Cue.Words != "claims" || s.Attributions[0].Source.Words != "monitor" {
		t.Errorf("attributions %s", marshal(t, s.Attributions))
	}
	if len(s.Figures) != 1 || s.Figures[0].Words != "at least 1,300" || s.Figures[0].Op != cairn.OpAtLeast {
		t.Errorf("figures %s", marshal(t, s.Figures))
	}
}

func FuzzRead(f *testing.F) {
	for _, d := range documents(f) {
		f.Add(d.Text)
	}
	f.Add("7 km \xff\xfe\x00 ٧ 𝟳 killed 99999999999999999999 (((")
	r := New(invented)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		d := cairn.Document{ID: "f", Text: text, Published: "2024-03-05"}
		sound(t, d, r.Read(d).Claims)
		r.Spans(d, Times, Places, Sayings, Figures)
	})
}

func ExampleReader_Read() {
	d := cairn.Document{ID: "d1", Published: "2024-03-05", Text: "An air strike killed at least seven civilians on Monday, a hospital said."}
	for _, c := range New(Pack{}).Read(d).Claims {
		fmt.Println(c.Harm, c.Range, c.Victims.Words, c.When.From, c.Says[0].Words, c.Rules)
	}
	// Output: killed 7+ civilians 2024-03-04 hospital [killed.active figure.at_least]
}
