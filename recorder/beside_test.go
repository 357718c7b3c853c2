package recorder

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// database is an invented recorder's database of several tables, in a folder.
func database(t *testing.T, tables map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range tables {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var wholeDatabase = map[string]string{
	"incidents.csv": "code,date,place,lat,lon,civilians_killed_min,civilians_killed_max,grading,narrative,former_codes,first_published\n" +
		"W1,2031-05-03,Orvane,40,50,7,9,fair,A market was hit.,W0; W00,2031-05-10\nW2,2031-05-11,Selm Bridge,41,51,2,2,weak,,,\n",
	"positions.csv": "code,belligerent,assessment,deaths_conceded_min,deaths_conceded_max,statement\nW1,Tarn Air Force,credible,1,2,We regret it.\nW2,Tarn Air Force,not assessed,,,\nW9,Tarn Air Force,credible,1,1,\nW2,Tarn Air Force,perhaps,,,\n",
	"sources.csv":   "code,source,title,url,archive_url,published,language\nW1,Tarn Wire,Market hit,https://wire.example/1,https://archive.example/1,2031-05-04,en\nW1,Orvane Herald,,https://herald.example/2,,2031-05-05,en\nW2,Orvane Herald,,https://herald.example/3,,,en\n,Orvane Herald,,https://herald.example/4,,,en\n",
	"victims.csv":   "code,name,age,sex\nW1,Sami Odeh,34,m\nW1,Lina Odeh,6,f\n",
}

func TestARecordersDatabaseComesOverWhole(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		var faults []string
		sum, err := r.ImportRows(ctx, []string{database(t, wholeDatabase)}, Rows{As: "csv", Of: "Watch"}, Progress{Fault: func(err error) { faults = append(faults, err.Error()) }})
		if err != nil {
			t.Fatal(err)
		}
		if sum.Incidents != 2 || sum.Problems != 3 {
			t.Errorf("the import is %+v with %q, want 2 incidents and 3 problems", sum, faults)
		}
		for _, want := range []string{"W9: is the code of no incident of Watch", "positions.csv:5: assessment: want one of", "sources.csv:5: code: is blank"} {
			if !strings.Contains(strings.Join(faults, "\n"), want) {
				t.Errorf("faults are %q, want one that says %q", faults, want)
			}
		}
		i, err := r.View().Incident(ctx, "tarn", "W1")
		if err != nil {
			t.Fatal(err)
		}
		from := i.Elsewhere
		if from.Narrative != "A market was hit." || from.Published != "2031-05-10" || len(from.Sources) != 2 || from.Sources[0].Archived != "https://archive.example/1" || fmt.Sprint(i.Former) != "[W0 W00]" {
			t.Errorf("the incident is %+v, formerly %v", from, i.Former)
		}
		a, err := r.View().Assessment(ctx, "tarn", "W1")
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Positions) != 1 || a.Positions[0].Conceded["killed"].String() != "1–2" || a.Grade != "fair" {
			t.Errorf("positions are %+v and the grade %s; the recorder's own grade stands", a.Positions, a.Grade)
		}
		lists, err := r.Lists(ctx)
		if err != nil || len(lists) != 1 || lists[0].ID != "watch-victims" || lists[0].Releases[0].Rows != 2 {
			t.Errorf("lists are %+v, %v", lists, err)
		}
	})
}

// TestADatabaseGoesOutAndComesBack writes a generated database of incidents with
// their sources out as tables and takes these in again: nothing is lost.
func TestADatabaseGoesOutAndComesBack(t *testing.T) {
	incidents, sources := 400, 2500
	if os.Getenv("CAIRN_SOAK") != "" {
		incidents, sources = 8000, 50000
	}
	var rows, cited strings.Builder
	rows.WriteString("code,date,place,lat,lon,civilians_killed_min,civilians_killed_max,civilians_injured_min,civilians_injured_max,grading,narrative\n")
	for i := range incidents {
		fmt.Fprintf(&rows, "W%d,2031-%02d-%02d,Orvane,40,50,%d,%d,%d,%d,fair,\"The %dth, told in words.\"\n", i+1, i%12+1, i%28+1, i%7, i%7+i%3, i%5, i%5+1, i+1)
	}
	cited.WriteString("code,source,title,url,archive_url,published,language\n")
	for i := range sources {
		fmt.Fprintf(&cited, "W%d,Source %d,Title %d,https://s%d.example/%d,https://archive.example/%d,2031-06-%02d,en\n", i%incidents+1, i%90, i, i%90, i, i, i%28+1)
	}
	first, second := local(t), local(t)
	take := func(r *Recorder, as, dir string) {
		if sum, err := r.ImportRows(ctx, []string{dir}, Rows{As: as, Of: "Watch"}, Progress{Fault: func(err error) { t.Error(err) }}); err != nil || sum.Problems > 0 {
			t.Fatalf("the import is %+v, %v", sum, err)
		}
	}
	out := func(r *Recorder) map[string]string {
		dir := t.TempDir()
		if _, err := Export(ctx, r.View(), Query{Project: "tarn"}, CSV, dir); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, name := range []string{"incidents.csv", "sources.csv"} {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			got[name] = string(text)
		}
		return got
	}
	take(first, "csv", database(t, map[string]string{"incidents.csv": rows.String(), "sources.csv": cited.String()}))
	went := out(first)
	take(second, "cairn", database(t, went))
	for name, came := range out(second) {
		if came != went[name] {
			t.Errorf("%s is not as it went out: %s", name, firstDifference(went[name], came))
		}
	}
	if n := strings.Count(went["sources.csv"], "\n") - 1; n != sources {
		t.Errorf("%d sources went out, want %d", n, sources)
	}
}
