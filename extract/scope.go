package extract

import (
	"slices"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// scope adds to f, one of all claims of its sentence, the reservations that this states.
func (r *reading) scope(f *found, s sentence, all []*found) {
	for i := s.first; i < s.last; i++ {
		n := r.terms[i].node
		switch {
		case n.Has(lexicon.If) && i < f.harm.first:
			f.is(cairn.Conditional, r.words(i), "")
		case f.claim.Figure.Span != nil && f.claim.Figure.Span.Overlaps(r.terms[i].span):
			// "at least five, possibly nine": the hedge is of one end of the figure
		case f.claim.Figure.Op == cairn.OpZero && (n.Has(lexicon.Period) || n.Has(lexicon.Hedge) && i >= f.victims.first && i < f.harm.first):
			// "so far no reports of casualties"
		case n.Has(lexicon.Hedge) && r.untrue(i):
			r.denied(f, i)
		case n.Has(lexicon.Hedge):
			if h, _ := n.Sense(lexicon.Hedge); r.near(i, f) || h.Value == string(cairn.Alleged) && i < f.victims.first {
				f.is(cairn.Scope(h.Value), r.words(i), "")
			}
		case n.Has(lexicon.Period) && !r.datesCue(i) && !r.interim(i, f) && !r.ranks(i, s) && !r.sets(i) && !ofLarger(f, all, i):
			f.is(cairn.Cumulative, r.words(i), "")
		case n.Has(lexicon.History) && !r.inName(i) && r.reaches(i, f) && (!r.answers(i) || r.answered(i, f)):
			f.is(cairn.Historical, r.words(i), "")
		}
	}
	for _, says := range f.claim.Says {
		if says.Stance == cairn.Denies {
			f.is(cairn.ScopeDenied, says.Phrase, "whoever is named denies it")
		}
	}
}

// ofLarger reports whether the words of a period at term i belong to a larger toll that
// stands behind f: "31 were killed, which brings the number since January to 212".
func ofLarger(f *found, all []*found, i int) bool {
	for _, o := range all {
		first := min(o.victims.first, o.harm.first)
		if o.claim.Harm == f.claim.Harm && o.whole == nil && max(f.victims.end, f.harm.end) <= first && first <= i && o.claim.Figure.Low.N > f.claim.Figure.Low.N {
			return true
		}
	}
	return false
}

// sets reports whether the words at term i only set one time against another: "a day
// later".
func (r *reading) sets(i int) bool {
	return i+1 < len(r.terms) && r.plays(i+1, lexicon.Apart)
}

// ranks reports whether the words of a period at term i are what an attack is the
// worst of: "the deadliest raid since 2011".
func (r *reading) ranks(i int, s sentence) bool {
	for k := i - 1; k >= max(s.first, i-9); k-- {
		if r.plays(k, lexicon.Most) {
			return true
		}
		if r.sign(k) == ',' || r.sign(k) == ';' || r.terms[k].digit {
			break
		}
	}
	return false
}

// interim reports whether term i only says that the toll of one incident is not
// final: "12 dead so far", in a report of no campaign.
func (r *reading) interim(i int, f *found) bool {
	p, _ := r.terms[i].node.Sense(lexicon.Period)
	low := f.claim.Figure.Low
	return p.Value == "interim" && !r.campaign.From.Known() && (!low.Known || low.N < manyInAll)
}

// manyInAll is the number from which a toll "so far" is that of a campaign.
const manyInAll = 100

// untrue reports whether term i says that something is not so: "it is not true
// that", "is false".
func (r *reading) untrue(i int) bool {
	h, _ := r.terms[i].node.Sense(lexicon.Hedge)
	return h.Value == string(cairn.ScopeDenied)
}

// denied makes whoever says the sentence deny f, of which term i says that it is
// not so.
func (r *reading) denied(f *found, i int) {
	const reach = 8
	first, end := min(f.victims.first, f.harm.first), max(f.victims.end, f.harm.end)
	if i < first-reach || i >= end+reach || r.clauseBetween(i+1, first) || r.clauseBetween(end-1, i) {
		return
	}
	f.is(cairn.ScopeDenied, r.words(i), "")
	for k := range f.claim.Says {
		if f.claim.Says[k].Stance == cairn.Asserts {
			f.claim.Says[k].Stance = cairn.Denies
		}
	}
}

// is adds a reservation once, with the words that make it, or the reason.
func (f *found) is(s cairn.Scope, words cairn.Phrase, reason string) {
	if s == cairn.Cumulative && f.individual() {
		return // one person is the toll of no period
	}
	if s != "" && !slices.Contains(f.claim.Scope, s) {
		f.claim.Scope = append(f.claim.Scope, s)
		f.because(string(s), words, reason)
	}
}

// individual reports whether f is of one person whom it names or describes.
func (f *found) individual() bool {
	return len(f.claim.Rules) > 1 && (f.claim.Rules[1] == "figure.one" || f.claim.Rules[1] == "figure.another") && len(f.claim.Victims.Names)+len(f.claim.Victims.Words) > 0
}

// because notes what the claim rests on beside the words of its values, in place
// of what was noted before.
func (f *found) because(what string, words cairn.Phrase, reason string) {
	reground(&f.claim, what, cairn.Claim{Grounds: []cairn.Ground{{For: what, Phrase: words, Reason: reason}}})
}

// inherited is the reason for what a claim has from the one that it speaks of.
const inherited = "that of the claim which it speaks of again"

// words returns term i as a phrase.
func (r *reading) words(i int) cairn.Phrase {
	span := r.terms[i].span
	return cairn.Phrase{Words: span.Of(r.text), Span: &span}
}

// near reports whether term i stands within a few words of f.
func (r *reading) near(i int, f *found) bool {
	first, end := min(f.victims.first, f.harm.first), max(f.victims.end, f.harm.end)
	for k := end; k < i; k++ {
		if r.sign(k) == ',' {
			return false
		}
	}
	return i >= first-4 && i < end+3
}

// reaches reports whether no comma parts term i from f.
func (r *reading) reaches(i int, f *found) bool {
	from, to := f.harm.end, i
	if i < f.victims.first {
		from, to = i, f.victims.first
	}
	if to-from > 12 {
		return false
	}
	for k := from; k < to; k++ {
		if r.sign(k) == ';' || r.terms[k].node.HasAny(1<<lexicon.Cue) {
			return false
		}
	}
	return true
}

// datesCue reports whether the words of a period at term i open no period:
// "since" that gives a reason, with no time behind it.
func (r *reading) datesCue(i int) bool {
	if !r.terms[i].node.Has(lexicon.Since) {
		return false
	}
	for k := i + 1; k < min(i+4, len(r.terms)); k++ {
		if r.terms[k].when > 0 || r.terms[k].node.HasAny(1<<lexicon.Begin|1<<lexicon.Operation|1<<lexicon.TimeUnit) {
			return false
		}
	}
	return true
}

// aged marks a claim that its own time puts long before the report, unless the report
// opens with harm of that time, which is then what it is about.
func (r *reading) aged(f *found) {
	if f.claim.Harm == cairn.Population || f.claim.Victims.Class == cairn.Buildings {
		if r.longAgo(f) {
			f.is(cairn.Historical, f.claim.When.Phrase, r.howOld())
		}
		return
	}
	first := !r.begun
	r.begun = true
	switch w := f.claim.When; {
	case !r.longAgo(f):
	case first && w.To.Precision() == cairn.Day && !f.claim.Campaign() && r.looksBack():
		r.about = w.To
	case !r.about.Known() || w.To.Last().Sub(r.about.First()).Abs().Hours() > 24*sameTale:
		f.is(cairn.Historical, w.Phrase, r.howOld())
	}
}

// longAgo reports whether the time that the words of f give lies long before the
// report.
func (r *reading) longAgo(f *found) bool {
	w := f.claim.When
	return w != nil && w.Span != nil && w.To.Known() && r.anchor.Known() && r.anchor.First().Sub(w.To.Last()).Hours() > 24*oldDays
}

// looksBack reports whether the report names no time near its own.
func (r *reading) looksBack() bool {
	return !slices.ContainsFunc(r.times, func(x timex) bool {
		return x.to.Known() && r.anchor.First().Sub(x.to.Last()).Hours() <= 24*oldDays
	})
}

func (r *reading) howOld() string {
	return "more than " + strconv.Itoa(oldDays) + " days before the report"
}

// sameTale is within how many days of the harm that a report opens with another is
// of the same tale.
const sameTale = 60

// oldDays is how many days before its report a harm is history.
const oldDays = 200

// answers reports whether term i says that something was done for what stands
// behind it: "in retaliation for".
func (r *reading) answers(i int) bool {
	h, _ := r.terms[i].node.Sense(lexicon.History)
	return note(h.Value) == "answered"
}

// answered reports whether f is the harm that what term i is about was done for,
// and not what somebody said of it or was asked.
func (r *reading) answered(i int, f *found) bool {
	const near = 9
	first := min(f.victims.first, f.harm.first)
	if i >= first || first-i > near {
		return false
	}
	for k := i + 1; k < first; k++ {
		if r.sign(k) == ',' || r.plays(k, lexicon.NounCue) || r.terms[k].node.HasAny(1<<lexicon.And) {
			return false
		}
	}
	return true
}

// inName reports whether term i is part of a longer name in capitals, as
// "Memorial" is of a church.
func (r *reading) inName(i int) bool {
	capital := func(k int) bool { return k >= 0 && k < len(r.terms) && r.terms[k].word && r.terms[k].upper }
	return !r.caseless && capital(i) && (capital(i-1) || capital(i+1))
}

// The days by which a claim of an earlier event is told from the one that the
// report is about: that one lies within freshDays of the report, and the other
// more than staleDays before it.
const (
	freshDays = 14
	staleDays = 25
)

// background marks claims of earlier events that a report of a fresh one
// recalls with their dates.
func (r *reading) background() {
	if !r.anchor.Known() {
		return
	}
	age := func(f *found) (days float64, known bool) {
		w := f.claim.When
		if w == nil || !w.To.Known() || !w.From.Known() || f.claim.Campaign() {
			return 0, false
		}
		return r.anchor.Last().Sub(w.To.Last()).Hours() / 24, true
	}
	fresh := false
	for _, f := range r.found {
		days, known := age(f)
		fresh = fresh || known && days <= freshDays
	}
	for _, f := range r.found {
		if days, known := age(f); fresh && known && days > staleDays && !f.claim.Is(cairn.Historical) {
			f.is(cairn.Background, cairn.Phrase{}, "its day lies "+strconv.Itoa(int(days))+" days before a report of fresh harm")
		}
	}
}
