package assess

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// The cases have the situation, the codes and the numbers of published
// assessments; the claims are invented. A dash is not compared.
var golden = []struct {
	code, situation             string
	claims                      string
	origins                     string
	killed, injured, combatants string
	strike                      cairn.StrikeStatus
	grade                       cairn.Grade
}{
	{"ISPT0005", "others and dozens injured, no number", `
		A: killed 1 by=air_force
		A: injured plural by=air_force
		A: injured dozens by=air_force
		B: killed 2 by=air_force
		B: injured dozens by=air_force`, "", "1–2", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT0007", "others injured", `
		A: killed 2 by=air_force
		A: injured plural by=air_force`, "", "2", "2", "-", cairn.SingleSource, cairn.Weak},
	{"ISPT0025", "deaths in the plural", `
		A: killed plural by=air_force
		A: injured 4 by=air_force
		B: killed plural by=air_force
		B: injured 4 by=air_force`, "", "2", "4", "-", cairn.Likely, cairn.Fair},
	{"ISPT0120", "several injured", `
		A: injured several by=air_force`, "", "unknown", "2", "-", cairn.SingleSource, cairn.Weak},
	{"ISPT0136", "26 dead, a large number injured", `
		A: killed 26 by=air_force
		A: injured large_number by=air_force
		B: killed 26 by=air_force`, "", "26", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT0279", "dozens of wounded and martyrs, not told apart", `
		A: casualties dozens words=wounded_and_martyrs`, "", "12–24", "12–24", "-", cairn.ContestedStrike, cairn.Weak},
	{"ISPT0326", "killed and injured without numbers, all repeat one", `
		A: killed plural by=air_force
		A: injured plural by=air_force
		B: killed plural by=air_force
		B: injured plural by=air_force`, "A B", "2", "2", "-", cairn.SingleSource, cairn.Weak},
	{"ISPT0345", "large numbers and dozens hurt, two deaths named", `
		A: killed 2 named=Orla_Venn,Tam_Rusk by=air_force
		A: injured large_number by=air_force
		B: injured dozens by=air_force`, "", "2", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT0352", "an agency says 12, names of 26 are listed", `
		A: killed 12 by=air_force
		A: injured 35 by=air_force
		B: killed 26 names=26 by=air_force
		B: injured 44 by=air_force
		C: killed zero says=air_force by=air_force timed`, "", "26", "35–44", "-", cairn.Declared, cairn.Fair},
	{"ISPT0369", "many injured", `
		A: injured many by=air_force
		B: injured many by=air_force`, "", "unknown", "2–10", "-", cairn.Likely, cairn.Fair},
	{"ISPT0060", "many references to many injured", `
		A: killed 2 by=air_force
		A: injured many by=air_force
		B: killed 2 by=air_force
		B: injured many by=air_force
		C: injured many by=air_force`, "", "2", "2–10", "-", cairn.Likely, cairn.Fair},
	{"ISPT0824", "many killed, four named", `
		A: killed many by=air_force
		A: injured plural by=air_force
		B: killed 4 names=4 by=air_force`, "", "4–10", "2", "-", cairn.Likely, cairn.Fair},
	{"ISPT0394", "8 named and three families; a relative says 22", `
		A: killed 8 names=8 by=air_force
		A: killed 3 families scope=addition by=air_force
		A: injured plural by=air_force
		A: killed 1 combatants by=air_force
		B: killed 22 by=air_force
		B: killed 3 families scope=addition by=air_force`, "", "14–28", "2", "1", cairn.Likely, cairn.Fair},
	{"ISPT0004", "more than 15, another says 10, 15 are named", `
		A: killed more_than 15 by=air_force
		B: killed 10 by=air_force
		C: killed 15 names=15 by=air_force`, "", "15", "-", "-", cairn.Likely, cairn.Fair},
	{"ISPT0283", "the ceiling is more than 40", `
		A: killed 15 by=air_force
		A: injured dozens by=air_force
		B: killed more_than 40 by=air_force`, "", "15–41", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT1198", "80, over 80, more than 150, over 200", `
		A: killed 80 by=air_force
		A: injured dozens by=air_force
		B: killed more_than 80 by=air_force
		C: killed more_than 150 by=air_force
		D: killed more_than 200 by=air_force`, "", "80–201", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT0175", "dozens, about 40, 70, more than 70; parties blamed differ", `
		A: killed dozens by=air_force
		A: injured 150 by=air_force
		B: killed 40 by=army_group
		B: killed 70 says=doctor by=army_group
		C: killed more_than 70 by=air_force
		C: injured more_than 200 by=air_force`, "", "12–71", "150–201", "-", cairn.ContestedStrike, cairn.Contested},
	{"ISPT0213", "8, more than 9; over 20 hurt", `
		A: killed 8 by=air_force
		A: injured more_than 20 by=air_force
		B: killed more_than 9 by=air_force`, "", "8–10", "21", "-", cairn.Likely, cairn.Fair},
	{"ISPT1390", "at least 300, more than 500", `
		A: killed at_least 300 by=air_force
		A: injured dozens by=air_force
		B: killed more_than 500 by=air_force
		B: injured hundreds by=air_force
		B: killed 1 combatants by=air_force
		C: killed zero says=air_force by=air_force timed`, "", "300–501", "12–200", "1", cairn.Declared, cairn.Fair},
	{"ISPT0145", "three here, 12 in two strikes together", `
		A: killed 3 by=air_force
		B: killed 12 scope=cumulative timed by=air_force
		B: killed 4 by=air_force`, "", "3–12", "-", "-", cairn.Likely, cairn.Fair},
	{"ISPT0145a", "four here, 12 in two strikes together", `
		A: killed 4 by=air_force
		A: injured 1 by=air_force
		B: killed 12 scope=cumulative timed by=air_force
		B: killed 4 by=air_force`, "", "4–12", "1", "-", cairn.Likely, cairn.Fair},
	{"ISPT0106", "12 dead, who may be of another house", `
		A: killed 1 by=air_force
		A: injured plural by=air_force
		B: killed 12 scope=possible
		B: injured dozens`, "", "1–12", "2–24", "-", cairn.SingleSource, cairn.Fair},
	{"ISPT0103", "three persons whom one account calls fighters", `
		A: killed 6 names=6 by=air_force
		A: injured 4 by=air_force
		B: killed 3 named=toraa_veltoraa,torab_veltorab,torac_veltorac combatants by=air_force
		B: killed 1 combatants named=Other_Fighter by=air_force
		C: injured 4 by=air_force`, "", "3–6", "4", "1–4", cairn.Likely, cairn.Fair},
	{"ISPT0627", "one man is called a fighter by one account", `
		A: killed 39 by=air_force
		A: injured 2 by=air_force
		A: killed 1 named=Dov_Marsh of=1 by=air_force
		B: killed 39 by=air_force
		B: killed 1 named=Dov_Marsh combatants by=air_force`, "", "38–39", "2", "0–1", cairn.Likely, cairn.Fair},
	{"ISPT0443", "a commander who may be no civilian", `
		A: killed 3 by=air_force
		A: killed 1 named=Dov_Marsh of=1 by=air_force
		B: killed 3 by=air_force
		B: killed 1 named=Dov_Marsh combatants by=air_force
		C: killed 1 combatants scope=possible says=air_force by=air_force timed`, "", "2–3", "-", "0–1", cairn.Declared, cairn.Fair},
	{"ISPT0093", "a clear fighter stands outside the toll", `
		A: killed 7 by=air_force
		A: injured 50 by=air_force
		B: killed 7 by=air_force
		B: killed 1 combatants by=air_force`, "", "7", "50", "1", cairn.Likely, cairn.Fair},
	{"ISPT0807", "photographs may show one death", `
		A: injured 4 by=air_force
		A: killed 1 scope=possible by=air_force
		B: injured 5 by=air_force`, "", "0–1", "4–5", "-", cairn.Likely, cairn.Fair},
	{"ISPT1073", "one source reports a niece more", `
		A: killed 4 by=air_force
		A: injured 5 by=air_force
		B: killed 4 by=air_force
		B: killed 1 scope=addition by=air_force
		B: injured 6 by=air_force`, "", "4–5", "5–6", "-", cairn.Likely, cairn.Fair},
	{"ISPT0278", "names set the floor, the highest toll the ceiling", `
		A: killed 50 by=air_force
		A: injured 14 by=air_force
		B: killed 63 names=63 by=army_group
		C: killed 471 by=army_group
		C: injured 314 by=army_group`, "", "63–471", "14–314", "-", cairn.ContestedStrike, cairn.Contested},
	{"ISPT0821", "a high figure that nobody shares", `
		A: killed 29 names=29 by=air_force
		A: injured dozens by=air_force
		B: killed 29 by=air_force
		C: killed 29 by=air_force
		D: killed 90 by=air_force`, "", "29", "12–24", "-", cairn.Likely, cairn.Fair},
	{"ISPT0842", "the army's statement lacks time and place", `
		A: killed 15 by=air_force
		A: injured 26 by=air_force
		B: killed 70 by=air_force
		B: injured 200 by=air_force
		C: killed 5 combatants says=air_force by=air_force`, "", "15–70", "26–200", "-", cairn.Likely, cairn.Fair},
	{"ISPT0358", "one source words it differently", `
		A: killed 2 by=air_force
		A: injured 3 by=air_force
		B: killed 3 by=air_force
		B: injured 3 by=air_force
		C: killed plural combatants says=air_force by=air_force timed`, "", "2–3", "3", "-", cairn.Declared, cairn.Fair},
	{"ISPT0262", "all repeat one original", `
		A: injured plural by=air_force
		B: injured plural by=air_force
		C: injured plural by=air_force`, "A B C", "unknown", "2", "-", cairn.SingleSource, cairn.Weak},
	{"ISPT0222a", "reports that cite each other", `
		A: injured plural by=air_force
		B: injured plural by=air_force`, "A B", "unknown", "2", "-", cairn.SingleSource, cairn.Weak},
	{"ISPT0319", "nobody names a party", `
		A: killed 1
		A: injured 2
		B: killed 2
		B: injured 2`, "", "1–2", "2", "-", cairn.ContestedStrike, cairn.Contested},
	{"ISPT0553", "one of two sources names a party", `
		A: casualties plural by=air_force
		B: injured 2 children`, "", "unknown", "2", "-", cairn.SingleSource, cairn.Fair},
	{"ISPT010824d", "a later photograph makes a civilian a fighter", `
		A: killed 1 named=Ilse_Korr by=air_force
		A: injured 3 by=air_force
		B: killed 1 named=Ilse_Korr by=air_force
		B: killed 1 named=Dov_Marsh combatants by=air_force`, "", "1", "3", "1", cairn.Likely, cairn.Fair},
	{"ISPT0386", "injuries and no more", `
		A: injured plural by=air_force
		B: casualties plural by=air_force`, "", "unknown", "2", "-", cairn.Likely, cairn.Weak},

	{"CS797", "dozens more hurt; the coalition concedes one death", `
		A: killed 7 by=coalition
		B: killed 14 by=coalition
		B: injured dozens scope=addition by=coalition
		C: killed 1 civilians says=coalition by=coalition:admitted placed`, "", "7–14", "12–24", "-", cairn.Declared, cairn.Confirmed},
	{"CS337", "15 to 20; one who was listed is alive; others blame others", `
		A: killed 15 by=coalition
		A: killed 1 named=Sela_Aune of=1 by=coalition
		A: injured 20 by=coalition
		B: killed 20 by=army_group
		C: killed 1 named=Sela_Aune scope=denied`, "", "14–19", "20", "-", cairn.ContestedStrike, cairn.Contested},
	{"CS483", "human losses in one of the sources", `
		A: casualties 1 scope=possible words=dead_or_wounded by=coalition`, "", "0–1", "0–1", "-", cairn.SingleSource, cairn.Weak},
	{"CS099", "an entire fire crew", `
		A: killed 4 men by=coalition
		B: killed 4 men by=coalition`, "", "4", "-", "-", cairn.Likely, cairn.Fair},
	{"CS813", "children of 3, 4, 7; the lowest figure is no floor", `
		A: killed 3 children by=coalition
		B: killed 4 children by=coalition
		C: killed 7 children by=army_group
		C: killed 1 women with=1 by=army_group
		C: injured 23 by=army_group
		D: killed at_most 30 by=coalition
		D: injured 45 by=coalition`, "", "8–30", "23–45", "-", cairn.ContestedStrike, cairn.Contested},
	{"CS1385", "tolls of a city over two days", `
		A: killed 39 by=coalition
		A: injured 60 by=coalition
		B: killed 46 by=army_group
		B: injured 60 by=army_group`, "", "39–46", "60", "-", cairn.ContestedStrike, cairn.Contested},
	{"CS906", "first known through a denial", `
		A: killed unknown says=coalition:denies by=coalition:denied`, "", "unknown", "unknown", "-", cairn.ContestedStrike, cairn.Discounted},
	{"RS3444", "martyrs and wounded", `
		A: killed plural by=coalition
		A: injured 2 by=coalition
		B: killed plural by=army_group
		B: injured plural by=army_group`, "", "2", "2", "-", cairn.ContestedStrike, cairn.Contested},
	{"CI134", "the coalition announces two injured", `
		A: killed zero says=coalition by=coalition:admitted timed
		A: injured 2 civilians says=coalition by=coalition:admitted timed`, "", "0", "2", "-", cairn.Declared, cairn.Confirmed},
}

func TestGoldenCasesGetThePublishedRangeGradingAndStatus(t *testing.T) {
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range golden {
		t.Run(test.code+" "+test.situation, func(t *testing.T) {
			var origins [][]string
			if test.origins != "" {
				origins = [][]string{strings.Fields(test.origins)}
			}
			a := Incident(cairn.Incident{Code: test.code}, reports(t, p, test.claims), origins, p, nil)
			compare := func(what, want string, harm cairn.Harm, class cairn.Class) {
				tally, _ := a.Tally(harm, class)
				got := tally.Range
				got.Open = false // the published pages do not mark it
				if want != "-" && got.String() != want {
					t.Errorf("%s %s, want %s", what, got, want)
				}
			}
			compare("killed", test.killed, cairn.Killed, cairn.Civilian)
			compare("injured", test.injured, cairn.Injured, cairn.Civilian)
			compare("combatants killed", test.combatants, cairn.Killed, cairn.Combatant)
			if a.Strike != test.strike {
				t.Errorf("strike status %s, want %s", a.Strike, test.strike)
			}
			if a.Grade != test.grade {
				t.Errorf("grade %s, want %s", a.Grade, test.grade)
			}
			if t.Failed() {
				t.Log(strings.Join(a.Reasons, "\n"))
			}
		})
	}
}
