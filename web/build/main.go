// Command build gathers what the pages of cairn take from npm packages, the
// fonts, into web/dist, from where they are embedded. It runs at the root of
// the module, after npm ci --ignore-scripts:
//
//	go run ./web/build
//
// Without it cairn builds too, and its pages use the fonts of the reader.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	packages = "node_modules/@fontsource-variable"
	dist     = "web/dist"
)

// families are the npm packages of the fonts: the face of the interface, its
// Arabic, and the face of headings and reports.
var families = []string{"inter", "noto-sans-arabic", "source-serif-4"}

func main() {
	if err := build(packages, dist); err != nil {
		fmt.Fprintln(os.Stderr, "build web:", err)
		fmt.Fprintln(os.Stderr, "hint: run npm ci --ignore-scripts first, at the root of the module")
		os.Exit(1)
	}
}

// build writes into to one style sheet of every font face, the files that it
// names, and the licence of each family.
func build(from, to string) error {
	if err := clear(to); err != nil {
		return err
	}
	var sheet strings.Builder
	for _, family := range families {
		faces, err := gather(filepath.Join(from, family), family, to)
		if err != nil {
			return err
		}
		sheet.WriteString(faces)
	}
	return os.WriteFile(filepath.Join(to, "fonts.css"), []byte(sheet.String()), 0o644)
}

// clear removes what an earlier build left in dir.
func clear(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Name() == "README" {
			continue
		}
		if err := os.Remove(filepath.Join(dir, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

var (
	source  = regexp.MustCompile(`url\(\./files/([a-z0-9-]+\.woff2)\)`)
	comment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)
)

// gather copies the files of one family and returns its faces, which name them
// as neighbours.
func gather(from, family, to string) (string, error) {
	sheet, err := os.ReadFile(filepath.Join(from, "index.css"))
	if err != nil {
		return "", err
	}
	files := source.FindAllSubmatch(sheet, -1)
	if len(files) == 0 {
		return "", fmt.Errorf("%s: its style sheet names no font", family)
	}
	for _, f := range files {
		if err := copyFile(filepath.Join(from, "files", string(f[1])), filepath.Join(to, string(f[1]))); err != nil {
			return "", err
		}
	}
	if err := copyFile(filepath.Join(from, "LICENSE"), filepath.Join(to, "LICENSE-"+family+".txt")); err != nil {
		return "", err
	}
	return comment.ReplaceAllString(source.ReplaceAllString(string(sheet), "url($1)"), ""), nil
}

func copyFile(from, to string) error {
	bytes, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, bytes, 0o644)
}
