package dossier

import (
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stamp"
)

// Attested is what a stamp proves of a checkpoint that it was checked against.
type Attested struct {
	cairn.Stamp
	By          string        // what the certificate of the authority calls it
	Fingerprint string        // SHA-256 of that certificate
	Doubt       error         // why nothing vouches for that certificate; nil where a root does
	Blocks      []stamp.Block // of Bitcoin
}

// Attest checks a stamp against a signed checkpoint. roots vouch for authorities;
// nil are those of this machine. A queued stamp proves nothing, and has no fault.
func Attest(s cairn.Stamp, checkpoint []byte, roots *x509.CertPool) (Attested, error) {
	a := Attested{Stamp: s}
	if cairn.RefOf(checkpoint) != s.Of {
		return a, fmt.Errorf("it is a stamp of another checkpoint than that of %d acts", s.Acts)
	}
	var digest stamp.Digest
	var err error
	switch {
	case s.State == cairn.QueuedStamp:
		return a, nil
	case s.Kind == cairn.AuthorityStamp:
		var token stamp.Token
		if token, err = stamp.ParseToken(s.Proof); err != nil {
			return a, err
		}
		if !token.At.Equal(s.At) {
			return a, fmt.Errorf("the authority signed %s, and not %s", token.At.Format(time.RFC3339), s.At.Format(time.RFC3339))
		}
		digest, a.By, a.Fingerprint, a.Doubt = token.Digest, token.Signer(), token.Fingerprint(), token.Trusted(roots)
	case s.Kind == cairn.CalendarStamp:
		var proof stamp.Proof
		if proof, err = stamp.ParseProof(s.Proof); err != nil {
			return a, err
		}
		digest, a.Blocks = proof.Digest, proof.Blocks()
		if led := len(a.Blocks) > 0; led != (s.State == cairn.WholeStamp) || led && a.Blocks[0].Height != s.Block {
			return a, errors.New("its proof does not lead to the block that it names")
		}
	default:
		return a, fmt.Errorf("it is of a kind that cairn does not know: %q", s.Kind)
	}
	if cairn.Ref(fmt.Sprintf("sha256-%x", digest)) != s.Of {
		return a, errors.New("it is a stamp of other bytes than those of the checkpoint")
	}
	return a, nil
}

// Words says in one sentence what a stamp that was checked proves, "" where that
// is nothing.
func (a Attested) Words() string {
	log := fmt.Sprintf("the log of %d acts was there", a.Acts)
	switch {
	case a.State == cairn.QueuedStamp:
		return ""
	case a.State == cairn.PendingStamp:
		return fmt.Sprintf("Not proved yet: when %s. %s has it, and no block of Bitcoin so far; cairn stamp asks again.", log, a.From)
	case a.Kind == cairn.CalendarStamp:
		return fmt.Sprintf("Proved, if block %d of Bitcoin has the Merkle root %s (any node or explorer shows it): %s before that block.", a.Blocks[0].Height, a.Blocks[0].Root, log)
	case a.Doubt == nil:
		return fmt.Sprintf("Proved: %s by %s, signed by the authority %s, for which a root vouches that is trusted here.", log, a.At.Format("2006-01-02 15:04:05 MST"), a.By)
	}
	return fmt.Sprintf("Signed, and not proved: that %s by %s. Whoever signed calls itself %s (certificate %s…), and no root that is trusted here vouches for it; give the authority's with --authorities.",
		log, a.At.Format("2006-01-02 15:04:05 MST"), a.By, a.Fingerprint[:16])
}
