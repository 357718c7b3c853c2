package read

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/cairn-recorder/cairn"
)

// The bounds of a workbook: a small file can unpack to a very large one.
const (
	mostWorkbook = 2 << 30
	mostSheet    = 64 << 20 // of one sheet in memory; more goes to the disk
)

// days as a workbook shows them, so that no day is read as a month.
var workbookOptions = excelize.Options{
	UnzipSizeLimit: mostWorkbook, UnzipXMLSizeLimit: mostSheet,
	ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
}

// workbook yields the rows of a sheet. A cell that is merged over several
// stands in each of them.
func workbook(content []byte, sheet string) iter.Seq2[cairn.Row, error] {
	return func(yield func(cairn.Row, error) bool) {
		f, err := excelize.OpenReader(bytes.NewReader(content), workbookOptions)
		if err != nil {
			yield(cairn.Row{}, cairn.Invalid{Field: "workbook", Reason: fmt.Sprint("cannot be read: ", err)})
			return
		}
		defer f.Close()
		sheets := f.GetSheetList()
		if sheet == "" && len(sheets) > 0 {
			sheet = sheets[0]
		}
		if !slices.Contains(sheets, sheet) {
			yield(cairn.Row{}, cairn.Invalid{Field: "sheet", Reason: fmt.Sprintf("there is no %q; the workbook has %s", sheet, strings.Join(sheets, ", "))})
			return
		}
		if err := sheetRows(f, sheet, yield); err != nil {
			yield(cairn.Row{}, cairn.Invalid{Field: "sheet", Reason: fmt.Sprint("cannot be read: ", err)})
		}
	}
}

func sheetRows(f *excelize.File, sheet string, yield func(cairn.Row, error) bool) error {
	merged, err := mergedOf(f, sheet)
	if err != nil {
		return err
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for line, number := 1, 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		cells = merged.fill(line, cells)
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		at := make([]int, len(cells))
		for i := range at {
			at[i] = -1
		}
		if !yield(cairn.Row{Number: number, Line: line, Cells: cells, At: at}, nil) {
			return nil
		}
		number++
	}
	return rows.Error()
}

// merged is the values of merged cells, by the row and column of each.
type merged map[int]map[int]string

func mergedOf(f *excelize.File, sheet string) (merged, error) {
	areas, err := f.GetMergeCells(sheet)
	if err != nil {
		return nil, err
	}
	m := merged{}
	for _, a := range areas {
		left, top, errStart := excelize.CellNameToCoordinates(a.GetStartAxis())
		right, bottom, errEnd := excelize.CellNameToCoordinates(a.GetEndAxis())
		if errStart != nil || errEnd != nil || (right-left+1)*(bottom-top+1) > mostCells {
			continue
		}
		for row := top; row <= bottom; row++ {
			if m[row] == nil {
				m[row] = map[int]string{}
			}
			for column := left; column <= right; column++ {
				m[row][column] = a.GetCellValue()
			}
		}
	}
	return m, nil
}

// fill returns the cells of a row with what is merged into them.
func (m merged) fill(line int, cells []string) []string {
	for column, value := range m[line] {
		for len(cells) < column {
			cells = append(cells, "")
		}
		if cells[column-1] == "" {
			cells[column-1] = value
		}
	}
	return cells
}
