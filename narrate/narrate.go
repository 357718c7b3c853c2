// Package narrate reads and drafts the text of an incident. A text cites claims
// by marks such as [[wire#2]], a document and the number of one of its claims, so
// that every sentence of it unrolls to the words that it rests on, as a number
// does. [Parse] takes a text apart, [Draft] writes a plain first one from the
// claims, for a person to go on with.
package narrate

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// A Part is a run of a text: words, or a mark that cites a claim.
type Part struct {
	Words string
	Mark  string         // what stands in the brackets; empty for words
	Claim cairn.ClaimRef // that Mark names, without its reading
}

// Longest is how many letters a text may have.
const Longest = 20_000

const opens, closes = "[[", "]]"

// Parse takes a text apart into words and marks. A mark that names no claim is
// cairn.Invalid with its line.
func Parse(text string) ([]Part, error) {
	if n := utf8.RuneCountInString(text); n > Longest {
		return nil, cairn.Invalid{Field: "text", Reason: fmt.Sprintf("It has %d letters; %d are the most.", n, Longest)}
	}
	var parts []Part
	line := 1
	for text != "" {
		words, rest, more := strings.Cut(text, opens)
		if words != "" {
			parts = append(parts, Part{Words: words})
			line += strings.Count(words, "\n")
		}
		if !more {
			break
		}
		mark, after, closed := strings.Cut(rest, closes)
		if !closed || strings.Contains(mark, "\n") || strings.Contains(mark, opens) {
			return nil, cairn.Invalid{Field: "text", Line: line, Reason: fmt.Sprintf("The mark [[%s is not closed by ]].", beginning(rest))}
		}
		p, err := markOf(mark)
		if err != nil {
			return nil, cairn.Invalid{Field: "text", Line: line, Reason: err.Error()}
		}
		parts = append(parts, p)
		text = after
	}
	return parts, nil
}

func markOf(mark string) (Part, error) {
	p := Part{Mark: strings.TrimSpace(mark)}
	at := strings.LastIndexByte(p.Mark, '#')
	if at < 1 {
		return p, fmt.Errorf("[[%s]] names no claim; write the document and the number of the claim, as [[wire#2]]", mark)
	}
	n, err := strconv.Atoi(p.Mark[at+1:])
	if err != nil || n < 1 || p.Mark[at+1] == '+' {
		return p, fmt.Errorf("[[%s]] names no claim: after # stands its number", mark)
	}
	p.Claim = cairn.ClaimRef{Document: p.Mark[:at], N: n}
	return p, nil
}

// beginning is the first letters of a text that is quoted in a message.
func beginning(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if utf8.RuneCountInString(s) > 20 {
		return string([]rune(s)[:20]) + "…"
	}
	return s
}

// Mark returns how a text cites a claim.
func Mark(ref cairn.ClaimRef) string { return ref.Document + "#" + strconv.Itoa(ref.N) }

// Plain returns a text without its marks, for where nothing can unroll.
func Plain(text string) string {
	parts, err := Parse(text)
	if err != nil {
		return text
	}
	var b strings.Builder
	for _, p := range parts {
		words := p.Words
		if p.Mark != "" {
			continue
		}
		if b.Len() > 0 && strings.HasSuffix(b.String(), " ") && strings.HasPrefix(words, ".") {
			kept := strings.TrimRight(b.String(), " ")
			b.Reset()
			b.WriteString(kept)
		}
		b.WriteString(words)
	}
	return strings.TrimSpace(b.String())
}
