package recorder

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stamp"
	"github.com/cairn-recorder/cairn/store"
)

// Stampers are the addresses that are asked for stamps.
type Stampers struct {
	Authorities []string // of RFC 3161
	Calendars   []string // of OpenTimestamps
}

// Stamp has the newest signed checkpoint stamped by each of the stampers, and asks
// again for every stamp that is queued or pending. Who does not answer keeps the
// stamp in the queue. Stamps that changed are one act, "stamp", and a log that has
// grown by nothing else since it was stamped is not stamped again. It returns all
// stamps that are not whole, and those that became so.
func (r *Recorder) Stamp(ctx context.Context, by Stampers, client stamp.Client) ([]cairn.Stamp, error) {
	if err := r.Seal(ctx); err != nil {
		return nil, err
	}
	had, err := r.view.Stamps(ctx)
	if err != nil {
		return nil, fmt.Errorf("stamp: %w", hinted(err))
	}
	last, err := r.toStamp(ctx, had)
	if err != nil {
		return nil, fmt.Errorf("stamp: %w", hinted(err))
	}
	all := append(had, by.fresh(last, had)...)
	var open, changed []cairn.Stamp
	for i, s := range all {
		if s.State == cairn.WholeStamp {
			continue
		}
		now := asked(ctx, client, s)
		open = append(open, now)
		if i >= len(had) || now.State != s.State {
			changed = append(changed, now)
		}
	}
	if len(changed) == 0 {
		return open, nil
	}
	_, err = r.store.Write(ctx, r.act("stamp", "", fmt.Sprintf("the log of %d acts", last.Size)), func(tx *store.Tx) error {
		for _, s := range changed {
			if err := tx.PutStamp(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return open, fmt.Errorf("stamp: %w", hinted(err))
	}
	return open, nil
}

// toStamp returns the checkpoint that is to be stamped: the newest, or the last
// that was, where since then the log grew by stamps alone.
func (r *Recorder) toStamp(ctx context.Context, had []cairn.Stamp) (store.SignedCheckpoint, error) {
	last, err := r.signed(ctx)
	if err != nil || len(had) == 0 {
		return last, err
	}
	only, err := r.view.OnlyStampedSince(ctx, had[len(had)-1].Acts)
	if err != nil || !only {
		return last, err
	}
	return r.view.CheckpointOf(ctx, had[len(had)-1].Acts)
}

// fresh returns a queued stamp for each of by that has none of the checkpoint.
func (by Stampers) fresh(c store.SignedCheckpoint, had []cairn.Stamp) []cairn.Stamp {
	known := map[string]bool{}
	for _, s := range had {
		if s.Acts == c.Size {
			known[s.From] = true
		}
	}
	var found []cairn.Stamp
	add := func(kind cairn.StampKind, addresses []string) {
		for _, from := range addresses {
			if from = strings.TrimSpace(from); from != "" && !known[from] {
				known[from] = true
				found = append(found, cairn.Stamp{Acts: c.Size, From: from, Kind: kind, State: cairn.QueuedStamp, Of: cairn.RefOf(c.Note)})
			}
		}
	}
	add(cairn.AuthorityStamp, by.Authorities)
	add(cairn.CalendarStamp, by.Calendars)
	return found
}

// asked returns s as it stands once its authority or calendar was asked.
func asked(ctx context.Context, client stamp.Client, s cairn.Stamp) cairn.Stamp {
	digest, err := digestOf(s.Of)
	if err != nil {
		s.Note = err.Error()
		return s
	}
	switch {
	case s.Kind == cairn.AuthorityStamp:
		s, err = signedBy(ctx, client, s, digest)
	case s.State == cairn.QueuedStamp:
		var p stamp.Proof
		if p, err = client.Submit(ctx, s.From, digest); err == nil {
			s = withProof(s, p)
		}
	default:
		s, err = upgraded(ctx, client, s)
	}
	s.Note = ""
	if err != nil {
		s.Note = err.Error()
	}
	return s
}

func signedBy(ctx context.Context, client stamp.Client, s cairn.Stamp, digest stamp.Digest) (cairn.Stamp, error) {
	der, err := client.Token(ctx, s.From, digest)
	if err != nil {
		return s, err
	}
	token, err := stamp.ParseToken(der)
	if err == nil {
		s.State, s.Proof, s.At = cairn.WholeStamp, der, token.At
	}
	return s, err
}

func upgraded(ctx context.Context, client stamp.Client, s cairn.Stamp) (cairn.Stamp, error) {
	p, err := stamp.ParseProof(s.Proof)
	if err != nil {
		return s, err
	}
	p, whole, err := client.Upgrade(ctx, s.From, p)
	if whole {
		s = withProof(s, p)
	}
	return s, err
}

func withProof(s cairn.Stamp, p stamp.Proof) cairn.Stamp {
	s.Proof, s.State = p.Bytes(), cairn.PendingStamp
	if blocks := p.Blocks(); len(blocks) > 0 {
		s.State, s.Block = cairn.WholeStamp, blocks[0].Height
	}
	return s
}

// digestOf returns the digest that a Ref is made of.
func digestOf(ref cairn.Ref) (stamp.Digest, error) {
	if _, err := cairn.ParseRef(string(ref)); err != nil {
		return stamp.Digest{}, err
	}
	digits, err := hex.DecodeString(strings.TrimPrefix(string(ref), "sha256-"))
	return stamp.Digest(digits), err
}

// Stamps returns the stamps of the log, those of the earliest checkpoint first,
// each with its checkpoint.
func (r *Recorder) Stamps(ctx context.Context) ([]Stamped, error) { return stamped(ctx, r.view) }

// A Stamped is a stamp with the checkpoint that it is of.
type Stamped struct {
	cairn.Stamp
	Checkpoint Checkpoint
}

func stamped(ctx context.Context, v store.View) ([]Stamped, error) {
	stamps, err := v.Stamps(ctx)
	var found []Stamped
	for _, s := range stamps {
		var c store.SignedCheckpoint
		if c, err = v.CheckpointOf(ctx, s.Acts); err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return nil, err
		}
		found, err = append(found, Stamped{s, c.Note}), nil
	}
	return found, err
}

// FileName names the file of a stamp, so that other programs know it by its end.
func (s Stamped) FileName() string {
	host := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
			return c
		}
		return '_'
	}, strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(s.From, "https://"), "http://")))
	end := map[cairn.StampKind]string{cairn.AuthorityStamp: "token", cairn.CalendarStamp: "ots"}[s.Kind]
	return fmt.Sprintf("%s.%s-%.6s.%s", checkpointFile(s.Acts), strings.Trim(host, "._"), cairn.RefOf([]byte(s.From)).Short(), end)
}

// CheckpointName names the file of the checkpoint of a stamp.
func (s Stamped) CheckpointName() string { return checkpointFile(s.Acts) }
