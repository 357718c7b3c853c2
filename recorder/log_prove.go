package recorder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// A Checkpoint is the newest signed checkpoint of a log, to be kept elsewhere.
type Checkpoint = []byte

// PublicKey returns what checks the signatures of the log.
func (r *Recorder) PublicKey() (string, error) {
	text, err := os.ReadFile(filepath.Join(r.settings.log(), publicFile))
	if err != nil {
		return "", fmt.Errorf("the key of the log: %w", fault(err))
	}
	return strings.TrimSuffix(string(text), "\n"), nil
}

// Checkpoint returns the newest signed checkpoint.
func (r *Recorder) Checkpoint(ctx context.Context) (Checkpoint, error) {
	last, err := r.signed(ctx)
	return last.Note, err
}

func (r *Recorder) signed(ctx context.Context) (store.SignedCheckpoint, error) {
	last, err := r.view.LastCheckpoint(ctx)
	if errors.Is(err, cairn.ErrNotFound) {
		err = cairn.Hint{Err: err, Hint: "nothing was signed yet; a command that writes signs at its end"}
	}
	return last, err
}

// A LogProof proves that an act is in the log of the checkpoint, by the path from
// its leaf to the root, or that the log of From acts, whose root was FromRoot, has
// grown into it (RFC 6962, 2.1.1 and 2.1.2).
type LogProof struct {
	Act        int           `json:"act,omitempty"`
	Leaf       string        `json:"leaf,omitempty"` // what the log hashes of the act
	From       int           `json:"from,omitempty"`
	FromRoot   *ledger.Hash  `json:"from_root,omitempty"`
	Path       []ledger.Hash `json:"path"`
	Checkpoint string        `json:"checkpoint"` // signed
}

// ProveAct proves that an act is in the log that was signed last.
func (r *Recorder) ProveAct(ctx context.Context, act int) (LogProof, error) {
	last, err := r.within(ctx, act)
	if err != nil {
		return LogProof{}, err
	}
	leaf, _, err := r.view.Leaf(ctx, act)
	if err != nil {
		return LogProof{}, hinted(err)
	}
	path, err := tlog.ProveRecord(int64(last.Size), int64(act-1), r.view.Tree(ctx))
	return LogProof{Act: act, Leaf: leaf.Head().String(), Path: path, Checkpoint: string(last.Note)}, hinted(err)
}

// ProveGrowth proves that the log of so many acts has grown into the one that was
// signed last.
func (r *Recorder) ProveGrowth(ctx context.Context, from int) (LogProof, error) {
	last, err := r.within(ctx, from)
	if err != nil {
		return LogProof{}, err
	}
	tree := r.view.Tree(ctx)
	root, err := tlog.TreeHash(int64(from), tree)
	if err != nil {
		return LogProof{}, hinted(err)
	}
	path, err := tlog.ProveTree(int64(last.Size), int64(from), tree)
	return LogProof{From: from, FromRoot: &root, Path: path, Checkpoint: string(last.Note)}, hinted(err)
}

// within returns the newest checkpoint, which must be of a log of so many acts.
func (r *Recorder) within(ctx context.Context, acts int) (store.SignedCheckpoint, error) {
	last, err := r.signed(ctx)
	if err == nil && acts > last.Size {
		err = cairn.Invalid{Field: "act", Reason: fmt.Sprintf("the log that was signed last has %d acts, and not %d", last.Size, acts)}
	}
	return last, err
}
