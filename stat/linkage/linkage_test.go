package linkage_test

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// list is a list of rows whose fields are separated by bars.
func list(t testing.TB, name string, columns []linkage.Column, rows ...string) *linkage.List {
	t.Helper()
	l := linkage.NewList(name, columns)
	for _, row := range rows {
		if err := l.Add(strings.Split(row, "|")); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func link(t testing.TB, o linkage.Options, lists ...*linkage.List) *linkage.Linkage {
	t.Helper()
	found, err := linkage.Link(t.Context(), lists, o)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var nameColumns = []linkage.Column{{Header: "name", Kind: linkage.Name}, {Header: "dob", Kind: linkage.BirthDate}, {Header: "place", Kind: linkage.Place}}

// town is a list of invented people whom the lists of a test stand among, so
// that there is something to learn from.
func town() (rows []string) {
	given := []string{"Samir", "Tariq", "Layla", "Olena", "Marta", "Yusuf", "Khalil", "Dalia", "Petro", "Hana"}
	family := []string{"Haddad", "Nasser", "Kovalenko", "Zaytun", "Marun", "Shamaa", "Torvel", "Besh"}
	for i := range 80 {
		rows = append(rows, fmt.Sprintf("%s %s %s|%d-%02d-%02d|Tel %s", given[i%10], given[(i*7+3)%10], family[i%8], 1940+i, 1+i*5%12, 1+i*11%28, family[(i*3+1)%8]))
	}
	return rows
}

func TestWhoIsOnePerson(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		want       bool
	}{
		{"the same in all", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Omar Idris Qabbal|1988-04-12|Tel Marun", true},
		{"by another hand", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Umar Edrees Kabbal|1988-04-12|Tel Maroun", true},
		{"in another script", "عمر إدريس قبال|1988-04-12|تل مارون", "Omar Idris Qabbal|1988-04-12|Tel Marun", true},
		{"day and month exchanged", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Omar Idris Qabbal|1988-12-04|Tel Marun", true},
		{"a place less", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Omar Idris Qabbal|1988-04-12|", true},
		{"two who share one name", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Omar Idris Qabbal|1951-09-27|Tel Besh", false},
		{"brothers", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Faruq Idris Qabbal|1993-10-30|Tel Marun", false},
		{"strangers", "Omar Idris Qabbal|1988-04-12|Tel Marun", "Nadia Zaytun|1971-01-20|Tel Besh", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows := append(town(), town()[:20]...) // some stand in the list twice
			at := len(rows)
			found := link(t, linkage.Options{}, list(t, "people", nameColumns, append(rows, test.a, test.b)...))
			got := false
			for _, p := range found.Pairs {
				got = got || p.A.Number == at && p.B.Number == at+1 && p.Probability > .5
			}
			if got != test.want {
				t.Errorf("%s and %s are one person: %v", test.a, test.b, got)
			}
		})
	}
}

func TestPairsStandOnceTheEarlierListFirst(t *testing.T) {
	a := list(t, "a", nameColumns, append(town(), town()[:5]...)...)
	b := list(t, "b", nameColumns, town()[10:]...)
	found := link(t, linkage.Options{Threshold: .01}, a, b)
	seen := map[[2]linkage.Row]bool{}
	for _, p := range found.Pairs {
		if p.A.List > p.B.List || p.A.List == p.B.List && p.A.Number >= p.B.Number {
			t.Errorf("%v stands before %v", p.A, p.B)
		}
		if seen[[2]linkage.Row{p.A, p.B}] {
			t.Errorf("%v and %v stand twice", p.A, p.B)
		}
		seen[[2]linkage.Row{p.A, p.B}] = true
	}
	if len(found.Pairs) < 70 {
		t.Errorf("%d pairs of 70 people in two lists", len(found.Pairs))
	}
}

func TestTheAnswerIsTheSameOnAnyNumberOfProcessors(t *testing.T) {
	l, _ := people(6_000, 3)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first *linkage.Linkage
	for _, n := range []int{1, 8} {
		runtime.GOMAXPROCS(n)
		found := link(t, linkage.Options{Explain: true}, l)
		if first == nil {
			first = found
			continue
		}
		for what, same := range map[string]bool{"pairs": reflect.DeepEqual(first.Pairs, found.Pairs), "persons": reflect.DeepEqual(first.Persons, found.Persons), "plan": reflect.DeepEqual(first.Plan, found.Plan), "model": reflect.DeepEqual(first.Model, found.Model)} {
			if !same {
				t.Errorf("on %d processors the %s are others", n, what)
			}
		}
	}
}

func TestInventedPeopleAreFound(t *testing.T) {
	l, who := people(10_000, 2)
	found := link(t, linkage.Options{}, l)
	if p, r, f := scored(found.Pairs, who); f < .90 || p < .95 {
		t.Errorf("precision %.3f, recall %.3f, F %.3f; want .95, –, .90", p, r, f)
	}
	var pairs int64
	for _, rule := range found.Plan.Rules {
		pairs += rule.Pairs
	}
	if pairs == 0 || pairs > found.Plan.Bound {
		t.Errorf("the plan makes %d pairs, its bound is %d", pairs, found.Plan.Bound)
	}
}

// TestProbabilitiesAreCalibrated holds what the probabilities promise against
// what comes of it.
func TestProbabilitiesAreCalibrated(t *testing.T) {
	l, who := people(20_000, 5)
	found := link(t, linkage.Options{Threshold: .1}, l)
	table := linkage.Calibrate(found.Pairs, func(p linkage.Pair) bool { return who[p.A.Number] == who[p.B.Number] })
	promised, came := 0.0, 0
	for _, row := range table {
		promised += row.Promised * float64(row.Pairs)
		came += row.Matches
		t.Logf("%.2f to %.2f: %5d pairs, %.3f promised, %.3f came", row.From, row.To, row.Pairs, row.Promised, float64(row.Matches)/float64(max(row.Pairs, 1)))
	}
	if got := promised / float64(came); got < .9 || got > 1.1 {
		t.Errorf("%.0f matches promised, %d came", promised, came)
	}
}

// TestListsWithoutDuplicatesAreLinkedOneToOne links two lists of the same people
// in each of which nobody stands twice.
func TestListsWithoutDuplicatesAreLinkedOneToOne(t *testing.T) {
	g := newGenerator(8)
	a, b := linkage.NewList("a", personColumns), linkage.NewList("b", personColumns)
	for range 3_000 {
		p := g.person()
		if err := a.Add(p); err != nil {
			t.Fatal(err)
		}
		if err := b.Add(g.spoiled(p)); err != nil {
			t.Fatal(err)
		}
	}
	found := link(t, linkage.Options{Threshold: .51}, a, b)
	partner := map[linkage.Row]linkage.Row{}
	right := 0
	for _, p := range found.Pairs {
		if p.A.List == p.B.List {
			continue
		}
		for _, two := range [][2]linkage.Row{{p.A, p.B}, {p.B, p.A}} {
			if other, ok := partner[two[0]]; ok {
				t.Errorf("%v is %v and %v", two[0], other, two[1])
			}
			partner[two[0]] = two[1]
		}
		if p.A.Number == p.B.Number {
			right++
		}
	}
	if right < 2_700 {
		t.Errorf("%d of 3,000 found", right)
	}
	for _, person := range found.Persons {
		if len(person) > 2 {
			t.Errorf("%v is one person", person)
		}
	}
}

func TestAddingAListKeepsPersons(t *testing.T) {
	g := newGenerator(4)
	a, b, c := linkage.NewList("a", personColumns), linkage.NewList("b", personColumns), linkage.NewList("c", personColumns)
	for i := range 4_000 {
		p := g.person()
		for k, l := range []*linkage.List{a, b, c} {
			if k == 0 || i%(k+1) == 0 {
				if err := l.Add(g.spoiled(p)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	before := link(t, linkage.Options{}, a, b)
	after, err := linkage.Add(t.Context(), []*linkage.List{a, b, c}, before, linkage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	joined := 0
	for i, person := range before.Persons {
		var old []linkage.Row
		for _, r := range after.Persons[i] {
			if r.List < 2 {
				old = append(old, r)
			} else {
				joined++
			}
		}
		if !reflect.DeepEqual(old, person) {
			t.Fatalf("person %d was %v and is %v", i, person, old)
		}
	}
	if joined < 300 {
		t.Errorf("%d new records joined persons of before", joined)
	}
	for _, p := range after.Pairs {
		if p.B.List != 2 {
			t.Fatalf("%v and %v were linked before", p.A, p.B)
		}
	}
	if _, err := linkage.Add(t.Context(), []*linkage.List{a}, before, linkage.Options{}); err == nil {
		t.Error("a list of before may be missing")
	}
}

func TestRecordsOfOnePersonThatSpeakAgainstOneAnotherAreListed(t *testing.T) {
	columns := append([]linkage.Column{{Header: "id", Kind: linkage.ID}}, nameColumns...)
	var rows []string
	for i, p := range town() {
		rows = append(rows, fmt.Sprintf("%d|%s", 40_000_000+i*7919, p), fmt.Sprintf("%d|%s", 40_000_000+i*7919, p))
	}
	rows = append(rows, "51234567|Omar Idris Qabbal|1988-04-12|Tel Marun", "98765432|Omar Idris Qabbal|1988-04-12|Tel Marun")
	found := link(t, linkage.Options{}, list(t, "people", columns, rows...))
	if len(found.Conflicts) != 1 || found.Conflicts[0].Reason != "id differs" || found.Conflicts[0].Rows[0].Number != 160 {
		t.Errorf("conflicts are %+v", found.Conflicts)
	}
}

func TestWeightsOfFieldsAddUp(t *testing.T) {
	found := link(t, linkage.Options{Explain: true}, list(t, "people", nameColumns, append(town(), town()[:20]...)...))
	if len(found.Pairs) < 20 {
		t.Fatalf("%d pairs", len(found.Pairs))
	}
	for _, p := range found.Pairs {
		sum := 0.0
		for _, f := range p.Fields {
			sum += f.Weight
		}
		if d := sum - p.Weight; d > .01 || d < -.01 {
			t.Errorf("%+v weighs %.3f, its fields %.3f", p, p.Weight, sum)
		}
	}
}

func TestListsThatSayLittleAreNoError(t *testing.T) {
	for _, test := range []struct {
		name string
		rows []string
	}{
		{"no record", nil},
		{"one record", []string{"Omar Qabbal|1988|Tel Marun"}},
		{"nothing stated", []string{"||", "||", "||"}},
		{"all alike", []string{"Omar Qabbal|1988|", "Omar Qabbal|1988|", "Omar Qabbal|1988|"}},
		{"dates that are none", []string{"A|yesterday|x", "B|0000-99-99|y", "C|٣١/١٢/١٩٩٠|z"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			link(t, linkage.Options{All: true}, list(t, "people", nameColumns, test.rows...))
		})
	}
	link(t, linkage.Options{})
}

func TestManyAlikeAreJoined(t *testing.T) {
	l, _ := people(3_000, 6)
	for range 300 {
		if err := l.Add([]string{"samir", "haddad", "1988-04-12", "m", "tel marun", ""}); err != nil {
			t.Fatal(err)
		}
	}
	alike := 0
	for _, p := range link(t, linkage.Options{}, l).Pairs {
		if p.A.Number >= 3_000 {
			alike++
		}
	}
	if alike != 300*299/2 {
		t.Errorf("%d pairs of 300 records that are alike", alike)
	}
}

func TestARecordHasAValueForEachColumn(t *testing.T) {
	if err := linkage.NewList("a", nameColumns).Add([]string{"Omar"}); err == nil {
		t.Error("a record of one value was added to three columns")
	}
}

func ExampleLink() {
	columns := []linkage.Column{{Header: "name", Kind: linkage.Name}, {Header: "born", Kind: linkage.BirthDate}}
	ministry, monitor := linkage.NewList("ministry", columns), linkage.NewList("monitor", columns)
	for _, p := range [][]string{{"سمير خليل حداد", "1988-04-12"}, {"ليلى ناصر", "2001-11-30"}, {"يوسف زيتون", "1975-02-08"}} {
		ministry.Add(p)
	}
	for _, p := range [][]string{{"Yousef Zaytoun", "08.02.1975"}, {"Sameer Khalil Haddad", "12.04.1988"}, {"Olena Besh", "17.06.1990"}} {
		monitor.Add(p)
	}
	found, err := linkage.Link(context.Background(), []*linkage.List{ministry, monitor}, linkage.Options{Threshold: .5})
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range found.Pairs {
		fmt.Println(ministry.Value(p.A.Number, 0), "is", monitor.Value(p.B.Number, 0))
	}
	// Output:
	// سمير خليل حداد is Sameer Khalil Haddad
	// يوسف زيتون is Yousef Zaytoun
}
