package unpack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/warc"
)

// mostRequisites is the most records that one page is taken to be made with,
// and mostRecord the most bytes of one of them.
const (
	mostRequisites = 2000
	mostRecord     = 256 << 20
)

// Records finds the records of a web archive again, so that a page can be handed
// on with what it is made with: pictures, style, scripts, frames.
type Records struct {
	file io.ReaderAt
	at   map[string][]found // by address, in order of the file
}

type found struct {
	offset int64
	kind   string
}

// OpenRecords goes through the WARC file at path of a container, or through the
// container itself where path is "". A file that is packed within its container
// is a [cairn.Invalid], since no record of it can be gone to.
func OpenRecords(c Container, path string) (*Records, error) {
	file := c.Bytes
	if path != "" {
		z, err := zip.NewReader(c.Bytes, c.Size)
		if err != nil {
			return nil, c.invalid(0, path, err.Error())
		}
		if file, err = member(c, z, path); err != nil {
			return nil, err
		}
	}
	r := &Records{file: file, at: map[string][]found{}}
	reader := warc.NewReader(io.NewSectionReader(file, 0, 1<<62))
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		if errors.As(err, new(warc.Fault)) {
			continue // told when it was brought in
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", c.From, err)
		}
		if target := record.Target(); target != "" && record.Type() != warc.Metadata {
			r.at[target] = append(r.at[target], found{record.Offset, record.Type()})
		}
	}
}

func member(c Container, z *zip.Reader, path string) (io.ReaderAt, error) {
	for _, f := range z.File {
		if f.Name != path {
			continue
		}
		inside, ok := c.standing(f)
		if !ok {
			return nil, c.invalid(0, path, "is packed, so that no record of it can be gone to")
		}
		return inside.Bytes, nil
	}
	return nil, c.invalid(0, path, "is not in the container")
}

// With hands over the record that begins at offset, the request that brought it,
// and the records of what its page is made with, each once.
func (r *Records) With(offset int64, do func(warc.Header, io.ReadSeeker) error) error {
	done := map[int64]bool{}
	queue := []int64{offset}
	for len(queue) > 0 && len(done) < mostRequisites {
		at := queue[0]
		queue = queue[1:]
		if done[at] {
			continue
		}
		done[at] = true
		header, block, needs, err := r.read(at)
		if err != nil {
			return err
		}
		if err := do(header, bytes.NewReader(block)); err != nil {
			return err
		}
		target := (&warc.Record{Header: header}).Target()
		for _, f := range r.at[target] {
			if f.kind == warc.Request && !done[f.offset] {
				queue = append(queue, f.offset)
			}
		}
		for _, need := range needs {
			for _, f := range r.at[need] {
				if f.kind != warc.Request {
					queue = append(queue, f.offset)
				}
			}
		}
	}
	return nil
}

// read reads the record at an offset, and the addresses that it needs.
func (r *Records) read(at int64) (header warc.Header, block []byte, needs []string, err error) {
	section := func() io.Reader { return io.NewSectionReader(r.file, at, 1<<62-at) }
	record, err := warc.NewReader(section()).Next()
	if err != nil {
		return nil, nil, nil, err
	}
	if record.Size > mostRecord {
		return nil, nil, nil, fmt.Errorf("the record %s has %d bytes, more than %d", record.ID(), record.Size, int64(mostRecord))
	}
	if block, err = io.ReadAll(record); err != nil {
		return nil, nil, nil, err
	}
	again, err := warc.NewReader(section()).Next()
	if err != nil {
		return nil, nil, nil, err
	}
	return record.Header, block, neededBy(again), nil
}

// neededBy returns the addresses of what a page or a style sheet is made with,
// and where a redirect leads.
func neededBy(record *warc.Record) []string {
	if record.Type() == warc.Revisit {
		return []string{record.Header.Get(warc.RefersToURIField)}
	}
	base, err := url.Parse(record.Target())
	if err != nil {
		return nil
	}
	body, media := io.Reader(record), record.Media()
	if m, err := record.Message(); err == nil {
		if to := m.Header.Get("Location"); to != "" {
			if u, err := base.Parse(to); err == nil {
				return []string{u.String()}
			}
			return nil
		}
		media, _, _ = strings.Cut(strings.ToLower(m.Header.Get("Content-Type")), ";")
		if body, err = m.Decoded(); err != nil {
			return nil
		}
	}
	content, _ := io.ReadAll(io.LimitReader(body, 16<<20)) // what of it can be read
	return warc.Needs(record.Target(), media, content)
}

// Answer writes what came over HTTP as the block of a record: the head that a
// receipt keeps, and the bytes, whose codings were undone.
func Answer(r cairn.Receipt, content []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d\r\n", r.Status)
	for _, f := range answered(r.Headers, len(content)) {
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
	}
	b.WriteString("\r\n")
	b.Write(content)
	return b.Bytes()
}

// answered are the header fields of an answer in order of name. Those of codings
// that were undone are kept under another name, as archives do.
func answered(headers map[string][]string, size int) warc.Header {
	var all warc.Header
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		kept := name
		switch strings.ToLower(name) {
		case "content-encoding", "transfer-encoding", "content-length":
			kept = "X-Archive-Orig-" + name
		}
		for _, value := range headers[name] {
			all = append(all, warc.Field{Name: kept, Value: strings.Join(strings.Fields(value), " ")})
		}
	}
	return append(all, warc.Field{Name: "Content-Length", Value: strconv.Itoa(size)})
}
