package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cairn-recorder/cairn/archive/archivetest"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// TestScriptsOnABucket runs the scripts of commands that meet the archive once
// more, with the archive in a bucket.
func TestScriptsOnABucket(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files: []string{"testdata/script/import_containers.txtar", "testdata/script/total.txtar", "testdata/script/redo.txtar", "testdata/script/dossier.txtar", "testdata/script/publish.txtar",
			"testdata/script/capture.txtar", "testdata/script/watch.txtar", "testdata/script/places.txtar", "testdata/script/lists.txtar", "testdata/script/demo.txtar"},
		Setup: func(e *testscript.Env) error {
			b := archivetest.Fake(t)
			e.Setenv("CAIRN_ARCHIVE", b.Where)
			e.Setenv("AWS_ACCESS_KEY_ID", b.Access)
			e.Setenv("AWS_SECRET_ACCESS_KEY", b.Secret)
			return replayed(e)
		},
		Cmds: ofArchives,
	})
}

// ofArchives are what the scripts of archives do beside running cairn.
var ofArchives = map[string]func(*testscript.TestScript, bool, []string){
	"spoil":   spoil,
	"fill":    fill,
	"mode":    mode,
	"grepall": grepAll,
}

// spoil changes the first bytes that are kept in an archive.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "sha256", "*", strings.Repeat("?", 64)))
	ts.Check(err)
	ts.Check(os.Chmod(found[0], 0o600))
	ts.Check(os.WriteFile(found[0], []byte("something else"), 0o600))
}

// fill sets a variable to the last public key in a file.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	name := args[1]
	if _, err := os.Stat(ts.MkAbs(name)); err != nil {
		name += ".key"
	}
	text := ts.ReadFile(name)
	ts.Setenv(args[0], strings.Fields(text[strings.LastIndex(text, "age1"):])[0])
}

// mode fails where others can read a file.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if info.Mode().Perm() != 0o600 {
		ts.Fatalf("%s has the mode %v", args[0], info.Mode())
	}
}

// grepAll looks for words in every file of a folder.
func grepAll(ts *testscript.TestScript, neg bool, args []string) {
	found := false
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, []byte(args[1]))
		return err
	}))
	if found == neg {
		ts.Fatalf("%q is in %s: %v", args[1], args[0], found)
	}
}

// TestACopyThatIsKilled kills a copy again and again and lets the last one end, to
// a folder and to PostgreSQL: what is left is the record, to the byte.
func TestACopyThatIsKilled(t *testing.T) {
	dir := t.TempDir()
	input, record := filepath.Join(dir, "reports.jsonl"), filepath.Join(dir, "record")
	if err := os.WriteFile(input, []byte(strikes(600)), 0o600); err != nil {
		t.Fatal(err)
	}
	cairnRuns(t, "import", "--data", record, input)
	cairnRuns(t, "export", "--data", record, "--format", "jsonl", filepath.Join(dir, "want"))
	begun := time.Now()
	cairnRuns(t, "copy", "--data", record, "--to", filepath.Join(dir, "whole"))
	took := time.Since(begun)
	for name, place := range map[string]func(to string) []string{
		"folder":   func(to string) []string { return []string{"--to", to} },
		"postgres": func(to string) []string { return []string{"--to", to, "--to-database", storetest.Postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "copy")
			args := append([]string{"copy", "--data", record}, place(to)...)
			const kills = 4
			for k := range kills {
				cmd := exec.Command("cairn", args...)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(took * time.Duration(k+1) / (kills + 2))
				_ = cmd.Process.Kill() // it may have ended by itself
				_ = cmd.Wait()
			}
			if out := cairnRuns(t, args...); !strings.Contains(out, ", 0 faults") {
				t.Errorf("the last copy says %s", out)
			}
			at := []string{"--data", to}
			if len(args) > 5 {
				at = append(at, "--database", args[6])
			}
			cairnRuns(t, append([]string{"export", "--format", "jsonl", filepath.Join(to, "..", "got")}, at...)...)
			for _, file := range []string{"incidents.jsonl", "documents.jsonl", "claims.jsonl"} {
				want, err := os.ReadFile(filepath.Join(dir, "want", file))
				if err != nil {
					t.Fatal(err)
				}
				got, err := os.ReadFile(filepath.Join(to, "..", "got", file))
				if err != nil || !bytes.Equal(got, want) || len(want) == 0 {
					t.Errorf("%s is not that of the record (%v)", file, err)
				}
			}
		})
	}
}

// TestAnImportIntoABucketThatIsKilled kills imports whose archive is in a bucket,
// where nobody sweeps: the same import again leaves the record whole.
func TestAnImportIntoABucketThatIsKilled(t *testing.T) {
	b := archivetest.Fake(t)
	t.Setenv("AWS_ACCESS_KEY_ID", b.Access)
	t.Setenv("AWS_SECRET_ACCESS_KEY", b.Secret)
	dir := t.TempDir()
	input := filepath.Join(dir, "reports.jsonl")
	if err := os.WriteFile(input, []byte(strikes(240)), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"import", "--data", filepath.Join(dir, "record"), "--archive", b.Where, input}
	for k := range 4 {
		cmd := exec.Command("cairn", args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+110*k) * time.Millisecond)
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	}
	cairnRuns(t, args...)
	if out := cairnRuns(t, "verify", "--data", filepath.Join(dir, "record"), "--archive", b.Where); !strings.Contains(out, ", 0 faults") {
		t.Errorf("after the kills: %s", out)
	}
}
