package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Redact returns a copy of a picture, as PNG, in which boxes are black: nothing of
// what was in them is left, nor of what the file held beside the picture. A box is
// given in shares of width and height, and is made to cover every point that it
// touches.
func Redact(content []byte, boxes []cairn.Box) ([]byte, error) {
	picture, err := Decode(content)
	if err != nil {
		return nil, fmt.Errorf("redact: %w", err)
	}
	if len(boxes) == 0 {
		return nil, cairn.Invalid{Field: "box", Reason: "say what is to be made unseen"}
	}
	b := picture.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), picture, b.Min, draw.Src)
	for _, box := range boxes {
		r, err := pointsOf(box, b.Dx(), b.Dy())
		if err != nil {
			return nil, err
		}
		draw.Draw(out, r, image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, out); err != nil {
		return nil, fmt.Errorf("redact: %w", err)
	}
	return file.Bytes(), nil
}

// pointsOf returns the points that a box touches.
func pointsOf(box cairn.Box, width, height int) (image.Rectangle, error) {
	for _, share := range []float64{box.Left, box.Top, box.Right, box.Bottom} {
		if !(share >= 0 && share <= 1) {
			return image.Rectangle{}, cairn.Invalid{Field: "box", Reason: "each side is a share of the picture from 0 to 1"}
		}
	}
	if box.Left >= box.Right || box.Top >= box.Bottom {
		return image.Rectangle{}, cairn.Invalid{Field: "box", Reason: "want left, top, right, bottom, the left less than the right and the top less than the bottom"}
	}
	up := func(share float64, of int) int {
		n := int(share * float64(of))
		if float64(n) < share*float64(of) {
			n++
		}
		return n
	}
	return image.Rect(int(box.Left*float64(width)), int(box.Top*float64(height)), up(box.Right, width), up(box.Bottom, height)), nil
}

// Nearest orders what looks like l by how alike it is, the most alike first,
// leaving out what differs in more bits than within, and l itself.
func Nearest(l cairn.Likeness, all []cairn.Likeness, within int) []Near {
	var found []Near
	for _, o := range all {
		if o.Ref == l.Ref {
			continue
		}
		if d, mine, theirs := l.Distance(o); d <= within {
			found = append(found, Near{o, d, mine, theirs})
		}
	}
	slices.SortStableFunc(found, func(a, b Near) int { return a.Distance - b.Distance })
	return found
}

// A Near is what looks like something else: in how many bits they differ, and in
// which frame of each they are most alike.
type Near struct {
	cairn.Likeness
	Distance int
	Mine     cairn.LookFrame
	Theirs   cairn.LookFrame
}
