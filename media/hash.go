// Package media looks at pictures and films: what they look like, so that copies
// are found whatever their size and compression, and copies in which parts are
// made unseen. Pictures are decoded here where Go does; other pictures, and films,
// by FFmpeg where it is installed.
package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // is decoded
	_ "image/jpeg" // is decoded
	_ "image/png"  // is decoded
	"math"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// mostPoints bounds the pictures that are decoded: one made to burst memory says
// its size before it is.
const mostPoints = 100 << 20

// ErrUnknown says that Go does not decode a picture, which FFmpeg may.
var ErrUnknown = errors.New("no picture of a kind that is decoded")

// Decode returns a picture. One that is too large is an error, before it is decoded.
func Decode(content []byte) (image.Image, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if errors.Is(err, image.ErrFormat) {
		return nil, ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > mostPoints/size.Height {
		return nil, fmt.Errorf("it has %d × %d points, more than are looked at", size.Width, size.Height)
	}
	picture, _, err := image.Decode(bytes.NewReader(content))
	return picture, err
}

// Look returns what a picture that Go decodes looks like.
func Look(content []byte) (cairn.Likeness, error) {
	picture, err := Decode(content)
	if err != nil {
		return cairn.Likeness{}, err
	}
	b := picture.Bounds()
	return cairn.Likeness{Ref: cairn.RefOf(content), Tool: "go", Width: b.Dx(), Height: b.Dy(), Frames: []cairn.LookFrame{{Hash: Hash(picture)}}}, nil
}

// The picture is brought to side × side shades, of whose waves the kept × kept
// longest are looked at.
const (
	side = 32
	kept = 8
)

// Hash says which of the 64 longest waves of a picture (the discrete cosine
// transform of its shades) are stronger than the middle one of them.
func Hash(picture image.Image) cairn.LookHash {
	waves := wavesOf(shadesOf(picture))
	sorted := slices.Clone(waves[1:]) // the first is how light it is as a whole
	slices.Sort(sorted)
	middle := sorted[len(sorted)/2]
	var h cairn.LookHash
	for i, w := range waves {
		if w > middle {
			h |= 1 << i
		}
	}
	return h
}

// shadesOf returns the mean shade of each of side × side parts of a picture.
func shadesOf(picture image.Image) [side][side]float64 {
	var shades [side][side]float64
	b := picture.Bounds()
	for y := range side {
		top, bottom := b.Min.Y+y*b.Dy()/side, b.Min.Y+max((y+1)*b.Dy()/side, y*b.Dy()/side+1)
		for x := range side {
			left, right := b.Min.X+x*b.Dx()/side, b.Min.X+max((x+1)*b.Dx()/side, x*b.Dx()/side+1)
			shades[y][x] = shade(picture, image.Rect(left, top, right, bottom).Intersect(b))
		}
	}
	return shades
}

// mostLooked is at how many points of a part, each way, it is looked.
const mostLooked = 16

func shade(picture image.Image, part image.Rectangle) float64 {
	var sum, n float64
	across, down := max(1, part.Dx()/mostLooked), max(1, part.Dy()/mostLooked)
	for y := part.Min.Y; y < part.Max.Y; y += down {
		for x := part.Min.X; x < part.Max.X; x += across {
			r, g, b, _ := picture.At(x, y).RGBA()
			sum, n = sum+0.299*float64(r)+0.587*float64(g)+0.114*float64(b), n+1
		}
	}
	if n == 0 {
		return 0
	}
	return math.Round(sum / n) // so that every processor makes the same of it
}

// wavesOf returns the kept × kept longest waves, row by row.
func wavesOf(shades [side][side]float64) []float64 {
	waves := make([]float64, 0, kept*kept)
	for v := range kept {
		for u := range kept {
			var sum float64
			for y := range side {
				for x := range side {
					sum += shades[y][x] * cosines[u*(2*x+1)%(4*side)] * cosines[v*(2*y+1)%(4*side)]
				}
			}
			waves = append(waves, math.Round(sum))
		}
	}
	return waves
}

// cosines are those of every multiple of π / (2 side) in a circle.
var cosines = func() (all [4 * side]float64) {
	for i := range all {
		all[i] = math.Cos(math.Pi * float64(i) / (2 * side))
	}
	return all
}()
