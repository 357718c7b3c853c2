package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// otherVoices reads the figures that one source after another gives for the same
// people: "the ministry spoke of ten dead, the council counted seven and the hospital
// twelve".
func (c *clause) otherVoices() {
	for k, it := range c.items {
		if it.kind != number || it.q == nil || it.q.Unit != "" || it.q.addition || it.g.partitive || k == 0 || !c.standsAlone(k) && !c.byAnother(k) || c.counted(k) {
			continue
		}
		before := c.before()
		if before == nil || before.victims.first > it.first || before.victims.kind == building || !c.told(k) && !c.voiced(k) && !c.byAnother(k) {
			continue
		}
		c.again(before, it, c.items[k-1])
	}
}

// standsAlone reports whether nothing that could be counted stands behind the number
// at k: its clause ends there.
func (c *clause) standsAlone(k int) bool {
	return k+1 >= len(c.items) || c.items[k+1].kind == plain && (c.signAt(k+1) == ',' || c.signAt(k+1) == ';' || c.signAt(k+1) == '.' || c.items[k+1].node.HasAny(1<<lexicon.And|1<<lexicon.Relative) || c.plays(c.items[k+1].first, lexicon.Subordinator))
}

// told reports whether a word of saying stands right before the number at k: "the
// council counted 7".
func (c *clause) told(k int) bool {
	s, ok := c.items[k-1].node.Sense(lexicon.Cue)
	return ok && c.items[k-1].kind == plain && firstWord(s.Value) == string(cairn.Asserts)
}

// voiced reports whether a source alone stands before the number at k, joined to what
// goes before: "and the hospital twelve".
func (c *clause) voiced(k int) bool {
	end := c.items[k].first
	for i := end - 1; i > max(c.s.first, end-7); i-- {
		if _, last := c.voiceAt(i, c.s); last == end {
			return true
		}
	}
	return false
}

// voiceAt returns the source behind the "and" or comma at term i that only a number
// follows, "and the hospital twelve"; nothing where there is none.
func (r *reading) voiceAt(i int, s sentence) (first, end int) {
	if !r.terms[i].node.Has(lexicon.And) && r.sign(i) != ',' && !r.plays(i, lexicon.Subordinator) {
		return i, i
	}
	spoken := false // somebody has said another number before
	for k := s.first; k < i; k++ {
		spoken = spoken || r.terms[k].node.HasAny(1<<lexicon.Cue|1<<lexicon.According)
	}
	if !spoken {
		return i, i
	}
	first = i + 1
	for first < s.last && r.terms[first].node.Has(lexicon.Det) {
		first++
	}
	named := false
	for end = first; end < min(s.last, first+6) && (!r.numberAt(end) || r.isArticle(end)); end++ {
		if !r.inSource(end) {
			return i, i
		}
		named = named || r.terms[end].node.HasAny(1<<lexicon.SourceNoun|1<<lexicon.Building) || r.plays(end, lexicon.Others)
	}
	if _, next, ok := r.number(end, s.last); !named || !ok || next < s.last && r.terms[next].word && !r.terms[next].node.HasAny(1<<lexicon.And|1<<lexicon.Relative) {
		return i, i
	}
	return first, end
}

// putBy reports whether the "by" at term i opens whoever put a toll at the number right
// before it: "was put at 25 by the mayor, 31 by the hospital".
func (r *reading) putBy(i int, s sentence) bool {
	if !r.numberAt(i-1) || !r.sourceIn(i+1, s) {
		return false
	}
	put, several := false, 0
	for k := s.first; k < s.last; k++ {
		put = put || k < i && r.terms[k].node.HasAny(1<<lexicon.Toll|1<<lexicon.Figure)
		if k > s.first && r.terms[k].node.Has(lexicon.By) && r.numberAt(k-1) {
			several++
		}
	}
	return put && several > 1
}

// sourceIn reports whether the noun phrase that begins at term k is an office.
func (r *reading) sourceIn(k int, s sentence) bool {
	first, end := r.phraseAfter(k, s)
	for ; first < end; first++ {
		if r.terms[first].node.HasAny(1<<lexicon.SourceNoun|1<<lexicon.Building) || r.terms[first].upper && !r.caseless {
			return true
		}
	}
	return false
}

// byAnother reports whether somebody behind the number at k put it so, where others
// before put another.
func (c *clause) byAnother(k int) bool {
	joined := k > 0 && (c.signAt(k-1) == ',' || c.is(k-1, lexicon.And))
	return joined && k+1 < len(c.items) && c.items[k+1].node.Has(lexicon.By) && c.putBy(c.items[k+1].first, c.s)
}
