package recorder

import (
	"context"
	"fmt"
	"iter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/unpack"
)

// Links says how a table of links is read.
type Links struct {
	Columns  map[string]string // headers of fields, where they are none of the usual
	Sheet    string            // of a workbook; the first where empty
	DayFirst *bool             // how to read 03/04/2017; refused where nil
}

// ImportLinks brings in what tables of links (CSV or XLSX) lead to: the words
// that a row has itself, or else what stands at its address. The table is kept
// too. A row that is at fault is told with its line, and the rest goes on.
func (r *Recorder) ImportLinks(ctx context.Context, targets []string, given cairn.Given, links Links, p Progress) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	options := r.settings.Collect
	options.Given = given
	tables := options
	tables.MaxBytes = mostTable
	return r.importAll(ctx, func(yield func(collect.Item, error) bool) {
		for table, err := range collect.All(ctx, tables, targets...) {
			if err == nil && len(table.Bytes) == 0 {
				err = cairn.Invalid{File: table.Receipt.From, Field: string(table.Receipt.Outcome), Reason: fmt.Sprint("there is nothing in it ", table.Receipt.Note)}
			}
			table.Original = true
			if !yield(table, err) {
				return
			}
			if err != nil {
				continue
			}
			for item, err := range collect.Linked(ctx, options, links.pieces(table)) {
				if !yield(item, err) {
					return
				}
			}
		}
	}, p)
}

// pieces are what the rows of a table say.
func (l Links) pieces(table collect.Item) iter.Seq2[unpack.Piece, error] {
	return func(yield func(unpack.Piece, error) bool) {
		holder := unpack.Container{From: table.Receipt.From, Ref: table.Receipt.Ref, DayFirst: l.DayFirst}
		var sheet *unpack.Sheet
		for row, err := range read.Rows(table.Bytes, table.Receipt.Media, l.Sheet) {
			var piece unpack.Piece
			switch {
			case err != nil:
			case sheet == nil:
				if sheet, err = unpack.OpenSheet(holder, row, l.Columns); err == nil {
					continue
				}
			default:
				piece, err = sheet.Row(row)
			}
			if !yield(piece, inFile(err, table.Receipt.From)) || sheet == nil {
				return
			}
		}
	}
}
