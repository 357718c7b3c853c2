package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/store"
)

// A Roll says how a list of victims is brought in. Of is whose list it is, and
// names it; Columns are kept with it for the next release.
type Roll struct {
	Of      string
	Columns map[string]string
	Sheet   string
	Dry     bool
}

// ImportList brings a release of a list of victims in: each row becomes an entry
// of the list, or the next state of one that stands. Entries that the release
// leaves out stay, marked as gone. Nothing is dropped: what is odd about a row is
// noted on its entry and told as a fault, and a row that says nothing of anybody
// is a fault with its line. The same bytes again change nothing.
func (r *Recorder) ImportList(ctx context.Context, targets []string, roll Roll, p Progress) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	if roll.Of == "" {
		return Summary{}, cairn.Invalid{Field: "source", Reason: "say whose list it is, with --source NAME"}
	}
	options := r.settings.Collect
	options.MaxBytes = mostTable
	options.Given = cairn.Given{Source: roll.Of}
	var sum Summary
	for item, err := range collect.All(ctx, options, targets...) {
		run := rollRun{Recorder: r, Roll: roll, Progress: p.filled()}
		if err == nil {
			err = run.take(ctx, item)
		}
		sum.add(run.sum)
		if err != nil {
			if ofWorld(err) {
				return sum, hinted(err)
			}
			sum.Problems++
			run.Fault(inFile(err, item.Receipt.From))
		}
	}
	return sum, ctx.Err()
}

// rollRun is one release on its way.
type rollRun struct {
	*Recorder
	Roll
	Progress
	sum Summary
}

func (r *rollRun) take(ctx context.Context, item collect.Item) error {
	if len(item.Bytes) == 0 {
		return cairn.Invalid{File: item.Receipt.From, Field: string(item.Receipt.Outcome), Reason: cmp.Or(item.Receipt.Note, "there is nothing in it")}
	}
	list, err := r.listOf(ctx)
	if err != nil {
		return err
	}
	ref := cairn.RefOf(item.Bytes)
	if n := len(list.Releases); n > 0 && list.Releases[n-1].Ref == ref && len(r.Columns) == 0 {
		r.sum.Again = list.Releases[n-1].Rows
		return nil
	}
	columns := r.Columns
	if len(columns) == 0 {
		columns = list.Columns
	}
	enrolled, err := identify.Enrol(read.Rows(item.Bytes, item.Receipt.Media, r.Sheet), list.ID, columns)
	if err != nil {
		return err
	}
	list.Columns, list.Kinds = columns, enrolled.Kinds
	r.tell(item.Receipt.From, enrolled)
	if r.Dry {
		r.sum.Taken = len(enrolled.Entries)
		return nil
	}
	if _, err := r.archive.Put(item.Receipt, item.Bytes); err != nil {
		return err
	}
	return r.release(ctx, list, ref, item.Receipt, enrolled)
}

// listOf returns the list of the roll, as it stands or new.
func (r *rollRun) listOf(ctx context.Context) (cairn.List, error) {
	list, err := r.view.List(ctx, r.project.Name, sourceID(r.Of))
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.List{ID: sourceID(r.Of), Project: r.project.Name, Title: r.Of, Source: r.Of}, nil
	}
	return list, err
}

// tell tells what is odd about the rows.
func (r *rollRun) tell(file string, e identify.Enrolled) {
	for _, f := range e.Faults {
		f.File = file
		r.sum.Problems++
		r.Fault(f)
	}
	for _, entry := range e.Entries {
		for _, note := range entry.Notes {
			r.Fault(cairn.Invalid{File: file, Line: entry.Row + 1, Field: entry.Key, Reason: note})
		}
	}
}

// release records the entries of a release as one act.
func (r *rollRun) release(ctx context.Context, list cairn.List, ref cairn.Ref, receipt cairn.Receipt, e identify.Enrolled) error {
	number := len(list.Releases) + 1
	act := r.act("take", list.ID, fmt.Sprintf("release %d of the list %s", number, list.Title))
	_, err := r.store.Write(ctx, act, func(tx *store.Tx) error {
		standing, err := tx.Entries(ctx, r.project.Name, list.ID)
		if err != nil {
			return err
		}
		last, err := tx.LastEntry(ctx, r.project.Name)
		if err != nil {
			return err
		}
		all, differences := identify.Release(standing, e.Entries, number, last+1)
		state := cairn.ListRelease{Number: number, Ref: ref, From: receipt.From, At: tx.Act().At, Rows: len(e.Entries)}
		for _, d := range differences {
			switch d.Change {
			case "added":
				state.Added++
			case "removed":
				state.Removed++
			case "changed":
				state.Changed++
			}
		}
		r.sum.Taken, r.sum.Again = state.Added+state.Changed, len(e.Entries)-state.Added-state.Changed
		list.Releases = append(list.Releases, state)
		return r.putRelease(ctx, tx, list, ref, receipt, all)
	})
	return err
}

func (r *rollRun) putRelease(ctx context.Context, tx *store.Tx, list cairn.List, ref cairn.Ref, receipt cairn.Receipt, entries []cairn.Entry) error {
	known, err := tx.Receipts(ctx, ref)
	if err != nil {
		return err
	}
	if !has(known, receipt) {
		if err := tx.PutReceipt(ctx, ref, len(known)+1, receipt); err != nil {
			return err
		}
	}
	if err := putSource(ctx, tx, list.Source); err != nil {
		return err
	}
	if err := tx.PutList(ctx, list); err != nil {
		return err
	}
	return tx.PutEntries(ctx, r.project.Name, list.ID, entries)
}

// Lists returns the lists of the project.
func (r *Recorder) Lists(ctx context.Context) ([]cairn.List, error) {
	return r.view.Lists(ctx, r.project.Name)
}

// ListDifferences returns what the newest release of a list changed: who came,
// who went, and what it says otherwise.
func (r *Recorder) ListDifferences(ctx context.Context, id string) ([]identify.Difference, error) {
	list, err := r.view.List(ctx, r.project.Name, id)
	if err != nil {
		return nil, err
	}
	number := len(list.Releases)
	entries, err := r.view.Entries(ctx, r.project.Name, id)
	if err != nil {
		return nil, err
	}
	var all []identify.Difference
	for _, e := range entries {
		switch {
		case e.First == number && number > 1:
			all = append(all, identify.Difference{Change: "added", Entry: e})
		case e.Gone == number:
			all = append(all, identify.Difference{Change: "removed", Entry: e})
		}
	}
	changed, err := r.changedEntries(ctx, list, entries)
	return append(all, changed...), err
}

// changedEntries returns the entries that the newest release says otherwise.
func (r *Recorder) changedEntries(ctx context.Context, list cairn.List, entries []cairn.Entry) ([]identify.Difference, error) {
	n := len(list.Releases)
	if n < 2 || list.Releases[n-1].Changed == 0 {
		return nil, nil
	}
	var all []identify.Difference
	for _, e := range entries {
		if e.First == n || e.Gone > 0 {
			continue
		}
		states, err := r.view.EntryHistory(ctx, r.project.Name, list.ID, e.Key)
		if err != nil {
			return nil, err
		}
		if len(states) < 2 {
			continue
		}
		before := states[len(states)-2]
		if fields := identify.Changed(before, e); len(fields) > 0 {
			all = append(all, identify.Difference{Change: "changed", Entry: e, Fields: fields, Before: before})
		}
	}
	return all, nil
}

// A Declared is what somebody says of a list: of whom it can know, by stratum,
// which lists it draws on, and what was done to those who stand on it. What is
// nil or empty stays as it is.
type Declared struct {
	Covers  map[string][]string
	DrawsOn []string
	Harm    cairn.Harm
}

// DeclareList records what is declared of a list.
func (r *Recorder) DeclareList(ctx context.Context, id string, d Declared, why string) (cairn.List, error) {
	if err := r.writable(); err != nil {
		return cairn.List{}, err
	}
	var list cairn.List
	_, err := r.store.Write(ctx, r.act("project", id, cmp.Or(why, "what the list covers")), func(tx *store.Tx) (err error) {
		if list, err = tx.List(ctx, r.project.Name, id); err != nil {
			return err
		}
		if d.Harm != "" {
			list.Harm = d.Harm
		}
		if d.Covers != nil {
			list.Covers = nil
			for _, stratum := range slices.Sorted(maps.Keys(d.Covers)) {
				if !slices.Contains(identify.Strata, stratum) {
					return cairn.Invalid{Field: "covers", Reason: fmt.Sprintf("there is no stratum %s; want one of %v", stratum, identify.Strata)}
				}
				list.Covers = append(list.Covers, cairn.ListCoverage{Stratum: stratum, Values: d.Covers[stratum]})
			}
		}
		for _, other := range d.DrawsOn {
			if _, err := tx.List(ctx, r.project.Name, other); err != nil {
				return err
			}
		}
		if d.DrawsOn != nil {
			list.DrawsOn = d.DrawsOn
		}
		return tx.PutList(ctx, list)
	})
	return list, hinted(err)
}
