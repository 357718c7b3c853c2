package stamp

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// noise is how many bytes are drawn to hide a digest from a calendar.
const noise = 16

// Submit gives a digest to the calendar at address, hidden under noise, and
// returns the proof that it begins. Such a proof waits for the calendar: see
// [Client.Upgrade].
func (c Client) Submit(ctx context.Context, address string, digest Digest) (Proof, error) {
	hiding := make([]byte, noise)
	if _, err := io.ReadFull(c.Random, hiding); err != nil {
		return Proof{}, fmt.Errorf("submit to %s: %w", address, err)
	}
	hide := Step{Op: Append, Operand: hiding}
	hidden, err := hide.apply(digest[:])
	if err == nil {
		hidden, err = Step{Op: SHA256}.apply(hidden)
	}
	var tree Branch
	if err == nil {
		tree, err = c.submit(ctx, address, hidden)
	}
	if err != nil {
		return Proof{}, fmt.Errorf("submit to %s: %w", address, err)
	}
	hide.Next.Steps = []Step{{Op: SHA256, Next: tree}}
	return Proof{digest, Branch{Steps: []Step{hide}}}, nil
}

const calendarForm = "application/vnd.opentimestamps.v1"

func (c Client) submit(ctx context.Context, address string, message []byte) (Branch, error) {
	answer, err := c.post(ctx, strings.TrimSuffix(address, "/")+"/digest", "application/x-www-form-urlencoded", calendarForm, message, mostProof)
	if err != nil {
		return Branch{}, err
	}
	tree, err := parseBranch(answer, message)
	if err == nil && !tree.attests() {
		err = errors.New("its answer attests nothing")
	}
	return tree, err
}

// attests reports whether anything in b is attested.
func (b Branch) attests() bool {
	return len(b.Attested) > 0 || slices.ContainsFunc(b.Steps, func(s Step) bool { return s.Next.attests() })
}

// Upgrade asks the calendar at address, where p waits for it, for what it knows by
// now. It returns the proof, and whether it leads to a block of Bitcoin. Only the
// calendar to which the digest was given is asked, whatever the proof says.
func (c Client) Upgrade(ctx context.Context, address string, p Proof) (Proof, bool, error) {
	address = strings.TrimSuffix(address, "/")
	var waiting []waits
	p.Tree.each(p.Digest[:], func(b *Branch, message []byte) {
		if slices.ContainsFunc(b.Attested, func(a Attestation) bool { return a.Calendar != "" }) && len(waiting) < mostWaiting {
			waiting = append(waiting, waits{b, message})
		}
	})
	for _, w := range slices.Backward(waiting) { // what leads on comes before what it leads on from
		found, err := c.ask(ctx, address, w.message)
		if errors.Is(err, errNotYet) {
			continue
		}
		if err != nil {
			return p, false, fmt.Errorf("ask %s: %w", address, err)
		}
		if found.inBitcoin() {
			w.Attested = slices.DeleteFunc(w.Attested, func(a Attestation) bool { return a.Calendar != "" })
		}
		w.merge(found)
	}
	return p, len(p.Blocks()) > 0, nil
}

// waits is a branch that waits for a calendar, with its message.
type waits struct {
	*Branch
	message []byte
}

// mostWaiting is for how many messages of one proof a calendar is asked.
const mostWaiting = 16

func (c Client) ask(ctx context.Context, address string, message []byte) (Branch, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/timestamp/"+hex.EncodeToString(message), nil)
	if err != nil {
		return Branch{}, err
	}
	request.Header.Set("Accept", calendarForm)
	answer, err := c.do(request, mostProof)
	if err != nil {
		return Branch{}, err
	}
	return parseBranch(answer, message)
}

func (b Branch) inBitcoin() bool {
	return slices.ContainsFunc(b.Attested, Attestation.InBitcoin) || slices.ContainsFunc(b.Steps, func(s Step) bool { return s.Next.inBitcoin() })
}

// merge takes what another branch of the same message says into b.
func (b *Branch) merge(other Branch) {
	for _, a := range other.Attested {
		if !slices.ContainsFunc(b.Attested, func(x Attestation) bool { return x.Tag == a.Tag && bytes.Equal(x.Payload, a.Payload) }) {
			b.Attested = append(b.Attested, a)
		}
	}
	for _, s := range other.Steps {
		at := slices.IndexFunc(b.Steps, func(x Step) bool { return x.Op == s.Op && bytes.Equal(x.Operand, s.Operand) })
		if at < 0 {
			b.Steps = append(b.Steps, s)
		} else {
			b.Steps[at].Next.merge(s.Next)
		}
	}
}
