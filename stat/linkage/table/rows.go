package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
)

// rows is the rows of a file, whatever they are separated by.
type rows struct{ csv *csv.Reader }

// newRows looks at the first line for what separates its fields: comma,
// semicolon, tab or bar, whichever is there most.
func newRows(r io.Reader) (*rows, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	head, err := b.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	c := csv.NewReader(b)
	c.FieldsPerRecord, c.ReuseRecord = -1, true
	most := 0
	for _, separator := range []rune{',', ';', '\t', '|'} {
		if n := bytes.Count(first, []byte(string(separator))); n > most {
			c.Comma, most = separator, n
		}
	}
	return &rows{csv: c}, nil
}

// next is the next row and the line it begins on. A row that is no CSV is an
// error, and the one after it can be read.
func (r *rows) next() ([]string, int, error) {
	values, err := r.csv.Read()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return nil, bad.StartLine, bad.Err
	case err != nil:
		return nil, 0, err
	}
	line, _ := r.csv.FieldPos(0)
	return values, line, nil
}
