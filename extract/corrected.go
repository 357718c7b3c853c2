package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// corrected reads what a figure told before came to, "which brings the total to nine",
// or was corrected to, "four were reported killed; the number was later revised down to
// three", and puts the earlier figure behind that.
func (c *clause) corrected() {
	for k, it := range c.items {
		total := c.reaches(k, "totals")
		if !total && !c.corrects(k) || k+1 >= len(c.items) || c.items[k+1].q == nil || c.items[k+1].q.Op == cairn.OpZero {
			continue
		}
		v := c.items[k+1]
		before := c.correctable(v)
		if before == nil || !total && c.peopleBetween(k) {
			continue
		}
		f := c.again(before, v, it)
		if total && f != nil && before.claim.Figure.High == cairn.N(1) {
			f.claim.Victims = cairn.Victims{Class: cairn.UnknownStatus}
		}
		if total {
			continue
		}
		before.is(cairn.Background, cairn.Phrase{}, "it was corrected later in the text")
	}
}

// corrects reports whether item k says that a figure became another: "revised to".
func (c *clause) corrects(k int) bool { return c.reaches(k, "corrects") }

// reaches reports whether item k says in the given way what a figure came to.
func (c *clause) reaches(k int, how string) bool {
	s, ok := c.items[k].node.Sense(lexicon.Reach)
	return ok && c.items[k].kind == plain && s.Value == how
}

// correctedBehind reports whether the figure at item i is corrected to another later
// in its clause: "first put at seven, was raised to nine".
func (c *clause) correctedBehind(i int) bool {
	for k := i + 1; k+1 < min(len(c.items), i+9) && c.signAt(k) != ';' && c.items[k].kind != verb; k++ {
		if c.corrects(k) && c.items[k+1].q != nil {
			return true
		}
	}
	return false
}

// correctable returns the claim whose figure v may be the correction of: the last of
// people harmed before it, unless v was read already; nil where there is none.
func (c *clause) correctable(v item) *found {
	var last *found
	for _, f := range c.out {
		if f.victims.first == v.first {
			return nil
		}
		if f.whole == nil && f.victims.first < v.first && f.claim.Victims.Class != cairn.Buildings {
			last = f
		}
	}
	if last == nil {
		last = c.before()
	}
	if last == nil || last.claim.Campaign() || last.claim.Figure.Op == cairn.OpUnknown {
		return nil
	}
	return last
}

// peopleBetween reports whether people stand in the clause before item k, of whom the
// figure behind it would be.
func (c *clause) peopleBetween(k int) bool {
	for i := k - 1; i >= 0 && c.signAt(i) != ';' && c.signAt(i) != ',' && !c.is(i, lexicon.And); i-- {
		if c.persons(i) || c.items[i].kind == building || c.items[i].kind == verb {
			return true
		}
	}
	return false
}
