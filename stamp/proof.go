package stamp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A Proof leads from a digest to what attests it, in the form of OpenTimestamps:
// a tree of steps, each of which makes a message out of the one before.
type Proof struct {
	Digest Digest
	Tree   Branch
}

// A Branch is what attests one message, and the steps that lead on from it.
type Branch struct {
	Attested []Attestation
	Steps    []Step
}

// A Step makes a message out of another. Operand is nil where it takes none.
type Step struct {
	Op      Op
	Operand []byte
	Next    Branch
}

// An Attestation says who or what attests a message: a calendar that will know
// more later (Calendar), the Merkle root of a block of Bitcoin (Block), or
// something that cairn does not know (neither).
type Attestation struct {
	Tag      [8]byte
	Payload  []byte
	Calendar string
	Block    int // its height; of no meaning where the tag is not that of Bitcoin
}

// The beginning of a file, and the attestations, as the reference implementation
// of OpenTimestamps has them.
var (
	magic   = []byte("\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94")
	pending = [8]byte{0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e}
	bitcoin = [8]byte{0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01}
)

// The bounds of a proof, those of the reference implementation where it has them.
const (
	mostMessage = 4096
	mostPayload = 8192
	mostAddress = 1000
	mostDepth   = 256
	mostSteps   = 10_000
)

const (
	formVersion = 1
	more        = 0xff // before every part of a branch but the last
	attested    = 0x00
)

// InBitcoin reports whether a is the Merkle root of a block of Bitcoin.
func (a Attestation) InBitcoin() bool { return a.Tag == bitcoin }

// Bytes writes p as an .ots file. The same proof gives the same bytes.
func (p Proof) Bytes() []byte {
	out := append(bytes.Clone(magic), formVersion, byte(SHA256))
	out = append(out, p.Digest[:]...)
	return p.Tree.append(out)
}

func (b Branch) append(out []byte) []byte {
	b.sort()
	left := len(b.Attested) + len(b.Steps)
	next := func() {
		if left--; left > 0 {
			out = append(out, more)
		}
	}
	for _, a := range b.Attested {
		next()
		out = append(append(out, attested), a.Tag[:]...)
		out = appendBytes(out, a.Payload)
	}
	for _, s := range b.Steps {
		next()
		out = append(out, byte(s.Op))
		if s.Op.binary() {
			out = appendBytes(out, s.Operand)
		}
		out = s.Next.append(out)
	}
	return out
}

// sort puts the parts of a branch in the order in which they are written.
func (b Branch) sort() {
	slices.SortFunc(b.Attested, func(x, y Attestation) int {
		if c := bytes.Compare(x.Tag[:], y.Tag[:]); c != 0 {
			return c
		}
		return bytes.Compare(x.Payload, y.Payload)
	})
	slices.SortFunc(b.Steps, func(x, y Step) int {
		if x.Op != y.Op {
			return int(x.Op) - int(y.Op)
		}
		return bytes.Compare(x.Operand, y.Operand)
	})
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

// ParseProof reads an .ots file, in exactly the form in which [Proof.Bytes] writes
// it.
func ParseProof(file []byte) (Proof, error) {
	rest, ok := bytes.CutPrefix(file, append(bytes.Clone(magic), formVersion, byte(SHA256)))
	if !ok || len(rest) < len(Digest{}) {
		return Proof{}, errors.New("proof: it is no OpenTimestamps proof of a SHA-256 digest")
	}
	p := Proof{Digest: Digest(rest[:len(Digest{})])}
	var err error
	if p.Tree, err = parseBranch(rest[len(Digest{}):], p.Digest[:]); err != nil {
		return Proof{}, fmt.Errorf("proof: %w", err)
	}
	if !bytes.Equal(p.Bytes(), file) {
		return Proof{}, errors.New("proof: it is not as it was written")
	}
	return p, nil
}

// parseBranch reads what a calendar answers, which begins at a message.
func parseBranch(text, message []byte) (Branch, error) {
	r := reading{left: text, steps: mostSteps}
	b, err := r.branch(message, 0)
	if err == nil && len(r.left) > 0 {
		err = errors.New("bytes stand behind it")
	}
	return b, err
}

// reading is a proof being read.
type reading struct {
	left  []byte
	steps int
}

var errShort = errors.New("it breaks off")

func (r *reading) branch(message []byte, depth int) (b Branch, err error) {
	if depth > mostDepth {
		return b, errors.New("its steps have no end")
	}
	for goesOn := true; goesOn; {
		tag, err := r.byte()
		if goesOn = tag == more; err == nil && goesOn {
			tag, err = r.byte()
		}
		if r.steps--; r.steps < 0 && err == nil {
			err = errors.New("its steps have no end")
		}
		if err != nil {
			return b, err
		}
		if tag == attested {
			a, err := r.attestation()
			if err != nil {
				return b, err
			}
			b.Attested = append(b.Attested, a)
			continue
		}
		s, err := r.step(Op(tag), message, depth)
		if err != nil {
			return b, err
		}
		b.Steps = append(b.Steps, s)
	}
	return b, nil
}

func (r *reading) step(op Op, message []byte, depth int) (s Step, err error) {
	s.Op = op
	if op.binary() {
		if s.Operand, err = r.bytes(mostMessage); err == nil && len(s.Operand) == 0 {
			err = errors.New("a step has no operand")
		}
	}
	if err != nil {
		return s, err
	}
	made, err := s.apply(message)
	if err == nil {
		s.Next, err = r.branch(made, depth+1)
	}
	return s, err
}

func (r *reading) attestation() (a Attestation, err error) {
	if len(r.left) < len(a.Tag) {
		return a, errShort
	}
	a.Tag, r.left = [8]byte(r.left), r.left[len(a.Tag):]
	if a.Payload, err = r.bytes(mostPayload); err != nil {
		return a, err
	}
	within := reading{left: a.Payload}
	switch a.Tag {
	case pending:
		var address []byte
		address, err = within.bytes(mostAddress)
		a.Calendar = string(address)
	case bitcoin:
		var height uint64
		height, err = within.number()
		if a.Block = int(height); height > math.MaxInt32 {
			err = errors.New("there is no such block")
		}
	default:
		return a, nil
	}
	if err == nil && len(within.left) > 0 {
		err = errors.New("an attestation says more than it should")
	}
	return a, err
}

func (r *reading) byte() (byte, error) {
	if len(r.left) == 0 {
		return 0, errShort
	}
	b := r.left[0]
	r.left = r.left[1:]
	return b, nil
}

func (r *reading) number() (uint64, error) {
	n, size := binary.Uvarint(r.left)
	if size <= 0 {
		return 0, errShort
	}
	r.left = r.left[size:]
	return n, nil
}

func (r *reading) bytes(most int) ([]byte, error) {
	n, err := r.number()
	if err != nil {
		return nil, err
	}
	if n > uint64(most) || n > uint64(len(r.left)) {
		return nil, errShort
	}
	b := r.left[:n:n]
	r.left = r.left[n:]
	return b, nil
}

// Bytes writes b as a calendar answers it.
func (b Branch) Bytes() []byte { return b.append(nil) }

// WaitsFor returns the attestation that a calendar will know more.
func WaitsFor(calendar string) Attestation {
	return Attestation{Tag: pending, Payload: appendBytes(nil, []byte(calendar)), Calendar: calendar}
}

// InBlock returns the attestation that a message is the Merkle root of a block of
// Bitcoin.
func InBlock(height int) Attestation {
	return Attestation{Tag: bitcoin, Payload: binary.AppendUvarint(nil, uint64(height)), Block: height}
}
