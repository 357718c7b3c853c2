package recorder

import (
	"cmp"
	"context"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/read"
	"github.com/cairn-recorder/cairn/store"
)

// A Summary counts what an import did. Again are bytes that were known already;
// Problems are documents that could not be read, or not whole, and things that
// could not be had. Originals are kept and are no reports: containers, pictures,
// films.
type Summary struct {
	Taken     int `json:"taken"` // new documents with text
	Again     int `json:"again"`
	Problems  int `json:"problems"`
	Claims    int `json:"claims"`
	Incidents int `json:"incidents"` // new ones
	Originals int `json:"originals,omitempty"`
}

func (s *Summary) add(t Summary) {
	s.Taken += t.Taken
	s.Again += t.Again
	s.Problems += t.Problems
	s.Claims += t.Claims
	s.Incidents += t.Incidents
	s.Originals += t.Originals
}

// An arrival is one thing brought in, as far as it was walked without the
// store.
type arrival struct {
	receipt  cairn.Receipt
	ref      cairn.Ref
	several  bool            // the archive has more receipts of the same bytes
	original bool            // there is no document of it
	likeness *cairn.Likeness // nil for what is no picture
	document cairn.Document
	reading  cairn.Reading
	err      error
}

// Take walks one thing that was brought in from bytes to proposed assessments.
// It writes to the store once, at its end: a walk that fails leaves evidence and
// no more.
func (r *Recorder) Take(ctx context.Context, item collect.Item) (Summary, error) {
	if err := r.writable(); err != nil {
		return Summary{}, err
	}
	a := r.keep(item)
	if a.err != nil {
		return Summary{}, a.err
	}
	sum, err := r.record(ctx, newDesk(r), []arrival{a})
	if err == nil && a.several {
		err = r.adopt(ctx, []cairn.Ref{a.ref})
	}
	return sum, err
}

// keep puts what was brought in into the archive, and reads it.
func (r *Recorder) keep(item collect.Item) arrival {
	a := arrival{receipt: item.Receipt, original: item.Original}
	a.receipt.At = a.receipt.At.UTC()
	if a.err = r.wanted(item); a.err != nil {
		return a.failed()
	}
	if a.receipt.SHA512, a.err = r.second512(item); a.err != nil {
		return a.failed()
	}
	if a.ref, item.Bytes, a.err = r.preserve(a.receipt, item); a.err != nil {
		return a.failed()
	}
	receipts, err := r.archive.Receipts(a.ref)
	if a.several, a.err = len(receipts) > 1, err; err != nil {
		return a.failed()
	}
	if a.original {
		a.look(item.Bytes)
		return a
	}
	a.document = read.Document(a.ref, item.Bytes, item.Receipt)
	a.reading = r.claims(a.document)
	return a
}

// second512 is the SHA-512 of what was brought in, where the project asks for a
// second hash; else what its receipt says already.
func (r *Recorder) second512(item collect.Item) (string, error) {
	sum := sha512.New()
	switch {
	case !r.project.SHA512:
		return item.Receipt.SHA512, nil
	case item.Open != nil:
		opened, err := item.Open()
		if err != nil {
			return "", err
		}
		defer opened.Close()
		if _, err := io.Copy(sum, opened); err != nil {
			return "", err
		}
	case item.Bytes == nil && item.Receipt.Ref != "":
		kept, err := r.archive.Get(item.Receipt.Ref)
		if err != nil {
			return "", err
		}
		sum.Write(kept)
	case len(item.Bytes) == 0:
		return "", nil
	default:
		sum.Write(item.Bytes)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// preserve keeps what was brought in, and returns the Ref under which it is kept,
// with its bytes where they are not long.
func (r *Recorder) preserve(receipt cairn.Receipt, item collect.Item) (cairn.Ref, []byte, error) {
	content := item.Bytes
	switch {
	case item.Open != nil:
		opened, err := item.Open()
		if err != nil {
			return "", nil, err
		}
		defer opened.Close()
		ref, err := r.archive.PutFrom(receipt, opened)
		return ref, nil, err
	case content == nil && receipt.Ref != "":
		var err error
		if content, err = r.archive.Get(receipt.Ref); err != nil {
			return "", nil, err
		}
	}
	ref, err := r.archive.Put(receipt, content)
	return ref, content, err
}

func (a arrival) failed() arrival {
	a.err = fmt.Errorf("take %s: %w", a.receipt.From, hinted(a.err))
	return a
}

// record writes arrivals as one act.
func (r *Recorder) record(ctx context.Context, d *desk, arrivals []arrival) (Summary, error) {
	on, why := "", fmt.Sprintf("%d documents", len(arrivals))
	if len(arrivals) == 1 {
		on, why = cmp.Or(arrivals[0].document.ID, string(arrivals[0].ref)), ""
	}
	if fresh, err := r.fresh(ctx, arrivals); err != nil || !fresh {
		return Summary{Again: len(arrivals)}, err
	}
	var sum Summary
	act, err := r.store.Write(ctx, r.act("take", on, why), func(tx *store.Tx) error {
		d.begin(tx)
		for _, a := range arrivals {
			one, err := r.walk(ctx, tx, d, a)
			if err != nil {
				return fmt.Errorf("take %s: %w", a.receipt.From, err)
			}
			sum.add(one)
		}
		return nil
	})
	if err != nil {
		d.forget()
		return Summary{}, hinted(err)
	}
	if act.Number%actsPerCheckpoint == 0 {
		_ = r.Seal(ctx) // verify says where it cannot be signed; what was taken is taken
	}
	return sum, nil
}

// fresh reports whether anything in arrivals is not yet recorded.
func (r *Recorder) fresh(ctx context.Context, arrivals []arrival) (bool, error) {
	for _, a := range arrivals {
		known, err := r.known(ctx, r.store.View, a)
		if err != nil || !has(known.receipts, a.receipt) || !known.walked && !a.original {
			return true, err
		}
	}
	return false, nil
}

// recorded says what the store has of an arrival.
type recorded struct {
	receipts []cairn.Receipt
	document string // the identifier; empty where there is none
	walked   bool   // by this project
}

func (r *Recorder) known(ctx context.Context, v store.View, a arrival) (recorded, error) {
	receipts, err := v.Receipts(ctx, a.ref)
	k := recorded{receipts: receipts}
	if err != nil {
		return k, err
	}
	d, err := v.DocumentByRef(ctx, a.ref)
	if errors.Is(err, cairn.ErrNotFound) {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	k.document = d.ID
	_, err = v.CurrentReading(ctx, r.project.Name, d.ID)
	if errors.Is(err, cairn.ErrNotFound) {
		return k, nil
	}
	k.walked = err == nil
	return k, err
}

// walk records one arrival: receipts, document, source, reading, incidents and
// assessments.
func (r *Recorder) walk(ctx context.Context, tx *store.Tx, d *desk, a arrival) (Summary, error) {
	known, err := r.known(ctx, tx.View, a)
	if err != nil {
		return Summary{}, err
	}
	if !has(known.receipts, a.receipt) {
		if err := tx.PutReceipt(ctx, a.ref, len(known.receipts)+1, a.receipt); err != nil {
			return Summary{}, err
		}
	}
	switch {
	case a.original && len(known.receipts) > 0:
		return Summary{Again: 1}, nil
	case a.original:
		return Summary{Originals: 1}, a.putLikeness(ctx, tx)
	case known.walked:
		return Summary{Again: 1}, nil
	}
	if err := r.shelve(ctx, tx, &a, known.document); err != nil {
		return Summary{}, err
	}
	d.lay(a.document)
	made, codes, err := r.connect(ctx, tx, d, a.document, a.reading)
	for _, code := range codes {
		if err == nil {
			_, err = r.settle(ctx, tx, d, code)
		}
	}
	sum := Summary{Claims: len(a.reading.Claims), Incidents: made}
	if a.document.Text != "" {
		sum.Taken = 1
	}
	if a.document.Problem != nil {
		sum.Problems = 1
	}
	return sum, err
}

// shelve records the document with its source and reading. An identifier that
// other bytes have already gets the digits of these beside it.
func (r *Recorder) shelve(ctx context.Context, tx *store.Tx, a *arrival, id string) error {
	switch holder, err := tx.DocumentRef(ctx, a.document.ID); {
	case id != "":
		a.rename(id)
	case errors.Is(err, cairn.ErrNotFound):
	case err != nil:
		return err
	case holder != a.ref:
		a.rename(a.document.ID + "-" + a.ref.Short())
	}
	if err := tx.PutDocument(ctx, a.document); err != nil {
		return err
	}
	if err := putSource(ctx, tx, a.document.Source); err != nil {
		return err
	}
	return tx.PutReading(ctx, r.project.Name, a.reading)
}

func (a *arrival) rename(id string) {
	a.document.ID, a.reading.Document = id, id
	a.reading.ID = cairn.ReadingID(id, a.reading.Versions)
}
