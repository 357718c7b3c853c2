package recorder

import (
	"context"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Rate says how credible one claim of an incident is: 1 confirmed by others, 2
// probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 where nobody can
// tell. It is the second axis of the scale whose first rates the source (NATO
// STANAG 2511), is shown beside the claim, and moves no figure.
func (r *Recorder) Rate(ctx context.Context, code string, claim cairn.ClaimRef, credibility int, why string) (cairn.Judgement, error) {
	if credibility < 1 || credibility > 6 {
		return cairn.Judgement{}, cairn.Invalid{Field: "credibility", Reason: "want 1 to 6, not " + strconv.Itoa(credibility)}
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		testimonies, err := tx.Testimonies(ctx, r.project.Name, i.Code)
		if err != nil {
			return nil, err
		}
		for _, t := range testimonies {
			if t.Ref.Document != claim.Document || t.Ref.N != claim.N {
				continue
			}
			d, err := tx.Document(ctx, claim.Document)
			span := t.Claim.Span
			return []cairn.Judgement{{Decision: cairn.Rates, Incident: i.Code, Document: claim.Document, Harm: t.Claim.Harm, Span: &span, Words: span.Of(d.Text),
				Field: "credibility", Value: strconv.Itoa(credibility)}}, err
		}
		return nil, cairn.Invalid{Field: claim.Document + "#" + strconv.Itoa(claim.N), Reason: "is no claim of " + i.Code}
	})
}

// Credibility returns the last judgement of how credible a claim of a document
// is, and whether there is one that stands.
func Credibility(all []cairn.Judgement, document string, c cairn.Claim) (cairn.Judgement, bool) {
	var last cairn.Judgement
	found := false
	for _, j := range judge.Active(all) {
		if j.Decision == cairn.Rates && j.Document == document && judge.About(j, c) {
			last, found = j, true
		}
	}
	return last, found
}
