package collect

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/unpack"
)

// A reading is bytes that can be read at any place, and read again.
type reading interface {
	io.ReaderAt
	io.ReadSeeker
}

// handed is what is known of bytes that a container holds several times.
type handed struct {
	size     int64
	media    string
	outcome  cairn.Outcome
	note     string
	original bool
}

// container yields a container, and then each thing that is in it.
func (c *collector) container(receipt cairn.Receipt, bytes reading, size int64, again func() (io.ReadSeekCloser, error)) bool {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(bytes, 0, size)); err != nil {
		return c.fail(fmt.Errorf("collect %s: %w", receipt.From, err))
	}
	receipt.Ref, receipt.Size = cairn.Ref("sha256-"+hex.EncodeToString(sum.Sum(nil))), size
	receipt.Outcome, receipt.Note = cairn.Fetched, ""
	if m, err := mimetype.DetectReader(io.NewSectionReader(bytes, 0, size)); err == nil {
		receipt.Media = m.String()
	}
	if !c.yield(Item{Receipt: receipt, Original: true, Open: again}, nil) {
		return false
	}
	c.handed = map[cairn.Ref]handed{}
	holder := unpack.Container{From: receipt.From, Ref: receipt.Ref, Bytes: bytes, Size: size, MaxBytes: c.MaxBytes, DayFirst: c.DayFirst}
	for piece, err := range unpack.Pieces(holder) {
		if ended := c.ctx.Err(); ended != nil {
			return c.fail(ended)
		}
		if !c.piece(piece, err) {
			return false
		}
	}
	return true
}

// piece yields one thing out of a container.
func (c *collector) piece(p unpack.Piece, err error) bool {
	if err != nil {
		return c.fail(err)
	}
	if p.Passed != "" {
		c.Skipped(p.From, p.Passed)
		return true
	}
	r := c.receipt(p.From, p.Within.Kind)
	r.Status, r.Headers, r.Post, r.Private = p.Status, p.Headers, p.Post, p.Private
	r.Given, r.Within = filledIn(p.Given, c.Given), &p.Within
	switch {
	case p.TooLarge > 0:
		return c.tooLarge(r, p.TooLarge)
	case p.Same != "":
		first := c.handed[p.Same]
		r.Ref, r.Size, r.Media, r.Outcome, r.Note = p.Same, first.size, first.media, first.outcome, first.note
		return c.yield(Item{Receipt: r, Original: first.original}, nil)
	}
	r.Media = media(p.Bytes)
	switch r.Outcome, r.Note = shownOutcome(p.Bytes, r.Media, contentType(p.Headers), p.Given.URL, p.Given.URL); {
	case p.Broken != "":
		r.Outcome, r.Note = cairn.BrokenOff, p.Broken
	case p.Original && len(p.Bytes) > 0:
		r.Outcome, r.Note = cairn.Fetched, ""
	}
	if len(p.Bytes) > 0 {
		r.Ref, r.Size = cairn.RefOf(p.Bytes), int64(len(p.Bytes))
		c.handed[r.Ref] = handed{r.Size, r.Media, r.Outcome, r.Note, p.Original}
	}
	return c.yield(Item{Receipt: r, Bytes: p.Bytes, Original: p.Original}, nil)
}

func contentType(headers map[string][]string) string {
	for name, values := range headers {
		if strings.EqualFold(name, "Content-Type") && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// filledIn is what is said of a thing, with what is said of all filled in.
func filledIn(own, all cairn.Given) cairn.Given {
	return cairn.Given{
		Published: cmp.Or(own.Published, all.Published),
		Source:    cmp.Or(own.Source, all.Source),
		Place:     cmp.Or(own.Place, all.Place),
		Language:  cmp.Or(own.Language, all.Language),
		URL:       cmp.Or(own.URL, all.URL),
	}
}
