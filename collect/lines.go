package collect

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/cairn-recorder/cairn"
)

// A line is the bytes of one line without its end, and its number from 1. The
// first line of a stream carries the blank lines before it as well.
type line struct {
	bytes  []byte
	number int
	long   bool // over the bound, and then bytes hold only its beginning
}

// firstLine reads r as far as tells whether it is lines of documents: its first
// line that is not blank is a JSON object with an id and a text. Where it is
// not, the line returned holds all that was read.
func (c *collector) firstLine(r *bufio.Reader) (first line, isLines bool, err error) {
	var blank []byte
	for number := 1; ; number++ {
		head, err := r.Peek(1)
		if err != nil || head[0] != '{' && head[0] != ' ' && head[0] != '\t' && head[0] != '\r' && head[0] != '\n' && head[0] != 0xEF {
			return line{bytes: blank}, false, unlessEnd(err)
		}
		raw, long, err := c.rawLine(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return line{}, false, err
		}
		blank = append(blank, raw...)
		text := bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\uFEFF")))
		if len(text) > 0 || long || int64(len(blank)) > c.MaxBytes {
			isLines := !long && checkDocument(text) == nil
			if isLines {
				blank = text
			}
			return line{bytes: blank, number: number}, isLines, nil
		}
		if errors.Is(err, io.EOF) {
			return line{bytes: blank}, false, nil
		}
	}
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// rawLine reads one line with its end. Of a line over the bound it returns just
// more than the bound, and leaves the rest unread.
func (c *collector) rawLine(r *bufio.Reader) (raw []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		raw = append(raw, part...)
		if int64(len(raw)) > c.MaxBytes {
			return raw, true, nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return raw, false, err
		}
	}
}

// lines yields first and then each further line of r. What is true of the whole
// stands in its receipt, and holds for every line.
func (c *collector) lines(whole cairn.Receipt, first line, r *bufio.Reader) bool {
	if !c.line(whole, first) {
		return false
	}
	for number := first.number + 1; ; number++ {
		if err := c.ctx.Err(); err != nil {
			c.fail(err)
			return false
		}
		raw, long, err := c.rawLine(r)
		if long && raw[len(raw)-1] != '\n' {
			err = pastLine(r)
		}
		if text := bytes.TrimSpace(raw); len(text) > 0 && !c.line(whole, line{text, number, long}) {
			return false
		}
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return c.fail(fmt.Errorf("collect %s: line %d: %w", whole.From, number, err))
		}
	}
}

// pastLine reads to the end of the line at hand without keeping it.
func pastLine(r *bufio.Reader) error {
	for {
		if _, err := r.ReadSlice('\n'); !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

func (c *collector) line(receipt cairn.Receipt, l line) bool {
	err := checkDocument(l.bytes)
	if l.long {
		err = cairn.Invalid{Field: "line", Reason: fmt.Sprintf("over the bound of %d bytes", c.MaxBytes)}
	}
	var invalid cairn.Invalid
	if errors.As(err, &invalid) {
		invalid.File, invalid.Line = receipt.From, l.number
		return c.yield(Item{Line: l.number}, invalid)
	}
	receipt.From = fmt.Sprintf("%s#%d", receipt.From, l.number)
	receipt.Media, receipt.Outcome = "application/json", cairn.Fetched
	receipt.Ref, receipt.Size = cairn.RefOf(l.bytes), int64(len(l.bytes))
	return c.yield(Item{Receipt: receipt, Bytes: l.bytes, Line: l.number}, nil)
}

// checkDocument says, as a cairn.Invalid, what keeps text from being a document
// of the contract.
func checkDocument(text []byte) error {
	var document *struct {
		ID   *string `json:"id"`
		Text *string `json:"text"`
	}
	err := json.Unmarshal(text, &document)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return cairn.Invalid{Field: wrong.Field, Reason: "want a string, not " + wrong.Value}
	case errors.As(err, &wrong):
		return cairn.Invalid{Field: "line", Reason: "want a JSON object, not " + wrong.Value}
	case err != nil:
		return cairn.Invalid{Field: "line", Reason: "no JSON object: " + err.Error()}
	case document == nil:
		return cairn.Invalid{Field: "line", Reason: "want a JSON object, not null"}
	case document.ID == nil || *document.ID == "":
		return cairn.Invalid{Field: "id", Reason: "is missing"}
	case document.Text == nil:
		return cairn.Invalid{Field: "text", Reason: "is missing"}
	}
	return nil
}
