package recorder

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/transcribe"
)

// A besideTable is a table of a recorder's database that says more of its
// incidents, waiting for them.
type besideTable struct {
	run  rowRun
	item collect.Item
	kind transcribe.Beside
}

// beside reports whether an item is a table beside the incidents.
func (r *rowRun) beside(item collect.Item) (besideTable, bool) {
	next, stop := iter.Pull2(read.Rows(item.Bytes, item.Receipt.Media, r.Sheet))
	defer stop()
	header, err, ok := next()
	if err != nil || !ok {
		return besideTable{}, false
	}
	given := transcribe.Given{File: item.Receipt.From, Recorder: r.whose(), Columns: r.Columns, DayFirst: r.DayFirst, Places: r.places}
	if _, err := transcribe.Open(r.book, header, given); err == nil {
		return besideTable{}, false
	}
	kind, ok := transcribe.OpenBeside(header)
	return besideTable{run: *r, item: item, kind: kind}, ok
}

// take joins the table to the incidents that stand. Victims become a list of the
// recorder's.
func (b besideTable) take(ctx context.Context) (Summary, error) {
	r := b.run
	if b.kind.Kind == transcribe.Victims {
		roll := rollRun{Recorder: r.Recorder, Progress: r.Progress, Roll: Roll{Of: r.whose() + " victims", Columns: map[string]string{"incident": b.kind.CodeHeader()}, Sheet: r.Sheet, Dry: r.Dry}}
		err := roll.take(ctx, b.item)
		return roll.sum, b.told(&roll.sum, err)
	}
	if !r.Dry {
		if _, err := r.archive.Put(b.item.Receipt, b.item.Bytes); err != nil {
			return r.sum, err
		}
	}
	said := b.rows(&r.sum)
	if r.Dry {
		return r.sum, nil
	}
	act := r.act("take", string(cairn.RefOf(b.item.Bytes)), "the "+string(b.kind.Kind)+" of "+r.whose())
	_, err := r.store.Write(ctx, act, func(tx *store.Tx) error {
		if err := r.receive(ctx, tx, cairn.RefOf(b.item.Bytes), b.item.Receipt); err != nil {
			return err
		}
		for _, code := range slices.Sorted(maps.Keys(said)) {
			if err := b.join(ctx, tx, code, said[code], &r.sum); err != nil {
				return err
			}
		}
		return nil
	})
	return r.sum, err
}

// told turns a fault of the table into one that is told, and hands on one of the
// world.
func (b besideTable) told(sum *Summary, err error) error {
	if err == nil || ofWorld(err) {
		return err
	}
	sum.Problems++
	b.run.Fault(inFile(err, b.item.Receipt.From))
	return nil
}

// rows reads every row, by the code of its incident.
func (b besideTable) rows(sum *Summary) map[string][]transcribe.Said {
	all := map[string][]transcribe.Said{}
	header := true
	for row, err := range read.Rows(b.item.Bytes, b.item.Receipt.Media, b.run.Sheet) {
		if header && err == nil {
			header = false
			continue
		}
		var said transcribe.Said
		if err == nil {
			said, err = b.kind.Row(b.item.Receipt.From, row)
		}
		if err != nil {
			sum.Problems++
			b.run.Fault(inFile(err, b.item.Receipt.From))
			continue
		}
		all[said.Code] = append(all[said.Code], said)
	}
	return all
}

// join lays what the table says over the incident of a code, in the place of what
// an earlier release of it said. A code of no incident is told.
func (b besideTable) join(ctx context.Context, tx *store.Tx, code string, said []transcribe.Said, sum *Summary) error {
	incident, err := b.run.incidentCalled(ctx, tx, code)
	if errors.As(err, new(cairn.Invalid)) {
		return b.told(sum, err)
	}
	if err != nil {
		return err
	}
	from := *incident.Elsewhere
	if b.kind.Kind == transcribe.Sources {
		from.Sources = nil
	} else {
		from.Positions = nil
	}
	for _, s := range said {
		if b.kind.Kind == transcribe.Sources {
			from.Sources = append(from.Sources, s.Citation)
		} else {
			from.Positions = append(from.Positions, s.Position)
		}
	}
	if alike(from, *incident.Elsewhere) {
		sum.Again += len(said)
		return nil
	}
	incident.Elsewhere = &from
	if _, err := tx.PutIncident(ctx, incident); err != nil {
		return err
	}
	sum.Taken += len(said)
	_, err = b.run.settle(ctx, tx, newDesk(b.run.Recorder), incident.Code)
	return err
}

// incidentCalled returns the incident that the recorder calls by a code, with the
// prefix of its codebook or without.
func (r *rowRun) incidentCalled(ctx context.Context, tx *store.Tx, code string) (cairn.Incident, error) {
	for _, c := range []string{code, r.book.Prefix + code} {
		i, err := r.standing(ctx, tx, cairn.Incident{Code: c, Elsewhere: &cairn.Elsewhere{Recorder: r.whose()}})
		if err != nil || i.Code != "" {
			return i, err
		}
	}
	return cairn.Incident{}, cairn.Invalid{Field: code, Reason: "is the code of no incident of " + cmp.Or(r.whose(), "the recorder")}
}
