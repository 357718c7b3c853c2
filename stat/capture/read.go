package capture

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// An Invalid is a fault of a file of histories that a person can correct.
type Invalid struct {
	Line   int    // from 1; 0 where the file as a whole is meant
	Field  string // the column's header; empty where the line as a whole is meant
	Reason string
}

// Error writes where the fault is, and what.
func (i Invalid) Error() string {
	s := ""
	if i.Line > 0 {
		s = fmt.Sprintf("line %d: ", i.Line)
	}
	if i.Field != "" {
		s += i.Field + ": "
	}
	return s + i.Reason
}

// A Stratum is the table of the members that share the values of some columns.
// An empty value is one that is not known.
type Stratum struct {
	Values []string
	Table  Table
}

// Histories are a file of capture histories, apart by the columns By.
type Histories struct {
	Lists, By []string
	Strata    []Stratum // in order of their values; one without values where By is empty
}

// Table is the table of all strata together.
func (h Histories) Table() Table {
	var cells []Cell
	for _, s := range h.Strata {
		cells = append(cells, s.Table.Cells...)
	}
	return NewTable(h.Lists, cells)
}

// mostCount keeps sums of counts whole numbers that a float64 holds exactly.
const mostCount = 1e12

// Read reads histories as comma-separated values under a header: one column of
// 0 and 1 a list, and either a column count or one row a member. Columns named
// in by make strata; in these an empty value, NA or "unknown" is one that is
// not known. Other columns are summed over. Every error of the file is an
// [Invalid].
func Read(r io.Reader, by ...string) (Histories, error) {
	sheet, err := readSheet(r)
	if err != nil {
		return Histories{}, err
	}
	if err := sheet.sort(by); err != nil {
		return Histories{}, err
	}
	return sheet.histories()
}

// A sheet is a file of histories with its columns told apart.
type sheet struct {
	header []string
	rows   [][]string
	lines  []int // of each row

	count     int // the column of counts; -1 where a row is a member
	lists, by []int
	others    []int // summed over
}

func readSheet(r io.Reader) (*sheet, error) {
	reader := csv.NewReader(r)
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	s := &sheet{count: -1}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			return nil, Invalid{Line: fault.Line, Reason: fault.Err.Error()}
		}
		if err != nil {
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		if s.header == nil {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			s.header = trimmed(row)
			continue
		}
		if len(row) != len(s.header) {
			return nil, Invalid{Line: line, Reason: fmt.Sprintf("has %d fields, the header %d", len(row), len(s.header))}
		}
		s.rows, s.lines = append(s.rows, trimmed(row)), append(s.lines, line)
	}
	if s.header == nil {
		return nil, Invalid{Reason: "is empty; a header with one column a list is needed"}
	}
	if len(s.rows) == 0 {
		return nil, Invalid{Reason: "has a header and no rows"}
	}
	return s, nil
}

func trimmed(row []string) []string {
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	return row
}

// sort tells the columns apart: counts, lists, strata, and those to sum over.
func (s *sheet) sort(by []string) error {
	for i, name := range s.header {
		if name == "" {
			return Invalid{Line: 1, Reason: fmt.Sprintf("column %d has no name", i+1)}
		}
		if slices.Index(s.header, name) < i {
			return Invalid{Line: 1, Field: name, Reason: "names two columns"}
		}
		switch {
		case slices.Contains(by, name):
		case strings.EqualFold(name, "count"):
			s.count = i
		default:
			list, err := s.isList(i)
			if err != nil {
				return err
			}
			if list {
				s.lists = append(s.lists, i)
			} else {
				s.others = append(s.others, i)
			}
		}
	}
	for _, name := range by {
		i := slices.Index(s.header, name)
		if i < 0 {
			return Invalid{Line: 1, Field: name, Reason: "is no column of this file, which has " + strings.Join(s.header, ", ")}
		}
		s.by = append(s.by, i)
	}
	switch n := len(s.lists); {
	case n < 2:
		return Invalid{Line: 1, Reason: fmt.Sprintf("%d columns hold only 0 and 1; two lists are the least that can overlap", n)}
	case n > MostLists:
		return Invalid{Line: 1, Reason: fmt.Sprintf("%d lists; %d are the most: merge lists that come from one maker", n, MostLists)}
	}
	return nil
}

// isList reports whether the column at i holds 0 and 1. One of which most rows
// do and some do not is a list with a fault.
func (s *sheet) isList(i int) (bool, error) {
	good, bad := 0, -1
	for k, row := range s.rows {
		if row[i] == "0" || row[i] == "1" {
			good++
		} else if bad < 0 {
			bad = k
		}
	}
	if bad < 0 {
		return true, nil
	}
	if 2*good < len(s.rows) || good == 0 {
		return false, nil
	}
	return false, Invalid{Line: s.lines[bad], Field: s.header[i], Reason: fmt.Sprintf("%q is neither 0 nor 1, which the other rows of this list are", s.rows[bad][i])}
}

// histories counts the rows.
func (s *sheet) histories() (Histories, error) {
	h := Histories{}
	for _, i := range s.lists {
		h.Lists = append(h.Lists, s.header[i])
	}
	for _, i := range s.by {
		h.By = append(h.By, s.header[i])
	}
	cells, values, seen := map[string][]Cell{}, map[string][]string{}, map[string]int{}
	total := 0
	for k, row := range s.rows {
		cell, err := s.cell(k)
		if err != nil {
			return h, err
		}
		if total += cell.Count; total > mostCount {
			return h, Invalid{Line: s.lines[k], Field: "count", Reason: "the counts add up to more than can be people"}
		}
		if s.count >= 0 {
			id := key(s.choose(row, s.lists)) + key(s.choose(row, s.by)) + key(s.choose(row, s.others))
			if first := seen[id]; first > 0 {
				return h, Invalid{Line: s.lines[k], Reason: fmt.Sprintf("has the same history as line %d, and no other column tells them apart", first)}
			}
			seen[id] = s.lines[k]
		}
		stratum := s.choose(row, s.by)
		for i, v := range stratum {
			if strings.EqualFold(v, "NA") || strings.EqualFold(v, "unknown") {
				stratum[i] = ""
			}
		}
		cells[key(stratum)], values[key(stratum)] = append(cells[key(stratum)], cell), stratum
	}
	for k, c := range cells {
		h.Strata = append(h.Strata, Stratum{values[k], NewTable(h.Lists, c)})
	}
	slices.SortFunc(h.Strata, func(a, b Stratum) int { return slices.Compare(a.Values, b.Values) })
	if total == 0 {
		return h, Invalid{Field: "count", Reason: "every count is 0"}
	}
	return h, nil
}

// cell is what row k counts.
func (s *sheet) cell(k int) (Cell, error) {
	c, row := Cell{Count: 1}, s.rows[k]
	for j, i := range s.lists {
		if row[i] == "1" {
			c.History |= 1 << j
		}
	}
	if s.count >= 0 {
		n, err := strconv.ParseInt(row[s.count], 10, 64)
		if err != nil || n < 0 || n > mostCount {
			return c, Invalid{Line: s.lines[k], Field: s.header[s.count], Reason: fmt.Sprintf("want a whole number of people, 0 or more, not %q", row[s.count])}
		}
		c.Count = int(n)
	}
	if c.History == 0 && c.Count > 0 {
		return c, Invalid{Line: s.lines[k], Reason: "counts people that are on no list, and their number is what is asked"}
	}
	return c, nil
}

func (s *sheet) choose(row []string, columns []int) []string {
	values := make([]string, len(columns))
	for k, i := range columns {
		values[k] = row[i]
	}
	return values
}

// key joins values so that different values give different keys.
func key(values []string) string {
	k := ""
	for _, v := range values {
		k += strconv.Quote(v) + ","
	}
	return k + ";"
}
