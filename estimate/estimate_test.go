package estimate_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
)

// lists are three lists of an invented town.
const lists = `hospital,press,families,count
1,0,0,240
0,1,0,180
1,1,0,60
0,0,1,120
1,0,1,40
0,1,1,30
1,1,1,10
`

func asked(method string) cairn.EstimateSettings {
	return cairn.EstimateSettings{Method: method, Criterion: "bic", MaxMissing: "5n", Grid: "all", Threshold: 0.02, Tables: 20, Seed: 1}
}

func from(text string) estimate.Source {
	return estimate.Source{Content: []byte(text), Name: "lists.csv"}
}

// whole is an estimate of the lists with all its runs, without the slow method.
func whole(t testing.TB, text string) (cairn.Estimate, map[int]estimate.Draws) {
	t.Helper()
	e, draws, err := estimate.Whole(asked("dga"), from(text), func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := estimate.Add(&e, asked("chao"), draws); err != nil {
		t.Fatal(err)
	}
	e.ID, e.Title = "e7", "The dead of Orvane"
	e.About = cairn.EstimateSubject{Class: cairn.Civilian, Direct: "direct", Named: true, Place: "Orvane"}
	return e, draws
}

func TestRunsOfAWholeEstimate(t *testing.T) {
	e, draws := whole(t, lists)
	var kinds []string
	for _, r := range e.Runs {
		kinds = append(kinds, fmt.Sprint(r.Number, " ", r.Settings.Sensitivity, " ", r.Settings.Consistency, " ", len(r.Answers), " ", len(r.Posteriors), " ", r.Draws))
	}
	want := "1 false false 1 1 true; 2 true false 9 0 false; 3 false true 3 0 false; 4 false false 1 0 false"
	if got := strings.Join(kinds, "; "); got != want {
		t.Errorf("runs %s, want %s", got, want)
	}
	if len(draws) != 1 || !draws[1].Any() {
		t.Errorf("draws of %d runs", len(draws))
	}
	if e.Histories != lists || strings.Join(e.Lists, " ") != "hospital press families" {
		t.Errorf("kept %q, %q", e.Lists, e.Histories)
	}
	var sum float64
	for _, s := range e.Runs[0].Posteriors[0].Shares {
		sum += s
	}
	if sum < 0.98 || sum > 1 {
		t.Errorf("the posterior adds up to %v", sum)
	}
}

// Of a file of persons only the histories are kept.
func TestNothingOfPersonsIsKept(t *testing.T) {
	text := "name,hospital,press,village\n" + strings.Repeat("Rami Haddad,1,0,Orvane\n", 12) + strings.Repeat("Lina Selim,0,1,Tesk\n", 9) + strings.Repeat("Omar Selim,1,1,Tesk\n", 7)
	e, err := estimate.Begin(asked("chao"), from(text))
	if err != nil || e.Histories != "hospital,press,count\n1,0,12\n0,1,9\n1,1,7\n" {
		t.Errorf("kept %q, %v", e.Histories, err)
	}
}

func TestCheckedAgain(t *testing.T) {
	e, _ := whole(t, lists)
	var out bytes.Buffer
	checked, err := estimate.CheckEstimate(e, &out)
	if err != nil || checked.Differed != 0 || checked.Answers != 15 || out.Len() > 0 {
		t.Errorf("%v, %v, %s", checked, err, &out)
	}
	e.Runs[0].Answers[0].Estimate.High = new(*e.Runs[0].Answers[0].Estimate.High + 1)
	if checked, err = estimate.CheckEstimate(e, &out); err != nil || checked.Differed != 1 || !strings.HasPrefix(out.String(), "run 1, dga: estimate.high: was ") {
		t.Errorf("%v, %v, %s", checked, err, &out)
	}
}

func TestReport(t *testing.T) {
	e, _ := whole(t, lists)
	e.Choice = &cairn.EstimateChoice{Run: 1, Methods: []string{"dga"}, Who: "Ada", Why: "it says how <sure> it is"}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := estimate.Report(out, e); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the same estimate gives other bytes")
	}
	page := first.String()
	for _, want := range []string{
		"The dead of Orvane", "civilians killed", "by violence itself (direct)", "in Orvane", "Proposed, not yet signed by two people",
		"estimated, undocumented", "it says how &lt;sure&gt; it is", "Madigan", "Sensitivity: what moves", "without press", "Consistency: each list", "Posterior of the population",
		"cairn estimate --method dga --seed 1 --sensitivity histories.csv", "How to cite", e.Input,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(page, "<script src") || strings.Contains(page, "http://") && !strings.Contains(page, "http://www.w3.org/2000/svg") {
		t.Error("the report needs something else")
	}
	var out bytes.Buffer
	checked, err := estimate.CheckReport(first.Bytes(), "report.html", &out)
	if err != nil || checked.Differed != 0 || checked.Answers != 15 {
		t.Errorf("%v, %v, %s", checked, err, &out)
	}
	tampered := strings.Replace(page, ">680<", ">690<", 1)
	if checked, err = estimate.CheckReport([]byte(tampered), "report.html", &out); err != nil || checked.Differed != 1 || !strings.Contains(out.String(), "what stands here is not what the numbers within make") {
		t.Errorf("a report that was edited: %v, %v, %s", checked, err, &out)
	}
	if _, err := estimate.CheckReport([]byte("<html>"), "page.html", &out); err == nil {
		t.Error("a page that is no report was checked")
	}
}

// A sum over strata is no better than its strata: their diagnostics and warnings
// stand in the report, and a bound is called one.
func TestReportOfStrata(t *testing.T) {
	var rows strings.Builder
	for i, row := range strings.Split(strings.TrimSpace(lists), "\n") {
		if i == 0 {
			fmt.Fprintln(&rows, row+",region")
			continue
		}
		fmt.Fprintf(&rows, "%s,coast\n%s,north\n", row, row)
	}
	settings := asked("chao")
	settings.By = []string{"region"}
	e, draws, err := estimate.Whole(settings, from(rows.String()), func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	more := asked("loglinear")
	more.By = settings.By
	if err := estimate.Add(&e, more, draws); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := estimate.Report(&out, e); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{">chao, a lower bound</th>", ">chao, a lower bound, region coast </th>", "in 2 of 2 strata, first in region coast: this is a lower bound", ">loglinear, region north </th>", "Model [1,2,3]"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
}

func TestWhatCanBePutForward(t *testing.T) {
	e, _ := whole(t, lists)
	draws := map[int]estimate.Draws{}
	if err := estimate.Add(&e, asked("all"), draws); err != nil { // run 5
		t.Fatal(err)
	}
	for _, test := range []struct {
		run     int
		methods string
		why     string
		want    string
	}{
		{5, "dga lcmcr", "they agree", ""},
		{5, "dga", "it is exact", ""},
		{1, "dga", "it is exact", "run 1 asked dga alone"},
		{2, "dga", "it is exact", "run 2 looks at how far"},
		{9, "dga", "it is exact", "want one from 1 to 5"},
		{5, "", "nothing", "say which answers"},
		{5, "rcapture", "it is known", "rcapture has no estimate in run 5"},
		{5, "dga dga", "twice", "said twice"},
		{5, "dga", " ", "say why"},
	} {
		err := estimate.Proposable(e, cairn.EstimateChoice{Run: test.run, Methods: strings.Fields(test.methods), Why: test.why})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("run %d, %q: %v, want %q", test.run, test.methods, err, test.want)
		}
	}
}

// The digest is of what is said, and not of who signed it.
func TestDigest(t *testing.T) {
	e, _ := whole(t, lists)
	digest := func() string {
		d, err := estimate.Digest(e)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	was := digest()
	e.Signatures = []cairn.Signature{{Who: "Ada"}}
	if digest() != was {
		t.Error("a signature changes what is signed")
	}
	e.Choice = &cairn.EstimateChoice{Run: 1, Methods: []string{"dga"}}
	if digest() == was {
		t.Error("what is put forward is not signed")
	}
}

// Drawn linkages are combined, in every kind of run, and never counted as many
// people.
func TestDrawnLinkages(t *testing.T) {
	var b strings.Builder
	b.WriteString("draw,hospital,press,families,count\n")
	for d := 1; d <= 4; d++ {
		fmt.Fprintf(&b, "%d,1,0,0,%d\n%d,0,1,0,180\n%d,0,0,1,120\n%d,1,1,0,%d\n%d,1,0,1,40\n%d,0,1,1,30\n%d,1,1,1,10\n", d, 240+d, d, d, d, 60-d, d, d, d)
	}
	e, _ := whole(t, b.String())
	if a := e.Runs[0].Answers[0]; a.Observed != 680 || a.Diagnostics.Linked == nil || e.Runs[0].Settings.Linkages != "draw" {
		t.Errorf("%+v", a)
	}
	o, err := estimate.OverlapsIn(e)
	if err != nil || o.Observed != 680 || o.Linkages != 4 {
		t.Errorf("%+v, %v", o, err)
	}
	var names []string
	for _, a := range e.Runs[1].Answers {
		names = append(names, a.Variant)
	}
	if got := strings.Join(names, "; "); !strings.Contains(got, "the drawn linkage with the fewest people; the drawn linkage with the most people") {
		t.Errorf("variants %s", got)
	}
	for _, s := range []struct {
		linkages string
		by       []string
		want     string
	}{{"draw", []string{"draw"}, "drawn linkages are no strata"}, {"dice", nil, "is no column"}} {
		a := asked("chao")
		a.Linkages, a.By = s.linkages, s.by
		if _, err := estimate.Of(a, from(b.String())); err == nil || !strings.Contains(err.Error(), s.want) {
			t.Errorf("--linkages %s --by %v: %v", s.linkages, s.by, err)
		}
	}
}

func TestPictures(t *testing.T) {
	e, _ := whole(t, lists)
	s, err := estimate.SheetOf(e)
	if err != nil {
		t.Fatal(err)
	}
	for name, picture := range map[string]string{"overlaps": string(s.Overlaps.Picture("x")), "answers": string(s.Picture("x", "refused")), "posterior": string(s.Posterior("dga", "x"))} {
		if !strings.HasPrefix(picture, "<svg") || strings.Contains(picture, "style=") || strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") || !strings.Contains(picture, `aria-label="x"`) {
			t.Errorf("%s: %.300s", name, picture)
		}
	}
	bars := []estimate.Bar{{Label: "a <b>", Interval: &cairn.Interval{Point: new(100.0), Low: new(90.0)}}, {Label: "none", Refused: "refused"}}
	if p := string(estimate.Intervals("x", bars, 50)); !strings.Contains(p, "a &lt;b&gt;") || !strings.Contains(p, "<path") || !strings.Contains(p, "refused") {
		t.Errorf("%s", p)
	}
}

func ExampleOf() {
	o, err := estimate.Of(cairn.EstimateSettings{Method: "chao", Criterion: "bic", MaxMissing: "5n", Grid: "all", Threshold: 0.02, Tables: 200, Seed: 1},
		estimate.Source{Content: []byte("hospital,press,count\n1,0,50\n0,1,40\n1,1,20\n"), Name: "lists.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	o.Write(os.Stdout)
	// Output:
	// chao: 2 lists, 110 observed
	//   observed and unobserved together 210 (164 to 296, 95 %)
	//   unobserved 100 (54 to 186, 95 %)
	//   warning: this is a lower bound and no estimate: the population is at least about this; say "at least" with it
	//   warning: two lists cannot show whether one draws on the other or avoids it; the bound holds unless one avoids the other; find a third list
}

func FuzzReadDraws(f *testing.F) {
	f.Add("method,draw,population\ndga,1,10\ndga,2,11\nlcmcr,1,9.5\n")
	f.Add("method,sex,draw,population\ndga,,1,10\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := estimate.ReadDraws(strings.NewReader(text))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := d.CSV(&first); err != nil {
			t.Fatal(err)
		}
		again, err := estimate.ReadDraws(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatalf("%q reads, but what it writes does not: %v", text, err)
		}
		if again.CSV(&second); first.String() != second.String() {
			t.Errorf("%q: %q, then %q", text, &first, &second)
		}
	})
}
