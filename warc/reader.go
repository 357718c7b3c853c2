package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strconv"
	"strings"
)

// mostHeader is the most bytes of the header of a record or of an HTTP message,
// and mostLine of one line of it.
const (
	mostHeader = 1 << 20
	mostLine   = 256 << 10
)

var (
	packedMark = []byte{0x1f, 0x8b, 0x08}
	recordMark = []byte("WARC/")
)

// Is reports whether head is the beginning of a WARC file, packed or not. A few
// hundred bytes are enough.
func Is(head []byte) bool {
	if bytes.HasPrefix(head, packedMark) {
		return beginsRecord(head)
	}
	return bytes.HasPrefix(head, recordMark)
}

// beginsRecord reports whether a gzip member that begins with head holds a
// record.
func beginsRecord(head []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	mark := make([]byte, len(recordMark))
	_, err = io.ReadFull(z, mark)
	return err == nil && bytes.Equal(mark, recordMark)
}

// A Reader reads the records of a file one after another.
type Reader struct {
	file   *counter
	member *gzip.Reader // nil in a file that is not packed
	text   *bufio.Reader
	begun  bool
	packed bool
	offset int64 // of the record at hand
	last   *Record
	lost   bool // behind a fault that left no next record in sight
}

// NewReader returns a Reader of the file that r reads.
func NewReader(r io.Reader) *Reader {
	return &Reader{file: &counter{in: bufio.NewReaderSize(r, 64<<10)}}
}

// counter counts what was taken from a file. It hands out single bytes, so that
// unpacking never reads past the end of a member.
type counter struct {
	in *bufio.Reader
	n  int64
}

// Read reads as io.Reader does.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte reads as io.ByteReader does.
func (c *counter) ReadByte() (byte, error) {
	b, err := c.in.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

func (c *counter) skip(n int) {
	n, _ = c.in.Discard(n)
	c.n += int64(n)
}

// Next returns the next record, io.EOF behind the last. A Fault stands for what
// cannot be read; Next then goes on behind it. Any other error is of the reader
// below, and final.
func (r *Reader) Next() (*Record, error) {
	if !r.begun {
		r.begun = true
		head, _ := r.file.in.Peek(len(packedMark))
		r.packed = bytes.Equal(head, packedMark)
		if !r.packed {
			r.text = bufio.NewReaderSize(r.file, 64<<10)
		}
	}
	if err := r.finish(); err != nil {
		return nil, r.told(err)
	}
	if err := r.seek(); err != nil {
		return nil, r.told(err)
	}
	record, err := r.header()
	if err != nil {
		return nil, r.told(err)
	}
	r.last = record
	return record, nil
}

// told turns an error of unpacking into a Fault, since the file is at fault.
func (r *Reader) told(err error) error {
	switch {
	case errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return io.EOF
	case errors.As(err, new(Fault)):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		r.lost = true
		return Fault{r.offset, "the file is cut short"}
	case isCorrupt(err):
		r.lost = true
		return Fault{r.offset, "cannot be unpacked: " + err.Error()}
	}
	return err
}

func isCorrupt(err error) bool {
	return errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || strings.HasPrefix(err.Error(), "flate: ")
}

// finish passes over what is left of the record at hand.
func (r *Reader) finish() error {
	last := r.last
	r.last = nil
	if last == nil {
		return nil
	}
	_, err := io.Copy(io.Discard, last.block)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		missing := last.block.left
		r.lost = !r.packed || r.member == nil
		return Fault{last.Offset, "the record is cut short: " + strconv.FormatInt(missing, 10) + " of its " + strconv.FormatInt(last.Size, 10) + " bytes are missing"}
	}
	return err
}

// header reads the header of the record that now begins.
func (r *Reader) header() (*Record, error) {
	line, err := readLine(r.text)
	if err != nil {
		return nil, err
	}
	version, ok := strings.CutPrefix(line, string(recordMark))
	if !ok {
		r.lost = true
		return nil, Fault{r.offset, "no record begins here"}
	}
	header, err := readFields(r.text)
	if err != nil {
		if errors.As(err, new(malformed)) {
			r.lost = true
			return nil, Fault{r.offset, err.Error()}
		}
		return nil, unexpected(err)
	}
	size, err := strconv.ParseInt(header.Get(LengthField), 10, 64)
	if err != nil || size < 0 {
		r.lost = true
		return nil, Fault{r.offset, "the record does not say how long it is: Content-Length " + strconv.Quote(header.Get(LengthField))}
	}
	record := &Record{Version: strings.TrimSpace(version), Header: header, Offset: r.offset, Size: size}
	record.block = newBlock(r.text, record)
	return record, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// malformed is why a header cannot be read.
type malformed string

// Error is the reason.
func (m malformed) Error() string { return string(m) }

// readLine reads one line without its end.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > mostLine {
			return "", malformed("a line of the header has more than 256 KiB")
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !(errors.Is(err, io.EOF) && len(line) > 0) {
			return "", err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// readFields reads fields up to a blank line. A line that begins with a space
// goes on with the one before it.
func readFields(r *bufio.Reader) (Header, error) {
	var header Header
	size := 0
	for {
		line, err := readLine(r)
		if err != nil {
			return header, err
		}
		if line == "" {
			return header, nil
		}
		if size += len(line); size > mostHeader {
			return header, malformed("the header has more than 1 MiB")
		}
		if line[0] == ' ' || line[0] == '\t' {
			if len(header) > 0 {
				header[len(header)-1].Value += " " + strings.TrimSpace(line)
			}
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue // servers send such lines, and a record keeps what was sent
		}
		header = append(header, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
}

// End passes over what is left of the record at hand and returns the offset
// behind it, which is that of the next where the file holds nothing else. Of
// several records in one gzip member it is that of the file as far as it was
// read.
func (r *Reader) End() (int64, error) {
	if err := r.finish(); err != nil {
		return r.file.n, r.told(err)
	}
	if err := skipBlank(r.text); err != nil && !errors.Is(err, io.EOF) {
		return r.file.n, r.told(err)
	}
	if r.packed {
		return r.file.n, nil
	}
	return r.position(), nil
}
