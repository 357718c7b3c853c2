package warc

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"strings"
	"time"
)

// The parts of a WACZ (Webrecorder's Web Archive Collection Zipped, 1.1.1).
const (
	waczVersion   = "1.1.1"
	packagePath   = "datapackage.json"
	digestPath    = "datapackage-digest.json"
	archiveFolder = "archive/"
	indexPath     = "indexes/index.cdx"
	pagesPath     = "pages/pages.jsonl"
)

// A Page is an address of a WACZ that a person may begin at.
type Page struct {
	ID    string    `json:"id,omitempty"`
	URL   string    `json:"url"`
	At    time.Time `json:"ts"`
	Title string    `json:"title,omitempty"`
	Text  string    `json:"text,omitempty"`
}

// A Package says what a WACZ is: the part of its datapackage.json that is not
// about files.
type Package struct {
	Title       string
	Description string
	Software    string
	Created     time.Time
	MainPage    string // the address that is shown first; may be empty
}

type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

type datapackage struct {
	Profile     string     `json:"profile"`
	Version     string     `json:"wacz_version"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Software    string     `json:"software,omitempty"`
	Created     time.Time  `json:"created"`
	MainPage    string     `json:"mainPageUrl,omitempty"`
	MainDate    *time.Time `json:"mainPageDate,omitempty"`
	Resources   []resource `json:"resources"`
}

// A PackageWriter writes a WACZ with one WARC in it. Records go into it one after
// another; Close writes the index, the pages and the hashes of all of it.
type PackageWriter struct {
	zip       *zip.Writer
	about     Package
	filename  string
	records   *Writer
	archive   *part
	lines     []Line
	pages     []Page
	resources []resource
}

// NewPackageWriter begins a WACZ on w. The same records in the same order make
// the same bytes.
func NewPackageWriter(w io.Writer, about Package) (*PackageWriter, error) {
	p := &PackageWriter{zip: zip.NewWriter(w), about: about, filename: "data.warc.gz"}
	var err error
	if p.archive, err = p.begin(archiveFolder + p.filename); err != nil {
		return nil, fmt.Errorf("write WACZ: %w", err)
	}
	p.records = NewWriter(p.archive, true)
	if _, err := p.records.Info(about.Created, p.filename, Header{{"software", about.Software}, {"format", "WARC File Format 1.1"}}); err != nil {
		return nil, fmt.Errorf("write WACZ: %w", err)
	}
	return p, nil
}

// part is a file of the package on its way, hashed as it is written.
type part struct {
	path string
	out  io.Writer
	hash hash.Hash
	n    int64
}

// Write writes as io.Writer does.
func (p *part) Write(b []byte) (int, error) {
	n, err := p.out.Write(b)
	p.hash.Write(b[:n])
	p.n += int64(n)
	return n, err
}

// begin begins a file of the package. None is packed again: readers go to a
// record by its offset.
func (p *PackageWriter) begin(path string) (*part, error) {
	out, err := p.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Store, Modified: p.about.Created.UTC()})
	if err != nil {
		return nil, err
	}
	return &part{path: path, out: out, hash: sha256.New()}, nil
}

func (p *PackageWriter) end(f *part) {
	p.resources = append(p.resources, resource{Name: f.path[strings.LastIndexByte(f.path, '/')+1:], Path: f.path, Hash: hexDigest(f.hash.Sum(nil)), Bytes: f.n})
}

// Write writes one record and indexes it where it can be replayed: a response, a
// resource or a revisit of an address.
func (p *PackageWriter) Write(header Header, block io.ReadSeeker) error {
	placed, err := p.records.Write(header, block)
	if err != nil {
		return err
	}
	line, ok, err := lineOf(header, block, placed)
	if err != nil || !ok {
		return err
	}
	line.Filename = p.filename
	p.lines = append(p.lines, line)
	return nil
}

// lineOf returns the line of an index for a record that was written.
func lineOf(header Header, body io.ReadSeeker, placed Placed) (Line, bool, error) {
	at, err := ParseDate(header.Get(DateField))
	if err != nil {
		return Line{}, false, err
	}
	r := Record{Header: header}
	address := URI(r.Target())
	line := Line{Key: SURT(address), At: at, URL: address, MediaType: r.Media(), Digest: placed.PayloadDigest, Offset: placed.Offset, Length: placed.Length}
	switch r.Type() {
	case Resource:
		return line, line.URL != "", nil
	case Response, Revisit:
	default:
		return line, false, nil
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return line, false, err
	}
	whole := Record{Header: header, block: &block{text: bufio.NewReader(body), left: math.MaxInt64}}
	if m, err := whole.Message(); err == nil {
		line.Status, line.MediaType = m.Status, mediaType(m.Header.Get("Content-Type"))
	}
	if r.Type() == Revisit {
		line.MediaType = "warc/revisit"
	}
	return line, line.URL != "", nil
}

// Page adds a page to begin at.
func (p *PackageWriter) Page(page Page) { p.pages = append(p.pages, page) }

// Close writes what follows from the records, and ends the package.
func (p *PackageWriter) Close() error {
	p.end(p.archive)
	err := p.file(indexPath, func(w io.Writer) error { return WriteIndex(w, p.lines) })
	if err == nil {
		err = p.file(pagesPath, p.writePages)
	}
	if err == nil {
		err = p.writePackage()
	}
	if err == nil {
		err = p.zip.Close()
	}
	if err != nil {
		return fmt.Errorf("write WACZ: %w", err)
	}
	return nil
}

func (p *PackageWriter) file(path string, fill func(io.Writer) error) error {
	f, err := p.begin(path)
	if err != nil {
		return err
	}
	if err := fill(f); err != nil {
		return err
	}
	p.end(f)
	return nil
}

func (p *PackageWriter) writePages(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	head := struct {
		Format string `json:"format"`
		ID     string `json:"id"`
		Title  string `json:"title"`
	}{"json-pages-1.0", "pages", "All Pages"}
	if err := e.Encode(head); err != nil {
		return err
	}
	for _, page := range p.pages {
		page.At, page.URL = page.At.UTC(), URI(page.URL)
		if err := e.Encode(page); err != nil {
			return err
		}
	}
	return nil
}

func (p *PackageWriter) writePackage() error {
	d := datapackage{Profile: "data-package", Version: waczVersion, Title: p.about.Title, Description: p.about.Description,
		Software: p.about.Software, Created: p.about.Created.UTC(), MainPage: p.about.MainPage, Resources: p.resources}
	for _, page := range p.pages {
		if page.URL == p.about.MainPage && d.MainPage != "" {
			at := page.At.UTC()
			d.MainDate = &at
			break
		}
	}
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		return err
	}
	sum := sha256.Sum256(body.Bytes())
	digest, err := json.Marshal(struct {
		Path string `json:"path"`
		Hash string `json:"hash"`
	}{packagePath, hexDigest(sum[:])})
	if err != nil {
		return err
	}
	return errors.Join(
		p.file(packagePath, func(w io.Writer) error { _, err := w.Write(body.Bytes()); return err }),
		p.file(digestPath, func(w io.Writer) error { _, err := w.Write(append(digest, '\n')); return err }))
}
