package linkage

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// A visitor is told of candidates by one worker; a before b.
type visitor interface {
	pair(a, b int)
}

// candidates tells visitors of every candidate pair, each once. Every worker has
// a visitor of its own, which start makes; which worker sees which pair is left
// to chance, so that what visitors gather must not depend on it.
func (l *linker) candidates(ctx context.Context, start func() visitor) error {
	if l.plan.All {
		return l.parallel(ctx, start, l.table.len(), func(v visitor, a int) {
			for b := max(a+1, l.since); b < l.table.len(); b++ {
				v.pair(a, b)
			}
		})
	}
	made := l.blocksAhead(ctx)
	for n := range l.plan.rules {
		var blocks blocks
		select {
		case blocks = <-made:
		case <-ctx.Done():
			return ctx.Err()
		}
		err := l.parallel(ctx, start, len(blocks.starts)-1, func(v visitor, i int) {
			l.block(v, n, blocks.records[blocks.starts[i]:blocks.starts[i+1]])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// blocksAhead makes the blocks of each rule while those of the one before are
// visited.
func (l *linker) blocksAhead(ctx context.Context) <-chan blocks {
	made := make(chan blocks)
	go func() {
		for n := range l.plan.rules {
			select {
			case made <- blocksOf(&l.plan.rules[n]):
			case <-ctx.Done():
				return
			}
		}
	}()
	return made
}

// block tells v of the pairs of a block under rule n that no earlier rule makes,
// and that no smaller key of the same rule makes.
func (l *linker) block(v visitor, n int, block []keyed) {
	later := 0 // where the records that are not linked yet begin
	if l.since > 0 {
		later = sort.Search(len(block), func(i int) bool { return int(block[i].record) >= l.since })
	}
	for i, x := range block {
	pairs:
		for _, y := range block[max(i+1, later):] {
			a, b := int(x.record), int(y.record)
			for m := range n {
				if l.plan.rules[m].shares(a, b) {
					continue pairs
				}
			}
			if l.plan.rules[n].width > 1 && l.plan.rules[n].earlier(a, b, x.key) {
				continue
			}
			v.pair(a, b)
		}
	}
}

// earlier reports whether a and b share a key smaller than key.
func (k *ruleKeys) earlier(a, b int, key uint32) bool {
	for _, x := range k.of(a) {
		if x != 0 && x < key && slices.Contains(k.of(b), x) {
			return true
		}
	}
	return false
}

// keyed is a record and a key that it has.
type keyed struct{ key, record uint32 }

// blocks is the records of a rule, block by block, in each from the first on.
type blocks struct {
	records []keyed
	starts  []int
}

func blocksOf(k *ruleKeys) blocks {
	var b blocks
	for i, key := range k.keys {
		if key != 0 {
			b.records = append(b.records, keyed{key, uint32(i / k.width)})
		}
	}
	slices.SortFunc(b.records, func(x, y keyed) int {
		if x.key != y.key {
			return cmp.Compare(x.key, y.key)
		}
		return cmp.Compare(x.record, y.record)
	})
	b.records = slices.Compact(b.records)
	for i := range b.records {
		if i == 0 || b.records[i].key != b.records[i-1].key {
			b.starts = append(b.starts, i)
		}
	}
	b.starts = append(b.starts, len(b.records))
	return b
}

// parallel calls do for each of n tasks, on as many workers as were asked for,
// each with a visitor of its own.
func (l *linker) parallel(ctx context.Context, start func() visitor, n int, do func(v visitor, task int)) error {
	const most = 64 // tasks taken at a time
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(l.options.workers(), max(1, n)) {
		v := start()
		wait.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(most)) - most
				if from >= n {
					return
				}
				for task := from; task < min(from+most, n); task++ {
					do(v, task)
				}
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
