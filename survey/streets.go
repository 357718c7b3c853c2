package survey

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// StreetLayers are the layers of vector tiles that maps draw, in the order in which
// they lie: those of Protomaps, OpenMapTiles and Shortbread. Borders are none of
// them: a project draws its own.
var StreetLayers = []string{
	"earth", "ocean", "landcover", "landuse", "park", "land", "water", "water_polygons", "waterway", "water_lines",
	"buildings", "building", "roads", "transportation", "streets", "transportation_name", "street_labels", "places", "place", "place_labels",
}

// streetLines are those of them that have the streets themselves.
var streetLines = []string{"roads", "transportation", "streets"}

// Of a file of PMTiles, version 3 (https://github.com/protomaps/PMTiles).
const (
	tilesMagic   = "PMTiles"
	tilesHeader  = 127
	mostMetadata = 16 << 20
	inTheClear   = 1
	inGzip       = 2
	vectorTiles  = 1
)

// A tilesHead is the head of such a file.
type tilesHead struct {
	Magic                     [7]byte
	Version                   uint8
	Root, Metadata            tilesPart
	Leaves, Tiles             tilesPart
	Addressed, Entries, Held  uint64
	Clustered                 uint8
	Packed, PackedTiles, Kind uint8
	MinZoom, MaxZoom          uint8
	West, South, East, North  int32 // ten-millionths of a degree
	CentreZoom                uint8
	CentreLon, CentreLat      int32
}

// A tilesPart is where a part of it stands.
type tilesPart struct{ At, Length uint64 }

// Streets returns what a file of vector tiles says of itself, which holds as many
// bytes as size says. Its credit is the attribution that it asks for, without markup.
func Streets(file string, r io.ReaderAt, size int64) (cairn.StreetMap, error) {
	s := cairn.StreetMap{Bytes: size}
	head, err := headOf(r, size)
	if err != nil {
		return s, wrongTiles(file, err)
	}
	about, err := metadataOf(r, head)
	if err != nil {
		return s, wrongTiles(file, err)
	}
	s.Credit = strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(about.Attribution, "")))
	s.West, s.South, s.East, s.North = inDegrees(head.West), inDegrees(head.South), inDegrees(head.East), inDegrees(head.North)
	s.MinZoom, s.MaxZoom = int(head.MinZoom), int(head.MaxZoom)
	if s.West >= s.East || s.South >= s.North || s.South < -90 || s.North > 90 || s.West < -180 || s.East > 180 {
		return s, wrongTiles(file, fmt.Errorf("it says that it spans from %v, %v to %v, %v, which is no area", s.West, s.South, s.East, s.North))
	}
	var there []string
	for _, l := range about.Layers {
		there = append(there, l.ID)
	}
	for _, l := range StreetLayers {
		if slices.Contains(there, l) {
			s.Layers = append(s.Layers, l)
		}
	}
	if !slices.ContainsFunc(streetLines, func(l string) bool { return slices.Contains(s.Layers, l) }) {
		return s, cairn.Hint{Err: wrongTiles(file, fmt.Errorf("it has the layers %s, and none of %s", orNone(there), strings.Join(streetLines, ", "))),
			Hint: "tiles of Protomaps, OpenMapTiles or Shortbread have streets"}
	}
	return s, nil
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "(none)"
	}
	return strings.Join(words, ", ")
}

func inDegrees(e7 int32) float64 { return float64(e7) / 1e7 }

var markup = regexp.MustCompile(`<[^>]*>`)

func wrongTiles(file string, err error) error { return cairn.Invalid{File: file, Reason: err.Error()} }

// headOf returns the head of a file, which is what it should be.
func headOf(r io.ReaderAt, size int64) (tilesHead, error) {
	var head tilesHead
	begin := make([]byte, tilesHeader)
	n, err := r.ReadAt(begin, 0)
	if err != nil && err != io.EOF {
		return head, err
	}
	if n < tilesHeader || !strings.HasPrefix(string(begin), tilesMagic) {
		return head, fmt.Errorf("is no file of PMTiles; `pmtiles extract` and Planetiler make them, `pmtiles convert` makes one of MBTiles")
	}
	if _, err := binary.Decode(begin, binary.LittleEndian, &head); err != nil {
		return head, err
	}
	switch {
	case head.Version != 3:
		return head, fmt.Errorf("is PMTiles of version %d; `pmtiles convert` makes it version 3", head.Version)
	case head.Kind != vectorTiles:
		return head, fmt.Errorf("holds pictures; streets are drawn from vector tiles (MVT)")
	case head.Packed != inTheClear && head.Packed != inGzip || head.PackedTiles != inTheClear && head.PackedTiles != inGzip:
		return head, fmt.Errorf("is packed by Brotli or Zstandard, which browsers cannot undo; make it with gzip")
	}
	for _, p := range []tilesPart{head.Root, head.Metadata, head.Leaves, head.Tiles} {
		if end := p.At + p.Length; end < p.At || end > uint64(size) {
			return head, fmt.Errorf("ends after %d of %d bytes: it was cut short", size, end)
		}
	}
	return head, nil
}

// A tilesMetadata is what a file says of itself in words.
type tilesMetadata struct {
	Attribution string `json:"attribution"`
	Layers      []struct {
		ID string `json:"id"`
	} `json:"vector_layers"`
}

func metadataOf(r io.ReaderAt, head tilesHead) (tilesMetadata, error) {
	var about tilesMetadata
	if head.Metadata.Length > mostMetadata {
		return about, fmt.Errorf("says %d bytes of itself", head.Metadata.Length)
	}
	var in io.Reader = io.NewSectionReader(r, int64(head.Metadata.At), int64(head.Metadata.Length))
	if head.Packed == inGzip {
		packed, err := gzip.NewReader(in)
		if err != nil {
			return about, fmt.Errorf("what it says of itself cannot be unpacked: %w", err)
		}
		in = packed
	}
	text, err := io.ReadAll(io.LimitReader(in, mostMetadata))
	if err == nil && len(bytes.TrimSpace(text)) > 0 {
		err = json.Unmarshal(text, &about)
	}
	if err != nil {
		return about, fmt.Errorf("what it says of itself cannot be read: %w", err)
	}
	return about, nil
}
