package extract

import (
	"sort"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// claims runs the frames over every sentence, gives each claim its context,
// merges what is said twice and numbers the claims.
func (r *reading) claims() []cairn.Claim {
	r.campaign = r.findCampaign()
	for i := range r.sentences {
		all := r.frames(i)
		if len(all) == 0 {
			if i > 0 && len(r.found) > 0 {
				r.saidBefore(i)
				r.owned(i)
			}
			continue
		}
		s := r.sentences[i]
		says := r.attributions(s, false)
		if len(says) == 0 {
			says = r.saidOfAttack(i)
		}
		for _, f := range all {
			f.claim.Says = r.sayings(f, s, says)
			if len(says) == 0 && f.whole != nil && f.whole.sentence == i-1 && strings.HasSuffix(f.claim.Rules[0], ".among") {
				f.claim.Says = f.whole.claim.Says // a part is told by whoever told the whole
			}
			r.scope(f, s)
			r.dated(f, s, says)
			r.located(f, s)
			f.claim.Means = r.meansOf(f, s)
			if f.claim.Harm != cairn.Population {
				f.claim.By = withConfessed(r.attackers(f, s), r.confessed(f.claim.Says))
			}
			r.inherit(f)
			r.cumulative(f, s)
			r.aged(f)
			r.found = append(r.found, f)
		}
	}
	r.background()
	r.shareAttackers()
	r.shareStrikers()
	return r.numbered(r.merged())
}

// inherit gives a claim that speaks of an earlier one what it leaves out.
func (r *reading) inherit(f *found) {
	b := f.refers
	if b == nil && f.victims.g.partitive {
		b = f.whole
	}
	if b == nil {
		return
	}
	own := func(p *cairn.Span) bool { return p != nil }
	if f.claim.When == nil || !own(f.claim.When.Span) {
		f.claim.When = b.claim.When
		f.because("when", cairn.Phrase{}, inherited)
	}
	if f.claim.Where == nil || !own(f.claim.Where.Span) {
		f.claim.Where = b.claim.Where
		f.because("where", cairn.Phrase{}, inherited)
	}
	if f.claim.Means == nil || !own(f.claim.Means.Span) {
		f.claim.Means = b.claim.Means
		f.because("means", cairn.Phrase{}, inherited)
	}
	if len(f.claim.By) == 0 {
		f.claim.By = b.claim.By
	}
	if b.claim.Campaign() {
		f.is(cairn.Cumulative, cairn.Phrase{}, "it speaks of a toll of a period again")
	}
}

// findCampaign returns the period of the siege, offensive or war that the
// document speaks of, where it says when that began; the zero Period otherwise.
func (r *reading) findCampaign() cairn.Period {
	var p cairn.Period
	for _, s := range r.sentences {
		var begins, ends, operation bool
		var first *timex
		for i := s.first; i < s.last; i++ {
			t := r.terms[i]
			begins = begins || t.node.Has(lexicon.Begin)
			ends = ends || t.node.Has(lexicon.End)
			operation = operation || t.node.Has(lexicon.Operation)
			if x := t.when; x > 0 && first == nil && !r.times[x-1].context {
				first = &r.times[x-1]
			}
		}
		switch {
		case first == nil:
		case begins && operation && !p.From.Known():
			p.From = first.from
		case ends && !begins && first.unit == cairn.Day:
			p.To = first.to
		}
	}
	if !p.To.Known() || p.To.Before(p.From) {
		p.To = r.anchor
	}
	if !p.From.Known() || !p.To.Known() || p.Days() < 4 {
		return cairn.Period{}
	}
	return p
}

// cumulative marks a toll of a whole campaign: one that the sentence gives for
// a period, or one by many strikes, with no day of its own, in the report of a
// campaign.
func (r *reading) cumulative(f *found, s sentence) {
	own := f.claim.When != nil && f.claim.When.Span != nil
	many := f.claim.Means != nil && f.claim.Means.Span != nil && r.manyMeans(f.claim.Means)
	if r.campaign.From.Known() && !own && many && f.claim.Figure.Op != cairn.OpZero && f.refers == nil {
		f.is(cairn.Cumulative, f.claim.Means.Phrase, "many strikes, with no day of their own, in the report of a campaign")
	}
	told := len(r.found) > 0 && r.found[len(r.found)-1].claim.Campaign()
	if r.campaign.From.Known() && !own && told && f.claim.Harm != cairn.Population && !f.claim.Is(cairn.Historical) && f.claim.Figure.Op != cairn.OpZero {
		f.is(cairn.Cumulative, cairn.Phrase{}, "the claim before it is a toll of the campaign, and it has no day of its own")
	}
	if !f.claim.Campaign() {
		return
	}
	switch {
	case own:
	case r.campaign.From.Known():
		f.claim.When = &cairn.When{Period: r.campaign}
		f.because("when", cairn.Phrase{}, "the campaign that the report is about")
	}
	if w := f.claim.Where; w != nil && f.claim.When != nil && f.claim.When.Zone == "" {
		f.claim.When.Zone = w.Zone
	}
}

// manyMeans reports whether the words of a weapon or method are in the plural.
func (r *reading) manyMeans(m *cairn.Means) bool {
	for _, t := range r.terms {
		if t.span == *m.Span {
			s, _ := t.node.Sense(lexicon.Means)
			return s.N == 2
		}
	}
	return false
}

// dated gives f its time: the nearest one in its sentence that does not date
// the saying, or else the day that the report has spoken of last or first.
func (r *reading) dated(f *found, s sentence, says []attribution) {
	best, distance := -1, 1<<30
	for i := s.first; i < s.last; i++ {
		x := r.terms[i].when - 1
		if x < 0 || r.times[x].context || r.times[x].first != i {
			continue
		}
		if r.datesSaying(x, s) || r.besideSource(x, says) {
			r.times[x].says = true
			continue
		}
		if f.claim.Harm == cairn.Population && r.clauseBetween(r.times[x].end, min(f.harm.first, f.victims.first)) {
			continue // the time of another clause is not that of a stock
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
		if f.claim.Harm != cairn.Population { // a stock, at the time of the report
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
	if r.leans(x) {
		f.because("when", cairn.Phrase{}, "reckoned from "+string(r.anchor)+", "+r.anchorIs())
	}
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

// manyDead is the number from which a figure for a month or a year is the toll of
// that period and not of one event within it.
const manyDead = 10

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
	if r.anchor.Known() {
		f.because("when", cairn.Phrase{}, "no time is named, so it was up to the day of the report")
		return &cairn.When{Period: cairn.Period{To: r.anchor}}
	}
	return nil
}

// lookBack is how many claims back the time of the report's events is looked for.
const lookBack = 50

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

// located gives f its place: the nearest in its sentence, the last one in its
// paragraph, or the place that the document is about.
func (r *reading) located(f *found, s sentence) {
	best, distance := -1, 1<<30
	for i := r.spotFrom(s.first); i < len(r.spots) && r.spots[i].end <= s.last; i++ {
		p := r.spots[i]
		if r.ofSource(p) || r.inSpeaker(p, f.claim.Says) {
			continue
		}
		d := p.first - f.harm.end
		if d < 0 {
			d = f.victims.first - p.end + 2
			if r.lang.VerbFirst && r.clauseBetween(p.end, min(f.harm.first, f.victims.first)) {
				d += 6
			}
		}
		d = max(d, 0)
		if p.where.Accuracy == cairn.Country {
			d += 40
		}
		if !p.strong {
			d += 6
		}
		if d < distance {
			best, distance = i, d
		}
	}
	if best < 0 || r.spots[best].where.Accuracy == cairn.Country && r.focus != nil && r.focus.Accuracy != cairn.Country {
		f.claim.Where = r.placeBefore(f, s)
		return
	}
	f.claim.Where = r.whereAt(best)
}

// spotFrom returns the index of the first place named at term i or after it.
func (r *reading) spotFrom(i int) int {
	return sort.Search(len(r.spots), func(k int) bool { return r.spots[k].first >= i })
}

// whereAt returns the place of a spot with its words.
func (r *reading) whereAt(i int) *cairn.Where {
	w := *r.spots[i].where
	span := r.spots[i].span
	w.Words, w.Span = span.Of(r.text), &span
	return &w
}

// clauseBetween reports whether a clause ends between two terms.
func (r *reading) clauseBetween(from, to int) bool {
	for k := from; k < to; k++ {
		if r.sign(k) == ',' || r.sign(k) == ';' || r.terms[k].node.Has(lexicon.Relative) {
			return true
		}
	}
	return false
}

// inSpeaker reports whether a name of a place is the end of the name of somebody
// who speaks: "Radio Marun".
func (r *reading) inSpeaker(p spot, says []cairn.Saying) bool {
	for _, s := range says {
		if s.Span == nil || !s.Span.Overlaps(p.span) || p.first == 0 {
			continue
		}
		before := r.terms[p.first-1]
		if before.word && (before.upper || before.node.Has(lexicon.SourceNoun)) && !before.node.HasAny(stopMask) && !before.opens {
			return true
		}
	}
	return false
}

// ofSource reports whether a name is part of an office: "the Gaza ministry".
func (r *reading) ofSource(p spot) bool {
	for k := p.end; k < min(len(r.terms), p.end+3); k++ {
		if r.terms[k].node.Has(lexicon.SourceNoun) {
			return true
		}
		if !r.terms[k].word || r.terms[k].node.HasAny(stopMask) {
			return false
		}
	}
	return false
}

func (r *reading) placeBefore(f *found, s sentence) *cairn.Where {
	for i := r.spotFrom(s.first) - 1; i >= 0 && r.spots[i].first >= s.paragraph; i-- {
		p := r.spots[i]
		if p.where.Accuracy != cairn.Country && !r.ofSource(p) {
			f.because("where", cairn.Phrase{}, "named before in the same paragraph")
			return r.whereAt(i)
		}
	}
	if r.focus == nil {
		return nil
	}
	f.because("where", cairn.Phrase{}, r.focusIs())
	for i := r.spotFrom(s.first) - 1; i >= 0; i-- {
		if p := r.spots[i]; p.where.ID == r.focus.ID && !r.ofSource(p) {
			f.farPlace = true
			return r.whereAt(i)
		}
	}
	w := *r.focus
	return &w
}

// focusIs says where the place of the whole document comes from.
func (r *reading) focusIs() string {
	if len(r.lookUp(r.doc.Place)) > 0 {
		return "the place that the report was given with, since the words around name none"
	}
	return "the place that the report is mainly about, since the words around name none"
}

// meansOf returns the weapon or method of f: the nearest in its sentence, or
// else the one that the report spoke of last, with no words of its own here.
func (r *reading) meansOf(f *found, s sentence) *cairn.Means {
	best, distance := -1, 1<<30
	for i := s.first; i < s.last; i++ {
		if !r.terms[i].node.Has(lexicon.Means) || i >= f.victims.first && i < f.victims.end || r.terms[i].node.HasAny(1<<lexicon.Transitive) && i == f.harm.end-1 && !r.terms[i].node.Has(lexicon.HarmNoun) {
			continue
		}
		d := max(i-f.harm.end, f.harm.first-i)
		if m, _ := r.terms[i].node.Sense(lexicon.Means); strings.HasSuffix(m.Value, string(cairn.OtherMeans)) {
			d += 15
		}
		if d < distance {
			best, distance = i, d
		}
	}
	if best >= 0 {
		m, _ := r.terms[best].node.Sense(lexicon.Means)
		_, class, _ := strings.Cut(m.Value, " ")
		span := r.terms[best].span
		return &cairn.Means{Phrase: cairn.Phrase{Words: span.Of(r.text), Span: &span}, Class: cairn.MeansClass(class)}
	}
	for i := len(r.found) - 1; i >= 0 && f.sentence-r.found[i].sentence < 6; i-- {
		if m := r.found[i].claim.Means; m != nil {
			f.because("means", m.Phrase, "the weapon or method that the report spoke of last")
			return &cairn.Means{Class: m.Class}
		}
	}
	return nil
}

// shareAttackers gives claims without an attacker the one whom the report names
// with the same means elsewhere.
func (r *reading) shareAttackers() {
	byMeans := map[cairn.MeansClass][]cairn.Attacker{}
	for _, s := range r.sentences {
		for _, m := range r.partiesIn(s.first, s.last) {
			if r.clashes(m, s) {
				continue
			}
			class := r.meansBeside(m, s)
			if class == "" {
				class = r.meansBefore(m, s)
			}
			if class != "" && len(byMeans[class]) < 3 {
				byMeans[class] = append(byMeans[class], m.attacker)
			}
		}
	}
	if len(byMeans) == 0 {
		return
	}
	for _, f := range r.found {
		if len(f.claim.By) == 0 && f.claim.Means != nil && f.claim.Victims.Class != cairn.Combatant {
			f.claim.By = byMeans[f.claim.Means.Class]
		}
	}
}

// police are a party only where the text has them do the harm itself.
const police = "Police"

// meansBeside returns the class of the means that the party m is named with:
// "Russian air strikes", "air strikes by American bombers".
func (r *reading) meansBeside(m partyMention, s sentence) cairn.MeansClass {
	reach := 6
	switch m.attacker.Name {
	case "":
		return ""
	case police:
		reach = 1
	}
	for k := m.end; k < min(s.last, m.end+reach); k++ {
		if v, ok := r.terms[k].node.Sense(lexicon.Means); ok {
			_, class, _ := strings.Cut(v.Value, " ")
			return cairn.MeansClass(class)
		}
		if r.terms[k].node.HasAny(1<<lexicon.Prep | 1<<lexicon.Be | 1<<lexicon.Cue | 1<<lexicon.By | 1<<lexicon.Of | 1<<lexicon.Have) {
			break
		}
	}
	return ""
}

// meansBefore returns the class of the means that are said to be the party's or
// to come from it: "shells of the army", "rockets fired by the rebels", "the
// shelling came from positions of the army".
func (r *reading) meansBefore(m partyMention, s sentence) cairn.MeansClass {
	if m.attacker.Name == "" || m.attacker.Name == police {
		return ""
	}
	from := r.lang.VerbFirst // "shelled the army", "the strikes American"
	for k := m.term - 1; k >= max(s.first, m.term-8); k-- {
		t := r.terms[k]
		if v, ok := t.node.Sense(lexicon.Means); ok && from {
			_, class, _ := strings.Cut(v.Value, " ")
			return cairn.MeansClass(class)
		}
		from = from || t.node.HasAny(1<<lexicon.Of|1<<lexicon.By) || r.is(k, "from")
		if t.node.HasAny(1<<lexicon.Cue|1<<lexicon.Relative|1<<lexicon.Transitive) || r.sign(k) == ',' || r.sign(k) == ';' {
			break
		}
	}
	return ""
}
