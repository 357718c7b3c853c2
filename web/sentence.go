package web

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/cairn-recorder/cairn"
)

// A quote is the sentence of a claim, as it stands in its document, with the
// words of the figure apart.
type quote struct {
	Before string `json:"before,omitempty"`
	Figure string `json:"figure"`
	After  string `json:"after,omitempty"`
}

// longest is how many bytes of a quote stand on either side of the figure. A
// text without full stops would else be quoted whole.
const longest = 600

// quoteOf returns the sentence that claim c rests on; the zero quote where it
// has no words in text.
func quoteOf(text string, c cairn.Claim) quote {
	words := c.Span
	if !lies(text, words) {
		return quote{}
	}
	around := sentenceAround(text, words)
	figure := words
	if c.Figure.Span != nil && lies(text, *c.Figure.Span) && around.Holds(*c.Figure.Span) {
		figure = *c.Figure.Span
	}
	return quote{
		Before: ending(strings.TrimLeft(text[around.Start:figure.Start], " \t\r\n")),
		Figure: figure.Of(text),
		After:  beginning(strings.TrimRight(text[figure.End:around.End], " \t\r\n")),
	}
}

// sentenceAround returns the sentences of text that words touch. A line break
// ends a sentence.
func sentenceAround(text string, words cairn.Span) cairn.Span {
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

// ending returns the last words of s, at most longest bytes of them.
func ending(s string) string {
	if len(s) <= longest {
		return s
	}
	s = strings.ToValidUTF8(s[len(s)-longest:], "")
	return "…" + s[strings.IndexByte(s, ' ')+1:]
}

// beginning returns the first words of s, at most longest bytes of them.
func beginning(s string) string {
	if len(s) <= longest {
		return s
	}
	s = strings.ToValidUTF8(s[:longest], "")
	return s[:max(strings.LastIndexByte(s, ' '), 0)] + "…"
}
