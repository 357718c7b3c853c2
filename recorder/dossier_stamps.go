package recorder

import (
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
)

// stamps takes in what others attest: for each act of the dossier the stamps of the
// earliest checkpoint that has it.
func (b *bundle) stamps(ctx context.Context) error {
	all, err := stamped(ctx, b.view)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(s Stamped) bool { return s.State == cairn.QueuedStamp || s.Acts > b.size || s.Checkpoint == nil })
	wanted := map[int]bool{}
	for _, a := range b.Acts {
		if i := slices.IndexFunc(all, func(s Stamped) bool { return s.Acts >= a.Act }); i >= 0 {
			wanted[all[i].Acts] = true
		}
	}
	taken := map[string]bool{}
	for _, s := range all {
		if !wanted[s.Acts] {
			continue
		}
		path, err := tlog.ProveTree(int64(b.size), int64(s.Acts), b.view.Tree(ctx))
		if err != nil {
			return err
		}
		one := dossier.Stamp{Stamp: s.Stamp, Checkpoint: dossier.StampFile(checkpointFile(s.Acts)), File: dossier.StampFile(s.FileName()), Path: path}
		one.Proof = nil
		b.Material.Stamps = append(b.Material.Stamps, one)
		for name, content := range map[string][]byte{one.Checkpoint: s.Checkpoint, one.File: s.Proof} {
			if !taken[name] {
				taken[name] = true
				b.Files = append(b.Files, dossier.Fixed(name, content))
			}
		}
	}
	return nil
}
