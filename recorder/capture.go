package recorder

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/follow"
	"github.com/cairn-recorder/cairn/store"
)

// mostSitemaps is how many sitemaps one names, with those that they name.
const mostSitemaps = 500

// byHand is the name under which captures that nobody watches are remembered.
const byHand = ""

// Capture captures addresses as web archives and walks their pages through. An
// address that was captured within recent is left out, so that a run that was
// broken off goes on where it was.
func (r *Recorder) Capture(ctx context.Context, addresses []string, given cairn.Given, recent time.Duration, p Progress) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	known, err := r.view.Seen(ctx, r.project.Name, byHand, addresses)
	if err != nil {
		return Summary{}, err
	}
	options := r.settings.Collect
	options.Given, options.Asked = given, map[string]time.Time{}
	left := slices.DeleteFunc(slices.Clone(addresses), func(a string) bool {
		last, ok := known[a]
		return ok && recent > 0 && done(last.Outcome) && r.settings.Now().Sub(last.At) < recent
	})
	var sum Summary
	for _, address := range left {
		brought, receipts, err := r.takeAll(ctx, collect.Addresses(ctx, options, slices.Values([]string{address}), true), p)
		if sum.add(brought); err != nil {
			return sum, err
		}
		if receipt, ok := receipts[address]; ok {
			err = r.remember(ctx, address, receipt)
		}
		if err != nil {
			return sum, err
		}
	}
	sum.Again += len(addresses) - len(left)
	return sum, ctx.Err()
}

// takeAll walks everything that is brought in through, and returns the receipts
// of what is no Original, by what was asked for.
func (r *Recorder) takeAll(ctx context.Context, all iter.Seq2[collect.Item, error], p Progress) (Summary, map[string]cairn.Receipt, error) {
	receipts := map[string]cairn.Receipt{}
	sum, err := r.importAll(ctx, func(yield func(collect.Item, error) bool) {
		for item, err := range all {
			if _, ok := receipts[item.Receipt.From]; err == nil && (!item.Original || !ok) {
				receipts[item.Receipt.From] = item.Receipt
			}
			if !yield(item, err) {
				return
			}
		}
	}, p)
	return sum, receipts, err
}

// done reports whether an outcome is one that a later try would hardly better.
func done(o cairn.Outcome) bool {
	return o != cairn.Failed && o != cairn.BrokenOff && o != cairn.Captcha && o != cairn.Blocked && o != cairn.Truncated
}

// remember records that an address was captured by hand.
func (r *Recorder) remember(ctx context.Context, address string, receipt cairn.Receipt) error {
	seen := cairn.Seen{Mark: address, Address: address, Ref: receipt.Ref, Outcome: receipt.Outcome, At: r.settings.Now().UTC(), Tries: 1}
	_, err := r.store.Write(ctx, r.act("watch", address, string(receipt.Outcome)), func(tx *store.Tx) error { return tx.PutSeen(ctx, r.project.Name, byHand, seen) })
	return hinted(err)
}

// Sitemap returns the addresses that a sitemap names, and the sitemaps that it
// names, each once.
func (r *Recorder) Sitemap(ctx context.Context, address string) ([]string, error) {
	entries, _, err := r.sitemap(ctx, r.settings.Collect, address, "", "")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Address)
	}
	return all, nil
}

// sitemap reads a sitemap with those that it names. The error is a cairn.Invalid
// where one of them is none.
func (r *Recorder) sitemap(ctx context.Context, options collect.Options, address, etag, modified string) ([]follow.Entry, collect.Looked, error) {
	first := collect.Look(ctx, options, address, etag, modified)
	if first.Outcome != cairn.Fetched || first.Same {
		return nil, first, outcomeError(address, first)
	}
	entries, queue, err := follow.Sitemap(first.Content)
	if err != nil {
		return nil, first, cairn.Invalid{File: address, Field: "sitemap", Reason: err.Error()}
	}
	asked := map[string]bool{address: true}
	for n := 0; len(queue) > 0 && n < mostSitemaps; n++ {
		next := queue[0]
		queue = queue[1:]
		if asked[next] {
			continue
		}
		asked[next] = true
		looked := collect.Look(ctx, options, next, "", "")
		if err := outcomeError(next, looked); err != nil {
			return nil, looked, err
		}
		more, inner, err := follow.Sitemap(looked.Content)
		if err != nil {
			return nil, looked, cairn.Invalid{File: next, Field: "sitemap", Reason: err.Error()}
		}
		entries, queue = append(entries, more...), append(queue, inner...)
	}
	return entries, first, nil
}

// outcomeError is what keeps a source from being read, nil where nothing does.
func outcomeError(address string, l collect.Looked) error {
	if l.Outcome == cairn.Fetched {
		return nil
	}
	return cairn.Invalid{File: address, Field: string(l.Outcome), Reason: cmp.Or(l.Note, "it did not come")}
}
