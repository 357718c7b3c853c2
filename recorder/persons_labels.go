package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/store"
)

// LabelPair records what whoever acts says of a pair of entries, without having
// seen what others say. Where all who labelled it, two at least, now agree, it is
// decided so, as one act with the label; the judgement that is returned is zero
// where it is not.
func (r *Recorder) LabelPair(ctx context.Context, a, b string, says cairn.LabelSays, why string) (cairn.Judgement, error) {
	if err := r.writable(); err != nil {
		return cairn.Judgement{}, err
	}
	if !slices.Contains([]cairn.LabelSays{cairn.SamePerson, cairn.OtherPerson, cairn.UnsurePerson}, says) {
		return cairn.Judgement{}, cairn.Invalid{Field: "says", Reason: fmt.Sprintf("want same, other or unsure, not %q", says)}
	}
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	if !slices.ContainsFunc(p.Matches, func(m cairn.Match) bool { return m.A == a && m.B == b || m.A == b && m.B == a }) {
		return cairn.Judgement{}, cairn.Invalid{Field: "pair", Reason: "is none that the last linkage found"}
	}
	var decided cairn.Judgement
	label := func(tx *store.Tx) (cairn.LabelSays, []string, error) {
		l := cairn.Label{A: a, B: b, Says: says, Who: r.settings.Who, At: tx.Act().At, Why: why}
		if err := tx.PutLabel(ctx, r.project.Name, l); err != nil {
			return "", nil, err
		}
		all, err := tx.Labels(ctx, r.project.Name)
		agreed, who := identify.Agreed(all, a, b)
		if identify.Judged(p.Decided, a, b) {
			agreed = ""
		}
		return agreed, who, err
	}
	_, err = r.store.Write(ctx, r.act("label", onPersons, ""), func(tx *store.Tx) error {
		agreed, _, err := label(tx)
		if err == nil && agreed != "" {
			return errAgreed
		}
		return err
	})
	if !errors.Is(err, errAgreed) {
		return decided, hinted(err)
	}
	return r.judge(ctx, onPersons, "", func(tx *store.Tx) ([]cairn.Judgement, error) {
		agreed, who, err := label(tx)
		if err != nil {
			return nil, err
		}
		if agreed == "" {
			return nil, cairn.Invalid{Field: "pair", Reason: "was labelled otherwise meanwhile"}
		}
		decision := cairn.NotSame
		if agreed == cairn.SamePerson {
			decision = cairn.Merge
		}
		return []cairn.Judgement{{Decision: decision, Kind: cairn.OfPersons, Incident: a, Others: []string{b}, Field: "labels", Value: strings.Join(who, ", ")}}, nil
	})
}

// errAgreed says that a label brings a decision with it.
var errAgreed = errors.New("two agree")

// Labels returns what people say of pairs of entries, each without having seen what
// others say. It is for whoever may see all of them.
func (r *Recorder) Labels(ctx context.Context) ([]cairn.Label, error) {
	return r.view.Labels(ctx, r.project.Name)
}
