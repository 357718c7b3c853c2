package narrate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/narrate"
)

func TestParse(t *testing.T) {
	for _, test := range []struct{ name, text, want, fault string }{
		{"words alone", "A market was hit.", `"A market was hit."`, ""},
		{"a claim is cited", "Seven died [[wire#1]].", `"Seven died " wire:1 "."`, ""},
		{"two claims one after the other", "[[wire#1]][[post-3#12]]", `wire:1 post-3:12`, ""},
		{"spaces in the mark", "[[ wire#1 ]]", `wire:1`, ""},
		{"a document with a hash in its name", "[[a#b#2]]", `a#b:2`, ""},
		{"single brackets are words", "[sic] a[1]", `"[sic] a[1]"`, ""},
		{"closing brackets alone are words", "so]] it", `"so]] it"`, ""},
		{"not closed", "one\ntwo [[wire#1", "", "line 2: text: The mark [[wire#1 is not closed"},
		{"closed on the next line", "[[wire\n#1]]", "", "line 1: text: The mark [[wire is not closed"},
		{"no number", "[[wire]]", "", "names no claim"},
		{"no document", "[[#1]]", "", "names no claim"},
		{"claim nought", "[[wire#0]]", "", "after # stands its number"},
		{"a word for a number", "[[wire#one]]", "", "after # stands its number"},
		{"too long", strings.Repeat("م", narrate.Longest+1), "", "20001 letters"},
		{"as long as may be", strings.Repeat("م", narrate.Longest), `"` + strings.Repeat("م", narrate.Longest) + `"`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			parts, err := narrate.Parse(test.text)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Errorf("the fault is %v, want %q", err, test.fault)
				}
				return
			}
			var got []string
			for _, p := range parts {
				if p.Mark == "" {
					got = append(got, `"`+p.Words+`"`)
				} else {
					got = append(got, fmt.Sprintf("%s:%d", p.Claim.Document, p.Claim.N))
				}
			}
			if err != nil || strings.Join(got, " ") != test.want {
				t.Errorf("got %s, %v, want %s", strings.Join(got, " "), err, test.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Seven died [[wire#1]].", "[[", "]]", "[[a#b#2]] [[x", "[[wire#1]", "قتل سبعة [[wire#1]]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := narrate.Parse(text)
		if err != nil {
			return
		}
		var back strings.Builder
		for _, p := range parts {
			back.WriteString(p.Words)
			if p.Mark != "" {
				if p.Claim.N < 1 || p.Claim.Document == "" {
					t.Errorf("%q cites %+v", text, p.Claim)
				}
				back.WriteString("[[" + p.Mark + "]]")
			}
		}
		again, err := narrate.Parse(back.String())
		if err != nil || len(again) != len(parts) {
			t.Errorf("%q written back as %q has %d parts, %v, want %d", text, back.String(), len(again), err, len(parts))
		}
	})
}

func ExamplePlain() {
	fmt.Println(narrate.Plain("Seven people were killed [[wire#1]]. A doctor counted nine [[herald#2]]."))
	// Output: Seven people were killed. A doctor counted nine.
}

func account(document string, n int, source string, published cairn.Date, h cairn.Harm, class cairn.Class, figure string, by ...cairn.Attacker) cairn.Testimony {
	c := cairn.Claim{N: n, Harm: h, Victims: cairn.Victims{Class: class}, By: by}
	if figure != "" {
		c.Range, _ = cairn.ParseRange(figure)
	}
	return cairn.Testimony{Ref: cairn.ClaimRef{Document: document, N: n}, Claim: c, Document: cairn.Document{ID: document, Source: source, Published: published}}
}

func market() narrate.Material {
	denied := account("note", 1, "", "", cairn.Killed, cairn.Civilian, "7")
	denied.Claim.Says = []cairn.Saying{{Stance: cairn.Denies}}
	return narrate.Material{
		Incident: cairn.Incident{Code: "T1", Where: &cairn.Where{Name: "Orvane"}, When: cairn.Period{From: "2031-05-03", To: "2031-05-03"}},
		Place:    cairn.Place{Names: map[string]string{"ar": "أورفان"}},
		Assessment: cairn.Assessment{Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(7, 9),
			MinFrom: []cairn.ClaimRef{{Document: "wire", N: 1}}, MaxFrom: []cairn.ClaimRef{{Document: "herald", N: 1}}}}},
		Accounts: []cairn.Testimony{
			account("herald", 1, "Orvane Herald", "2031-05-05", cairn.Killed, cairn.UnknownStatus, "9"),
			account("herald", 2, "Orvane Herald", "2031-05-05", cairn.Injured, cairn.Child, "1"),
			account("wire", 1, "Tarn Wire", "2031-05-04", cairn.Killed, cairn.Civilian, "7", cairn.Attacker{Name: "Tarn Air Force", Strength: cairn.Stated}),
			account("post", 1, "A post", "2031-05", cairn.Missing, cairn.All, ""), denied,
		},
	}
}

func TestDraft(t *testing.T) {
	want := `Orvane, 3 May 2031.

According to a source that is not named, it is denied that 7 civilians were killed [[note#1]]. According to A post (May 2031), people were missing, with no figure given [[post#1]]. According to Tarn Wire (4 May 2031), 7 civilians were killed [[wire#1]]. According to Orvane Herald (5 May 2031), 9 people were killed [[herald#1]]. According to Orvane Herald (5 May 2031), 1 child was injured [[herald#2]].

Taken together, the accounts say that 7 to 9 civilians were killed [[wire#1]] [[herald#1]].

Tarn Air Force is said to be responsible [[wire#1]].`
	if got := narrate.Draft("en", market()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestADraftInEachLanguage(t *testing.T) {
	for _, language := range cairn.NarrativeLanguages {
		text := narrate.Draft(language, market())
		parts, err := narrate.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", language, err)
		}
		cites := 0
		for _, p := range parts {
			if p.Mark != "" {
				cites++
			}
		}
		if cites != 8 {
			t.Errorf("%s cites %d claims, want 8:\n%s", language, cites, text)
		}
		if strings.ContainsAny(text, "{}") || strings.Contains(text, "()") || strings.Contains(text, "  ") {
			t.Errorf("%s leaves a gap:\n%s", language, text)
		}
	}
	if text := narrate.Draft("fr", market()); text != "" {
		t.Errorf("a language without words drafts %q", text)
	}
	if text := narrate.Draft("ar", market()); !strings.HasPrefix(text, "أورفان، 3 أيار/مايو 2031.") {
		t.Errorf("the Arabic draft begins %.60q", text)
	}
	empty := narrate.Draft("en", narrate.Material{})
	if empty != "Place unknown, date unknown." {
		t.Errorf("of nothing it drafts %q", empty)
	}
}
