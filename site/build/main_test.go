package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sheet = `/* inter-latin-wght-normal */
@font-face {
  font-family: 'Inter Variable';
  font-display: swap;
  src: url(./files/inter-latin-wght-normal.woff2) format('woff2-variations');
}
/* inter-greek-wght-normal */
@font-face {
  font-family: 'Inter Variable';
  src: url(./files/inter-greek-wght-normal.woff2) format('woff2-variations');
}
`

func TestFontsTakeTheScriptsThatThePagesUse(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for family, scripts := range families {
		script, _, _ := strings.Cut(scripts, "|")
		text := strings.ReplaceAll(strings.ReplaceAll(sheet, "inter-latin", family+"-"+script), "inter-greek", family+"-greek")
		for file, body := range map[string]string{"index.css": text, "LICENSE": "OFL", "files/" + family + "-" + script + "-wght-normal.woff2": "a font", "files/" + family + "-greek-wght-normal.woff2": "a font"} {
			path := filepath.Join(from, family, file)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := fonts(from, to); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join(to, "fonts.css"))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(written); !strings.Contains(text, "url(inter-latin-wght-normal.woff2)") || strings.Contains(text, "greek") || strings.Contains(text, "./files") || strings.Contains(text, "/*") || strings.Contains(text, "swap") || !strings.Contains(text, "font-display: optional") {
		t.Errorf("the style sheet is %s", text)
	}
	if _, err := os.Stat(filepath.Join(to, "inter-greek-wght-normal.woff2")); err == nil {
		t.Error("a font that no page uses is copied")
	}
	if err := fonts(t.TempDir(), to); err == nil {
		t.Error("fonts that are missing are no fault")
	}
}
