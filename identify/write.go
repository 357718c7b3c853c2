package identify

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteHistories writes capture histories as comma-separated values, as
// stat/capture reads them: a column draw where linkages were drawn, the strata, a
// column of 0 and 1 a list, and the count.
func WriteHistories(out io.Writer, all []Histories, drawn bool) error {
	rows := csv.NewWriter(out)
	header := append(append([]string{}, all[0].Strata...), all[0].Lists...)
	if drawn {
		header = append([]string{"draw"}, header...)
	}
	if err := rows.Write(append(header, "count")); err != nil {
		return err
	}
	for _, h := range all {
		for _, row := range h.Rows {
			if err := rows.Write(row.cells(drawn)); err != nil {
				return err
			}
		}
	}
	rows.Flush()
	return rows.Error()
}

func (h History) cells(drawn bool) []string {
	var cells []string
	if drawn {
		cells = append(cells, strconv.Itoa(h.Draw))
	}
	cells = append(cells, h.Values...)
	for _, on := range h.On {
		cells = append(cells, map[bool]string{false: "0", true: "1"}[on])
	}
	return append(cells, strconv.Itoa(h.Count))
}
