// Package surveytest makes files of vector tiles for tests: PMTiles of version 3
// with tiles as MVT has them.
package surveytest

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// A Town is an invented town: a street runs through the middle of the tile around a
// point from west to east at every zoom, and a pond lies south of it.
type Town struct {
	Lat, Lon         float64
	MinZoom, MaxZoom int
	Roads, Water     string // the layers; "roads" and "water" where empty
	Attribution      string
	Note             int  // bytes of a note that each tile has, to make it long
	Packed           bool // whether the directory and what the file says of itself are packed by gzip, as they usually are
}

// Streets returns the file of a town.
func Streets(t Town) []byte {
	var tiles, offsets []byte
	var ids, lengths []uint64
	for z := t.MinZoom; z <= t.MaxZoom; z++ {
		x, y := tileAt(t.Lat, t.Lon, z)
		tile := t.tile()
		ids, lengths = append(ids, tileID(z, x, y)), append(lengths, uint64(len(tile)))
		offsets = binary.AppendUvarint(offsets, uint64(len(tiles))+1)
		tiles = append(tiles, tile...)
	}
	root := binary.AppendUvarint(nil, uint64(len(ids)))
	for i, id := range ids {
		if i > 0 {
			id -= ids[i-1]
		}
		root = binary.AppendUvarint(root, id)
	}
	for range ids {
		root = binary.AppendUvarint(root, 1)
	}
	for _, n := range lengths {
		root = binary.AppendUvarint(root, n)
	}
	return t.file(append(root, offsets...), tiles, len(ids))
}

// header is how long the head of a file is.
const header = 127

// file puts the parts of a file together.
func (t Town) file(root, tiles []byte, n int) []byte {
	about, packed := fmt.Appendf(nil, `{"attribution":%q,"vector_layers":[{"id":%q},{"id":%q},{"id":"boundaries"}]}`, t.Attribution, t.roads(), t.water()), byte(1)
	if t.Packed {
		root, about, packed = pack(root), pack(about), 2
	}
	var b bytes.Buffer
	b.WriteString("PMTiles\x03")
	at := uint64(header)
	for _, length := range []int{len(root), len(about), 0, len(tiles)} {
		b.Write(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, at), uint64(length)))
		at += uint64(length)
	}
	for range 3 {
		b.Write(binary.LittleEndian.AppendUint64(nil, uint64(n)))
	}
	b.Write([]byte{1, packed, 1, 1, byte(t.MinZoom), byte(t.MaxZoom)})
	for _, degrees := range []float64{t.Lon - .1, t.Lat - .1, t.Lon + .1, t.Lat + .1} {
		b.Write(binary.LittleEndian.AppendUint32(nil, uint32(int32(degrees*1e7))))
	}
	b.Write(make([]byte, header-b.Len()))
	return append(append(append(b.Bytes(), root...), about...), tiles...)
}

func pack(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(content) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

func (t Town) roads() string { return or(t.Roads, "roads") }
func (t Town) water() string { return or(t.Water, "water") }

func or(s, usual string) string {
	if s == "" {
		return usual
	}
	return s
}

// tile is a tile as MVT has it: its extent is 4096.
func (t Town) tile() []byte {
	street := layer(t.roads(), 2, geometry(run{1, []int{0, 2048}}, run{2, []int{4096, 0}}), "name", "Mill Lane", "kind", "major_road")
	pond := layer(t.water(), 3, geometry(run{1, []int{1000, 2600}}, run{2, []int{800, 0, 0, 800, -800, 0}}, run{7, nil}), "note", strings.Repeat("n", t.Note))
	return append(street, pond...)
}

// A run is one command of a geometry (1 moves, 2 draws, 7 closes) with the steps
// that it takes.
type run struct {
	command int
	steps   []int
}

// geometry writes commands as MVT has them.
func geometry(runs ...run) []byte {
	var b []byte
	for _, r := range runs {
		b = binary.AppendUvarint(b, uint64(r.command|max(1, len(r.steps)/2)<<3))
		for _, n := range r.steps {
			b = binary.AppendUvarint(b, uint64(uint32(n<<1^n>>31)))
		}
	}
	return b
}

// layer is one layer with one feature.
func layer(name string, kind int, shape []byte, tags ...string) []byte {
	var numbers, body []byte
	for i := range tags {
		numbers = binary.AppendUvarint(numbers, uint64(i/2))
	}
	feature := field(nil, 2, numbers)
	feature = append(feature, 3<<3, byte(kind))
	feature = field(feature, 4, shape)
	body = field(body, 1, []byte(name))
	body = field(body, 2, feature)
	for i, tag := range tags {
		if i%2 == 0 {
			body = field(body, 3, []byte(tag))
		} else {
			body = field(body, 4, field(nil, 1, []byte(tag)))
		}
	}
	body = append(binary.AppendUvarint(append(body, 5<<3), 4096), 15<<3, 2)
	return field(nil, 3, body)
}

// field appends a field of protocol buffers that has a length.
func field(to []byte, number int, content []byte) []byte {
	return append(binary.AppendUvarint(append(to, byte(number<<3|2)), uint64(len(content))), content...)
}

// tileAt returns the tile of a zoom in which a point lies.
func tileAt(lat, lon float64, z int) (x, y int) {
	n := math.Exp2(float64(z))
	phi := lat * math.Pi / 180
	return int((lon + 180) / 360 * n), int((1 - math.Asinh(math.Tan(phi))/math.Pi) / 2 * n)
}

// tileID numbers a tile along the curve of Hilbert, after all of smaller zooms.
func tileID(z, x, y int) uint64 {
	var id uint64
	for i := range z {
		id += 1 << (2 * i)
	}
	for s := 1 << z >> 1; s > 0; s >>= 1 {
		rx, ry := 0, 0
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		id += uint64(s) * uint64(s) * uint64((3*rx)^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x&(s-1), s-1-y&(s-1)
			}
			x, y = y, x
		}
	}
	return id
}
