// Package scantest makes scans for tests: pictures of lines of text, and a PDF whose
// pages are such pictures, drawn by a real browser.
package scantest

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/scan"
)

// Tools returns the programs that read pictures, or skips the test for want of
// them; where everything is to be tested it fails.
func Tools(t testing.TB) scan.Tools {
	t.Helper()
	tools, err := scan.Find(context.Background())
	if err == nil && (len(tools.Languages) < 5 || tools.Pdftoppm == "") {
		err = fmt.Errorf("installed are the languages %v, and %q", tools.Languages, tools.Pdftoppm)
	}
	if err != nil {
		Missing(t, err.Error())
	}
	return tools
}

// Missing skips a test for want of something, or fails it where everything is to be
// tested.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Picture draws lines in a language, a little askew and grey as a scan is.
func Picture(t testing.TB, language string, lines ...string) []byte {
	t.Helper()
	page := `<!DOCTYPE html><meta charset="utf-8"><body dir="auto" lang="` + language + `" style="margin:60px;width:1100px;background:#eee;color:#222;font:30px/1.7 'DejaVu Sans';transform:rotate(.4deg)">`
	for _, l := range lines {
		page += "<p dir=auto>" + html.EscapeString(l)
	}
	return drawn(t, page, "--window-size=1240,900", "--screenshot=out.png")
}

// PDF draws pages, each of which is a picture, and prints them.
func PDF(t testing.TB, pictures ...[]byte) []byte {
	t.Helper()
	page := `<!DOCTYPE html><meta charset="utf-8"><style>@page{size:A4;margin:0}body{margin:0}img{display:block;width:100%;break-after:page}</style>`
	for _, p := range pictures {
		page += `<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(p) + `">`
	}
	return drawn(t, page, "--no-pdf-header-footer", "--print-to-pdf=out.pdf")
}

// drawn has a browser make a file of a page.
func drawn(t testing.TB, page string, how ...string) []byte {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		Missing(t, "no chromium to draw with: apt-get install --no-install-recommends chromium")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "page.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	limit, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	args := []string{"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + filepath.Join(folder, "profile")}
	for _, h := range how {
		args = append(args, strings.Replace(h, "=out", "="+filepath.Join(folder, "out"), 1))
	}
	c := exec.CommandContext(limit, browser, append(args, "file://"+filepath.Join(folder, "page.html"))...)
	c.WaitDelay = time.Second
	said, err := c.CombinedOutput()
	made, _ := filepath.Glob(filepath.Join(folder, "out.*")) // of a pattern that is one
	if len(made) != 1 {
		t.Fatalf("nothing was drawn: %v\n%.400s", err, said)
	}
	content, missing := os.ReadFile(made[0])
	if missing != nil {
		t.Fatal(missing)
	}
	return content
}
