package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"

	"github.com/cairn-recorder/cairn"
)

var (
	mboxFrom   = regexp.MustCompile(`^From \S+ .*\d{4}|^From - .*\d{4}|^From \S+@\S+`)
	mboxHeader = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:`)
	quotedFrom = regexp.MustCompile(`(?m)^>(>*From )`)
)

// isMbox reports whether a text is a mailbox: a line "From " with an address or
// a date, and a header behind it.
func isMbox(head []byte) bool {
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	return ok && mboxFrom.Match(line) && mboxHeader.Match(rest)
}

// mbox hands over the messages of a mailbox. The bytes of each are those that
// stand in it, but for the mark before lines that begin as a new message would.
func (c Container) mbox(yield func(Piece, error) bool) bool {
	r := bufio.NewReaderSize(c.stream(), 64<<10)
	var letter bytes.Buffer
	n, start, at, line, first, blank, whole := 0, 0, 0, 0, 0, true, true
	flush := func() bool {
		if n == 0 {
			return true
		}
		within := cairn.Within{Ref: c.Ref, Kind: Mbox, Path: c.path, ID: strconv.Itoa(n), Line: first, Span: &cairn.Span{Start: start, End: at}}
		p := Piece{From: c.From + "#" + strconv.Itoa(n), Within: within}
		if size := int64(at - start); size > c.MaxBytes {
			p.TooLarge = size
			return yield(p, nil)
		}
		p.Bytes = quotedFrom.ReplaceAll(bytes.TrimRight(letter.Bytes(), "\r\n"), []byte("$1"))
		if len(p.Bytes) == 0 {
			return yield(Piece{}, c.invalid(first, "message", "is empty"))
		}
		return yield(p, nil) && c.attached(p.Bytes, within, yield)
	}
	for {
		part, err := r.ReadSlice('\n')
		ends := err == nil || errors.Is(err, io.EOF)
		if whole {
			line++
			if blank && mboxFrom.Match(part) && ends {
				if !flush() {
					return false
				}
				letter.Reset()
				n++
				at += len(part)
				start, first, blank = at, line+1, false
				continue
			}
			blank = len(bytes.TrimRight(part, "\r\n")) == 0
		}
		if int64(letter.Len()) <= c.MaxBytes {
			letter.Write(part)
		}
		at += len(part)
		whole = ends
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return yield(Piece{}, fmt.Errorf("unpack %s: %w", c.From, err))
		}
	}
}
