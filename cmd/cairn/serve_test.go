package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shell is a world whose output is kept.
func shell(stdout, stderr io.Writer) *world {
	return &world{stdin: strings.NewReader(""), stdout: stdout, stderr: stderr, who: "ana", now: func() time.Time { return time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC) }}
}

func TestServe(t *testing.T) {
	folder := t.TempDir()
	reports := filepath.Join(folder, "reports.jsonl")
	if err := os.WriteFile(reports, []byte(`{"id":"wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on 3 May 2031, the mayor of Orvane said."}`), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(folder, "record")
	var said bytes.Buffer
	if status := run(context.Background(), []string{"import", "--data", data, reports}, shell(&said, &said)); status != done {
		t.Fatalf("the import ends with %d: %s", status, said.String())
	}
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, shell(in, &said))
	}()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/": "<html", "/healthz": "ok", "/incidents.json": `"i1"`, "/documents/wire.json": "Orvane"} {
		answer, err := http.Get(strings.TrimSpace(address) + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		if answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s answers %d without %q, %v", path, answer.StatusCode, want, err)
		}
	}
	for host, want := range map[string]int{"localhost:80": http.StatusOK, "[::1]:80": http.StatusOK, "valley.example": http.StatusMisdirectedRequest, "10.0.0.7": http.StatusMisdirectedRequest} {
		ask, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSpace(address), nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Host = host
		answer, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode != want {
			t.Errorf("who asks for %s is answered %d, want %d", host, answer.StatusCode, want)
		}
	}
	stop()
	if status := <-ended; status != done {
		t.Errorf("an interrupted server ends with %d: %s", status, said.String())
	}
}

func TestServeOfNoRecord(t *testing.T) {
	var said bytes.Buffer
	data := filepath.Join(t.TempDir(), "record")
	if status := run(context.Background(), []string{"serve", "--data", data}, shell(&said, &said)); status != nothing || !strings.Contains(said.String(), "nothing is recorded there yet") {
		t.Errorf("serving no record ends with %d: %s", status, said.String())
	}
}

func TestServePublicTakesLetters(t *testing.T) {
	data := filepath.Join(t.TempDir(), "record")
	var said bytes.Buffer
	for _, args := range [][]string{{"demo", "--data", data}, {"sign", "--data", data, "MV1"}, {"publish", "--data", data, filepath.Join(t.TempDir(), "site")}} {
		if status := run(context.Background(), args, shell(&said, &said)); status != done {
			t.Fatalf("%v ends with %d: %s", args, status, said.String())
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--public", "127.0.0.1:0"}, shell(in, &said))
	}()
	lines := bufio.NewReader(out)
	if _, err := lines.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	second, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	public, _, _ := strings.Cut(second, " ")
	for path, want := range map[string]int{"/": http.StatusOK, "/MV1": http.StatusOK, "/en/incidents/MV2.html": http.StatusNotFound, "/documents": http.StatusNotFound} {
		answer, err := http.Get(public + path)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, answer.StatusCode, want)
		}
	}
	sent, err := http.PostForm(public+"/en/correct.html", url.Values{"kind": {"more"}, "about": {"incidents/MV1.html"}, "text": {"I was at the market; it was eleven."}, "contact": {"reader@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Body.Close(); sent.StatusCode != http.StatusOK {
		t.Errorf("the letter is answered with %d", sent.StatusCode)
	}
	stop()
	if status := <-ended; status != done {
		t.Errorf("it ends with %d: %s", status, said.String())
	}
	var listed bytes.Buffer
	if status := run(context.Background(), []string{"sources", "--data", data}, shell(&listed, &said)); status != done || !strings.Contains(listed.String(), "Letters to the public pages") {
		t.Errorf("the sources are %s", listed.String())
	}
}
