package ledger

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// judge says, act by act, what was altered: a row, its leaf, or a hash of the
// tree. Each of the three can be made from the others, so that one that was
// changed alone is the one that agrees with neither.
func (a *Audit) judge() {
	for i, act := range a.acts {
		stored, ok := a.stored[levelZero(i)]
		if act.found == nil {
			a.tree.Append(act.head)
			continue
		}
		if !ok {
			a.report(Finding{"missing", "hash", fmt.Sprint(levelZero(i)), fmt.Sprintf("the log has no hash of act %d", i+1)})
		}
		a.tree.Append(a.judgeAct(i, act, stored))
	}
	a.judgeHashes()
}

// judgeAct reports what is wrong with an act, its rows and its leaf, and returns
// the hash that its leaf has in truth, as far as can be told.
func (a *Audit) judgeAct(i int, act *auditedAct, stored Hash) Hash {
	number := fmt.Sprint(i + 1)
	sealed := act.seeded
	if seed, whole := act.seed(); whole && act.kept {
		sealed = seed.Sealed()
	}
	fromLines, fromRows := act.head, Leaf{Act: i + 1, Seeded: sealed, Lines: linesOf(act.found)}.Head().Hash()
	seedHolds := sealed == act.seeded
	for _, made := range []Hash{fromLines, fromRows} {
		if !a.holds(i, stored) && a.holds(i, made) {
			stored = made // the hash over it says so: the stored one was changed
		}
	}
	switch {
	case !act.kept:
		a.report(Finding{"missing", "leaf", number, fmt.Sprintf("the log has no leaf of act %d", i+1)})
		return stored
	case act.unsound == "" && fromLines == stored: // the lines are right
		if !seedHolds {
			a.report(Finding{"altered", "leaf", number, "its seed is not the one that the leaf was made with"})
			return stored
		}
		a.judgeRows(i, act, act.differing())
		return stored
	case fromRows == stored: // the rows are right
		a.report(Finding{"altered", "leaf", number, "its lines are not those that the log has"})
		return stored
	case fromRows == fromLines && seedHolds && act.unsound == "": // the stored hash, or all of the act
		if a.holds(i, stored) {
			a.report(Finding{"altered", "leaf", number, "the act or its rows were changed together with the leaf: the tree has another"})
			return stored
		}
		return fromLines
	}
	a.judgeBoth(i, act, stored)
	return stored
}

// judgeBoth is for an act of which both lines and rows were changed: it looks for
// the lines that, put right from the rows, make the leaf that the tree has.
func (a *Audit) judgeBoth(i int, act *auditedAct, stored Hash) {
	a.report(Finding{"altered", "leaf", fmt.Sprint(i + 1), "its lines are not those that the log has"})
	marks := act.differing()
	if len(marks) > mostTried {
		a.judgeRows(i, act, marks)
		return
	}
	lines := map[Mark]Hash{}
	for _, line := range act.leaf.Lines {
		lines[line.Mark] = line.Hash
	}
	for choice := 1; choice < 1<<len(marks); choice++ {
		tried, rest := maps.Clone(lines), []Mark(nil)
		for k, mark := range marks {
			if found, ok := act.found[mark]; choice&(1<<k) == 0 {
				rest = append(rest, mark)
			} else if ok {
				tried[mark] = found
			} else {
				delete(tried, mark)
			}
		}
		if (Leaf{Act: i + 1, Seeded: act.seeded, Lines: linesOf(tried)}).Head().Hash() == stored {
			a.judgeRows(i, act, rest)
			return
		}
	}
	a.judgeRows(i, act, marks)
}

// mostTried bounds how many lines of one act are tried in every combination.
const mostTried = 8

// judgeRows reports the rows of marks.
func (a *Audit) judgeRows(i int, act *auditedAct, marks []Mark) {
	has := map[Mark]bool{}
	for _, line := range act.leaf.Lines {
		has[line.Mark] = true
	}
	for _, m := range marks {
		_, stands := act.found[m]
		f := Finding{"altered", m.Table, m.Key, fmt.Sprintf("it is not as act %d wrote it", i+1)}
		switch {
		case m.Kind == Ended && has[m]:
			f.Reason = fmt.Sprintf("act %d ended it, and it does not say so", i+1)
		case m.Kind == Ended:
			f.Reason = fmt.Sprintf("it says that act %d ended it, which that act did not", i+1)
		case !has[m]:
			f.Kind, f.Reason = "unknown", fmt.Sprintf("it says that act %d wrote it, which that act did not", i+1)
		case !stands:
			f.Kind, f.Reason = "missing", fmt.Sprintf("act %d wrote it, and it is gone", i+1)
		case m.Kind == Cut:
			f.Reason = fmt.Sprintf("it is not what act %d left of it", i+1)
		}
		a.report(f)
	}
}

// holds reports whether the hash over leaf i agrees with its stored hash.
func (a *Audit) holds(i int, stored Hash) bool {
	over, beside := Above(levelZero(i))
	sibling, ok := a.stored[beside]
	above, has := a.stored[over]
	if !ok || !has {
		return false
	}
	if i%2 == 0 {
		return tlog.NodeHash(stored, sibling) == above
	}
	return tlog.NodeHash(sibling, stored) == above
}

// judgeHashes reports the hashes that are not those of the tree.
func (a *Audit) judgeHashes() {
	for n, want := range a.tree.Hashes {
		stored, ok := a.stored[int64(n)]
		level, of := tlog.SplitStoredHashIndex(int64(n))
		switch {
		case !ok && level > 0:
			a.report(Finding{"missing", "hash", fmt.Sprint(n), "the log has no such hash of its tree"})
		case ok && stored != want:
			a.report(Finding{"altered", "hash", fmt.Sprint(n), fmt.Sprintf("it is not the hash of the tree at level %d, %d", level, of)})
		}
	}
	for _, n := range slices.Sorted(maps.Keys(a.stored)) {
		if n < 0 || n >= int64(len(a.tree.Hashes)) {
			a.report(Finding{"unknown", "hash", fmt.Sprint(n), "the tree has no such hash"})
		}
	}
}

func (a *auditedAct) seed() (Seed, bool) {
	if a.salts == nil {
		return Seed{}, false
	}
	return a.salts.Seed()
}

func levelZero(i int) int64 { return tlog.StoredHashIndex(0, int64(i)) }

// linesOf returns lines in the order of a leaf.
func linesOf(hashes map[Mark]Hash) []Line {
	leaf := Leaf{Lines: make([]Line, 0, len(hashes))}
	for mark, hash := range hashes {
		leaf.Lines = append(leaf.Lines, Line{mark, hash})
	}
	leaf.Sort()
	return leaf.Lines
}
