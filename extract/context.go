package extract

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// claims runs the frames over every sentence, gives each claim its context,
// merges what is said twice and numbers the claims.
func (r *reading) claims() []cairn.Claim {
	r.campaign = r.findCampaign()
	for i := range r.sentences {
		all := append(r.frames(i), r.roll(i)...)
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
			r.scope(f, s, all)
			r.dated(f, s, says, all)
			r.located(f, s)
			f.claim.Means = r.meansOf(f, s)
			if f.claim.Harm != cairn.Population {
				f.claim.By = withConfessed(r.attackers(f, s), r.confessed(append(slices.Clone(f.claim.Says), r.disclaimed(says, s)...)))
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

// vast reports whether a claim counts people by the thousand.
func vast(c cairn.Claim) bool {
	const many = 2000
	if low := c.Figure.Low; low.Known {
		return low.N >= many
	}
	return slices.ContainsFunc(c.Rules, func(rule string) bool {
		return strings.HasSuffix(rule, "thousands") || strings.HasSuffix(rule, "millions")
	})
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
	if !own && f.claim.Harm == cairn.Killed && vast(f.claim) {
		f.is(cairn.Cumulative, cairn.Phrase{}, "so many dead, with no day of their own, are those of a war")
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
