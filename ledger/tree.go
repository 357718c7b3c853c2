package ledger

import (
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
)

// A Tree is a Merkle tree in memory: every hash of it, in the order in which
// they come about as leaves are added. The zero Tree is empty.
type Tree struct {
	Hashes []Hash
	leaves int
}

// ReadHashes returns the hashes of indexes.
func (t Tree) ReadHashes(indexes []int64) ([]Hash, error) {
	found := make([]Hash, len(indexes))
	for i, n := range indexes {
		if n < 0 || n >= int64(len(t.Hashes)) {
			return nil, fmt.Errorf("hash %d of the log: %w", n, cairn.ErrNotFound)
		}
		found[i] = t.Hashes[n]
	}
	return found, nil
}

// Append adds a leaf by its hash.
func (t *Tree) Append(leaf Hash) {
	_, more, _ := Stored(t.leaves, leaf, *t) // it has all that is read
	t.Hashes = append(t.Hashes, more...)
	t.leaves++
}

// Leaves is how many leaves t has.
func (t Tree) Leaves() int { return t.leaves }

// Root is the root of t; that of an empty tree is no hash of anything.
func (t Tree) Root() Hash {
	root, _ := tlog.TreeHash(int64(t.leaves), t)
	return root
}

// RootAt is the root that t had with n leaves, the zero Hash where it never had
// as many.
func (t Tree) RootAt(n int) Hash {
	if n > t.leaves {
		return Hash{}
	}
	root, _ := tlog.TreeHash(int64(n), t)
	return root
}

// Stored returns the hashes that a log of n leaves has to keep with its next
// one, and the index of the first; the others follow it. kept has those before.
func Stored(n int, leaf Hash, kept tlog.HashReader) (first int64, hashes []Hash, err error) {
	hashes, err = tlog.StoredHashesForRecordHash(int64(n), leaf, kept)
	return tlog.StoredHashIndex(0, int64(n)), hashes, err
}

// SizeWith returns how many leaves a tree has whose last hash is of this index; 0
// for -1.
func SizeWith(last int64) int {
	return sort.Search(int(last)+1, func(n int) bool { return tlog.StoredHashCount(int64(n)) > last })
}

// Above returns the index of the hash over that of index, and that of the other
// one under it.
func Above(index int64) (over, beside int64) {
	level, n := tlog.SplitStoredHashIndex(index)
	return tlog.StoredHashIndex(level+1, n/2), tlog.StoredHashIndex(level, n^1)
}
