package cairn

import (
	"encoding/json"
	"fmt"
	"testing"
)

func parsed(t testing.TB, s string) Range {
	t.Helper()
	r, err := ParseRange(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRangesReadBackAsTheyArePublished(t *testing.T) {
	for _, s := range []string{"4", "0", "3–5", "5+", "–9", "5–9+", "unknown", "0–1"} {
		if got := parsed(t, s).String(); got != s {
			t.Errorf("%q reads back as %q", s, got)
		}
	}
	for s, want := range map[string]string{"3-5": "3–5", "3 to 5": "3–5", " 7 ": "7"} {
		if got := parsed(t, s).String(); got != want {
			t.Errorf("%q reads as %q, want %q", s, got, want)
		}
	}
	for _, s := range []string{"", "five", "5–3", "–", "-1-", "3–5–7", "+"} {
		if r, err := ParseRange(s); err == nil {
			t.Errorf("%q reads as %v, want an error", s, r)
		}
	}
}

func TestDifferingAccountsSpanTheirEnds(t *testing.T) {
	for _, test := range []struct {
		name     string
		accounts []string
		want     string
	}{
		{"one account", []string{"4"}, "4"},
		{"they agree", []string{"4", "4"}, "4"},
		{"they differ", []string{"3", "5"}, "3–5"},
		{"one has no upper end", []string{"5+", "9"}, "5–9+"},
		{"one has no lower end", []string{"3", "–9"}, "3–9"},
		{"one says nobody", []string{"0", "3"}, "0–3"},
		{"one says nothing", []string{"unknown", "3"}, "3"},
		{"none says anything", []string{"unknown", "unknown"}, "unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var all []Range
			for _, s := range test.accounts {
				all = append(all, parsed(t, s))
			}
			if got := Spanning(all...).String(); got != test.want {
				t.Errorf("Spanning(%v) = %s, want %s", test.accounts, got, test.want)
			}
		})
	}
}

func TestCountsOfDifferentPeopleAdd(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"3", "4", "7"}, {"3–5", "1", "4–6"}, {"unknown", "4", "4"}, {"4", "unknown", "4"},
		{"5+", "2", "7+"}, {"–9", "1", "–10"}, {"0", "0", "0"}, {"unknown", "unknown", "unknown"},
	} {
		if got := parsed(t, test.a).Plus(parsed(t, test.b)).String(); got != test.want {
			t.Errorf("%s and %s make %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

func TestUnknownIsNotNobody(t *testing.T) {
	unknown, err := json.Marshal(Range{})
	nobody, err2 := json.Marshal(Exactly(0))
	if err != nil || err2 != nil || string(unknown) != "null" || string(nobody) != `{"min":0,"max":0}` {
		t.Errorf("unknown is %s, nobody %s", unknown, nobody)
	}
}

func FuzzRange(f *testing.F) {
	for _, s := range []string{"4", "3–5", "5+", "3-5", "unknown", "–9", "5–9+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRange(s)
		if err != nil {
			return
		}
		if again, err := ParseRange(r.String()); err != nil || again != r {
			t.Errorf("%q reads as %v, which reads back as %v, %v", s, r, again, err)
		}
		same(t, r)
	})
}

func ExampleSpanning() {
	hospital, witness := Exactly(7), AtLeast(5)
	fmt.Println(Spanning(hospital, witness))
	// Output: 5–7+
}
