package recorder

import (
	"context"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/extract"
	model "github.com/cairn-recorder/cairn/second"
	"github.com/cairn-recorder/cairn/store"
)

// SecondSettings say which model is asked, as second has it; policy and reader
// of figures are filled in.
type SecondSettings = model.Settings

// A SecondReader asks a second reader, as second has it.
type SecondReader = model.Reader

// SecondReader returns a second reader whose answers are checked by the reader of
// s and bounded by its policy.
func (s Step) SecondReader(settings SecondSettings) (*SecondReader, error) {
	settings.Policy, settings.Figures = s.Policy, figuresOf(s.reader())
	return model.New(settings)
}

// figuresOf returns the reader of figures of reader.
func figuresOf(reader *extract.Reader) func(string) []model.Figure {
	return func(text string) []model.Figure {
		var out []model.Figure
		for _, f := range reader.Spans(cairn.Document{Text: text}, extract.Figures).Figures {
			out = append(out, model.Figure{Span: f.Span, Op: f.Op, Low: f.Low, High: f.High, Unit: f.Unit})
		}
		return out
	}
}

// A secondSaid is what a second reader made of a document, beside the claims of
// cairn.
type secondSaid struct {
	cairn.SecondReading
	Claims []cairn.Claim `json:"claims"`
}

// secondly adds to an answer what the second reader says of the document.
func (s Step) secondly(ctx context.Context, d cairn.Document, answer *said) error {
	if s.Second == nil {
		return nil
	}
	how, reading, err := s.Second.Read(ctx, d)
	answer.Second = &secondSaid{how, reading.Claims}
	return err
}

// ReadSecond has a second reader read every document with text that was first
// recorded after an act and that it has not answered for yet, and records each
// answer beside cairn's reading, as an act of its own. Nothing of it is counted.
// What it cannot be asked now is asked the next time. told may be nil.
func (r *Recorder) ReadSecond(ctx context.Context, reader *SecondReader, after int, told func(cairn.SecondReading)) (map[cairn.SecondOutcome]int, error) {
	outcomes := map[cairn.SecondOutcome]int{}
	if err := r.writable(); err != nil {
		return outcomes, err
	}
	todo, err := r.unread(ctx, reader.Extractor(), after)
	if err != nil {
		return outcomes, err
	}
	type answer struct {
		how     cairn.SecondReading
		reading cairn.Reading
		err     error
	}
	ask := func(id string) (a answer) {
		d, err := r.view.Document(ctx, id)
		if err != nil {
			return answer{err: err}
		}
		a.how, a.reading, a.err = reader.Read(ctx, d)
		return a
	}
	failed := 0
	for a := range inOrder(ctx, askedAtOnce, every(todo), ask) {
		if a.err != nil {
			return outcomes, a.err
		}
		if failed++; a.how.Outcome.Settled() {
			failed = 0
		}
		if _, err := r.store.Write(ctx, r.act("second", a.how.Document, string(a.how.Outcome)+" by "+a.how.Extractor), func(tx *store.Tx) error {
			return tx.PutSecondReading(ctx, a.how, a.reading)
		}); err != nil {
			return outcomes, hinted(err)
		}
		outcomes[a.how.Outcome]++
		if told != nil {
			told(a.how)
		}
		if failed == mostFailed {
			return outcomes, cairn.Hint{
				Err:  fmt.Errorf("second reader: nothing came for %d documents in a row: %s", failed, a.how.Reason),
				Hint: "the others are kept as they are; cairn second asks for them when the server answers again",
			}
		}
	}
	return outcomes, ctx.Err()
}

// mostFailed is for how many documents in a row a server may fail before it is
// left alone.
const mostFailed = 5

// askedAtOnce is how many documents a second reader is asked about at a time.
const askedAtOnce = 2

// unread returns the documents with text, first recorded after an act, that an
// extractor has not answered for, in the order of identifiers.
func (r *Recorder) unread(ctx context.Context, extractor string, after int) ([]string, error) {
	all, err := r.view.Documents(ctx, store.DocumentFilter{ByID: true})
	if err != nil {
		return nil, err
	}
	var todo []string
	for _, s := range all {
		if s.Taken <= after {
			continue
		}
		answered, err := r.view.SecondReadings(ctx, s.Document.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(answered, func(a cairn.SecondReading) bool { return a.Extractor == extractor && a.Outcome.Settled() }) {
			continue
		}
		d, err := r.view.Document(ctx, s.Document.ID)
		if err != nil {
			return nil, err
		}
		if d.Text != "" {
			todo = append(todo, s.Document.ID)
		}
	}
	return todo, nil
}

// LastAct returns the number of the last act of the record.
func (r *Recorder) LastAct(ctx context.Context) (int, error) { return r.view.LastAct(ctx) }

// SecondCounts counts what became of asking second readers.
func (r *Recorder) SecondCounts(ctx context.Context) ([]store.SecondCount, error) {
	return r.view.SecondCounts(ctx)
}
