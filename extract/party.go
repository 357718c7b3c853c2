package extract

import (
	"maps"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A partyMention is a party to the conflict that the text names.
type partyMention struct {
	term, end int
	attacker  cairn.Attacker
}

// partiesIn finds the belligerents named from term first to last, those of the
// project before those built in.
func (r *reading) partiesIn(first, last int) []partyMention {
	var out []partyMention
	for i := first; i < last; i++ {
		if n, name := r.projectParty(i, last); n > 0 {
			out = append(out, r.mention(i, i+n, name))
			i += n - 1
			continue
		}
		if s, ok := r.terms[i].node.Sense(lexicon.Party); ok && r.capital(i) {
			end, name := i+1, s.Value
			if n, whose := r.projectParty(end, last); name == "-" && n > 0 {
				end, name = end+n, whose // "fighters of the Northern Front"
			} else if next, ok := r.node(end).Sense(lexicon.Party); name == "-" && ok && end < last && next.Value != "-" && r.lang.FreeOrder {
				end, name = end+1, next.Value
			}
			out = append(out, r.mention(i, end, name))
			i = end - 1
		}
	}
	return out
}

// capital reports whether the party at term i is written as a name, where it is
// one: "us" is a pronoun and "US" a party.
func (r *reading) capital(i int) bool {
	t := r.terms[i]
	if t.span.Len() > 2 {
		return true
	}
	return !r.caseless && strings.ToUpper(t.span.Of(r.text)) == t.span.Of(r.text)
}

func (r *reading) mention(first, end int, name string) partyMention {
	span := cairn.Span{Start: r.terms[first].span.Start, End: r.terms[end-1].span.End}
	a := cairn.Attacker{Phrase: cairn.Phrase{Words: span.Of(r.text), Span: &span}, Strength: cairn.Stated}
	if name != "-" {
		a.Name = name
	}
	return partyMention{term: first, end: end, attacker: a}
}

// A partyIndex finds the belligerents of a project by their words.
type partyIndex struct {
	names map[lexicon.Key][]called
	more  map[lexicon.Key]bool
}

// A called is the belligerent that words name, and when they do.
type called struct {
	name   string
	period cairn.Period
}

func partiesOf(all []cairn.Belligerent) partyIndex {
	x := partyIndex{map[lexicon.Key][]called{}, map[lexicon.Key]bool{}}
	for _, b := range all {
		always := append([]string{b.Name}, b.Aliases...)
		for _, lang := range slices.Sorted(maps.Keys(b.Names)) {
			always = append(always, b.Names[lang])
		}
		for _, name := range always {
			x.add(name, called{b.Name, b.Active})
		}
		for _, role := range b.Roles {
			if role.Name != "" {
				x.add(role.Name, called{b.Name, role.Period})
			}
		}
	}
	return x
}

func (x partyIndex) add(name string, c called) {
	var k lexicon.Key
	words := strings.FieldsFunc(name, partsWords)
	for i, word := range words {
		k = k.Then(lexicon.AppendFold(nil, word))
		if i < len(words)-1 {
			x.more[k] = true
		} else {
			x.names[k] = append(x.names[k], c)
		}
	}
}

// in returns the belligerent that the words of k name in a period, "" where none
// is so called then.
func (x partyIndex) in(k lexicon.Key, p cairn.Period) string {
	for _, c := range x.names[k] {
		if c.period.Unlimited().Meets(p, 0) {
			return c.name
		}
	}
	return ""
}

// projectParty returns how many terms from i on name a party of the project.
func (r *reading) projectParty(i, last int) (n int, name string) {
	if len(r.parties.names) == 0 || i >= last || !r.terms[i].word {
		return 0, ""
	}
	return r.partyFrom(0, i, i, min(last, i+6))
}

// partyFrom returns how many terms from first on name a party, of which those
// before j led to k.
func (r *reading) partyFrom(k lexicon.Key, first, j, last int) (n int, name string) {
	for j < last && !r.terms[j].word && r.sign(j) == '-' {
		j++
	}
	if j >= last {
		return 0, ""
	}
	r.stepsOn(k, j, func(k lexicon.Key) bool {
		found, more := r.parties.in(k, r.on), r.parties.more[k]
		if found != "" && j-first+1 > n {
			n, name = j-first+1, found
		}
		if more {
			if m, longer := r.partyFrom(k, first, j+1, last); m > n {
				n, name = m, longer
			}
		}
		return n > 0
	})
	return n, name
}

// attackers returns who is said to have done the harm of f: after "by", as the
// subject of an active verb, or in front of the means.
func (r *reading) attackers(f *found, s sentence) []cairn.Attacker {
	defer func(on cairn.Period) { r.on = on }(r.on)
	if w := f.claim.When; w != nil && w.From.Known() {
		r.on = w.Period
	}
	all := r.partiesIn(s.first, s.last)
	var out []cairn.Attacker
	for _, m := range all {
		if r.isVictim(m) || r.sideOfVictims(m, f) || m.term < f.victims.end && m.end > f.victims.first || !r.agent(m, f, s) {
			continue
		}
		if !slices.ContainsFunc(out, func(a cairn.Attacker) bool { return a.Words == m.attacker.Words }) {
			m.attacker.Strength = r.strength(m, s)
			out = append(out, m.attacker)
		}
	}
	if m, of, ok := r.actorBefore(f, s); ok && len(out) == 0 {
		m.attacker.Strength = r.strength(m, of)
		out = append(out, m.attacker)
	}
	if len(out) == 0 && f.claim.Harm == cairn.Detained && isArrest(f.harm) {
		out = append(out, cairn.Attacker{Name: police, Strength: cairn.Possible}) // whom nobody is named for
	}
	return out
}

// actorBefore returns the one party of the sentence before, where the subject of
// the verb of f is a word for whoever acted there or is left out: "They have held
// ten villagers".
func (r *reading) actorBefore(f *found, s sentence) (partyMention, sentence, bool) {
	if f.sentence == 0 || f.harm.kind != verb || f.harm.v.passive || f.harm.v.suffer || f.victims.first < f.harm.first {
		return partyMention{}, s, false
	}
	k := f.harm.first - 1
	for k >= s.first && r.terms[k].node.HasAny(1<<lexicon.Have|1<<lexicon.Adverb|1<<lexicon.Be) {
		k--
	}
	leftOut := k < s.first && r.lang.FreeOrder && len(r.lang.Cases) == 0
	if !leftOut && (k != s.first || !r.terms[k].node.Has(lexicon.Pronoun)) {
		return partyMention{}, s, false
	}
	before := r.sentences[f.sentence-1]
	all := r.partiesIn(before.first, before.last)
	if len(all) != 1 || r.clashes(all[0], before) || r.isVictim(all[0]) {
		return partyMention{}, s, false
	}
	return all[0], before, true
}

// sideOfVictims reports whether m stands right behind the victims of f, or of a
// claim before it, as the side that they are of: "three men of the army".
func (r *reading) sideOfVictims(m partyMention, f *found) bool {
	if !r.lang.NoCapitals || m.term < 2 || !r.terms[m.term-1].node.Has(lexicon.Of) {
		return false
	}
	if f.victims.end == m.term-1 {
		return true
	}
	for i := len(r.found) - 1; i >= 0 && r.found[i].sentence == f.sentence; i-- {
		if r.found[i].victims.end == m.term-1 {
			return true
		}
	}
	return false
}

// isVictim reports whether the party m is named as victims of a claim found
// already.
func (r *reading) isVictim(m partyMention) bool {
	for i := len(r.found) - 1; i >= 0 && r.found[i].victims.end > m.term; i-- {
		v := r.found[i].victims
		if m.term >= v.first && m.attacker.Name == "" && (r.lang.FreeOrder || r.lang.NoCapitals && m.end <= v.end) {
			return true
		}
	}
	return false
}

// agent reports whether the party m stands where an attacker stands.
func (r *reading) agent(m partyMention, f *found, s sentence) bool {
	if r.clashes(m, s) {
		return false
	}
	for k := m.term - 1; k >= max(s.first, m.term-6); k-- {
		n := r.terms[k].node
		if n.Has(lexicon.By) {
			return true
		}
		if n.HasAny(1<<lexicon.Transitive | 1<<lexicon.Suffer | 1<<lexicon.Cue | 1<<lexicon.Of) {
			break
		}
	}
	for k := m.term - 1; k >= max(s.first, m.term-8); k-- {
		if r.blamedAs(k) == cairn.Stated {
			return true // "sentenced a commander of the rebels"
		}
	}
	if r.meansBeside(m, s) != "" || r.meansBefore(m, s) != "" || r.claimed(m, s) || r.presumed(m, s) {
		return true
	}
	if r.lang.VerbFirst && f.harm.kind == verb && m.term >= f.harm.end && m.end <= f.victims.first {
		return true
	}
	if f.harm.kind == verb && f.harm.v.passive && m.term >= f.harm.end && m.term < f.harm.end+3 && r.lang.HasDoer(r.fold(m.term)) {
		return true
	}
	if f.harm.kind != verb || f.harm.v.passive || f.harm.v.suffer || m.end > f.harm.first {
		return r.accused(m, s)
	}
	for k := m.end; k < f.harm.first; k++ {
		if n := r.terms[k].node; n.HasAny(1<<lexicon.Cue|1<<lexicon.Relative) || r.sign(k) == ';' || r.sign(k) == ',' {
			return r.accused(m, s)
		}
	}
	return true
}

// clashes reports whether m is one of two who fight, "in clashes between the army
// and the rebels", or is attacked itself, "in an ambush on the army".
func (r *reading) clashes(m partyMention, s sentence) bool {
	for k := m.term - 1; k >= max(s.first, m.term-7); k-- {
		if r.terms[k].figure.Has(lexicon.Between) {
			return k+1 < m.end && !r.numberAt(k+1)
		}
		if beside := k == m.term-1 || k == m.term-2 && r.terms[k+1].node.Has(lexicon.Det); beside && r.terms[k].node.Has(lexicon.Prep) && !r.terms[k].node.HasAny(1<<lexicon.By|1<<lexicon.Of) && k > s.first {
			if means, ok := r.terms[k-1].node.Sense(lexicon.Means); ok && strings.HasSuffix(means.Value, string(cairn.OtherMeans)) {
				return true // "in clashes with the army"
			}
		}
		if r.sign(k) != 0 || r.terms[k].node.HasAny(1<<lexicon.Cue|1<<lexicon.Transitive|1<<lexicon.Suffer|1<<lexicon.By) {
			return false
		}
	}
	return false
}

// accused reports whether the sentence blames m: "blamed the army", "accused
// the rebels of", "the army is accused of".
func (r *reading) accused(m partyMention, s sentence) bool {
	reach := 3
	if r.lang.VerbFirst {
		reach = 6 // "accused the mayor the rebels of"
	}
	for k := m.term - 1; k >= max(s.first, m.term-reach); k-- {
		if r.blamedAs(k) == cairn.Accused {
			return true
		}
	}
	for k := m.end; k < min(s.last, m.end+4) && r.terms[k].word; k++ {
		if r.blamedAs(k) == cairn.Accused && k > m.end && r.terms[k-1].node.Has(lexicon.Be) {
			return true
		}
	}
	return false
}

// blamedAs returns how firmly the words of term i ascribe harm to the party that
// they stand beside; "" where they do not.
func (r *reading) blamedAs(i int) cairn.Strength {
	if i < 0 || i >= len(r.terms) {
		return ""
	}
	s, _ := r.terms[i].node.Sense(lexicon.Blame)
	return cairn.Strength(s.Value)
}

// presumed reports whether words right before m say that it perhaps did the deed:
// "allegedly of the army".
func (r *reading) presumed(m partyMention, s sentence) bool {
	k := m.term - 1
	for k >= s.first && (r.terms[k].node.HasAny(1<<lexicon.Of|1<<lexicon.By|1<<lexicon.Det) && r.blamedAs(k) == "" || r.isArticle(k)) {
		k--
	}
	return k >= s.first && r.blamedAs(k) == cairn.Possible
}

// claimed reports whether words beside m say that it claimed the deed.
func (r *reading) claimed(m partyMention, s sentence) bool {
	from := m.end
	if r.lang.VerbFirst {
		from = max(s.first, m.term-3)
	}
	claimed := false
	for k := max(s.first, m.term-3); k < min(s.last, m.end+4); k++ {
		if c, _ := r.terms[k].node.Sense(lexicon.Cue); firstWord(c.Value) == string(cairn.Denies) {
			return false
		}
		claimed = claimed || k >= from && r.blamedAs(k) == cairn.Admitted
	}
	return claimed
}

// strength returns how firmly the harm is ascribed to the party m.
func (r *reading) strength(m partyMention, s sentence) cairn.Strength {
	if r.accused(m, s) {
		return cairn.Accused
	}
	if r.claimed(m, s) {
		return cairn.Admitted
	}
	for k := max(s.first, m.term-9); k < min(s.last, m.end+4); k++ {
		switch how := r.blamedAs(k); {
		case how == cairn.Possible && k < m.end+2, how == cairn.Denied && k >= m.end:
			return how
		}
	}
	return cairn.Stated
}

// owned gives the claims of the sentence before i, which has none itself, to the
// party that it says claimed the deed or is accused of it.
func (r *reading) owned(i int) {
	s := r.sentences[i]
	for _, m := range r.partiesIn(s.first, s.last) {
		switch {
		case r.claimed(m, s):
			m.attacker.Strength = cairn.Admitted
		case r.accused(m, s) && s.last-s.first <= 2*mostToTakeUp:
			m.attacker.Strength = cairn.Accused
		default:
			continue
		}
		for _, f := range r.found {
			if f.sentence == i-1 && len(f.claim.By) == 0 && f.claim.Harm != cairn.Population {
				f.claim.By = []cairn.Attacker{m.attacker}
			}
		}
		return
	}
}
