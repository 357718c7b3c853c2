package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A paragraph is one line of a document's text, cut where claims begin and end.
type paragraph struct{ Segments []segment }

// A segment is a run of text under the same claims.
type segment struct {
	Text  string
	At    int    // the byte of the document that it begins with
	Marks []mark // around it, the outermost first
	Refs  []ref  // claims whose words end here
}

// A mark is a claim over a segment.
type mark struct {
	N      int
	Harm   cairn.Harm
	Figure bool   // of the figure, not of the whole claim
	ID     string // of the first segment of the claim's figure
	Depth  int    // how many marks of whole claims it stands in, itself too
}

// A ref leads from the words of a claim to what was read in them.
type ref struct {
	N    int
	Harm cairn.Harm
}

// layer is a span to be marked.
type layer struct {
	span   cairn.Span
	n      int
	harm   cairn.Harm
	figure bool
	anchor bool // the one that bears the claim's name
}

// deepest is how many marks stand around one segment; past it a text could
// not be read for its marks.
const deepest = 6

// anchorOf returns the name of claim n in its document.
func anchorOf(n int) string { return fmt.Sprintf("claim-%d", n) }

// highlight cuts text into paragraphs and marks what claims rest on. Spans that
// leave the text or cut a letter in two are passed over. It returns which
// claims have a place in the text.
func highlight(text string, claims []cairn.Claim) ([]paragraph, map[int]bool) {
	layers := layersOf(text, claims)
	placed := map[int]bool{}
	for _, l := range layers {
		placed[l.n] = placed[l.n] || l.anchor
	}
	m := marker{text: text, coming: layers, cuts: cutsOf(layers), named: map[int]bool{}}
	var paragraphs []paragraph
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		p := paragraph{m.cut(cairn.Span{Start: start, End: end})}
		if strings.TrimSpace(text[start:end]) != "" {
			paragraphs = append(paragraphs, p)
		}
		start = end + 1
	}
	return paragraphs, placed
}

// A marker goes through a text once, from segment to segment.
type marker struct {
	text   string
	coming []layer // that have not begun
	open   []layer // that have, and have not ended
	cuts   []int   // ahead
	named  map[int]bool
}

// layersOf returns the spans of claims that lie in text, in the order in which
// they open.
func layersOf(text string, claims []cairn.Claim) []layer {
	var layers []layer
	add := func(l layer) bool {
		if !l.span.In(text) {
			return false
		}
		layers = append(layers, l)
		return true
	}
	for _, c := range claims {
		anchored := c.Figure.Span != nil && add(layer{*c.Figure.Span, c.N, c.Harm, true, true})
		add(layer{c.Span, c.N, c.Harm, false, !anchored})
		for _, also := range c.Also {
			add(layer{also, c.N, c.Harm, false, false})
		}
	}
	slices.SortStableFunc(layers, func(a, b layer) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	return layers
}

// cutsOf returns every offset at which a layer begins or ends, in order.
func cutsOf(layers []layer) []int {
	var cuts []int
	for _, l := range layers {
		cuts = append(cuts, l.span.Start, l.span.End)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// cut returns the segments of one paragraph.
func (m *marker) cut(within cairn.Span) []segment {
	var segments []segment
	for start := within.Start; start < within.End; {
		for len(m.cuts) > 0 && m.cuts[0] <= start {
			m.cuts = m.cuts[1:]
		}
		end := within.End
		if len(m.cuts) > 0 {
			end = min(end, m.cuts[0])
		}
		segments = append(segments, m.segment(cairn.Span{Start: start, End: end}))
		start = end
	}
	return segments
}

// segment returns the segment of s with the layers over it.
func (m *marker) segment(s cairn.Span) segment {
	for len(m.coming) > 0 && m.coming[0].span.Start <= s.Start {
		m.open, m.coming = append(m.open, m.coming[0]), m.coming[1:]
	}
	m.open = slices.DeleteFunc(m.open, func(l layer) bool { return l.span.End <= s.Start })
	seg := segment{Text: s.Of(m.text), At: s.Start}
	depth := 0
	for _, l := range m.open {
		if l.anchor && l.span.End == s.End {
			seg.Refs = append(seg.Refs, ref{l.n, l.harm})
		}
		first := l.anchor && !m.named[l.n]
		if len(seg.Marks) >= deepest && !first {
			continue
		}
		around := mark{N: l.n, Harm: l.harm, Figure: l.figure}
		if !l.figure {
			depth++
		}
		around.Depth = min(depth, 4)
		if first {
			m.named[l.n], around.ID = true, anchorOf(l.n)
		}
		seg.Marks = append(seg.Marks, around)
	}
	return seg
}
