package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

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
}

// groundOf returns what a page of a release says of its basemap.
func groundOf(m cairn.Basemap) groundView {
	var g groundView
	if m.Borders != nil {
		g.Borders, g.Credits = bordersFile, append(g.Credits, m.Borders.Credit)
	}
	return g
}

// Own reports whether there is anything beside what is built in.
func (g groundView) Own() bool { return g.Borders != "" }

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

// bordered returns the land of t under other borders.
func (t *topology) bordered(b cairn.Borders) *topology {
	own := &topology{rings: t.rings, boxes: t.boxes}
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
	return mapOf(points, ground), nil
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

// basemapPaths are the files of the basemap of a release.
func (x *index) basemapPaths() []string {
	if x.release.Publicity.Basemap.Borders != nil {
		return []string{bordersFile}
	}
	return nil
}
