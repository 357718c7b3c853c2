package recorder

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// Suppress takes something out of everything that was and will be published: an
// incident by its code, a document or one sentence of it (by the number of its
// claim), or a source by its name. It holds for the pages that are served at
// once, and for every later build of any release.
func (r *Recorder) Suppress(ctx context.Context, what cairn.ClaimRef, why string) (cairn.Judgement, error) {
	if why == "" {
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say why it is suppressed: whoever asks later must find the reason"}
	}
	return r.judge(ctx, what.Document, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		j, err := r.suppressed(ctx, tx, what)
		j.Decision = cairn.Suppress
		return []cairn.Judgement{j}, err
	})
}

// suppressed finds what is to be suppressed: an incident, a document or a claim of
// it, a source.
func (r *Recorder) suppressed(ctx context.Context, tx *store.Tx, what cairn.ClaimRef) (cairn.Judgement, error) {
	i, err := tx.Incident(ctx, r.project.Name, what.Document)
	if err == nil && what.N == 0 {
		return cairn.Judgement{Incident: i.Code}, nil
	}
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return cairn.Judgement{}, err
	}
	d, err := tx.Document(ctx, what.Document)
	if err == nil {
		return r.suppressedClaim(ctx, tx, d, what.N)
	}
	if !errors.Is(err, cairn.ErrNotFound) || what.N != 0 {
		return cairn.Judgement{}, err
	}
	s, err := tx.Source(ctx, what.Document)
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Judgement{}, cairn.Invalid{Field: what.Document, Reason: "is no incident, document or source here"}
	}
	return cairn.Judgement{Kind: cairn.OfSources, Incident: s.ID}, err
}

func (r *Recorder) suppressedClaim(ctx context.Context, tx *store.Tx, d cairn.Document, n int) (cairn.Judgement, error) {
	j := cairn.Judgement{Kind: cairn.OfDocuments, Incident: d.ID, Document: d.ID}
	if n == 0 {
		return j, nil
	}
	reading, err := tx.CurrentReading(ctx, r.project.Name, d.ID)
	for _, c := range reading.Claims {
		if c.N == n {
			span := c.Span
			j.Harm, j.Span, j.Words = c.Harm, &span, span.Of(d.Text)
			return j, nil
		}
	}
	return j, errors.Join(err, cairn.Invalid{Field: d.ID, Reason: fmt.Sprintf("has no claim %d", n)})
}

// ClearNames lets the names in a document be published: they are public already,
// or those concerned agree.
func (r *Recorder) ClearNames(ctx context.Context, document, why string) (cairn.Judgement, error) {
	if why == "" {
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say why the names may be published"}
	}
	return r.judge(ctx, document, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		d, err := tx.Document(ctx, document)
		return []cairn.Judgement{{Decision: cairn.Clear, Kind: cairn.OfDocuments, Incident: d.ID, Document: d.ID}}, err
	})
}

// publicOnly reports whether a judgement is about what is published alone, and
// moves no incident.
func publicOnly(j cairn.Judgement) bool {
	return j.Decision == cairn.Suppress || j.Decision == cairn.Clear || j.Decision == cairn.Shows || j.Decision == cairn.Refers
}

// decided returns the judgements that stand, of the project and of what all
// projects share.
func (r *Recorder) decided(ctx context.Context, v store.View) ([]cairn.Judgement, error) {
	own, err := v.Judgements(ctx, r.project.Name)
	if err != nil {
		return nil, err
	}
	shared, err := v.Judgements(ctx, "")
	return judge.Active(append(own, shared...)), err
}

// withhold brings what every project withholds in line with the judgements that
// stand.
func (r *Recorder) withhold(ctx context.Context, tx *store.Tx) error {
	projects, err := tx.Projects(ctx)
	if err != nil {
		return err
	}
	for _, p := range projects {
		of := &Recorder{project: p}
		decided, err := of.decided(ctx, tx.View)
		if err != nil {
			return err
		}
		var now []cairn.Withholding
		for _, j := range decided {
			if j.Decision != cairn.Suppress || j.Kind == cairn.OfPersons {
				continue
			}
			some, err := withheldBy(ctx, tx, j)
			if err != nil {
				return err
			}
			now = append(now, some...)
		}
		persons, err := of.withheldPersons(ctx, tx)
		if err != nil {
			return err
		}
		uncleared, err := of.uncleared(ctx, tx.View, decided)
		if err != nil {
			return err
		}
		now = append(append(now, persons...), uncleared...)
		if err := tx.Withhold(ctx, p.Name, now); err != nil {
			return err
		}
	}
	return nil
}

// uncleared returns the documents whose names were cleared once and, as decided, are
// no more: what was quoted of them names nobody, in whatever release.
func (r *Recorder) uncleared(ctx context.Context, v store.View, decided []cairn.Judgement) ([]cairn.Withholding, error) {
	cleared := func(all []cairn.Judgement) map[string]bool {
		documents := map[string]bool{}
		for _, j := range all {
			if j.Decision == cairn.Clear {
				documents[j.Document] = true
			}
		}
		return documents
	}
	ever, err := v.Judgements(ctx, "")
	stands := cleared(decided)
	var all []cairn.Withholding
	for _, document := range slices.Sorted(maps.Keys(cleared(ever))) {
		if !stands[document] {
			all = append(all, cairn.Withholding{Kind: cairn.OfDocuments, Key: cairn.Uncleared + publish.DocumentKey(document)})
		}
	}
	return all, err
}

// withheldBy returns what a judgement suppresses. A source is suppressed under
// each of its names, with every document of it.
func withheldBy(ctx context.Context, tx *store.Tx, j cairn.Judgement) ([]cairn.Withholding, error) {
	switch {
	case j.Kind == cairn.OfDocuments && j.Span != nil:
		return []cairn.Withholding{{Kind: j.Kind, Key: publish.ExcerptKey(j.Document, j.Harm, *j.Span)}}, nil
	case j.Kind == cairn.OfDocuments:
		return []cairn.Withholding{{Kind: j.Kind, Key: publish.DocumentKey(j.Document)}}, nil
	case j.Kind == cairn.OfSources:
		s, err := tx.Source(ctx, j.Incident)
		var all []cairn.Withholding
		for _, name := range append(s.Called(), s.ID) {
			all = append(all, cairn.Withholding{Kind: j.Kind, Key: name})
			documents, failed := tx.Documents(ctx, store.DocumentFilter{Source: name})
			for _, d := range documents { // no page names the source of a witness
				all = append(all, cairn.Withholding{Kind: cairn.OfDocuments, Key: publish.DocumentKey(d.Document.ID)})
			}
			err = errors.Join(err, failed)
		}
		return all, err
	}
	return []cairn.Withholding{{Key: j.Incident}}, nil
}
