package recorder

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// What changed in a total is told incident by incident, with the acts that
// changed it; and a total is made again by its identifier as it was.
func TestWhatChangedInATotal(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		day := noon
		r.settings.Now = func() time.Time { return day }
		bring(t, r, reports)
		first, err := Total(ctx, r.View(), Query{Project: "tarn", Grades: cairn.Grades})
		if err != nil {
			t.Fatal(err)
		}
		day = day.AddDate(0, 0, 2)
		bring(t, r, `{"id":"late","source":"Selm Post","published":"2031-05-13","language":"en","text":"Eleven people were killed in the airstrike on Orvane on 3 May 2031, relatives said."}`)
		must(t)(r.Override(ctx, "T2", "killed", "2–3", "a third name"))
		changes, err := Changes(ctx, r.View(), Query{Project: "tarn", Grades: cairn.Grades}, EndOf("2031-06-02"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range changes {
			got = append(got, c.String())
		}
		want := "T1: injured 12–12+, killed 7–11, fair, from injured 12–12+, killed 7–9, fair; take on 2031-06-03 by Ana\n" +
			"T2: killed 2–3, weak, from killed 2, weak; judge on 2031-06-03 by Ana: a third name"
		if strings.Join(got, "\n") != want {
			t.Errorf("changes are\n%s\nwant\n%s", strings.Join(got, "\n"), want)
		}
		// A batch that comes late is booked to its own days, and said to be late.
		bring(t, r, `{"id":"old","source":"Selm Post","published":"2031-02-03","language":"en","text":"Four civilians were killed when a shell hit Selm Bridge on 1 February 2031."}`)
		changes, err = Changes(ctx, r.View(), Query{Project: "tarn", Grades: cairn.Grades}, EndOf("2031-06-02"))
		if err != nil || len(changes) != 3 || changes[2].BackDated != 122 {
			t.Errorf("changes are %v, %v; want the last back-dated by 122 days", changes, err)
		}
		again, err := Identified(first.ID)
		if err != nil {
			t.Fatal(err)
		}
		if made, err := Total(ctx, r.View(), again); err != nil || fmt.Sprint(made.Rows) != fmt.Sprint(first.Rows) || made.ID != first.ID {
			t.Errorf("made again it is %v (%s), %v; want %v (%s)", made.Rows, made.ID, err, first.Rows, first.ID)
		}
	})
}
