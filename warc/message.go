package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// A Message is the HTTP message that a record of type response, request or
// revisit holds.
type Message struct {
	Line   string // the first line, as it was sent
	Status int    // of a response; 0 for a request
	Header Header
	Body   io.Reader // as it was sent, with its transfer coding undone

	stored io.Reader // as it stands in the record
}

func (r *Record) isHTTP() bool {
	media := r.Media()
	return media == "application/http" || media == "" && (r.Type() == Response || r.Type() == Request)
}

// Message reads the head of the HTTP message of the record. It is a Fault where
// the record holds none, or one without a head.
func (r *Record) Message() (*Message, error) {
	if r.message != nil || r.broken != nil {
		return r.message, r.broken
	}
	r.message, r.broken = r.readMessage()
	return r.message, r.broken
}

func (r *Record) readMessage() (*Message, error) {
	if !r.isHTTP() {
		return nil, Fault{r.Offset, "the record holds no HTTP message but " + strconv.Quote(r.Header.Get(MediaField))}
	}
	text := bufio.NewReaderSize(r.block, 16<<10)
	line, err := readLine(text)
	if err != nil {
		return nil, r.headless(err)
	}
	m := &Message{Line: line}
	if version, rest, _ := strings.Cut(line, " "); strings.HasPrefix(version, "HTTP/") {
		code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if m.Status, err = strconv.Atoi(code); err != nil {
			return nil, Fault{r.Offset, "the HTTP message begins with no status: " + strconv.Quote(line)}
		}
	} else if r.Type() != Request {
		return nil, Fault{r.Offset, "the HTTP message begins with no status: " + strconv.Quote(line[:min(len(line), 80)])}
	}
	if m.Header, err = readFields(text); err != nil && !errors.Is(err, io.EOF) {
		return nil, r.headless(err)
	}
	m.stored = io.TeeReader(text, r.block.stored)
	m.Body = m.stored
	if strings.Contains(strings.ToLower(m.Header.Get("Transfer-Encoding")), "chunked") {
		m.Body = dechunked(m.Body)
	}
	m.Body = io.TeeReader(m.Body, r.block.undone)
	return m, nil
}

func (r *Record) headless(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, new(malformed)) {
		return Fault{r.Offset, "the HTTP message has no head: " + err.Error()}
	}
	return err
}

// dechunked undoes the chunks of r. Some tools undo them before they write and
// leave the header as it was; what is not in chunks passes as it is.
func dechunked(r io.Reader) io.Reader {
	text := bufio.NewReader(r)
	head, _ := text.Peek(32)
	size, _, found := bytes.Cut(head, []byte("\n"))
	size, _, _ = bytes.Cut(bytes.TrimSpace(size), []byte(";"))
	if _, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 32); err != nil || !found {
		return text
	}
	return httputil.NewChunkedReader(text)
}

// Decoded returns the body with its content coding undone, a coding of which
// nothing is to be seen in the bytes taken for undone already. A coding that is
// not known is an error.
func (m *Message) Decoded() (io.Reader, error) {
	body := m.Body
	codings := strings.Split(strings.ToLower(m.Header.Get("Content-Encoding")), ",")
	for i := len(codings) - 1; i >= 0; i-- {
		undone, err := undo(strings.TrimSpace(codings[i]), body)
		if err != nil {
			return nil, err
		}
		body = undone
	}
	return body, nil
}

func undo(coding string, r io.Reader) (io.Reader, error) {
	if coding == "" || coding == "identity" || coding == "none" {
		return r, nil
	}
	text := bufio.NewReader(r)
	head, _ := text.Peek(4)
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(head, packedMark[:2]) {
			return text, nil
		}
		return gzip.NewReader(text)
	case "deflate":
		if len(head) >= 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(text)
		}
		return flate.NewReader(text), nil
	case "br":
		return brotli.NewReader(text), nil
	case "zstd":
		if !bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			return text, nil
		}
		unpacked, err := zstd.NewReader(text, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, err
		}
		return unpacked, nil
	}
	return nil, fmt.Errorf("packed as %q, which is not known", coding)
}
