package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBuildGathersEveryFontThatASheetNames(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, family := range families {
		write(t, filepath.Join(from, family, "index.css"), "/* "+family+" */\n@font-face {\n  src: url(./files/"+family+"-latin.woff2) format('woff2');\n}\n")
		write(t, filepath.Join(from, family, "files", family+"-latin.woff2"), "font "+family)
		write(t, filepath.Join(from, family, "LICENSE"), "licence "+family)
	}
	write(t, filepath.Join(to, "README"), "kept")
	write(t, filepath.Join(to, "old.woff2"), "of an earlier build")
	if err := build(from, to); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"README": "kept", "inter-latin.woff2": "font inter", "LICENSE-source-serif-4.txt": "licence source-serif-4"} {
		if got, err := os.ReadFile(filepath.Join(to, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v, want %q", name, got, err, want)
		}
	}
	sheet, err := os.ReadFile(filepath.Join(to, "fonts.css"))
	if err != nil || strings.Count(string(sheet), "url(") != 3 || !strings.Contains(string(sheet), "url(noto-sans-arabic-latin.woff2)") || strings.Contains(string(sheet), "/*") {
		t.Errorf("the sheet is %q, %v", sheet, err)
	}
	if _, err := os.Stat(filepath.Join(to, "old.woff2")); err == nil {
		t.Error("what an earlier build left is still there")
	}
}

func TestBuildWithoutPackagesSaysWhatIsMissing(t *testing.T) {
	if err := build(filepath.Join(t.TempDir(), "nowhere"), t.TempDir()); err == nil || !strings.Contains(err.Error(), "index.css") {
		t.Errorf("a build without packages: %v", err)
	}
}
