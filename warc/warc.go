// Package warc reads and writes web archives: WARC files of versions 1.0 and
// 1.1, packed record by record or not at all, their CDXJ indexes, and WACZ
// packages. It knows nothing of cairn, so that others can use it.
//
// Reading is a stream: no more than the header of a record is in memory,
// however long the file. What is wrong is a [Fault] with the offset at which it
// stands, and reading goes on behind it. Writing takes no clock and no chance:
// the identifier of a record follows from what the record holds.
//
// A record here is what ISO 28500 calls one.
package warc

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The types of records (ISO 28500, 6).
const (
	Info       = "warcinfo"
	Response   = "response"
	Request    = "request"
	Resource   = "resource"
	Metadata   = "metadata"
	Revisit    = "revisit"
	Conversion = "conversion"
)

// The names of the fields that are asked for most.
const (
	TypeField          = "WARC-Type"
	IDField            = "WARC-Record-ID"
	DateField          = "WARC-Date"
	TargetField        = "WARC-Target-URI"
	LengthField        = "Content-Length"
	MediaField         = "Content-Type"
	BlockDigestField   = "WARC-Block-Digest"
	PayloadDigestField = "WARC-Payload-Digest"
	RefersToURIField   = "WARC-Refers-To-Target-URI"
	RefersToDateField  = "WARC-Refers-To-Date"
	ConcurrentField    = "WARC-Concurrent-To"
	AddressField       = "WARC-IP-Address"
	TruncatedField     = "WARC-Truncated"
	FilenameField      = "WARC-Filename"
	InfoIDField        = "WARC-Warcinfo-ID"
)

// A Field is one named field of a header.
type Field struct{ Name, Value string }

// A Header is the fields of a record, or of an HTTP message, in their order.
// Names are compared without regard to case.
type Header []Field

// Get returns the first value of name, "" where there is none.
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// With returns h with name set to value, in place of what it had.
func (h Header) With(name, value string) Header {
	out := make(Header, 0, len(h)+1)
	set := false
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			if set {
				continue
			}
			f.Value, set = value, true
		}
		out = append(out, f)
	}
	if !set {
		out = append(out, Field{name, value})
	}
	return out
}

// Map returns the values of each name, as net/http keeps them.
func (h Header) Map() map[string][]string {
	m := map[string][]string{}
	for _, f := range h {
		m[f.Name] = append(m[f.Name], f.Value)
	}
	return m
}

// A Fault is something wrong in a file, and the offset of the record in which it
// stands (of its gzip member, where the file is packed).
type Fault struct {
	Offset int64
	Reason string
}

// Error writes f with its offset.
func (f Fault) Error() string { return "at byte " + strconv.FormatInt(f.Offset, 10) + ": " + f.Reason }

// A Record is one record of a file. It is an io.Reader of its block, which is
// to be read before the next record is asked for; what is left of it then is
// passed over.
type Record struct {
	Version string // "1.0" or "1.1"
	Header  Header
	Offset  int64 // of the record, or of the gzip member that it stands in
	Size    int64 // of the block, in bytes

	block   *block
	message *Message
	broken  error // why the head of the HTTP message cannot be read
}

// Type is the type of the record, in small letters.
func (r *Record) Type() string { return strings.ToLower(r.Header.Get(TypeField)) }

// ID is the identifier of the record without its angle brackets.
func (r *Record) ID() string { return bare(r.Header.Get(IDField)) }

// Target is the address that the record is about, "" where it names none.
// Some tools write it in angle brackets, which WARC 1.0 seemed to ask for.
func (r *Record) Target() string { return bare(r.Header.Get(TargetField)) }

// Date is when the content was captured, in UTC; the zero time where the record
// does not say or says it in no form of the standard.
func (r *Record) Date() time.Time {
	at, _ := ParseDate(r.Header.Get(DateField))
	return at
}

// Media is the media type of the block without its parameters, in small letters.
func (r *Record) Media() string { return mediaType(r.Header.Get(MediaField)) }

func mediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return strings.ToLower(strings.TrimSpace(value))
}

func bare(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "<"), ">")
}

// dateForms are the forms of W3C-DTF that WARC 1.1 allows; 1.0 has the sixth.
var dateForms = []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006"}

// ParseDate reads a date of a record.
func ParseDate(s string) (time.Time, error) {
	for _, form := range dateForms {
		if at, err := time.Parse(form, strings.TrimSpace(s)); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no date of a record", s)
}
