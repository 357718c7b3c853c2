package read

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A line is the words of a page on one base line, in the order in which they
// are read, and where they stand, in points.
type line struct {
	text           string
	left, right, y float64
	size           float64 // of most of its letters
	rightToLeft    bool
	row            bool // of a table
}

// The gaps between glyphs that mean something, in sizes of their letters.
const (
	wordGap   = 0.17
	columnGap = 1.8
	sameLine  = 0.45
)

// lines returns the lines of what was drawn, in the order of drawing, which
// nearly every program makes the order of reading; two columns that were drawn
// line by line across the page come one after the other.
func (d *drawing) lines() []line {
	var lines []line
	var rows []int // of each line, on which base line it was drawn
	row, arabic := 0, d.rightToLeft()
	for start := 0; start < len(d.glyphs); row++ {
		end := start + 1
		for end < len(d.glyphs) && onLine(d.glyphs[start], d.glyphs[end]) {
			end++
		}
		run := slices.Clone(d.glyphs[start:end])
		slices.SortStableFunc(run, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		for len(run) > 0 {
			n := untilGap(run)
			if l := lineOf(run[:n], arabic); l.text != "" {
				lines, rows = append(lines, l), append(rows, row)
			}
			run = run[n:]
		}
		start = end
	}
	return columns(lines, rows)
}

// onLine reports whether b stands on the base line of a. Notes are set smaller
// and a little above or below it.
func onLine(a, b glyph) bool { return math.Abs(a.y-b.y) <= sameLine*max(a.size, b.size) }

// untilGap returns how many glyphs of a sorted run stand before a gap as wide as
// that between columns.
func untilGap(run []glyph) int {
	end := run[0].end
	for i := 1; i < len(run); i++ {
		if strings.TrimSpace(run[i].letters) == "" {
			continue
		}
		if run[i].x-end > columnGap*max(run[i].size, 4) {
			return i
		}
		end = max(end, run[i].end)
	}
	return len(run)
}

// rightToLeft reports whether the page as a whole is read from right to left.
func (d *drawing) rightToLeft() bool {
	balance := 0
	for _, g := range d.glyphs {
		switch direction(g.letters) {
		case rightToLeft:
			balance++
		case leftToRight:
			balance--
		}
	}
	return balance > 0
}

// lineOf returns the line that glyphs, sorted by where they stand, are.
func lineOf(run []glyph, onArabicPage bool) line {
	var pieces []string
	l := line{left: run[0].x, y: run[0].y}
	sizes := map[float64]int{}
	end := run[0].x
	for _, g := range run {
		if g.letters == "" || g.letters == "\u00AD" {
			continue
		}
		if strings.TrimSpace(g.letters) == "" {
			pieces = append(pieces, " ")
			continue
		}
		if g.x-end > wordGap*g.size && len(pieces) > 0 {
			pieces = append(pieces, " ")
		}
		pieces = append(pieces, composed(g.letters))
		sizes[math.Round(g.size*2)/2]++
		end = max(end, g.end)
	}
	l.right = end
	for size, n := range sizes {
		if n > sizes[l.size] || n == sizes[l.size] && size > l.size {
			l.size = size
		}
	}
	pieces, l.rightToLeft = logical(pieces, onArabicPage)
	l.text = collapse(norm.NFC.String(strings.Join(pieces, "")))
	return l
}

// composed returns letters without the forms that only a page has: those of
// Arabic letters within words, and ligatures.
func composed(letters string) string {
	for _, r := range letters {
		if r >= 0xFB00 && r <= 0xFB06 || r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC {
			return norm.NFKC.String(letters)
		}
	}
	return letters
}

// The directions of a piece.
const (
	neutral = iota
	leftToRight
	rightToLeft
	digits
)

func direction(piece string) int {
	r, _ := utf8.DecodeRuneInString(piece)
	switch {
	case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) && !unicode.IsDigit(r) && !unicode.IsPunct(r):
		return rightToLeft
	case unicode.IsDigit(r):
		return digits
	case unicode.IsLetter(r):
		return leftToRight
	}
	return neutral
}

// logical returns pieces that stand from left to right in the order in which
// they are read, and whether the line as a whole runs from right to left. Where
// it does, all is turned round, and then what runs from left to right within it
// is turned back; else only what runs from right to left is turned. On a page
// that is read from right to left a third of the letters make such a line.
func logical(pieces []string, onArabicPage bool) ([]string, bool) {
	right, left := 0, 0
	for _, p := range pieces {
		switch direction(p) {
		case rightToLeft:
			right++
		case leftToRight:
			left++
		}
	}
	if right == 0 {
		return pieces, false
	}
	base := right >= left || onArabicPage && right*2 >= left
	if base {
		slices.Reverse(pieces)
	}
	for start := 0; start < len(pieces); {
		if against(pieces[start], base) {
			end := runEnd(pieces, start, base)
			slices.Reverse(pieces[start:end])
			if !base {
				mirror(pieces[start:end])
			}
			start = end
			continue
		}
		if base {
			mirror(pieces[start : start+1])
		}
		start++
	}
	return pieces, base
}

// against reports whether a piece runs against the direction of its line.
func against(piece string, rightToLeftLine bool) bool {
	d := direction(piece)
	if rightToLeftLine {
		return d == leftToRight || d == digits
	}
	return d == rightToLeft
}

// runEnd returns the end of the run against the line that begins at start: with
// what is neutral inside it, but not at its end.
func runEnd(pieces []string, start int, rightToLeftLine bool) int {
	end := start + 1
	for i := start + 1; i < len(pieces); i++ {
		d := direction(pieces[i])
		switch {
		case against(pieces[i], rightToLeftLine):
			end = i + 1
		case d != neutral && !(d == digits && !rightToLeftLine):
			return end
		case pieces[i] == " " && onlyDigits(pieces[start:i]):
			return end // numbers with a space between them are two
		}
	}
	return end
}

func onlyDigits(pieces []string) bool {
	for _, p := range pieces {
		if direction(p) == leftToRight {
			return false
		}
	}
	return true
}

var mirrored = strings.NewReplacer("(", ")", ")", "(", "[", "]", "]", "[", "{", "}", "}", "{", "<", ">", ">", "<", "«", "»", "»", "«")

// mirror turns brackets, which pages draw as they look.
func mirror(pieces []string) {
	for i, p := range pieces {
		pieces[i] = mirrored.Replace(p)
	}
}

// columns puts the lines of two columns that stand side by side on the same base
// lines one column after the other. Columns are told from tables by the length
// of their lines.
func columns(lines []line, rows []int) []line {
	var ordered, second []line
	flush := func() {
		ordered, second = append(ordered, second...), nil
	}
	for i := 0; i < len(lines); {
		n := 1
		for i+n < len(lines) && rows[i+n] == rows[i] {
			n++
		}
		switch {
		case n == 2 && len(lines[i].text) > 24 && len(lines[i+1].text) > 24:
			first, other := lines[i], lines[i+1]
			if first.rightToLeft && other.rightToLeft {
				first, other = other, first
			}
			ordered, second = append(ordered, first), append(second, other)
		case n > 1:
			flush()
			ordered = append(ordered, tableRow(lines[i:i+n]))
		case len(second) > 0 && lines[i].left >= second[0].left-2:
			second = append(second, lines[i])
		case len(second) > 0 && lines[i].right < second[0].left:
			ordered = append(ordered, lines[i])
		default:
			flush()
			ordered = append(ordered, lines[i])
		}
		i += n
	}
	flush()
	return ordered
}

// tableRow joins what stands far apart on one base line.
func tableRow(cells []line) line {
	row := cells[0]
	if row.rightToLeft {
		cells = slices.Clone(cells)
		slices.Reverse(cells)
	}
	var texts []string
	for _, c := range cells {
		texts = append(texts, c.text)
		row.left, row.right = min(row.left, c.left), max(row.right, c.right)
	}
	row.text, row.row = strings.Join(texts, ", "), true
	return row
}
