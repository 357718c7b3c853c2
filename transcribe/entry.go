package transcribe

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Medium is that of the documents made of rows.
const Medium = "row"

// entry is a row on its way: the document that it becomes, with the span of
// each of its cells.
type entry struct {
	table    *Table
	row      cairn.Row
	document cairn.Document
	spans    []cairn.Span // of each cell; the zero Span where it is blank
	incident cairn.Incident
	claims   []cairn.Claim
	notes    []cairn.Invalid
}

// write makes the text of the row: a line for each cell that is not blank, its
// header before it.
func (e *entry) write() {
	var text strings.Builder
	d := cairn.Document{Ref: e.table.given.Ref, Medium: Medium, Source: e.table.given.Recorder}
	e.spans = make([]cairn.Span, len(e.row.Cells))
	for i, cell := range e.row.Cells {
		cell = strings.Join(strings.Fields(cell), " ")
		if cell == "" {
			continue
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		if i < len(e.table.header) && e.table.header[i] != "" {
			text.WriteString(e.table.header[i] + ": ")
		}
		start := text.Len()
		text.WriteString(cell)
		e.spans[i] = cairn.Span{Start: start, End: text.Len()}
		d.Cells = append(d.Cells, cairn.Cell{Span: e.spans[i], Table: 1, Row: e.row.Number, Column: i + 1})
		if at := e.row.At[i]; at >= 0 {
			d.Map = append(d.Map, cairn.Anchor{Text: start, Original: at})
		}
	}
	d.Text = text.String()
	e.document = d
}

// at returns the words of a column and where they stand; "" and nil where the
// cell is blank or there is no such column.
func (e *entry) at(column int) cairn.Phrase {
	if column < 0 || column >= len(e.spans) || e.spans[column] == (cairn.Span{}) {
		return cairn.Phrase{}
	}
	span := e.spans[column]
	return cairn.Phrase{Words: span.Of(e.document.Text), Span: &span}
}

// of returns the words of a field.
func (e *entry) of(f Field) cairn.Phrase {
	column, ok := e.table.columns[f]
	if !ok {
		return cairn.Phrase{}
	}
	return e.at(column)
}

// fault says what is wrong with a field of the row.
func (e *entry) fault(f Field, format string, args ...any) cairn.Invalid {
	name := string(f)
	if column, ok := e.table.columns[f]; ok && column < len(e.table.header) {
		name = e.table.header[column]
	}
	return e.wrong(name, format, args...)
}

func (e *entry) wrong(column, format string, args ...any) cairn.Invalid {
	return cairn.Invalid{File: e.table.given.File, Line: e.row.Line, Field: column, Reason: fmt.Sprintf(format, args...)}
}

// note keeps what is odd in the row with the incident.
func (e *entry) note(column, format string, args ...any) {
	n := e.wrong(column, format, args...)
	e.notes = append(e.notes, n)
	e.incident.Reasons = append(e.incident.Reasons, column+": "+n.Reason)
}

// code reads the recorder's own code of the incident. A row without one is
// known by its number.
func (e *entry) code() error {
	own := e.of(Code).Words
	if own == "" {
		if _, ok := e.table.columns[Code]; ok && e.table.book.Prefix != "" {
			return e.fault(Code, "is blank, so that the row could not be found again")
		}
		own = fmt.Sprintf("row-%d", e.row.Number)
	}
	code := own
	if prefix := e.table.book.Prefix; prefix != "" && !strings.HasPrefix(own, prefix) {
		code = prefix + own
	}
	if first, ok := e.table.seen[code]; ok {
		return e.fault(Code, "%s stands in line %d already", own, first)
	}
	e.incident.Code = code
	e.incident.Elsewhere = &cairn.Elsewhere{Recorder: e.table.given.Recorder, Code: own}
	e.incident.Reasons = append([]string{fmt.Sprintf("row %d of the table of %s", e.row.Number, e.table.given.Recorder)}, e.incident.Reasons...)
	e.document.ID = strings.ToLower(strings.Join(strings.Fields(e.table.given.Recorder), "-")) + ":" + own
	e.document.URL = e.of(Address).Words
	e.told()
	return nil
}

// told reads what the recorder itself tells of the incident: its text, when that
// first stood in public, and the codes that it had before.
func (e *entry) told() {
	e.incident.Elsewhere.Narrative = e.of(Narrative).Words
	if published := e.of(Published).Words; published != "" {
		d, err := cairn.ParseDate(published)
		if err != nil {
			e.note(string(Published), "%q is no date", published)
		}
		e.incident.Elsewhere.Published = d
	}
	for _, former := range strings.FieldsFunc(e.of(Former).Words, func(r rune) bool { return r == ';' || r == '|' }) {
		if former = strings.TrimSpace(former); former != "" {
			e.incident.Former = append(e.incident.Former, former)
		}
	}
}

// claim adds a claim of a harm and class at the words of several columns, whose
// range is r.
func (e *entry) claim(harm cairn.Harm, class cairn.Class, r cairn.Range, rule string, columns ...int) {
	var span cairn.Span
	for _, c := range columns {
		if p := e.at(c); p.Span != nil {
			span = span.Cover(*p.Span)
		}
	}
	c := cairn.Claim{
		N: len(e.claims) + 1, Harm: harm, Range: r, Victims: cairn.Victims{Class: class},
		Figure: figure(cairn.Phrase{Words: span.Of(e.document.Text), Span: &span}, r),
		Where:  e.incident.Where, By: e.incident.By, Locator: cairn.Locator{Span: span},
		Rules: []string{rule}, Policy: e.table.book.Name,
	}
	if cell, ok := e.document.CellAt(span); ok {
		c.Table, c.Row, c.Column = cell.Table, cell.Row, cell.Column
	} else if e.row.Number > 0 {
		c.Table, c.Row = 1, e.row.Number
	}
	if e.incident.When.From.Known() {
		c.When = &cairn.When{Phrase: cmp.Or(e.of(Date), e.of(DateEnd)), Period: e.incident.When}
	}
	if p := e.of(Means); e.incident.Means != "" {
		c.Means = &cairn.Means{Phrase: p, Class: e.incident.Means}
	}
	if p := e.of(Says); p.Words != "" {
		c.Says = []cairn.Saying{{Phrase: p}}
	}
	e.claims = append(e.claims, c)
}

// figure is the figure that a recorder's range states.
func figure(p cairn.Phrase, r cairn.Range) cairn.Figure {
	f := cairn.Figure{Phrase: p, Low: r.Min, High: r.Max}
	switch {
	case !r.Known():
		f.Op = cairn.OpUnknown
	case r == cairn.Exactly(0):
		f.Op = cairn.OpZero
	case !r.Max.Known:
		f.Op = cairn.OpAtLeast
	case !r.Min.Known:
		f.Op = cairn.OpAtMost
	case r.Min == r.Max:
		f.Op = cairn.OpExact
	default:
		f.Op = cairn.OpBetween
	}
	return f
}

func (e *entry) finished() Entry {
	for _, c := range e.claims {
		e.incident.Claims = append(e.incident.Claims, cairn.ClaimRef{Document: e.document.ID, N: c.N})
	}
	return Entry{Document: e.document, Claims: e.claims, Incident: e.incident, Notes: e.notes}
}
