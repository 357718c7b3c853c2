package total

import (
	"cmp"
	"sync"

	"github.com/cairn-recorder/cairn"
)

// A sum is what adding up makes of one part of a selection.
type sum struct {
	rows     rows
	excluded map[cairn.Grade]int
	theirs   map[string]int // incidents of other recorders
	several  bool           // some incident stands in several rows
	span     span
}

// add adds up the parts of s, each by itself, and then together in their order,
// so that the answer is the same on any number of processors.
func (s Selection) add(grades []cairn.Grade) sum {
	parts := make([]sum, len(s.Counted))
	var working sync.WaitGroup
	for n, figures := range s.Counted {
		working.Go(func() { parts[n] = s.part(grades, figures) })
	}
	working.Wait()
	whole := sum{rows: newRows(s), excluded: map[cairn.Grade]int{}, theirs: map[string]int{}}
	for _, p := range parts {
		whole.plus(p)
	}
	return whole
}

// part adds up one part.
func (s Selection) part(grades []cairn.Grade, figures Figures) sum {
	p := sum{rows: newRows(s), excluded: map[cairn.Grade]int{}, theirs: map[string]int{}}
	last, counts := "", false
	for c := range figures {
		fresh := c.Code != last
		if fresh {
			last, counts = c.Code, s.takes(grades, c)
			p.span.take(s.By, c)
		}
		if !counts {
			if fresh {
				p.excluded[cmp.Or(c.Grade, Ungraded)]++
			}
			continue
		}
		if fresh && c.Recorder != "" {
			p.theirs[c.Recorder]++
		}
		p.several = p.rows.add(c) || p.several
	}
	return p
}

// plus adds what a later part makes.
func (s *sum) plus(p sum) {
	for g, n := range p.excluded {
		s.excluded[g] += n
	}
	for r, n := range p.theirs {
		s.theirs[r] += n
	}
	s.several = s.several || p.several
	s.span.join(p.span)
	s.rows.plus(p.rows)
}
