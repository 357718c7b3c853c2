package extract

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestOneNameOrTwo asks of two names whether one person can have both.
func TestOneNameOrTwo(t *testing.T) {
	r := New(Pack{}).parse(cairn.Document{ID: "n", Text: "Nothing was heard.", Language: "en"})
	for _, test := range []struct {
		a, b string
		one  bool
	}{
		{"Sami Karam", "Karam", true},
		{"Sami Karam", "Sami M. Karam", true},
		{"Sgt. Sami Karam", "Karam", true},
		{"Sami Omar Karam", "Sami Adel Karam", true},
		{"Sami Karam", "Ali Karam", false},
		{"Omar Diab", "Omar Karam", false},
		{"أم علي", "أبو علي", false},
		{"M.", "Sami M. Karam", false},
	} {
		if r.oneName(test.a, test.b) != test.one || r.oneName(test.b, test.a) != test.one {
			t.Errorf("%s and %s: want %v", test.a, test.b, test.one)
		}
	}
}
