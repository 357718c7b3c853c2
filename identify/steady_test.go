package identify

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// spelled is a list of invented people, as one of several hands writes it.
func spelled(r *rand.Rand, list string, from, people, rows int) []cairn.Entry {
	given := []string{"Sami", "Lina", "Omar", "Rami", "Nour", "Hana", "Dalia", "Petro", "Marta", "Yusuf", "Khalil", "Tariq"}
	family := []string{"Haddad", "Nasser", "Kovalenko", "Zaytun", "Marun", "Shamaa", "Torvel", "Besh", "Qabbal", "Odeh"}
	var all []cairn.Entry
	for n, who := range r.Perm(people)[:rows] {
		name := given[who%12] + " " + given[(who/12)%12] + " " + family[(who*7)%10]
		if r.IntN(3) == 0 {
			at := 1 + r.IntN(len(name)-2)
			name = name[:at] + name[at+1:]
		}
		e := cairn.Entry{List: list, Key: fmt.Sprint(who), Number: from + n, First: 1, Values: map[string]string{"name": name, "place": "Tel " + family[who%10]}}
		if r.IntN(4) > 0 {
			e.Values["date_of_birth"] = fmt.Sprintf("%d-%02d-%02d", 1940+who%70, 1+who%12, 1+who%28)
		}
		all = append(all, e)
	}
	return all
}

// TestAnotherListMovesNobodyWhoseEvidenceItLeavesAlone adds lists to lists that
// are linked: whoever stood together stands together, under the same identifier,
// and nobody else with them of those before.
func TestAnotherListMovesNobodyWhoseEvidenceItLeavesAlone(t *testing.T) {
	changedByItself := 0
	for seed := uint64(1); seed <= 8; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		both := append(spelled(r, "a", 1, 140, 110), spelled(r, "b", 111, 140, 110)...)
		first, err := Match(t.Context(), both, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		before := Persons(both, first.Matches, nil)
		all := append(slices.Clone(both), spelled(r, "c", 221, 140, 110)...)
		again, err := Match(t.Context(), all, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		steady, moved := Steady(all, first.Matches, again.Matches, func(ref string) bool { return !strings.HasPrefix(ref, "c/") })
		changedByItself += moved
		now := map[string]Person{}
		for _, p := range Persons(all, steady, nil) {
			now[p.ID] = p
		}
		joined := 0
		for _, p := range before {
			kept := now[p.ID]
			own := slices.DeleteFunc(slices.Clone(kept.Entries), func(e cairn.Entry) bool { return e.List == "c" })
			if fmt.Sprint(own) != fmt.Sprint(p.Entries) {
				t.Errorf("seed %d: %s was %v and is %v", seed, p.ID, keysOf(p.Entries), keysOf(own))
			}
			joined += len(kept.Entries) - len(own)
		}
		if joined < 40 {
			t.Errorf("seed %d: only %d of 110 of the new list joined anybody", seed, joined)
		}
	}
	if changedByItself == 0 {
		t.Error("the linkages alone would have moved nobody, so that this proves nothing")
	}
}

func keysOf(entries []cairn.Entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.Ref())
	}
	return all
}

func TestSteady(t *testing.T) {
	was := []cairn.Match{joined("a", "b", .9)}
	for _, test := range []struct {
		name    string
		changed string
		now     []cairn.Match
		want    string
	}{
		{"nothing new", "", []cairn.Match{joined("a", "b", .9)}, "p1=a+b p3=c p4=d"},
		{"other weights take nobody apart", "", []cairn.Match{joined("a", "b", .2)}, "p1=a+b p3=c p4=d"},
		{"a pair that is found no more", "", nil, "p1=a+b p3=c p4=d"},
		{"other weights join nobody", "", []cairn.Match{joined("a", "b", .9), joined("b", "c", .9)}, "p1=a+b p3=c p4=d"},
		{"a new entry joins", "d", []cairn.Match{joined("a", "b", .9), joined("b", "d", .9)}, "p1=a+b+d p3=c"},
		{"a new entry joins the surer of two, who stay two", "d", []cairn.Match{joined("a", "b", .9), joined("b", "d", .7), joined("c", "d", .8)}, "p1=a+b p3=c+d"},
		{"an entry that changed is weighed anew", "b", []cairn.Match{joined("b", "c", .9)}, "p1=a p2=b+c p4=d"},
	} {
		steady, _ := Steady(numbered("a b c d"), was, test.now, func(ref string) bool { return test.changed == "" || !strings.HasSuffix(ref, "/"+test.changed) })
		if got := people(Persons(numbered("a b c d"), steady, nil)); got != test.want {
			t.Errorf("%s: persons are %s, want %s", test.name, got, test.want)
		}
	}
}
