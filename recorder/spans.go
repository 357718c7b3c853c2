package recorder

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/extract"
)

// A saidWithSpans is the answer of `cairn extract --spans`.
type saidWithSpans struct {
	said
	extract.Spans
}

// withSpans adds to an answer every expression of the given kinds.
func withSpans(reader *extract.Reader, d cairn.Document, answer said, kinds []string) (any, error) {
	return saidWithSpans{answer, reader.Spans(d, kinds...)}, nil
}
