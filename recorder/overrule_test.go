package recorder

import (
	"errors"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// A short report of prisons asks for a password, it seems, and is a report.
func TestAPersonOverrulesAnOutcome(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		page := `<html><body><p>Seven people were killed in an airstrike on Orvane on 3 May 2031.</p><form><input type="password"></form></body></html>`
		if _, err := r.Import(ctx, []string{file(t, "page.html", page)}, cairn.Given{}, Progress{}); err != nil {
			t.Fatal(err)
		}
		id := "d" + cairn.RefOf([]byte(page)).Short()
		state := func() (claims int, problem bool, killed string) {
			t.Helper()
			d, err := r.View().Document(ctx, id)
			reading, readErr := r.View().CurrentReading(ctx, "tarn", id)
			answer, totalErr := Total(ctx, r.View(), Query{Project: "tarn", Grades: cairn.Grades})
			if err := errors.Join(err, readErr, totalErr); err != nil {
				t.Fatal(err)
			}
			for _, row := range answer.Rows {
				if row.Harm == cairn.Killed {
					killed = row.Range().String()
				}
			}
			return len(reading.Claims), d.Problem != nil, killed
		}
		if n, problem, killed := state(); n != 0 || !problem || killed != "" {
			t.Fatalf("at first %d claims, problem %t, killed %q", n, problem, killed)
		}
		j, err := r.Overrule(ctx, id, cairn.Fetched, "the form is for letters")
		if err != nil {
			t.Fatal(err)
		}
		if n, problem, killed := state(); n != 1 || problem || killed != "7" {
			t.Errorf("overruled: %d claims, problem %t, killed %q", n, problem, killed)
		}
		if _, err := r.Redo(ctx, false, Progress{}); err != nil {
			t.Fatal(err)
		}
		if n, problem, killed := state(); n != 1 || problem || killed != "7" {
			t.Errorf("read again: %d claims, problem %t, killed %q", n, problem, killed)
		}
		if _, err := r.Undo(ctx, j.ID, "it was for logging in"); err != nil {
			t.Fatal(err)
		}
		if n, problem, killed := state(); n != 0 || !problem || killed != "" {
			t.Errorf("undone: %d claims, problem %t, killed %q", n, problem, killed)
		}
	})
}

func TestAReportThatIsNone(t *testing.T) {
	r := local(t)
	page := `<html><body><p>Seven people were killed in an airstrike on Orvane on 3 May 2031.</p></body></html>`
	if _, err := r.Import(ctx, []string{file(t, "page.html", page)}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	id := "d" + cairn.RefOf([]byte(page)).Short()
	if _, err := r.Overrule(ctx, id, cairn.SentHome, "it is the front page of that day"); err != nil {
		t.Fatal(err)
	}
	d, err := r.View().Document(ctx, id)
	if err != nil || d.Text != "" || d.Problem == nil || d.Problem.Reason != "no report came (sent_home): so a person says" {
		t.Errorf("%+v, %v", d.Problem, err)
	}
	for _, wrong := range []struct {
		document, why string
		outcome       cairn.Outcome
	}{{id, "", cairn.Fetched}, {id, "so", "rumour"}, {"nobody", "so", cairn.Fetched}} {
		if _, err := r.Overrule(ctx, wrong.document, wrong.outcome, wrong.why); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}
