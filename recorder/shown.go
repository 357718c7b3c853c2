package recorder

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/unpack"
)

// The bounds of what is shown of an archived page.
const (
	mostShown  = 32 << 20 // bytes of one part
	mostOpened = 16       // web archives that are kept open
)

// Archived hands out archived pages and what they were made with, as they stand in
// the archive. It is for several goroutines, and to be closed.
type Archived struct {
	r      *Recorder
	mutex  sync.Mutex
	opened map[string]webArchive
}

type webArchive struct {
	*unpack.Records
	file *archive.File
}

// Archived returns what hands out the archived pages of r.
func (r *Recorder) Archived() *Archived { return &Archived{r: r, opened: map[string]webArchive{}} }

// Close gives up what is open.
func (a *Archived) Close() error {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.forget()
	return nil
}

func (a *Archived) forget() {
	for _, one := range a.opened {
		one.file.Close()
	}
	clear(a.opened)
}

// An ArchivedPage is bytes as a server answered them, with the media type that it
// told, and the address that they were had from.
type ArchivedPage struct {
	Content        []byte
	Media, Address string
}

// Page returns the page that a document was read from.
func (a *Archived) Page(ctx context.Context, document string) (ArchivedPage, error) {
	d, receipt, err := a.source(ctx, document)
	if err != nil {
		return ArchivedPage{}, err
	}
	content, err := a.r.archive.Get(d.Ref)
	if err != nil {
		return ArchivedPage{}, err
	}
	media := receipt.Media
	for name, values := range receipt.Headers {
		if len(values) > 0 && strings.EqualFold(name, "Content-Type") {
			media = values[0]
		}
	}
	return ArchivedPage{content, media, cmp.Or(receipt.Final, receipt.From)}, nil
}

// Part returns what the web archive that a document was taken out of has for an
// address, or cairn.ErrNotFound.
func (a *Archived) Part(ctx context.Context, document, address string) (ArchivedPage, error) {
	_, receipt, err := a.source(ctx, document)
	if err != nil {
		return ArchivedPage{}, err
	}
	w := receipt.Within
	if w == nil || !ofWebArchive(w.Kind) {
		return ArchivedPage{}, fmt.Errorf("%s: %w", address, cairn.ErrNotFound)
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	records, err := a.records(w)
	if err != nil {
		return ArchivedPage{}, err
	}
	content, media, err := records.Answered(address, mostShown)
	return ArchivedPage{content, media, address}, err
}

// source returns a document with the receipt that it is shown by.
func (a *Archived) source(ctx context.Context, document string) (cairn.Document, cairn.Receipt, error) {
	d, err := a.r.view.Document(ctx, document)
	if err != nil {
		return d, cairn.Receipt{}, err
	}
	receipts, err := a.r.view.Receipts(ctx, d.Ref)
	if err != nil {
		return d, cairn.Receipt{}, err
	}
	receipt, ok := captureOf(receipts)
	if !ok || d.Ref == "" || d.TakenOut() {
		return d, receipt, fmt.Errorf("the bytes of %s: %w", document, cairn.ErrNotFound)
	}
	return d, receipt, nil
}

func (a *Archived) records(w *cairn.Within) (*unpack.Records, error) {
	key := string(w.Ref) + " " + w.Path
	if known, ok := a.opened[key]; ok {
		return known.Records, nil
	}
	if len(a.opened) >= mostOpened {
		a.forget()
	}
	f, err := a.r.archive.File(w.Ref)
	if err != nil {
		return nil, err
	}
	records, err := unpack.OpenRecords(unpack.Container{From: string(w.Ref), Ref: w.Ref, Bytes: f, Size: f.Size()}, w.Path)
	if err != nil {
		f.Close()
		return nil, err
	}
	a.opened[key] = webArchive{records, f}
	return records, nil
}
