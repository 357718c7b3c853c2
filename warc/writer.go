package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A Writer writes records of WARC 1.1.
type Writer struct {
	out    *counting
	packed bool
	info   string // the identifier of the warcinfo record that was written last
}

// NewWriter returns a Writer to w. Where packed, each record is a gzip member of
// its own, as readers that jump to a record need it.
func NewWriter(w io.Writer, packed bool) *Writer {
	return &Writer{out: &counting{out: w}, packed: packed}
}

type counting struct {
	out io.Writer
	n   int64
}

// Write writes as io.Writer does.
func (c *counting) Write(p []byte) (int, error) {
	n, err := c.out.Write(p)
	c.n += int64(n)
	return n, err
}

// A Placed is where a record was written, and under which names.
type Placed struct {
	Offset, Length int64 // in the file, packed where the file is
	ID             string
	PayloadDigest  string
}

// Write writes one record: its header, and the block that is read twice, once to
// be hashed. The header must name type and date. Length and digests are set
// here, and so is an identifier where there is none, made from what the record
// holds.
func (w *Writer) Write(header Header, block io.ReadSeeker) (Placed, error) {
	if header.Get(TypeField) == "" || header.Get(DateField) == "" {
		return Placed{}, fmt.Errorf("write record of %q: it needs a type and a date", header.Get(TargetField))
	}
	m, err := measured(header, block)
	if err != nil {
		return Placed{}, fmt.Errorf("write record of %q: %w", header.Get(TargetField), err)
	}
	header = w.completed(header, m)
	placed := Placed{Offset: w.out.n, ID: bare(header.Get(IDField)), PayloadDigest: header.Get(PayloadDigestField)}
	if _, err := block.Seek(0, io.SeekStart); err != nil {
		return Placed{}, err
	}
	if err := w.put(header, block, m.size); err != nil {
		return Placed{}, fmt.Errorf("write record of %q: %w", header.Get(TargetField), err)
	}
	placed.Length = w.out.n - placed.Offset
	return placed, nil
}

// WriteBytes writes one record whose block is at hand.
func (w *Writer) WriteBytes(header Header, block []byte) (Placed, error) {
	return w.Write(header, bytes.NewReader(block))
}

// Info writes the warcinfo record that says how the file came about; the records
// behind it refer to it.
func (w *Writer) Info(at time.Time, filename string, fields Header) (Placed, error) {
	var block bytes.Buffer
	for _, f := range fields {
		fmt.Fprintf(&block, "%s: %s\r\n", f.Name, oneLine(f.Value))
	}
	header := Header{{TypeField, Info}, {DateField, at.UTC().Format(time.RFC3339Nano)}, {MediaField, "application/warc-fields"}}
	if filename != "" {
		header = append(header, Field{FilenameField, filename})
	}
	placed, err := w.WriteBytes(header, block.Bytes())
	w.info = placed.ID
	return placed, err
}

func (w *Writer) put(header Header, block io.Reader, size int64) error {
	out := io.Writer(w.out)
	var pack *gzip.Writer
	if w.packed {
		pack = gzip.NewWriter(w.out)
		out = pack
	}
	head := bufio.NewWriter(out)
	head.WriteString("WARC/1.1\r\n")
	for _, f := range header {
		fmt.Fprintf(head, "%s: %s\r\n", f.Name, oneLine(f.Value))
	}
	head.WriteString("\r\n")
	if err := head.Flush(); err != nil {
		return err
	}
	n, err := io.Copy(out, block)
	if err == nil && n != size {
		err = fmt.Errorf("the block had %d bytes and now has %d", size, n)
	}
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, "\r\n\r\n"); err != nil {
		return err
	}
	if pack != nil {
		return pack.Close()
	}
	return nil
}

// oneLine keeps a value from ending the header early.
func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(s)
}

// measures are what a first reading of a block tells.
type measures struct {
	size           int64
	block, payload string
}

// measured reads a block once. The payload of an HTTP message begins behind its
// head; that of any other record is its block.
func measured(header Header, block io.ReadSeeker) (m measures, err error) {
	if _, err := block.Seek(0, io.SeekStart); err != nil {
		return m, err
	}
	whole, payload := sha256.New(), sha256.New()
	text := bufio.NewReader(io.TeeReader(block, whole))
	if mediaType(header.Get(MediaField)) == "application/http" {
		for {
			line, err := text.ReadSlice('\n')
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) || len(bytes.TrimRight(line, "\r\n")) == 0 {
				break
			}
		}
	}
	if _, err := io.Copy(payload, text); err != nil {
		return m, err
	}
	m.block, m.payload = hexDigest(whole.Sum(nil)), hexDigest(payload.Sum(nil))
	m.size, err = block.Seek(0, io.SeekCurrent)
	return m, err
}

func hexDigest(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

// completed returns header with everything that follows from the block.
func (w *Writer) completed(header Header, m measures) Header {
	kind := strings.ToLower(header.Get(TypeField))
	if kind == Response || kind == Resource || kind == Request && m.payload != m.block {
		if header.Get(PayloadDigestField) == "" {
			header = header.With(PayloadDigestField, m.payload)
		}
	}
	if target := header.Get(TargetField); target != "" {
		header = header.With(TargetField, URI(target))
	}
	header = header.With(BlockDigestField, m.block)
	if w.info != "" && kind != Info && header.Get(InfoIDField) == "" {
		header = header.With(InfoIDField, "<"+w.info+">")
	}
	if header.Get(IDField) == "" {
		header = header.With(IDField, "<"+identifier(header)+">")
	}
	return header.With(LengthField, strconv.FormatInt(m.size, 10))
}

// identifier makes a UUID of version 8 (RFC 9562), which is made as its maker
// likes, from the fields of a record; its digest of the block is one of them.
func identifier(header Header) string {
	hash := sha256.New()
	for _, f := range header {
		fmt.Fprintf(hash, "%s\x00%s\x00", strings.ToLower(f.Name), f.Value)
	}
	b := hash.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// URI returns address with what no URI may hold written as %XX: letters beyond
// ASCII, spaces and control characters. Records and indexes hold URIs.
func URI(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
