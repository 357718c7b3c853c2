package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

var bounders = [...]struct {
	kind lexicon.Kind
	op   cairn.Op
}{
	{lexicon.AtLeast, cairn.OpAtLeast}, {lexicon.AtMost, cairn.OpAtMost}, {lexicon.MoreThan, cairn.OpMoreThan},
	{lexicon.LessThan, cairn.OpLessThan}, {lexicon.About, cairn.OpAbout},
}

// boundMask is the kinds of words that bound a number, but for the figure
// reader's own.
const boundMask = 1<<lexicon.AtLeast | 1<<lexicon.AtMost | 1<<lexicon.MoreThan | 1<<lexicon.LessThan | 1<<lexicon.About | 1<<lexicon.OrMore | 1<<lexicon.OrFewer

// bounder reads the words or signs before a number that bound it, and returns
// the term after them.
func (r *reading) bounder(i, last int) (cairn.Op, int, bool) {
	if op, next, ok := r.signed(i, last); ok {
		return op, next, true
	}
	n := r.terms[i].figure
	if n == nil || !n.HasAny(boundMask) && !n.InFigures() {
		return "", i, false
	}
	if op, next, ok := r.comparison(i, last); ok {
		return op, next, true
	}
	for _, b := range bounders {
		if n.Has(b.kind) {
			return b.op, i + 1, !n.Has(lexicon.Prep) || r.numberAt(i+1)
		}
	}
	return "", i, false
}

// A compared is what the words of a comparison say.
type compared struct {
	way   int  // 1 more, -1 less
	equal bool // or equal
	than  bool // a word that only stands before a number
}

// take adds the sense of one word, and reports whether it is part of a
// comparison.
func (c *compared) take(n *lexicon.Node) bool {
	began := c.way != 0 || c.equal
	switch {
	case n.Has(lexicon.AtLeast):
		c.way, c.equal, c.than = 1, true, true
	case n.Has(lexicon.AtMost):
		c.way, c.equal, c.than = -1, true, true
	case n.Has(lexicon.MoreThan), n.Has(lexicon.Beyond):
		c.way, c.than = 1, true
	case n.Has(lexicon.LessThan):
		c.way, c.than = -1, true
	case n.Has(lexicon.Greater), n.Has(lexicon.OrMore):
		c.way = 1
	case n.Has(lexicon.Lesser), n.Has(lexicon.OrFewer):
		c.way = -1
	case n.Has(lexicon.Equal):
		c.equal = true
	case began && n.Has(lexicon.Than):
		c.than = true
	case began && n.Has(lexicon.Or):
	default:
		return false
	}
	return true
}

// op returns the bound that the comparison says, or "" for none.
func (c *compared) op() cairn.Op {
	switch {
	case c.way > 0 && c.equal:
		return cairn.OpAtLeast
	case c.way < 0 && c.equal:
		return cairn.OpAtMost
	case c.way > 0 && c.than:
		return cairn.OpMoreThan
	case c.way < 0 && c.than:
		return cairn.OpLessThan
	case c.equal:
		return cairn.OpExact
	}
	return ""
}

// comparison reads "greater than or equal to" and its kin before a number.
func (r *reading) comparison(i, last int) (cairn.Op, int, bool) {
	var c compared
	j := i
	for j < last-1 && c.take(r.terms[j].figure) {
		j++
	}
	if j == i || !r.endAt(j, last) {
		return "", i, false
	}
	op := c.op()
	if op == "" || op == cairn.OpExact && !r.wide {
		return "", i, false
	}
	return op, j, true
}

// signed reads the signs of comparison, which only formulas have.
func (r *reading) signed(i, last int) (cairn.Op, int, bool) {
	if !r.wide || i+1 >= last {
		return "", i, false
	}
	op, next := cairn.Op(""), i+1
	switch r.sign(i) {
	case '>':
		op = cairn.OpMoreThan
	case '<':
		op = cairn.OpLessThan
	case '≥':
		op = cairn.OpAtLeast
	case '≤':
		op = cairn.OpAtMost
	default:
		return "", i, false
	}
	if r.sign(next) == '=' && next+1 < last {
		next++
		op = map[cairn.Op]cairn.Op{cairn.OpMoreThan: cairn.OpAtLeast, cairn.OpLessThan: cairn.OpAtMost}[op]
	}
	return op, next, r.terms[next].digit
}

// boundAfter reads the words behind a number that bound it: "or more", "+", "at
// the least". It returns what op becomes and the term after them.
func (r *reading) boundAfter(op cairn.Op, i, last int) (cairn.Op, int) {
	if i >= last {
		return op, i
	}
	if r.sign(i) == '+' && r.terms[i].glued {
		return cairn.OpAtLeast, i + 1
	}
	if n := r.terms[i]; n.figure.Has(lexicon.About) && n.tokens > 1 && !r.numberAt(i+1) {
		return cairn.OpAbout, i + 1 // "thirty or so"
	}
	strict := op == cairn.OpMoreThan || op == cairn.OpLessThan
	if !strict && op != cairn.OpExact && op != cairn.OpAbout {
		return op, i
	}
	var c compared
	j, n := i, r.terms[i].figure
	if joins := n.Has(lexicon.Or) || r.wide && n.Has(lexicon.Glue); joins {
		j++
	} else if !n.Has(lexicon.OrMore) && !n.Has(lexicon.OrFewer) {
		return op, i
	}
	begin := j
	for j < last && (j == begin || r.terms[j].figure.Has(lexicon.Than)) && c.take(r.terms[j].figure) {
		j++
	}
	switch {
	case j == begin || r.endAt(j, last):
	case strict && c.equal && c.way == 0:
		return map[cairn.Op]cairn.Op{cairn.OpMoreThan: cairn.OpAtLeast, cairn.OpLessThan: cairn.OpAtMost}[op], j
	case strict:
	case c.way > 0:
		return cairn.OpAtLeast, j
	case c.way < 0:
		return cairn.OpAtMost, j
	}
	return op, i
}
