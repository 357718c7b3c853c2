package extract

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestDaysOfAHistory reads days without a year: in a history they are near the
// time told of before, in news near the day of the report.
func TestDaysOfAHistory(t *testing.T) {
	const years = " The valley was quiet in 1951, 1952 and 1953; treaties of 1954, 1955 and 1956 held, and those of 1957 too."
	r := New(Pack{})
	for _, c := range []struct{ text, from string }{
		{"The siege began on 3 May 1948." + years + " It began anew in 1958, and on 2 June the town fell.", "1958-06-02"},
		{"The siege began on 3 May 1948." + years + " It began anew in December 1958, and on 2 January the town fell.", "1959-01-02"},
		{"The siege began in 2024, and on 2 June the town fell.", "2024-06-02"},
	} {
		times := r.Spans(cairn.Document{ID: "d", Text: c.text, Language: "en", Published: "2024-09-18"}, "when").Times
		last := times[len(times)-1]
		if string(last.From) != c.from {
			t.Errorf("%q in %q is %s, want %s", last.Words, c.text, last.From, c.from)
		}
	}
}
