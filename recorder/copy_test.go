package recorder

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/archive/archivetest"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// emptyPlace returns the settings of a record in an empty folder of its own.
func emptyPlace(t testing.TB, database string) Settings {
	folder := filepath.Join(t.TempDir(), "copy")
	return Settings{Data: folder, Database: database, Project: "tarn", Who: "Ana", Now: func() time.Time { return noon }}
}

// inBucket returns the settings of a record whose archive is in an empty bucket.
func inBucket(t testing.TB, b archivetest.Bucket) Settings {
	s := emptyPlace(t, "")
	s.Archive, s.Keys = b.Where, archive.Keys{Access: b.Access, Secret: b.Secret}
	return s
}

func copyRecord(t testing.TB, from, to Settings, recipients ...string) Copied {
	t.Helper()
	copied, err := Copy(ctx, from, to, CopyOptions{Recipients: recipients, Report: func(f Fault) { t.Error(f) }, Progress: func(string, int) {}})
	if err != nil {
		t.Fatal(err)
	}
	if found := faultsAt(t, to); found != "" {
		t.Errorf("the copy has faults:\n%s", found)
	}
	return copied
}

// faultsAt checks the record at s, as `cairn verify` does.
func faultsAt(t testing.TB, s Settings) string {
	t.Helper()
	var all []string
	checked, err := Verify(ctx, s, nil, func(f Fault) { all = append(all, f.String()) })
	if err != nil || checked.Items == 0 {
		t.Fatalf("%+v checked, %v", checked, err)
	}
	return strings.Join(all, "\n")
}

// exportsOf returns every file of every format that is written without a clock, by
// name.
func exportsOf(t testing.TB, s Settings) map[string]string {
	t.Helper()
	r, err := OpenView(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	all := map[string]string{}
	for _, format := range []Format{JSONL, CSV, GeoJSON, HXL, Parquet} {
		dir := t.TempDir()
		names, err := Export(ctx, r.View(), Query{Project: "tarn"}, format, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			all[string(format)+"/"+name] = string(content)
		}
	}
	path := filepath.Join(t.TempDir(), "out.wacz")
	if _, err := r.ExportWACZ(ctx, Query{Project: "tarn"}, path); err != nil {
		t.Fatal(err)
	}
	wacz, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all["wacz"] = string(wacz)
	return all
}

// worked is a record on which somebody has worked: reports, a signature, an undone
// judgement, a document that was taken out, and a log that was signed.
func worked(t testing.TB) Settings {
	t.Helper()
	r := local(t)
	bring(t, r, reports)
	if _, err := r.Sign(ctx, "T1", "read both"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Remove(ctx, "selm", "at a family's wish", "a court"); err != nil {
		t.Fatal(err)
	}
	if err := r.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return r.settings
}

func TestExportsOfACopyAreTheSameBytes(t *testing.T) {
	from := worked(t)
	want := exportsOf(t, from)
	desk, deskPublic, err := archive.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	postgres, back := emptyPlace(t, storetest.Postgres(t)), emptyPlace(t, "")
	sealed := emptyPlace(t, storetest.SQLite(t))
	sealed.Keys.Identities = desk
	bucket := inBucket(t, archivetest.Fake(t))
	root := ""
	last := from
	for _, step := range []struct {
		name       string
		to         Settings
		recipients []string
	}{{"to PostgreSQL", postgres, nil}, {"to SQLite with an encrypted archive", sealed, []string{deskPublic}}, {"to a bucket", bucket, nil}, {"back to a folder", back, nil}} {
		if step.recipients == nil {
			step.to.Keys.Identities = desk
		}
		last.Keys.Identities = desk
		copied := copyRecord(t, last, step.to, step.recipients...)
		if root = max(root, copied.Root); copied.Root != root || copied.Acts == 0 || copied.Files == 0 || copied.Rows == 0 {
			t.Errorf("%s: %+v, want the root %s", step.name, copied, root)
		}
		got := exportsOf(t, step.to)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s: %s is not the same bytes", step.name, name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d files, want %d", step.name, len(got), len(want))
		}
		last = step.to
	}
}

func TestACopyIsWorkedOnAndTheOriginalIsNot(t *testing.T) {
	from, to := worked(t), emptyPlace(t, "")
	copyRecord(t, from, to)
	r, err := Open(ctx, to)
	if err != nil {
		t.Fatal(err)
	}
	bring(t, r, `{"id":"later","source":"Tarn Wire","published":"2031-05-20","language":"en","text":"Three people were killed when a shell hit Selm Bridge on 19 May 2031."}`+"\n")
	if err := r.Close(); err != nil { // which signs the log with the key that came along
		t.Fatal(err)
	}
	if found := faultsAt(t, to); found != "" {
		t.Errorf("the copy, worked on, has faults:\n%s", found)
	}
	_, err = Copy(ctx, from, to, CopyOptions{Report: func(Fault) {}, Progress: func(string, int) {}})
	if !errors.Is(err, cairn.ErrConflict) {
		t.Errorf("copied over it once more: %v, want a conflict", err)
	}
	if found := faultsAt(t, to); found != "" {
		t.Errorf("what was refused changed the copy:\n%s", found)
	}
}

func TestACopyOfALiveRecordFollowsIt(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	to := emptyPlace(t, "")
	first := copyRecord(t, r.settings, to) // the record is open, and its last acts are not signed yet
	bring(t, r, `{"id":"later","source":"Tarn Wire","published":"2031-05-20","language":"en","text":"Three people were killed when a shell hit Selm Bridge on 19 May 2031."}`+"\n")
	if err := r.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	second := copyRecord(t, r.settings, to)
	if second.Acts <= first.Acts || second.There == 0 || second.Files == 0 || second.Files > 3 {
		t.Errorf("first %+v, then %+v", first, second)
	}
	if got, want := asJSON(t, exportsOf(t, to)), asJSON(t, exportsOf(t, r.settings)); got != want {
		t.Error("the copy does not say what the record says")
	}
}

func TestCopyRefuses(t *testing.T) {
	from := worked(t)
	littered := emptyPlace(t, "")
	if err := errors.Join(os.MkdirAll(littered.Data, 0o700), os.WriteFile(filepath.Join(littered.Data, "notes.txt"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	another, strange := worked(t), emptyPlace(t, "")
	if err := errors.Join(os.MkdirAll(strange.log(), 0o700), os.WriteFile(filepath.Join(strange.log(), publicFile), []byte("another key\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	inside := emptyPlace(t, "")
	inside.Archive = from.Archive
	empty := emptyPlace(t, "")
	locked := emptyPlace(t, "")
	for _, test := range []struct {
		name       string
		from, to   Settings
		recipients []string
		want       string
	}{
		{"the record itself", from, from, nil, "is the record itself"},
		{"the archive of the record", from, inside, nil, "is the record itself"},
		{"a folder with other things in it", from, littered, nil, "holds notes.txt"},
		{"another record", from, another, nil, "changed meanwhile"},
		{"the log of another record", from, strange, nil, "log of another record"},
		{"a record that is not there", empty, emptyPlace(t, ""), nil, "not found"},
		{"recipients of whom no key is here", from, locked, []string{"age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"}, "no key at hand opens it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := filesIn(t, test.to)
			_, err := Copy(ctx, test.from, test.to, CopyOptions{Recipients: test.recipients, Report: func(Fault) {}, Progress: func(string, int) {}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Copy = %v, want %q", err, test.want)
			}
			if after := filesIn(t, test.to); test.name != "recipients of whom no key is here" && !slices.Equal(after, before) {
				t.Errorf("there was %v, and now is %v", before, after)
			}
		})
	}
}

// filesIn returns what lies in a folder of a record and is no side file.
func filesIn(t testing.TB, s Settings) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(s.Data, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), databaseFile+"-") {
			all = append(all, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestARecordWithItsArchiveInABucket walks reports into one, and has the whole of
// cairn over it: verify, a dossier, a web archive, what is taken out.
func TestARecordWithItsArchiveInABucket(t *testing.T) {
	archivetest.Each(t, func(t *testing.T, b archivetest.Bucket) {
		s := inBucket(t, b)
		r, err := Open(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.PutProject(ctx, invented(), ""); err != nil {
			t.Fatal(err)
		}
		if sum := bring(t, r, reports); sum.Taken != 4 {
			t.Fatalf("%+v", sum)
		}
		if found := faults(t, r); found != "" {
			t.Errorf("a new record has faults:\n%s", found)
		}
		if _, found := checked(dossierOf(t, r, "T1", dossier.Staff), ""); len(found) > 0 {
			t.Errorf("the dossier: %v", found)
		}
		if _, err := r.ExportWACZ(ctx, Query{Project: "tarn"}, filepath.Join(t.TempDir(), "out.wacz")); err != nil {
			t.Error(err)
		}
		wire, err := r.View().Document(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		digits := strings.TrimPrefix(string(wire.Ref), "sha256-")
		name := "sha256/" + digits[:2] + "/" + digits
		b.Write(t, name, []byte("another text"))
		if got, want := faults(t, r), "damaged bytes "+string(wire.Ref)+" s3://evidence/valley/"+name; !strings.Contains(got, want) {
			t.Errorf("the faults are %s, want %q", got, want)
		}
	})
}

func TestABucketNeedsAFolderForTheLog(t *testing.T) {
	s := inBucket(t, archivetest.Fake(t))
	s.Database, s.Data = storetest.SQLite(t), ""
	_, err := Open(ctx, s)
	wantInvalid(t, err, "needs a folder for its log")
}

func TestCopiedAsJSON(t *testing.T) {
	text, err := json.Marshal(Copied{Acts: 2, Root: "r", Files: 3})
	if want := `{"acts":2,"root":"r","files":3,"bytes":0,"rows":0,"there":0}`; err != nil || string(text) != want {
		t.Errorf("%s, %v; want %s", text, err, want)
	}
}
