package read

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

const (
	mostGlyphs = 1 << 16 // of a font
	anyWidth   = 500     // of a letter whose font does not say, in thousandths of its size
)

// A font says which letters its codes draw and how wide.
type font struct {
	wide    bool              // codes are of two bytes
	letters map[uint32]string // by code; nil where the font does not say
	encoded pdf.TextEncoding  // for a font without letters; nil where nothing tells
	widths  map[uint32]float64
	width   float64 // of what is not in widths
}

// newFont reads a font. One that is broken draws what it can.
func newFont(v pdf.Value, left *budget) (f *font) {
	f = &font{width: anyWidth}
	defer func() { _ = recover() }()
	f.wide = v.Key("Subtype").Name() == "Type0"
	f.readWidths(v)
	if toUnicode := v.Key("ToUnicode"); toUnicode.Kind() == pdf.Stream {
		table, _ := left.unpack(toUnicode)
		f.letters = map[uint32]string{}
		f.readLetters(table)
		return f
	}
	if !f.wide {
		f.encoded = (&pdf.Font{V: v}).Encoder()
	}
	return f
}

func (f *font) readWidths(v pdf.Value) {
	f.widths = map[uint32]float64{}
	if f.wide {
		f.readWideWidths(v.Key("DescendantFonts").Index(0))
		return
	}
	scale := 1.0
	if m := v.Key("FontMatrix"); m.Len() == 6 && v.Key("Subtype").Name() == "Type3" {
		scale = m.Index(0).Float64() * 1000
	}
	widths := v.Key("Widths")
	first := uint32(v.Key("FirstChar").Int64())
	for i := range min(widths.Len(), mostGlyphs) {
		f.widths[first+uint32(i)] = widths.Index(i).Float64() * scale
	}
}

// readWideWidths reads "code [width width …]" and "first last width".
func (f *font) readWideWidths(v pdf.Value) {
	f.width = 1000
	if w := v.Key("DW"); w.Kind() == pdf.Integer || w.Kind() == pdf.Real {
		f.width = w.Float64()
	}
	runs := v.Key("W")
	for i := 0; i+1 < runs.Len() && len(f.widths) < mostGlyphs; {
		first, next := uint32(runs.Index(i).Int64()), runs.Index(i+1)
		if next.Kind() == pdf.Array {
			for j := range min(next.Len(), mostGlyphs) {
				f.widths[first+uint32(j)] = next.Index(j).Float64()
			}
			i += 2
			continue
		}
		width := runs.Index(i + 2).Float64()
		for code, last := first, uint32(next.Int64()); code <= last && code-first < mostGlyphs && len(f.widths) < mostGlyphs; code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

// readLetters reads the table from codes to letters that a font carries.
func (f *font) readLetters(table []byte) {
	o := operation{content: table}
	o.each(func(operator string, v []operand) {
		switch operator {
		case "endbfchar":
			for ; len(v) >= 2; v = v[2:] {
				f.letter(code(v[0].text), v[1].text)
			}
		case "endbfrange":
			for ; len(v) >= 3; v = v[3:] {
				f.run(code(v[0].text), code(v[1].text), v[2])
			}
		}
	})
}

func (f *font) run(first, last uint32, to operand) {
	units := []byte(to.text)
	for c := first; c <= last && c-first < mostGlyphs; c++ {
		if i := int(c - first); to.kind == operandArray {
			if i >= len(to.array) {
				return
			}
			f.letter(c, to.array[i].text)
			continue
		}
		if len(units) < 2 {
			return
		}
		f.letter(c, string(units))
		low := uint16(units[len(units)-2])<<8 | uint16(units[len(units)-1])
		low++
		units[len(units)-2], units[len(units)-1] = byte(low>>8), byte(low)
	}
}

// letter takes up what a code draws, written in UTF-16.
func (f *font) letter(code uint32, units string) {
	if len(f.letters) >= mostGlyphs {
		return
	}
	var u []uint16
	for i := 0; i+1 < len(units) && i < 32; i += 2 {
		u = append(u, uint16(units[i])<<8|uint16(units[i+1]))
	}
	f.letters[code] = string(utf16.Decode(u))
}

func code(raw string) (c uint32) {
	for i := range min(len(raw), 4) {
		c = c<<8 | uint32(raw[i])
	}
	return c
}

// next returns what the first code of raw draws, how wide in thousandths of the
// size, and how many bytes the code has.
func (f *font) next(raw string) (drawn string, width float64, size int) {
	size = 1
	if f.wide && len(raw) > 1 {
		size = 2
	}
	c := code(raw[:size])
	width, ok := f.widths[c]
	if !ok {
		width = f.width
	}
	drawn, ok = f.letters[c]
	switch {
	case ok:
	case f.encoded != nil:
		drawn = f.encoded.Decode(raw[:size])
	default:
		drawn = "\uFFFD"
	}
	if !utf8.ValidString(drawn) {
		drawn = "\uFFFD"
	}
	return drawn, width, size
}

// unpack returns what a stream, or each of an array of them, unpacks to, and
// whether that is no more than is left. Of a stream that breaks off it is the
// beginning.
func (b *budget) unpack(streams pdf.Value) (content []byte, whole bool) {
	if streams.Kind() == pdf.Array {
		for i := range streams.Len() {
			one := streams.Index(i)
			if one.Kind() != pdf.Stream {
				continue
			}
			more, whole := b.unpack(one)
			content = append(append(content, more...), '\n')
			if !whole {
				return content, false
			}
		}
		return content, true
	}
	if streams.Kind() != pdf.Stream || twiceDeflated(streams) {
		return nil, true
	}
	content, _ = io.ReadAll(io.LimitReader(streams.Reader(), int64(max(0, b.inflated))))
	b.inflated -= len(content) + 1
	return content, b.inflated > 0
}

// twiceDeflated reports whether a stream is one of those that are packed to
// unpack without end, or into a row longer than any page has.
func twiceDeflated(v pdf.Value) bool {
	deflated, filters, parameters := 0, v.Key("Filter"), v.Key("DecodeParms")
	for i := range filters.Len() {
		if filters.Index(i).Name() == "FlateDecode" {
			deflated++
		}
		if parameters.Index(i).Key("Columns").Int64() > 1<<16 {
			return true
		}
	}
	return deflated > 1 || filters.Len() > 4 || parameters.Key("Columns").Int64() > 1<<16
}
