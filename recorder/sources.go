package recorder

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Sources returns every source that is known, by identifier, each with the one
// that it was merged into; "" where it was not.
func (r *Recorder) Sources(ctx context.Context) (all []cairn.Source, into map[string]string, err error) {
	if all, err = r.view.Sources(ctx); err != nil {
		return nil, nil, err
	}
	decided, err := r.view.Judgements(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	standing := judge.Of(judge.Active(ofKind(decided, cairn.OfSources)))
	into = map[string]string{}
	for _, s := range all {
		if root := standing.Root(s.ID); root != s.ID {
			into[s.ID] = root
		}
	}
	return all, into, nil
}

func ofKind(all []cairn.Judgement, kind cairn.Kind) []cairn.Judgement {
	return slices.DeleteFunc(slices.Clone(all), func(j cairn.Judgement) bool { return j.Kind != kind })
}

// PutSource records what a person knows of a source: its names, its kind, the
// side it speaks for, how reliable it is. The incidents that it reports are
// assessed anew, since what a side says of itself weighs otherwise.
func (r *Recorder) PutSource(ctx context.Context, s cairn.Source, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	if err := r.checkSource(s); err != nil {
		return err
	}
	_, err := r.store.Write(ctx, r.act("source", s.ID, why), func(tx *store.Tx) error {
		former, err := tx.Source(ctx, s.ID)
		if err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return err
		}
		if s.Columns == nil {
			s.Columns = former.Columns
		}
		if s.Rating != nil && s.Rating.Who == "" {
			s.Rating = &cairn.Rating{Reliability: s.Rating.Reliability, Why: cmp.Or(s.Rating.Why, why), Who: r.settings.Who, At: tx.Act().At}
		}
		if err := tx.PutSource(ctx, s); err != nil {
			return err
		}
		return r.reassessSources(ctx, tx, s, former)
	})
	return hinted(err)
}

// EachSource hands over each source of JSON Lines. What is wrong with a line is
// told to bad, as is what do makes of it; it returns how many those were. The
// error is of the world.
func EachSource(ctx context.Context, in Input, bad func(error), do func(cairn.Source) error) (wrong int, err error) {
	for l, err := range lines(ctx, []Input{in}) {
		if err != nil {
			return wrong, err
		}
		var s cairn.Source
		decoder := json.NewDecoder(bytes.NewReader(l.bytes))
		decoder.DisallowUnknownFields()
		if err = decoder.Decode(&s); err != nil {
			err = cairn.Invalid{Field: "source", Reason: err.Error()}
		} else {
			err = do(s)
		}
		if ofWorld(err) {
			return wrong, err
		}
		if err != nil {
			wrong++
			bad(located(err, l))
		}
	}
	return wrong, nil
}

func (r *Recorder) checkSource(s cairn.Source) error {
	switch {
	case s.ID == "" || s.Name == "":
		return cairn.Invalid{Field: "source", Reason: "has an identifier and a name"}
	case s.Kind != "" && !slices.Contains(cairn.SourceKinds, s.Kind):
		return cairn.Invalid{Field: "kind", Reason: fmt.Sprintf("want one of %v, not %s", cairn.SourceKinds, s.Kind)}
	case s.Rating != nil && (len(s.Rating.Reliability) != 1 || !strings.Contains("ABCDEF", s.Rating.Reliability)):
		return cairn.Invalid{Field: "reliability", Reason: "want A to F, not " + s.Rating.Reliability}
	case s.Side != "" && !slices.ContainsFunc(r.parties, func(b cairn.Belligerent) bool { return b.ID == s.Side }):
		return cairn.Invalid{Field: "side", Reason: "there is no belligerent " + s.Side + " in the register"}
	}
	return nil
}

// MergeSources makes several sources one: documents of theirs are of one voice
// from now on. It can be undone, as the merge of incidents can.
func (r *Recorder) MergeSources(ctx context.Context, into string, others []string, why string) (cairn.Judgement, error) {
	return r.judge(ctx, into, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		j := cairn.Judgement{Decision: cairn.Merge, Kind: cairn.OfSources}
		root, err := tx.Source(ctx, into)
		if err != nil {
			return nil, err
		}
		j.Incident = root.ID
		for _, name := range others {
			other, err := tx.Source(ctx, name)
			if err != nil {
				return nil, err
			}
			if other.ID == root.ID {
				return nil, cairn.Invalid{Field: name, Reason: "is " + root.ID + " already"}
			}
			j.Others = append(j.Others, other.ID)
		}
		return []cairn.Judgement{j}, nil
	})
}

// judgedSources assesses the incidents anew that the sources of a judgement
// report.
func (r *Recorder) judgedSources(ctx context.Context, tx *store.Tx, j cairn.Judgement) error {
	var all []cairn.Source
	for _, id := range append([]string{j.Incident}, j.Others...) {
		s, err := tx.Source(ctx, id)
		if err != nil {
			return err
		}
		all = append(all, s)
	}
	return r.reassessSources(ctx, tx, all...)
}

// reassessSources assesses the incidents anew that documents of sources report.
func (r *Recorder) reassessSources(ctx context.Context, tx *store.Tx, sources ...cairn.Source) error {
	d := newDesk(r)
	d.begin(tx)
	done := map[string]bool{}
	for _, s := range sources {
		for _, name := range append(s.Called(), s.ID) {
			if name == "" {
				continue
			}
			if err := r.settleSource(ctx, tx, d, name, done); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Recorder) settleSource(ctx context.Context, tx *store.Tx, d *desk, name string, done map[string]bool) error {
	documents, err := tx.Documents(ctx, store.DocumentFilter{Source: name, ByID: true})
	if err != nil {
		return err
	}
	for _, doc := range documents {
		if err := r.settleDocument(ctx, tx, d, doc.Document.ID, done); err != nil {
			return err
		}
	}
	return nil
}

// voice is the name by which the publisher of a document is weighed: that of the
// source that it was merged into or, where that speaks for a side, of the side.
func (d *desk) voice(ctx context.Context, v store.View, name string) (string, error) {
	if known, ok := d.voices[name]; ok || name == "" {
		return known, nil
	}
	voice, err := d.recorder.voice(ctx, v, name)
	d.voices[name] = voice
	return voice, err
}

func (r *Recorder) voice(ctx context.Context, v store.View, name string) (string, error) {
	s, err := v.Source(ctx, name)
	if errors.Is(err, cairn.ErrNotFound) {
		return name, nil
	}
	if err != nil {
		return name, err
	}
	f, err := familyOf(ctx, v, "", cairn.OfSources, s.ID)
	if err != nil {
		return name, err
	}
	if root := judge.Of(judge.Active(f.decided)).Root(s.ID); root != s.ID {
		if s, err = v.Source(ctx, root); err != nil {
			return name, err
		}
	}
	for _, b := range r.parties {
		if s.Side != "" && b.ID == s.Side {
			return b.Name, nil
		}
	}
	return s.Name, nil
}
