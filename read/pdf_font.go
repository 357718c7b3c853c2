package read

import (
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
	if toUnicode := v.Key("ToUnicode"); toUnicode.Kind() == pdf.Stream && left.affords(toUnicode) {
		f.letters = map[uint32]string{}
		f.readLetters(toUnicode, v)
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

// readLetters reads the table from codes to letters that a font carries. The
// table is a program, which asks for a dictionary to write its own name in; any
// will do.
func (f *font) readLetters(table, dictionary pdf.Value) {
	pdf.Interpret(table, func(stack *pdf.Stack, operator string) {
		switch operator {
		case "findresource":
			stack.Pop()
			stack.Pop()
			stack.Push(dictionary)
		case "defineresource":
			stack.Pop()
			stack.Pop()
		case "endbfchar":
			for stack.Len() >= 2 {
				to, from := stack.Pop().RawString(), stack.Pop().RawString()
				f.letter(code(from), to)
			}
		case "endbfrange":
			for stack.Len() >= 3 {
				to, last, first := stack.Pop(), stack.Pop().RawString(), stack.Pop().RawString()
				f.run(code(first), code(last), to)
			}
		case "begincodespacerange", "beginbfchar", "beginbfrange", "endcodespacerange":
			for stack.Len() > 0 {
				stack.Pop()
			}
		}
	})
}

func (f *font) run(first, last uint32, to pdf.Value) {
	units := []byte(to.RawString())
	for c := first; c <= last && c-first < mostGlyphs; c++ {
		if to.Kind() == pdf.Array {
			f.letter(c, to.Index(int(c-first)).RawString())
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

// affords reports whether a stream, or each of an array of them, unpacks to no
// more than is left, and takes that off.
func (b *budget) affords(streams pdf.Value) bool {
	if streams.Kind() == pdf.Array {
		for i := range streams.Len() {
			if !b.affords(streams.Index(i)) {
				return false
			}
		}
		return true
	}
	if streams.Kind() != pdf.Stream || twiceDeflated(streams) {
		return false
	}
	r := streams.Reader()
	buffer := make([]byte, 32<<10)
	for b.inflated > 0 {
		n, err := r.Read(buffer)
		b.inflated -= n
		if err != nil {
			break // what comes before a break is read
		}
	}
	return b.inflated > 0
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
