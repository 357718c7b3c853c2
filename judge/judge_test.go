package judge_test

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
)

// decided reads judgements, one a line: "j1 merge A B", "j2 split A doc to C",
// "j3 not_same A B", "j4 undo j1", "j5 override A grading weak".
func decided(notes string) []cairn.Judgement {
	var all []cairn.Judgement
	for line := range strings.Lines(strings.TrimSpace(notes)) {
		w := strings.Fields(line)
		if len(w) == 0 {
			continue
		}
		j := cairn.Judgement{ID: w[0], Decision: cairn.Decision(w[1]), Incident: w[2]}
		switch j.Decision {
		case cairn.Undo:
			j.Incident, j.Undoes = "", w[2]
		case cairn.Split:
			j.Document, j.Others = w[3], []string{w[5]}
		case cairn.Override:
			j.Field, j.Value = w[3], w[4]
		default:
			j.Others = w[3:]
		}
		all = append(all, j)
	}
	return all
}

func TestStanding(t *testing.T) {
	for _, test := range []struct{ name, notes, want string }{
		{"nobody decided", "", "A=A B=B C=C d@A"},
		{"two are one", "1 merge A B", "A=A B=A C=C d@A"},
		{"merged further", "1 merge A B\n2 merge C A", "A=C B=C C=C d@C"},
		{"a merge that says nothing new", "1 merge A B\n2 merge B A", "A=A B=A C=C d@A"},
		{"undone", "1 merge A B\n2 undo 1", "A=A B=B C=C d@A"},
		{"the undoing undone", "1 merge A B\n2 undo 1\n3 undo 2", "A=A B=A C=C d@A"},
		{"an early merge undone under a late one", "1 merge A B\n2 merge C A\n3 undo 1", "A=C B=B C=C d@C"},
		{"split off", "1 split A d to Aa", "A=A B=B C=C d@Aa"},
		{"split off, and merged with what it was split from", "1 split A d to Aa\n2 merge A Aa", "A=A B=B C=C d@A"},
		{"split off and merged elsewhere", "1 split A d to Aa\n2 merge B Aa", "A=A B=B C=C d@B"},
		{"split twice", "1 split A d to Aa\n2 split Aa d to B", "A=A B=B C=C d@B"},
		{"the later split undone", "1 split A d to Aa\n2 split Aa d to B\n3 undo 2", "A=A B=B C=C d@Aa"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := judge.Of(judge.Active(decided(test.notes)))
			at, _ := s.Moved("d", cairn.Claim{})
			if at == "" {
				at = "A"
			}
			got := "A=" + s.Root("A") + " B=" + s.Root("B") + " C=" + s.Root("C") + " d@" + s.Root(at)
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestWhatIsNotTheSame(t *testing.T) {
	for notes, want := range map[string]bool{
		"1 not_same A B":              true,
		"1 not_same B A":              true,
		"1 not_same A B\n2 undo 1":    false,
		"1 not_same A B\n2 merge A B": false,
		"1 merge A B\n2 not_same A C": false,
	} {
		if _, got := judge.Of(judge.Active(decided(notes))).Apart("A", "B"); got != want {
			t.Errorf("%q: apart is %v, want %v", notes, got, want)
		}
	}
}

func TestTheLastOverrideHolds(t *testing.T) {
	all := judge.Active(decided("1 override A grading weak\n2 override A grading fair\n3 override A killed 3\n4 override B grading confirmed\n5 undo 3"))
	var got []string
	for _, j := range judge.Latest(all, cairn.Override, "A") {
		got = append(got, j.Field+"="+j.Value)
	}
	if strings.Join(got, " ") != "grading=fair" {
		t.Errorf("overrides are %v, want grading=fair", got)
	}
}

func TestFits(t *testing.T) {
	d := cairn.Document{ID: "A", Text: "Seven people were killed."}
	c := cairn.Claim{N: 1, Harm: cairn.Killed, Locator: cairn.Locator{Span: cairn.Span{Start: 0, End: 24}}}
	span := cairn.Span{Start: 0, End: 12}
	for _, test := range []struct {
		name  string
		judge cairn.Judgement
		want  bool
	}{
		{"about no claim", cairn.Judgement{Decision: cairn.Sign}, true},
		{"the words stand", cairn.Judgement{Harm: cairn.Killed, Span: &span, Words: "Seven people"}, true},
		{"other words stand there", cairn.Judgement{Harm: cairn.Killed, Span: &span, Words: "Nine persons"}, false},
		{"another harm", cairn.Judgement{Harm: cairn.Injured, Span: &span, Words: "Seven people"}, false},
		{"past the text", cairn.Judgement{Span: &cairn.Span{Start: 90, End: 99}, Words: "gone"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := judge.Fits(test.judge, d, []cairn.Claim{c}); got != test.want {
				t.Errorf("fits is %v, want %v", got, test.want)
			}
		})
	}
}
