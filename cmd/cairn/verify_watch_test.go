package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// until asks an address until it answers with a status, and returns what it says.
func until(t *testing.T, address string, status int) string {
	t.Helper()
	for range 600 {
		answer, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		said, err := io.ReadAll(answer.Body)
		if answer.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode == status {
			return string(said)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s never answers %d", address, status)
	return ""
}

// A record that is served is checked by the clock; where a byte of its archive
// changes, the alarm goes off.
func TestTheAlarmGoesOff(t *testing.T) {
	folder := t.TempDir()
	data, rang, program := filepath.Join(folder, "record"), filepath.Join(folder, "rang.json"), filepath.Join(folder, "alarm.sh")
	reports := filepath.Join(folder, "reports.jsonl")
	for file, text := range map[string]string{
		reports: `{"id":"wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on 3 May 2031, the mayor of Orvane said."}`,
		program: "#!/bin/sh\ncat > " + rang + ".part && mv " + rang + ".part " + rang + "\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	var said, told bytes.Buffer
	if status := run(context.Background(), []string{"import", "--data", data, reports}, shell(&said, &said)); status != done {
		t.Fatalf("the import ends with %d: %s", status, said.String())
	}
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--verify-every", "50ms", "--verify-alarm", program}, shell(in, &told))
		in.Close()
	}()
	lines := bufio.NewReader(out)
	address := ""
	for !strings.HasPrefix(address, "http://") {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		address = strings.TrimSpace(line)
	}
	go io.Copy(io.Discard, lines)
	if got := until(t, address+"/healthz/fixity", http.StatusOK); !strings.HasPrefix(got, "ok\nchecked 2031-06-01 12:00:00: ") {
		t.Errorf("of a sound record it says %q", got)
	}
	files, err := filepath.Glob(filepath.Join(data, "archive", "sha256", "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%q, %v", files, err)
	}
	if err := os.Chmod(files[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := until(t, address+"/healthz/fixity", http.StatusServiceUnavailable); !strings.HasPrefix(got, "faults were found\n") || strings.Contains(got, "sha256") {
		t.Errorf("of a spoilt one it says %q", got)
	}
	for range 300 {
		if _, err := os.Stat(rang); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	if status := <-ended; status != done {
		t.Errorf("serving ends with %d", status)
	}
	if text, err := os.ReadFile(rang); err != nil || !strings.Contains(string(text), `"told":["damaged `) {
		t.Errorf("the alarm was told %s, %v", text, err)
	}
	if !strings.Contains(told.String(), "ALARM: checked 2031-06-01 12:00:00: ") {
		t.Errorf("standard error says %q", told.String())
	}
}
