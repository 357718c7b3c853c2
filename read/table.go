package read

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"

	"github.com/cairn-recorder/cairn"
)

// mostCells is the most cells that are read of one table.
const mostCells = 1 << 20

// table reads comma- or tab-separated values: a line of text for each row, with
// ", " between its cells.
func table(l layer) cairn.Document {
	lines := lineStarts(l.text)
	r := csv.NewReader(bytes.NewReader(l.text))
	r.Comma = separator(l.text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	w := writer{layer: l}
	for row := 1; ; row++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			w.fault(cairn.Broken, err.Error())
			break
		}
		if len(w.cells) >= mostCells {
			w.fault(cairn.TooMuch, "only the first "+plural(row-1, "row was", "rows were")+" read")
			break
		}
		if row > 1 {
			w.gap("\n")
		}
		for column, field := range fields {
			if column > 0 {
				w.gap(", ")
			}
			line, at := r.FieldPos(column)
			start := len(w.text)
			w.field(field, lines[line-1]+at-1)
			if len(w.text) > start {
				w.cells = append(w.cells, cairn.Cell{Span: cairn.Span{Start: start, End: len(w.text)}, Table: 1, Row: row, Column: column + 1})
			}
		}
	}
	return w.document(mediumTable)
}

// field writes a cell whose bytes begin at offset at, its quotation marks left
// out.
func (w *writer) field(value string, at int) {
	if at < len(w.layer.text) && w.layer.text[at] == '"' {
		at++
	}
	if end := at + len(value); end <= len(w.layer.text) && string(w.layer.text[at:end]) == value {
		w.words(at, end)
		return
	}
	w.say(collapse(value), at)
}

func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, b := range text {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
