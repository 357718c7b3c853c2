package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// AssignCoding gives documents to coders, who each read them without seeing what
// cairn or another reads there. A document that a coder has already stays as it is.
func (r *Recorder) AssignCoding(ctx context.Context, documents, coders []string, why string) error {
	coders = slices.Compact(slices.Sorted(slices.Values(coders)))
	if len(documents) == 0 {
		return cairn.Invalid{Field: "documents", Reason: "Name at least one document."}
	}
	if len(coders) < 2 {
		return cairn.Invalid{Field: "coders", Reason: "Choose at least two coders."}
	}
	return r.writes(ctx, "assign coding", documents[0], why, func(tx *store.Tx) error {
		for _, name := range coders {
			a, err := tx.Account(ctx, name)
			if err != nil && !errors.Is(err, cairn.ErrNotFound) {
				return err
			}
			if err != nil || !a.RoleIn(r.project.Name).AtLeast(cairn.Researcher) {
				return cairn.Invalid{Field: "coders", Reason: "Nobody of the name " + name + " works on the project."}
			}
		}
		for _, id := range documents {
			d, err := tx.Document(ctx, id)
			if errors.Is(err, cairn.ErrNotFound) || err == nil && d.Text == "" {
				return cairn.Invalid{Field: "documents", Reason: "There is no document " + id + " with a text."}
			}
			if err != nil {
				return err
			}
			for _, name := range coders {
				if _, err := tx.Coding(ctx, r.project.Name, id, name); !errors.Is(err, cairn.ErrNotFound) {
					if err != nil {
						return err
					}
					continue
				}
				if err := tx.PutCoding(ctx, cairn.Coding{Project: r.project.Name, Document: id, Coder: name, State: cairn.Assigned, Claims: []cairn.Claim{}, By: r.settings.Who, At: tx.Act().At}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Code records a claim that whoever acts reads in a document that was given to
// them to code.
func (r *Recorder) Code(ctx context.Context, document string, c cairn.Claim) error {
	return r.coding(ctx, "code", document, func(tx *store.Tx, coding *cairn.Coding) error {
		d, err := tx.Document(ctx, document)
		if err != nil {
			return err
		}
		if err := standsIn(d, c); err != nil {
			return err
		}
		c.N = 1
		if k := len(coding.Claims); k > 0 {
			c.N = coding.Claims[k-1].N + 1
		}
		coding.Claims = append(slices.Clone(coding.Claims), c)
		return nil
	})
}

// Uncode takes a claim back that whoever acts coded.
func (r *Recorder) Uncode(ctx context.Context, document string, n int) error {
	return r.coding(ctx, "uncode", document, func(_ *store.Tx, coding *cairn.Coding) error {
		left := slices.DeleteFunc(slices.Clone(coding.Claims), func(c cairn.Claim) bool { return c.N == n })
		if len(left) == len(coding.Claims) {
			return cairn.Invalid{Field: "n", Reason: fmt.Sprintf("You coded no claim %d.", n)}
		}
		coding.Claims = left
		return nil
	})
}

// HandIn hands in what whoever acts coded. It is changed no more.
func (r *Recorder) HandIn(ctx context.Context, document string) error {
	return r.coding(ctx, "hand in coding", document, func(tx *store.Tx, coding *cairn.Coding) error {
		coding.State, coding.Ended = cairn.Coded, tx.Act().At
		return nil
	})
}

// coding changes the coding of a document by whoever acts.
func (r *Recorder) coding(ctx context.Context, what, document string, change func(*store.Tx, *cairn.Coding) error) error {
	return r.writes(ctx, what, document, "", func(tx *store.Tx) error {
		coding, err := tx.Coding(ctx, r.project.Name, document, r.settings.Who)
		if err != nil {
			return err
		}
		if coding.State != cairn.Assigned {
			return cairn.Invalid{Field: "document", Reason: "You have handed it in, and it is changed no more."}
		}
		if err := change(tx, &coding); err != nil {
			return err
		}
		return tx.PutCoding(ctx, coding)
	})
}

// Adjudicate records which of the claims that coders read in a document hold, by a
// third who coded nothing of it, once all have handed in. Each is named by its
// coder and number.
func (r *Recorder) Adjudicate(ctx context.Context, document string, chosen []Choice, why string) error {
	return r.writes(ctx, "adjudicate coding", document, why, func(tx *store.Tx) error {
		all, err := tx.Codings(ctx, r.project.Name, document, "")
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fmt.Errorf("codings of %s: %w", document, cairn.ErrNotFound)
		}
		held := cairn.Coding{Project: r.project.Name, Document: document, Coder: r.settings.Who, State: cairn.Adjudicated, Claims: []cairn.Claim{}, By: r.settings.Who, At: tx.Act().At, Ended: tx.Act().At, Why: why}
		for _, c := range all {
			switch {
			case c.State == cairn.Assigned:
				return cairn.Invalid{Field: "document", Reason: "Not all coders have handed it in."}
			case c.State == cairn.Coded && c.Coder == r.settings.Who:
				return cairn.Invalid{Field: "document", Reason: "You coded it yourself; a third decides."}
			case c.State == cairn.Adjudicated && c.Coder != r.settings.Who:
				return cairn.Invalid{Field: "document", Reason: c.Coder + " has decided already."}
			}
		}
		for _, choice := range chosen {
			c, ok := choice.in(all)
			if !ok {
				return cairn.Invalid{Field: "chosen", Reason: fmt.Sprintf("%s read no claim %d there.", choice.Coder, choice.N)}
			}
			c.N = len(held.Claims) + 1
			held.Claims = append(held.Claims, c)
		}
		return tx.PutCoding(ctx, held)
	})
}

// A Choice names a claim that a coder read.
type Choice struct {
	Coder string
	N     int
}

func (c Choice) in(all []cairn.Coding) (cairn.Claim, bool) {
	for _, coding := range all {
		if coding.Coder != c.Coder || coding.State != cairn.Coded {
			continue
		}
		if k := slices.IndexFunc(coding.Claims, func(o cairn.Claim) bool { return o.N == c.N }); k >= 0 {
			return coding.Claims[k], true
		}
	}
	return cairn.Claim{}, false
}

// Blind reports whether somebody still has to code a document, and may until then
// not see what others read in it.
func Blind(ctx context.Context, v store.View, project, document, who string) (bool, error) {
	c, err := v.Coding(ctx, project, document, who)
	if errors.Is(err, cairn.ErrNotFound) {
		return false, nil
	}
	return c.State == cairn.Assigned, err
}
