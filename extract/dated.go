package extract

import (
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// dated gives f its time: the nearest one in its sentence that does not date
// the saying, or else the day that the report has spoken of last or first.
func (r *reading) dated(f *found, s sentence, says []attribution, all []*found) {
	best, distance := -1, 1<<30
	for i := s.first; i < s.last; i++ {
		x := r.terms[i].when - 1
		if x < 0 || r.times[x].context || r.times[x].first != i {
			continue
		}
		if since := r.sinceAt(r.times[x]); since >= 0 && (r.ranks(since, s) || ofLarger(f, all, since)) || r.begunBehind(r.times[x], f) {
			continue
		}
		if r.datesSaying(x, s) || r.besideSource(x, says) {
			r.times[x].says = true
			continue
		}
		if f.claim.Harm == cairn.Population && r.clauseBetween(r.times[x].end, min(f.harm.first, f.victims.first)) {
			continue // the time of another clause is not that of a stock
		}
		if r.stopsBetween(f.harm.end, i) || r.stopsBetween(r.times[x].end, min(f.harm.first, f.victims.first)) {
			continue // the time of another sentence, which begins with no capital
		}
		if r.datesEarlier(r.times[x], s, all) {
			r.times[x].says = true
			continue
		}
		d := i - f.harm.end
		if d < 0 {
			d = (f.victims.first - i) + 3
		}
		if d < distance {
			best, distance = x, max(d, 0)
		}
	}
	if best < 0 {
		if f.claim.Harm != cairn.Population && !r.begunBehind(timex{end: s.first}, f) { // a stock, at the time of the report
			f.claim.When = r.spokenTime(f)
		}
		return
	}
	x := r.times[best]
	span := x.span
	w := &cairn.When{Phrase: cairn.Phrase{Words: span.Of(r.text), Span: &span}, Period: cairn.Period{From: x.from, To: x.to}}
	if since := r.sinceAt(x); since >= 0 && x.from == x.to {
		w.To = r.anchor
		f.is(cairn.Cumulative, r.words(since), "")
	}
	if x.unit == cairn.Month || x.unit == cairn.Year {
		if low := f.claim.Figure.Low; low.Known && low.N >= manyDead {
			f.is(cairn.Cumulative, w.Phrase, "a figure of "+strconv.Itoa(manyDead)+" or more for a month or a year is the toll of it")
		}
	}
	f.claim.When = w
	if x.told && len(r.found) > 0 {
		f.is(cairn.Historical, w.Phrase, "earlier than what the report tells of")
	}
	if r.leans(x) {
		f.because("when", cairn.Phrase{}, "reckoned from "+string(r.anchor)+", "+r.anchorIs())
	}
}

// begunBehind reports whether f is the toll of a period whose words stand between time
// x and f: "on Monday, which brings the toll since the offensive began to 40".
func (r *reading) begunBehind(x timex, f *found) bool {
	for k := x.end; f.claim.Is(cairn.Cumulative) && k < f.victims.first; k++ {
		if n := r.terms[k].node; (n.Has(lexicon.Since) || n.Has(lexicon.Period)) && !r.datesCue(k) {
			return true
		}
	}
	return false
}

// stopsBetween reports whether a full stop ends a sentence between two terms, as
// posts have it that do without capitals.
func (r *reading) stopsBetween(from, to int) bool {
	for k := from; k < to; k++ {
		if r.fullStop(k) && k > 0 && !r.terms[k-1].node.Has(lexicon.Abbreviation) && r.terms[k-1].span.Len() > 2 {
			return true
		}
	}
	return false
}

// sinceAt returns the term before time x that makes it run up to the report,
// "since Monday", "since the siege began in May"; -1 where there is none.
func (r *reading) sinceAt(x timex) int {
	begins, plain := false, true
	for k := x.first - 1; k >= max(0, x.first-10); k-- {
		n := r.terms[k].node
		if n.Has(lexicon.Since) && (plain || begins) {
			return k
		}
		if !r.terms[k].word {
			break
		}
		begins = begins || n.Has(lexicon.Begin)
		plain = plain && (n.HasAny(1<<lexicon.Det|1<<lexicon.TimeUnit|1<<lexicon.Begin|1<<lexicon.Operation|1<<lexicon.Prep|1<<lexicon.Of) || r.isArticle(k))
	}
	return -1
}

// besideSource reports whether time x stands right behind whoever says the
// sentence, so that it dates the saying: "a doctor said on Monday".
func (r *reading) besideSource(x int, says []attribution) bool {
	for _, a := range says {
		end := max(a.end, a.cueEnd)
		if r.sinceAt(r.times[x]) >= 0 {
			break
		}
		k := r.times[x].first
		for k > end && (r.sign(k-1) == ',' || r.terms[k-1].node.HasAny(1<<lexicon.Prep|1<<lexicon.Det) || r.terms[k-1].when > 0) {
			k--
		}
		opens := r.sign(end) == ',' && r.node(a.cue).Has(lexicon.According) // "according to the ministry, on Monday"
		if k == end && r.times[x].first >= end && !opens {
			return true
		}
	}
	return false
}

// datesEarlier reports whether time x is that of a count which is told to be out
// of date, "up from 17 yesterday", "last night there were 6".
func (r *reading) datesEarlier(x timex, s sentence, all []*found) bool {
	const small = 1<<lexicon.Of | 1<<lexicon.Prep | 1<<lexicon.Det
	k := x.first - 1
	for k > s.first && r.sign(k) == 0 && r.terms[k].node.HasAny(small) {
		k--
	}
	if _, next, ok := r.number(max(k, 0), x.first); ok && k >= s.first && next == k+1 && !counted(k, all) {
		return true
	}
	k = x.end
	if k < s.last && r.terms[k].node.Has(lexicon.Be) {
		if _, next, ok := r.number(k+1, s.last); ok && (next == s.last || r.sign(next) == '.' || r.sign(next) == ';') {
			return !counted(k+1, all)
		}
	}
	return false
}

// counted reports whether the number at term k is that of a claim.
func counted(k int, all []*found) bool {
	for _, f := range all {
		if k >= f.victims.first && k < f.victims.end {
			return true
		}
	}
	return false
}

// leans reports whether time x states no year, so that the anchor completes it.
func (r *reading) leans(x timex) bool {
	numbers := 0
	for i := x.first; i < x.end; i++ {
		v := r.value(i)
		if v >= 1000 {
			return false
		}
		if v >= 0 {
			numbers++
		}
	}
	return numbers < 2
}

// anchorIs says what the anchor is.
func (r *reading) anchorIs() string {
	if r.doc.Published.Known() {
		return "the day of publication"
	}
	return "the first day that the report names"
}

// datesSaying reports whether time x says when something was said: "said on
// Monday".
func (r *reading) datesSaying(x int, s sentence) bool {
	k := r.times[x].first - 1
	for k >= s.first && (r.is(k, "on") || r.is(k, "late") || r.is(k, "early") || r.sign(k) == ',' && k == r.times[x].first-1) {
		k--
	}
	if k >= s.first && r.terms[k].node.Has(lexicon.Cue) && r.terms[k].node.HasAny(1<<lexicon.Cue) {
		c, _ := r.terms[k].node.Sense(lexicon.Cue)
		return c.Form != 0
	}
	end := r.times[x].end
	return end < s.last && r.terms[end].node.Has(lexicon.Cue) && !r.terms[end].node.HasAny(nounMask)
}

// spokenTime returns the day that the report is about, for a claim whose
// sentence names none: that of the claims before it, the first day near the
// head of the text, or else some time up to the day of the report.
func (r *reading) spokenTime(f *found) *cairn.When {
	if r.entry(r.sentences[f.sentence]) {
		return r.upToReport(f)
	}
	for i := len(r.found) - 1; i >= max(0, len(r.found)-lookBack); i-- {
		b := r.found[i]
		if b.claim.When != nil && b.claim.When.From.Known() && !b.claim.Campaign() && !b.claim.Is(cairn.Historical) {
			f.because("when", b.claim.When.Phrase, "the time of the claim before it, since its own sentence names none")
			return &cairn.When{Period: b.claim.When.Period}
		}
	}
	for _, x := range r.times {
		if x.unit == cairn.Day && !x.context && !x.says && x.span.Start < headBytes && r.recent(x.from) && (x.first > 0 || r.terms[0].node.Has(lexicon.TimeWord)) && !r.head(x) {
			f.because("when", cairn.Phrase{Words: x.span.Of(r.text), Span: &x.span}, "the first day near the head of the report, since its own sentence names none")
			return &cairn.When{Period: cairn.Period{From: x.from, To: x.to}}
		}
	}
	return r.upToReport(f)
}

// upToReport is the time of a claim that names none.
func (r *reading) upToReport(f *found) *cairn.When {
	if !r.anchor.Known() {
		return nil
	}
	f.because("when", cairn.Phrase{}, "no time is named, so it was up to the day of the report")
	return &cairn.When{Period: cairn.Period{To: r.anchor}}
}

// entry reports whether s is one of a digest, which its place opens: "Tel Marun:
// two killed."
func (r *reading) entry(s sentence) bool {
	i := r.spotFrom(s.first)
	return i < len(r.spots) && r.spots[i].first == s.first && r.sign(r.spots[i].end) == ':'
}

// head reports whether time x is the date of the report itself: in its dateline
// or on a line of its own.
func (r *reading) head(x timex) bool {
	return x.from == r.anchor && (r.terms[x.first].newline || r.sign(x.first-1) == ',') && (x.end >= len(r.terms) || r.terms[x.end].newline || r.sign(x.end) == '(' || r.sign(x.end) == '-')
}

func (r *reading) recent(d cairn.Date) bool {
	if !r.anchor.Known() {
		return true
	}
	days := r.anchor.First().Sub(d.First()).Hours() / 24
	return days >= 0 && days < 31
}

// manyDead is the number from which a figure for a month or a year is the toll of
// that period and not of one event within it.
const manyDead = 10

// lookBack is how many claims back the time of the report's events is looked for.
const lookBack = 50
