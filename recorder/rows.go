package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/assess"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/transcribe"
)

// Rows says how the table of another recorder is taken over.
type Rows struct {
	As       string            // the codebook: ucdp, acled, airwars, ibc, ydp, csv
	Of       string            // whose table it is, where it is not the codebook's
	Columns  map[string]string // headers of fields, kept with the source for the next time
	Sheet    string            // of a workbook; the first where empty
	DayFirst *bool             // how to read 03/04/2017; refused where nil
	Dry      bool              // say what would be taken, and write nothing
}

// mostTable is the most bytes of one table.
const mostTable = 1 << 30

// ImportRows takes the tables of another recorder over: a row becomes a document,
// its claims and the incident that the recorder made of it, whose range and
// grade stay the recorder's own. A table is one act: all of its rows that can be
// taken, or nothing. Each row that cannot be is told as a fault with its line
// and column, and so is what is odd in a row that was.
//
// Beside the incidents stand the other tables of the recorder's database, joined
// by code: sources, positions of parties, victims. They are told by their headers,
// come after the incidents, and are kept with them as the recorder's own.
//
// The same table again changes nothing; a later release of it changes the rows
// that differ. An incident that was merged into another since then stays there.
func (r *Recorder) ImportRows(ctx context.Context, targets []string, rows Rows, p Progress) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	book, ok := transcribe.Named(rows.As)
	if !ok {
		return Summary{}, cairn.Invalid{Field: "as", Reason: "there is no codebook " + rows.As}
	}
	options := r.settings.Collect
	options.MaxBytes = mostTable
	options.Given = cairn.Given{Source: rows.Of}
	var sum Summary
	known := transcribe.NewGeography()
	var beside []besideTable
	for item, err := range collect.All(ctx, options, targets...) {
		run := rowRun{Recorder: r, Rows: rows, Progress: p.filled(), book: book, places: known}
		if b, is := run.beside(item); is && err == nil {
			beside = append(beside, b)
			continue
		}
		if err == nil {
			err = run.take(ctx, item)
		}
		sum.add(run.sum)
		if err != nil {
			if ofWorld(err) {
				return sum, hinted(err)
			}
			sum.Problems++
			run.Fault(err)
		}
	}
	for _, b := range beside {
		more, err := b.take(ctx)
		sum.add(more)
		if err != nil {
			return sum, hinted(err)
		}
	}
	return sum, ctx.Err()
}

// rowRun is one table on its way.
type rowRun struct {
	*Recorder
	Rows
	Progress
	book   transcribe.Codebook
	places *transcribe.Geography
	table  *transcribe.Table
	sum    Summary
}

// take takes the table of one thing that was brought in over.
func (r *rowRun) take(ctx context.Context, item collect.Item) error {
	if len(item.Bytes) == 0 {
		return cairn.Invalid{File: item.Receipt.From, Field: string(item.Receipt.Outcome), Reason: cmp.Or(item.Receipt.Note, "there is nothing in it")}
	}
	ref := cairn.RefOf(item.Bytes)
	if !r.Dry {
		if _, err := r.archive.Put(item.Receipt, item.Bytes); err != nil {
			return err
		}
	}
	act := r.act("take", string(ref), "the table "+item.Receipt.From+" of "+r.whose())
	_, err := r.store.Write(ctx, act, func(tx *store.Tx) error {
		if err := r.receive(ctx, tx, ref, item.Receipt); err != nil {
			return err
		}
		if err := r.rows(ctx, tx, ref, item); err != nil {
			return err
		}
		if r.Dry {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return err
}

// whose is the recorder that made the table.
func (r *rowRun) whose() string { return cmp.Or(r.Of, r.book.Recorder, r.book.Name) }

// receive records the receipt of the table, and the recorder as a source with
// the columns that a person named.
func (r *rowRun) receive(ctx context.Context, tx *store.Tx, ref cairn.Ref, receipt cairn.Receipt) error {
	known, err := tx.Receipts(ctx, ref)
	if err != nil {
		return err
	}
	if !has(known, receipt) {
		if err := tx.PutReceipt(ctx, ref, len(known)+1, receipt); err != nil {
			return err
		}
	}
	source, err := tx.Source(ctx, r.whose())
	if errors.Is(err, cairn.ErrNotFound) {
		source, err = cairn.Source{ID: sourceID(r.whose()), Name: r.whose(), Kind: cairn.Monitor}, nil
	}
	if err != nil {
		return err
	}
	if len(r.Columns) > 0 {
		source.Columns = r.Columns
	}
	r.Columns = source.Columns
	return tx.PutSource(ctx, source)
}

// rows takes each row over.
func (r *rowRun) rows(ctx context.Context, tx *store.Tx, ref cairn.Ref, item collect.Item) error {
	next, stop := iter.Pull2(read.Rows(item.Bytes, item.Receipt.Media, r.Sheet))
	defer stop()
	header, err, ok := next()
	if err != nil || !ok {
		return inFile(cmp.Or(err, error(cairn.Invalid{Field: "table", Reason: "has no row"})), item.Receipt.From)
	}
	given := transcribe.Given{File: item.Receipt.From, Ref: ref, Recorder: r.whose(), Columns: r.Columns, DayFirst: r.DayFirst, Places: r.places}
	if r.table, err = transcribe.Open(r.book, header, given); err != nil {
		return err
	}
	for {
		row, err, ok := next()
		if err != nil || !ok {
			return inFile(err, item.Receipt.From)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		entry, err := r.table.Row(row)
		if err == nil {
			err = r.enter(ctx, tx, entry)
		}
		if errors.As(err, new(cairn.Invalid)) {
			r.sum.Problems++
			r.Fault(err)
		} else if err != nil {
			return fmt.Errorf("line %d: %w", row.Line, err)
		}
		r.Done(item.Receipt.From, r.sum)
	}
}

// inFile names the file of a fault that does not name it.
func inFile(err error, file string) error {
	var invalid cairn.Invalid
	if errors.As(err, &invalid) && invalid.File == "" {
		invalid.File = file
		return invalid
	}
	return err
}

// enter records what one row says.
func (r *rowRun) enter(ctx context.Context, tx *store.Tx, e transcribe.Entry) error {
	if err := r.name(ctx, tx, &e); err != nil {
		return err
	}
	reading := cairn.Reading{Document: e.Document.ID, Claims: e.Claims, Versions: versionsOf(e)}
	reading.ID = cairn.ReadingID(reading.Document, reading.Versions)
	e.Incident.Project = r.project.Name
	for i := range e.Incident.Claims {
		e.Incident.Claims[i].Reading = reading.ID
	}
	standing, err := r.standing(ctx, tx, e.Incident)
	if err != nil {
		return err
	}
	for _, n := range e.Notes {
		r.Fault(n)
	}
	former, err := tx.CurrentReading(ctx, r.project.Name, e.Document.ID)
	if err == nil && former.ID == reading.ID {
		r.sum.Again++
		return nil
	}
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	if err := tx.PutDocument(ctx, e.Document); err != nil {
		return err
	}
	if err := tx.PutReading(ctx, r.project.Name, reading); err != nil {
		return err
	}
	r.sum.Taken++
	r.sum.Claims += len(e.Claims)
	if standing.Into != "" {
		return nil // a person merged it: what it was merged into is theirs to judge
	}
	if standing.Code == "" {
		r.sum.Incidents++
	} else {
		e.Incident.Elsewhere.Sources, e.Incident.Elsewhere.Positions = standing.Elsewhere.Sources, standing.Elsewhere.Positions
	}
	return r.incident(ctx, tx, e)
}

// name gives the document of a row its identifier: its recorder and code, with
// the digits of the table beside it where an earlier release says otherwise of
// that code. Rows that say the same are one document.
func (r *rowRun) name(ctx context.Context, tx *store.Tx, e *transcribe.Entry) error {
	first, err := tx.Document(ctx, e.Document.ID)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil || first.Text == e.Document.Text {
		e.Document.Ref, e.Document.Map = first.Ref, first.Map
		return err
	}
	e.Document.ID += "-" + e.Document.Ref.Short()
	for i := range e.Incident.Claims {
		e.Incident.Claims[i].Document = e.Document.ID
	}
	return nil
}

// versionsOf says what the claims of a row were made with: the codebook, and the
// claims themselves, since a person may map the columns otherwise.
func versionsOf(e transcribe.Entry) cairn.Versions {
	text, err := json.Marshal([]any{e.Claims, e.Incident.Elsewhere, e.Incident.Former})
	if err != nil {
		text = []byte(e.Document.Text)
	}
	return cairn.Versions{Extractor: transcribe.Version, Lexicon: "row " + cairn.RefOf(text).Short(), Places: lexicon.Places().Version(), Policy: e.Incident.Elsewhere.Recorder}
}

// standing returns the incident that has the code of i already, the zero
// Incident where none has. A code of the project's own, or of another recorder,
// is a fault.
func (r *rowRun) standing(ctx context.Context, tx *store.Tx, i cairn.Incident) (cairn.Incident, error) {
	history, err := tx.IncidentHistory(ctx, r.project.Name, i.Code)
	if err != nil || len(history) == 0 {
		return cairn.Incident{}, err
	}
	last := history[len(history)-1].Incident
	if last.Elsewhere == nil || last.Elsewhere.Recorder != i.Elsewhere.Recorder {
		return last, cairn.Invalid{Field: i.Code, Reason: "is the code of another incident of the project"}
	}
	return last, nil
}

// incident records the incident of a row and the recorder's own assessment.
func (r *rowRun) incident(ctx context.Context, tx *store.Tx, e transcribe.Entry) error {
	if _, err := tx.PutIncident(ctx, e.Incident); err != nil {
		return err
	}
	var testimonies []cairn.Testimony
	for i, c := range e.Claims {
		testimonies = append(testimonies, cairn.Testimony{Ref: e.Incident.Claims[i], Claim: c, Document: e.Document})
	}
	a := assess.Elsewhere(e.Incident, testimonies)
	newest, err := tx.Assessment(ctx, r.project.Name, a.Incident)
	if err == nil && same(a, newest) {
		return nil
	}
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	_, err = tx.PutAssessment(ctx, r.project.Name, a)
	return err
}

// Codebooks are the names of the tables of other recorders that can be taken
// over.
func Codebooks() []string { return transcribe.Names() }

// sourceID is the identifier of a source that is known by its name alone.
func sourceID(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), "-"))
}
