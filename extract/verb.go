package extract

import (
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// verb applies the frames of a harm verb: "N were killed", "killed N", "N
// killed", "N died".
func (c *clause) verb(k int) {
	it := c.items[k]
	v := it.v
	if v.note == "unknown" && !c.says(lexicon.Unknown) {
		return // "the fate of the assembly"
	}
	if v.unreal || c.lang.FreeOrder && c.is(k+1, lexicon.Will) && c.items[k+1].kind == plain {
		return
	}
	if v.gerund && c.lang.VerbFirst && c.precededBy(k, lexicon.Threat) || c.lang.FreeOrder && v.passive && (v.harm == cairn.Displaced || v.harm == cairn.Detained) && c.precededBy(k, lexicon.Undone) {
		return
	}
	if v.harm == cairn.Injured && v.finite && c.is(k-1, lexicon.And) && k > 1 && c.items[k-2].kind == outcome && len(c.objects(k)) == 0 {
		c.shared(k, k-1, v.harm, it) // "dozens of dead and wounded"
		return
	}
	if v.note == "own" {
		c.items[k].g = people{class: cairn.UnknownStatus, plural: !c.plays(it.first, lexicon.Male) && !c.plays(it.first, lexicon.Female)}
		if f := c.pronounHarm(k, it, string(v.harm)+".owned"); f != nil {
			c.taken[k] = append(c.taken[k], f) // "his death", in one word
			for _, i := range c.withHim(k + 1) {
				c.add(v.harm, c.items[i], it, string(v.harm)+".owned")
			}
		}
		return
	}
	victims, rule := c.verbVictims(k)
	victims = c.inCompany(k, victims)
	if v.note == "shot" && rule == "reduced" && c.items[k-1].kind == number && k > 1 && c.plays(c.items[k-2].end-1, lexicon.Fires) {
		return // "fired one shot"
	}
	if len(victims) == 0 || rule == "reduced" && c.items[victims[0]].q == nil {
		if people := c.arrested(k); len(people) > 0 {
			victims, rule = people, "arrested"
		}
	}
	if len(victims) == 0 && v.gerund && it.node.Has(lexicon.HarmCount) && k > 0 && c.items[k-1].kind == number {
		c.harmCount(k) // "19 wounding", nineteen wounded
		return
	}
	if len(victims) == 0 && it.node.Has(lexicon.HarmCount) {
		c.harmCount(k)
		return
	}
	it.v.harm = c.fatal(k, victims)
	if it.v.harm == cairn.Population && c.buried(k) {
		it.v.harm = cairn.Missing
	}
	if c.joint(k) {
		if rule == "shared" && c.unsplit(k-2) {
			return
		}
		if rule == "active" && len(c.taken[k-2]) == 0 {
			it.v.harm, rule = cairn.Casualties, "joint"
		}
	}
	frame := rule
	for _, i := range victims {
		rule = string(it.v.harm) + struck(it.v) + "." + frame
		if it.v.note == "hit" && c.others(i) {
			rule = string(it.v.harm) + "." + frame // "two more were hit": none of the dead
		}
		if f := c.harmOf(i, it, rule); f != nil {
			c.reserve(f, v)
			if v.suffer && f.claim.Harm == cairn.Killed && f.whole == nil && (c.ofHurt(i) || c.items[i].g.head == "ranked" || c.items[i].g.partitive && c.hurtHere() || c.is(i+1, lexicon.Of) && c.is(i+2, lexicon.Relative)) {
				c.diedOf(f)
			}
			if c.againStruck(k, f) || c.inAnother(f) || c.ownEnd(k, f, rule) || c.besides(k, f) {
				f.add()
			}
			if v.gerund && k > 0 && c.items[k-1].kind == plain && (c.items[k-1].node.HasAny(1<<lexicon.Of|1<<lexicon.By) || c.plays(c.items[k-1].end-1, lexicon.Practice)) {
				c.generic(f)
			}
			c.taken[k] = append(c.taken[k], f)
		}
	}
}

// fatal returns the harm of the verb at k: death where "dead" or "to death"
// stands behind whoever was shot, stabbed or beaten.
func (c *clause) fatal(k int, victims []int) cairn.Harm {
	harm := c.items[k].v.harm
	if harm != cairn.Injured || len(victims) == 0 {
		return harm
	}
	next := max(k, victims[len(victims)-1]) + 1
	if next >= len(c.items) {
		return harm
	}
	t := c.items[next].first
	if c.reading.is(t, "dead") || c.reading.is(t, "fatally") || c.reading.is(t, "to") && t+1 < c.s.last && c.reading.is(t+1, "death") {
		return cairn.Killed
	}
	return harm
}

// struck is the mark, in the rule of a claim, of a verb that says of somebody
// that he was hit and not whether he lived, as "shot" does.
func struck(v action) string {
	if v.harm == cairn.Injured && (v.note == "shot" || v.note == "hit") {
		return ".struck"
	}
	return ""
}

// verbVictims returns the items that the verb at k harms and the frame that
// says so.
func (c *clause) verbVictims(k int) ([]int, string) {
	v := c.items[k].v
	if i := c.oneOf(k); i >= 0 && c.lang.NoCapitals && v.harm == cairn.Killed {
		return []int{i}, "of"
	}
	if v.note == "arrest held" {
		return c.held(k)
	}
	if i := c.possessor(k); i >= 0 {
		return []int{i}, "body"
	}
	if c.objectBefore(k) {
		return []int{k - 1}, "active"
	}
	switch {
	case (v.suffer || v.passive) && c.lang.FreeOrder:
		return c.eitherSide(k)
	case v.suffer && c.lang.NoCapitals && c.lang.VerbFirst && c.persons(k+1) && c.items[k+1].q != nil:
		return c.objects(k), "active"
	case v.suffer:
		return c.subject(k), "suffer"
	case v.passive && c.counted(k-1):
		return []int{k - 1}, "passive"
	case v.passive:
		return c.oneOfRoles(c.subject(k), v), "passive"
	case v.finite && c.figuresOn(k):
		return []int{k - 1}, "reduced"
	case c.counted(k + 1):
		return []int{k + 1}, "active"
	}
	objects := c.objects(k)
	if len(objects) > 0 && c.reflexive(objects[0]) {
		return c.oneself(k, objects[0]), "self"
	}
	if v.note == "self" {
		return nil, "" // "turned the gun on officers"
	}
	if len(objects) > 0 && !c.reduced(k, objects[0]) {
		return c.andOneself(objects), "active"
	}
	if i := c.inverted(k); i > 0 {
		return c.following(i), "inverted"
	}
	if v.finite && c.sharesObject(k) {
		return nil, ""
	}
	if i := c.outOfBrackets(k - 1); v.finite && i >= 0 && i < k-1 && c.hometown(k-1) < 0 && c.items[i].kind == group && c.membersTold(i).q != nil && c.items[i].q == nil {
		return []int{i}, "reduced" // "a whole family (father, mother, four children) killed"
	}
	if head := c.hometown(k - 1); v.finite && head >= 0 && (c.closed(k) || c.items[k-1].kind == plain) {
		return c.coordinated(head), "reduced"
	}
	if i := max(c.agedBefore(k), c.mournedBefore(k)); v.finite && i >= 0 {
		c.items[i].g.weak = false
		return c.coordinated(i), "reduced"
	}
	if v.finite && c.persons(k-1) && c.closed(k) && c.wholeOf(k-1) != k-1 {
		return []int{c.wholeOf(k - 1)}, "reduced" // "100 more, including 35 children, injured"
	}
	if v.finite && c.persons(k-1) && c.closed(k) && !(c.lang.FreeOrder && c.items[k-1].q == nil) {
		return c.coordinated(k - 1), "reduced"
	}
	if c.lang.NoCapitals && c.is(k-1, lexicon.And) {
		return nil, ""
	}
	if c.lang.NoCapitals && v.finite && c.is(k-1, lexicon.Relative) && c.items[k-1].kind == plain {
		return c.antecedent(k - 1), "relative"
	}
	if v.finite && k > 0 && c.items[k-1].kind == plain && c.items[k-1].node.Has(lexicon.Rest) {
		c.items[k-1].g.class = cairn.UnknownStatus
		return []int{k - 1}, "reduced" // "and the rest injured"
	}
	if j := c.sharing(k); v.finite && j >= 0 {
		return c.harmedBy(j), "shared"
	}
	if v.finite && c.adverbial(k) {
		return c.subject(k), "reduced"
	}
	if v.finite && k > 0 && c.items[k-1].kind == building {
		return []int{k - 1}, "reduced"
	}
	return nil, ""
}

// oneOfRoles leaves of people whom an auxiliary in the singular takes for one, as in
// "the journalist and activist was killed", the one who has a name or stands first.
func (c *clause) oneOfRoles(people []int, v action) []int {
	if len(people) < 2 || v.plural != 1 || c.lang.FreeOrder || c.lang.VerbFirst {
		return people
	}
	best := people[0]
	for n, i := range people {
		it := c.items[i]
		if it.q != nil || it.g.plural || it.kind != group && n < len(people)-1 || n > 0 && (c.isArticle(it.first) || c.terms[it.first].node.Has(lexicon.Det)) {
			return people
		}
		if it.g.name != "" {
			best = i
		}
	}
	for _, i := range people {
		if g := &c.items[best].g; g.class == cairn.UnknownStatus && c.items[i].g.class != "" {
			g.class = c.items[i].g.class
		}
	}
	return []int{best}
}

// sharesObject reports whether the verb at k, with no object right behind it, does
// what the next verb does to its object: "shot, killed and buried a boy".
func (c *clause) sharesObject(k int) bool {
	if c.lang.VerbFirst || c.lang.FreeOrder || c.items[k].v.passive {
		return false
	}
	for j := k + 1; j < len(c.items) && j < k+7; j++ {
		it := c.items[j]
		switch {
		case it.kind == verb && it.v.finite && !it.v.suffer && !it.v.gerund:
			if objects := c.objects(j); len(objects) > 0 && c.persons(objects[0]) && !c.reduced(j, objects[0]) && c.items[j-1].kind == plain {
				return c.signAt(k+1) == ','
			}
		case c.signAt(j) == ',', it.kind == plain && it.node.HasAny(1<<lexicon.And|1<<lexicon.Adverb):
		default:
			return false
		}
	}
	return false
}

// figuresOn reports whether the participle at k stands between its own number and
// one of another harm: "2 killed 6 injured".
func (c *clause) figuresOn(k int) bool {
	return k > 0 && k+2 < len(c.items) && c.items[k-1].kind == number && c.items[k-1].q != nil && c.items[k+1].kind == number &&
		(c.items[k+2].kind == outcome || c.items[k+2].kind == verb && c.items[k+2].v.finite && !c.countsObject(k+2))
}

// countsObject reports whether the verb at k has counted people as its object.
func (c *clause) countsObject(k int) bool {
	objects := c.objects(k)
	return len(objects) > 0 && c.items[objects[0]].q != nil
}

// inverted returns the first of those who stand behind their verb at k, which opens
// the sentence, and its auxiliary: "killed in the raid were a nurse and two boys";
// 0 where there are none.
func (c *clause) inverted(k int) int {
	if !c.items[k].v.finite || k > 0 && !c.is(k-1, lexicon.Adverb) || k > 1 || !(c.is(k+1, lexicon.Prep) || c.is(k+1, lexicon.By) || c.is(k+1, lexicon.Be)) {
		return 0
	}
	for i := k + 1; i+1 < len(c.items) && i < k+12; i++ {
		it := c.items[i]
		switch {
		case it.kind == plain && it.node.Has(lexicon.Be) && c.persons(i+1):
			c.items[i+1].g.weak = false
			return i + 1
		case it.kind == verb, it.kind == outcome, c.signAt(i) == ',', it.kind == plain && it.node.HasAny(1<<lexicon.Cue|1<<lexicon.Relative):
			return 0
		}
	}
	return 0
}

// reserve notes under what reservation the verb states the harm.
func (c *clause) reserve(f *found, v action) {
	if v.possible {
		f.is(cairn.ScopePossible, cairn.Phrase{}, "its verb says that it may be so")
	}
	if v.negated && f.claim.Figure.Op != cairn.OpZero && !c.plays(f.victims.first-1, lexicon.Except) {
		f.is(cairn.ScopeDenied, cairn.Phrase{}, "its verb is negated")
	}
}

// known reports whether the document has said already of somebody's harm who is no
// fighter.
func (c *clause) known() bool {
	told := func(f *found) bool {
		return f.claim.Victims.Class != cairn.Combatant && f.claim.Figure.Op != cairn.OpZero
	}
	return slices.ContainsFunc(c.found, told) || slices.ContainsFunc(c.out, told)
}

// leave applies "left N dead", "claimed N lives".
func (c *clause) leave(k int) {
	sense, _ := c.items[k].node.Sense(lexicon.Leave)
	objects := c.objects(k)
	if len(objects) == 0 {
		return
	}
	last := objects[len(objects)-1]
	if sense.Value == "lives" {
		if c.items[last].g.head == "lives" || c.items[last].g.head == "life" {
			c.add(cairn.Killed, c.items[last], c.items[k], "killed.lives")
		}
		return
	}
	next := c.pastAdverbs(last + 1)
	if next >= len(c.items) {
		return
	}
	h := c.items[next]
	harm := harmWords(h)
	if harm == "" {
		return
	}
	for _, i := range objects {
		if v := c.items[i]; v.kind != building || harm == cairn.Damaged {
			if f := c.add(harm, v, h, string(harm)+".left"); f != nil {
				c.taken[next] = append(c.taken[next], f)
			}
		}
	}
}

func (c *clause) pastAdverbs(k int) int {
	for k < len(c.items) && c.items[k].kind == plain && c.items[k].node.Has(lexicon.Adverb) {
		k++
	}
	return k
}

// harmWords returns the harm of an item that says in what state people are.
func harmWords(h item) cairn.Harm {
	switch {
	case h.kind == outcome:
		s, _ := h.node.Sense(lexicon.Outcome)
		return cairn.Harm(firstWord(s.Value))
	case h.kind == verb && h.v.finite:
		return h.v.harm
	}
	return ""
}
