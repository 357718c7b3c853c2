package capture

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// DrawColumn is the name of the column by which a file of histories tells drawn
// linkages apart, unless it says otherwise.
const DrawColumn = "draw"

// HasDraws reports whether a file of histories tells drawn linkages apart by a
// column of that name: the numbers from 1, and not 1 alone. A file that cannot be
// read has none.
func HasDraws(r io.Reader, column string) bool {
	s, err := readSheet(r)
	if err != nil {
		return false
	}
	i := slices.Index(s.header, column)
	most := 0
	for _, row := range s.rows {
		if i < 0 {
			return false
		}
		n, err := strconv.Atoi(row[i])
		if err != nil || n < 1 {
			return false
		}
		most = max(most, n)
	}
	return most > 1
}

// Along is h apart by these columns alone, which must be some of its own: strata
// that differ in others only are one.
func (h Histories) Along(by ...string) Histories {
	var at []int
	for _, name := range by {
		at = append(at, slices.Index(h.By, name))
	}
	out := Histories{Lists: h.Lists, By: slices.Clone(by)}
	cells, values := map[string][]Cell{}, map[string][]string{}
	for _, s := range h.Strata {
		kept := make([]string, len(at))
		for k, i := range at {
			kept[k] = s.Values[i]
		}
		id := key(kept)
		cells[id], values[id] = append(cells[id], s.Table.Cells...), kept
	}
	for id, c := range cells {
		out.Strata = append(out.Strata, Stratum{values[id], NewTable(h.Lists, c)})
	}
	slices.SortFunc(out.Strata, func(a, b Stratum) int { return slices.Compare(a.Values, b.Values) })
	return out
}

// Linkages are the histories of each drawn linkage, which column numbers, in the
// order of the numbers.
func (h Histories) Linkages(column string) []Histories {
	at := slices.Index(h.By, column)
	byNumber := map[string]*Histories{}
	for _, s := range h.Strata {
		n := s.Values[at]
		if byNumber[n] == nil {
			byNumber[n] = &Histories{Lists: h.Lists, By: without(h.By, at)}
		}
		d := byNumber[n]
		d.Strata = append(d.Strata, Stratum{without(s.Values, at), s.Table})
	}
	var numbers []string
	for n := range byNumber {
		numbers = append(numbers, n)
	}
	slices.SortFunc(numbers, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	var all []Histories
	for _, n := range numbers {
		all = append(all, *byNumber[n])
	}
	return all
}

func without(values []string, at int) []string {
	return slices.Delete(slices.Clone(values), at, at+1)
}

// ByLinkage estimates each drawn linkage, which column numbers, and makes one
// estimate of those: the uncertainty who is who is then part of its interval, and
// Diagnostics say how large a part. Where h has other columns it answers each
// stratum and their sum, as [ByStratum] does, the strata of each linkage estimated
// apart. Members of whom the stratum is not known are dealt out within each
// linkage.
//
// The linkages are the imputations of a multiple imputation (Rubin 1987), of which
// Sadinle (2018) makes use so: a population of which the linkage is known, over the
// posterior of the linkage.
func ByLinkage(m Method, h Histories, column string, seed uint64) []Result {
	var labels []string
	of := map[string][]Result{}
	draws := h.Linkages(column)
	for _, d := range draws {
		results := []Result{m.Estimate(d.Table())}
		if len(d.By) > 0 {
			results = ByStratum(m, d, seed)
		}
		for _, r := range results {
			label := r.label()
			if of[label] == nil {
				labels = append(labels, label)
			}
			of[label] = append(of[label], r)
		}
	}
	slices.SortStableFunc(labels, func(a, b string) int { return strings.Compare(behind(a), behind(b)) })
	var all []Result
	for k, label := range labels {
		r := pool(of[label], drawnLinkages, seed+uint64(k))
		if n := len(of[label]); n < len(draws) {
			r.warn(Notice{LinkageDoubt, fmt.Sprintf("only %d of %d drawn linkages have anybody here", n, len(draws)), ""})
		}
		all = append(all, r)
	}
	return all
}

// behind sorts the sum of strata, which has no label, behind them.
func behind(label string) string {
	if label == "" {
		return "\U0010ffff"
	}
	return label
}

// MiddleLinkage is the drawn linkage with the middle number of members, for what
// looks at one table: the first of those.
func (h Histories) MiddleLinkage(column string) Histories {
	draws := h.Linkages(column)
	var sizes []int
	for _, d := range draws {
		sizes = append(sizes, d.Table().Observed())
	}
	sorted := slices.Sorted(slices.Values(sizes))
	return draws[slices.Index(sizes, sorted[(len(sorted)-1)/2])]
}

// EndLinkages are the drawn linkages with the fewest members, where most entries
// are taken for the same people, and with the most.
func (h Histories) EndLinkages(column string) (fewest, most Histories) {
	draws := h.Linkages(column)
	fewest, most = draws[0], draws[0]
	for _, d := range draws {
		n := d.Table().Observed()
		if n < fewest.Table().Observed() {
			fewest = d
		}
		if n > most.Table().Observed() {
			most = d
		}
	}
	return fewest, most
}
