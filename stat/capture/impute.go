package capture

import (
	"math"
	"math/rand/v2"
	"slices"
)

// imputations is how often missing strata are dealt out.
const imputations = 10

// impute deals the members of unknown strata over the known ones that agree in
// what is known, as often as imputations says. All deals have the same strata.
func impute(h Histories, seed uint64) []Histories {
	var known, missing []Stratum
	for _, s := range h.Strata {
		if slices.Contains(s.Values, "") {
			missing = append(missing, s)
		} else {
			known = append(known, s)
		}
	}
	if len(known) == 0 {
		return []Histories{h}
	}
	dice := rand.New(rand.NewPCG(seed, 0x1397))
	var deals []Histories
	for range imputations {
		dealt := make([][]Cell, len(known))
		for i, s := range known {
			dealt[i] = slices.Clone(s.Table.Cells)
		}
		for _, m := range missing {
			for _, c := range m.Table.Cells {
				for i, n := range multinomial(dice, c.Count, shares(dice, known, m.Values, c.History)) {
					dealt[i] = append(dealt[i], Cell{c.History, n})
				}
			}
		}
		d := Histories{Lists: h.Lists, By: h.By}
		for i, s := range known {
			d.Strata = append(d.Strata, Stratum{s.Values, NewTable(h.Lists, dealt[i])})
		}
		deals = append(deals, d)
	}
	return deals
}

// shares draws how the members of a history spread over the strata that agree
// with what is known of them. Before the known are counted, a stratum weighs
// its part of all members, so that a history that nobody known has spreads as
// the whole does.
func shares(dice *rand.Rand, known []Stratum, values []string, h History) []float64 {
	w := make([]float64, len(known))
	all, fits := 0.0, 0
	for i, s := range known {
		if agrees(s.Values, values) {
			w[i] = float64(s.Table.Observed())
			all, fits = all+w[i], fits+1
		}
	}
	for i, s := range known {
		switch {
		case fits == 0: // a combination that nobody known has: any stratum
			w[i] = gamma(dice, 1+float64(s.Table.Count(h)))
		case w[i] > 0:
			w[i] = math.Exp(logGamma(dice, float64(s.Table.Count(h))+w[i]/all))
		}
	}
	return w
}

func agrees(values, partly []string) bool {
	for k, v := range partly {
		if v != "" && values[k] != v {
			return false
		}
	}
	return true
}
