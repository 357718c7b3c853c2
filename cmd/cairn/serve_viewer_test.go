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
)

// TestServeShowsArchivedPagesApart serves a record with the viewer, and follows the
// link of a document there.
func TestServeShowsArchivedPagesApart(t *testing.T) {
	folder := t.TempDir()
	page := filepath.Join(folder, "page.html")
	if err := os.WriteFile(page, []byte(`<!DOCTYPE html><html><title>Orvane</title><script>alert(1)</script><p>Seven people were killed in an airstrike on 3 May 2031, the mayor of Orvane said.</p></html>`), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(folder, "record")
	var said bytes.Buffer
	if status := run(context.Background(), []string{"import", "--data", data, "--published", "2031-05-04", page}, shell(&said, &said)); status != done {
		t.Fatalf("the import ends with %d: %s", status, said.String())
	}
	if status := run(context.Background(), []string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--viewer", "0.0.0.0:0"}, shell(&said, &said)); status != nothing || !strings.Contains(said.String(), "whoever reaches it sees every archived page") {
		t.Errorf("a viewer for everybody: status %d, %s", status, said.String())
	}
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--viewer", "127.0.0.1:0"}, shell(in, io.Discard))
	}()
	lines := bufio.NewReader(out)
	desk, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	viewer, err := lines.ReadString('\n')
	if err != nil || !strings.HasSuffix(viewer, " viewer\n") {
		t.Fatalf("%q, %v", viewer, err)
	}
	origin := strings.TrimSuffix(viewer, " viewer\n")
	listed := asked(t, strings.TrimSpace(desk)+"/documents")
	_, rest, _ := strings.Cut(listed, `href="/documents/d`)
	id, _, _ := strings.Cut(rest, `"`)
	if link := origin + "/pages/d" + id; !strings.Contains(asked(t, strings.TrimSpace(desk)+"/documents/d"+id), `href="`+link+`"`) {
		t.Errorf("the page of the document does not lead to %s", link)
	} else if shown := asked(t, link); !strings.Contains(shown, "Seven people") || strings.Contains(shown, "<script") {
		t.Errorf("shown is %s", shown)
	}
	stop()
	if status := <-ended; status != done {
		t.Errorf("it ends with %d", status)
	}
}

func asked(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d, %v: %.300s", address, answer.StatusCode, err, body)
	}
	return string(body)
}
