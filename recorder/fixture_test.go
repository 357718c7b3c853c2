package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/store/storetest"
)

var ctx = context.Background()

// noon is when everything happens in these tests.
var noon = time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC)

// The towns of these tests are invented and come with the project.
var towns = []cairn.Place{
	{ID: "project:orvane", Name: "Orvane", Country: "XA", Accuracy: cairn.City, Point: &cairn.Point{Lat: 40, Lon: 50}},
	{ID: "project:selm", Name: "Selm Bridge", Country: "XA", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 41, Lon: 51}},
}

// invented is the project of these tests.
func invented() cairn.Project {
	return cairn.Project{Name: "tarn", Title: "Tarn", Policy: "airwars/1", Prefix: "T", Places: towns,
		Parties: []cairn.Belligerent{{ID: "air", Name: "Tarn Air Force", Aliases: []string{"the air force"}}}}
}

// each runs test with an empty record of the invented project, on each engine.
func each(t *testing.T, test func(t *testing.T, r *Recorder)) {
	t.Helper()
	storetest.EachPlace(t, func(t *testing.T, where string) { test(t, at(t, where, t.TempDir())) })
}

// at opens a record of the invented project.
func at(t testing.TB, database, folder string) *Recorder {
	t.Helper()
	r, err := Open(ctx, Settings{Database: database, Data: folder, Archive: filepath.Join(folder, "archive"), Project: "tarn", Who: "Ana", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if r.Project().Title == "" {
		if err := r.PutProject(ctx, invented(), "to begin with"); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// local is a record in a folder of its own.
func local(t testing.TB) *Recorder {
	t.Helper()
	folder := t.TempDir()
	return at(t, filepath.Join(folder, "cairn.db"), folder)
}

// reports are invented documents of the contract, one a line.
const reports = `{"id":"wire","source":"Tarn Wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on Orvane on 3 May 2031, the mayor said. The air force carried out the strike."}
{"id":"herald","source":"Orvane Herald","published":"2031-05-05","language":"en","text":"Doctors in Orvane counted nine dead after the airstrike of 3 May 2031. At least 12 people were injured."}
{"id":"selm","source":"Orvane Herald","published":"2031-05-12","language":"en","text":"Two civilians were killed when a shell hit Selm Bridge on 11 May 2031."}
{"id":"toll","source":"Tarn Wire","published":"2031-05-30","language":"en","text":"At least 1,300 civilians have been killed in Orvane since January 2031, monitors said."}
`

// bring imports text as a file of JSON Lines.
func bring(t testing.TB, r *Recorder, text string) Summary {
	t.Helper()
	sum, err := r.Import(ctx, []string{file(t, "reports.jsonl", text)}, cairn.Given{}, Progress{Fault: func(err error) { t.Errorf("fault: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sums writes the total of q in short: "killed civilian 7–9 of 1; …".
func sums(t testing.TB, r *Recorder, q Query) string {
	t.Helper()
	q.Project = r.Project().Name
	a, err := Total(ctx, r.View(), q)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, row := range a.Rows {
		s := fmt.Sprintf("%s %s %s of %d", row.Harm, row.Class, row.Range(), row.Incidents)
		if row.By != "" {
			s = string(row.By) + ": " + s
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

// everything writes what is recorded as JSON, without the times and numbers of
// acts.
func everything(t testing.TB, r *Recorder) string {
	t.Helper()
	dir := t.TempDir()
	names, err := Export(ctx, r.View(), Query{Project: r.Project().Name, Grades: nil}, JSONL, dir)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func wantInvalid(t testing.TB, err error, says string) {
	t.Helper()
	if !errors.As(err, new(cairn.Invalid)) || !strings.Contains(err.Error(), says) {
		t.Errorf("the error is %v, want one that says %q", err, says)
	}
}

// collected is what an import of path would bring in.
func collected(r *Recorder, path string) iter.Seq2[collect.Item, error] {
	return collect.All(ctx, r.settings.Collect, path)
}
