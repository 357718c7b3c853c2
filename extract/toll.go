package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// toll applies "the death toll rose to N", "put the toll at N".
func (c *clause) toll(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.Toll)
	for i := k - 1; i >= max(0, k-2); i-- {
		it := c.items[i]
		if it.kind == number && it.q != nil && it.q.Op == cairn.OpUnknown {
			c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(it, sense), h, "killed.toll")
			return
		}
		if it.kind == plain && it.node.Has(lexicon.Unknown) {
			c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(c.unknown(it), sense), h, "killed.toll")
			return
		}
	}
	if c.tollBefore(k, sense) {
		return
	}
	for i := k + 1; i < len(c.items) && i < k+12; i++ {
		it := c.items[i]
		if it.kind == plain && (c.signAt(i) == ';' || c.signAt(i) == '.' || it.node.HasAny(1<<lexicon.Relative)) {
			break
		}
		whose := c.lang.FreeOrder && i == k+2 && c.items[k+1].kind == group && c.items[k+1].q == nil // "the number of dead soldiers is unknown"
		if it.kind == plain && it.node.Has(lexicon.Unknown) && (c.is(i-1, lexicon.Be) || c.lang.VerbFirst && i == k+1 || whose) {
			if whose {
				sense.Value += " " + string(c.items[k+1].g.class)
			}
			c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(c.unknown(it), sense), h, "killed.toll")
			return
		}
		if (it.kind == number || it.kind == group) && it.q != nil && !it.q.addition {
			from := c.is(i-2, lexicon.Reach) && c.is(i-1, lexicon.Of) || c.is(i-1, lexicon.Reach) && c.terms[it.first].figure.Has(lexicon.From) || c.items[i-1].kind == plain && c.terms[c.items[i-1].first].figure.Has(lexicon.From)
			if from && it.q.Op == cairn.OpExact && c.falls(i) || c.correctedBehind(i) {
				continue // "corrected from 14 to 12"
			}
			if i > k+1 && it.q.Op == cairn.OpBetween && from && !c.reaches(i-1, "ranges") && !c.reaches(max(0, i-2), "ranges") {
				it = c.upper(it) // "rose from 30 to 45"
			}
			if s, _ := c.items[i-1].node.Sense(lexicon.Reach); s.Value == "more_than" && it.q.Op == cairn.OpExact {
				q := *it.q
				q.bound(cairn.OpMoreThan)
				it.q = &q
			}
			if it.kind != group || !c.lang.VerbFirst || it.g.class == cairn.DisplacedPerson || it.g.class == cairn.Detainee {
				it.g.class = cairn.UnknownStatus
			}
			if of := c.items[k+1]; c.lang.NoCapitals && of.kind == group && of.q == nil && of.g.class == cairn.Civilian {
				it.g.class = of.g.class // "the number of the dead civilians"
			}
			c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(it, sense), h, "killed.toll")
			return
		}
	}
	if q := k - 2; c.lang.FreeOrder && c.is(k-1, lexicon.Reach) && q >= 0 && c.items[q].q != nil && (c.items[q].kind == number || c.items[q].kind == group) {
		it := c.items[q] // "to 16 rose the number of dead"
		it.q.Op, it.q.Low = cairn.OpExact, it.q.High
		c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(it, sense), h, "killed.toll")
	}
}

// falls reports whether "to" and another figure follow the figure at item i, which
// was a toll before it was corrected. A language whose "to" is its "up to" has read
// both as a bound, of which falls leaves the figure alone.
func (c *clause) falls(i int) bool {
	if i+1 < len(c.items) && c.items[i+1].q != nil && c.items[i+1].q.Op == cairn.OpAtMost {
		c.items[i+1] = c.upper(c.items[i+1])
		return true
	}
	return i+2 < len(c.items) && c.items[i+1].kind == plain && c.terms[c.items[i+1].first].figure.Has(lexicon.To) && c.items[i+2].q != nil
}

// tollBefore applies "rose to 23 the toll", and reports whether it is so said.
func (c *clause) tollBefore(k int, sense lexicon.Sense) bool {
	for i := k - 1; i >= max(1, k-2) && c.lang.FreeOrder; i-- {
		it, to := c.items[i], c.items[i-1]
		if (it.kind == number || it.kind == group) && it.q != nil && to.kind == plain && (to.node.Has(lexicon.Reach) || c.terms[to.first].figure.Has(lexicon.To)) {
			return c.add(cairn.Harm(firstWord(sense.Value)), c.tolled(it, sense), c.items[k], "killed.toll") != nil
		}
	}
	return false
}

// tolled gives the people of a toll the class that the words of the toll have.
func (c *clause) tolled(it item, toll lexicon.Sense) item {
	if class := note(toll.Value); class != "" && (it.g.class == cairn.UnknownStatus || it.g.class == "") {
		it.g.class = cairn.Class(class)
	}
	return it
}

// upper returns an item with the upper end of its range alone.
func (c *clause) upper(it item) item {
	for k := it.end - 1; k > it.first; k-- {
		if n, next, ok := c.number(k, it.end); ok && n == it.q.High.N && next <= it.end {
			q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpExact, Low: cairn.N(n), High: cairn.N(n)}}, k, next, "figure.exact")
			it.q, it.first = &q, k
			return it
		}
	}
	return it
}

// unknown makes an item of a figure that is said to be unknown.
func (c *clause) unknown(it item) item {
	q := c.finished(quantity{Figure: cairn.Figure{Op: cairn.OpUnknown}}, it.first, it.end, "figure.unknown")
	it.kind, it.q, it.g.class = number, &q, cairn.UnknownStatus
	return it
}

// population applies "population of N": a stock, read because shares and
// displacement are measured by it.
func (c *clause) population(k int) {
	i := k + 1
	if c.is(i, lexicon.Of) {
		i++
	}
	for c.lang.FreeOrder && i < min(k+5, len(c.items)) && c.items[i].kind == plain && (c.items[i].node == nil || c.items[i].node.HasAny(1<<lexicon.Reach|1<<lexicon.Be) || c.plays(c.items[i].first, lexicon.PlaceNoun)) && c.signAt(i) != ',' {
		i++ // "the population of the town is 12,000"
	}
	if i >= len(c.items) || c.items[i].q == nil || c.items[i].q.Unit == cairn.Percent {
		return
	}
	f := c.add(cairn.Population, c.items[i], c.items[k], "population.of")
	if f == nil {
		return
	}
	if f.claim.Victims.Class != cairn.DisplacedPerson {
		f.claim.Victims.Class = cairn.UnknownStatus
	}
	if c.former(k) {
		f.is(cairn.Historical, cairn.Phrase{}, "the words before it put it into an earlier time")
	}
}

// former reports whether words before item k put it into an earlier time.
func (c *clause) former(k int) bool {
	for i := k - 1; i >= max(0, k-6); i-- {
		if c.is(i, lexicon.Of) && i < k-1 || c.signAt(i) == ',' {
			return false
		}
		switch foldedOf(c.reading, c.items[i].first) {
		case "pre", "prewar", "former", "original", "earlier", "previous":
			return true
		}
	}
	return false
}
