package extract

import (
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// asMany gives the figures that are told by another one theirs: "eleven were killed and
// twice as many wounded". A claim that has no figure before it to go by is none.
func (c *clause) asMany() {
	for _, f := range c.out[:len(c.out):len(c.out)] {
		q := f.victims.q
		if q == nil {
			continue
		}
		times, same := strings.CutPrefix(q.wording, "same ")
		if !same {
			continue
		}
		n, _ := strconv.Atoi(times)
		before := c.exactBefore(f)
		if before == nil || n == 0 {
			c.drop(f)
			continue
		}
		b := before.claim.Figure
		f.claim.Figure.Op, f.claim.Figure.Low, f.claim.Figure.High = b.Op, b.Low, b.High
		f.claim.Figure.Low.N *= n
		f.claim.Figure.High.N *= n
		f.claim.Rules = []string{f.claim.Rules[0], "figure.same"}
	}
}

// exactBefore returns the claim of an exact number of people that stands before f in
// its sentence; nil where none does.
func (c *clause) exactBefore(f *found) *found {
	var last *found
	for _, o := range c.out {
		if o.victims.first < f.victims.first && o.claim.Figure.Op == cairn.OpExact && o.claim.Figure.Unit == "" {
			last = o
		}
	}
	return last
}
