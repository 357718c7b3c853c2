package capture

import (
	"encoding/csv"
	"io"
	"strconv"
)

// Write writes h as [Read] reads it, apart by its columns: a row a history of a
// stratum, with its count, in order. What is not known is empty.
func (h Histories) Write(w io.Writer) error {
	rows := csv.NewWriter(w)
	header := append(append(append([]string{}, h.By...), h.Lists...), "count")
	if err := rows.Write(header); err != nil {
		return err
	}
	for _, s := range h.Strata {
		for _, c := range s.Table.Cells {
			row := append([]string{}, s.Values...)
			for j := range h.Lists {
				on := "0"
				if c.History.On(j) {
					on = "1"
				}
				row = append(row, on)
			}
			if err := rows.Write(append(row, strconv.Itoa(c.Count))); err != nil {
				return err
			}
		}
	}
	rows.Flush()
	return rows.Error()
}
