package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A line of a form has a key of few words, and not much behind it.
const (
	keyWords  = 6
	lineWords = 16
)

// keyed applies a line of a form, "Injured: 12 civilians", "Children killed: 2",
// and reports whether the sentence is one.
func (c *clause) keyed() bool {
	if c.s.last-c.s.first > lineWords {
		return false
	}
	first := 0
	for k := 0; k < min(len(c.items), first+keyWords+1); k++ {
		if c.signAt(k) != ':' {
			continue
		}
		if !c.keyedAt(first, k) {
			break
		}
		first, k = k+2, k+1
	}
	return first > 0
}

// keyedAt applies the key from first up to the colon, and what stands behind it.
func (c *clause) keyedAt(first, colon int) bool {
	if colon == first || colon+1 >= len(c.items) {
		return false
	}
	key, harm := c.harmKey(first, colon)
	v := c.items[colon+1]
	if next := colon + 2; next < len(c.items) && (c.items[next].kind == outcome || c.items[next].kind == harmCount || c.items[next].kind == verb && c.signAt(next+1) != ':') {
		return false // "casualties: 3 dead"
	}
	if key < 0 || v.q == nil || c.rank(v.first, 1) > 0 || v.kind != number && v.kind != group || v.g.things {
		return false
	}
	if v.g.class == cairn.UnknownStatus {
		v.g.class = c.classOfKey(first, colon)
	}
	return c.add(harm, v, c.items[key], string(harm)+".keyed") != nil
}

// harmKey returns the item before the colon that names a harm, and the harm; -1
// where none does or another word says that the line is of something else.
func (c *clause) harmKey(first, colon int) (int, cairn.Harm) {
	at, harm := -1, cairn.Harm("")
	for k := first; k < colon; k++ {
		it := c.items[k]
		said := c.keyHarm(k)
		switch {
		case said != "" && at < 0:
			at, harm = k, said
		case it.kind == verb && it.v.harm == "", it.q != nil:
			return -1, ""
		}
	}
	return at, harm
}

// keyHarm returns the harm that item k names as a key does, "" where it names
// none.
func (c *clause) keyHarm(k int) cairn.Harm {
	it := c.items[k]
	for _, kind := range []lexicon.Kind{lexicon.Outcome, lexicon.HarmCount, lexicon.Toll} {
		if s, ok := it.node.Sense(kind); ok {
			return cairn.Harm(firstWord(s.Value))
		}
	}
	if it.kind == verb && !it.v.negated && !it.v.unreal {
		return it.v.harm
	}
	return it.g.outcome
}

// classOfKey returns the class of the people whom the key names: "Children
// killed".
func (c *clause) classOfKey(first, colon int) cairn.Class {
	for k := first; k < colon; k++ {
		if it := c.items[k]; it.kind == group && it.g.class != "" && it.g.class != cairn.UnknownStatus {
			return it.g.class
		}
	}
	return cairn.UnknownStatus
}
