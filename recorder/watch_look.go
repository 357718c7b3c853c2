package recorder

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/follow"
	"github.com/cairn-recorder/cairn/store"
)

// looking is one look on its way.
type looking struct {
	*Recorder
	Sight
	asked    map[string]time.Time
	progress Progress
}

func (l *looking) options() collect.Options {
	o := l.settings.Collect
	o.Given, o.Asked = l.Given, l.asked
	o.Via, o.Agent = cmp.Or(l.Via, o.Via), cmp.Or(l.Agent, o.Agent)
	return o
}

// look looks at the source and takes what is new.
func (l *looking) look(ctx context.Context) (Summary, error) {
	now := l.settings.Now().UTC()
	l.State.At = now
	if l.Kind == cairn.PageLookout {
		return l.page(ctx)
	}
	entries, source := l.entries(ctx)
	if ended := ctx.Err(); ended != nil {
		return Summary{}, ended
	}
	l.settle(now, source)
	fresh, tries, err := l.fresh(ctx, entries)
	if err != nil || len(fresh) == 0 {
		return Summary{}, err
	}
	sum, receipts, err := l.takeAll(ctx, l.items(ctx, fresh), l.progress)
	if err != nil {
		return sum, err
	}
	l.State.New, l.Found = now, len(fresh)
	for _, receipt := range receipts {
		if !done(receipt.Outcome) {
			l.State.ETag, l.State.Modified = "", "" // or the source would say that nothing changed, and what did not come would not be tried again
		}
	}
	return sum, l.keepSeen(context.WithoutCancel(ctx), fresh, tries, receipts)
}

// settle says how the source itself stands, and when it is to be looked at next.
func (l *looking) settle(now time.Time, source collect.Looked) {
	s, every := &l.State, max(leastWait, time.Duration(l.Minutes)*time.Minute)
	s.Outcome, s.Note = source.Outcome, source.Note
	if source.Moved != "" {
		s.Moved = source.Moved
	}
	if source.Outcome == cairn.Fetched {
		s.Failures, s.Since, s.Next = 0, time.Time{}, now.Add(every)
		s.ETag, s.Modified = cmp.Or(source.ETag, s.ETag), cmp.Or(source.Modified, s.Modified)
		if !source.Same {
			s.ETag, s.Modified = source.ETag, source.Modified
		}
	} else {
		if s.Failures++; s.Since.IsZero() {
			s.Since = now
		}
		wait := every << min(s.Failures, 10)
		s.Next = now.Add(max(every, min(wait, longestWait)))
	}
	if asked := now.Add(source.Retry); source.Retry > 0 && asked.After(s.Next) {
		s.Next = asked
	}
}

// entries are what the source names now.
func (l *looking) entries(ctx context.Context) ([]follow.Entry, collect.Looked) {
	address := cmp.Or(l.State.Moved, l.Address)
	switch l.Kind {
	case cairn.FolderLookout:
		return l.folder(ctx)
	case cairn.SitemapLookout:
		entries, looked, err := l.sitemap(ctx, l.options(), address, l.State.ETag, l.State.Modified)
		return entries, faulty(looked, err)
	}
	looked := collect.Look(ctx, l.options(), address, l.State.ETag, l.State.Modified)
	if looked.Outcome != cairn.Fetched || looked.Same {
		return nil, looked
	}
	var entries []follow.Entry
	var err error
	if l.Kind == cairn.LinksLookout {
		entries, err = follow.Links(looked.Content, l.Selector, looked.At)
	} else {
		entries, err = follow.Feed(looked.Content, looked.At)
	}
	return entries, faulty(looked, err)
}

// faulty is a source that came and cannot be read. It is asked for anew the next
// time, whether it changed or not.
func faulty(l collect.Looked, err error) collect.Looked {
	if err != nil && l.Outcome == cairn.Fetched {
		l.Outcome, l.Note, l.ETag, l.Modified = cairn.BrokenOff, err.Error(), "", ""
	}
	return l
}

func (l *looking) folder(ctx context.Context) ([]follow.Entry, collect.Looked) {
	files, err := collect.Folder(ctx, l.options(), l.Address)
	if err != nil {
		return nil, collect.Looked{Outcome: cairn.Failed, Note: err.Error()}
	}
	var all []follow.Entry
	for _, f := range files {
		all = append(all, follow.Entry{ID: f.Path, Address: f.Path, Mark: f.Mark})
	}
	return all, collect.Looked{Outcome: cairn.Fetched}
}

// fresh are the entries that were not taken yet, each once, with how often each
// was tried: those of former looks that did not come as well, as long as the
// source names them.
func (l *looking) fresh(ctx context.Context, entries []follow.Entry) (fresh []follow.Entry, tries map[string]int, err error) {
	var marks []string
	for _, e := range entries {
		marks = append(marks, e.Mark)
	}
	known, err := l.view.Seen(ctx, l.project.Name, l.Name, marks)
	if err != nil {
		return nil, nil, err
	}
	tries = map[string]int{}
	for _, e := range entries {
		if _, twice := tries[e.Mark]; twice || e.Address == "" && e.Text == "" {
			continue
		}
		if k, ok := known[e.Mark]; ok && (done(k.Outcome) || k.Tries >= mostTries) {
			continue
		}
		tries[e.Mark] = known[e.Mark].Tries
		fresh = append(fresh, e)
	}
	return fresh, tries, nil
}

// items brings entries in: what stands at their addresses, or else their words.
func (l *looking) items(ctx context.Context, entries []follow.Entry) iter.Seq2[collect.Item, error] {
	return func(yield func(collect.Item, error) bool) {
		for _, e := range entries {
			o := l.options()
			o.Given.Published = cmp.Or(e.Published, o.Given.Published)
			for item, err := range l.bring(ctx, o, e) {
				if !yield(item, err) {
					return
				}
			}
		}
	}
}

func (l *looking) bring(ctx context.Context, o collect.Options, e follow.Entry) iter.Seq2[collect.Item, error] {
	if l.Kind == cairn.FolderLookout {
		return collect.All(ctx, o, e.Address)
	}
	if e.Address == "" {
		return func(yield func(collect.Item, error) bool) { yield(collect.Said(o, from(l.Name, e), e.Document()), nil) }
	}
	return collect.Addresses(ctx, o, slices.Values([]string{e.Address}), l.Lookout.Capture)
}

// from names an entry that stands nowhere else.
func from(name string, e follow.Entry) string { return name + "#" + e.Mark }

// keepSeen remembers what became of entries. Where several things came of one,
// or it cannot be told which, it was taken.
func (l *looking) keepSeen(ctx context.Context, entries []follow.Entry, tries map[string]int, receipts map[string]cairn.Receipt) error {
	_, err := l.store.Write(ctx, l.act("watch", l.Name, fmt.Sprintf("%d new", len(entries))), func(tx *store.Tx) error {
		for _, e := range entries {
			receipt, ok := receipts[cmp.Or(e.Address, from(l.Name, e))]
			if !ok {
				receipt.Outcome = cairn.Fetched
			}
			seen := cairn.Seen{Mark: e.Mark, Address: e.Address, Ref: receipt.Ref, Outcome: receipt.Outcome, At: l.State.At, Tries: tries[e.Mark] + 1}
			if err := tx.PutSeen(ctx, l.project.Name, l.Name, seen); err != nil {
				return err
			}
		}
		return nil
	})
	return hinted(err)
}

// page takes one page anew. The state says what it is now; where it has become
// another, it is a new document beside the former.
func (l *looking) page(ctx context.Context) (Summary, error) {
	e := follow.Entry{ID: l.Address, Address: l.Address, Mark: pageMark}
	sum, receipts, err := l.takeAll(ctx, l.bring(ctx, l.options(), e), l.progress)
	if err != nil {
		return sum, err
	}
	receipt := receipts[l.Address]
	l.settle(l.State.At, collect.Looked{Outcome: receipt.Outcome, Note: receipt.Note})
	known, err := l.view.Seen(ctx, l.project.Name, l.Name, []string{e.Mark})
	if err != nil || receipt.Outcome != cairn.Fetched || known[e.Mark].Ref == receipt.Ref {
		return sum, err
	}
	l.State.New, l.Found = l.State.At, 1
	return sum, l.keepSeen(context.WithoutCancel(ctx), []follow.Entry{e}, map[string]int{e.Mark: known[e.Mark].Tries}, receipts)
}
