package total

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Shared is a toll that accounts give for several incidents together, by the
// key of a tally. Within a row that has more than one of them their sum goes no
// higher than it, so that nobody is counted in each.
type Shared struct {
	Incidents []string
	Toll      map[string]cairn.Range
}

// held keeps, for the incidents that share a toll, what each gives to a row.
type held map[key]map[string]cairn.Range

func (h held) add(shared []Shared, k key, code string, figure cairn.Range) {
	if !slices.ContainsFunc(shared, func(s Shared) bool { return slices.Contains(s.Incidents, code) }) {
		return
	}
	if h[k] == nil {
		h[k] = map[string]cairn.Range{}
	}
	h[k][code] = figure
}

// joint lowers the sums of rows to the tolls that their incidents share, and
// reports whether it lowered any.
func (r rows) joint(shared []Shared) bool {
	lowered := false
	for k, of := range r.held {
		for _, s := range shared {
			toll, ok := s.Toll[cairn.Tally{Harm: k.harm, Class: k.class}.Key()]
			if ok && toll.Max.Known {
				lowered = r.row(k).cap(s, of, toll) || lowered
			}
		}
	}
	return lowered
}

// cap lowers the sum of one row by what the incidents of a shared toll count
// above it together.
func (r *Row) cap(s Shared, of map[string]cairn.Range, toll cairn.Range) bool {
	var sum cairn.Range
	members := 0
	for _, code := range s.Incidents {
		if figure, ok := of[code]; ok && figure.Known() {
			sum, members = sum.Plus(figure), members+1
		}
	}
	if members < 2 || !sum.Max.Known || sum.Max.N <= toll.Max.N {
		return false
	}
	r.Max.N -= sum.Max.N - toll.Max.N
	if sum.Min.Known && sum.Min.N > toll.Max.N {
		r.Min.N -= sum.Min.N - toll.Max.N
	}
	return true
}
