// Package table reads lists of people from CSV files, as they are found: with
// headers in several languages, separators of several kinds, and rows that are
// broken. What is wrong is reported, what is not is read.
package table

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

//go:embed headers.tsv
var headersTable string

// headers is the kind of column that each header in normal form names.
var headers = sync.OnceValue(func() map[string]linkage.Kind {
	m := map[string]linkage.Kind{}
	for line := range strings.Lines(headersTable) {
		kind, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.SplitSeq(words, "|") {
			if n := names.Normal(word); m[n] == "" {
				m[n] = linkage.Kind(kind)
			}
		}
	}
	return m
})

// KindOf is what a header says its column holds; what is not recognised is
// text.
func KindOf(header string) linkage.Kind {
	if k, ok := headers()[names.Normal(header)]; ok {
		return k
	}
	return linkage.Text
}

// A Mapping says of headers what their columns hold, where that is not what
// [KindOf] says.
type Mapping map[string]linkage.Kind

// ParseMapping reads FIELD=HEADER pairs, FIELD one of [linkage.Kinds].
func ParseMapping(pairs []string) (Mapping, error) {
	m := Mapping{}
	for _, pair := range pairs {
		field, header, ok := strings.Cut(pair, "=")
		kind := linkage.Kind(strings.TrimSpace(field))
		if !ok || !known(kind) {
			return nil, fmt.Errorf("%q is no FIELD=HEADER with FIELD one of %s", pair, fields())
		}
		m[m.key(header)] = kind
	}
	return m, nil
}

func known(kind linkage.Kind) bool {
	for _, k := range linkage.Kinds {
		if k == kind {
			return true
		}
	}
	return false
}

func fields() string {
	all := make([]string, len(linkage.Kinds))
	for i, k := range linkage.Kinds {
		all[i] = string(k)
	}
	return strings.Join(all, ", ")
}

func (Mapping) key(header string) string { return names.Normal(header) }

// columns is what the headers of a file say.
func (m Mapping) columns(headers []string) []linkage.Column {
	columns := make([]linkage.Column, len(headers))
	for i, h := range headers {
		h = strings.TrimSpace(h)
		columns[i] = linkage.Column{Header: h, Kind: KindOf(h)}
		if kind, ok := m[m.key(h)]; ok {
			columns[i].Kind = kind
		}
	}
	return columns
}

// A Fault is what is wrong with one row of a file; the other rows are read.
type Fault struct {
	Line   int    // from 1, the header counted
	Field  string // the header of the column, empty where the whole row is meant
	Reason string
}

// Read reads a list. Its records are the rows of the file, counted from the
// first after the header: a row that cannot be read stands as one that states
// nothing, so that the numbers are those of the file. It fails where there is no
// header, or no column that tells people apart.
func Read(name string, r io.Reader, m Mapping) (*linkage.List, []Fault, error) {
	text := transform.NewReader(r, unicode.BOMOverride(transform.Nop))
	rows, err := newRows(text)
	if err != nil {
		return nil, nil, err
	}
	header, _, err := rows.next()
	if errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("the file is empty; its first row should name its columns")
	}
	if err != nil {
		return nil, nil, err
	}
	columns := m.columns(header)
	if !tells(columns) {
		return nil, nil, fmt.Errorf("no column tells people apart; name one with FIELD=HEADER, FIELD one of %s (the headers are %s)", fields(), strings.Join(header, ", "))
	}
	list := linkage.NewList(name, columns)
	var faults []Fault
	row := make([]string, len(columns))
	for {
		values, line, err := rows.next()
		if errors.Is(err, io.EOF) {
			return list, faults, nil
		}
		clear(row)
		faults = append(faults, fill(row, values, columns, line, err)...)
		if err := list.Add(row); err != nil {
			return nil, nil, err
		}
	}
}

// tells reports whether a column can tell people apart.
func tells(columns []linkage.Column) bool {
	for _, c := range columns {
		if c.Kind != linkage.Ignored && strings.TrimSpace(c.Header) != "" {
			return true
		}
	}
	return false
}

// fill fills row with the values that can be read, and reports the others.
func fill(row, values []string, columns []linkage.Column, line int, err error) (faults []Fault) {
	if err != nil {
		return []Fault{{Line: line, Reason: err.Error() + "; the row is not compared"}}
	}
	if len(values) > len(row) && strings.Join(values[len(row):], "") == "" {
		values = values[:len(row)]
	}
	if len(values) > len(row) {
		return []Fault{{Line: line, Reason: fmt.Sprintf("%d fields, and the header names %d; the row is not compared", len(values), len(row))}}
	}
	if len(values) < len(row) {
		faults = append(faults, Fault{line, columns[len(values)].Header, fmt.Sprintf("%d fields, and the header names %d; those from here on are taken as not stated", len(values), len(row))})
	}
	for i, v := range values {
		if !utf8.ValidString(v) {
			faults = append(faults, Fault{line, columns[i].Header, "is not UTF-8; taken as not stated"})
			continue
		}
		row[i] = v
	}
	return faults
}
