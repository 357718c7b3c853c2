package stamp_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stamp"
	"github.com/cairn-recorder/cairn/stamp/stamptest"
)

// submitted is a proof that waits for a calendar.
func submitted(t *testing.T, c *stamptest.Calendar) stamp.Proof {
	t.Helper()
	p, err := client.Submit(ctx, c.Address, sha256.Sum256(stamped))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAProofRipens(t *testing.T) {
	c := stamptest.NewCalendar(t)
	p := submitted(t, c)
	digest := sha256.Sum256(stamped)
	if c.Saw(hex.EncodeToString(digest[:])) {
		t.Error("the calendar was given the digest itself, and not hidden under noise")
	}
	if waits := p.Pending(); len(waits) != 1 || waits[0] != c.Address || len(p.Blocks()) != 0 {
		t.Errorf("waits for %v, in blocks %v", waits, p.Blocks())
	}
	if _, ripe, err := client.Upgrade(ctx, c.Address, p); ripe || err != nil {
		t.Errorf("before the block is found: %v, %v", ripe, err)
	}
	c.Ripen()
	p, ripe, err := client.Upgrade(ctx, c.Address, p)
	blocks := p.Blocks()
	if !ripe || err != nil || len(blocks) != 1 || blocks[0].Height != stamptest.Height || len(p.Pending()) != 0 {
		t.Fatalf("%v, %v, blocks %v, waits for %v", ripe, err, blocks, p.Pending())
	}
	hide := p.Tree.Steps[0]
	message := sha256.Sum256(append(bytes.Clone(digest[:]), hide.Operand...))
	if want := stamptest.Root(message[:]); blocks[0].Root != want {
		t.Errorf("Merkle root %s, want %s", blocks[0].Root, want)
	}
	again, err := stamp.ParseProof(p.Bytes())
	if err != nil || !bytes.Equal(again.Bytes(), p.Bytes()) {
		t.Errorf("read again: %v", err)
	}
}

func TestAProofCutShortIsNone(t *testing.T) {
	c := stamptest.NewCalendar(t)
	file := submitted(t, c).Bytes()
	for at := range len(file) {
		if _, err := stamp.ParseProof(file[:at]); err == nil {
			t.Errorf("cut off at byte %d of %d, and taken", at, len(file))
		}
	}
	if _, err := stamp.ParseProof(append(bytes.Clone(file), 0)); err == nil {
		t.Error("a byte behind it, and taken")
	}
}

// reads has the reference implementation of OpenTimestamps read a proof, write it
// again, and name what it leads to.
const reads = `
import sys
from opentimestamps.core.timestamp import DetachedTimestampFile
from opentimestamps.core.serialize import BytesDeserializationContext, BytesSerializationContext
from opentimestamps.core.notary import PendingAttestation, BitcoinBlockHeaderAttestation
given = open(sys.argv[1], "rb").read()
proof = DetachedTimestampFile.deserialize(BytesDeserializationContext(given))
again = BytesSerializationContext()
proof.serialize(again)
print("same" if again.getbytes() == given else "other")
print(proof.file_digest.hex())
for message, a in proof.timestamp.all_attestations():
    if isinstance(a, PendingAttestation): print("pending", a.uri)
    if isinstance(a, BitcoinBlockHeaderAttestation): print("block", a.height, message[::-1].hex())
`

func TestTheReferenceReadsOurProofs(t *testing.T) {
	python := ""
	for _, one := range []string{"/usr/bin/python3", "python3"} { // the first is that of Debian's packages
		if python == "" && exec.Command(one, "-c", "import opentimestamps").Run() == nil {
			python = one
		}
	}
	if python == "" {
		missing(t, "python3-opentimestamps is not installed")
	}
	c := stamptest.NewCalendar(t)
	other := stamptest.NewCalendar(t)
	early := submitted(t, c)
	digest := sha256.Sum256(stamped)
	first := "same\n" + hex.EncodeToString(digest[:]) + "\n"
	wantRead(t, python, early, first+"pending "+c.Address+"\n")
	both := submitted(t, other)
	both.Tree.Steps = append(both.Tree.Steps, early.Tree.Steps...) // two calendars in one file
	if got := readBy(t, python, both); !strings.HasPrefix(got, first) || strings.Count(got, "pending ") != 2 {
		t.Errorf("of two calendars: %s", got)
	}
	c.Ripen()
	p, _, err := client.Upgrade(ctx, c.Address, early)
	if err != nil {
		t.Fatal(err)
	}
	wantRead(t, python, p, first+"block 358391 "+p.Blocks()[0].Root+"\n")
}

func wantRead(t *testing.T, python string, p stamp.Proof, want string) {
	t.Helper()
	if got := readBy(t, python, p); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func readBy(t *testing.T, python string, p stamp.Proof) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "proof.ots")
	if err := os.WriteFile(path, p.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "-c", reads, path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func FuzzParseProof(f *testing.F) {
	step := stamp.Step{Op: stamp.Append, Operand: []byte("n"), Next: stamp.Branch{Attested: []stamp.Attestation{stamp.WaitsFor("https://calendar.example"), stamp.InBlock(7)}}}
	f.Add(stamp.Proof{Digest: sha256.Sum256(stamped), Tree: stamp.Branch{Steps: []stamp.Step{step}}}.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := stamp.ParseProof(file)
		if err == nil && !bytes.Equal(p.Bytes(), file) {
			t.Errorf("%x was read, and is written as %x", file, p.Bytes())
		}
	})
}
