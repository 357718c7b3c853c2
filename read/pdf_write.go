package read

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A pageWriter writes lines as paragraphs, and where each page begins.
type pageWriter struct {
	text    []byte
	anchors []cairn.Anchor
}

// page writes the lines of a page. A sentence that runs on from the page before
// is not parted.
func (w *pageWriter) page(number int, lines []line) {
	if len(lines) == 0 || len(w.text) > mostText {
		return
	}
	m := measured(lines)
	for i, l := range lines {
		switch {
		case len(w.text) == 0:
		case i == 0 && !runsOn(w.tail(), l.text):
			w.gap("\n\n")
		case i == 0:
			w.gap(" ")
		default:
			w.between(lines[i-1], l, m)
		}
		if i == 0 {
			w.anchors = append(w.anchors, cairn.Anchor{Text: len(w.text), Original: number})
		}
		w.text = append(w.text, l.text...)
	}
}

func (w *pageWriter) gap(space string) { w.text = append(w.text, space...) }

// tail returns the end of what was written, a paragraph of it at most.
func (w *pageWriter) tail() string { return string(w.text[max(0, len(w.text)-400):]) }

// measures are how the lines of a page stand: the usual step from one down to
// the next, and by where lines begin, how far such lines reach.
type measures struct {
	leading float64
	reach   map[int]float64
}

// column says which lines begin together: their edge in steps of a sixth of an
// inch.
func (l line) column() int {
	if l.rightToLeft {
		return -int(l.right/12) - 1
	}
	return int(l.left / 12)
}

func measured(lines []line) measures {
	m := measures{reach: map[int]float64{}}
	var steps []float64
	for i, l := range lines {
		if reach, ok := m.reach[l.column()]; !ok || l.rightToLeft && l.left < reach || !l.rightToLeft && l.right > reach {
			m.reach[l.column()] = l.right
			if l.rightToLeft {
				m.reach[l.column()] = l.left
			}
		}
		if i > 0 {
			if step := lines[i-1].y - l.y; step > 0.7*l.size && step < 2.2*l.size {
				steps = append(steps, step)
			}
		}
	}
	slices.Sort(steps)
	if len(steps) > 0 {
		m.leading = steps[len(steps)/4]
	}
	return m
}

// between writes what parts two lines: the end of a paragraph, the end of a
// line that was meant to end there, or a space.
func (w *pageWriter) between(a, b line, m measures) {
	step := a.y - b.y
	said := w.tail()
	switch {
	case step < 0 || step > 3*max(m.leading, a.size):
		if runsOn(said, b.text) && a.size == b.size {
			w.join(said, b.text)
			return
		}
		w.gap("\n\n")
	case a.size > b.size*1.15 || b.size > a.size*1.15 || step > 1.3*max(m.leading, a.size):
		w.gap("\n\n")
	case indented(a, b) && endsSentence(said):
		w.gap("\n\n")
	case a.row || b.row || m.endsShort(a, b):
		w.gap("\n")
	default:
		w.join(said, b.text)
	}
}

// join parts two lines of a paragraph by a space, and mends a word that was
// hyphenated at the end of the first.
func (w *pageWriter) join(said, next string) {
	if strings.HasSuffix(said, "-") && startsLower(next) {
		before := said[strings.LastIndexAny(said, " \n")+1 : len(said)-1]
		if before != "" && strings.ToLower(before) == before && !strings.ContainsAny(before, "0123456789-") {
			w.text = w.text[:len(w.text)-1]
		}
		return
	}
	w.gap(" ")
}

// endsShort reports whether line a ends so far from the margin that b's first
// word would have fitted in behind it.
func (m measures) endsShort(a, b line) bool {
	first, _, _ := strings.Cut(b.text, " ")
	needed := float64(utf8.RuneCountInString(first)+2) * a.size * 0.6
	reach := m.reach[a.column()]
	if a.rightToLeft {
		return a.left-min(reach, b.left) > needed
	}
	return max(reach, b.right)-a.right > needed
}

func indented(a, b line) bool {
	if b.rightToLeft {
		return a.right-b.right > 0.8*b.size
	}
	return b.left-a.left > 0.8*b.size
}

func runsOn(said, next string) bool { return !endsSentence(said) && startsLower(next) }

func endsSentence(said string) bool {
	said = strings.TrimRight(said, `"'”’»)]`)
	r, _ := utf8.DecodeLastRuneInString(said)
	return strings.ContainsRune(".!?:؟…", r)
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

// dropMargins drops the first and last lines of pages that say the same on three
// pages or more, but for the first time, and those that say nothing but the
// number of the page.
func dropMargins(pages [][]line) {
	margin := func(lines []line, last bool) int {
		switch {
		case len(lines) < 2:
			return -1
		case last:
			return len(lines) - 1
		}
		return 0
	}
	for _, last := range []bool{false, true} {
		said := map[string]int{}
		for _, lines := range pages {
			if i := margin(lines, last); i >= 0 {
				said[withoutDigits(lines[i].text)]++
			}
		}
		before := map[string]bool{}
		for p, lines := range pages {
			i := margin(lines, last)
			if i < 0 {
				continue
			}
			text := withoutDigits(lines[i].text)
			drop := said[text] >= 3 && before[text] || said[text] >= 2 && pageNumber(text)
			before[text] = true
			if drop {
				pages[p] = slices.Delete(slices.Clone(lines), i, i+1)
			}
		}
	}
}

func withoutDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return unicode.ToLower(r)
	}, text)
}

// pageNumber reports whether a text without digits is no more than a page's
// number.
func pageNumber(text string) bool {
	text = strings.Trim(text, "#-–—| ./")
	return text == "" || text == "page" || text == "página" || text == "صفحة" || text == "стор" || text == "page # of" || text == "page ## of"
}
