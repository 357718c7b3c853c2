package web

import (
	"strings"
	"testing"
)

func TestAQuoteIsTheSentenceOfTheClaim(t *testing.T) {
	long := strings.Repeat("word ", 400)
	for _, test := range []struct{ name, text, whole, figure, want string }{
		{"the middle one of three", "It rained. Shells killed three people. It cleared.", "killed three", "three", "Shells killed |three| people."},
		{"a claim over two sentences", "Shells fell. Three died. It cleared.", "fell. Three died", "Three", "Shells fell. |Three| died."},
		{"a line is a sentence", "A headline\nThree died\nA caption", "Three died", "Three", "|Three| died"},
		{"Arabic", "هطل المطر. قُتل سبعة مدنيين. ثم صحت السماء.", "قُتل سبعة", "سبعة", "قُتل |سبعة| مدنيين."},
		{"a claim without a figure", "Shells killed people here.", "killed people", "", "Shells |killed people| here."},
		{"a text without a full stop", long + "three died " + long, "three died", "three", "…" + strings.TrimSpace(strings.Repeat("word ", 119)) + " |three| died" + strings.Repeat(" word", 118) + "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := quoteOf(test.text, over(1, test.text, test.whole, test.figure))
			if got := q.Before + "|" + q.Figure + "|" + q.After; got != test.want {
				t.Errorf("quoted as\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	if q := quoteOf("short", over(1, "some longer text", "longer text", "")); q != (quote{}) {
		t.Errorf("words that are not in the text are quoted as %v", q)
	}
}
