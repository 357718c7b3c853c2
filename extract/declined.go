package extract

import (
	"github.com/cairn-recorder/cairn/lexicon"
)

// stepsOn calls visit with each state that a name goes on to from k by term i: by
// its words as they stand, then by the first cases that they may be another case
// of, until visit has found a name.
func (r *reading) stepsOn(k lexicon.Key, i int, visit func(lexicon.Key) (found bool)) {
	t := r.terms[i]
	if visit(r.then(k, t)) || r.withItsArticle(k, t, visit) || len(r.lang.Cases) == 0 || t.tokens > 1 || !t.word {
		return
	}
	word := lexicon.AppendFold(nil, t.span.Of(r.text))
	r.lang.FirstCases(word, func(form []byte) bool { return !visit(k.Then(form)) })
}

// withItsArticle calls visit with the state that a name goes on to from k by a
// word whose article is hidden in the clitic before it, "to-the army", and reports
// what visit does.
func (r *reading) withItsArticle(k lexicon.Key, t term, visit func(lexicon.Key) bool) bool {
	if !t.glued || !t.word || t.tokens > 1 {
		return false
	}
	for _, article := range r.lang.Articles {
		if visit(k.Then(lexicon.AppendFold([]byte(article), t.span.Of(r.text)))) {
			return true
		}
	}
	return false
}

// joins reports whether term j, inside a name, is a sign that parts its words.
func (r *reading) joins(j int) bool {
	c := r.sign(j)
	return (c == '-' || c == '\'' || c == '’') && r.terms[j].glued
}

// declined is [reading.longestName] of a name whose words may stand in other
// cases than the first. What is built in counts only where the words around say
// that a place is named.
func (r *reading) declined(i, last int) (n int, own []int32, base lexicon.Choices) {
	if len(r.lang.Cases) == 0 || !r.terms[i].upper || r.terms[i].span.Len() < shortestDeclined && !(i+1 < last && r.joins(i+1)) {
		return 0, nil, base
	}
	n, own, base = r.declinedFrom(0, i, i, min(last, i+6))
	if len(own) == 0 && n > 0 && (!r.placed(i, i+n) || r.plays(i+n, lexicon.PlaceBehind)) {
		return 0, nil, lexicon.Choices{}
	}
	return n, own, base
}

// shortestDeclined is the bytes of the shortest name that is sought in its other
// cases.
const shortestDeclined = 8

func (r *reading) declinedFrom(k lexicon.Key, first, j, last int) (n int, own []int32, base lexicon.Choices) {
	for j < last && j > first && r.joins(j) {
		j++
	}
	if j >= last || !r.terms[j].word {
		return 0, nil, base
	}
	r.stepsOn(k, j, func(k lexicon.Key) bool {
		mine, others, more := r.named(k)
		known := len(mine)+others.Len() > 0
		if reach := j - first + 1; known && (reach > n || reach == n && r.likelier(mine, others, own, base)) {
			n, own, base = reach, mine, others
		}
		if more {
			if m, mine, others := r.declinedFrom(k, first, j+1, last); m > n {
				n, own, base = m, mine, others
			}
		}
		return false // a longer name may begin with another of its cases
	})
	return n, own, base
}

// likelier reports whether words in another case are rather a name of the places
// mine and others than of own and base: of the project's before those built in,
// and of more people before fewer.
func (r *reading) likelier(mine []int32, others lexicon.Choices, own []int32, base lexicon.Choices) bool {
	if len(mine) > 0 || len(own) > 0 {
		return len(own) == 0
	}
	most := func(c lexicon.Choices) (people int) {
		for k := range c.Len() {
			people = max(people, r.places.base.Population(c.At(k)))
		}
		return people
	}
	return most(others) > most(base)
}
