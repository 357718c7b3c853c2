package total

import (
	"cmp"
	"iter"
	"sync"

	"github.com/cairn-recorder/cairn"
)

// A sum is what adding up makes of one part of a selection.
type sum struct {
	rows     *rows
	excluded counts // incidents, by the number of their grade
	theirs   counts // incidents of other recorders, by the number of the recorder
	several  bool   // some incident stands in several rows
	span     span
}

// An adder adds up what a selection chooses.
type adder struct {
	Selection
	grades []cairn.Grade
	shares map[string]bool
}

// add adds up the parts of s, each by itself, and then together in their order,
// so that the answer is the same on any number of processors.
func (s Selection) add(grades []cairn.Grade) *sum {
	a := adder{s, grades, s.sharers()}
	parts := make([]*sum, len(s.Counted.Parts))
	var working sync.WaitGroup
	for n, figures := range s.Counted.Parts {
		working.Go(func() { parts[n] = a.part(figures) })
	}
	working.Wait()
	whole := &sum{rows: newRows(s, a.shares)}
	for _, p := range parts {
		whole.plus(p)
	}
	return whole
}

// part adds up one part.
func (a adder) part(figures iter.Seq[*Figure]) *sum {
	p := &sum{rows: newRows(a.Selection, a.shares)}
	takes := a.taking(a.grades)
	dates := memo[bool]{ask: func(first uint32) bool { p.span.take(a.By, a.date(first)); return true }}
	last, counts := uint32(0), false
	for f := range figures {
		fresh := f.Code != last
		if fresh {
			last, counts = f.Code, takes(f)
			dates.at(f.First)
		}
		if !counts {
			if fresh {
				p.excluded.add(f.Grade)
			}
			continue
		}
		if fresh && f.Recorder > 0 {
			p.theirs.add(f.Recorder)
		}
		p.several = p.rows.add(f) || p.several
	}
	return p
}

func (s Selection) date(n uint32) cairn.Date { return cairn.Date(s.Counted.Words.words.word(n)) }

// plus adds what a later part makes.
func (s *sum) plus(p *sum) {
	s.excluded.plus(p.excluded)
	s.theirs.plus(p.theirs)
	s.several = s.several || p.several
	s.span.join(p.span)
	s.rows.plus(p.rows)
}

// excludedBy returns how many incidents of each grade do not count.
func (s *sum) excludedBy() map[cairn.Grade]int {
	by := map[cairn.Grade]int{}
	for n, incidents := range s.excluded {
		if incidents > 0 {
			by[cmp.Or(cairn.Grade(s.rows.words.words.word(uint32(n))), Ungraded)] = incidents
		}
	}
	return by
}

// theirsBy returns how many incidents are those of each other recorder.
func (s *sum) theirsBy() map[string]int {
	by := map[string]int{}
	for n, incidents := range s.theirs {
		if incidents > 0 {
			by[s.rows.words.words.word(uint32(n))] = incidents
		}
	}
	return by
}
