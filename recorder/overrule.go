package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/store"
)

// outcomeField is what an overruling of a capture's outcome sets.
const outcomeField = "outcome"

// judgeable are the outcomes that a person may say what came is.
var judgeable = []cairn.Outcome{cairn.Fetched, cairn.LoginWall, cairn.ConsentWall, cairn.Captcha, cairn.SoftGone, cairn.SentHome, cairn.Shell, cairn.Truncated, cairn.Empty}

// Overrule says what the capture of a document brought, whatever it was taken
// for: that a page which looked like a wall is a report, or the other way round.
// The document is read accordingly from then on; the receipt stays as it is.
func (r *Recorder) Overrule(ctx context.Context, document string, outcome cairn.Outcome, why string) (cairn.Judgement, error) {
	switch {
	case why == "":
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say why"}
	case !slices.Contains(judgeable, outcome):
		return cairn.Judgement{}, cairn.Invalid{Field: outcomeField, Reason: fmt.Sprintf("want one of %v, not %s", judgeable, outcome)}
	}
	return r.judge(ctx, document, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		d, err := tx.Document(ctx, document)
		if err != nil {
			return nil, err
		}
		if !r.archive.Has(d.Ref) {
			return nil, cairn.Invalid{Field: document, Reason: "no bytes came, so that there is nothing to read"}
		}
		value, err := json.Marshal(outcome)
		return []cairn.Judgement{{Decision: cairn.Override, Kind: cairn.OfDocuments, Incident: d.ID, Field: outcomeField, Value: string(value)}}, err
	})
}

// overruledOutcomes are what persons say that the captures of documents brought;
// "" where somebody once did, and it was undone.
func overruledOutcomes(ctx context.Context, v store.View) (map[string]cairn.Outcome, error) {
	shared, err := v.Judgements(ctx, "")
	if err != nil {
		return nil, err
	}
	all := map[string]cairn.Outcome{}
	about := func(j cairn.Judgement) bool { return j.Kind == cairn.OfDocuments && j.Field == outcomeField }
	for _, j := range shared {
		if about(j) {
			all[j.Incident] = ""
		}
	}
	for _, j := range judge.Active(shared) {
		var outcome cairn.Outcome
		if !about(j) {
			continue
		}
		if err := json.Unmarshal([]byte(j.Value), &outcome); err != nil {
			return nil, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		all[j.Incident] = outcome
	}
	return all, nil
}

// reread reads a document anew whose outcome a person overruled, or no longer
// does, and puts its claims where they then belong.
func (r *Recorder) reread(ctx context.Context, tx *store.Tx, d *desk, document string) error {
	all, err := overruledOutcomes(ctx, tx.View)
	outcome, ever := all[document]
	if err != nil || !ever {
		return err
	}
	former, err := tx.Document(ctx, document)
	if err != nil {
		return err
	}
	now, missing := r.readAs(former, outcome)
	if missing || now.Text == former.Text {
		return nil
	}
	reading := r.readingAs(now, outcome)
	run := redo{Recorder: r, Progress: Progress{}.filled(), tx: tx, desk: d, done: &Redone{}, touched: map[string]bool{}, relinked: map[string]bool{}}
	if err := run.one(ctx, again{document: now, reading: reading}); err != nil {
		return err
	}
	if err := run.composed(ctx); err != nil {
		return err
	}
	for _, code := range sorted(run.relinked) {
		if err := run.reassess(ctx, code); err != nil {
			return err
		}
	}
	return nil
}

// readAs reads the bytes of a document as what outcome says came; as its receipt
// says where it is "".
func (r *Recorder) readAs(d cairn.Document, outcome cairn.Outcome) (now cairn.Document, missing bool) {
	receipts, err := r.archive.Receipts(d.Ref)
	if err != nil {
		return d, true
	}
	receipt := receipts[0]
	var content []byte
	if receipt.Size > 0 {
		if content, err = r.archive.Get(d.Ref); err != nil {
			return d, true
		}
	}
	if outcome != "" {
		receipt.Outcome, receipt.Note = outcome, "so a person says"
	}
	now = read.Document(d.Ref, content, receipt)
	now.ID = d.ID
	return now, false
}

// readingAs is the reading of a document under an overruled outcome, which is
// another than that under its receipt's.
func (r *Recorder) readingAs(d cairn.Document, outcome cairn.Outcome) cairn.Reading {
	reading := r.claims(d)
	if outcome != "" {
		reading.Extractor += " as " + string(outcome)
		reading.ID = cairn.ReadingID(d.ID, reading.Versions)
	}
	return reading
}
