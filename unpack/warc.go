package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/warc"
)

// wacz hands over what the WARC files of a WACZ hold, and what in it is not as
// it says.
func (c Container) wacz(yield func(Piece, error) bool) bool {
	z, err := zip.NewReader(c.Bytes, c.Size)
	if err != nil {
		return yield(Piece{}, c.invalid(0, "container", err.Error()))
	}
	o, err := warc.OpenPackage(z)
	if err != nil {
		return yield(Piece{}, c.invalid(0, "container", err.Error()))
	}
	for _, wrong := range o.Verify() {
		if !yield(Piece{}, c.invalid(0, "container", wrong)) {
			return false
		}
	}
	for _, name := range o.Archives() {
		f, err := o.Open(name)
		if err != nil {
			if !yield(Piece{}, c.invalid(0, name, err.Error())) {
				return false
			}
			continue
		}
		more := c.records(f, cairn.Within{Kind: WACZ, Path: c.inner(name)}, o.About.Software, yield)
		f.Close()
		if !more {
			return false
		}
	}
	return true
}

// records is one WARC file on its way.
type records struct {
	Container
	reader *warc.Reader
	within cairn.Within
	known  map[string]cairn.Ref // what was handed over, by digest and by address and date
	yield  func(Piece, error) bool
}

// records hands over the responses and resources of a WARC file.
func (c Container) records(file io.Reader, within cairn.Within, tool string, yield func(Piece, error) bool) bool {
	within.Ref, within.Tool = c.Ref, tool
	r := records{Container: c, reader: warc.NewReader(file), within: within, known: map[string]cairn.Ref{}, yield: yield}
	for {
		record, err := r.reader.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if more, final := r.fault(err); err != nil {
			if !more || final {
				return more
			}
			continue
		}
		if !r.record(record) {
			return false
		}
	}
}

// fault tells what is wrong with the file, and whether it is the end of it.
func (r *records) fault(err error) (more, final bool) {
	var fault warc.Fault
	switch {
	case err == nil:
		return true, false
	case errors.As(err, &fault):
		return r.yield(Piece{}, r.at(fault.Offset, fault.Reason)), false
	}
	return r.yield(Piece{}, fmt.Errorf("unpack %s: %w", r.From, err)), true
}

func (r *records) at(offset int64, reason string) error {
	return r.invalid(0, strings.TrimPrefix(r.within.Path+" byte "+strconv.FormatInt(offset, 10), " "), reason)
}

func (r *records) record(record *warc.Record) bool {
	switch record.Type() {
	case warc.Info:
		r.info(record)
	case warc.Response:
		return r.response(record)
	case warc.Resource:
		return r.resource(record)
	case warc.Revisit:
		return r.revisit(record)
	}
	return true
}

// info notes which program made the file.
func (r *records) info(record *warc.Record) {
	lines := bufio.NewScanner(io.LimitReader(record, 64<<10))
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.EqualFold(strings.TrimSpace(name), "software") {
			r.within.Tool = strings.TrimSpace(value)
		}
	}
}

// piece begins the piece of a record.
func (r *records) piece(record *warc.Record) Piece {
	p := Piece{From: record.Target(), Within: r.within}
	p.Within.At, p.Within.ID = record.Date(), record.ID()
	p.Given.URL = p.From
	if p.From == "" {
		p.From = r.From + "#" + strconv.FormatInt(record.Offset, 10)
	}
	return p
}

func ofWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// response hands over the answer that a record holds, where it is a report or a
// picture, a sound or a film. Style, scripts and fonts stay in the container.
func (r *records) response(record *warc.Record) bool {
	if !ofWeb(record.Target()) {
		return true
	}
	p := r.piece(record)
	m, err := record.Message()
	if err != nil {
		more, _ := r.fault(err)
		return more
	}
	p.Status, p.Headers = m.Status, m.Header.Map()
	switch {
	case m.Status/100 == 3 || m.Status/100 == 1:
		return true
	case m.Status/100 != 2:
		return r.yield(Piece{From: p.From, Passed: strings.TrimSpace(strconv.Itoa(m.Status) + " " + http.StatusText(m.Status))}, nil)
	}
	declared, _, _ := strings.Cut(strings.ToLower(m.Header.Get("Content-Type")), ";")
	if declared = strings.TrimSpace(declared); ofPages[declared] {
		return true
	}
	stored, err := io.ReadAll(io.LimitReader(m.Body, r.MaxBytes+1))
	if err != nil {
		p.Broken = "the answer breaks off: " + err.Error()
	}
	if int64(len(stored)) <= r.MaxBytes {
		p.Bytes, err = decoded(m, stored, r.MaxBytes)
		if err != nil && p.Broken == "" {
			p.Broken = err.Error()
		}
	}
	if over := max(int64(len(stored)), int64(len(p.Bytes))); over > r.MaxBytes {
		p.TooLarge, p.Bytes = max(record.Size, over), nil
	}
	if sent, err := strconv.ParseInt(m.Header.Get("Content-Length"), 10, 64); err == nil && int64(len(stored)) < sent && m.Header.Get("Content-Encoding") == "" && p.Broken == "" {
		p.Broken = fmt.Sprintf("%d of %d bytes came", len(stored), sent)
	}
	return r.hand(record, p, declared)
}

// ofPages are the media types of what pages are made with, and nobody reads.
var ofPages = map[string]bool{
	"text/css": true, "text/javascript": true, "application/javascript": true, "application/x-javascript": true, "application/json": true,
	"application/ld+json": true, "application/manifest+json": true, "application/wasm": true, "text/xml": true, "application/xml": true,
	"font/woff": true, "font/woff2": true, "font/ttf": true, "font/otf": true, "application/font-woff": true, "application/font-woff2": true,
	"application/vnd.ms-fontobject": true, "image/svg+xml": true, "image/x-icon": true, "image/vnd.microsoft.icon": true,
	"application/x-protobuf": true, "text/event-stream": true, "application/vnd.apple.mpegurl": true, "application/dash+xml": true,
}

// decoded undoes the content coding of a body, up to a byte over the most. A
// coding that the bytes do not bear out is taken for undone already.
func decoded(m *warc.Message, stored []byte, most int64) ([]byte, error) {
	again := warc.Message{Header: m.Header, Body: bytes.NewReader(stored)}
	body, err := again.Decoded()
	if err != nil {
		return stored, err
	}
	unpacked, err := io.ReadAll(io.LimitReader(body, most+1))
	if err != nil && len(unpacked) == 0 {
		return stored, nil
	}
	if err != nil {
		return unpacked, fmt.Errorf("its packing breaks off: %w", err)
	}
	return unpacked, nil
}

// hand hands a piece over, with what became of the record's digests.
func (r *records) hand(record *warc.Record, p Piece, declared string) bool {
	media := mediaOf(p.Bytes)
	if p.Original = isMedia(media); !p.Original && p.TooLarge == 0 && !readable(media, declared) {
		return true
	}
	check, err := record.Check()
	if err != nil && p.Broken == "" {
		p.Broken = err.Error()
	}
	end, err := r.reader.End()
	if err == nil {
		p.Within.Span = &cairn.Span{Start: int(record.Offset), End: int(end)}
	}
	p.Within.Digest = verdict(check)
	if why := record.Header.Get(warc.TruncatedField); why != "" && p.Broken == "" {
		p.Broken = "the tool that captured it broke off: " + why
	}
	if len(p.Bytes) > 0 {
		r.remember(record, cairn.RefOf(p.Bytes))
	}
	if !r.yield(p, nil) {
		return false
	}
	if p.Within.Digest == string(warc.Differs) {
		return r.yield(Piece{}, r.at(record.Offset, "the bytes are not those that the digest of the record was made of"))
	}
	more, _ := r.fault(err)
	return more
}

// verdict is the graver of the two of a check.
func verdict(c warc.Check) string {
	for _, v := range []warc.Verdict{warc.Differs, warc.Holds, warc.Unchecked} {
		if c.Block == v || c.Payload == v {
			return string(v)
		}
	}
	return ""
}

// readable reports whether bytes of a media type are a report. What is shown as
// plain text may be anything, so that it must also have been sent as such.
func readable(media, declared string) bool {
	switch media {
	case "text/html", "application/xhtml+xml", "application/pdf", "message/rfc822",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return true
	case "text/plain":
		return declared == "text/plain" || declared == "text/html"
	}
	return strings.HasPrefix(declared, "text/html")
}

// resource hands over what was kept without the answer that brought it.
func (r *records) resource(record *warc.Record) bool {
	p := r.piece(record)
	declared := record.Media()
	pictured := strings.HasPrefix(p.From, "urn:") && isMedia(declared)
	if !ofWeb(p.From) && !pictured || ofPages[declared] {
		return true
	}
	body, err := io.ReadAll(io.LimitReader(record, r.MaxBytes+1))
	if err != nil {
		p.Broken = "it breaks off: " + err.Error()
	}
	if p.Bytes = body; int64(len(body)) > r.MaxBytes {
		p.Bytes, p.TooLarge = nil, record.Size
	}
	if pictured {
		p.Given.URL = ""
	}
	p.Headers = map[string][]string{"Content-Type": {record.Header.Get(warc.MediaField)}}
	return r.hand(record, p, declared)
}

// revisit hands over what was found unchanged, by the bytes that stand before it
// in the file.
func (r *records) revisit(record *warc.Record) bool {
	if !ofWeb(record.Target()) {
		return true
	}
	p := r.piece(record)
	if m, err := record.Message(); err == nil {
		p.Status, p.Headers = m.Status, m.Header.Map()
	}
	h := record.Header
	same, ok := r.known[h.Get(warc.RefersToURIField)+" "+h.Get(warc.RefersToDateField)]
	if !ok {
		same, ok = r.known[strings.ToLower(h.Get(warc.PayloadDigestField))]
	}
	if !ok {
		return r.yield(Piece{From: p.From, Passed: "a revisit of what this file does not hold"}, nil)
	}
	p.Same = same
	return r.yield(p, nil)
}

// remember keeps the names by which a revisit may refer to a record.
func (r *records) remember(record *warc.Record, ref cairn.Ref) {
	h := record.Header
	r.known[record.Target()+" "+h.Get(warc.DateField)] = ref
	if digest := h.Get(warc.PayloadDigestField); digest != "" {
		r.known[strings.ToLower(digest)] = ref
	}
}
