package site

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/recorder"
)

// computed is an estimate of invented lists, with the draws of its run.
var computed = sync.OnceValues(func() (cairn.Estimate, map[int]estimate.Draws) {
	asked := cairn.EstimateSettings{Method: "all", Criterion: "bic", MaxMissing: "5n", Grid: "200", Threshold: 0.02, By: []string{"sex"}, Tables: 20, Seed: 1}
	from := estimate.Source{Name: "lists", Content: []byte("register,press,families,sex,count\n1,0,0,man,130\n0,1,0,man,90\n0,0,1,man,60\n1,1,0,man,30\n1,0,1,man,20\n0,1,1,man,15\n1,1,1,man,5\n" +
		"1,0,0,woman,110\n0,1,0,woman,90\n0,0,1,woman,60\n1,1,0,woman,30\n1,0,1,woman,20\n0,1,1,woman,15\n1,1,1,woman,5\n")}
	draws := map[int]estimate.Draws{}
	e, err := estimate.Begin(asked, from)
	for _, run := range []func(*cairn.EstimateSettings){
		func(*cairn.EstimateSettings) {},
		func(s *cairn.EstimateSettings) { s.Method, s.By, s.Sensitivity = "chao", nil, true },
		func(s *cairn.EstimateSettings) { s.Method, s.By, s.Consistency = "chao", nil, true },
	} {
		settings := asked
		run(&settings)
		if err == nil {
			err = estimate.Add(&e, settings, draws)
		}
	}
	if err != nil {
		panic(err)
	}
	return e, draws
})

// keptEstimate keeps an estimate with a title.
func keptEstimate(t testing.TB, r *recorder.Recorder, title string) cairn.Estimate {
	t.Helper()
	e, draws := computed()
	e.Runs = append([]cairn.EstimateRun{}, e.Runs...)
	e.Title, e.From = title, "/home/staff/secret-file-name.csv"
	e.About = cairn.EstimateSubject{Class: cairn.Civilian, Direct: "direct", Named: true, Place: "Orvane", When: cairn.Period{From: "2031-05", To: "2031-06"}, Words: "Tamsin Orrelby and others of the town"}
	texts := map[int]string{}
	for n, d := range draws {
		var text bytes.Buffer
		must(t, d.CSV(&text))
		texts[n] = text.String()
	}
	e, err := r.KeepEstimate(ctx, e, texts, "reason that stays inside")
	must(t, err)
	return e
}

// signedEstimate keeps an estimate that two people sign, and one that only one does.
func signedEstimate(t testing.TB, r *recorder.Recorder) {
	t.Helper()
	for title, signers := range map[string][]string{"Civilians killed in Orvane whom no list names": {"Staffa Inward", "Staffa Outward"}, "Drafted headline of an estimate": {"Staffa Inward"}} {
		e := keptEstimate(t, r, title)
		_, err := r.ProposeEstimate(ctx, e.ID, cairn.EstimateChoice{Run: 1, Methods: []string{"dga", "lcmcr"}, Why: "Staffa Inward holds that both allow for lists that depend"})
		must(t, err)
		for _, who := range signers {
			_, err := r.As(who).SignEstimate(ctx, e.ID, "", "reason that stays inside")
			must(t, err)
		}
	}
}

// publishedEstimate is the one estimate of a release.
func publishedEstimate(t testing.TB, r *recorder.Recorder, release int) cairn.PublishedEstimate {
	t.Helper()
	all, err := r.Public().Estimates(ctx, release)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d estimates are published", len(all))
	}
	return all[0]
}

func TestAnEstimateIsPublishedOnceTwoSigned(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	e := publishedEstimate(t, r, 0)
	page := "/estimates/" + slugOf(e.ID)
	for _, tag := range []string{"en", "ar", "uk"} {
		got := body(t, s, "/"+tag+page+".html")
		for _, want := range []string{"Civilians killed in Orvane whom no list names", s.tongues[tag].say("estimate.three"), s.tongues[tag].say("estimate.documented"), s.tongues[tag].say("estimate.undocumented"), s.tongues[tag].say("estimator.coverage"), "<svg", s.tongues[tag].number(700), "It assumes:"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the page does not say %q", tag, want)
			}
		}
		if list := body(t, s, "/"+tag+"/estimates.html"); !strings.Contains(list, "whom no list names") || strings.Contains(list, "Drafted headline") {
			t.Errorf("%s: the estimates are not those that two people signed", tag)
		}
	}
	if front := body(t, s, "/en/index.html"); !strings.Contains(front, `href="en/estimates.html"`) && !strings.Contains(front, `href="../en/estimates.html"`) {
		t.Error("no page leads to the estimates")
	}
	var twin cairn.PublishedEstimate
	must(t, json.Unmarshal([]byte(body(t, s, page+".json")), &twin))
	if len(twin.Runs) != 3 || twin.Signed != 2 || twin.Runs[0].Who != "" || !strings.Contains(twin.Choice.Why, cairn.Masked) {
		t.Errorf("the twin says %+v", twin.Choice)
	}
	var out bytes.Buffer
	checked, err := estimate.CheckEstimate(cairn.Estimate{ID: twin.ID, Histories: twin.Histories, Columns: twin.Columns, Lists: twin.Lists, Runs: twin.Runs}, &out)
	if err != nil || checked.Differed != 0 || checked.Numbers == 0 {
		t.Errorf("the twin computed again: %v, %v, %s", checked, err, &out)
	}
	if csv := body(t, s, page+"-histories.csv"); !strings.HasPrefix(csv, "sex,register,press,families,count\n") {
		t.Errorf("%.60q", csv)
	}
	if csv := body(t, s, page+"-draws.csv"); !strings.HasPrefix(csv, "method,sex,draw,population\n") {
		t.Errorf("%.60q", csv)
	}
	if columns := body(t, s, page+"-draws.parquet"); !strings.HasPrefix(columns, "PAR1") {
		t.Errorf("%.60q", columns)
	}
	for _, path := range []string{"/estimates/e999.json", page + ".html", page + "-draws.xlsx"} {
		if got := get(t, s, path); got.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got.Code)
		}
	}
	for _, path := range []string{"/en/totals.html", "/data/totals.json", "/data/incidents.csv"} {
		if strings.Contains(body(t, s, path), "whom no list names") {
			t.Errorf("%s has the estimate: it is no count", path)
		}
	}
}

// What is withdrawn stays where it is cited, and says so, in every release.
func TestAWithdrawnEstimateSaysSo(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	e := publishedEstimate(t, r, 0)
	page := "/estimates/" + slugOf(e.ID) + ".html"
	withdrawn := s.tongues["en"].say("estimate.withdrawn")
	if strings.Contains(body(t, s, "/en"+page), withdrawn) || strings.Contains(body(t, s, "/r/1/en"+page), withdrawn) {
		t.Error("it is withdrawn already")
	}
	if _, err := r.WithdrawEstimate(ctx, e.ID, "a list was read twice, says Tamsin Orrelby"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(body(t, s, "/en"+page), withdrawn) {
		t.Error("a draft has left the desk")
	}
	_, err := r.Publish(ctx, "")
	must(t, err)
	for _, path := range []string{"/en" + page, "/r/1/en" + page} {
		got := body(t, s, path)
		if !strings.Contains(got, withdrawn) || !strings.Contains(got, "a list was read twice") || strings.Contains(got, "Orrelby") {
			t.Errorf("%s does not say that it is withdrawn", path)
		}
	}
	if strings.Contains(body(t, s, "/en/estimates.html"), s.tongues["en"].say("estimate.documented")) {
		t.Error("the numbers of what is withdrawn stand among the others")
	}
}
