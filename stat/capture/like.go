package capture

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Like are scenarios that could have made t: the log-linear model with the best
// BIC, and one draw of the posterior of the latent class model, the one whose
// population lies nearest the median. They differ in why lists overlap and in
// how many nobody has listed, and both have the overlaps of t; a method that
// fails where one of them is the truth cannot be trusted with t. The refusal is
// that of a table that neither can be fitted to.
func Like(t Table, seed uint64) ([]Scenario, *Notice) {
	if n, refused := needsThree(t); refused {
		return nil, &n
	}
	var all []Scenario
	if s, ok := likeLogLinear(t); ok {
		all = append(all, s)
	}
	if s, ok := likeClasses(t, seed); ok {
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, &Notice{NotIdentifiable, "no model of a population of which tables could be drawn can be fitted to this table", "merge or leave out lists that overlap little"}
	}
	return all, nil
}

// likeLogLinear is the population that the best log-linear model expects.
func likeLogLinear(t Table) (Scenario, bool) {
	if len(t.Lists) > exactListLimit {
		return Scenario{}, false
	}
	r := begin("", t, 0)
	m := LogLinear{}
	fits := slices.DeleteFunc(fitAll(t, m.models(&r)), func(f modelFit) bool { return !f.ok })
	if len(fits) == 0 {
		return Scenario{}, false
	}
	m.rank(t, fits)
	best := fits[0]
	g := Group{Chance: make([]float64, 1<<len(t.Lists))}
	g.Chance[0] = best.unseen()
	all, sum := histories(len(t.Lists)), best.unseen()
	for k, i := range best.rows {
		log := 0.0
		for j, x := range best.d.row(k) {
			log += x * best.fit.beta[j]
		}
		g.Chance[all[i]] = math.Exp(log)
		sum += g.Chance[all[i]]
	}
	for h := range g.Chance {
		g.Chance[h] /= sum
	}
	g.Members = int(math.Round(sum))
	return Scenario{"loglinear " + best.model.String(), t.Lists, []Group{g}}, g.Members < mostMembers
}

// How a chain is run for likeClasses, and how far apart its states are taken.
const (
	likeIterations = 40_000
	likeEvery      = 20
)

// likeClasses is the population that one state of a chain is.
func likeClasses(t Table, seed uint64) (Scenario, bool) {
	if len(t.Lists) > exactListLimit {
		return Scenario{}, false
	}
	chain := newLatent(t, 10, 0.25, 0.25, rand.New(rand.NewPCG(seed, 0x11ce)))
	var states []Scenario
	for k := range likeIterations {
		if chain.iterate(); k >= likeIterations/2 && k%likeEvery == 0 {
			states = append(states, chain.scenario(t))
		}
	}
	slices.SortFunc(states, func(a, b Scenario) int { return a.Population() - b.Population() })
	middle := states[len(states)/2]
	return middle, middle.Population() < mostMembers
}

// scenario is the population of the chain's state.
func (s *latent) scenario(t Table) Scenario {
	made := Scenario{Name: "latent classes", Lists: t.Lists}
	for k, w := range s.weight {
		members := int(math.Round(w / s.total * (s.observed + s.unseen)))
		if members == 0 {
			continue
		}
		g := Group{members, []float64{1}}
		for _, p := range s.chance[k*s.lists : (k+1)*s.lists] {
			for _, v := range g.Chance {
				g.Chance = append(g.Chance, v*p)
			}
			for i := range len(g.Chance) / 2 {
				g.Chance[i] *= 1 - p
			}
		}
		made.Groups = append(made.Groups, g)
	}
	return made
}
