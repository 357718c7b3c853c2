package identify

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// labels reads what people say of pairs: "Ana a b same; Omar a b other".
func labels(notes string) []cairn.Label {
	var all []cairn.Label
	for note := range strings.SplitSeq(notes, ";") {
		if w := strings.Fields(note); len(w) == 4 {
			all = append(all, cairn.Label{Who: w[0], A: "l/" + w[1], B: "l/" + w[2], Says: cairn.LabelSays(w[3])})
		}
	}
	return all
}

func TestWhatLabelsTeach(t *testing.T) {
	for _, test := range []struct {
		name, labels string
		decided      []cairn.Judgement
		want         string
	}{
		{"nobody said anything", "", nil, ""},
		{"one is enough to learn from", "Ana a b same", nil, "l/a l/b same"},
		{"the order of a pair is nothing", "Ana b a same; Omar a b same", nil, "l/a l/b same"},
		{"two do not agree", "Ana a b same; Omar a b other", nil, ""},
		{"one is unsure", "Ana a b same; Omar a b unsure", nil, ""},
		{"a decision stands over labels", "Ana a b same; Omar a b other", []cairn.Judgement{decided(cairn.NotSame, "b", "a")}, "l/a l/b other"},
		{"a decision alone", "", []cairn.Judgement{decided(cairn.Merge, "a", "c")}, "l/a l/c same"},
	} {
		var got []string
		for _, l := range Taught(labels(test.labels), test.decided) {
			got = append(got, l.A+" "+l.B+" "+string(l.Says))
		}
		if s := strings.Join(got, "; "); s != test.want {
			t.Errorf("%s: %q, want %q", test.name, s, test.want)
		}
	}
}

func TestTwoWhoAgreeDecide(t *testing.T) {
	for notes, want := range map[string]string{
		"Ana a b same": "", "Ana a b same; Omar a b same": "same by [Ana Omar]", "Ana a b same; Omar a b other": "",
		"Ana a b unsure; Omar a b unsure": "", "Ana a b same; Omar a b same; Lina a b other": "",
	} {
		says, who := Agreed(labels(notes), "l/b", "l/a")
		got := ""
		if says != "" {
			got = fmt.Sprintf("%s by %v", says, who)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", notes, got, want)
		}
	}
}

// TestKappa has the table of the textbooks, 20 and 15 agreed, 5 and 10 not, whose
// kappa is 0.4; the standard error by the full formula is 0.1270.
func TestKappa(t *testing.T) {
	var notes []string
	say := func(n int, a, b string) {
		for range n {
			notes = append(notes, fmt.Sprintf("Ana x%d y %s; Omar x%d y %s", len(notes), a, len(notes), b))
		}
	}
	say(20, "same", "same")
	say(5, "same", "other")
	say(10, "other", "same")
	say(15, "other", "other")
	all := Agreements(labels(strings.Join(notes, ";")))
	if len(all) != 1 || all[0].Pairs != 50 || all[0].Agreed != 35 || all[0].Kappa == nil {
		t.Fatalf("agreements are %+v", all)
	}
	a := all[0]
	if math.Abs(*a.Kappa-.4) > 1e-9 || math.Abs(a.Low-(.4-wide*.1270)) > .0005 || math.Abs(a.High-(.4+wide*.1270)) > .0005 {
		t.Errorf("kappa is %.4f from %.4f to %.4f", *a.Kappa, a.Low, a.High)
	}
	if a := Agreements(labels("Ana a b same; Omar a b same"))[0]; a.Kappa != nil {
		t.Errorf("of two who always say the same one thing kappa is %v", *a.Kappa)
	}
}

func TestWhatIsPromisedIsHeldAgainstWhatIsKnown(t *testing.T) {
	all := []cairn.Match{joined("a", "b", .45), joined("a", "c", .41), joined("b", "c", .95), joined("c", "d", .2)}
	var got []string
	for _, c := range Calibrated(all, labels("Ana a b same; Ana c a other; Ana b c same; Ana x y same")) {
		got = append(got, fmt.Sprintf("%.1f–%.2g: %d of %d, promised %.2f", c.From, c.To, c.Matches, c.Pairs, c.Promised))
	}
	if s := strings.Join(got, "; "); s != "0.4–0.5: 1 of 2, promised 0.43; 0.9–0.99: 1 of 1, promised 0.95" {
		t.Errorf("it is held so: %s", s)
	}
}

func TestWhoLooksAtWhat(t *testing.T) {
	all := []cairn.Match{joined("a", "b", .5), joined("a", "c", .6), joined("b", "c", .3)}
	first := func(who, notes string) string {
		left := ToLabel(all, nil, labels(notes), who)
		if len(left) == 0 {
			return ""
		}
		return left[0].A + left[0].B
	}
	if first("Ana", "") != "l/al/b" || first("Omar", "Ana a b same") != "l/al/b" || first("Ana", "Ana a b same") != "l/al/c" {
		t.Error("two do not look at the same pairs in the same order")
	}
	if got := Contested(labels("Ana a b same; Omar b a other; Ana a c same"), nil); len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("contested are %v", got)
	}
	if got := Contested(labels("Ana a b same; Omar b a other"), []cairn.Judgement{decided(cairn.Merge, "a", "b")}); len(got) != 0 {
		t.Errorf("what is decided is still contested: %v", got)
	}
}
