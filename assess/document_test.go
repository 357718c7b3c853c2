package assess

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

func airwars(t testing.TB) policy.Policy {
	t.Helper()
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOneArticleComesToOneToll(t *testing.T) {
	for _, test := range []struct {
		name, claims    string
		killed, injured string
	}{
		{"one figure", "A: killed 3", "3", "none"},
		{"a figure said twice", "A: killed 3\nA: killed 3", "3", "none"},
		{"a described person is one of the toll", "A: killed 3\nA: killed 1 named=Ana_Ro", "3", "none"},
		{"a later, higher figure stands", "A: killed 2\nA: killed 5", "5", "none"},
		{"an exact figure closes an open one", "A: killed at_least 3\nA: killed 5", "5", "none"},
		{"an open figure above an exact one", "A: killed 3\nA: killed at_least 5", "5+", "none"},
		{"a number stands over a vague word", "A: killed several\nA: killed 7", "7", "none"},
		{"a vague word stands over a smaller part", "A: injured dozens\nA: injured 3", "none", "12–24"},
		{"two men and a woman in one clause", "A: killed 2 men\nA: killed 1 women with=1", "3", "none"},
		{"two people and a child in one clause", "A: killed 2\nA: killed 1 children with=1", "3", "none"},
		{"one person in two descriptions", "A: killed 1 men age=40\nA: killed 1 named=Bo_Li", "1", "none"},
		{"a man, a woman", "A: killed 1 men\nA: killed 1 women", "2", "none"},
		{"two ages are two persons", "A: killed 1 men age=40\nA: killed 1 men age=19", "2", "none"},
		{"two names are two persons", "A: killed 1 named=Ana_Ro\nA: killed 1 named=Bo_Li", "2", "none"},
		{"a surname alone is the person named before", "A: killed 1 named=Ana_Ro\nA: killed 1 named=Ro", "1", "none"},
		{"more names than the toll", "A: killed 2\nA: killed 1 named=Ana_Ro\nA: killed 1 named=Bo_Li\nA: killed 1 named=Cy_Mo", "3", "none"},
		{"another three", "A: killed 5\nA: killed 3 scope=addition", "8", "none"},
		{"another man", "A: killed 1 men\nA: killed 1 men scope=addition", "2", "none"},
		{"another man, after the whole was told", "A: killed 2\nA: killed 1 men\nA: killed 1 men scope=addition", "2", "none"},
		{"a part adds nobody", "A: killed 5\nA: killed 2 children of=1", "5", "none"},
		{"children alone", "A: killed 3 children", "3", "none"},
		{"children and women apart", "A: killed 3 children\nA: killed 2 women", "5", "none"},
		{"journalists may be the men", "A: killed 3 journalists\nA: killed 3 men", "3", "none"},
		{"what is only possible has no floor", "A: killed 4 scope=possible", "0–4", "none"},
		{"what is possible beside what is certain", "A: killed 2\nA: killed 4 scope=possible", "2–4", "none"},
		{"what is denied is not counted", "A: killed 4 scope=denied", "none", "none"},
		{"what somebody doubts is not counted", "A: killed 2\nA: killed 40 says=army:doubts", "2", "none"},
		{"earlier events are not counted", "A: killed 2\nA: killed 300 scope=historical\nA: killed 90 scope=background", "2", "none"},
		{"a toll of a campaign is not counted", "A: killed 1300 scope=cumulative", "none", "none"},
		{"nobody is not unknown", "A: killed zero", "0", "none"},
		{"an unknown number is not nobody", "A: killed unknown", "unknown", "none"},
		{"two voices contradict each other", "A: killed 12 says=hospital\nA: killed 15 says=monitor", "12–15", "none"},
		{"up to nine", "A: killed at_most 9", "–9", "none"},
		{"three, up to nine", "A: killed 3\nA: killed at_most 9", "3–9", "none"},
		{"somebody hurt who then died", "A: injured 1 named=Ana_Ro\nA: killed 1 named=Ana_Ro", "1", "none"},
		{"six were shot, two of them fatally", "A: injured 6\nA: killed 2 of=1", "2", "4"},
		{"combatants are left out", "A: killed 2\nA: killed 5 combatants", "2", "none"},
		{"casualties alone are hurt", "A: casualties 9", "none", "9"},
		{"dozens of dead and wounded", "A: casualties dozens words=dead_and_wounded", "12–24", "12–24"},
		{"casualties, and the dead among them", "A: casualties 20\nA: killed 5", "5", "15"},
		{"casualties, dead and hurt told apart", "A: casualties 20\nA: killed 5\nA: injured 14", "5", "14"},
		{"an unnamed family", "A: killed family", "2+", "none"},
		{"a share is no number of people", "A: killed 3", "3", "none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := airwars(t)
			tolls := Document(reports(t, p, test.claims), p)
			if got := rangeOf(tolls, cairn.Killed, cairn.Civilian); got != test.killed {
				t.Errorf("killed %s, want %s", got, test.killed)
			}
			if got := rangeOf(tolls, cairn.Injured, cairn.Civilian); got != test.injured {
				t.Errorf("injured %s, want %s", got, test.injured)
			}
		})
	}
}

func rangeOf(tolls []Toll, harm cairn.Harm, class cairn.Class) string {
	for _, d := range tolls {
		if d.Harm == harm && d.Class == class {
			return d.Range.String()
		}
	}
	return "none"
}

func TestSubGroupsAreCountedApartAndNeverAdded(t *testing.T) {
	p := airwars(t)
	tolls := Document(reports(t, p, "A: killed 9\nA: killed 4 children of=1\nA: killed 2 women of=1\nA: killed 1 named=Ana_Ro age=7 of=1"), p)
	for class, want := range map[cairn.Class]string{cairn.Civilian: "9", cairn.Child: "4", cairn.Woman: "2", cairn.Man: "none"} {
		if got := rangeOf(tolls, cairn.Killed, class); got != want {
			t.Errorf("%s killed: %s, want %s", class, got, want)
		}
	}
}

func TestEachEndNamesTheClaimsThatSetIt(t *testing.T) {
	p := airwars(t)
	a := Incident(cairn.Incident{Code: "i1"}, reports(t, p, "A: killed 3\nB: killed 2\nB: killed 7 says=monitor"), nil, p, nil)
	tally, _ := a.Tally(cairn.Killed, cairn.Civilian)
	if want := []cairn.ClaimRef{{Document: "A", N: 1}}; !reflect.DeepEqual(tally.MinFrom, want) {
		t.Errorf("the floor rests on %v, want %v", tally.MinFrom, want)
	}
	if want := []cairn.ClaimRef{{Document: "B", N: 2}}; !reflect.DeepEqual(tally.MaxFrom, want) {
		t.Errorf("the ceiling rests on %v, want %v", tally.MaxFrom, want)
	}
}

func TestOpenEndsAreClosedAsThePolicySays(t *testing.T) {
	for _, test := range []struct{ policy, claims, want string }{
		{"airwars", "A: killed at_least 15", "15–15+"},
		{"airwars", "A: killed more_than 20", "21–21+"},
		{"airwars", "A: killed at_least 15\nB: killed 20", "15–20"},
		{"airwars", "A: killed dozens", "12–24"},
		{"acled", "A: killed at_least 15\nB: killed 20", "15–15+"},
		{"acled", "A: killed dozens\nB: killed 30", "12"},
		{"acled", "A: injured 4", "0"},
		{"aoav", "A: killed dozens", "unknown"},
		{"aoav", "A: killed 9\nB: killed 11", "11"},
		{"aoav", "A: killed 9\nB: killed several", "9"},
		{"iso", "A: killed at_least 15\nB: killed 20", "15+"},
		{"iso", "A: killed at_most 15\nB: killed 3", "3–15"},
		{"iso", "A: killed plural", "unknown"},
	} {
		p, err := policy.Named(test.policy)
		if err != nil {
			t.Fatal(err)
		}
		a := Incident(cairn.Incident{}, reports(t, p, test.claims), nil, p, nil)
		if tally, _ := a.Tally(cairn.Killed, cairn.Civilian); tally.Range.String() != test.want {
			t.Errorf("%s makes %s of %q, want %s", test.policy, tally.Range, test.claims, test.want)
		}
	}
}

func TestRangesHoldWhateverTheClaims(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	words := []string{"1", "2", "7", "at_least 3", "more_than 9", "at_most 5", "3–8", "plural", "dozens", "unknown", "zero", "1 named=Ana_Ro", "1 age=9"}
	marks := []string{"", " scope=possible", " scope=denied", " scope=addition", " combatants", " children", " of=1", " with=1", " says=hospital", " by=air_force"}
	harms := []string{"killed", "injured", "casualties"}
	for range 2000 {
		notes := ""
		for range 1 + rng.IntN(7) {
			notes += fmt.Sprintf("%c: %s %s%s\n", 'A'+rng.IntN(3), harms[rng.IntN(3)], words[rng.IntN(len(words))], marks[rng.IntN(len(marks))])
		}
		for _, p := range policy.All() {
			claims := reports(t, p, notes)
			a := Incident(cairn.Incident{}, claims, nil, p, nil)
			for _, tally := range a.Tallies {
				if !tally.Range.Valid() {
					t.Fatalf("%s %s %s under %s from\n%s", tally.Key(), tally.Range.Min, tally.Range.Max, p.ID(), notes)
				}
			}
			rng.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
			if again := Incident(cairn.Incident{}, claims, nil, p, nil); !reflect.DeepEqual(a, again) {
				t.Fatalf("the order of claims moves the assessment under %s of\n%s%v\n%v", p.ID(), notes, a, again)
			}
		}
	}
}

func ExampleIncident() {
	p, err := policy.Named("airwars")
	if err != nil {
		panic(err)
	}
	say := func(document string, n int) cairn.Testimony {
		return cairn.Testimony{
			Ref: cairn.ClaimRef{Document: document, N: 1},
			Claim: cairn.Claim{N: 1, Harm: cairn.Killed, Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)},
				By: []cairn.Attacker{{Name: "Northern Air Force", Strength: cairn.Stated}}},
		}
	}
	a := Incident(cairn.Incident{Code: "NV1"}, []cairn.Testimony{say("d1", 4), say("d2", 6)}, nil, p, nil)
	killed, _ := a.Tally(cairn.Killed, cairn.Civilian)
	fmt.Println(killed.Range, a.Grade, a.Strike)
	// Output: 4–6 fair likely
}
