package extract

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// fuse folds into one item what the words of a person are spread over: a name
// and its apposition, an age between commas. It does so in the space of items.
func fuse(r *reading, items []item) []item {
	out := items[:0]
	for i := 0; i < len(items); i++ {
		it := items[i]
		if n := len(out); it.kind == age && n > 1 {
			if w := withAge(r, out, it); w >= 0 {
				if r.sign(out[n-1].first) == '(' && i+1 < len(items) && r.sign(items[i+1].first) == ')' {
					out, i = out[:n-1], i+1 // "Adam (8)"
				}
				continue
			}
		}
		if n := len(out); n > 1 && titled(r, out, it) {
			it.first, out = out[n-2].first, out[:n-2] // "Dr. Amin Nahas"
		}
		if n := len(out); n > 1 && calledSo(r, out, it) {
			person := &out[n-2]
			merge(person, it)
			person.end = it.end
			out = out[:n-1]
			continue
		}
		if n := len(out); n > 1 && apposed(r, out, items, i) {
			person := &out[n-2]
			merge(person, it)
			person.end = it.end
			out = out[:n-1]
			continue
		}
		if it.kind == group && it.g.plural && it.q == nil && !r.caseless && it.end-it.first > 1 && r.nameWord(it.end-1) && r.terms[it.end-1].upper && namesFollow(r, items[i+1:]) {
			it.g.plural = false // "brothers Adam", before "and Zein"
			it.g.name = r.terms[it.end-1].span.Of(r.text)
		}
		if it.kind == group && it.q != nil && it.q.Op == cairn.OpExact && it.q.Low.N > 1 && !r.caseless && it.end-it.first > 2 && r.terms[it.end-1].upper && r.nameWord(it.end-1) {
			i += namesOfAll(r, items[i+1:], it.q.Low.N-1)
		}
		if n := agesOf(r, &it, items[i+1:]); n > 0 {
			i += n
		}
		out = append(out, it)
		if it.kind == named || it.kind == group && !it.g.plural {
			i += agedPhrase(r, items[i+1:])
		}
	}
	return out
}

// namesOfAll returns how many of the items behind counted people go on naming
// them, "two brothers Ali and Hasan Diab": n names at most, with what joins them.
func namesOfAll(r *reading, items []item, n int) int {
	taken := 0
	for i := 0; i+1 < len(items) && n > 0; i += 2 {
		joins := items[i].kind == plain && (items[i].node.Has(lexicon.And) || r.sign(items[i].first) == ',')
		if !joins || items[i+1].kind != named {
			break
		}
		taken, n = i+2, n-1
	}
	return taken
}

// namesFollow reports whether items go on with another name, past an age.
func namesFollow(r *reading, items []item) bool {
	for i := 0; i < min(len(items), 7); i++ {
		it := items[i]
		switch {
		case it.kind == named:
			return i > 0
		case it.kind == age, it.kind == plain && (r.sign(it.first) != 0 && r.sign(it.first) != '.' || it.node.Has(lexicon.And)):
			continue
		}
		return false
	}
	return false
}

// titled reports whether a title and its full stop stand right before the name it.
func titled(r *reading, out []item, it item) bool {
	n := len(out)
	title, stop := out[n-2], out[n-1]
	if it.kind != named || title.kind != named || title.end != title.first+1 || r.sign(stop.first) != '.' || !r.terms[stop.first].glued {
		return false
	}
	return r.terms[title.first].node.HasAny(1<<lexicon.Abbreviation) || r.terms[title.first].node.Has(lexicon.Title)
}

// calledSo reports whether it is the name that the word before it gives to the
// person before that: "a man named Issa Karam".
func calledSo(r *reading, out []item, it item) bool {
	n := len(out)
	p := out[n-2]
	return it.kind == named && out[n-1].kind == plain && r.plays(out[n-1].first, lexicon.Called) && p.kind == group && !p.g.plural && p.g.name == ""
}

// agedPhrase returns how many of the items behind a person say how old they are:
// "a boy of five years", "a girl in the seventh of her age".
func agedPhrase(r *reading, items []item) int {
	n, number := 0, false
	for i := 0; i < min(len(items), 7); i++ {
		it := items[i]
		if sign := r.sign(it.first); it.kind != plain || sign != 0 && i > 0 || it.node.HasAny(1<<lexicon.And|1<<lexicon.Relative|1<<lexicon.Cue) {
			break
		}
		if unit, ok := it.node.Sense(lexicon.TimeUnit); ok && number && strings.HasSuffix(unit.Value, "year") && (r.terms[items[0].first].node.Has(lexicon.Of) || len(items) > 1 && r.sign(items[0].first) == ',' && r.terms[items[1].first].node.Has(lexicon.Of) || n > 0) {
			n = i + 1
		}
		if r.plays(it.first, lexicon.AgeWord) {
			n = i + 1
		}
		_, _, ok := r.number(it.first, it.end)
		number = number || ok
	}
	return n
}

// agesOf counts people by their ages, "her sons, aged 2, 5 and 9", where nothing else
// counts them, and returns how many of the items behind it say the ages.
func agesOf(r *reading, it *item, items []item) int {
	if it.kind != group || !it.g.plural || it.q != nil || it.g.collective {
		return 0
	}
	i, n, last := 0, 0, 0
	if len(items) > 0 && (r.sign(items[0].first) == ',' || r.sign(items[0].first) == '(') {
		i++
	}
	if i >= len(items) || items[i].kind != plain || !r.plays(items[i].first, lexicon.Ages) {
		return 0
	}
	for i++; i < len(items); i++ {
		switch x := items[i]; {
		case (x.kind == number || x.kind == age) && x.q != nil && x.q.Op == cairn.OpExact && x.q.High.N <= oldest, x.kind == plain && r.terms[x.first].digit:
			n, last = n+1, i+1
			continue
		case x.kind == plain && (r.sign(x.first) == ',' || x.node.Has(lexicon.And)):
			continue
		}
		break
	}
	if n < 2 {
		return 0
	}
	q := r.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)}}, it.first, items[last-1].end, "figure.ages")
	it.q = &q
	return last
}

// withAge gives an age to the person that it stands behind, and returns that
// person's index, -1 where there is none.
func withAge(r *reading, out []item, it item) int {
	n := len(out)
	sign := r.sign(out[n-1].first)
	if out[n-1].kind != plain || sign != ',' && sign != '(' {
		return -1
	}
	p := &out[n-2]
	if p.kind != group && p.kind != named {
		return -1
	}
	if p.g.age == nil && it.q != nil {
		years := cairn.Exactly(it.q.Low.N)
		p.g.age, p.g.weak = &years, false // no place is four years old
		if years.Max.N < 18 && p.g.class != cairn.Combatant {
			p.g.class = cairn.Child
		}
	}
	return n - 2
}

// apposed reports whether item i says again who the person before the comma is.
func apposed(r *reading, out, items []item, i int) bool {
	n, it := len(out), items[i]
	if out[n-1].kind != plain || r.sign(out[n-1].first) != ',' {
		return false
	}
	p := out[n-2]
	if p.kind == named && n > 2 && out[n-3].kind == plain && r.plays(out[n-3].first, lexicon.PlaceBefore) {
		return false // "in Safran, a man was killed"
	}
	one := func(x item) bool {
		return (x.kind == named || x.kind == group && !x.g.plural && !x.g.collective) && x.q == nil
	}
	if !one(p) || !one(it) || (p.g.name != "") == (it.g.name != "") {
		return false
	}
	if it.kind == group && it.g.name == "" && it.g.age == nil && !r.isArticle(it.first) && !r.terms[it.first].node.Has(lexicon.Det) && !(r.plays(it.first, lexicon.Parent) && it.end > it.first+1) {
		return false
	}
	if len(r.lang.Cases) > 0 && it.g.possessive {
		return false // "a boy, his father"
	}
	after := rune(0)
	if i+1 < len(items) {
		if items[i+1].kind == verb || items[i+1].kind == outcome {
			return true
		}
		after = r.sign(items[i+1].first)
		if items[i+1].node.HasAny(1<<lexicon.Of | 1<<lexicon.Prep | 1<<lexicon.Relative) {
			return true
		}
	}
	return after == ',' || after == '.' || i+1 == len(items)
}

func merge(p *item, it item) {
	if p.g.name == "" {
		p.g.name = it.g.name
	}
	if p.g.age == nil {
		p.g.age = it.g.age
	}
	if p.g.sex == "" {
		p.g.sex = it.g.sex
	}
	if p.g.class == cairn.UnknownStatus || p.g.class == "" {
		p.g.class = it.g.class
	}
	if p.kind == named && it.kind == group {
		p.kind, p.node, p.g.head = group, it.node, it.g.head
	}
}
