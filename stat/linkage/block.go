package linkage

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// mostKeys is how many keys of one record a rule considers.
const mostKeys = 4

// A counter counts the pairs that ways to block make.
type counter struct {
	*table
	values  map[sought][][]uint64 // the keys of each value
	workers int
	sample  uint64 // keys that are 0 modulo it are counted
}

// counted is a way to block and what it makes.
type counted struct {
	rule Rule
	by   []sought
}

func newCounter(t *table, workers int) *counter {
	c := &counter{table: t, workers: workers, values: map[sought][][]uint64{}, sample: max(1, uint64(t.len())/50_000)}
	for i, f := range t.features {
		for a := range f.aspects {
			keys := make([][]uint64, len(f.share))
			for v := 1; v < len(keys); v++ {
				if f.share[v] > 0 {
					keys[v] = f.keysOf(v, a)
				}
			}
			c.values[sought{i, a}] = keys
		}
	}
	return c
}

// aspects is what can be blocked by, in a fixed order.
func (c *counter) aspects() (all []sought) {
	for i, f := range c.features {
		for a := range f.aspects {
			all = append(all, sought{i, a})
		}
	}
	return all
}

// each calls do with the keys of every record under a way to block, at most
// mostKeys.
func (c *counter) each(by []sought, do func(r int, keys []uint64)) {
	var keys []uint64
	for r := range c.len() {
		keys = keys[:0]
		first := c.values[by[0]][c.features[by[0].feature].of[r]]
		if len(by) == 1 {
			keys = append(keys, first...)
		} else {
			second := c.values[by[1]][c.features[by[1].feature].of[r]]
			for _, x := range first {
				for _, y := range second {
					keys = append(keys, stir(x+y*0x9E3779B97F4A7C15))
				}
			}
		}
		if len(keys) > 1 {
			slices.Sort(keys)
			keys = slices.Compact(keys)
		}
		do(r, keys[:min(len(keys), mostKeys)])
	}
}

// A way is a way to block, and how many blocks it makes of each size.
type way struct {
	by     []sought
	keys   []string
	sizes  []int // ascending
	blocks map[int]int64
}

// ways is every way to block by one aspect or by two of different features.
func (c *counter) ways() (all []*way) {
	aspects := c.aspects()
	for _, a := range aspects {
		all = append(all, &way{by: []sought{a}})
	}
	for _, a := range aspects {
		for _, b := range aspects {
			if a.feature < b.feature {
				all = append(all, &way{by: []sought{a, b}})
			}
		}
	}
	together(c.workers, len(all), func(i int) { c.count(all[i]) })
	return all
}

// together does n tasks on so many workers.
func together(workers, n int, do func(task int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, n) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}

// count counts the blocks of a way: of all keys where records are few, else of
// a fixed share of them.
func (c *counter) count(w *way) {
	for _, s := range w.by {
		w.keys = append(w.keys, c.features[s.feature].aspects[s.aspect].name)
	}
	sizes := map[uint32]int{}
	c.each(w.by, func(_ int, keys []uint64) {
		for _, k := range keys {
			if k%c.sample == 0 {
				sizes[short(k)]++
			}
		}
	})
	w.blocks = map[int]int64{}
	for _, n := range sizes {
		w.blocks[n]++
	}
	w.sizes = slices.Sorted(maps.Keys(w.blocks))
	for n := range w.blocks {
		w.blocks[n] *= int64(c.sample)
	}
}

// within is w without its largest blocks, so that it makes most pairs at most.
func (w *way) within(most int64) counted {
	cut := counted{by: w.by, rule: Rule{Keys: w.keys}}
	for _, n := range w.sizes {
		pairs := w.blocks[n] * int64(n) * int64(n-1) / 2
		if cut.rule.Left > 0 || cut.rule.Pairs+pairs > most {
			cut.rule.Left += pairs
			continue
		}
		cut.rule.Pairs += pairs
		cut.rule.Largest = n
	}
	return cut
}

// short is a key in half the room, never 0.
func short(k uint64) uint32 { return uint32(k>>32) | 1 }

// keys is the keys of every record under w, those of blocks that are too large
// taken away.
func (c *counter) keys(w counted) ruleKeys {
	k := ruleKeys{width: 1}
	c.each(w.by, func(_ int, keys []uint64) { k.width = max(k.width, len(keys)) })
	k.keys = make([]uint32, k.width*c.len())
	sizes := map[uint32]int32{}
	c.each(w.by, func(r int, keys []uint64) {
		for i, key := range keys {
			k.keys[r*k.width+i] = short(key)
			sizes[short(key)]++
		}
	})
	for i, key := range k.keys {
		if key != 0 && (sizes[key] == 1 || w.rule.Left > 0 && int(sizes[key]) > w.rule.Largest) {
			k.keys[i] = 0
		}
	}
	return k
}
