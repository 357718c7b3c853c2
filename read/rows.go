package read

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/cairn-recorder/cairn"
)

// Rows yields the rows of a table one after another, the header first: of comma-,
// semicolon- or tab-separated values in any character set that a page may have,
// of a sheet of an XLSX workbook (the first where sheet is ""), or of the table
// that the pages of a PDF show, where its words are there. Blank rows
// are passed over. What keeps the bytes from being a table is a [cairn.Invalid]
// that names the line, and ends the rows.
func Rows(content []byte, contentType, sheet string) iter.Seq2[cairn.Row, error] {
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return workbook(content, sheet)
	}
	if bytes.HasPrefix(content, []byte("%PDF-")) {
		return pdfRows(content)
	}
	return func(yield func(cairn.Row, error) bool) {
		l := decode(content, contentType)
		r := csv.NewReader(bytes.NewReader(l.text))
		if r.Comma = ','; separator(l.text) != 0 {
			r.Comma = separator(l.text)
		}
		r.FieldsPerRecord = -1
		r.LazyQuotes = true
		lines := lineStarts(l.text)
		for number := 1; ; number++ {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(cairn.Row{}, badTable(err))
				return
			}
			if !yield(l.row(number, cells, lines, r), nil) {
				return
			}
		}
	}
}

func badTable(err error) error {
	var wrong *csv.ParseError
	if errors.As(err, &wrong) {
		return cairn.Invalid{Line: wrong.Line, Field: "row", Reason: wrong.Err.Error()}
	}
	return cairn.Invalid{Field: "row", Reason: fmt.Sprint("cannot be read: ", err)}
}

// row returns the row that r read last, each cell placed in the original.
func (l layer) row(number int, cells []string, lines []int, r *csv.Reader) cairn.Row {
	row := cairn.Row{Number: number, Cells: cells, At: make([]int, len(cells))}
	for i := range cells {
		line, column := r.FieldPos(i)
		if i == 0 {
			row.Line = line
		}
		at := lines[line-1] + column - 1
		if at < len(l.text) && l.text[at] == '"' {
			at++
		}
		row.At[i] = l.original(at)
	}
	return row
}
