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
	leaves := make([]Hash, len(a.acts))
	for i, act := range a.acts {
		if leaves[i] = act.head; act.found != nil {
			leaves[i] = a.judgeAct(i, act, a.stored[levelZero(i)])
		}
	}
	a.judgeHashes(leaves)
}

// judgeAct reports what is wrong with an act, its rows and its leaf, and returns
// the hash that its leaf has in truth, as far as can be told.
func (a *Audit) judgeAct(i int, act *auditedAct, stored Hash) Hash {
	if !act.kept {
		act.unsure = true
		a.altered(i, "missing", "the log has no leaf of the act, so that its rows cannot be checked")
		return stored
	}
	fromLines, fromRows := act.head, act.of(linesOf(act.found))
	stored = a.truth(i, act, stored, fromLines, fromRows)
	switch {
	case act.unseeded:
		act.unsure = act.spoilt > 0
		a.altered(i, "altered", "its seed is not the one that the leaf was made with, so that its rows cannot be checked")
	case act.spoilt > 0:
		a.altered(i, "altered", "its lines are not those that the log has")
		return a.judgeSpoilt(i, act, stored)
	case fromLines == stored:
		if act.slip {
			a.altered(i, "altered", "one of its seeds is not the one that the leaf was made with")
		}
		a.judgeRows(i, act, act.differing())
	case fromRows == stored:
		a.altered(i, "altered", "its lines are not those that the log has")
	case fromRows == fromLines:
		a.altered(i, "altered", "the act or its rows were changed together with the leaf: the tree has another")
	default:
		a.altered(i, "altered", "its lines are not those that the log has")
		return a.judgeBoth(i, act, stored)
	}
	return stored
}

// truth returns the hash of a leaf: the stored one, unless the hash over it, or,
// where that says nothing, sound lines tell that it was changed itself.
func (a *Audit) truth(i int, act *auditedAct, stored, fromLines, fromRows Hash) Hash {
	switch {
	case a.holds(levelZero(i), stored):
		return stored
	case a.holds(levelZero(i), fromLines):
		return fromLines
	case a.holds(levelZero(i), fromRows) && !act.unseeded:
		return fromRows
	case act.spoilt == 0:
		return fromLines
	}
	return stored
}

// of returns the hash of the leaf of an act with these lines.
func (act *auditedAct) of(lines []Line) Hash {
	return Leaf{Act: act.leaf.Act, Seeded: act.seeded, Lines: lines}.Head().Hash()
}

// altered reports the leaf of an act.
func (a *Audit) altered(i int, kind, why string) {
	a.report(Finding{kind, "leaf", fmt.Sprint(i + 1), why})
}

// judgeSpoilt is for an act some of whose lines are spoilt. The sound ones tell
// of their rows; of the rows without a line, those are of the spoilt ones that
// make the leaf that the tree has.
func (a *Audit) judgeSpoilt(i int, act *auditedAct, stored Hash) Hash {
	lines := act.hashes()
	var sound, loose []Mark
	for _, mark := range act.differing() {
		if _, ok := lines[mark]; ok {
			sound = append(sound, mark)
		} else {
			loose = append(loose, mark)
		}
	}
	rest, leaf, ok := a.fits(i, lines, loose, 2*act.spoilt, stored) // one that is spoilt may have swallowed the next
	act.unsure = !ok
	a.judgeRows(i, act, append(sound, rest...))
	return leaf
}

// fits looks for those of marks, at most so many, whose rows, put into lines, make
// the leaf that the tree has, and returns the others, with the hash of that leaf;
// all of them where none fit.
func (a *Audit) fits(i int, lines map[Mark]Hash, marks []Mark, most int, stored Hash) (rest []Mark, leaf Hash, ok bool) {
	act, tries := a.acts[i], mostTries
	var chosen []Mark
	var try func(from int) bool
	try = func(from int) bool {
		if tries--; tries < 0 {
			return false
		}
		if leaf = act.of(linesOf(act.with(lines, chosen))); leaf == stored || a.holds(levelZero(i), leaf) {
			return true
		}
		for k := from; k < len(marks) && len(chosen) < most; k++ {
			chosen = append(chosen, marks[k])
			if try(k + 1) {
				return true
			}
			chosen = chosen[:len(chosen)-1]
		}
		return false
	}
	if !try(0) {
		return marks, stored, false
	}
	return slices.DeleteFunc(slices.Clone(marks), func(m Mark) bool { return slices.Contains(chosen, m) }), leaf, true
}

// mostTries bounds how many ways of putting a leaf right are tried.
const mostTries = 600

// with returns lines with those of marks as the rows there are make them.
func (act *auditedAct) with(lines map[Mark]Hash, marks []Mark) map[Mark]Hash {
	lines = maps.Clone(lines)
	for _, mark := range marks {
		if found, ok := act.found[mark]; ok {
			lines[mark] = found
		} else {
			delete(lines, mark)
		}
	}
	return lines
}

// hashes returns the lines of the leaf by their marks.
func (act *auditedAct) hashes() map[Mark]Hash {
	lines := make(map[Mark]Hash, len(act.leaf.Lines))
	for _, line := range act.leaf.Lines {
		lines[line.Mark] = line.Hash
	}
	return lines
}

// judgeBoth is for an act of which both lines and rows were changed: it looks for
// the lines that, put right from the rows, make the leaf that the tree has.
func (a *Audit) judgeBoth(i int, act *auditedAct, stored Hash) Hash {
	marks := act.differing()
	rest, leaf, _ := a.fits(i, act.hashes(), marks, len(marks), stored)
	a.judgeRows(i, act, rest)
	return leaf
}

// judgeRows reports the rows of marks.
func (a *Audit) judgeRows(i int, act *auditedAct, marks []Mark) {
	lines := act.hashes()
	for _, m := range marks {
		_, stands := act.found[m]
		_, has := lines[m]
		f := Finding{"altered", m.Table, m.Key, fmt.Sprintf("it is not as act %d wrote it", i+1)}
		switch {
		case m.Kind == Ended && has:
			f.Reason = fmt.Sprintf("act %d ended it, and it does not say so", i+1)
		case m.Kind == Ended:
			f.Reason = fmt.Sprintf("it says that act %d ended it, which that act did not", i+1)
		case !has:
			f.Kind, f.Reason = "unknown", fmt.Sprintf("it says that act %d wrote it, which that act did not", i+1)
		case !stands:
			f.Kind, f.Reason = "missing", fmt.Sprintf("act %d wrote it, and it is gone", i+1)
		case m.Kind == Cut:
			f.Reason = fmt.Sprintf("it is not what act %d left of it", i+1)
		}
		a.report(f)
	}
}

// holds reports whether the hash over a hash, and the one beside it, agree with
// it.
func (a *Audit) holds(index int64, hash Hash) bool {
	over, beside := Above(index)
	sibling, ok := a.stored[beside]
	return ok && a.under(over, index, hash, beside, sibling)
}

// under reports whether the hash over two is that of them.
func (a *Audit) under(over, index int64, hash Hash, beside int64, sibling Hash) bool {
	above, ok := a.stored[over]
	if index < beside {
		return ok && tlog.NodeHash(hash, sibling) == above
	}
	return ok && tlog.NodeHash(sibling, hash) == above
}

// judgeHashes reports the hashes that are not those of the tree over leaves, and
// makes the tree. Where it is not sure of a leaf, a hash that agrees with those
// around it is believed.
func (a *Audit) judgeHashes(leaves []Hash) {
	unsure := make([]bool, tlog.StoredHashCount(int64(len(leaves))))
	a.tree = Tree{Hashes: make([]Hash, len(unsure)), leaves: len(leaves)}
	for n := range a.tree.Hashes {
		index := int64(n)
		level, of := tlog.SplitStoredHashIndex(index)
		stored, ok := a.stored[index]
		var want Hash
		around := a.holds(index, stored)
		if level == 0 {
			if over, beside := Above(index); !around && int(of^1) < len(leaves) {
				around = a.under(over, index, stored, beside, leaves[of^1])
			}
			want, unsure[n] = leaves[of], a.acts[of].unsure && !around
		} else {
			left, right := tlog.StoredHashIndex(level-1, 2*of), tlog.StoredHashIndex(level-1, 2*of+1)
			want, unsure[n] = tlog.NodeHash(a.tree.Hashes[left], a.tree.Hashes[right]), unsure[left] || unsure[right]
			around = around || tlog.NodeHash(a.stored[left], a.stored[right]) == stored
		}
		switch {
		case !ok:
			a.report(Finding{"missing", "hash", fmt.Sprint(n), fmt.Sprintf("the hash at level %d, %d, of the tree is gone", level, of)})
		case level == 0 && unsure[n]:
			over, _ := Above(index)
			a.report(Finding{"altered", "hash", fmt.Sprint(n), fmt.Sprintf("it and the hash %d over it do not agree, and the leaf of act %d, which is gone, cannot tell which is right", over, of+1)})
		case stored == want:
			unsure[n] = false
		case unsure[n] && around:
			want, unsure[n] = stored, false
		case unsure[n] && level == 1:
			want = stored // it was told of with the leaf
		default:
			a.report(Finding{"altered", "hash", fmt.Sprint(n), fmt.Sprintf("it is not the hash of the tree at level %d, %d", level, of)})
		}
		a.tree.Hashes[n] = want
	}
	for _, n := range slices.Sorted(maps.Keys(a.stored)) {
		if n < 0 || n >= int64(len(a.tree.Hashes)) {
			a.report(Finding{"unknown", "hash", fmt.Sprint(n), "the tree has no such hash"})
		}
	}
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
