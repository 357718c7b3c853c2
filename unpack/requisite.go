package unpack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

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
			return resolved(base, []string{to})
		}
		media, _, _ = strings.Cut(strings.ToLower(m.Header.Get("Content-Type")), ";")
		if body, err = m.Decoded(); err != nil {
			return nil
		}
	}
	content, _ := io.ReadAll(io.LimitReader(body, 16<<20)) // what of it can be read
	switch {
	case strings.HasPrefix(media, "text/html"):
		return resolved(base, pageNeeds(content))
	case strings.HasPrefix(media, "text/css"):
		return resolved(base, styleNeeds(string(content)))
	}
	return nil
}

func resolved(base *url.URL, addresses []string) []string {
	var all []string
	for _, a := range addresses {
		if u, err := base.Parse(strings.TrimSpace(a)); err == nil && u.Scheme != "data" {
			u.Fragment = ""
			all = append(all, u.String())
		}
	}
	return all
}

// needing are the attributes whose address a browser goes to by itself.
var needing = map[string]bool{"src": true, "poster": true, "data-src": true, "background": true}

var styleURL = regexp.MustCompile(`(?i)(?:url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["'])`)

func styleNeeds(style string) []string {
	var all []string
	for _, m := range styleURL.FindAllStringSubmatch(style, -1) {
		all = append(all, m[1]+m[2])
	}
	return all
}

// pageNeeds returns the addresses that a page loads by itself.
func pageNeeds(page []byte) []string {
	var all []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.TextToken:
			all = append(all, styleNeeds(string(z.Raw()))...)
		case html.StartTagToken, html.SelfClosingTagToken:
			all = append(all, tagNeeds(z.Token())...)
		}
	}
}

func tagNeeds(t html.Token) []string {
	var all []string
	for _, a := range t.Attr {
		switch {
		case needing[a.Key], t.Data == "link" && a.Key == "href", t.Data == "object" && a.Key == "data":
			all = append(all, a.Val)
		case a.Key == "srcset" || a.Key == "imagesrcset":
			for part := range strings.SplitSeq(a.Val, ",") {
				address, _, _ := strings.Cut(strings.TrimSpace(part), " ")
				all = append(all, address)
			}
		case a.Key == "style":
			all = append(all, styleNeeds(a.Val)...)
		}
	}
	return all
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
