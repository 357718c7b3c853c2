// Package unpack takes containers apart: archives of web pages (WARC, WACZ),
// exports of platforms (Telegram, WhatsApp, X, Facebook), mailboxes and letters with
// what is attached, tables of links and packed folders. It says of each thing in them what the container
// says: where it came from, when, by whose hand.
//
// A container is recognised by what it holds, never by its name. It is read as
// a stream or by its parts; no more than one thing of it is in memory. Nothing
// is written to disk, so that no name in a container can lead anywhere.
package unpack

import (
	"archive/zip"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/warc"
)

// The kinds of containers.
const (
	WARC     = "warc"
	WACZ     = "wacz"
	ZIP      = "zip"
	Telegram = "telegram"
	WhatsApp = "whatsapp"
	X        = "x"
	Facebook = "facebook"
	Mbox     = "mbox"
	Mail     = "mail"
	Links    = "links"
)

// A Container is bytes that hold several things. From is where they came from,
// which begins the names of what is in them; Ref is that of the bytes.
type Container struct {
	From  string
	Ref   cairn.Ref
	Bytes io.ReaderAt
	Size  int64

	MaxBytes int64 // the most of one thing
	DayFirst *bool // how to read 03/04/2024; nil leaves it to what the dates themselves show
	depth    int
	path     string // within the outer container
}

// A Piece is one thing that was in a container.
type Piece struct {
	From     string // its address, or a name made of the container's
	Bytes    []byte
	Original bool      // kept as it is, and no report: a picture, a film
	Passed   string    // why it is passed over; nothing but From is set then
	TooLarge int64     // its size where it is over the bound; it has no bytes then
	Same     cairn.Ref // the bytes that it has in common with an earlier piece; it brings none then
	Broken   string    // why only a part of it is there; "" where it is whole

	Status  int // of HTTP; 0 where it did not come by it
	Headers map[string][]string
	Given   cairn.Given
	Within  cairn.Within
	Post    *cairn.Post
	Private map[string]string
}

// The bounds on what a container may do.
const (
	mostDepth  = 3 // containers in containers
	mostPieces = 5_000_000
)

// Kind returns the kind of a container, "" for bytes that are one thing.
func Kind(r io.ReaderAt, size int64) string {
	head := make([]byte, min(size, 64<<10))
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return ""
	}
	head = head[:n]
	switch {
	case warc.Is(head):
		return WARC
	case strings.HasPrefix(string(head), "PK\x03\x04"):
		return packedKind(r, size)
	}
	for _, known := range exports {
		if known.is(head) {
			return known.kind
		}
	}
	return ""
}

// exports are the containers that are text, each with how it is recognised.
var exports = []struct {
	kind string
	is   func(head []byte) bool
}{
	{Telegram, isTelegram},
	{Telegram, isTelegramPage},
	{X, isX},
	{WhatsApp, isChat},
	{Mbox, isMbox},
	{Mail, isLetter},
	{Facebook, isFacebook},
}

// packedKind tells a WACZ and a packed folder from a document that happens to be
// packed as a ZIP.
func packedKind(r io.ReaderAt, size int64) string {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return ""
	}
	if warc.IsPackage(z) {
		return WACZ
	}
	for _, f := range z.File {
		switch f.Name {
		case "[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml":
			return "" // a document of an office, a book, a program
		}
	}
	return ZIP
}

// Pieces yields what is in c, in its order. What is wrong with a thing is a
// [cairn.Invalid] that names the container and the place, and the rest goes on.
// Any other error is of the reader below, and ends it.
func Pieces(c Container) iter.Seq2[Piece, error] {
	return func(yield func(Piece, error) bool) {
		if c.MaxBytes <= 0 {
			c.MaxBytes = 64 << 20
		}
		n := 0
		c.pieces(Kind(c.Bytes, c.Size), func(p Piece, err error) bool {
			if n++; n > mostPieces {
				yield(Piece{}, cairn.Invalid{File: c.From, Field: "container", Reason: fmt.Sprintf("holds more than %d things", mostPieces)})
				return false
			}
			return yield(p, err)
		})
	}
}

// pieces hands over what a container of kind holds; false where nobody wants
// more.
func (c Container) pieces(kind string, yield func(Piece, error) bool) bool {
	switch kind {
	case WARC:
		return c.records(c.stream(), cairn.Within{Kind: WARC, Path: c.path}, "", yield)
	case WACZ:
		return c.wacz(yield)
	case ZIP:
		return c.folder(yield)
	case Telegram:
		if c.begins("<") {
			return c.telegramPage(yield)
		}
		return c.telegram(yield)
	case WhatsApp:
		return c.whatsApp(yield)
	case X:
		return c.xTweets("", yield)
	case Facebook:
		return c.facebook(yield)
	case Mbox:
		return c.mbox(yield)
	case Mail:
		return c.letter(yield)
	}
	return yield(Piece{}, cairn.Invalid{File: c.From, Field: "container", Reason: "is none that is known"})
}

func (c Container) stream() io.Reader { return io.NewSectionReader(c.Bytes, 0, c.Size) }

// begins reports whether mark is the first of c that is no space.
func (c Container) begins(mark string) bool {
	head := make([]byte, 512)
	n, _ := c.Bytes.ReadAt(head, 0)
	return strings.HasPrefix(strings.TrimLeft(string(head[:n]), "\uFEFF \t\r\n"), mark)
}

// invalid is a fault of c, as what yield is told.
func (c Container) invalid(line int, field, reason string) error {
	return cairn.Invalid{File: c.From, Line: line, Field: field, Reason: reason}
}

// isMedia reports whether a media type is that of a picture, a sound or a film.
func isMedia(media string) bool {
	kind, _, _ := strings.Cut(media, "/")
	return (kind == "image" || kind == "video" || kind == "audio") && !strings.HasPrefix(media, "image/svg")
}

// mediaOf is the media type that bytes show, without parameters.
func mediaOf(bytes []byte) string {
	media, _, _ := strings.Cut(mimetype.Detect(bytes).String(), ";")
	return media
}
