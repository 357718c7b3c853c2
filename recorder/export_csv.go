package recorder

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// csv writes t as comma-separated values; with tags as HXL, whose second row has
// the hashtags of the columns (hxlstandard.org, 1.1).
func (t exportTable) csv(tags bool) func(context.Context, io.Writer) error {
	return func(ctx context.Context, out io.Writer) error {
		w := csv.NewWriter(out)
		var head, second []string
		for _, c := range t.columns {
			head, second = append(head, c.name), append(second, c.hxl)
		}
		w.Write(head) // what fails here fails in the rows or in Flush
		if tags {
			w.Write(second)
		}
		err := t.rows(ctx, func(row []any) error {
			cells := make([]string, len(row))
			for i, value := range row {
				cells[i] = cell(value)
			}
			return w.Write(cells)
		})
		w.Flush()
		if err == nil {
			err = w.Error()
		}
		return err
	}
}

// cell writes a value; one that is unknown is blank, and words from outside get
// a mark where a program that opens the table would take them for a formula.
func cell(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	s := fmt.Sprint(value)
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
