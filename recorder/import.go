package recorder

import (
	"context"
	"errors"
	"iter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
)

// Progress is told how an import goes: of each thing that was brought in, and
// of each fault, with what it is of. Either may be nil.
type Progress struct {
	Done  func(from string, so Summary)
	Fault func(error)
}

// The sizes of an import. Several documents share one act, since each act waits
// for the disk; a report of the web is an act of its own, since it is not had
// again as it was.
const (
	documentsPerAct = 25
	perProcessor    = 8 // arrivals in hand, for each; most of their time is the disk's
)

// Import brings targets in (files, folders, addresses, "-") and walks each
// through. Reading and extraction go side by side, writing goes in the order of
// the input, so that the same input gives the same record. Where ctx ends, what
// is in hand is finished and the error is that of ctx; the same import again
// goes on from there.
func (r *Recorder) Import(ctx context.Context, targets []string, given cairn.Given, p Progress) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	options := r.settings.Collect
	options.Given = given
	return r.importAll(ctx, collect.All(ctx, options, targets...), p)
}

// importAll walks everything that is brought in through.
func (r *Recorder) importAll(ctx context.Context, all iter.Seq2[collect.Item, error], p Progress) (Summary, error) {
	run := importRun{Recorder: r, desk: newDesk(r), Progress: p.filled()}
	whole := context.WithoutCancel(ctx)
	for a := range inOrder(whole, workers()*perProcessor, items(all), r.arrive) {
		if err := run.take(whole, a); err != nil {
			return run.sum, err
		}
	}
	if err := run.write(whole); err != nil {
		return run.sum, err
	}
	if err := r.adopt(whole, run.several); err != nil {
		return run.sum, err
	}
	if run.sum.Claims > 0 {
		if err := r.placePersons(whole); err != nil {
			return run.sum, err
		}
	}
	return run.sum, ctx.Err()
}

func (p Progress) filled() Progress {
	if p.Done == nil {
		p.Done = func(string, Summary) {}
	}
	if p.Fault == nil {
		p.Fault = func(error) {}
	}
	return p
}

// got is one thing brought in, or why it could not be.
type got struct {
	collect.Item
	err error
}

func items(all iter.Seq2[collect.Item, error]) iter.Seq[got] {
	return func(yield func(got) bool) {
		for item, err := range all {
			if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || !yield(got{item, err}) {
				return
			}
		}
	}
}

// arrive keeps and reads one thing.
func (r *Recorder) arrive(g got) arrival {
	if g.err != nil {
		return arrival{receipt: g.Receipt, err: g.err}
	}
	return r.keep(g.Item)
}

// importRun is one import on its way.
type importRun struct {
	*Recorder
	Progress
	desk    *desk
	waiting []arrival
	several []cairn.Ref // whose archive has more receipts than one
	sum     Summary
}

// take lays an arrival with those that wait, and writes them where they are
// enough for an act.
func (i *importRun) take(ctx context.Context, a arrival) error {
	if a.err != nil {
		i.sum.Problems++
		i.Fault(a.err)
		if ofWorld(a.err) {
			return errors.Join(a.err, i.write(ctx))
		}
		return nil
	}
	if a.several {
		i.several = append(i.several, a.ref)
	}
	i.waiting = append(i.waiting, a)
	if len(i.waiting) < documentsPerAct && a.receipt.How != "http" {
		return nil
	}
	return i.write(ctx)
}

// write records those that wait as one act, or, where one of them is at fault,
// each for itself.
func (i *importRun) write(ctx context.Context) error {
	waiting := i.waiting
	i.waiting = nil
	if len(waiting) == 0 {
		return nil
	}
	sum, err := i.record(ctx, i.desk, waiting)
	if err != nil && !ofWorld(err) && len(waiting) > 1 {
		return i.each(ctx, waiting)
	}
	if err != nil {
		return err
	}
	i.sum.add(sum)
	i.tell(waiting)
	return nil
}

func (i *importRun) each(ctx context.Context, waiting []arrival) error {
	for _, a := range waiting {
		sum, err := i.record(ctx, i.desk, []arrival{a})
		if ofWorld(err) {
			return err
		}
		if err != nil {
			i.sum.Problems++
			i.Fault(err)
			continue
		}
		i.sum.add(sum)
		i.tell([]arrival{a})
	}
	return nil
}

// tell reports what was recorded, and what is wrong with it.
func (i *importRun) tell(recorded []arrival) {
	for _, a := range recorded {
		if p := a.document.Problem; p != nil {
			i.Fault(cairn.Invalid{File: a.receipt.From, Field: string(p.Kind), Reason: p.Reason})
		}
		i.Done(a.receipt.From, i.sum)
	}
}
