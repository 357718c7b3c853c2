package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// The bounds of a list of names: how far from its heading it begins, how many
// words one name has, and how many terms are looked through.
const (
	rollBegins = 16
	rollName   = 8
	rollTerms  = 1200
)

// roll returns the claim of a list of victims by name that sentence i opens:
// "Names of the dead: 1- Sami Odeh 2- Lina Odeh". The names are its figure.
func (r *reading) roll(i int) []*found {
	s := r.sentences[i]
	r.speak(s.span.Start)
	for k := s.first; k < s.last; k++ {
		sense, ok := r.terms[k].node.Sense(lexicon.Roll)
		if !ok {
			continue
		}
		if first := r.rollStart(k, s, strings.HasPrefix(note(sense.Value), "direct")); first > 0 {
			if f := r.rollOf(firstWord(sense.Value), k, first, strings.HasSuffix(sense.Value, " names")); f != nil {
				f.sentence = i
				return []*found{f}
			}
		}
	}
	return nil
}

// rollStart returns the term that the list whose heading is at k begins with:
// behind a colon or on the next line, or right behind a heading that ends in
// "are" or "as" itself; 0 where none begins.
func (r *reading) rollStart(k int, s sentence, direct bool) int {
	if direct && r.sign(k+1) == ':' {
		return k + 2
	}
	if direct && (r.onNewName(k+1) || r.rank(k+1, 1) > 0 || r.lang.NoCapitals && r.terms[k].tokens > 2) {
		return k + 1
	}
	whose := false // "the names of the martyrs who fell today:"
	for j := k + 1; j < min(k+rollBegins, len(r.terms)-1); j++ {
		whose = whose || r.terms[j].node.Has(lexicon.Relative)
		switch {
		case r.sign(j) == ':':
			return j + 1
		case j >= s.last && r.onNewLine(j) && (r.rank(j, 1) > 0 || r.bulleted(j) || r.onNewName(j)):
			return j
		case whose && j < s.last:
		case j >= s.last, direct, r.terms[j].node.HasAny(1<<lexicon.Suffer | 1<<lexicon.Be | 1<<lexicon.Have):
			return 0
		}
	}
	return 0
}

// harmListed returns the harm of a list of n victims that does not say which: that
// which the report counts as many of, death where it counts nobody, "" where it
// counts others.
func (r *reading) harmListed(n int) cairn.Harm {
	harm := cairn.Killed
	for _, f := range r.found {
		q := f.claim.Figure
		if f.whole != nil || f.claim.Harm != cairn.Killed && f.claim.Harm != cairn.Injured {
			continue
		}
		if q.Low == cairn.N(n) && (q.High == cairn.N(n) || !q.High.Known) {
			return f.claim.Harm
		}
		harm = ""
	}
	return harm
}

// onNewName reports whether a name of two words begins at term k.
func (r *reading) onNewName(k int) bool {
	return k+1 < len(r.terms) && !r.caseless && r.terms[k].upper && r.nameWord(k) && r.nameWord(k+1)
}

// onNewLine reports whether term k opens a line.
func (r *reading) onNewLine(k int) bool {
	return k > 0 && k < len(r.terms) && strings.Contains(r.text[r.terms[k-1].span.End:r.terms[k].span.Start], "\n")
}

// An entry is one name of a list, from one term to another, with how many people
// it stands for: "and their two sons".
type entry struct {
	first, end int
	people     int
	last       bool // what follows is no name
}

// rollOf makes the claim of the list that begins at term first.
func (r *reading) rollOf(told string, heading, first int, short bool) *found {
	entries := r.numberedNames(first)
	if len(entries) == 0 {
		entries = r.listedNames(first, short)
	}
	if len(entries) == 0 {
		return nil
	}
	n := 0
	var names []string
	for _, e := range entries {
		n += e.people
		names = append(names, r.nameOf(e))
	}
	harm := cairn.Harm(told)
	if told == "victims" {
		harm = r.harmListed(n)
	}
	if harm == "" {
		return nil
	}
	last := entries[len(entries)-1]
	q := r.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)}}, entries[0].first, last.end, "figure.names")
	h := item{kind: plain, first: heading, end: heading + 1, node: r.terms[heading].node}
	f := &found{victims: item{kind: group, first: entries[0].first, end: last.end, q: &q, g: people{class: cairn.UnknownStatus, plural: true}}, harm: h}
	f.claim = cairn.Claim{Harm: harm, Figure: q.Figure, Victims: cairn.Victims{Class: cairn.UnknownStatus, Names: names}, Rules: []string{string(harm) + ".names", q.rule}}
	f.core = q.Span.Cover(r.terms[heading].span)
	span := r.terms[heading].span
	f.because("harm", cairn.Phrase{Words: span.Of(r.text), Span: &span}, "")
	return f
}

// nameOf returns the words of a name, without what stands in brackets.
func (r *reading) nameOf(e entry) string {
	words := cairn.Span{Start: r.terms[e.first].span.Start, End: r.terms[e.end-1].span.End}.Of(r.text)
	words, _, _ = strings.Cut(words, "(")
	if r.andBefore(e.first) {
		words = strings.TrimPrefix(words, "و")
	}
	return strings.Join(strings.Fields(words), " ")
}

// numberedNames reads "1- … 2- …" from term k on; nil where the list is not
// numbered from one.
func (r *reading) numberedNames(k int) []entry {
	var all []entry
	for n := 1; ; n++ {
		mark := r.rank(k, n)
		if mark < 0 {
			return all
		}
		first := mark
		k = r.rankEnd(first, n+1)
		if k <= first {
			return all
		}
		all = append(all, entry{first: first, end: r.trimmed(first, k), people: 1})
	}
}

// rank returns the term behind the number n of a list at term k, -1 where another
// stands there.
func (r *reading) rank(k, n int) int {
	for k < len(r.terms) && r.sign(k) != 0 && r.value(k) < 0 {
		k++
	}
	if r.value(k) != n || k+2 >= len(r.terms) || !strings.ContainsRune("-–—.)_/:", r.sign(k+1)) || r.sign(k+1) == 0 {
		return -1
	}
	return k + 2
}

// rankEnd returns where the name that begins at term first ends: at the number n
// of the next, at the end of its line, or after as many words as a name has.
func (r *reading) rankEnd(first, n int) int {
	for k := first; k < min(first+rollName+4, len(r.terms)); k++ {
		if k > first && (r.onNewLine(k) || r.rank(k, n) > 0) {
			return k
		}
		if r.sign(k) == ';' || r.fullStop(k) {
			return k
		}
	}
	return min(first+rollName, len(r.terms))
}

// trimmed drops the signs at the end of a name.
func (r *reading) trimmed(first, end int) int {
	for end > first+1 && r.sign(end-1) != 0 && r.sign(end-1) != ')' {
		end--
	}
	return end
}

// listedNames reads names between commas and "and" from term k on, up to the end
// of the sentence or of the paragraph. Short names are of one word too, where
// only names can stand.
func (r *reading) listedNames(k int, short bool) []entry {
	var all []entry
	first := k
	for ; k < min(first+rollTerms, len(r.terms)); k++ {
		if r.andBefore(k) && k-first >= 2-btoi(short) {
			e, ok := r.entryOf(first, k, short)
			if !ok {
				return all
			}
			all, first = append(all, e), k
			continue
		}
		sign := r.sign(k)
		ends := r.fullStop(k) || sign == ';' || sign == '!' || r.onNewLine(k) && k > first && sign == 0 && !r.bulleted(k)
		if !ends && sign != ',' && !r.terms[k].node.Has(lexicon.And) && !r.bulleted(k) {
			continue
		}
		if k > first {
			e, ok := r.entryOf(first, k, short)
			if !ok {
				return all
			}
			all = append(all, e)
			if ends = ends || e.last; ends {
				return all
			}
		}
		first = k + 1
		if ends {
			return all
		}
	}
	if e, ok := r.entryOf(first, k, short); ok && k > first {
		all = append(all, e)
	}
	return all
}

// andBefore reports whether the "and" of a language that writes it as part of the
// next word opens term k: "وفاطمة".
func (r *reading) andBefore(k int) bool {
	word := r.terms[k].span.Of(r.text)
	rest, ok := strings.CutPrefix(word, "و")
	return ok && r.lang.NoCapitals && r.terms[k].node == nil && len(rest) > 4
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// fullStop reports whether term k ends a sentence and no abbreviation.
func (r *reading) fullStop(k int) bool {
	return r.sign(k) == '.' && (k+1 == len(r.terms) || !r.terms[k+1].glued)
}

// bulleted reports whether term k is a dash or dot that opens a line.
func (r *reading) bulleted(k int) bool {
	return strings.ContainsRune("-–—•*", r.sign(k)) && r.sign(k) != 0 && r.onNewLine(k)
}

// entryOf reads the terms of one entry: a name, or the kin of one named before.
func (r *reading) entryOf(first, end int, short bool) (entry, bool) {
	e := entry{first: first, end: r.trimmed(first, end), people: 1}
	if end-first > rollName || e.end <= first {
		return e, false
	}
	upper, kin := 0, false
	for k := first; k < e.end; k++ {
		t := r.terms[k]
		if t.node.HasAny(1<<lexicon.HarmCount | 1<<lexicon.Toll) {
			return e, false
		}
		if t.node.HasAny(1<<lexicon.Transitive|1<<lexicon.Suffer|1<<lexicon.Be|1<<lexicon.Cue|1<<lexicon.Relative|1<<lexicon.Prep) && !t.upper && !r.nameLink(k) {
			e.end, e.last = k, true // "Nour al-Asad, who was killed by"
			return e, k > first && upper > 0
		}
		if t.upper || r.caseless || r.lang.NoCapitals && t.word && t.node == nil {
			upper++
		}
		kin = kin || t.node.HasAny(nounMask)
		if n, _, ok := r.number(k, e.end); ok && k == first+1 || ok && k == first {
			e.people = n
		}
	}
	return e, kin || upper > 1 || upper > 0 && (short || !r.lang.NoCapitals)
}
