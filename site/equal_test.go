package site

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/demo"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// example is the record of an example of package demo, published whole.
func example(t testing.TB, name string) *recorder.Recorder {
	t.Helper()
	e, err := demo.Named(name)
	must(t, err)
	settings := recorder.Settings{Data: t.TempDir(), Project: e.Project.Name, Who: "Ana", Now: func() time.Time { return noon }}
	settings.Collect.Files = e.Files
	r, err := recorder.Open(ctx, settings)
	must(t, err)
	t.Cleanup(func() { r.Close() })
	must(t, r.PutProject(ctx, e.Project, ""))
	targets, err := e.Targets()
	must(t, err)
	if e.As == "" {
		_, err = r.Import(ctx, targets, cairn.Given{}, recorder.Progress{})
	} else {
		_, err = r.ImportRows(ctx, targets, recorder.Rows{As: e.As}, recorder.Progress{})
	}
	must(t, err)
	all, err := r.View().Incidents(ctx, store.Filter{Project: e.Project.Name, Unsigned: true})
	must(t, err)
	for _, i := range all {
		if i.Incident.Elsewhere != nil {
			_, err := r.Adopt(ctx, i.Incident.Elsewhere.Recorder, "")
			must(t, err)
			break
		}
		_, err := r.Sign(ctx, i.Incident.Code, "")
		must(t, err)
	}
	return r
}

// random is a selection that somebody could ask for, and the same as a query of
// the record.
func random(chance *rand.Rand, x *index) (url.Values, recorder.Query) {
	q, asked := url.Values{}, recorder.Query{Project: x.release.Project, Stage: store.Published}
	if chance.IntN(2) == 0 {
		l := x.listings[chance.IntN(len(x.listings))]
		if l.When.From.Known() {
			asked.From = l.When.From[:min(len(l.When.From), []int{4, 7, 10}[chance.IntN(3)])]
			q.Set("from", string(asked.From))
		}
	}
	if chance.IntN(2) == 0 {
		l := x.listings[chance.IntN(len(x.listings))]
		if l.When.From.Known() {
			asked.To = l.When.From[:min(len(l.When.From), []int{4, 7, 10}[chance.IntN(3)])]
			q.Set("to", string(asked.To))
		}
	}
	if chance.IntN(2) == 0 {
		if l := x.listings[chance.IntN(len(x.listings))]; l.Place.ID != "" {
			asked.Place = l.Place.ID
			q.Set("place", asked.Place)
		}
	}
	switch chance.IntN(3) {
	case 0:
		asked.Grades = cairn.Grades
		q.Set("grade", "all")
	case 1:
		for _, g := range cairn.Grades {
			if chance.IntN(2) == 0 {
				asked.Grades = append(asked.Grades, g)
				q.Add("grade", string(g))
			}
		}
	}
	if by := append([]total.By{total.Whole}, total.Groupings...)[chance.IntN(len(total.Groupings)+1)]; by != total.Whole {
		asked.By = string(by)
		q.Set("by", asked.By)
	}
	return q, asked
}

// lines writes the rows of a total, in an order that does not depend on who added
// them up.
func lines(answer recorder.Answer) []string {
	var all []string
	for _, r := range answer.Rows {
		bound := func(b cairn.Bound) int {
			if !b.Known {
				return -1
			}
			return b.N
		}
		all = append(all, fmt.Sprintf("%s|%s|%s|%d|%d|%t|%d|%d|%s", string(r.By), r.Harm, r.Class, bound(r.Min), bound(r.Max), r.Open, r.Incidents, r.Unknown, strings.Join(r.Codes, ",")))
	}
	for grade, n := range answer.Excluded {
		all = append(all, fmt.Sprintf("excluded %s %d", grade, n))
	}
	slices.Sort(all)
	return all
}

const inBrowser = `((queries) => { const all = window.cairnOpen(window.cairnRelease); return JSON.stringify(queries.map((q) => { const a = window.cairnTotal(window.cairnRelease, all, window.cairnSelection(q));
	return [...a.rows.map((r) => [r.by, r.harm, r.class, r.min, r.max, r.open, r.incidents, r.unknown, r.codes.join(",")].join("|")), ...Object.entries(a.excluded).map(([g, n]) => "excluded " + g + " " + n)]; })); })(%s)`

// TestTheBrowserAddsUpAsTheRecordDoes holds 1,000 random selections of two records
// against what cairn total answers.
func TestTheBrowserAddsUpAsTheRecordDoes(t *testing.T) {
	in := browser(t)
	counted := 0
	for _, name := range []string{"valley", "raqqa"} {
		record := example(t, name)
		if name == "valley" {
			codes, err := record.View().Incidents(ctx, store.Filter{Project: record.Project().Name, Stage: store.Signed, Grades: []cairn.Grade{cairn.Fair}})
			must(t, err)
			_, err = record.Relate(ctx, cairn.Related{As: cairn.OverlappingToll, Incidents: []string{codes[0].Incident.Code, codes[1].Incident.Code}, Toll: map[string]cairn.Range{"killed": cairn.Exactly(9)}}, "one list names both")
			must(t, err)
		}
		_, err := record.Publish(ctx, "")
		must(t, err)
		x, err := pages(t, record, Settings{}).index(ctx)
		must(t, err)
		chance := rand.New(rand.NewPCG(7, uint64(len(name))))
		var queries []string
		var wanted [][]string
		for range 500 {
			q, asked := random(chance, x)
			queries = append(queries, "?"+q.Encode())
			answer, err := recorder.Total(ctx, record.View(), asked)
			must(t, err)
			wanted = append(wanted, lines(answer))
			s, _ := selectionOf(q)
			if got := lines(s.total(x)); !slices.Equal(got, wanted[len(wanted)-1]) {
				t.Fatalf("%s%s: the server adds up to\n%s\nthe record to\n%s", name, queries[len(queries)-1], strings.Join(got, "\n"), strings.Join(wanted[len(wanted)-1], "\n"))
			}
		}
		dir, err := filepath.Abs(written(t, record))
		must(t, err)
		r := open(t, in, "file://"+dir+"/")
		r.visit("en/totals.html")
		r.until(`document.documentElement.dataset.explored === "1"`)
		list, err := json.Marshal(queries)
		must(t, err)
		var got [][]string
		must(t, json.Unmarshal([]byte(ask[string](r, fmt.Sprintf(inBrowser, list))), &got))
		for i, want := range wanted {
			slices.Sort(got[i])
			if !slices.Equal(got[i], want) {
				t.Fatalf("%s%s: the browser adds up to\n%s\nthe record to\n%s", name, queries[i], strings.Join(got[i], "\n"), strings.Join(want, "\n"))
			}
			if len(want) > 3 {
				counted++
			}
		}
	}
	if counted < 300 {
		t.Errorf("only %d selections have something in them", counted)
	}
}
