package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/cairn-recorder/cairn"
)

// A Manifest names every file of a folder of pages with its hash, so that whoever
// has a copy can see that it is whole and unchanged.
type Manifest struct {
	Release int        `json:"release"` // 0 where nothing was released yet
	Day     cairn.Date `json:"day,omitempty"`
	Digest  string     `json:"digest,omitempty"` // of what the release says
	Files   []Written  `json:"files"`
}

// A Written is one file: its path below the folder, its length, and the SHA-256 of
// its bytes in hexadecimal digits.
type Written struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ManifestName is the file of the manifest in a folder.
const ManifestName = "manifest.json"

// Bytes returns the manifest as it is written, and as it is to be signed.
func (m Manifest) Bytes() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", " ")
	return append(text, '\n'), err
}

// Folder writes what pages answer for each of paths to dir, with a manifest of all
// of it. The folder is complete or is not there: the files are written beside it
// and moved into its place at the end. What was in dir before must be such a
// folder, or nothing.
func Folder(ctx context.Context, dir string, pages http.Handler, paths []string, release cairn.Release) (Manifest, error) {
	m := Manifest{Release: release.Number, Day: release.Day, Digest: release.Digest}
	if err := replaceable(dir); err != nil {
		return m, err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return m, err
	}
	building, err := os.MkdirTemp(parent, ".cairn-site-")
	if err != nil {
		return m, err
	}
	defer os.RemoveAll(building)
	if m.Files, err = writeAll(ctx, building, pages, paths); err != nil {
		return m, err
	}
	text, err := m.Bytes()
	if err == nil {
		err = os.WriteFile(filepath.Join(building, ManifestName), text, 0o644)
	}
	if err == nil {
		err = os.Chmod(building, 0o755)
	}
	if err != nil {
		return m, err
	}
	return m, swap(building, dir)
}

// replaceable is nil where dir is absent, empty, or a folder that Folder wrote.
func replaceable(dir string) error {
	found, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(found) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(dir, ManifestName))
	var m Manifest
	if err != nil || json.Unmarshal(text, &m) != nil || len(m.Files) == 0 {
		return cairn.Hint{Err: cairn.Invalid{Field: dir, Reason: "holds something else than a published site"}, Hint: "name a folder that is empty, or not there yet"}
	}
	return nil
}

// swap puts a folder in the place of another.
func swap(building, dir string) error {
	old := building + ".old"
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(building, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}

// writers is how many pages are made at once. The bytes do not depend on it.
const writers = 4

func writeAll(ctx context.Context, dir string, pages http.Handler, paths []string) ([]Written, error) {
	files := make([]Written, len(paths))
	faults := make([]error, writers)
	var working sync.WaitGroup
	for w := range writers {
		working.Go(func() {
			for i := w; i < len(paths) && faults[w] == nil; i += writers {
				if faults[w] = ctx.Err(); faults[w] == nil {
					files[i], faults[w] = write(ctx, dir, pages, paths[i])
				}
			}
		})
	}
	working.Wait()
	slices.SortFunc(files, func(a, b Written) int { return strings.Compare(a.Path, b.Path) })
	return files, errors.Join(faults...)
}

// write writes the answer for one path.
func write(ctx context.Context, dir string, pages http.Handler, path string) (Written, error) {
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return Written{}, cairn.Invalid{Field: path, Reason: "leaves the folder"}
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodGet, (&url.URL{Path: "/" + path}).String(), nil)
	if err != nil {
		return Written{}, err
	}
	answer := answered{header: http.Header{}, status: http.StatusOK}
	pages.ServeHTTP(&answer, asked)
	if answer.status != http.StatusOK {
		return Written{}, fmt.Errorf("publish %s: the page answers with status %d", path, answer.status)
	}
	file := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return Written{}, err
	}
	sum := sha256.Sum256(answer.body)
	return Written{Path: path, Bytes: int64(len(answer.body)), SHA256: hex.EncodeToString(sum[:])}, os.WriteFile(file, answer.body, 0o644)
}

// answered keeps what a handler answers.
type answered struct {
	header http.Header
	status int
	body   []byte
}

// Header is that of the answer.
func (a *answered) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answered) WriteHeader(status int) { a.status = status }

// Write keeps the body.
func (a *answered) Write(p []byte) (int, error) {
	a.body = append(a.body, p...)
	return len(p), nil
}
