package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// strikers returns who attacks in sentence s: the parties that are the subject
// of a verb of attack.
func (r *reading) strikers(s sentence) []cairn.Attacker {
	var out []cairn.Attacker
	var parties []partyMention
	for i := s.first; i < s.last; i++ {
		if !r.terms[i].node.Has(lexicon.Strike) && r.blamedAs(i) != cairn.Admitted {
			continue
		}
		if parties == nil {
			parties = r.partiesIn(s.first, s.last)
		}
		for _, m := range parties {
			if m.end <= i && r.attacks(m.end, i) || m.term > i && (r.attackedBy(i, m) || r.attackOf(i, m)) {
				m.attacker.Strength = r.strength(m, s)
				out = append(out, m.attacker)
				break
			}
		}
	}
	if len(out) == 0 && len(r.lang.Cases) > 0 {
		return r.owners(s)
	}
	return out
}

// owners returns whose weapons sentence s tells of: "shells of the army hit".
func (r *reading) owners(s sentence) []cairn.Attacker {
	for _, m := range r.partiesIn(s.first, s.last) {
		if r.meansBeside(m, s) != "" || r.meansBefore(m, s) != "" {
			m.attacker.Strength = r.strength(m, s)
			return []cairn.Attacker{m.attacker}
		}
	}
	return nil
}

// attacks reports whether nothing between the party that ends at term end and
// the verb of attack at term verb keeps it from being the subject.
func (r *reading) attacks(end, verb int) bool {
	if s, _ := r.terms[verb].node.Sense(lexicon.Strike); verb-end > 8 || s.Value == "noun" && verb > end+1 {
		return false
	}
	for k := end; k < verb; k++ {
		n := r.terms[k].node
		if n.HasAny(1<<lexicon.Cue|1<<lexicon.Relative|1<<lexicon.And|1<<lexicon.Transitive|1<<lexicon.Suffer) || n.Has(lexicon.Strike) || r.sign(k) == ',' || r.sign(k) == ';' {
			return false
		}
	}
	return true
}

// attackOf reports whether the noun for an attack at term i has its owner m right
// behind it: "the strike of the army".
func (r *reading) attackOf(i int, m partyMention) bool {
	s, _ := r.terms[i].node.Sense(lexicon.Strike)
	return s.Value == "noun" && m.term == i+1
}

// attackedBy reports whether the party m behind the verb of attack at term verb
// is its subject: it stands right behind it, in its first case, in a language
// where a subject may.
func (r *reading) attackedBy(verb int, m partyMention) bool {
	if !r.lang.FreeOrder || m.term != verb+1 {
		return false
	}
	if s, _ := r.terms[verb].node.Sense(lexicon.Strike); s.Value == "deals" {
		return true // "dealt the blow", whose object is no party
	}
	var k lexicon.Key
	for i := m.term; i < m.end; i++ {
		k = r.then(k, r.terms[i])
	}
	return r.parties.in(k, r.on) != ""
}

// shareStrikers gives claims without an attacker whoever attacked in their
// sentence, or else in one of those before it or right behind it.
func (r *reading) shareStrikers() {
	for _, f := range r.found {
		if len(f.claim.By) > 0 || f.claim.Harm == cairn.Population || f.claim.Campaign() || f.claim.Is(cairn.Historical) {
			continue
		}
		for _, step := range [...]int{0, -1, -2, -3, 1, 2} {
			i := f.sentence + step
			if i < 0 || i >= len(r.sentences) {
				continue
			}
			r.speak(r.sentences[i].span.Start)
			if by := r.strikers(r.sentences[i]); len(by) > 0 {
				f.claim.By = by
				break
			}
		}
	}
}
