package web

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
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
	if !words.In(text) {
		return quote{}
	}
	around := explain.Around(text, words)
	figure := words
	if c.Figure.Span != nil && c.Figure.Span.In(text) && around.Holds(*c.Figure.Span) {
		figure = *c.Figure.Span
	}
	return quote{
		Before: ending(strings.TrimLeft(text[around.Start:figure.Start], " \t\r\n")),
		Figure: figure.Of(text),
		After:  beginning(strings.TrimRight(text[figure.End:around.End], " \t\r\n")),
	}
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
