package explain_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/extract"
	"github.com/cairn-recorder/cairn/policy"
)

func airwars(t testing.TB) policy.Policy {
	t.Helper()
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// explanation explains the claims of a text, and returns that of claim n.
func explanation(t testing.TB, d cairn.Document, pack extract.Pack, n int) explain.Explanation {
	t.Helper()
	for _, c := range extract.New(pack).Read(d).Claims {
		if c.N == n {
			return explain.Claim(d, c, airwars(t))
		}
	}
	t.Fatalf("there is no claim %d in %q", n, d.Text)
	return explain.Explanation{}
}

var mark = regexp.MustCompile(`⟦[a-z]+ ?[^:⟧]*: ([^⟧]*)⟧`)

// marked returns the marked reports of the extractor without their marks.
func marked(t *testing.T) []cairn.Document {
	t.Helper()
	var out []cairn.Document
	for _, folder := range []string{"reports", "gold"} {
		files, err := filepath.Glob("../extract/testdata/" + folder + "/*.txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for report := range strings.SplitSeq(string(data), "=====\n") {
				_, text, _ := strings.Cut(report, "\n\n")
				out = append(out, cairn.Document{ID: filepath.Base(file), Published: "2024-03-05", Text: mark.ReplaceAllString(strings.TrimSpace(text), "$1")})
			}
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d marked reports", len(out))
	}
	return out
}

// TestEveryRuleHasWords holds the words to every rule that the extractor gives
// for a marked report: the frame, the figure, and the wording of a policy.
func TestEveryRuleHasWords(t *testing.T) {
	p, reader, given := airwars(t), extract.New(extract.Pack{}), map[string]bool{}
	for _, d := range marked(t) {
		for _, c := range reader.Read(d).Claims {
			for i, id := range c.Rules {
				given[id] = true
				_, worded := p.Wordings[id]
				if explain.Rule(id, "") == "" && !(i > 1 && (worded || c.Figure.Op == cairn.OpVague)) {
					t.Errorf("the rule %s of %q has no words", id, c.Span.Of(d.Text))
				}
			}
		}
	}
	if len(given) < 30 {
		t.Errorf("the marked reports meet only %d rules", len(given))
	}
}

var ruleLiteral = regexp.MustCompile(`"((?:figure|killed|damaged|population|casualties)\.[a-z_.]+)"|\+ ?"\.([a-z]+)"`)

// TestEveryRuleOfTheCodeHasWords finds rules that no marked report meets.
func TestEveryRuleOfTheCodeHasWords(t *testing.T) {
	files, err := filepath.Glob("../extract/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ruleLiteral.FindAllStringSubmatch(string(data), -1) {
			id := m[1]
			switch {
			case strings.HasSuffix(file, "_test.go") || m[2] == "pronoun" || strings.HasSuffix(id, "."):
				continue
			case id == "":
				id = "killed." + m[2]
			}
			if explain.Rule(id, "") == "" {
				t.Errorf("%s: the rule %s has no words", file, id)
			}
		}
	}
}

func TestASentenceHasItsPartsInBrackets(t *testing.T) {
	d := cairn.Document{ID: "d1", Published: "2024-03-05", Text: "The road was closed. Raiders killed at least five villagers on Monday, doctors said."}
	got := explanation(t, d, extract.Pack{}, 1)
	want := "Raiders [harm: killed] [figure: at least five] [victims: villagers] on [when: Monday], [says: doctors] said."
	if len(got.Sentences) != 1 || got.Sentences[0].String() != want {
		t.Errorf("got %v\nwant %s", got.Sentences, want)
	}
}

func TestTheReasonsSayWhatSettledEachValue(t *testing.T) {
	pack := extract.Pack{
		Places: []cairn.Place{{ID: "v:1", Name: "Tel Marun", Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 10, Lon: 50}}},
	}
	d := cairn.Document{ID: "d1", Published: "2024-03-05", Place: "Tel Marun",
		Text: "Dozens of villagers were reportedly wounded when shells fell on Monday, the mayor said. The dead were not counted. In 2014, three shepherds were killed."}
	for _, test := range []struct {
		n        int
		of, says string
	}{
		{1, "harm", "“were reportedly wounded” is said in the passive of those who stand before it"},
		{1, "figure", "“Dozens” is vague"},
		{1, "range", "12–24: what airwars/1 makes of “dozens”, as that recorder publishes"},
		{1, "victims", "“villagers”; class civilian"},
		{1, "where", "Tel Marun, ZZ, known to the town (v:1); the place that the report was given with"},
		{1, "when", "“Monday” is 2024-03-04: reckoned from 2024-03-05, the day of publication"},
		{1, "means", "“shells” is artillery"},
		{1, "says", "by “said”, who asserts it"},
		{1, "scope", "alleged, said at second hand or not borne out; by “reportedly”"},
		{2, "when", "“2014” is 2014, as it is stated"},
		{2, "scope", "historical, of an earlier time than the report is about; by “2014”; more than 200 days before the report"},
	} {
		e := explanation(t, d, pack, test.n)
		found := false
		for _, r := range e.Reasons {
			found = found || r.Of == test.of && strings.Contains(r.Why, test.says)
		}
		if !found {
			t.Errorf("no reason of claim %d for %s says %q:\n%s", test.n, test.of, test.says, e)
		}
	}
}

func TestWhatWasNotChosenIsSaidWithItsReason(t *testing.T) {
	lat, lon := 10.0, 50.0
	c := cairn.Claim{Harm: cairn.Killed, Where: &cairn.Where{Phrase: cairn.Phrase{Words: "Marun"}, Name: "Marun", Country: "ZZ", ID: "v:1", Lat: &lat, Lon: &lon,
		Accuracy: cairn.Town, Reason: "the report is about ZZ", Alternatives: []cairn.Alternative{{ID: "v:2", Name: "Marun", Country: "ZY", Reason: "40 inhabitants"}}}}
	e := explain.Claim(cairn.Document{}, c, policy.Policy{})
	want := "“Marun” is Marun, ZZ, known to the town (v:1); chosen for: the report is about ZZ; not Marun, ZY (v:2), for which less spoke: 40 inhabitants"
	for _, r := range e.Reasons {
		if r.Of == "where" && r.Why != want {
			t.Errorf("got  %s\nwant %s", r.Why, want)
		}
	}
}

func TestARuleThatIsNotKnownIsNamed(t *testing.T) {
	e := explain.Claim(cairn.Document{}, cairn.Claim{Harm: cairn.Killed, Rules: []string{"killed.odd.7", "at_least"}}, policy.Policy{})
	if got := e.String(); !strings.Contains(got, "by the rule killed.odd.7") || !strings.Contains(got, "(rule at_least)") {
		t.Errorf("it says %s", got)
	}
	if len(e.Sentences) != 0 {
		t.Errorf("a claim without words has the sentences %v", e.Sentences)
	}
}

// FuzzClaim explains whatever is read in a text: the pieces of a sentence are
// its words, in order.
func FuzzClaim(f *testing.F) {
	f.Add("Raiders killed at least five villagers on Monday, doctors said.")
	f.Add("قتل ثلاثة مدنيين بينهم طفلان")
	reader := extract.New(extract.Pack{})
	p := airwars(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := cairn.Document{ID: "d", Published: "2024-03-05", Text: text}
		for _, c := range reader.Read(d).Claims {
			e := explain.Claim(d, c, p)
			if len(e.Reasons) == 0 {
				t.Fatal("a claim without reasons")
			}
			for _, s := range e.Sentences {
				whole := ""
				for _, piece := range s {
					whole += piece.Words
				}
				if !strings.Contains(text, whole) {
					t.Fatalf("%q is no part of %q", whole, text)
				}
			}
		}
	})
}
