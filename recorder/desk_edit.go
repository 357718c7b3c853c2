package recorder

import (
	"context"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/extract"
)

// A ClaimEdit is the parts of a claim that a person can correct, as they are
// written in a form. A part that nobody gives is empty.
type ClaimEdit struct {
	Harm   string `json:"harm"`
	Figure string `json:"figure,omitempty"` // 7, 3–5, 5+, or words such as "at least five"; empty where none is given
	Class  string `json:"class,omitempty"`
	Place  string `json:"place,omitempty"` // a name, or the identifier of a place
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Party  string `json:"party,omitempty"`
	Says   string `json:"says,omitempty"`
	Stance string `json:"stance,omitempty"`
}

// EditOf returns a claim as a form has it.
func EditOf(c cairn.Claim) ClaimEdit {
	e := ClaimEdit{Harm: string(c.Harm), Figure: c.Figure.Words, Class: string(c.Victims.Class)}
	if written := (cairn.Range{Min: c.Figure.Low, Max: c.Figure.High}); len(c.Rules) > 0 && c.Rules[0] == byPerson && written.Known() {
		e.Figure = written.String()
	} else if e.Figure == "" && c.Range.Known() {
		e.Figure = c.Range.String()
	}
	if c.Where != nil {
		if e.Place = c.Where.Name; e.Place == "" {
			e.Place = c.Where.Words
		}
	}
	if c.When != nil {
		e.From, e.To = string(c.When.From), string(c.When.To)
	}
	if len(c.By) > 0 {
		if e.Party = c.By[0].Name; e.Party == "" {
			e.Party = c.By[0].Words
		}
	}
	if len(c.Says) > 0 {
		if e.Says = c.Says[0].Name; e.Says == "" {
			e.Says = c.Says[0].Words
		}
		e.Stance = string(c.Says[0].Stance)
	}
	return e
}

// Edited returns a claim with the parts that now says otherwise than it did. A
// part that cannot be is a cairn.Invalid of that name; all of them come back.
func (r *Recorder) Edited(ctx context.Context, c cairn.Claim, now ClaimEdit) (cairn.Claim, []cairn.Invalid) {
	e := editing{Recorder: r, was: EditOf(c), now: now, claim: c}
	e.harm()
	e.figure()
	e.place(ctx)
	e.time()
	e.party()
	e.says()
	if len(e.changed) > 0 {
		e.claim.Rules = append([]string{byPerson}, e.changed...)
		e.claim.Grounds = nil
	}
	return e.claim, e.wrong
}

// editing is a claim that is being corrected.
type editing struct {
	*Recorder
	was, now ClaimEdit
	claim    cairn.Claim
	changed  []string
	wrong    []cairn.Invalid
}

func (e *editing) fault(field, reason string) {
	e.wrong = append(e.wrong, cairn.Invalid{Field: field, Reason: reason})
}

// takes reports whether a part is another now, and notes that.
func (e *editing) takes(part, was, now string) bool {
	if was == now {
		return false
	}
	e.changed = append(e.changed, part)
	return true
}

func (e *editing) harm() {
	if !slices.Contains(cairn.Harms, cairn.Harm(e.now.Harm)) {
		e.fault("harm", "Choose what was done.")
	}
	if e.now.Class != "" && !slices.Contains(cairn.Classes, cairn.Class(e.now.Class)) {
		e.fault("class", "Choose who was harmed.")
	}
	if e.takes("harm", e.was.Harm, e.now.Harm) {
		e.claim.Harm = cairn.Harm(e.now.Harm)
	}
	if e.takes("class", e.was.Class, e.now.Class) {
		e.claim.Victims.Class = cairn.Class(e.now.Class)
	}
}

// figure reads the figure, and bounds it by the policy where it or the harm is
// another now.
func (e *editing) figure() {
	wording := e.claim.Figure.Words
	if e.takes("figure", e.was.Figure, e.now.Figure) {
		f, ok := e.figureOf(e.now.Figure)
		if !ok {
			e.fault("figure", "Write a number, 3–5, 5+, or words such as at least five or dozens.")
			return
		}
		wording = f.Words
		if was := e.claim.Figure; was.Span != nil && (f.Low.Known || f.High.Known) {
			f.Phrase = was.Phrase // the words stand as they are, whatever they amount to
		}
		e.claim.Figure = f
	} else if e.was.Harm == e.now.Harm && e.claim.Range.Known() {
		return
	}
	bound, rule := e.policy.Range(e.claim.Harm, e.claim.Figure, strings.ToLower(wording))
	e.claim.Range = bound
	e.changed = append(e.changed, rule)
}

// figureOf reads a figure as a person writes it.
func (e *editing) figureOf(text string) (cairn.Figure, bool) {
	f := cairn.Figure{Phrase: cairn.Phrase{Words: text}, Op: cairn.OpUnknown}
	if text == "" {
		return f, true
	}
	if bound, err := cairn.ParseRange(text); err == nil && bound.Known() {
		f.Low, f.High, f.Op = bound.Min, bound.Max, opOf(bound)
		return f, true
	}
	found := e.reader.Spans(cairn.Document{Text: text}, extract.Figures).Figures
	if len(found) == 0 {
		return f, false
	}
	f.Op, f.Low, f.High, f.Unit = found[0].Op, found[0].Low, found[0].High, found[0].Unit
	return f, true
}

// opOf says how a range that a person writes bounds the number.
func opOf(r cairn.Range) cairn.Op {
	switch {
	case !r.Max.Known:
		return cairn.OpAtLeast
	case !r.Min.Known:
		return cairn.OpAtMost
	case r.Min == r.Max:
		return cairn.OpExact
	}
	return cairn.OpBetween
}

func (e *editing) place(ctx context.Context) {
	if !e.takes("where", e.was.Place, e.now.Place) {
		return
	}
	e.claim.Where = nil
	if e.now.Place == "" {
		return
	}
	found, _, err := e.FindPlaces(ctx, e.now.Place)
	if err != nil || len(found) == 0 {
		e.fault("place", "No place of the project has this name. Write another, or bring the place in first.")
		return
	}
	w := found[0]
	w.Phrase = cairn.Phrase{Words: e.now.Place}
	e.claim.Where = &w
}

func (e *editing) time() {
	from, err := cairn.ParseDate(e.now.From)
	if err != nil {
		e.fault("from", "Write a year, a month or a day, as 2031, 2031-05 or 2031-05-04.")
	}
	to, failed := cairn.ParseDate(e.now.To)
	if failed != nil {
		e.fault("to", "Write a year, a month or a day, as 2031, 2031-05 or 2031-05-04.")
	}
	if err == nil && failed == nil && from.Known() && to.Known() && to.Last().Before(from.First()) {
		e.fault("to", "This is before the first day.")
	}
	if !e.takes("when", e.was.From+" "+e.was.To, e.now.From+" "+e.now.To) {
		return
	}
	if !from.Known() && !to.Known() {
		e.claim.When = nil
		return
	}
	e.claim.When = &cairn.When{Period: cairn.Period{From: from, To: to}}
}

func (e *editing) party() {
	if !e.takes("by", e.was.Party, e.now.Party) {
		return
	}
	e.claim.By = nil
	if e.now.Party != "" {
		name := e.now.Party
		for _, b := range e.parties {
			if strings.EqualFold(b.Name, name) || slices.ContainsFunc(b.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
				name = b.Name
			}
		}
		e.claim.By = []cairn.Attacker{{Phrase: cairn.Phrase{Words: e.now.Party}, Name: name, Strength: cairn.Stated}}
	}
}

func (e *editing) says() {
	if !slices.Contains([]cairn.Stance{"", cairn.Asserts, cairn.Denies, cairn.Doubts}, cairn.Stance(e.now.Stance)) {
		e.fault("stance", "Choose asserts, denies or doubts.")
	}
	if !e.takes("says", e.was.Says+" "+e.was.Stance, e.now.Says+" "+e.now.Stance) {
		return
	}
	e.claim.Says = nil
	if e.now.Says != "" || e.now.Stance != "" {
		e.claim.Says = []cairn.Saying{{Phrase: cairn.Phrase{Words: e.now.Says}, Name: e.now.Says, Stance: cairn.Stance(e.now.Stance)}}
	}
}

// ClaimAt returns what a person may add as a claim where words of a document are
// selected: the figure that stands in them, of a harm.
func (r *Recorder) ClaimAt(d cairn.Document, span cairn.Span, harm cairn.Harm) (cairn.Claim, error) {
	c := cairn.Claim{N: 1, Harm: harm, Victims: cairn.Victims{Class: cairn.UnknownStatus}, Locator: cairn.Locator{Span: span}}
	if err := standsIn(d, c); err != nil {
		return c, err
	}
	c.Figure.Op = cairn.OpUnknown
	for _, f := range r.reader.Spans(cairn.Document{Text: span.Of(d.Text), Language: d.Language}, extract.Figures).Figures {
		c.Figure = cairn.Figure{Phrase: cairn.Phrase{Words: f.Words, Span: &cairn.Span{Start: span.Start + f.Span.Start, End: span.Start + f.Span.End}},
			Op: f.Op, Low: f.Low, High: f.High, Unit: f.Unit}
		break
	}
	c.Range, _ = r.policy.Range(harm, c.Figure, strings.ToLower(c.Figure.Words))
	return c, nil
}
