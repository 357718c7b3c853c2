package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// The kinds of expressions that [Reader.Spans] finds.
const (
	Times   = "when"
	Places  = "where"
	Sayings = "says"
	Figures = "figures"
)

// Spans is every expression of the kinds asked for, claim or not, in the order
// of the text. A kind that was not asked for is nil.
type Spans struct {
	Times        []TimeSpan        `json:"times,omitzero"`
	Places       []cairn.Where     `json:"places,omitzero"`
	Attributions []AttributionSpan `json:"attributions,omitzero"`
	Figures      []FigureSpan      `json:"figures,omitzero"`
}

// A TimeSpan is words for a time and the days they stand for.
type TimeSpan struct {
	Words string     `json:"words"`
	Span  cairn.Span `json:"span"`
	From  cairn.Date `json:"from,omitempty"`
	To    cairn.Date `json:"to,omitempty"`
}

// An AttributionSpan is who says something, the word that says so, and what is
// said.
type AttributionSpan struct {
	Source  WordSpan    `json:"source"`
	Cue     WordSpan    `json:"cue"`
	Content ContentSpan `json:"content"`
}

// A WordSpan is words and where they stand.
type WordSpan struct {
	Words string     `json:"words"`
	Span  cairn.Span `json:"span"`
}

// A ContentSpan is where what is said stands.
type ContentSpan struct {
	Span cairn.Span `json:"span"`
}

// A FigureSpan is a number of any kind with its bounds as written.
type FigureSpan struct {
	Words string      `json:"words"`
	Span  cairn.Span  `json:"span"`
	Op    cairn.Op    `json:"op"`
	Low   cairn.Bound `json:"low"`
	High  cairn.Bound `json:"high"`
	Unit  string      `json:"unit,omitempty"`
}

// Spans returns the expressions of the given kinds in a document, which are
// Times, Places, Sayings and Figures.
func (r *Reader) Spans(d cairn.Document, kinds ...string) Spans {
	p := r.parse(d)
	var out Spans
	for _, kind := range kinds {
		switch kind {
		case Times:
			out.Times = p.timeSpans()
		case Places:
			out.Places = p.placeSpans()
		case Sayings:
			out.Attributions = p.attributionSpans()
		case Figures:
			out.Figures = p.figureSpans()
		}
	}
	return out
}

func (r *reading) timeSpans() []TimeSpan {
	out := []TimeSpan{}
	for _, x := range r.times {
		out = append(out, TimeSpan{Words: x.span.Of(r.text), Span: x.span, From: x.from, To: x.to})
	}
	return out
}

func (r *reading) placeSpans() []cairn.Where {
	out := []cairn.Where{}
	for i := range r.spots {
		out = append(out, *r.whereAt(i))
	}
	return out
}

func (r *reading) attributionSpans() []AttributionSpan {
	out := []AttributionSpan{}
	marked := r.quotedTerms()
	for i, s := range r.sentences {
		all := r.attributions(s, true)
		if a, ok := r.speakerLine(s); ok {
			all = append([]attribution{a}, all...)
		}
		for _, a := range all {
			if r.ofNobody(a, s, marked) {
				continue
			}
			content := r.quoted(i, a, r.contentOf(a, s))
			cue := cairn.Span{Start: r.terms[a.cue].span.Start, End: r.terms[a.cueEnd-1].span.End}
			out = append(out, AttributionSpan{
				Source: WordSpan{a.source.Of(r.text), a.source}, Cue: WordSpan{cue.Of(r.text), cue}, Content: ContentSpan{content},
			})
		}
	}
	return out
}

// mostQuoted is over how many sentences a quotation is followed.
const mostQuoted = 6

// quoted returns content with the rest of the quotation that it is part of: back
// to where it opened, and on through the sentences in quotation marks behind it.
func (r *reading) quoted(i int, a attribution, content cairn.Span) cairn.Span {
	if content.Len() == 0 || a.stance == viewed {
		return content
	}
	words := content.Of(r.text)
	if a.after && opens(words) < 0 && closes(words) > 0 {
		for k := i - 1; k >= 0 && k > i-mostQuoted; k-- {
			before := r.sentences[k].span.Of(r.text)
			if at := opens(before); at > 0 {
				content.Start = r.sentences[k].span.Start + firstQuote(before)
				break
			} else if at < 0 {
				break
			}
		}
	}
	if firstQuote(words) < 0 && !strings.Contains(words, "”") {
		return content
	}
	for k := i + 1; k < len(r.sentences) && k < i+mostQuoted; k++ {
		s := r.sentences[k]
		next := s.span.Of(r.text)
		goesOn := firstQuote(next) == 0 || k > i+1 && opens(r.text[content.Start:content.End]) > 0
		if !goesOn || len(r.attributions(s, false)) > 0 {
			break
		}
		content.End = s.span.End
	}
	return content
}

// opens returns 1 where a quotation is open at the end of words, -1 where one
// was closed that did not open in them, 0 otherwise.
func opens(words string) int {
	words = strings.ReplaceAll(words, typed, "\"")
	open := strings.Count(words, "“") - strings.Count(words, "”")
	if open == 0 && strings.Count(words, "\"")%2 == 1 {
		if strings.HasPrefix(words, "\"") || strings.LastIndexByte(words, '"') < len(words)/2 {
			return 1
		}
		return -1
	}
	return max(-1, min(1, open))
}

// closes returns how many marks of words close a quotation.
func closes(words string) int {
	return strings.Count(words, "”") + strings.Count(words, "\"") + strings.Count(words, typed)
}

// typed is a mark of quotation typed as two apostrophes.
const typed = "''"

// firstQuote returns where the first mark in words stands that opens a quotation,
// -1 where none does.
func firstQuote(words string) int {
	at := strings.IndexAny(words, "\"“")
	if two := strings.Index(words, typed); two >= 0 && (at < 0 || two < at) {
		return two
	}
	return at
}

// contentOf returns what an attribution gives to its source: the clause before
// it, or what follows the cue without "that".
func (r *reading) contentOf(a attribution, s sentence) cairn.Span {
	if a.after {
		end := min(a.first, a.cue)
		for end > s.first && (r.sign(end-1) == ',' || r.terms[end-1].node.Has(lexicon.Det)) {
			end--
		}
		if end > s.first {
			return cairn.Span{Start: s.span.Start, End: r.terms[end-1].span.End}
		}
	}
	start, end := max(a.cueEnd, a.end), s.last
	if a.cue >= a.end {
		start = a.cueEnd
	}
	for start < end && (r.is(start, "that") || r.sign(start) == ',' || r.sign(start) == ':' || r.terms[start].when > 0 || r.is(start, "on")) {
		start++
	}
	for end > start && (r.sign(end-1) == '.' || r.sign(end-1) == ',') {
		end--
	}
	if start >= end {
		return cairn.Span{}
	}
	return cairn.Span{Start: r.terms[start].span.Start, End: r.terms[end-1].span.End}
}
