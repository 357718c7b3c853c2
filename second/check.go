package second

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A said is one claim as the model words it.
type said struct {
	Harm     cairn.Harm `json:"harm"`
	Sentence string     `json:"sentence"`
	Figure   string     `json:"figure"`
	Low      *int       `json:"low"`
	High     *int       `json:"high"`
	Victims  string     `json:"victims"`
	Where    string     `json:"where"`
	When     string     `json:"when"`
	By       string     `json:"by"`
	Says     string     `json:"says"`
}

// rule stands in the claims of a second reader.
const rule = "second.quoted"

// check keeps of an answer what the document bears out.
func (r *Reader) check(d cairn.Document, answer string, how *cairn.SecondReading, out *cairn.Reading) {
	claims, err := parse(answer)
	if err != nil {
		how.Outcome, how.Reason = cairn.SecondMalformed, err.Error()
		return
	}
	if len(claims) == 0 {
		how.Outcome = cairn.SecondNone
		return
	}
	figures := r.settings.Figures(d.Text)
	for _, s := range claims {
		c, ok := r.claim(d.Text, s, figures, how)
		if ok && !slices.ContainsFunc(out.Claims, func(o cairn.Claim) bool { return o.Harm == c.Harm && *o.Figure.Span == *c.Figure.Span }) {
			out.Claims = append(out.Claims, c)
		}
	}
	slices.SortStableFunc(out.Claims, func(a, b cairn.Claim) int { return a.Figure.Span.Start - b.Figure.Span.Start })
	for i := range out.Claims {
		out.Claims[i].N = i + 1
	}
	how.Kept = len(out.Claims)
	switch {
	case how.Kept == 0:
		how.Outcome = cairn.SecondUnfounded
	case len(how.Dropped) > 0:
		how.Outcome = cairn.SecondPartly
	default:
		how.Outcome = cairn.SecondAnswered
	}
	if how.Kept > 0 {
		how.Reading = out.ID
	}
}

// mostClaims is how many claims of one answer are looked at.
const mostClaims = 200

// parse reads the answer, with or without the fence of code that some models put
// around it.
func parse(answer string) ([]said, error) {
	from, to := strings.IndexByte(answer, '{'), strings.LastIndexByte(answer, '}')
	if from < 0 || to < from {
		return nil, errors.New("there is no JSON object in the answer")
	}
	var a struct {
		Claims *[]said `json:"claims"`
	}
	if err := json.Unmarshal([]byte(answer[from:to+1]), &a); err != nil {
		return nil, errors.New("the answer is not of the form that was asked for")
	}
	if a.Claims == nil {
		return nil, errors.New("the answer has no claims, not even an empty list of them")
	}
	if len(*a.Claims) > mostClaims {
		return nil, errors.New("the answer has more claims than a report makes")
	}
	return *a.Claims, nil
}

// claim returns what the document bears out of s, and whether its figure stands.
func (r *Reader) claim(text string, s said, figures []Figure, how *cairn.SecondReading) (cairn.Claim, bool) {
	drop := func(field, words, reason string) {
		how.Dropped = append(how.Dropped, cairn.Dropped{Harm: s.Harm, Field: field, Words: short(words), Reason: reason})
	}
	if !slices.Contains(cairn.Harms, s.Harm) || s.Harm == cairn.Population {
		drop("", string(s.Harm), "no harm is called so")
		return cairn.Claim{}, false
	}
	sentence, ok := only(text, cairn.Span{End: len(text)}, s.Sentence)
	if !ok {
		drop("", s.Sentence, "the sentence does not stand in the document at one place")
		return cairn.Claim{}, false
	}
	words, ok := only(text, sentence, s.Figure)
	if !ok {
		drop("", s.Figure, "the figure does not stand in its sentence at one place")
		return cairn.Claim{}, false
	}
	f, ok := agreed(figures, words, s)
	if !ok {
		drop("", s.Figure, "cairn reads no such number in these words")
		return cairn.Claim{}, false
	}
	c := cairn.Claim{Harm: s.Harm, Rules: []string{rule, "figure." + string(f.Op)}, Policy: r.settings.Policy.ID(), Locator: cairn.Locator{Span: sentence}}
	c.Figure = cairn.Figure{Phrase: phrase(text, f.Span), Op: f.Op, Low: f.Low, High: f.High, Unit: f.Unit}
	c.Range, _ = r.settings.Policy.Range(c.Harm, c.Figure, "")
	c.Victims.Class = cairn.UnknownStatus
	s.context(text, sentence, &c, drop)
	return c, true
}

// context fills in the fields of c whose words stand in its sentence at one place.
func (s said) context(text string, sentence cairn.Span, c *cairn.Claim, drop func(field, words, reason string)) {
	for _, field := range []struct {
		name, words string
		keep        func(cairn.Phrase)
	}{
		{"victims", s.Victims, func(p cairn.Phrase) { c.Victims.Phrase = p }},
		{"where", s.Where, func(p cairn.Phrase) { c.Where = &cairn.Where{Phrase: p} }},
		{"when", s.When, func(p cairn.Phrase) { c.When = &cairn.When{Phrase: p} }},
		{"by", s.By, func(p cairn.Phrase) { c.By = []cairn.Attacker{{Phrase: p}} }},
		{"says", s.Says, func(p cairn.Phrase) { c.Says = []cairn.Saying{{Phrase: p}} }},
	} {
		if field.words == "" {
			continue
		}
		if span, ok := only(text, sentence, field.words); ok {
			field.keep(phrase(text, span))
		} else {
			drop(field.name, field.words, "these words do not stand in the sentence at one place")
		}
	}
}

// only returns where words stand within a part of text, and whether that is at
// one place.
func only(text string, within cairn.Span, words string) (cairn.Span, bool) {
	if strings.TrimSpace(words) == "" {
		return cairn.Span{}, false
	}
	part := within.Of(text)
	at := strings.Index(part, words)
	if at < 0 || strings.Contains(part[at+1:], words) {
		return cairn.Span{}, false
	}
	span := cairn.Span{Start: within.Start + at, End: within.Start + at + len(words)}
	return span, span.In(text)
}

// agreed returns the one figure that cairn reads within the words, where its
// numbers are those that the model gives.
func agreed(figures []Figure, words cairn.Span, s said) (Figure, bool) {
	var found []Figure
	for _, f := range figures {
		if words.Holds(f.Span) {
			found = append(found, f)
		}
	}
	if len(found) != 1 || !equal(found[0].Low, s.Low) || !equal(found[0].High, s.High) {
		return Figure{}, false
	}
	return found[0], true
}

func equal(b cairn.Bound, n *int) bool {
	if n == nil {
		return !b.Known
	}
	return b.Known && b.N == *n
}

func phrase(text string, span cairn.Span) cairn.Phrase {
	return cairn.Phrase{Words: span.Of(text), Span: &span}
}

// short returns the beginning of words.
func short(words string) string {
	if len(words) <= 200 {
		return words
	}
	return strings.ToValidUTF8(words[:200], "") + "…"
}
