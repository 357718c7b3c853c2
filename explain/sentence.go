package explain

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/cairn-recorder/cairn"
)

// A Sentence is a sentence of a document, cut where parts of a claim begin and
// end.
type Sentence []Piece

// A Piece is a run of a sentence. Parts are what it is of the claim: figure,
// harm, victims, where, when, by, means, says, or a reservation; none for what
// stands between.
type Piece struct {
	Words string
	Parts []string
}

// String writes the sentence with its parts in brackets: "[figure: seven]
// [victims: people] were killed".
func (s Sentence) String() string {
	var b strings.Builder
	for _, p := range s {
		words := strings.ReplaceAll(p.Words, "\n", " ")
		if len(p.Parts) > 0 {
			words = "[" + strings.Join(p.Parts, ", ") + ": " + words + "]"
		}
		b.WriteString(words)
	}
	return b.String()
}

// MarshalJSON writes what String does.
func (s Sentence) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// A part is a span that is something of a claim.
type part struct {
	name string
	span cairn.Span
}

// partsOf returns the spans of the values of c that lie in text.
func partsOf(text string, c cairn.Claim) []part {
	var out []part
	add := func(name string, span *cairn.Span) {
		if span != nil && span.In(text) {
			out = append(out, part{name, *span})
		}
	}
	add("figure", c.Figure.Span)
	add("victims", c.Victims.Span)
	if c.Where != nil {
		add("where", c.Where.Span)
	}
	if c.When != nil {
		add("when", c.When.Span)
	}
	for _, b := range c.By {
		add("by", b.Span)
	}
	if c.Means != nil {
		add("means", c.Means.Span)
	}
	for _, s := range c.Says {
		add("says", s.Span)
	}
	for _, g := range c.Grounds {
		if !slices.ContainsFunc(out, func(p part) bool { return g.Span != nil && p.span == *g.Span && g.For != harmPart }) {
			add(g.For, g.Span)
		}
	}
	return out
}

const harmPart = "harm"

// sentencesOf returns the sentences that c and its values stand in, its own
// first, with the parts of c apart.
func sentencesOf(text string, c cairn.Claim) []Sentence {
	out := []Sentence{}
	if !c.Span.In(text) {
		return out
	}
	parts := partsOf(text, c)
	around := []cairn.Span{Around(text, c.Span)}
	for _, p := range parts {
		if !slices.ContainsFunc(around, func(s cairn.Span) bool { return s.Holds(p.span) }) {
			around = append(around, Around(text, p.span))
		}
	}
	slices.SortFunc(around[1:], func(a, b cairn.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, s := range around {
		out = append(out, cut(text, s, parts))
	}
	return out
}

// cut returns the sentence at span with its parts apart.
func cut(text string, span cairn.Span, parts []part) Sentence {
	edges := []int{span.Start, span.End}
	for _, p := range parts {
		if span.Holds(p.span) {
			edges = append(edges, p.span.Start, p.span.End)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var out Sentence
	for i := range len(edges) - 1 {
		at := cairn.Span{Start: edges[i], End: edges[i+1]}
		piece := Piece{Words: at.Of(text)}
		for _, p := range parts {
			if p.span.Holds(at) && !slices.Contains(piece.Parts, p.name) {
				piece.Parts = append(piece.Parts, p.name)
			}
		}
		if strings.TrimSpace(piece.Words) == "" {
			piece.Parts = nil
		}
		out = append(out, piece)
	}
	return trimmed(out)
}

// trimmed drops the white space around a sentence.
func trimmed(s Sentence) Sentence {
	if len(s) > 0 {
		s[0].Words = strings.TrimLeft(s[0].Words, " \t\r\n")
		s[len(s)-1].Words = strings.TrimRight(s[len(s)-1].Words, " \t\r\n")
	}
	return slices.DeleteFunc(s, func(p Piece) bool { return p.Words == "" })
}

// Around returns the sentences of text that words touch. A line break ends a
// sentence. The words must lie in text.
func Around(text string, words cairn.Span) cairn.Span {
	line := cairn.Span{Start: strings.LastIndexByte(text[:words.Start], '\n') + 1, End: len(text)}
	if i := strings.IndexByte(text[words.End:], '\n'); i >= 0 {
		line.End = words.End + i
	}
	var around cairn.Span
	parts := sentences.FromString(line.Of(text))
	for parts.Next() {
		s := cairn.Span{Start: line.Start + parts.Start(), End: line.Start + parts.End()}
		if s.Overlaps(words) {
			around = around.Cover(s)
		}
	}
	return around
}
