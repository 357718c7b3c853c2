package extract

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestVictimsBehindTheirVerb reads whom a verb harms that stands before them,
// and how many.
func TestVictimsBehindTheirVerb(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		harms []string
	}{
		"a woman, past the raid":      {"قتلت في الغارة امرأة حامل.", []string{"killed 1"}},
		"a man and his wife":          {"أصيب في القصف رجل وزوجته.", []string{"injured 1", "injured 1"}},
		"a number in brackets":        {"أدى القصف إلى مقتل (4) مدنيين وإصابة (7) أشخاص.", []string{"killed 4", "injured 7"}},
		"a whole with its part":       {"بلغ عدد القتلى 31 بينهم ست نساء.", []string{"killed 31", "killed 6"}},
		"some of those spoken of":     {"قتل 45 شخصا، ثلاثة منهم أطفال.", []string{"killed 45", "killed 3"}},
		"others, and houses besides":  {"أدى القصف إلى إصابة 70 آخرين وتهدم المنازل.", []string{"injured 70", "damaged plural"}},
		"a number in brackets, dying": {"There were (13) dead.", []string{"killed 13"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range New(invented).Read(cairn.Document{ID: "t", Text: c.text}).Claims {
				said := string(c.Figure.Op)
				if c.Figure.Low.Known {
					said = fmt.Sprint(c.Figure.Low.N)
				}
				got = append(got, string(c.Harm)+" "+said)
			}
			if !slices.Equal(got, c.harms) {
				t.Errorf("%s: %q, want %q", c.text, got, c.harms)
			}
		})
	}
}
