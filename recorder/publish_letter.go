package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
)

// The source that letters of readers come from. It is a witness: no page names it.
const (
	lettersID   = "letters-to-the-public-pages"
	lettersName = "Letters to the public pages"
)

// TakeLetter takes in what a reader of the public pages wrote, as a document of a
// source of its own, and walks it through like any other. What the reader asks
// for, and how they are reached, stays with the bytes in the archive and is no
// part of its text.
func (r *Recorder) TakeLetter(ctx context.Context, letter cairn.Letter) error {
	if strings.TrimSpace(letter.Text) == "" {
		return cairn.Invalid{Field: "text", Reason: "the letter is empty"}
	}
	if err := r.letterSource(ctx); err != nil {
		return err
	}
	day := cairn.DayOf(r.settings.Now().UTC())
	form := struct {
		ID        string `json:"id"`
		Source    string `json:"source"`
		Title     string `json:"title"`
		Published string `json:"published"`
		cairn.Letter
	}{"", lettersName, "Letter to the public pages: " + string(letter.Kind), string(day), letter}
	unnamed, err := json.Marshal(form)
	if err != nil {
		return err
	}
	form.ID = "letter-" + strings.TrimPrefix(string(cairn.RefOf(unnamed)), "sha256-")[:12]
	text, err := json.Marshal(form)
	if err != nil {
		return err
	}
	if _, err = r.Take(ctx, collect.Item{Bytes: text, Receipt: cairn.Receipt{Ref: cairn.RefOf(text), Size: int64(len(text)), From: "the public pages", At: r.settings.Now().UTC(), How: "letter", Who: r.settings.Who, Outcome: cairn.Fetched}}); err != nil {
		return err
	}
	return r.takeRequest(ctx, form.ID, letter)
}

// letterSource records the source of letters, once.
func (r *Recorder) letterSource(ctx context.Context) error {
	s, err := r.view.Source(ctx, lettersID)
	if err == nil && s.Kind == cairn.Witness {
		return nil
	}
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	return r.PutSource(ctx, cairn.Source{ID: lettersID, Name: lettersName, Kind: cairn.Witness}, "readers wrote to the public pages")
}
