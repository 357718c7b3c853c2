package survey

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// table returns the rows of a file of a header and values parted by commas,
// semicolons or tabs.
func (s *Survey) table(file string, content []byte) ([]row, error) {
	if !utf8.Valid(content) {
		return nil, cairn.Invalid{File: file, Line: lineOf(content, badByte(content)), Reason: "is no text in UTF-8; save it so"}
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(content), -1, true
	headers, err := r.Read()
	if err != nil {
		return nil, cairn.Invalid{File: file, Line: 1, Reason: "has no row of headers"}
	}
	headers = append([]string{}, headers...)
	for i, h := range headers {
		headers[i] = strings.TrimSpace(h)
	}
	for field, h := range s.options.Columns {
		if !has(headers, h) {
			return nil, cairn.Invalid{File: file, Line: 1, Field: field, Reason: "there is no column " + h + "; there is " + strings.Join(headers, ", ")}
		}
	}
	var rows []row
	f := formOf(headers, s.options.Columns)
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, s.fit(file, headers, f)
		}
		if err != nil {
			var fault *csv.ParseError
			if errors.As(err, &fault) {
				s.faults = append(s.faults, cairn.Invalid{File: file, Line: fault.StartLine, Field: "column " + strconv.Itoa(fault.Column), Reason: fault.Err.Error()})
				continue
			}
			return nil, cairn.Invalid{File: file, Reason: err.Error()}
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, row{file: file, line: line, headers: headers, cells: byHeader(headers, cells), form: f})
	}
}

// fit refuses a table in which no column can be a name.
func (s *Survey) fit(file string, headers []string, f *form) error {
	for _, field := range f.fields {
		if field == "name" {
			return nil
		}
	}
	if len(f.tongues) > 0 || len(f.levels) > 0 {
		return nil
	}
	return cairn.Hint{
		Err:  cairn.Invalid{File: file, Line: 1, Field: "name", Reason: "no column is known for the name; there is " + strings.Join(headers, ", ")},
		Hint: "say which with --columns name=HEADER; the fields are " + strings.Join(Fields, ", ") + ", and names.ar and its like",
	}
}

func has(headers []string, h string) bool {
	for _, one := range headers {
		if one == h {
			return true
		}
	}
	return false
}

func byHeader(headers, cells []string) map[string]string {
	out := make(map[string]string, len(headers))
	for i, h := range headers {
		if i < len(cells) && cells[i] != "" {
			out[h] = cells[i]
		}
	}
	return out
}

// separator returns the sign that stands most often in the first line.
func separator(content []byte) rune {
	first, _, _ := bytes.Cut(content, []byte("\n"))
	best := ','
	for _, c := range ";\t|" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func badByte(content []byte) int {
	for i := 0; i < len(content); {
		c, n := utf8.DecodeRune(content[i:])
		if c == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return 0
}

func lineOf(content []byte, at int) int {
	return 1 + bytes.Count(content[:min(max(at, 0), len(content))], []byte("\n"))
}
