package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// eitherSide returns the items that the verb at k harms, and its frame, in a
// language where they stand before it or behind it: those counted right before
// it, else those behind it, else its subject further before it.
func (c *clause) eitherSide(k int) ([]int, string) {
	rule := "passive"
	if c.items[k].v.suffer {
		rule = "suffer"
	}
	if c.items[k].v.harm != cairn.Damaged && c.items[k].v.harm != cairn.Population {
		for _, i := range [...]int{k - 1, k + 1} {
			if c.counted(i) && !c.governed(i) {
				return []int{i}, rule
			}
		}
	}
	if i := c.beside(k); i >= 0 && (c.items[i].q != nil || !c.behind(k)) {
		return c.coordinated(i), rule
	}
	if objects := c.objects(k); len(objects) > 0 && !c.agents(k, objects[0]) {
		return objects, rule
	}
	if c.items[k].v.harm == cairn.Damaged {
		if i := c.buildingBehind(k); i >= 0 {
			return c.following(i), rule
		}
	}
	var free []int
	for _, i := range c.subject(k) {
		if !c.harmedAs(i) {
			free = append(free, i)
		}
	}
	return free, rule
}

// agents reports whether the people at item i, behind the passive verb at k, stand
// in the case of whoever did it.
func (c *clause) agents(k, i int) bool {
	it := c.items[i]
	if !c.items[k].v.passive || it.q != nil || it.kind != group {
		return false
	}
	for t := it.first; t < it.end; t++ {
		if c.terms[t].node.HasAny(nounMask) {
			return c.lang.HasDoer(c.fold(t))
		}
	}
	return false
}

// listed reads whom a count of harm at k stands for, behind a dash or a colon:
// "the dead are a mother and her two children", "there are wounded: two adults
// and a child". It reports whether it says so.
func (c *clause) listed(k int, harm cairn.Harm) bool {
	sign := c.signAt(k + 1)
	if !c.lang.FreeOrder || sign != '—' && sign != '–' && sign != ':' || !c.persons(k+2) || c.items[k+2].kind != group || c.startsClause(k+2) {
		return false
	}
	for _, i := range c.following(k + 2) {
		c.partOfBefore(harm, c.items[i], c.items[k])
	}
	return true
}

// beside returns the people or buildings right before the verb at k, past
// adverbs, who are free to be its subject; -1 where there are none.
func (c *clause) beside(k int) int {
	i := k - 1
	if i > 0 && c.items[i].kind == building && c.items[k].v.harm != cairn.Damaged && c.persons(i-1) {
		i-- // "three workers of the school"
	}
	for i >= 0 && c.items[i].kind == plain && (c.items[i].node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge) && !c.is(i, lexicon.Prep) || c.signAt(i) == '—' || c.signAt(i) == '–') {
		i--
	}
	if i < 0 || !c.persons(i) && c.items[i].kind != building || c.governed(i) || c.items[i].kind == named && c.items[i].g.weak {
		return -1
	}
	if c.items[i].kind == named && i > 0 && c.signAt(i-1) == 0 && !c.is(i-1, lexicon.And) && !c.is(i-1, lexicon.Title) {
		return -1 // "in Cathedral Street"
	}
	for _, f := range c.out {
		if f.victims.first == c.items[i].first {
			return -1
		}
	}
	return i
}

// behind reports whether counted people or buildings stand right behind item k.
func (c *clause) behind(k int) bool {
	k = c.pastAdverbs(k + 1)
	return k < len(c.items) && c.items[k].q != nil && (c.persons(k) || c.items[k].kind == building)
}

// buildingBehind returns the buildings in the phrase that stands behind the verb
// at k, as in "windows were broken in five houses"; -1 where there are none.
func (c *clause) buildingBehind(k int) int {
	for i := k + 1; i < min(k+8, len(c.items)); i++ {
		it := c.items[i]
		switch {
		case it.kind == building:
			return i
		case it.kind == verb, it.node.HasAny(1<<lexicon.And | 1<<lexicon.Relative | 1<<lexicon.Cue), c.signAt(i) == ',', c.signAt(i) == ';':
			return -1
		}
	}
	return -1
}

// countedBehind returns the counted people behind item k in its clause; -1 where
// there are none.
func (c *clause) countedBehind(k int) int {
	for i := k + 1; i < min(k+6, len(c.items)); i++ {
		it := c.items[i]
		switch {
		case c.persons(i) && it.q != nil:
			return i
		case it.kind == verb && it.v.harm != cairn.Population, it.kind == group, c.signAt(i) == '.', c.signAt(i) == ';', c.is(i, lexicon.And), c.is(i, lexicon.Relative):
			return -1
		}
	}
	return -1
}

// buried reports whether words beside the verb at k say that whoever remains is
// missing: "under the rubble".
func (c *clause) buried(k int) bool {
	for i := max(0, k-6); i < min(k+7, len(c.items)); i++ {
		if s, ok := c.items[i].node.Sense(lexicon.Outcome); ok && s.Value == string(cairn.Missing) {
			return true
		}
	}
	return false
}
