package assess

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// A person is one individual whom claims of a document name or describe.
type person struct {
	name   []string // words of the fullest name
	age    cairn.Range
	sex    string
	child  bool // said to be a child, or under 18
	adult  bool
	group  cairn.Class // the sub-group, where one is stated
	counts []count
}

// personOf returns whom a claim about one person describes.
func personOf(c count) person {
	v := c.claim.Victims
	p := person{sex: v.Sex, counts: []count{c}}
	if len(v.Names) > 0 {
		p.name = nameWords(v.Names[0])
	}
	if v.Age != nil {
		p.age = *v.Age
	}
	switch v.Class {
	case cairn.Woman:
		p.sex, p.adult = "female", !minor(p.age)
	case cairn.Man:
		p.sex, p.adult = "male", !minor(p.age)
	case cairn.Child:
		p.child = !p.age.Max.Known || p.age.Max.N < 18
	}
	if subgroup(v.Class) {
		p.group = v.Class
	}
	p.child = p.child || minor(p.age)
	if p.age.Min.Known && p.age.Min.N >= 18 {
		p.adult = true
	}
	return p
}

// minor reports whether an age is under 18.
func minor(age cairn.Range) bool { return age.Max.Known && age.Max.N < 18 }

// tells returns how much p is known by, to settle the clearest first.
func (p person) tells() int {
	n := 0
	if len(p.name) > 0 {
		n += 8
	}
	if p.age.Known() {
		n += 4
	}
	if p.sex != "" {
		n += 2
	}
	if p.child || p.group != "" {
		n++
	}
	return n
}

// compatible reports whether nothing tells p and q apart.
func (p person) compatible(q person) bool {
	switch {
	case len(p.name) > 0 && len(q.name) > 0 && !sameName(p.name, q.name):
		return false
	case p.sex != "" && q.sex != "" && p.sex != q.sex:
		return false
	case p.child && q.adult, p.adult && q.child:
		return false
	}
	return !p.age.Known() || !q.age.Known() || near(p.age, q.age)
}

// near reports whether two ages can be one person's: reports differ by a year
// over birthdays.
func near(a, b cairn.Range) bool {
	low := func(r cairn.Range) int {
		if r.Min.Known {
			return r.Min.N
		}
		return 0
	}
	high := func(r cairn.Range) int {
		if r.Max.Known {
			return r.Max.N
		}
		return 200
	}
	return low(a) <= high(b)+1 && low(b) <= high(a)+1
}

// identical reports whether p and q share a name or an age and nothing tells
// them apart.
func (p person) identical(q person) bool {
	if !p.compatible(q) {
		return false
	}
	return len(p.name) > 0 && len(q.name) > 0 || p.age.Known() && q.age.Known()
}

// join returns p with what q adds.
func (p person) join(q person) person {
	if len(q.name) > len(p.name) {
		p.name = q.name
	}
	if !p.age.Known() {
		p.age = q.age
	}
	if p.sex == "" {
		p.sex = q.sex
	}
	if p.group == "" {
		p.group = q.group
	}
	p.child, p.adult = p.child || q.child, p.adult || q.adult
	p.counts = append(slices.Clone(p.counts), q.counts...)
	return p
}

// persons returns the distinct individuals of claims about one person each. A
// bare description is taken for somebody already known unless something tells
// them apart: an age, a sex, a name, "another", or standing in one clause.
func persons(singles []count) []person {
	described := make([]person, 0, len(singles))
	for _, c := range singles {
		described = append(described, personOf(c))
	}
	slices.SortStableFunc(described, func(a, b person) int { return b.tells() - a.tells() })
	var out []person
	for _, d := range described {
		best := -1
		for i, p := range out {
			if p.compatible(d) && !apart(p, d) && (best < 0 || p.identical(d) && !out[best].identical(d)) {
				best = i
			}
		}
		if best < 0 {
			out = append(out, d)
		} else {
			out[best] = out[best].join(d)
		}
	}
	return out
}

// apart reports whether d stands beside p in one clause, or is said to be
// another.
func apart(p, d person) bool {
	for _, a := range p.counts {
		for _, b := range d.counts {
			if beside(a.claim, b.claim) || !p.identical(d) && (broughtIn(a.claim, b.claim) || broughtIn(b.claim, a.claim)) {
				return true
			}
			if (a.claim.Is(cairn.Addition) || b.claim.Is(cairn.Addition)) && !p.identical(d) {
				return true
			}
		}
	}
	return false
}

// broughtIn reports whether b tells of somebody whom its words bring in as another than
// the one of whom a, in the same sentence, tells.
func broughtIn(a, b cairn.Claim) bool {
	gap := b.Span.Start - a.Span.End
	return slices.Contains(b.Rules, "figure.another") && gap >= 0 && gap < sentenceAt
}

// beside reports whether two claims are members of one enumeration: their
// clauses overlap and their figures do not.
func beside(a, b cairn.Claim) bool {
	if a.Span.Len() == 0 || b.Span.Len() == 0 || !a.Span.Overlaps(b.Span) {
		return false
	}
	return a.Figure.Span == nil || b.Figure.Span == nil || !a.Figure.Span.Overlaps(*b.Figure.Span)
}

// nameWords returns the words of a name as they are compared: lower case,
// without marks and initials.
func nameWords(name string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' }) {
		if w = strings.TrimSuffix(strings.Trim(w, "'"), "'s"); len([]rune(w)) > 1 {
			words = append(words, w)
		}
	}
	return words
}

// sameName reports whether one name holds every word of the other, or both
// begin and end alike.
func sameName(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	within := true
	for _, w := range a {
		within = within && slices.Contains(b, w)
	}
	return within || len(a) > 1 && a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}
