package muster_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/muster"
)

const table = `id,name,name_ar,aliases,kind,country,active_from,active_to,role,side,coalition,from,to
vc,Valley Council,مجلس الوادي,the Council|VC,armed_group,ZZ,2014,,the rebels,opposition,,,2018-06
vc,,,,,,,,the authorities,government,,2018-07,
vc,,,the Councillors,,,,,,,pact,2015-03,2016
pact,Hill Pact,,,coalition,,,,,,,,
`

func TestATableAndItsJSONAreTheSameRegister(t *testing.T) {
	fromTable, faults, err := muster.Belligerents("b.csv", []byte(table))
	if err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	want := `[{"id":"pact","name":"Hill Pact","kind":"coalition"},` +
		`{"id":"vc","name":"Valley Council","names":{"ar":"مجلس الوادي"},"aliases":["the Council","VC","the Councillors"],"kind":"armed_group","country":"ZZ","active":{"from":"2014"},` +
		`"roles":[{"name":"the rebels","side":"opposition","to":"2018-06"},{"name":"the authorities","side":"government","from":"2018-07"}],` +
		`"of":[{"coalition":"pact","from":"2015-03","to":"2016"}]}]`
	if got := form(t, fromTable); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for name, content := range map[string]string{
		"an array":      want,
		"one a line":    strings.NewReplacer("},{\"id\"", "}\n{\"id\"", "[{\"id\"", "{\"id\"").Replace(want[:len(want)-1]),
		"tabs":          strings.ReplaceAll(table, ",", "\t"),
		"in semicolons": "\uFEFF" + strings.ReplaceAll(table, ",", ";"),
	} {
		got, faults, err := muster.Belligerents("b", []byte(content))
		if err != nil || len(faults) > 0 || form(t, got) != want {
			t.Errorf("%s: %v %v\n%s", name, err, faults, form(t, got))
		}
	}
}

func form(t testing.TB, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestARowAtFaultIsToldAndTheRestGoesIn(t *testing.T) {
	got, faults, err := muster.Belligerents("b.csv", []byte("id,name,kind,country,active_from,active_to,coalition,from,to\n"+
		"a,River Front,,,,,,,\n"+
		",Nobody,,,,,,,\n"+
		"b,,,,,,,,\n"+
		"c,Gang,gang,,,,,,\n"+
		"d,State of X,state,Xland,,,,,\n"+
		"e,Late,,,2020,2019,,,\n"+
		"a,,,,,,pact,2020-13,\n"+
		"a,,,,,,pact,2020-12,2020-11\n"))
	if err != nil || len(got) != 1 || got[0].ID != "a" || len(got[0].Of) != 0 {
		t.Errorf("%v, taken in %s", err, form(t, got))
	}
	want := []string{
		"b.csv:3: id: is missing",
		"b.csv:4: name: is missing",
		"b.csv:5: kind: want state, armed_group or coalition, or nothing, not gang",
		"b.csv:6: country: want the ISO code of two letters, such as SY, not Xland",
		"b.csv:7: active_from: ends on 2019, before it begins on 2020",
		"b.csv:8: coalition: want a date such as 2017, 2017-10 or 2017-10-16, not 2020-13",
		"b.csv:9: coalition: ends on 2020-11, before it begins on 2020-12",
	}
	var said []string
	for _, f := range faults {
		said = append(said, f.Error())
	}
	if !slices.Equal(said, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	_, faults, err = muster.Belligerents("b.json", []byte("[{\"id\":\"a\",\"name\":\"A\"},\n{\"id\":\"a\",\"name\":\"B\"},\n{\"id\":\"c\",\"name\":\"C\",\"roles\":[{}]}]"))
	if err != nil || len(faults) != 2 || faults[0].Line != 2 || faults[1].Field != "roles" {
		t.Errorf("%v %v", err, faults)
	}
}

func TestAFileThatIsNoneIsRefused(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"", "b:1: has no row of headers"},
		{"id,colour\n", "b:1: colour: no column is called so"},
		{"name\nA\n", "b:1: id: there is no column id"},
		{"[{\"id\":\"a\",\n\"nick\":\"x\"}]", `b:2: belligerent: unknown field "nick"`},
		{"[{\"id\":\"a\"", "b:1: belligerent: unexpected EOF"},
	} {
		_, _, err := muster.Belligerents("b", []byte(test.content))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: %v, want %s", test.content, err, test.want)
		}
	}
}

func FuzzBelligerents(f *testing.F) {
	f.Add(table)
	f.Add(`[{"id":"a","name":"A","of":["League",{"coalition":"Pact","from":"2015"}]}]`)
	f.Fuzz(func(t *testing.T, content string) {
		got, _, err := muster.Belligerents("b", []byte(content))
		if err != nil {
			return
		}
		again, faults, err := muster.Belligerents("b", []byte(form(t, got)))
		if len(got) > 0 && (err != nil || len(faults) > 0 || form(t, again) != form(t, got)) {
			t.Fatalf("what was printed reads otherwise: %v %v\n%s\n%s", err, faults, form(t, got), form(t, again))
		}
		for _, b := range got {
			b.On(cairn.Period{From: "2020", To: "2020"})
		}
	})
}
