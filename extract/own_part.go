package extract

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// disclaims reports whether what a denies is a part in what was done, and not that
// it was: "denied any involvement".
func (r *reading) disclaims(a attribution, s sentence) bool {
	k := max(a.cueEnd, a.end)
	if a.stance != cairn.Denies {
		return false
	}
	for i := k; i < min(k+6, s.last) && r.sign(i) == 0; i++ {
		if r.plays(i, lexicon.Share) {
			return true
		}
	}
	return false
}

// disclaimed returns who says in a sentence that he had no part in it.
func (r *reading) disclaimed(all []attribution, s sentence) []cairn.Saying {
	var out []cairn.Saying
	for _, a := range all {
		if r.disclaims(a, s) {
			out = append(out, r.saying(a))
		}
	}
	return out
}

// withConfessed adds to attackers those who own or deny the deed themselves, each
// party once.
func withConfessed(all, confessed []cairn.Attacker) []cairn.Attacker {
	for _, c := range confessed {
		if !slices.ContainsFunc(all, func(a cairn.Attacker) bool { return a.Name == c.Name }) {
			all = append(all, c)
		}
	}
	return all
}

// confessed returns the belligerents that speak in chain of their own part:
// who admits the harm, and who denies it.
func (r *reading) confessed(chain []cairn.Saying) []cairn.Attacker {
	var out []cairn.Attacker
	for _, s := range chain {
		if s.Name == "" || s.Name == police {
			continue
		}
		r.key = lexicon.AppendFold(r.key[:0], s.Cue)
		node := r.lang.Root.Next(r.key)
		sense, _ := node.Sense(lexicon.Cue)
		switch known := r.isParty(s.Name); {
		case known && note(sense.Value) == "admits":
			out = append(out, cairn.Attacker{Phrase: s.Phrase, Name: s.Name, Strength: cairn.Admitted})
		case known && s.Stance == cairn.Denies:
			out = append(out, cairn.Attacker{Phrase: s.Phrase, Name: s.Name, Strength: cairn.Denied})
		}
	}
	return out
}

// isParty reports whether name is the canonical name of a belligerent, of the
// project or built in.
func (r *reading) isParty(name string) bool {
	var k lexicon.Key
	at := r.lang.Root
	for word := range strings.FieldsFuncSeq(name, partsWords) {
		r.key = lexicon.AppendFold(r.key[:0], word)
		k = k.Then(r.key)
		at = at.Next(r.key)
	}
	return r.parties.in(k, r.on) != "" || at.Has(lexicon.Party)
}
