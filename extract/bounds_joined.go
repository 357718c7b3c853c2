package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// joinBounds makes one figure of two that bound the same people, "at least five
// and as many as nine civilians", "five, possibly up to nine, people".
func joinBounds(r *reading, items []item) []item {
	out := items[:0]
	for i := 0; i < len(items); i++ {
		k := highBehind(r, items, i)
		if k < 0 {
			out = append(out, items[i])
			continue
		}
		low, high := items[i], items[k]
		joined := high
		joined.first = low.first
		if high.kind == number && k+2 < len(items) && r.sign(items[k+1].first) == ',' && items[k+2].kind == group && items[k+2].q == nil && items[k+2].g.plural && !items[k+2].g.definite {
			joined = items[k+2]
			joined.first = low.first
			k += 2
		}
		end := high.first
		for end < high.end && r.terms[end].span.End <= high.q.Span.End {
			end++
		}
		q := quantity{Figure: cairn.Figure{Op: cairn.OpBetween, Low: atLeastOf(*low.q), High: atMostOf(*high.q)}}
		q = r.finished(q, low.first, end, "figure.between")
		joined.q = &q
		out = append(out, joined)
		i = k
	}
	return out
}

// highBehind returns the item with the upper bound of the number at i, where one
// stands behind it with only what joins bounds between; -1 otherwise.
func highBehind(r *reading, items []item, i int) int {
	low := items[i]
	if low.kind != number || low.q == nil || low.q.Unit != "" || !low.q.Low.Known || low.g.partitive || low.q.Op == cairn.OpAtMost || low.q.Op == cairn.OpLessThan {
		return -1
	}
	joins := false
	for k := i + 1; k < min(i+5, len(items)); k++ {
		it := items[k]
		if it.kind == plain && (r.sign(it.first) == ',' || it.node.HasAny(1<<lexicon.Adverb|1<<lexicon.Hedge|1<<lexicon.And|1<<lexicon.Or|1<<lexicon.Relative)) {
			joins = joins || r.sign(it.first) != ','
			continue
		}
		bound := it.q != nil && it.q.Unit == "" && (it.q.Op == cairn.OpAtMost || it.q.Op == cairn.OpLessThan)
		if joins && bound && (it.kind == number || it.kind == group) && atMostOf(*it.q).N > low.q.Low.N {
			return k
		}
		break
	}
	return -1
}

// atLeastOf and atMostOf return the least and the most that q allows.
func atLeastOf(q quantity) cairn.Bound {
	if q.Op == cairn.OpMoreThan {
		return cairn.N(q.Low.N + 1)
	}
	return q.Low
}

func atMostOf(q quantity) cairn.Bound {
	if q.Op == cairn.OpLessThan {
		return cairn.N(q.High.N - 1)
	}
	return q.High
}
