package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
)

// discloses reports whether an audience may see a row, and, where it may not,
// why.
func discloses(audience dossier.Audience, s ledger.Standing) (bool, string) {
	switch {
	case audience == dossier.Staff:
		return true, ""
	case audience == dossier.Court && s.Table == "sources":
		return false, "what is held of a source, whom that may endanger"
	case audience == dossier.Court && s.Table == "custody" && textOf(s, "what") == string(cairn.Viewed):
		return false, "who looked at an original"
	case audience == dossier.Court:
		return true, ""
	}
	switch s.Table {
	case "tallies", "standings":
		return true, ""
	case "acts", "assessments", "judgements", "custody":
		return false, "says who works on the record"
	case "incidents":
		return false, "may say where it was more closely than the project makes public"
	case "receipts":
		return false, "says who collected it, by which machine and path"
	case "sources":
		return false, "what is held of a source, whom that may endanger"
	}
	return false, "may name private persons"
}

// prove takes in rows, each with its path in the leaf of its act, and the acts
// with theirs in the log.
func (b *bundle) prove(ctx context.Context, rows []ledger.Standing) error {
	byAct := map[int][]proving{}
	for _, s := range rows {
		show, why := discloses(b.Contents.For, s)
		byAct[s.Made] = append(byAct[s.Made], proving{s.Row, show, why})
		if s.Ended > 0 {
			ended := ledger.Row{Mark: ledger.Mark{Kind: ledger.Ended, Table: s.Table, Key: s.Key}}
			byAct[s.Ended] = append(byAct[s.Ended], proving{ended, show, why})
		}
	}
	tree := b.view.Tree(ctx)
	for _, act := range slices.Sorted(maps.Keys(byAct)) {
		if act > b.size {
			continue // of after the checkpoint
		}
		if err := b.proveAct(ctx, act, byAct[act], tree); err != nil {
			return fmt.Errorf("act %d: %w", act, err)
		}
	}
	return nil
}

// proving is a row that is to be proved.
type proving struct {
	ledger.Row
	show bool
	why  string
}

func (b *bundle) proveAct(ctx context.Context, act int, rows []proving, tree tlog.HashReader) error {
	leaf, salts, err := b.view.Leaf(ctx, act)
	if err != nil {
		return err
	}
	path, err := tlog.ProveRecord(int64(b.size), int64(act-1), tree)
	if err != nil {
		return err
	}
	head := leaf.Head()
	b.Acts = append(b.Acts, dossier.Act{Act: act, Seed: head.Seeded, Rows: head.Rows, Root: head.Root, Path: path})
	at := make(map[ledger.Mark]int, len(leaf.Lines))
	for i, line := range leaf.Lines {
		at[line.Mark] = i
	}
	prove := leaf.Prover()
	slices.SortFunc(rows, func(a, b proving) int { return cmp.Compare(at[a.Mark], at[b.Mark]) })
	for _, row := range rows {
		i, ok := at[row.Mark]
		if !ok {
			return fmt.Errorf("its leaf does not have %s %s: %w", row.Table, row.Key, cairn.ErrDamaged)
		}
		proof, err := prove(i)
		if err != nil {
			return err
		}
		one := dossier.Row{Act: act, Kind: row.Kind, Table: row.Table, Proof: proof}
		salt := salts.Of(row.Mark)
		switch {
		case row.show && salt != nil:
			one.Key, one.Columns, one.Salt = row.Key, dossier.CellsOf(row.Columns), ledger.Text(salt)
		default:
			one.Hash, one.Why = ledger.Text(leaf.Lines[i].Hash[:]), cmp.Or(row.why, "was taken out under a tombstone")
		}
		b.Rows = append(b.Rows, one)
	}
	return nil
}

// originals takes in the bytes of the documents, or why they are left out.
func (b *bundle) originals(ctx context.Context, rows []ledger.Standing) error {
	seen := map[cairn.Ref]bool{}
	for _, s := range rows {
		ref := cairn.Ref(textOf(s, "ref"))
		picture := s.Table == "receipts" && slices.Contains(b.behind.Pictures, ref)
		if s.Table != "documents" && !picture || ref == "" || seen[ref] {
			continue
		}
		seen[ref] = true
		why := ""
		switch t, err := b.archive.Tombstone(ref); {
		case err == nil && b.Contents.For == dossier.Public:
			why = "was taken out under a tombstone" // whose reason may name persons
		case err == nil:
			why = fmt.Sprintf("was taken out under a tombstone: %s, on the authority of %s", t.Why, t.Authority)
		case !errors.Is(err, cairn.ErrNotFound):
			return err
		case b.Contents.For == dossier.Public:
			why = "an original may name private persons, and hold what its maker put into it unseen"
		case !b.archive.Has(ref):
			why = "no bytes came"
		}
		if why != "" {
			b.Contents.Withheld = append(b.Contents.Withheld, dossier.Withheld{Ref: ref, Why: why})
			continue
		}
		b.Files = append(b.Files, dossier.File{Name: dossier.Bytes(strings.TrimPrefix(string(ref), "sha256-")), Bytes: func() ([]byte, error) { return b.archive.Get(ref) }})
	}
	slices.SortFunc(b.Contents.Withheld, func(x, y dossier.Withheld) int { return strings.Compare(string(x.Ref), string(y.Ref)) })
	return nil
}
