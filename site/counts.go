package site

import (
	"iter"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/total"
)

// counts are the figures of every incident of a release as a total adds them up, put
// into numbers once, and read by every page from then on.
type counts struct {
	words   *total.Words
	figures []total.Figure
	from    []int // where those of each incident begin, and at last where all end
}

func countsOf(listings []cairn.Listing) counts {
	c := counts{words: new(total.Words), from: make([]int, 0, len(listings)+1)}
	for _, l := range listings {
		c.from = append(c.from, len(c.figures))
		for _, one := range sorted(l.Counts()) {
			c.figures = append(c.figures, c.words.Figure(&one))
		}
	}
	c.from = append(c.from, len(c.figures))
	return c
}

// sorted puts the figures of one incident into the order of a record.
func sorted(all []cairn.Counted) []cairn.Counted {
	slices.SortFunc(all, func(a, b cairn.Counted) int {
		return strings.Compare(string(a.Harm)+"\x00"+string(a.Class), string(b.Harm)+"\x00"+string(b.Class))
	})
	return all
}

// partOfCounts is how many incidents are added up by one processor.
const partOfCounts = 25_000

// of returns the figures of incidents, which come in their order.
func (c counts) of(chosen []int) total.Figures {
	all := total.Figures{Words: c.words}
	for part := range slices.Chunk(chosen, partOfCounts) {
		all.Parts = append(all.Parts, c.part(part))
	}
	return all
}

func (c counts) part(chosen []int) iter.Seq[*total.Figure] {
	return func(yield func(*total.Figure) bool) {
		for _, i := range chosen {
			for k := c.from[i]; k < c.from[i+1]; k++ {
				if !yield(&c.figures[k]) {
					return
				}
			}
		}
	}
}
