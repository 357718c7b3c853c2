package stamp

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// An Op is what a step does to a message, by the number that files have for it.
type Op byte

// The operations that calendars use. The reference implementation knows two more
// hashes, which none of them does.
const (
	SHA1    Op = 0x02
	SHA256  Op = 0x08
	Append  Op = 0xf0
	Prepend Op = 0xf1
	Reverse Op = 0xf2
	Hex     Op = 0xf3
)

// binary reports whether op takes an operand.
func (op Op) binary() bool { return op == Append || op == Prepend }

// apply makes the message of s out of the one before.
func (s Step) apply(message []byte) (made []byte, err error) {
	switch s.Op {
	case SHA1:
		sum := sha1.Sum(message)
		made = sum[:]
	case SHA256:
		sum := sha256.Sum256(message)
		made = sum[:]
	case Append:
		made = slices.Concat(message, s.Operand)
	case Prepend:
		made = slices.Concat(s.Operand, message)
	case Reverse:
		made = slices.Clone(message)
		slices.Reverse(made)
	case Hex:
		made = []byte(hex.EncodeToString(message))
	default:
		return nil, fmt.Errorf("a step does what cairn does not know (%#02x)", byte(s.Op))
	}
	if len(made) > mostMessage {
		return nil, errors.New("a message grows without end")
	}
	return made, nil
}

// A Block says that a proof holds if the Merkle root of block Height of Bitcoin is
// Root, in hexadecimal digits as nodes print it.
type Block struct {
	Height int
	Root   string
}

// Blocks returns the blocks of Bitcoin that p leads to, the earliest first.
func (p Proof) Blocks() []Block {
	var found []Block
	p.Tree.each(p.Digest[:], func(b *Branch, message []byte) {
		for _, a := range b.Attested {
			if a.InBitcoin() && len(message) == sha256.Size {
				printed := slices.Clone(message)
				slices.Reverse(printed)
				found = append(found, Block{a.Block, hex.EncodeToString(printed)})
			}
		}
	})
	slices.SortFunc(found, func(a, b Block) int { return a.Height - b.Height })
	return found
}

// Pending returns the calendars that p still waits for.
func (p Proof) Pending() []string {
	var found []string
	p.Tree.each(p.Digest[:], func(b *Branch, _ []byte) {
		for _, a := range b.Attested {
			if a.Calendar != "" {
				found = append(found, a.Calendar)
			}
		}
	})
	return found
}

// each hands every branch to do, with its message.
func (b *Branch) each(message []byte, do func(*Branch, []byte)) {
	do(b, message)
	for i := range b.Steps {
		if made, err := b.Steps[i].apply(message); err == nil {
			b.Steps[i].Next.each(made, do)
		}
	}
}
