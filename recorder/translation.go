package recorder

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// PutTranslation records what a document says in another language beside it, with
// who or what put it so. Several may stand side by side. Nothing is read from it.
func (r *Recorder) PutTranslation(ctx context.Context, t cairn.Translation, why string) (cairn.Translation, error) {
	if err := r.writable(); err != nil {
		return t, err
	}
	t.Text = strings.TrimSpace(strings.ReplaceAll(t.Text, "\r\n", "\n"))
	t.By, t.Tool, t.Title = strings.TrimSpace(t.By), strings.TrimSpace(t.Tool), strings.TrimSpace(t.Title)
	tag, err := language.Parse(t.Language)
	switch {
	case err != nil:
		return t, cairn.Invalid{Field: "language", Reason: "want the tag of a language, as en or ar, not " + t.Language}
	case t.By == "" && t.Tool == "":
		return t, cairn.Invalid{Field: "by", Reason: "say who or which program translated it"}
	case t.Text == "" || !utf8.ValidString(t.Text):
		return t, cairn.Invalid{Field: "text", Reason: "want text in UTF-8"}
	}
	t.Language = tag.String()
	_, err = r.store.Write(ctx, r.act("translate", t.Document, why), func(tx *store.Tx) error {
		d, err := tx.Document(ctx, t.Document)
		if err != nil {
			return err
		}
		if err := translatable(d, tag); err != nil {
			return err
		}
		t.Of, t.Who, t.At, t.Why = cairn.RefOf([]byte(d.Text)), tx.Act().Who, tx.Act().At, why
		t, err = tx.PutTranslation(ctx, t)
		return err
	})
	return t, hinted(err)
}

// translatable refuses a document that has no text to translate, or that says it
// in the language already.
func translatable(d cairn.Document, into language.Tag) error {
	if d.Text == "" {
		return cairn.Invalid{Field: d.ID, Reason: "has no text that could be translated"}
	}
	own, err := language.Parse(d.Language)
	base, _ := own.Base()
	if other, _ := into.Base(); err == nil && d.Language != "" && base == other {
		return cairn.Invalid{Field: "language", Reason: fmt.Sprintf("%s is in %s itself", d.ID, d.Language)}
	}
	return nil
}

// DropTranslation takes a translation back. Its history stays.
func (r *Recorder) DropTranslation(ctx context.Context, document string, n int, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	if why == "" {
		return cairn.Invalid{Field: "why", Reason: "say why: whoever asks later must find it"}
	}
	_, err := r.store.Write(ctx, r.act("translate", document, why), func(tx *store.Tx) error { return tx.DropTranslation(ctx, document, n) })
	return hinted(err)
}

// ReadTranslation reads a translation for claims, which are answered and kept
// nowhere: they lead to words of the original, by which a person can add them.
func (r *Recorder) ReadTranslation(ctx context.Context, document string, n int) (cairn.Translation, []cairn.Claim, error) {
	d, err := r.view.Document(ctx, document)
	if err != nil {
		return cairn.Translation{}, nil, err
	}
	all, err := r.view.Translations(ctx, document)
	if err != nil {
		return cairn.Translation{}, nil, err
	}
	for _, t := range all {
		if t.N == n {
			step, err := r.Step(ctx)
			if err != nil {
				return t, nil, err
			}
			d.Text, d.Language, d.Title, d.Map, d.Cells, d.Machine = t.Text, t.Language, t.Title, nil, nil, nil
			return t, step.of(step.reader().Read(d)).Claims, nil
		}
	}
	return cairn.Translation{}, nil, fmt.Errorf("translation %d of %s: %w", n, document, cairn.ErrNotFound)
}
