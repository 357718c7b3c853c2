package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
)

// seedOf is a seed for tests, which need no secret.
func seedOf(b byte) Seed { return Seed(bytes.Repeat([]byte{b}, 32)) }

func claimRow(n int, words string) Row {
	return Row{Mark{Made, "claims", KeyOf("r1", n)}, []Column{{"body", words}, {"low", int64(7)}, {"lat", 40.25}, {"range_open", true}, {"high", nil}}}
}

// leafOf is the leaf of an act that made rows.
func leafOf(act int, salts *Salts, rows ...Row) Leaf {
	seed, _ := salts.Seed()
	leaf := Leaf{Act: act, Seeded: seed.Sealed()}
	for _, row := range rows {
		leaf.Lines = append(leaf.Lines, Line{row.Mark, row.Hash(salts.Of(row.Mark))})
	}
	leaf.Sort()
	return leaf
}

func TestCanonical(t *testing.T) {
	row := Row{Mark{Made, "claims", "r1/1"}, []Column{{"n", int64(1)}, {"body", "seven\nkilled"}, {"low", nil}, {"lat", 40.0}, {"open", false}, {"place", ""}}}
	want := "cairn row/1\nmade claims\nbody t 12:seven\nkilled\nlat f 2:40\nn i 1:1\nopen i 1:0\n"
	if got := string(row.Canonical()); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRowsThatDifferHashOtherwise holds that no two rows share their bytes.
func TestRowsThatDifferHashOtherwise(t *testing.T) {
	rows := map[string]Row{
		"as it is":           {Mark{Made, "claims", "1"}, []Column{{"a", "x"}, {"b", "y"}}},
		"columns the same":   {Mark{Made, "claims", "1"}, []Column{{"b", "x"}, {"a", "y"}}},
		"of another table":   {Mark{Made, "documents", "1"}, []Column{{"a", "x"}, {"b", "y"}}},
		"ended":              {Mark{Ended, "claims", "1"}, nil},
		"ended, another key": {Mark{Ended, "claims", "2"}, nil},
		"cut":                {Mark{Cut, "claims", "1"}, []Column{{"a", "x"}, {"b", "y"}}},
		"a number":           {Mark{Made, "claims", "1"}, []Column{{"a", int64(1)}}},
		"a text of digits":   {Mark{Made, "claims", "1"}, []Column{{"a", "1"}}},
		"a float":            {Mark{Made, "claims", "1"}, []Column{{"a", 1.0}}},
		"run together":       {Mark{Made, "claims", "1"}, []Column{{"a", "x\nb t 1:y"}}},
	}
	seen := map[Hash]string{}
	for name, row := range rows {
		hash := row.Hash([]byte("salt"))
		if other, ok := seen[hash]; ok {
			t.Errorf("%q and %q have one hash", name, other)
		}
		seen[hash] = name
	}
	if a, b := KeyOf("a/b", "c"), KeyOf("a", "b/c"); a == b {
		t.Errorf("two keys are written %s", a)
	}
}

func TestARowIsProvedWithoutTheOthers(t *testing.T) {
	salts := NewSalts(seedOf(1))
	var rows []Row
	for n := range 11 {
		rows = append(rows, claimRow(n, "seven killed"))
	}
	leaf := leafOf(3, salts, rows...)
	prove := leaf.Prover()
	for i, line := range leaf.Lines {
		proof, err := prove(i)
		if err != nil || !proof.Check(leaf.Head(), Made, "claims", line.Hash) {
			t.Errorf("line %d is not proved: %v", i, err)
		}
		if proof.Check(leaf.Head(), Ended, "claims", line.Hash) || proof.Check(leaf.Head(), Made, "documents", line.Hash) || proof.Check(leaf.Head(), Made, "claims", leaf.Lines[(i+1)%11].Hash) {
			t.Errorf("line %d proves another", i)
		}
	}
}

func TestALeafComesBackAsItWasWritten(t *testing.T) {
	leaf := leafOf(3, NewSalts(seedOf(2)), claimRow(1, "a"), claimRow(2, "b"), Row{Mark: Mark{Ended, "incidents", KeyOf("tarn", "a b/%\nc", 3)}})
	again, spoilt := ParseLeaf(3, leaf.Text())
	if spoilt != 0 || again.Text() != leaf.Text() || again.Head() != leaf.Head() {
		t.Errorf("%d spoilt, %s", spoilt, again.Text())
	}
	for at := range leaf.Text() {
		text := []byte(leaf.Text())
		text[at] ^= 1
		if _, spoilt := ParseLeaf(3, string(text)); spoilt == 0 {
			t.Errorf("byte %d was changed, and no line is spoilt", at)
		}
	}
}

func TestSaltsThatAreLeftAreThoseThatWere(t *testing.T) {
	whole := NewSalts(seedOf(3))
	leaf := leafOf(1, whole, claimRow(1, "a"), claimRow(2, "b"), claimRow(3, "c"))
	gone := leaf.Lines[1].Mark
	rest, err := ParseSalts(whole.Without(leaf.Lines, func(m Mark) bool { return m == gone }).Text(), leaf.Seeded)
	if err != nil {
		t.Fatal(err)
	}
	if rest.Of(gone) != nil {
		t.Error("a salt that was taken out is still there")
	}
	for _, m := range []Mark{leaf.Lines[0].Mark, leaf.Lines[2].Mark} {
		if !bytes.Equal(rest.Of(m), whole.Of(m)) {
			t.Errorf("the salt of %v is another", m)
		}
	}
	if _, whole := rest.Seed(); whole {
		t.Error("the seed is still there")
	}
	text := whole.Text()
	for _, spoilt := range []string{"x" + text[1:], text[:50] + "x" + text[51:]} {
		if salts, err := ParseSalts(spoilt, leaf.Seeded); !errors.Is(err, cairn.ErrDamaged) || !bytes.Equal(salts.Of(gone), whole.Of(gone)) {
			t.Errorf("one of two seeds is spoilt: %v", err)
		}
	}
}

func TestATreeGrowsOutOfItself(t *testing.T) {
	var tree Tree
	var roots []Hash
	for n := range 33 {
		tree.Append(Head{Act: n + 1}.Hash())
		roots = append(roots, tree.Root())
	}
	for n, root := range roots {
		if tree.RootAt(n+1) != root {
			t.Errorf("the root at %d leaves is another", n+1)
		}
		proof, err := tlog.ProveTree(33, int64(n+1), tree)
		if err != nil || tlog.CheckTree(proof, 33, tree.Root(), int64(n+1), root) != nil {
			t.Errorf("growth from %d is not proved: %v", n+1, err)
		}
		if got := SizeWith(tlog.StoredHashCount(int64(n+1)) - 1); got != n+1 {
			t.Errorf("the tree of %d leaves is taken for %d", n+1, got)
		}
	}
}

// chance is a source of chance that is the same each time.
type chance struct{ *rand.Rand }

// Read fills p.
func (c chance) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(c.Uint32())
	}
	return len(p), nil
}

func testKey(t testing.TB) (Key, Verifier) {
	t.Helper()
	key, err := NewKey(chance{rand.New(rand.NewPCG(1, 2))})
	if err != nil {
		t.Fatal(err)
	}
	public, err := ParsePublic(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return key, public
}

// TestEveryBitOfACheckpointIsHeld changes each bit of a checkpoint and of both
// keys.
func TestEveryBitOfACheckpointIsHeld(t *testing.T) {
	key, public := testKey(t)
	signed, err := key.Checkpoint(12, Head{Act: 1}.Hash(), []byte("the one before"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := public.OpenCheckpoint(signed)
	if err != nil || c.Size != 12 || c.Former != FormerOf([]byte("the one before")) || c.Origin != key.Name() {
		t.Fatalf("%+v, %v", c, err)
	}
	for name, held := range map[string]struct {
		text  []byte
		check func([]byte) error
	}{
		"checkpoint": {signed, func(b []byte) error { _, err := public.OpenCheckpoint(b); return err }},
		"public key": {[]byte(key.Public()), func(b []byte) error { _, err := ParsePublic(string(b)); return err }},
		"secret key": {[]byte(key.Secret()), func(b []byte) error { _, err := ParseKey(string(b)); return err }},
	} {
		if err := held.check(held.text); err != nil {
			t.Errorf("%s as it is: %v", name, err)
		}
		for bit := range 8 * len(held.text) {
			text := bytes.Clone(held.text)
			text[bit/8] ^= 1 << (bit % 8)
			if err := held.check(text); !errors.Is(err, cairn.ErrDamaged) {
				t.Errorf("%s with bit %d changed: %v", name, bit, err)
			}
		}
	}
}

func FuzzParseLeaf(f *testing.F) {
	f.Add(leafOf(3, NewSalts(seedOf(2)), claimRow(1, "a"), claimRow(2, "b")).Text())
	f.Add("seed x\n")
	f.Fuzz(func(t *testing.T, text string) {
		leaf, spoilt := ParseLeaf(1, text)
		if spoilt == 0 && leaf.Text() != text {
			t.Errorf("%q reads as sound and is written %q", text, leaf.Text())
		}
	})
}

func FuzzParseSalts(f *testing.F) {
	whole := NewSalts(seedOf(3))
	leaf := leafOf(1, whole, claimRow(1, "a"), claimRow(2, "b"))
	f.Add(whole.Text())
	f.Add(whole.Without(leaf.Lines, func(m Mark) bool { return m.Key == "r1/1" }).Text())
	f.Fuzz(func(t *testing.T, text string) {
		if salts, err := ParseSalts(text, leaf.Seeded); err == nil {
			if again, err := ParseSalts(salts.Text(), leaf.Seeded); err != nil || again.Text() != salts.Text() {
				t.Errorf("%q is written %q, %v", text, salts.Text(), err)
			}
		}
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add(Checkpoint{Origin: "cairn-0", Size: 3}.String())
	f.Add(Checkpoint{Origin: "cairn-0", Size: 3, Former: "x"}.String())
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := ParseCheckpoint(text); err == nil && c.String() != text {
			t.Errorf("%q is written %q", text, c.String())
		}
	})
}

func ExampleKey_Checkpoint() {
	key, err := NewKey(chance{rand.New(rand.NewPCG(1, 2))})
	if err != nil {
		fmt.Println(err)
		return
	}
	var tree Tree
	tree.Append(Head{Act: 1, Rows: 0}.Hash())
	signed, err := key.Checkpoint(tree.Leaves(), tree.Root(), nil)
	fmt.Println(strings.Join(strings.Split(string(signed), "\n")[:3], "\n"), err)
	// Output:
	// cairn-2de8685712a9
	// 1
	// 4oC/yifaKP/AzLIOh6ctElPBDbrCJZK6Om4jwtF1S+M= <nil>
}
