package read

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A layer is text that was made from the original bytes, and how each of its
// offsets maps to one of theirs. Layers stack: an e-mail's HTML part is one over
// the transfer encoding, and its text another over that.
type layer struct {
	text    []byte
	anchors []cairn.Anchor
	problem *cairn.Problem
}

// original returns the offset in the original bytes of an offset of l.
func (l layer) original(offset int) int {
	i := sort.Search(len(l.anchors), func(i int) bool { return l.anchors[i].Text > offset }) - 1
	if i < 0 {
		return offset
	}
	return l.anchors[i].Original + offset - l.anchors[i].Text
}

// part returns the piece of l from start to end as a layer of its own.
func (l layer) part(start, end int) layer {
	w := writer{layer: l}
	w.run(start, end)
	return layer{text: w.text, anchors: w.anchors}
}

// A writer writes the text of a document out of a layer and keeps the map.
type writer struct {
	layer   layer
	text    []byte
	anchors []cairn.Anchor
	cells   []cairn.Cell
	floor   int // the highest offset of the original so far, below which no anchor goes
}

// run writes the layer's text from start to end, as it stands.
func (w *writer) run(start, end int) {
	if start >= end {
		return
	}
	w.anchor(w.layer.original(start))
	anchors := w.layer.anchors
	i := sort.Search(len(anchors), func(i int) bool { return anchors[i].Text > start })
	for ; i < len(anchors) && anchors[i].Text < end; i++ {
		w.text = append(w.text, w.layer.text[start:anchors[i].Text]...)
		start = anchors[i].Text
		w.anchor(anchors[i].Original)
	}
	w.text = append(w.text, w.layer.text[start:end]...)
}

// say writes words that the original does not hold as they stand; at is where
// in the layer what they stand for begins.
func (w *writer) say(words string, at int) {
	w.anchor(w.layer.original(at))
	w.text = append(w.text, words...)
}

// gap writes white space that the original does not hold.
func (w *writer) gap(space string) { w.text = append(w.text, space...) }

// anchor ties the end of the text so far to an offset of the original. Where
// both have run side by side it is not needed.
func (w *writer) anchor(original int) {
	original = max(original, w.floor)
	w.floor = original
	if n := len(w.anchors); n > 0 {
		last := &w.anchors[n-1]
		if last.Original+len(w.text)-last.Text == original {
			return
		}
		if last.Text == len(w.text) {
			last.Original = original
			return
		}
	}
	w.anchors = append(w.anchors, cairn.Anchor{Text: len(w.text), Original: original})
}

// words writes the layer's text from start to end with its white space
// collapsed, and none at its ends.
func (w *writer) words(start, end int) {
	text := w.layer.text[:end]
	for first := true; ; first = false {
		start += leadingSpace(text[start:])
		if start >= end {
			return
		}
		if !first {
			w.gap(" ")
		}
		length := wordLength(text[start:])
		w.run(start, start+length)
		start += length
	}
}

func leadingSpace(text []byte) int {
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		if !isSpace(r) {
			break
		}
		n += size
	}
	return n
}

func wordLength(text []byte) int {
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		if isSpace(r) {
			break
		}
		n += size
	}
	return n
}

// isSpace also takes for space what is invisible and stands between words: NUL
// and the zero-width space.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == 0 || r == '\u200B' || r == '\uFEFF' }

// fault sets a problem where there is none yet.
func (w *writer) fault(kind cairn.ProblemKind, reason string) {
	if w.layer.problem == nil {
		w.layer.problem = &cairn.Problem{Kind: kind, Reason: reason}
	}
}

// collapse returns s with its white space collapsed.
func collapse(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }

// document returns what was written as a document.
func (w *writer) document(medium string) cairn.Document {
	return cairn.Document{Medium: medium, Text: string(w.text), Map: w.anchors, Cells: w.cells, Problem: w.layer.problem}
}

// withoutNUL returns l without NUL bytes, which no store holds in a text.
func (l layer) withoutNUL() layer {
	if !strings.Contains(string(l.text), "\x00") {
		return l
	}
	w := writer{layer: l}
	for start := 0; start < len(l.text); {
		end := start
		for end < len(l.text) && l.text[end] != 0 {
			end++
		}
		w.run(start, end)
		start = end + 1
	}
	return layer{w.text, w.anchors, l.problem}
}
