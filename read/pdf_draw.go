package read

import (
	"errors"
	"fmt"
	"math"

	"github.com/ledongthuc/pdf"
)

// A glyph is what one code of a font draws: letters, where they stand along and
// across the direction of writing, and how large, in points.
type glyph struct {
	letters   string
	x, end, y float64
	size      float64
}

// A transform is that of PDF: x' = a·x + c·y + e, y' = b·x + d·y + f.
type transform struct{ a, b, c, d, e, f float64 }

var identity = transform{a: 1, d: 1}

// then returns the transform that applies t and then u.
func (t transform) then(u transform) transform {
	return transform{
		t.a*u.a + t.b*u.c, t.a*u.b + t.b*u.d,
		t.c*u.a + t.d*u.c, t.c*u.b + t.d*u.d,
		t.e*u.a + t.f*u.c + u.e, t.e*u.b + t.f*u.d + u.f,
	}
}

// A drawing follows the operators of a page as far as they show text.
type drawing struct {
	left      *budget
	glyphs    []glyph
	picture   bool
	resources pdf.Value
	fonts     map[string]*font
	depth     int

	state
	saved []state
}

// state is what q saves and Q brings back.
type state struct {
	page, text, start           transform
	font                        *font
	size, rise, leading, across float64
	letterGap, wordGap          float64
}

const mostSaved = 512

var errSteps = errors.New("more is drawn on the pages than is read")

func newDrawing(left *budget) *drawing {
	return &drawing{left: left, state: state{page: identity, text: identity, start: identity, across: 1}}
}

// draw follows the operators of a stream. It returns what broke it off, where
// anything did; what was drawn up to there stays.
func (d *drawing) draw(stream, resources pdf.Value) (fault error) {
	outer, fonts := d.resources, d.fonts
	d.resources, d.fonts = resources, map[string]*font{}
	defer func() {
		d.resources, d.fonts = outer, fonts
		switch broke := recover().(type) {
		case nil:
		case error:
			fault = broke
		default:
			fault = fmt.Errorf("%v", broke)
		}
	}()
	if stream.IsNull() || stream.Kind() == pdf.Array && stream.Len() == 0 {
		return nil
	}
	content, whole := d.left.unpack(stream)
	o := operation{content: content}
	o.each(func(operator string, v []operand) {
		if d.left.steps -= 1 + len(v)/64; d.left.steps < 0 {
			panic(errSteps)
		}
		d.operator(operator, v)
	})
	d.picture = d.picture || o.picture
	if !whole {
		return errSteps
	}
	return nil
}

func (d *drawing) operator(operator string, v []operand) {
	switch operator {
	case "q":
		if len(d.saved) < mostSaved {
			d.saved = append(d.saved, d.state)
		}
	case "Q":
		if n := len(d.saved); n > 0 {
			d.state, d.saved = d.saved[n-1], d.saved[:n-1]
		}
	case "cm":
		if len(v) == 6 {
			d.page = transformOf(v).then(d.page)
		}
	case "Do":
		if len(v) == 1 {
			d.form(d.resources.Key("XObject").Key(v[0].text))
		}
	case "sh":
		d.picture = true
	default:
		d.textOperator(operator, v)
	}
}

// form draws what stands in a stream of its own.
func (d *drawing) form(form pdf.Value) {
	switch form.Key("Subtype").Name() {
	case "Image":
		d.picture = true
	case "Form":
		if d.depth >= mostNested {
			return
		}
		before, saved := d.state, d.saved
		d.depth++
		d.saved = nil
		if m := form.Key("Matrix"); m.Len() == 6 {
			d.page = transform{m.Index(0).Float64(), m.Index(1).Float64(), m.Index(2).Float64(), m.Index(3).Float64(), m.Index(4).Float64(), m.Index(5).Float64()}.then(d.page)
		}
		resources := form.Key("Resources")
		if resources.Kind() != pdf.Dict {
			resources = d.resources
		}
		fault := d.draw(form, resources)
		d.depth--
		d.state, d.saved = before, saved
		if errors.Is(fault, errSteps) {
			panic(fault)
		}
	}
}

func transformOf(v []operand) transform {
	return transform{v[0].number, v[1].number, v[2].number, v[3].number, v[4].number, v[5].number}
}

func (d *drawing) textOperator(operator string, v []operand) {
	one := func() float64 {
		if len(v) == 0 {
			return 0
		}
		return v[len(v)-1].number
	}
	switch operator {
	case "BT":
		d.text, d.start = identity, identity
	case "Tf":
		if len(v) == 2 {
			d.font, d.size = d.fontOf(v[0].text), v[1].number
		}
	case "Tc":
		d.letterGap = one()
	case "Tw":
		d.wordGap = one()
	case "Tz":
		d.across = one() / 100
	case "TL":
		d.leading = one()
	case "Ts":
		d.rise = one()
	case "Td", "TD":
		if len(v) == 2 {
			if operator == "TD" {
				d.leading = -v[1].number
			}
			d.move(v[0].number, v[1].number)
		}
	case "Tm":
		if len(v) == 6 {
			d.text = transformOf(v)
			d.start = d.text
		}
	case "T*":
		d.move(0, -d.leading)
	case "Tj", "TJ", "'", "\"":
		d.show(operator, v)
	}
}

func (d *drawing) move(x, y float64) {
	d.start = transform{a: 1, d: 1, e: x, f: y}.then(d.start)
	d.text = d.start
}

func (d *drawing) show(operator string, v []operand) {
	if len(v) == 0 {
		return
	}
	if operator == "\"" && len(v) == 3 {
		d.wordGap, d.letterGap = v[0].number, v[1].number
	}
	if operator != "Tj" && operator != "TJ" {
		d.move(0, -d.leading)
	}
	shown := v[len(v)-1]
	if shown.kind != operandArray {
		d.glyphsOf(shown.text)
		return
	}
	for _, piece := range shown.array {
		d.glyphsOf(piece.text)
		d.advance(-piece.number / 1000 * d.size)
	}
}

func (d *drawing) advance(x float64) {
	d.text = transform{a: 1, d: 1, e: x * d.across}.then(d.text)
}

func (d *drawing) fontOf(name string) *font {
	f, ok := d.fonts[name]
	if !ok {
		f = newFont(d.resources.Key("Font").Key(name), d.left)
		d.fonts[name] = f
		d.left.steps -= 100 + len(f.widths) + len(f.letters)
	}
	return f
}

// glyphsOf draws the codes of raw one after another.
func (d *drawing) glyphsOf(raw string) {
	if d.font == nil {
		return
	}
	for raw != "" {
		if d.left.steps--; d.left.steps < 0 {
			panic(errSteps)
		}
		letters, width, size := d.font.next(raw)
		at := transform{a: d.across, d: 1, f: d.rise}.then(d.text).then(d.page)
		along := math.Hypot(at.a, at.b)
		u, v := at.a/along, at.b/along
		g := glyph{letters: letters, x: at.e*u + at.f*v, y: at.f*u - at.e*v, size: math.Abs(d.size) * math.Hypot(at.c, at.d)}
		g.end = g.x + width/1000*d.size*along
		step := width/1000*d.size + d.letterGap
		if size == 1 && raw[0] == ' ' {
			step += d.wordGap
		}
		d.advance(step)
		if finite(g) {
			d.glyphs = append(d.glyphs, g)
		}
		raw = raw[size:]
	}
}

func finite(g glyph) bool {
	for _, n := range [...]float64{g.x, g.y, g.end, g.size} {
		if math.IsNaN(n) || math.Abs(n) > 1e7 {
			return false
		}
	}
	return true
}
