package extract

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

var golden = flag.Bool("golden", false, "write the scores over the marked reports down, in place of comparing them")

const goldenFile = "testdata/golden.txt"

// TestGoldenScores holds the scores over the marked reports to those written
// down, so that a change of the reader moves them knowingly.
func TestGoldenScores(t *testing.T) {
	got := scores(t)
	if *golden {
		if err := os.WriteFile(goldenFile, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the scores are\n%swritten down are\n%srun make golden if that is meant", got, want)
	}
}

// scores counts, for each harm and each field, what the marks ask for, what was
// found of it, and for harms what was found beside it.
func scores(t *testing.T) string {
	type score struct{ asked, found, beside int }
	by := map[string]*score{}
	of := func(field string) *score {
		if by[field] == nil {
			by[field] = &score{}
		}
		return by[field]
	}
	r := New(invented)
	reports := markedReports(t)
	for _, report := range reports {
		claims := r.Read(report.document).Claims
		taken := make([]bool, len(claims))
		for _, m := range report.marks {
			of(m.field).asked++
			if !slices.Contains(cairn.Harms, cairn.Harm(m.field)) {
				if slices.ContainsFunc(claims, m.met) {
					of(m.field).found++
				}
				continue
			}
			for i, c := range claims {
				if !taken[i] && string(c.Harm) == m.field && at(c.Figure.Phrase, m.span) && notation(c.Figure) == m.value {
					taken[i] = true
					of(m.field).found++
					break
				}
			}
		}
		for i, c := range claims {
			if !taken[i] {
				of(string(c.Harm)).beside++
			}
		}
	}
	var fields []string
	for field := range by {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	var out strings.Builder
	fmt.Fprintf(&out, "%d reports\n", len(reports))
	for _, field := range fields {
		fmt.Fprintf(&out, "%s asked %d found %d beside %d\n", field, by[field].asked, by[field].found, by[field].beside)
	}
	return out.String()
}
