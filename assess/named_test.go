package assess

import (
	"strconv"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// onLists reads victims of lists, one a line: "p1 Orla_Venn 34 f", with "alive",
// "with=p2" or "injured" behind.
func onLists(notes string) []cairn.Victim {
	var all []cairn.Victim
	for line := range strings.Lines(strings.TrimSpace(notes)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		v := cairn.Victim{ID: words[0], Harm: cairn.Killed, Lists: []string{"Ministry"}, Entries: []string{"ministry/" + words[0]}}
		for _, w := range words[1:] {
			switch {
			case w == "f" || w == "m":
				v.Sex = map[string]string{"f": "female", "m": "male"}[w]
			case w == "alive":
				v.Alive = true
			case w == "injured":
				v.Harm = cairn.Injured
			case strings.HasPrefix(w, "with="):
				v.With = strings.TrimPrefix(w, "with=")
			default:
				if age, err := strconv.Atoi(w); err == nil {
					v.Age = cairn.Exactly(age)
					continue
				}
				v.Names = append(v.Names, strings.ReplaceAll(w, "_", " "))
			}
		}
		all = append(all, v)
	}
	return all
}

func TestNamedVictimsHoldTheFloor(t *testing.T) {
	const three = "p1 Orla_Venn 34 f\np2 Tam_Rusk 8 m\np3 Ira_Sol 51 m"
	for _, test := range []struct{ name, policy, claims, victims, killed, children, reason string }{
		{"lists name more than an agency says", "airwars", "A: killed 2\nA: killed 1 children of=1", three, "3", "1", "3 persons are named, all of them on lists (Ministry)"},
		{"lists name fewer", "airwars", "A: killed 5", three, "5", "", ""},
		{"a claim names another", "airwars", "A: killed 2 named=Bo_Linn", three, "4", "", "4 persons are named, 3 of them on lists"},
		{"a claim names one of them", "airwars", "A: killed 2 named=Orla_Venn", three, "3", "", "3 persons are named"},
		{"two of them may be one", "airwars", "A: killed 1", "p1 Orla_Venn\np2 Orla_Wenn with=p1", "1–2", "", "if those who may be one are several"},
		{"no account gives a figure", "airwars", "A: injured 4", three, "3–3+", "", "no account gives a figure"},
		{"the figure has no bound", "airwars", "A: killed many", three, "3–10", "", ""},
		{"one was found to be alive", "airwars", "A: killed 2", "p1 Orla_Venn alive\np2 Tam_Rusk 8 m", "2", "", ""},
		{"an account names whoever was found to be alive", "airwars", "A: killed 2 named=Orla_Venn,Tam_Rusk", "p1 Orla_Venn alive", "1", "", "found to be alive"},
		{"the names besides hold it", "airwars", "A: killed 1 named=Orla_Venn", "p1 Orla_Venn alive\n" + strings.ReplaceAll(three, "p1", "p4")[len("p1 Orla_Venn 34 f\n"):], "2", "", ""},
		{"another harm", "airwars", "A: killed 1", "p1 Orla_Venn injured\np2 Tam_Rusk injured", "1", "", ""},
		{"whose status is disputed", "airwars", "A: killed 1 named=Orla_Venn\nB: killed 1 combatants named=Orla_Venn", "p1 Orla_Venn", "0–1", "", ""},
		{"a policy of one number", "acled", "A: killed 2", three, "2", "", ""},
		{"a policy of the latest figure", "aoav", "A: killed 2", three, "2", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := policy.Named(test.policy)
			if err != nil {
				t.Fatal(err)
			}
			a := Incident(cairn.Incident{Code: "T1"}, reports(t, p, test.claims), nil, p, nil, onLists(test.victims)...)
			killed, _ := a.Tally(cairn.Killed, cairn.Civilian)
			if got := killed.Range.String(); got != test.killed {
				t.Errorf("killed %s, want %s\n%s", got, test.killed, strings.Join(a.Reasons, "\n"))
			}
			if children, ok := a.Tally(cairn.Killed, cairn.Child); test.children != "" && (!ok || children.Range.String() != test.children) {
				t.Errorf("children killed %s, want %s", children.Range, test.children)
			}
			if !strings.Contains(strings.Join(a.Reasons, "\n"), test.reason) {
				t.Errorf("reasons are %q, want %q among them", a.Reasons, test.reason)
			}
			if strings.Contains(strings.Join(a.Reasons, "\n"), "Tam Rusk") {
				t.Errorf("a reason names a person: %q", a.Reasons)
			}
		})
	}
}

func TestTheFloorLeadsToThePersons(t *testing.T) {
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	a := Incident(cairn.Incident{Code: "T1"}, reports(t, p, "A: killed 1 named=Bo_Linn"), nil, p, nil, onLists("p7 Orla_Venn\np9 Tam_Rusk")...)
	killed, _ := a.Tally(cairn.Killed, cairn.Civilian)
	if strings.Join(killed.Named, " ") != "p7 p9" || len(killed.MinFrom) != 1 || killed.MinFrom[0].Document != "A" {
		t.Errorf("the floor rests on %v and %v, want p7, p9 and the claim of A", killed.Named, killed.MinFrom)
	}
}
