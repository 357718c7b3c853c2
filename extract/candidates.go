package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// Places returns the places that a name can stand for with nothing else known
// than the areas behind its commas ("Paris, Texas"), the one that would be taken
// first, each with what speaks for it. There are none where no place bears the
// name.
func (r *Reader) Places(name string) []cairn.Where {
	p := &reading{Reader: r}
	first, rest, _ := strings.Cut(name, ",")
	choices := p.called(first)
	var beside []candidate
	for part := range strings.SplitSeq(rest, ",") {
		beside = append(beside, p.areasOf(spot{choices: p.called(part)})...)
	}
	votes := map[string]float64{}
	for i := range choices {
		p.score(&choices[i], votes, beside)
	}
	slices.SortStableFunc(choices, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var out []cairn.Where
	for _, c := range choices {
		w := whereOf(r.places.place(c))
		w.Reason = p.reason(c)
		out = append(out, *w)
	}
	return out
}

// called returns every place that bears a name, in its own words.
func (r *reading) called(name string) []candidate {
	own, base, _ := r.named(lexicon.KeyOf(strings.TrimSpace(name)))
	var out []candidate
	for _, o := range own {
		out = append(out, candidate{own: o, base: -1})
	}
	for i := range base.Len() {
		out = append(out, candidate{own: -1, base: base.At(i)})
	}
	return out
}

// Alike returns at most limit places whose names sound like a name, in whatever
// script, for a person to choose from: the reader itself goes by spelling alone.
func (r *Reader) Alike(name string, limit int) []cairn.Where {
	names := func(kept string) []string {
		p := ofPack(kept)
		all := append([]string{p.Name}, p.Aliases...)
		for _, n := range p.Names {
			all = append(all, n)
		}
		return all
	}
	p := &reading{Reader: r}
	var out []cairn.Where
	for _, i := range r.places.base.Alike(name, limit, names) {
		c := candidate{own: -1, base: i, home: r.places.base.Home(r.places.base.Country(i)) > 0}
		w := whereOf(r.places.place(c))
		w.Reason = "sounds like it; " + p.reason(c)
		out = append(out, *w)
	}
	return out
}
