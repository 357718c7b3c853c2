package site

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// own is the style sheet and scripts of the pages, dist what site/build took from
// npm packages: fonts, the map, the shapes of countries.
//
//go:embed assets
var own embed.FS

//go:embed dist
var dist embed.FS

// shapes are the countries, and townNames the towns, which the server draws and the
// map's script holds too.
const (
	shapes    = "countries.json"
	townNames = "towns.json"
)

// assets is every file under /assets/, by name, and one hash of them all. Their
// addresses hold the hash, so that a browser may keep them for good.
type assets struct {
	files map[string][]byte
	hash  string
}

func readAssets() (assets, error) {
	a := assets{files: map[string][]byte{}}
	sum := sha256.New()
	for _, from := range []fs.FS{own, dist} {
		err := fs.WalkDir(from, ".", func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Base(file) == "README" || path.Base(file) == shapes || path.Base(file) == townNames || path.Ext(file) == ".mjs" {
				return err
			}
			data, err := fs.ReadFile(from, file)
			a.files[path.Base(file)] = data
			sum.Write([]byte(file))
			sum.Write(data)
			return err
		})
		if err != nil {
			return a, err
		}
	}
	a.hash = hex.EncodeToString(sum.Sum(nil)[:5])
	return a, nil
}

// address returns where the file of a name is, from the root of the site; "" where
// there is none.
func (a assets) address(name string) string {
	if a.files[name] == nil {
		return ""
	}
	return "assets/" + a.hash + "/" + name
}

// faces are the fonts that every page of a language begins with, which a browser
// asks for at once: one that comes late is shown from the next page on. A page in a
// folder cannot ask, since a browser refuses it there.
func (a assets) faces(tag string) []string {
	names := []string{"inter-latin", "source-serif-4-latin"}
	switch tag {
	case "ar":
		names = []string{"noto-sans-arabic-arabic", "inter-latin"}
	case "uk", "ru":
		names = append(names, "inter-cyrillic", "source-serif-4-cyrillic")
	}
	var all []string
	for _, name := range names {
		if address := a.address(name + "-wght-normal.woff2"); address != "" {
			all = append(all, address)
		}
	}
	return all
}

func (a assets) paths() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		all = append(all, a.address(name))
	}
	return all
}

// serve answers with one file.
func (a assets) serve(w http.ResponseWriter, r *http.Request) {
	file, ok := a.files[r.PathValue("name")]
	if !ok {
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	keep := "public, max-age=31536000, immutable"
	if r.PathValue("hash") != a.hash {
		keep = "no-store"
	}
	w.Header().Set("Cache-Control", keep)
	if strings.HasSuffix(r.PathValue("name"), ".woff2") {
		w.Header().Set("Content-Type", "font/woff2")
	}
	http.ServeContent(w, r, r.PathValue("name"), time.Time{}, bytes.NewReader(file))
}
