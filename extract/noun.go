package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// noun reads the rest of a noun phrase from term j: modifiers and a head.
// Terms before skip were read as part of it already.
func (r *reading) noun(it item, j, skip int, s sentence) (item, bool) {
	head, others, names, aged := -1, -1, 0, false
	k := j
	var ageRange *cairn.Range
	for k < s.last && k < j+9 {
		t := r.terms[k]
		if n, end, ok := r.yearsOld(k, s); ok && (k == j || head < 0) {
			exact := cairn.Exactly(n)
			ageRange, k = &exact, end
			head, aged = end-1, true
			continue
		}
		if !t.word {
			c := r.sign(k)
			inside := c == '-' && t.glued || c == '.' && t.glued && k > j && r.dotted(k-1) && k+1 < s.last || (c == '\'' || c == '’') && t.glued && head < 0 && k > j && k+1 < s.last && r.headFollows(k+1, s) || (c == '“' || c == '”' || c == '"') && head < 0 && k > j && k+1 < s.last
			if inside && k+1 < s.last && (r.terms[k+1].glued || c != '-') {
				k++
				continue
			}
			break
		}
		if head < 0 && it.q == nil && len(r.lang.Cases) > 0 && (t.node == nil || t.node.Has(lexicon.Means) && !t.node.HasAny(nounMask)) && t.word && !t.upper && j > s.first && r.terms[j-1].node.Has(lexicon.Prep) && !r.lang.HasAdjective(r.fold(k)) {
			return item{}, false // "on the road a man", which the preposition has its own noun before
		}
		if r.lang.NoCapitals && t.node.Has(lexicon.Party) && !t.node.HasAny(nounMask) && head < 0 {
			return item{}, false // who does it is not who suffers it
		}
		if r.lang.NoCapitals && t.node.Has(lexicon.Addition) && head < 0 && k > j {
			return item{}, false // "another raid"
		}
		if t.node.HasAny(nounMask) {
			if head >= 0 && it.q == nil && k > head+1 && names > 0 && !aged || head >= 0 && !aged && len(r.lang.Cases) > 0 && t.node.Has(lexicon.Collective) {
				break
			}
			if head >= 0 && t.node.Has(lexicon.Addition) {
				others = k
				k++
				continue
			}
			head, aged = k, false
			k++
			continue
		}
		if head < 0 && t.node.Has(lexicon.Hedge) && k+1 < s.last && r.terms[k+1].node.HasAny(nounMask) && !r.terms[k+1].node.HasAny(stopMask) {
			k++ // "four alleged militants"
			continue
		}
		if t.when > 0 || t.node.HasAny(stopMask) || r.verbal(k) || t.node == nil && !t.upper && len(r.lang.Verbal) > 0 && r.lang.HasVerbal(r.fold(k)) {
			break
		}
		if k > j && head < 0 && it.q == nil && !it.g.addition && (t.digit || t.figure.Has(lexicon.Number)) {
			break // "the register has six victims"
		}
		if r.lang.VerbFirst && head < 0 {
			if t.node.Has(lexicon.Adverb) && (k > j || it.q != nil) {
				break
			}
			if t.node.Has(lexicon.Adverb) || k > j && r.opensQuantity(k, s) || t.node.Has(lexicon.Means) && r.lang.NoCapitals {
				return item{}, false
			}
		}
		if head >= 0 && !(t.upper && !r.caseless) {
			break
		}
		if head >= 0 || t.upper && !r.caseless && t.node == nil {
			names++
		}
		k++
	}
	if head >= 0 && head+1 < s.last && r.terms[head+1].node.Has(lexicon.NotPerson) && !r.terms[head].node.Has(lexicon.People) {
		return item{}, false
	}
	if head < 0 {
		return r.headless(it, j, k, s)
	}
	it.kind, it.end = group, head+1
	r.describe(&it, j, head, ageRange)
	if others > head {
		it.end = others + 1
	}
	if it.node.Has(lexicon.Both) && it.q != nil && it.q.Op == cairn.OpExact && it.q.Low.N == 1 && it.q.wording == "" {
		it.q = nil // "a couple"
	}
	r.countedBehind(&it, s)
	r.boundBehind(&it, s)
	r.nameBehind(&it, s)
	if r.membered(&it, s) {
		return it, true
	}
	if !r.caseless {
		for it.end < s.last && it.end < k && r.nameWord(it.end) {
			it.end++
		}
		if it.end > head+1 && !it.g.plural {
			first := head + 1
			if r.plays(head, lexicon.Given) {
				first = head // "mother of Ali", which is what she is called
			}
			it.g.name = cairn.Span{Start: r.terms[first].span.Start, End: r.terms[it.end-1].span.End}.Of(r.text)
		}
	}
	return it, true
}

// boundBehind reads what bounds the number of a group behind its noun: "35
// civilians at least".
func (r *reading) boundBehind(it *item, s sentence) {
	if it.q == nil || it.q.Op != cairn.OpExact || it.q.Unit != "" || it.end >= s.last || !r.lang.VerbFirst {
		return
	}
	op, end := r.boundAfter(cairn.OpExact, it.end, s.last)
	if op == cairn.OpExact {
		return
	}
	q := *it.q
	q.bound(op)
	if q.Span != nil {
		span := cairn.Span{Start: q.Span.Start, End: r.terms[end-1].span.End}
		q.Words, q.Span = span.Of(r.text), &span
	}
	q.rule, it.q, it.end = "figure."+string(op), &q, end
}

// nameBehind takes the unknown words behind one person for a name, in a language
// whose script has no capitals.
func (r *reading) nameBehind(it *item, s sentence) {
	if !r.lang.NoCapitals || it.q != nil || it.g.plural || it.g.collective {
		return
	}
	for n := 0; n < 4 && it.end < s.last; n++ {
		t := r.terms[it.end]
		if !t.word || t.node != nil || t.when > 0 || r.placeAt(it.end, it.end+1) {
			return
		}
		it.end++
	}
}

// opensQuantity reports whether a number, or what bounds one, stands at term k.
func (r *reading) opensQuantity(k int, s sentence) bool {
	if r.numberAt(k) {
		return true
	}
	_, next, ok := r.bounder(k, s.last)
	return ok && r.numberAt(next)
}

// countedBehind reads the number of a group that stands behind its noun: "her
// children three".
func (r *reading) countedBehind(it *item, s sentence) {
	if !r.lang.VerbFirst || it.q != nil || it.end >= s.last || !r.terms[it.end].figure.Has(lexicon.Number) || r.terms[it.end].when > 0 {
		return
	}
	op, bounded, _ := r.bounder(it.first, s.last)
	q, next, ok := r.quantity(it.end, s.last)
	if !ok || q.Unit != "" || q.Op != cairn.OpExact && q.Op != cairn.OpAtLeast || q.Low.N > 12 || q.Low.N > 1 != it.g.plural || r.measured(next, s) || next < s.last && r.terms[next].node.HasAny(nounMask|1<<lexicon.HarmCount) && !r.withArticle(it.end) {
		return
	}
	if op, end := r.boundAfter(cairn.OpExact, next, s.last); op != cairn.OpExact && q.Op == cairn.OpExact {
		q.bound(op)
		next = end
	}
	if op != "" && bounded < it.end {
		q.bound(op) // "at least fighter one"
	}
	q = r.finished(q, it.first, next, "figure.behind")
	it.q, it.end = &q, next
}

// membered reads how many people a group is of, "a family of six", and reports
// whether it says so.
func (r *reading) membered(it *item, s sentence) bool {
	of := it.end
	if !it.g.collective || it.q != nil && !(it.q.Op == cairn.OpExact && it.q.Low.N == 1) || of >= s.last {
		return false
	}
	if r.lang.VerbFirst && r.terms[of].word && r.terms[of].node == nil {
		of++
	}
	if of+1 >= s.last || !r.terms[of].node.Has(lexicon.Of) {
		return false
	}
	q, next, ok := r.quantity(of+1, s.last)
	if !ok || q.Unit != "" || r.measured(next, s) {
		return false
	}
	if next < s.last && r.terms[next].node.HasAny(nounMask) {
		next++
	}
	it.q, it.end, it.g.unit, it.g.collective, it.g.plural = &q, next, "", false, true
	return true
}

// verbal reports whether term k is a finite or harm verb, which ends a noun
// phrase; participles before a noun ("wounded people") do not.
func (r *reading) verbal(k int) bool {
	n := r.terms[k].node
	if n.Has(lexicon.Class) && r.adjectival(k) {
		return false
	}
	if n.Has(lexicon.Transitive) {
		v, _ := n.Sense(lexicon.Transitive)
		if v.Form&(lexicon.Participle|lexicon.Gerund) != 0 && k+1 < len(r.terms) && r.terms[k+1].node.HasAny(nounMask) && !strings.HasPrefix(v.Value, "killed") && n.Has(lexicon.Outcome) {
			return false
		}
		return true
	}
	if n.Has(lexicon.Cue) {
		v, _ := n.Sense(lexicon.Cue)
		return v.Form&(lexicon.Past|lexicon.Third) != 0 || !(k+1 < len(r.terms) && r.terms[k+1].node.HasAny(nounMask))
	}
	return false
}

// adjectival reports whether the participle at term k says of the noun behind it
// who they are: "two displaced women", "a shelter for displaced families".
func (r *reading) adjectival(k int) bool {
	if k+1 >= len(r.terms) || !r.terms[k+1].node.HasAny(nounMask) || r.numberAt(k+1) {
		return false
	}
	return k == 0 || r.terms[k].opens || r.numberAt(k-1) || r.terms[k-1].node.HasAny(1<<lexicon.Det|1<<lexicon.Prep|1<<lexicon.Of|1<<lexicon.And|1<<lexicon.By) || r.isArticle(k-1)
}

// headless ends a phrase without a person noun: a bare quantity, or a name.
func (r *reading) headless(it item, j, k int, s sentence) (item, bool) {
	if it.q != nil {
		it.g.things = r.buildings(j, s) == 0 && r.ofThings(j, k, s)
		if it.g.things {
			it.kind, it.end, it.g.plural = number, k, true
			return it, true
		}
		it.kind, it.end, it.g.plural = number, j, it.q.High != cairn.N(1) || it.q.Low != cairn.N(1)
		if it.q.bare && r.isAge(it.first, it.end, s) || r.agedThus(it, s) {
			it.kind = age
		}
		if end := r.buildings(j, s); end > 0 {
			it.kind, it.end, it.g.class = building, end, cairn.Buildings
		}
		return it, true
	}
	if end := r.buildings(j, s); end > 0 && !r.clauseBefore(j, end) {
		b, _ := r.terms[end-1].node.Sense(lexicon.Building)
		it.kind, it.end, it.g.class, it.g.plural, it.node = building, end, cairn.Buildings, b.N == 2, r.terms[end-1].node
		return it, true
	}
	if j > it.first && it.g.definite && r.plays(j, lexicon.Ranked) && j+1 < s.last && !(r.terms[j+1].word && r.terms[j+1].node == nil) && !r.terms[j+1].node.Has(lexicon.Of) {
		it.kind, it.end, it.g.head = group, j+1, "ranked" // "the eldest, 17, died"
		return it, true
	}
	if j > it.first && it.g.definite && !it.g.possessive {
		return item{}, false
	}
	end := r.nameEnd(j, s)
	if end == j || it.g.addition {
		return item{}, false
	}
	if n, _ := r.projectParty(j, end); n > 0 && n == end-j {
		return item{}, false // whoever fights is no person
	}
	it.kind, it.end, it.g.plural = named, end, false
	it.g.weak = end-j == 1 && j == s.first && !r.names[lexicon.Fold(r.terms[j].span.Of(r.text))] || s.headline || r.placeAt(j, end)
	it.g.name = cairn.Span{Start: r.terms[j].span.Start, End: r.terms[end-1].span.End}.Of(r.text)
	return it, true
}

// nextOne returns the end of words for one more person in a row, from term j, "a third
// was wounded"; 0 where they are none.
func (r *reading) nextOne(it item, j int, s sentence) int {
	if j == it.first || it.g.possessive || !it.g.definite && !r.isArticle(it.first) {
		return 0
	}
	if j+1 >= s.last || !r.terms[j].figure.Has(lexicon.Ordinal) || !r.terms[j+1].node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Suffer) {
		return 0
	}
	return j + 1
}

// oldest is the greatest number that is read as an age, in years.
const oldest = 120

// agedThus reports whether the number of it is how old somebody is said to be: "a
// girl aged nine".
func (r *reading) agedThus(it item, s sentence) bool {
	return it.first > s.first && r.plays(it.first-1, lexicon.Ages) && it.q.High.Known && it.q.High.N <= oldest
}

// clauseBefore reports whether a verb of harm or a number stands between the word
// at term j and the buildings that end at term end, so that they are no phrase:
// "rockets destroyed seven houses".
func (r *reading) clauseBefore(j, end int) bool {
	for k := j + 1; k < end-1; k++ {
		if r.numberAt(k) || r.terms[k].node.HasAny(1<<lexicon.Transitive|1<<lexicon.Suffer) {
			return true
		}
	}
	return false
}

// buildings returns the end of a phrase for buildings from term j, or 0.
func (r *reading) buildings(j int, s sentence) int {
	if j < s.last && r.terms[j].node.Has(lexicon.Of) {
		j++
		if d, ok := r.node(j).Sense(lexicon.Det); ok && d.N == 1 {
			j++
		}
	}
	for k := j; k < min(j+4, s.last); k++ {
		n := r.terms[k].node
		if n.Has(lexicon.Building) {
			return k + 1
		}
		if !r.terms[k].word || n.HasAny(stopMask) || n.HasAny(nounMask) || r.lang.VerbFirst && n.HasAny(1<<lexicon.Transitive|1<<lexicon.Means|1<<lexicon.Adverb) || r.lang.FreeOrder && n.Has(lexicon.Outcome) {
			return 0
		}
	}
	return 0
}

// measured reports whether what follows a number makes it no count of people.
func (r *reading) measured(i int, s sentence) bool {
	if i >= s.last {
		return false
	}
	if r.sign(i) == '-' && r.terms[i].glued && i+1 < s.last {
		i++
		if r.modifier(i, s) {
			return true
		}
	}
	n := r.terms[i].node
	if r.lang.VerbFirst && n.Has(lexicon.Means) && !n.HasAny(nounMask|1<<lexicon.Building) {
		return true
	}
	return n.Has(lexicon.NotPerson) && !n.Has(lexicon.Building) && !n.HasAny(nounMask) || n.Has(lexicon.Measure) && !n.Has(lexicon.Building) && !n.HasAny(nounMask) && r.sign(i) != '%' && !r.is(i, "percent") || n.Has(lexicon.TimeUnit) || n.Has(lexicon.Month) && !n.Has(lexicon.Modal)
}

// modifier reports whether the word at term i, joined by a hyphen to a number
// before it, makes an adjective of the two: "a three-storey building".
func (r *reading) modifier(i int, s sentence) bool {
	t := r.terms[i]
	return t.word && t.glued && !t.upper && !t.node.HasAny(nounMask|1<<lexicon.And|1<<lexicon.Or|1<<lexicon.TimeUnit|1<<lexicon.Transitive|1<<lexicon.Outcome) && !t.figure.Has(lexicon.To) && i+1 < s.last && r.terms[i+1].word
}

// describe fills in class, sex, number and age from the head and its modifiers.
func (r *reading) describe(it *item, j, head int, years *cairn.Range) {
	n := r.terms[head].node
	it.node = n
	it.g.head = lexicon.Fold(r.terms[head].span.Of(r.text))
	it.g.age = years
	switch {
	case n.Has(lexicon.People):
		s, _ := n.Sense(lexicon.People)
		it.g.plural = true
		it.g.class, it.g.sex = classOf(s.Value)
	case n.Has(lexicon.Person):
		s, _ := n.Sense(lexicon.Person)
		it.g.class, it.g.sex = classOf(s.Value)
	case n.Has(lexicon.Collective):
		s, _ := n.Sense(lexicon.Collective)
		it.g.unit, it.g.plural, it.g.collective = s.Value, s.Value == "" || strings.HasSuffix(it.g.head, "s"), true
	}
	for k := j; k < head; k++ {
		m := r.terms[k].node
		if m.Has(lexicon.Fighter) {
			it.g.class = cairn.Combatant
		}
		if class := r.classWord(k); class != "" && it.g.class == cairn.UnknownStatus {
			it.g.class = class
		}
		if m.Has(lexicon.Outcome) {
			o, _ := m.Sense(lexicon.Outcome)
			it.g.outcome = cairn.Harm(firstWord(o.Value))
		}
	}
	if years != nil && years.Min.N >= 18 && it.g.class == cairn.Child {
		it.g.class = map[string]cairn.Class{"male": cairn.Man, "female": cairn.Woman, "": cairn.UnknownStatus}[it.g.sex]
	}
	if years != nil && n.Has(lexicon.Person) && it.q == nil {
		it.g.plural = false // a form that is of one as well as of several
	}
	if n.Has(lexicon.Outcome) {
		o, _ := n.Sense(lexicon.Outcome)
		it.g.outcome = cairn.Harm(firstWord(o.Value))
	}
	if r.plays(head, lexicon.Teenage) && years == nil {
		teenage := cairn.Between(13, 19)
		it.g.age = &teenage
	}
	if years != nil && years.Max.N < 18 && it.g.class == cairn.UnknownStatus || years != nil && years.Max.N < 18 && (it.g.class == cairn.Man || it.g.class == cairn.Woman) {
		it.g.class = cairn.Child
	}
}

// classWord returns the class that term i states as an adjective, "" where it
// states none.
func (r *reading) classWord(i int) cairn.Class {
	s, _ := r.terms[i].node.Sense(lexicon.Class)
	return cairn.Class(s.Value)
}

func classOf(value string) (cairn.Class, string) {
	class, sex, _ := strings.Cut(value, ",")
	return cairn.Class(class), sex
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// ofThings reports whether the number before term j counts what is neither
// people nor buildings: an unknown noun in small letters follows it, and then
// something that ends a noun phrase.
func (r *reading) ofThings(j, k int, s sentence) bool {
	if j >= s.last || r.caseless {
		return false
	}
	t := r.terms[j]
	if t.upper {
		return k > j && r.ofNamed(j, k)
	}
	return t.word && t.node == nil && k > j && !adverbial(t.span.Of(r.text))
}

// adverbial reports whether a word of unknown kind may stand between a number
// and its verb.
func adverbial(word string) bool { return strings.HasSuffix(word, "ly") }
