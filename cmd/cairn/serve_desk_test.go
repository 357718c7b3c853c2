package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// served runs cairn serve until stop, and returns its address and what it said on
// standard error.
func served(t *testing.T, args ...string) (address, said string, stop func()) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var stderr bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), shell(in, &stderr))
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		end()
		t.Fatalf("it ends with %d: %s", <-ended, stderr.String())
	}
	return strings.TrimSpace(line), stderr.String(), func() {
		end()
		if status := <-ended; status != done {
			t.Errorf("it ends with %d: %s", status, stderr.String())
		}
	}
}

var joining = regexp.MustCompile(`http://localhost:\d+(/join/\S+)`)

func TestTheFirstStartMakesTheAdministrator(t *testing.T) {
	data := filepath.Join(t.TempDir(), "record")
	var out bytes.Buffer
	if status := run(context.Background(), []string{"demo", "--data", data}, shell(&out, &out)); status != done {
		t.Fatalf("the demo ends with %d: %s", status, out.String())
	}
	address, said, stop := served(t, "--data", data)
	link := joining.FindStringSubmatch(said)
	if link == nil {
		t.Fatalf("no link is printed: %s", said)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	asked := func(path string) int {
		answer, err := client.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if status := asked("/incidents"); status != http.StatusOK {
		t.Errorf("before anybody has an account, reading answers %d", status)
	}
	if status := asked("/inbox"); status != http.StatusUnauthorized {
		t.Errorf("before anybody has an account, the inbox answers %d", status)
	}
	answer, err := client.PostForm(address+link[1], url.Values{"name": {"ana"}, "password": {"seven stones on a hill"}})
	if err != nil {
		t.Fatal(err)
	}
	if answer.Body.Close(); answer.Request.URL.Path != "/account" {
		t.Errorf("the link leads to %s with %d", answer.Request.URL.Path, answer.StatusCode)
	}
	for _, path := range []string{"/inbox", "/people", "/review", "/trust"} {
		if status := asked(path); status != http.StatusOK {
			t.Errorf("the administrator is answered %d for %s", status, path)
		}
	}
	stop()
	address, said, stop = served(t, "--data", data)
	defer stop()
	if joining.MatchString(said) {
		t.Errorf("with an administrator a link is printed again: %s", said)
	}
	if status := asked("/inbox"); status != http.StatusOK {
		t.Errorf("a session does not outlive a restart: %d", status)
	}
	stranger, err := http.Get(address + "/incidents.json")
	if err != nil {
		t.Fatal(err)
	}
	if stranger.Body.Close(); stranger.StatusCode != http.StatusUnauthorized {
		t.Errorf("once somebody has an account, a stranger reads: %d", stranger.StatusCode)
	}
}

func TestAnOriginIsASchemeAndAName(t *testing.T) {
	for given, want := range map[string]string{"": "", "https://desk.example.org": "https://desk.example.org", "https://desk.example.org/": "https://desk.example.org",
		"desk.example.org": "fault", "ftp://desk.example.org": "fault", "https://desk.example.org/desk": "fault", "https://": "fault"} {
		got, err := originOf(given)
		if err != nil {
			got = "fault"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
}
