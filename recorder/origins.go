package recorder

import (
	"context"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// Origins returns which documents of an incident repeat one original, and why:
// as the texts show, and as persons decided.
func (r *Recorder) Origins(ctx context.Context, code string) ([]link.Origin, error) {
	i, err := r.view.Incident(ctx, r.project.Name, code)
	if err != nil {
		return nil, err
	}
	d := newDesk(r)
	k, err := d.known(ctx, r.view, i)
	if err != nil {
		return nil, err
	}
	docs, claims, err := d.reports(ctx, r.view, k)
	if err != nil {
		return nil, err
	}
	return d.origins(ctx, r.view, docs, claims)
}

// Copies says that documents repeat one original, whatever their texts show, and
// are one account from now on.
func (r *Recorder) Copies(ctx context.Context, document string, others []string, why string) (cairn.Judgement, error) {
	return r.judgeDocuments(ctx, cairn.Merge, document, others, why)
}

// Independent says that documents do not repeat one another, whatever their
// texts show. What joins them through a third stays.
func (r *Recorder) Independent(ctx context.Context, document string, others []string, why string) (cairn.Judgement, error) {
	return r.judgeDocuments(ctx, cairn.NotSame, document, others, why)
}

func (r *Recorder) judgeDocuments(ctx context.Context, decision cairn.Decision, document string, others []string, why string) (cairn.Judgement, error) {
	return r.judge(ctx, document, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		for _, id := range append([]string{document}, others...) {
			if _, err := tx.Document(ctx, id); err != nil {
				return nil, err
			}
		}
		return []cairn.Judgement{{Decision: decision, Kind: cairn.OfDocuments, Incident: document, Others: others}}, nil
	})
}

// judgedDocuments assesses the incidents anew that documents of a judgement
// report.
func (r *Recorder) judgedDocuments(ctx context.Context, tx *store.Tx, j cairn.Judgement) error {
	d := newDesk(r)
	d.begin(tx)
	done := map[string]bool{}
	if err := r.reread(ctx, tx, d, j.Incident); err != nil {
		return err
	}
	for _, id := range append([]string{j.Incident}, j.Others...) {
		if err := r.settleDocument(ctx, tx, d, id, done); err != nil {
			return err
		}
	}
	return nil
}

// settleDocument assesses the incidents anew that a document reports.
func (r *Recorder) settleDocument(ctx context.Context, tx *store.Tx, d *desk, id string, done map[string]bool) error {
	incidents, err := tx.IncidentsOf(ctx, r.project.Name, id)
	if err != nil {
		return err
	}
	for _, i := range incidents {
		if done[i.Code] {
			continue
		}
		done[i.Code] = true
		if _, err := r.settle(ctx, tx, d, i.Code); err != nil {
			return err
		}
	}
	return nil
}

// reports returns the documents of an incident, each under the name by which its
// publisher is weighed, and the claims of each.
func (d *desk) reports(ctx context.Context, v store.View, k link.Known) ([]cairn.Document, [][]cairn.Claim, error) {
	var docs []cairn.Document
	var claims [][]cairn.Claim
	at := map[string]int{}
	for _, t := range k.Testimonies {
		n, ok := at[t.Ref.Document]
		if !ok {
			doc, err := d.document(ctx, v, t.Ref.Document)
			if err != nil {
				return nil, nil, err
			}
			if doc.Source, err = d.voice(ctx, v, doc.Source); err != nil {
				return nil, nil, err
			}
			n = len(docs)
			at[t.Ref.Document], docs, claims = n, append(docs, doc.Document), append(claims, nil)
		}
		claims[n] = append(claims[n], t.Claim)
	}
	return docs, claims, nil
}

// origins returns which documents repeat one original, with what persons decided
// laid over what the texts show.
func (d *desk) origins(ctx context.Context, v store.View, docs []cairn.Document, claims [][]cairn.Claim) ([]link.Origin, error) {
	found := link.Origins(docs, claims)
	if d.copies == nil {
		shared, err := v.Judgements(ctx, "")
		if err != nil {
			return nil, err
		}
		d.copies = judge.Active(ofKind(shared, cairn.OfDocuments))
	}
	if len(d.copies) == 0 {
		return found, nil
	}
	standing := judge.Of(d.copies)
	var added []link.Joining
	for _, j := range d.copies {
		for _, other := range j.Others {
			if j.Decision == cairn.Merge {
				added = append(added, link.Joining{Document: other, With: j.Incident, Reason: "judged to repeat it " + by(j)})
			}
		}
	}
	return link.Regroup(docs, found, func(a, b string) bool { _, apart := standing.Apart(a, b); return apart }, added), nil
}
