package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func named(t testing.TB, name string) Policy {
	t.Helper()
	p, err := Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWordingsBecomeTheBoundsThatRecordersPublish(t *testing.T) {
	const none = "unknown"
	for _, test := range []struct {
		wording                   string
		airwars, acled, aoav, iso string
	}{
		{"plural", "2", "3", none, none},
		{"a number of", "2", "3", none, none},
		{"several", "2", "3", none, none},
		{"few", "2", "3", none, none},
		{"many", "2–10", "3", none, none},
		{"dozens", "12–24", "12", none, none},
		{"large number", "12–24", "10", none, none},
		{"tens", "10–20", "10", none, none},
		{"scores", "20–40", "20", none, none},
		{"hundreds", "100–200", "100", none, none},
		{"thousands", "1000–2000", "1000", none, none},
		{"family", "2+", "3", none, none},
		{"human losses", "0–1", "0", none, none},
		{"a word that no recorder bounds", none, none, none, none},
	} {
		for name, want := range map[string]string{"airwars": test.airwars, "acled": test.acled, "aoav": test.aoav, "iso": test.iso} {
			figure := cairn.Figure{Op: cairn.OpVague}
			if got, _ := named(t, name).Range(cairn.Killed, figure, test.wording); got.String() != want {
				t.Errorf("%s makes %s of %q, want %s", name, got, test.wording, want)
			}
		}
	}
}

func TestFiguresKeepTheEndsThatNobodyGave(t *testing.T) {
	for _, test := range []struct {
		words  string
		figure cairn.Figure
		want   string
		acled  string
	}{
		{"five", cairn.Figure{Op: cairn.OpExact, Low: cairn.N(5), High: cairn.N(5)}, "5", ""},
		{"about 40", cairn.Figure{Op: cairn.OpAbout, Low: cairn.N(40), High: cairn.N(40)}, "40", ""},
		{"at least 1,300", cairn.Figure{Op: cairn.OpAtLeast, Low: cairn.N(1300)}, "1300+", ""},
		{"more than 60", cairn.Figure{Op: cairn.OpMoreThan, Low: cairn.N(60)}, "61+", ""},
		{"up to 9", cairn.Figure{Op: cairn.OpAtMost, High: cairn.N(9)}, "–9", ""},
		{"fewer than 40", cairn.Figure{Op: cairn.OpLessThan, High: cairn.N(40)}, "–39", ""},
		{"fewer than none", cairn.Figure{Op: cairn.OpLessThan, High: cairn.N(0)}, "unknown", ""},
		{"between 14 and 20", cairn.Figure{Op: cairn.OpBetween, Low: cairn.N(14), High: cairn.N(20)}, "14–20", "14"},
		{"no casualties", cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}, "0", ""},
		{"an unknown number", cairn.Figure{Op: cairn.OpUnknown}, "unknown", ""},
		{"at least 80 per cent", cairn.Figure{Op: cairn.OpAtLeast, Low: cairn.N(80), Unit: cairn.Percent}, "80+", ""},
		{"an op that nobody knows", cairn.Figure{Op: "perhaps", Low: cairn.N(3)}, "unknown", ""},
	} {
		for _, p := range All() {
			want := test.want
			if p.Name == "acled" && test.acled != "" {
				want = test.acled
			}
			if got, _ := p.Range(cairn.Killed, test.figure, ""); got.String() != want {
				t.Errorf("%s makes %s of %q, want %s", p.ID(), got, test.words, want)
			}
		}
	}
}

func TestFamiliesAreAtLeastTwoPersonsEachWhereTheyWereKilled(t *testing.T) {
	three := cairn.Figure{Op: cairn.OpExact, Low: cairn.N(3), High: cairn.N(3), Unit: cairn.Families}
	for _, test := range []struct {
		policy string
		harm   cairn.Harm
		want   string
	}{
		{"airwars", cairn.Killed, "6+"},
		{"airwars", cairn.Displaced, "3"},
		{"iso", cairn.Killed, "3"},
	} {
		if got, _ := named(t, test.policy).Range(test.harm, three, ""); got.String() != test.want {
			t.Errorf("%s makes %s of three families %s, want %s", test.policy, got, test.harm, test.want)
		}
	}
}

func TestPoliciesAreNamedWithOrWithoutAVersion(t *testing.T) {
	for _, name := range []string{"airwars", "airwars/1", "acled", "aoav", "iso/1"} {
		if p := named(t, name); !strings.HasPrefix(p.ID(), strings.TrimSuffix(name, "/1")+"/") {
			t.Errorf("Named(%q) is %s", name, p.ID())
		}
	}
	for _, name := range []string{"", "airwars/9", "unheard"} {
		if _, err := Named(name); !errors.Is(err, cairn.ErrNotFound) {
			t.Errorf("Named(%q) gives %v, want not found", name, err)
		}
	}
}

func TestEveryPolicyReadsBackAsItWasWritten(t *testing.T) {
	for _, p := range All() {
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := Parse(data); err != nil || !reflect.DeepEqual(again, p) {
			t.Errorf("%s reads back as %+v, %v", p.ID(), again, err)
		}
	}
}

func TestAFaultOfAProjectsPolicyNamesTheFieldAndTheLine(t *testing.T) {
	whole := `{"name":"ours","version":1,"title":"Ours","citation":"ours alone","grades":["fair"],"closing":"highest",
"ops":{"exact":{"min":"low","max":"high"}},
"wordings":{"dozens":{"min":12,"max":24,"basis":"published"}},"casualties":{"alone":{},"unsplit":{}}}`
	if _, err := Parse([]byte(whole)); err != nil {
		t.Fatalf("the policy without a fault: %v", err)
	}
	for _, test := range []struct{ fault, old, new, want string }{
		{"no name", `"ours"`, `"Ours!"`, "name: want a short name"},
		{"no version", `"version":1`, `"version":0`, "version: want a whole number from 1"},
		{"no citation", `"ours alone"`, `""`, "citation: say in words"},
		{"no such closing", `"highest"`, `"middle"`, "closing: want highest"},
		{"no such grade", `"fair"`, `"good"`, "grades: no grade is called good"},
		{"no grades", `["fair"]`, `[]`, "grades: name the grades"},
		{"no such op", `"exact"`, `"rather"`, "ops.rather: want one of exact"},
		{"no such end", `"max":"high"`, `"max":"top"`, "ops.exact: want low, high"},
		{"floor above ceiling", `"min":12`, `"min":30`, "wordings.dozens: min stands above max"},
		{"no basis", `"basis":"published"`, `"basis":""`, "wordings.dozens.basis: want published"},
		{"a misspelt field", `"closing"`, `"closng"`, "closng: no policy has this field"},
		{"a number as a word", `"max":24`, `"max":"24"`, "bound: want a whole number or null"},
		{"a fault on the first line", `"version":1`, `"version":0`, "line 1: version"},
		{"a fault on the third line", `"min":12`, `"min":30`, "line 3: wordings.dozens: "},
		{"a fault of a member on the third line", `"basis":"published"`, `"basis":""`, "line 3: wordings.dozens.basis: "},
		{"a missing member on the third line", `,"basis":"published"`, ``, "line 3: wordings.dozens.basis: "},
		{"a misspelt field below", `"basis":"published"`, `"bases":"published"`, "line 3: bases: no policy has this field"},
		{"an op on the second line", `"exact"`, `"rather"`, "line 2: ops.rather"},
		{"broken JSON on line 2", `"ops":{`, `"ops":{{`, "line 2: this is not JSON"},
		{"families without a size", `"casualties"`, `"families":true,"casualties"`, "wordings.family: families are counted"},
		{"casualties booked elsewhere", `"alone":{}`, `"alone":{"missing":"whole"}`, "casualties.alone: want killed or injured"},
	} {
		_, err := Parse([]byte(strings.Replace(whole, test.old, test.new, 1)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want it to say %q", test.fault, err, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, p := range All() {
		data, err := json.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"name":"x"`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if err != nil {
			return
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatalf("a policy that was read cannot be written: %v", err)
		}
		if again, err := Parse(written); err != nil || again.ID() != p.ID() {
			t.Fatalf("reads back as %q, %v", again.ID(), err)
		}
		for _, op := range numbered {
			if r, _ := p.Range(cairn.Killed, cairn.Figure{Op: op, Low: cairn.N(3), High: cairn.N(5)}, ""); !r.Valid() {
				t.Fatalf("%s is bounded by %v", op, r)
			}
		}
	})
}

func ExamplePolicy_Range() {
	dozens := cairn.Figure{Phrase: cairn.Phrase{Words: "dozens"}, Op: cairn.OpVague}
	for _, name := range []string{"airwars", "acled", "aoav"} {
		p, err := Named(name)
		if err != nil {
			panic(err)
		}
		r, rule := p.Range(cairn.Injured, dozens, "dozens")
		fmt.Println(p.ID(), r, rule)
	}
	// Output:
	// airwars/1 12–24 dozens
	// acled/1 12 dozens
	// aoav/1 unknown dozens
}
