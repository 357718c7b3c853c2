package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// TestHarmExamples reads the marked example of every row of the tables of harm
// words, and wants exactly the claims that it marks.
func TestHarmExamples(t *testing.T) {
	r := New(invented)
	for _, tag := range lexicon.Tags {
		data, err := os.ReadFile("../lexicon/" + tag + "/harm.tsv")
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(string(data)) {
			if row = strings.TrimRight(row, "\r\n"); row == "" || row[0] == '#' {
				continue
			}
			cells := strings.Split(row, "\t")
			words, _, _ := strings.Cut(cells[0], "|")
			t.Run(tag+"/"+words, func(t *testing.T) {
				if len(cells) < 4 || cells[3] == "" {
					t.Fatal("no example")
				}
				matchExample(t, r, tag, cells[3])
			})
		}
	}
}

func matchExample(t *testing.T, r *Reader, tag, example string) {
	t.Helper()
	text, marks := withoutMarks(example)
	claims := r.Read(cairn.Document{ID: tag, Text: text, Language: tag, Published: "2024-03-05"}).Claims
	for _, m := range marks {
		i := slices.IndexFunc(claims, func(c cairn.Claim) bool {
			return string(c.Harm) == m.field && c.Figure.Span != nil && c.Figure.Span.Overlaps(m.span) && notation(c.Figure) == m.value
		})
		if i < 0 {
			t.Errorf("no claim of %s %s at %q in %q", m.field, m.value, m.words, text)
			continue
		}
		claims = slices.Delete(claims, i, i+1)
	}
	for _, c := range claims {
		t.Errorf("a claim that is not marked: %s %s at %q in %q (%s)", c.Harm, notation(c.Figure), c.Figure.Words, text, strings.Join(c.Rules, ", "))
	}
}
