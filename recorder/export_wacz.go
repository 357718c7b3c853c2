package recorder

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/unpack"
	"github.com/cairn-recorder/cairn/warc"
)

// WACZ is the format of [Recorder.ExportWACZ].
const WACZ Format = "wacz"

// ExportWACZ writes the documents that q chooses as one WACZ, which players of
// web archives replay: to the file path where that ends in .wacz, else into that
// folder. A page that came out of a web archive goes with the very record that it
// stood in and with what it is made with; what came over HTTP otherwise as the
// answer that the receipt tells of; everything else under a name of its own.
// Documents of sources that are not to be named are left out. The same record makes the same bytes. It returns the name of the file.
func (r *Recorder) ExportWACZ(ctx context.Context, q Query, path string) (string, error) {
	dir, name := path, "cairn.wacz"
	if strings.HasSuffix(path, ".wacz") {
		dir, name = filepath.Dir(path), filepath.Base(path)
	}
	chosen, err := shelfOf(ctx, r.view, q)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", fmt.Errorf("export to %s: %w", dir, fault(err))
	}
	p := packing{Recorder: r, shelf: chosen, written: map[string]bool{}, archives: map[string]*unpack.Records{}}
	defer p.close()
	if err := (sheet{name, p.fill}).write(ctx, dir); err != nil {
		return "", fmt.Errorf("export to %s: %w", dir, fault(err))
	}
	return filepath.Join(dir, name), nil
}

// packing is a WACZ on its way.
type packing struct {
	*Recorder
	shelf    *shelf
	out      *warc.PackageWriter
	written  map[string]bool // the records, by identifier
	archives map[string]*unpack.Records
	files    []*archive.File
}

func (p *packing) close() {
	for _, f := range p.files {
		f.Close()
	}
}

// fill writes everything, dated by the last act of the record.
func (p *packing) fill(ctx context.Context, w io.Writer) error {
	last, err := p.view.LastAct(ctx)
	if err != nil {
		return err
	}
	var at time.Time
	if last > 0 {
		act, err := p.view.Act(ctx, last)
		if err != nil {
			return err
		}
		at = act.At.UTC().Truncate(time.Second)
	}
	about := warc.Package{Title: cmp.Or(p.project.Title, p.project.Name), Software: "cairn " + cairn.Version, Created: at,
		Description: fmt.Sprintf("Documents of the record of %s after act %d.", p.project.Name, last)}
	if p.out, err = warc.NewPackageWriter(w, about); err != nil {
		return err
	}
	err = p.shelf.eachDocument(ctx, func(d store.Shelved) error {
		if p.shelf.hidden.names[d.Document.Source] {
			return nil // its very bytes say who it is
		}
		return p.document(ctx, d.Document)
	})
	if err != nil {
		return err
	}
	return p.out.Close()
}

// document writes the records of one document. One whose bytes are no longer
// kept has none.
func (p *packing) document(ctx context.Context, d cairn.Document) error {
	receipts, err := p.view.Receipts(ctx, d.Ref)
	if err != nil {
		return err
	}
	receipt, ok := captureOf(receipts)
	if !ok {
		return nil
	}
	address, at, err := p.capture(d, receipt)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("document %s: %w", d.ID, err)
	}
	if strings.HasPrefix(address, "http") {
		p.out.Page(warc.Page{ID: d.ID, URL: address, At: at, Title: cmp.Or(d.Title, address)})
	}
	note := fmt.Sprintf("document: %s\r\nref: %s\r\ncollected: %s\r\n", d.ID, d.Ref, receipt.At.UTC().Format(time.RFC3339))
	if receipt.Within != nil {
		note += fmt.Sprintf("container: %s\r\n", receipt.Within.Ref)
	}
	return p.record(headerOf(warc.Metadata, address, at, "application/warc-fields"), bytes.NewReader([]byte(note)))
}

// captureOf chooses the receipt that a document is handed on by: the first that
// brought the bytes from the web, by whatever hand, else the first of all.
func captureOf(receipts []cairn.Receipt) (cairn.Receipt, bool) {
	for _, r := range receipts {
		if r.Ref != "" && (r.How == "http" || r.Within != nil && ofWebArchive(r.Within.Kind)) {
			return r, true
		}
	}
	for _, r := range receipts {
		if r.Ref != "" {
			return r, true
		}
	}
	return cairn.Receipt{}, false
}

func ofWebArchive(kind string) bool { return kind == unpack.WARC || kind == unpack.WACZ }

// capture writes what a document was captured as, and returns its address and
// when that was.
func (p *packing) capture(d cairn.Document, r cairn.Receipt) (address string, at time.Time, err error) {
	if w := r.Within; w != nil && ofWebArchive(w.Kind) && w.Span != nil {
		records, err := p.records(w)
		if err == nil {
			return r.From, w.At, records.With(int64(w.Span.Start), p.record)
		}
		if !errors.As(err, new(cairn.Invalid)) {
			return "", at, err
		}
	}
	content, err := p.archive.Get(d.Ref)
	if err != nil {
		return "", at, err
	}
	at = r.At
	if r.Within != nil && !r.Within.At.IsZero() {
		at = r.Within.At
	}
	if r.Status > 0 {
		address = cmp.Or(r.Final, r.From)
		return address, at, p.record(headerOf(warc.Response, address, at, "application/http;msgtype=response"), bytes.NewReader(unpack.Answer(r, content)))
	}
	address = "urn:cairn:" + string(d.Ref)
	return address, at, p.record(headerOf(warc.Resource, address, at, cmp.Or(r.Media, "application/octet-stream")), bytes.NewReader(content))
}

// records opens the web archive that a thing was taken out of.
func (p *packing) records(w *cairn.Within) (*unpack.Records, error) {
	key := string(w.Ref) + " " + w.Path
	if known, ok := p.archives[key]; ok {
		return known, nil
	}
	f, err := p.archive.File(w.Ref)
	if err != nil {
		return nil, err
	}
	p.files = append(p.files, f)
	opened, err := unpack.OpenRecords(unpack.Container{From: string(w.Ref), Ref: w.Ref, Bytes: f, Size: f.Size()}, w.Path)
	if err == nil {
		p.archives[key] = opened
	}
	return opened, err
}

func headerOf(kind, address string, at time.Time, media string) warc.Header {
	return warc.Header{{Name: warc.TypeField, Value: kind}, {Name: warc.TargetField, Value: address},
		{Name: warc.DateField, Value: at.UTC().Format(time.RFC3339Nano)}, {Name: warc.MediaField, Value: media}}
}

// record writes a record unless it is there already.
func (p *packing) record(h warc.Header, block io.ReadSeeker) error {
	if id := h.Get(warc.IDField); id != "" {
		if p.written[id] {
			return nil
		}
		p.written[id] = true
	}
	h = slices.DeleteFunc(slices.Clone(h), func(f warc.Field) bool { return strings.EqualFold(f.Name, warc.InfoIDField) })
	return p.out.Write(h, block)
}
