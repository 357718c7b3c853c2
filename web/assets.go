package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// own is the style sheet and the script of the pages, dist what web/build took
// from npm packages, and forms the templates.
//
//go:embed static
var own embed.FS

//go:embed dist
var dist embed.FS

//go:embed *.html
var forms embed.FS

// assets is every file under /static/, by name, and one hash of them all and of
// the templates. Their addresses hold the hash, so that a browser may keep them
// for good and a style sheet names its fonts as neighbours.
type assets struct {
	files map[string][]byte
	hash  string
}

func readAssets() (assets, error) {
	a := assets{files: map[string][]byte{}}
	sum := sha256.New()
	for _, from := range []fs.FS{own, dist, forms} {
		err := fs.WalkDir(from, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			bytes, err := fs.ReadFile(from, path)
			if folder, name, deep := strings.Cut(path, "/"); deep && name != "README" {
				a.files[name] = bytes
				sum.Write([]byte(folder))
			}
			sum.Write([]byte(path))
			sum.Write(bytes)
			return err
		})
		if err != nil {
			return a, err
		}
	}
	a.hash = hex.EncodeToString(sum.Sum(nil)[:6])
	return a, nil
}

// address returns where the file of a name is; "" where there is none.
func (a assets) address(name string) string {
	if a.files[name] == nil {
		return ""
	}
	return "/static/" + a.hash + "/" + name
}

// serve answers with one file. Under another hash it is another release's,
// which a browser must not keep.
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
