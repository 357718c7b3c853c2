package web

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// drawn writes paragraphs with each mark as brackets around its words: ⟦1 … ⟧
// for a whole claim, ⟪1 … ⟫ for its figure, and ^1 where its number stands.
func drawn(paragraphs []paragraph) string {
	var lines []string
	for _, p := range paragraphs {
		var b strings.Builder
		for _, s := range p.Segments {
			for _, m := range s.Marks {
				fmt.Fprintf(&b, "%s%d ", map[bool]string{false: "⟦", true: "⟪"}[m.Figure], m.N)
			}
			b.WriteString(s.Text)
			for i := len(s.Marks) - 1; i >= 0; i-- {
				b.WriteString(map[bool]string{false: "⟧", true: "⟫"}[s.Marks[i].Figure])
			}
			for _, r := range s.Refs {
				fmt.Fprintf(&b, "^%d", r.N)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "\n")
}

// over returns claim n over words of text, with or without words of its figure.
func over(n int, text, whole, number string) cairn.Claim {
	c := cairn.Claim{N: n, Harm: cairn.Killed, Locator: cairn.Locator{Span: *words(text, whole).Span}}
	if number != "" {
		c.Figure.Phrase = words(text, number)
	}
	return c
}

func TestOverlappingClaimsStayReadable(t *testing.T) {
	text := "Shells killed three and hurt nine near the mill.\n\nTwo more died later."
	for _, test := range []struct {
		name   string
		claims []cairn.Claim
		want   string
	}{
		{"no claim", nil, "Shells killed three and hurt nine near the mill.\nTwo more died later."},
		{"one claim", []cairn.Claim{over(1, text, "killed three", "three")},
			"Shells ⟦1 killed ⟧⟦1 ⟪1 three⟫⟧^1 and hurt nine near the mill.\nTwo more died later."},
		{"a claim within another", []cairn.Claim{over(1, text, "Shells killed three and hurt nine", "nine"), over(2, text, "killed three", "three")},
			"⟦1 Shells ⟧⟦1 ⟦2 killed ⟧⟧⟦1 ⟦2 ⟪2 three⟫⟧⟧^2⟦1  and hurt ⟧⟦1 ⟪1 nine⟫⟧^1 near the mill.\nTwo more died later."},
		{"claims that cross", []cairn.Claim{over(1, text, "killed three and", ""), over(2, text, "three and hurt", "")},
			"Shells ⟦1 killed ⟧⟦1 ⟦2 three and⟧⟧^1⟦2  hurt⟧^2 nine near the mill.\nTwo more died later."},
		{"two claims of the same words", []cairn.Claim{over(1, text, "killed three", "three"), over(2, text, "killed three", "three")},
			"Shells ⟦1 ⟦2 killed ⟧⟧⟦1 ⟦2 ⟪1 ⟪2 three⟫⟫⟧⟧^1^2 and hurt nine near the mill.\nTwo more died later."},
		{"a claim over two paragraphs", []cairn.Claim{over(1, text, "near the mill.\n\nTwo more", "Two")},
			"Shells killed three and hurt nine ⟦1 near the mill.⟧\n⟦1 ⟪1 Two⟫⟧^1⟦1  more⟧ died later."},
		{"words beyond the text", []cairn.Claim{{N: 1, Locator: cairn.Locator{Span: cairn.Span{Start: 3, End: 9_000}}}}, "Shells killed three and hurt nine near the mill.\nTwo more died later."},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := highlight(text, test.claims)
			if drawn(got) != test.want {
				t.Errorf("drawn as\n%s\nwant\n%s", drawn(got), test.want)
			}
		})
	}
}

func TestAClaimWithoutWordsHasNoPlace(t *testing.T) {
	_, placed := highlight("قُتل", []cairn.Claim{{N: 1}, {N: 2, Locator: cairn.Locator{Span: cairn.Span{Start: 1, End: 4}}}, {N: 3, Locator: cairn.Locator{Span: cairn.Span{Start: 0, End: 8}}}})
	if placed[1] || placed[2] || !placed[3] {
		t.Errorf("placed are %v, want only 3: 1 has no words, 2 begins within a letter", placed)
	}
}

func FuzzHighlight(f *testing.F) {
	f.Add("Shells killed three.\n\nTwo died.", 7, 19, 14, 19, 0, 5)
	f.Add("قُتل سبعة", 0, 9, 9, 18, -4, 400)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, e, g int) {
		claims := []cairn.Claim{{N: 1, Locator: cairn.Locator{Span: cairn.Span{Start: a, End: b}}, Figure: cairn.Figure{Phrase: cairn.Phrase{Span: &cairn.Span{Start: c, End: d}}}},
			{N: 2, Locator: cairn.Locator{Span: cairn.Span{Start: e, End: g}}}}
		paragraphs, placed := highlight(text, claims)
		var words strings.Builder
		names := map[string]int{}
		for _, p := range paragraphs {
			for _, s := range p.Segments {
				words.WriteString(s.Text)
				if utf8.ValidString(text) && !utf8.ValidString(s.Text) {
					t.Errorf("a letter is cut in two: %q", s.Text)
				}
				for _, m := range s.Marks {
					if m.ID != "" {
						names[m.ID]++
					}
				}
			}
		}
		if got, want := strings.Join(strings.Fields(words.String()), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Errorf("the text reads %q, want %q", got, want)
		}
		for _, c := range claims {
			if want := map[bool]int{true: 1}[placed[c.N]]; names[anchorOf(c.N)] != want {
				t.Errorf("claim %d is named %d times, placed %v", c.N, names[anchorOf(c.N)], placed[c.N])
			}
		}
	})
}
