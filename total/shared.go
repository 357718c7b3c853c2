package total

import (
	"github.com/cairn-recorder/cairn"
)

// A Shared is a toll that accounts give for several incidents together, by the
// key of a tally. Within a row that has more than one of them their sum goes no
// higher than it, so that nobody is counted in each.
type Shared struct {
	Incidents []string
	Toll      map[string]cairn.Range
}

// sharers are the codes of the incidents that share a toll; nil where none does.
func (s Selection) sharers() map[string]bool {
	var of map[string]bool
	for _, shared := range s.Shared {
		for _, code := range shared.Incidents {
			if of == nil {
				of = map[string]bool{}
			}
			of[code] = true
		}
	}
	return of
}

// held keeps, for the incidents that share a toll, what each gives to a row.
type held map[*adding]map[string]cairn.Range

func (h held) add(a *adding, code string, figure cairn.Range) {
	if h[a] == nil {
		h[a] = map[string]cairn.Range{}
	}
	h[a][code] = figure
}

// joint lowers the sums of rows to the tolls that their incidents share, and
// reports whether it lowered any.
func (r *rows) joint(shared []Shared) bool {
	lowered := false
	for a, of := range r.held {
		for _, s := range shared {
			toll, ok := s.Toll[r.tally(a).Key()]
			if ok && toll.Max.Known {
				lowered = a.cap(s, of, toll) || lowered
			}
		}
	}
	return lowered
}

// cap lowers the sum of one row by what the incidents of a shared toll count
// above it together.
func (a *adding) cap(s Shared, of map[string]cairn.Range, toll cairn.Range) bool {
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
	a.sum.Max.N -= sum.Max.N - toll.Max.N
	if sum.Min.Known && sum.Min.N > toll.Max.N {
		a.sum.Min.N -= sum.Min.N - toll.Max.N
	}
	return true
}
