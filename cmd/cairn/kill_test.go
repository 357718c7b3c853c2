package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKill kills an import again and again, at moments spread over its run, and
// lets the last one end: the record is that of an undisturbed import, and
// without a fault. CAIRN_SOAK=1 makes it twenty kills of a larger import.
func TestKill(t *testing.T) {
	kills, reports := 3, 400
	if os.Getenv("CAIRN_SOAK") == "1" {
		kills, reports = 20, 4000
	}
	dir := t.TempDir()
	input := filepath.Join(dir, "reports.jsonl")
	if err := os.WriteFile(input, []byte(strikes(reports)), 0o600); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	cairnRuns(t, "import", "--data", filepath.Join(dir, "whole"), input)
	took := time.Since(begun)
	for k := range kills {
		cmd := exec.Command("cairn", "import", "--data", filepath.Join(dir, "killed"), input)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took * time.Duration(k+1) / time.Duration(kills+2))
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	}
	out := cairnRuns(t, "import", "--data", filepath.Join(dir, "killed"), input)
	if !strings.Contains(out, `"problems":0`) {
		t.Errorf("the last import says %s", out)
	}
	if faults := cairnRuns(t, "verify", "--data", filepath.Join(dir, "killed")); !strings.Contains(faults, ", 0 faults") {
		t.Errorf("after %d kills: %s", kills, faults)
	}
	for _, name := range []string{"whole", "killed"} {
		cairnRuns(t, "export", "--data", filepath.Join(dir, name), "--format", "jsonl", filepath.Join(dir, name+"-out"))
	}
	for _, name := range []string{"incidents.jsonl", "documents.jsonl", "claims.jsonl"} {
		want, err := os.ReadFile(filepath.Join(dir, "whole-out", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "killed-out", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) || len(want) == 0 {
			t.Errorf("%s is not that of an undisturbed import", name)
		}
	}
}

// cairnRuns runs cairn to its end and returns what it prints.
func cairnRuns(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("cairn", args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("cairn %s: %v\n%s%s", args[0], err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// strikes are n reports of invented strikes, three reports a strike.
func strikes(n int) string {
	var all strings.Builder
	for i := range n {
		k := i / 3
		fmt.Fprintf(&all, `{"id":"r%05d","source":"Paper %d","published":"2031-%02d-%02d","language":"en","text":"%s people were killed in an airstrike on %d %s 2031, %s of Orvane said."}`+"\n",
			i, i%7, 1+k%4, 2+k%25, []string{"Seven", "Nine", "At least 12"}[i%3], 1+k%25,
			[]string{"January", "February", "March", "April"}[k%4], []string{"the mayor", "a doctor", "residents"}[i%3])
	}
	return all.String()
}
