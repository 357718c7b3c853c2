package site

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// bordersFile is where the script of a map finds the borders of a release that has
// its own.
const bordersFile = "basemap/borders.js"

// A groundView is what a page says of its basemap: whom to credit, and what its
// script loads.
type groundView struct {
	Credits []string `json:"-"`
	Borders string   `json:"borders,omitempty"` // the address of the script that has them
	Streets []street `json:"streets,omitempty"`
}

// A street is a file of vector tiles for the script of a map. In a folder a browser
// may read no file but scripts: there it stands in pieces.
type street struct {
	Key     string     `json:"key"`
	Address string     `json:"address"` // of the file, from the root of the site
	Bytes   int64      `json:"bytes"`
	Piece   int64      `json:"piece"`  // the bytes of one piece
	Bounds  [4]float64 `json:"bounds"` // west, south, east, north
	MinZoom int        `json:"minzoom"`
	MaxZoom int        `json:"maxzoom"`
	Layers  []string   `json:"layers"`
}

// tilePiece is how many bytes one piece of a file of tiles has.
const tilePiece = 256 << 10

// StreetsFolder is where a site that is written to a folder has the pieces of a file
// of tiles.
func StreetsFolder(m cairn.StreetMap) string { return "basemap/" + streetKey(m) }

// streetKey names a file of tiles by its bytes.
func streetKey(m cairn.StreetMap) string {
	digits := strings.TrimPrefix(string(m.Ref), "sha256-")
	return digits[:min(16, len(digits))]
}

// groundOf returns what a page of a release says of its basemap.
func groundOf(m cairn.Basemap) groundView {
	var g groundView
	if m.Borders != nil {
		g.Borders, g.Credits = bordersFile, append(g.Credits, m.Borders.Credit)
	}
	for _, s := range m.Streets {
		g.Credits = append(g.Credits, s.Credit)
		key := streetKey(s)
		g.Streets = append(g.Streets, street{Key: key, Address: "basemap/" + key + ".pmtiles", Bytes: s.Bytes, Piece: tilePiece, Bounds: [4]float64{s.West, s.South, s.East, s.North}, MinZoom: s.MinZoom, MaxZoom: s.MaxZoom, Layers: s.Layers})
	}
	slices.Sort(g.Credits)
	g.Credits = slices.Compact(g.Credits)
	return g
}

// Own reports whether there is anything beside what is built in.
func (g groundView) Own() bool { return g.Borders != "" || len(g.Streets) > 0 }

// opened reads bytes of the basemap of a release.
func (s *Site) opened(ref cairn.Ref) (io.ReadSeekCloser, error) {
	if s.settings.Basemap == nil {
		return nil, errors.New("the pages were given nothing to read basemaps with")
	}
	return s.settings.Basemap(ref)
}

// borders returns the borders of a release as they were recorded.
func (s *Site) borders(m cairn.BorderMap) ([]byte, error) {
	f, err := s.opened(m.Ref)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// ground returns the shapes that the maps of a release are drawn on, read once.
func (s *Site) ground(x *index) (*topology, error) {
	m := x.release.Publicity.Basemap.Borders
	if m == nil {
		return world(), nil
	}
	x.basemap.Lock()
	defer x.basemap.Unlock()
	if x.shapes != nil {
		return x.shapes, nil
	}
	text, err := s.borders(*m)
	if err != nil {
		return nil, fmt.Errorf("borders: %w", err)
	}
	var b cairn.Borders
	if err := json.Unmarshal(text, &b); err != nil {
		return nil, fmt.Errorf("borders: %w: %w", cairn.ErrDamaged, err)
	}
	x.shapes = world().bordered(b)
	return x.shapes, nil
}

// bordered returns the land of t under other borders, or its own where b has none
// between countries, with the lines of provinces.
func (t *topology) bordered(b cairn.Borders) *topology {
	own := &topology{rings: t.rings, boxes: t.boxes}
	if !b.Own() {
		own.arcs, own.bounds, own.coast, own.dashed = slices.Clone(t.arcs), slices.Clone(t.bounds), t.coast, t.dashed
	}
	for _, line := range b.Provinces {
		own.thin, own.thinBoxes = append(own.thin, line), append(own.thinBoxes, boxOf(line))
	}
	for i, lines := range [][][][2]float64{b.Settled, b.Disputed} {
		for _, line := range lines {
			own.arcs, own.bounds = append(own.arcs, line), append(own.bounds, boxOf(line))
			own.coast, own.dashed = append(own.coast, false), append(own.dashed, i == 1)
		}
	}
	return own
}

// mapped draws points on the ground of the release.
func (v *visit) mapped(points []point) (*worldMap, error) {
	ground, err := v.site.ground(v.index)
	if err != nil {
		return nil, err
	}
	m := mapOf(points, ground)
	m.name(towns(), v.words.Tag)
	return m, nil
}

// showBorders answers with the borders of the release as a script, since a page of
// a folder may read no other file.
func (s *Site) showBorders(w http.ResponseWriter, req *http.Request) {
	x, err := s.index(req.Context())
	if err == nil && x.release.Publicity.Basemap.Borders == nil {
		err = cairn.ErrNotFound
	}
	var text []byte
	if err == nil {
		text, err = s.borders(*x.release.Publicity.Basemap.Borders)
	}
	if err != nil {
		s.fail(w, req, err)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	fmt.Fprintf(w, "window.cairnBorders=%s;\n", text)
}

// basemapPaths are the files of the basemap of a release, as a folder has them.
func (x *index) basemapPaths() []string {
	var paths []string
	if x.release.Publicity.Basemap.Borders != nil {
		paths = append(paths, bordersFile)
	}
	for _, m := range x.release.Publicity.Basemap.Streets {
		for k := range (m.Bytes + tilePiece - 1) / tilePiece {
			paths = append(paths, fmt.Sprintf("%s/%d.js", StreetsFolder(m), k))
		}
	}
	return paths
}

// streets opens the file of tiles of a key, where the release has it.
func (s *Site) streets(req *http.Request, key string) (io.ReadSeekCloser, error) {
	x, err := s.index(req.Context())
	if err != nil {
		return nil, err
	}
	for _, m := range x.release.Publicity.Basemap.Streets {
		if streetKey(m) == key {
			return s.opened(m.Ref)
		}
	}
	return nil, cairn.ErrNotFound
}

// showStreets answers with a file of tiles, or the part of it that is asked for.
func (s *Site) showStreets(w http.ResponseWriter, req *http.Request) {
	key, ok := strings.CutSuffix(req.PathValue("file"), ".pmtiles")
	if !ok {
		s.nowhere(w, req)
		return
	}
	f, err := s.streets(req, key)
	if err != nil {
		s.fail(w, req, err)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", "application/vnd.pmtiles")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("ETag", `"`+key+`"`)
	http.ServeContent(w, req, "", time.Time{}, f)
}

// showPiece answers with one piece of a file of tiles as a script.
func (s *Site) showPiece(w http.ResponseWriter, req *http.Request) {
	key := req.PathValue("key")
	k, ok := strings.CutSuffix(req.PathValue("piece"), ".js")
	n, err := strconv.ParseInt(k, 10, 32)
	if !ok || err != nil || n < 0 {
		s.fail(w, req, cairn.ErrNotFound)
		return
	}
	f, err := s.streets(req, key)
	if err != nil {
		s.fail(w, req, err)
		return
	}
	defer f.Close()
	piece, err := pieceOf(f, n)
	if err != nil {
		s.fail(w, req, err)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	fmt.Fprintf(w, "window.cairnTiles(%q,%d,%q);\n", key, n, base64.StdEncoding.EncodeToString(piece))
}

// pieceOf returns one piece of a file; [cairn.ErrNotFound] past its end.
func pieceOf(f io.ReadSeeker, n int64) ([]byte, error) {
	if _, err := f.Seek(n*tilePiece, io.SeekStart); err != nil {
		return nil, err
	}
	piece, err := io.ReadAll(io.LimitReader(f, tilePiece))
	if err == nil && len(piece) == 0 {
		err = cairn.ErrNotFound
	}
	return piece, err
}
