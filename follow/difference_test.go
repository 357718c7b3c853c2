package follow

import (
	"fmt"
	"strings"
	"testing"
)

func written(all []Change) string {
	var said []string
	for _, c := range all {
		said = append(said, map[bool]string{true: "+ ", false: "- "}[c.Added]+c.Sentence)
	}
	return strings.Join(said, "; ")
}

func TestDifference(t *testing.T) {
	for _, test := range []struct{ name, before, after, want string }{
		{"the same", "Two were killed. One was hurt.", "Two  were killed.\nOne was hurt.", ""},
		{"a figure", "Two were killed. One was hurt.", "Three were killed. One was hurt.", "- Two were killed.; + Three were killed."},
		{"a sentence more", "Two were killed.", "Two were killed. One was hurt.", "+ One was hurt."},
		{"a sentence less, in the middle", "A fell. B fell. C fell.", "A fell. C fell.", "- B fell."},
		{"an end of no sentence", "At 3.30 p.m. two were killed.", "At 3.40 p.m. two were killed.", "- At 3.30 p.m. two were killed.; + At 3.40 p.m. two were killed."},
		{"moved", "A fell. B fell.", "B fell. A fell.", "- A fell.; + A fell."},
		{"emptied", "A fell.", "", "- A fell."},
		{"Arabic", "قتل اثنان\nجرح ثلاثة", "قتل أربعة\nجرح ثلاثة", "- قتل اثنان; + قتل أربعة"},
	} {
		if got := written(Difference(test.before, test.after)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// What is taken out and put in makes the later of the earlier.
func FuzzDifference(f *testing.F) {
	f.Add("A fell. B fell.", "B fell. C fell.")
	f.Fuzz(func(t *testing.T, before, after string) {
		count := map[string]int{}
		for _, s := range sentences(before) {
			count[s]++
		}
		for _, c := range Difference(before, after) {
			if c.Added {
				count[c.Sentence]++
			} else {
				count[c.Sentence]--
			}
		}
		for _, s := range sentences(after) {
			count[s]--
		}
		for s, n := range count {
			if n != 0 {
				t.Fatalf("%q: %d (%s)", s, n, fmt.Sprint(Difference(before, after)))
			}
		}
	})
}
