package unpack

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// The bounds on the parts of one letter.
const (
	mostParts = 200
	mostNests = 8
)

// isLetter reports whether a text is one letter that can have something attached: the
// fields of a letter, and a body in parts of different kinds.
func isLetter(head []byte) bool {
	if !mboxHeader.Match(head) && !bytes.HasPrefix(head, []byte("Return-Path:")) {
		return false
	}
	m, err := mail.ReadMessage(bytes.NewReader(head))
	if err != nil || m.Header.Get("From") == "" || m.Header.Get("Date")+m.Header.Get("Subject")+m.Header.Get("Message-Id") == "" {
		return false
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	return err == nil && params["boundary"] != "" && (kind == "multipart/mixed" || kind == "multipart/related")
}

// letter hands over a letter, and behind it what is attached to it.
func (c Container) letter(yield func(Piece, error) bool) bool {
	within := cairn.Within{Ref: c.Ref, Kind: Mail, Path: c.path}
	content, err := io.ReadAll(io.LimitReader(c.stream(), c.MaxBytes+1))
	switch {
	case err != nil:
		return yield(Piece{}, fmt.Errorf("unpack %s: %w", c.From, err))
	case int64(len(content)) > c.MaxBytes:
		return yield(Piece{From: c.From, TooLarge: c.Size, Within: within}, nil)
	}
	return yield(Piece{From: c.From, Bytes: content, Within: within}, nil) && c.attached(content, within, yield)
}

// attached hands over what is attached to a letter, in its order. A part that cannot
// be read is said, and the rest goes on.
func (c Container) attached(letter []byte, within cairn.Within, yield func(Piece, error) bool) bool {
	m, err := mail.ReadMessage(bytes.NewReader(letter))
	if err != nil {
		return true // it has no fields that say of parts
	}
	n := 0
	return c.parts(textproto.MIMEHeader(m.Header), m.Body, 0, func(header textproto.MIMEHeader, content []byte, err error) bool {
		if n++; n > mostParts {
			return false
		}
		name := partName(header, n)
		from := c.From + "!" + shown(name)
		if err != nil {
			return yield(Piece{}, cairn.Invalid{File: from, Field: "attachment", Reason: "cannot be read: " + err.Error()})
		}
		in := within
		in.Path, in.ID = c.inner(name), strings.TrimPrefix(within.ID+"."+strconv.Itoa(n), ".")
		if int64(len(content)) > c.MaxBytes {
			return yield(Piece{From: from, TooLarge: int64(len(content)), Within: in}, nil)
		}
		return c.part(name, from, content, in, yield)
	})
}

// part hands over one attachment: what is in it, where it is a container itself.
func (c Container) part(name, from string, content []byte, within cairn.Within, yield func(Piece, error) bool) bool {
	inside := c.nested(name, bytes.NewReader(content), int64(len(content)))
	if kind := Kind(inside.Bytes, inside.Size); kind != "" {
		if inside.depth > mostDepth {
			return yield(Piece{From: from, Passed: fmt.Sprintf("a container, %d deep", inside.depth)}, nil)
		}
		return inside.pieces(kind, yield)
	}
	p := Piece{From: from, Bytes: content, Within: within}
	media := mediaOf(content)
	switch {
	case len(content) == 0:
		return yield(Piece{From: from, Passed: "empty"}, nil)
	case isMedia(media):
		p.Original, p.Private = true, exif(content)
	case furniture[extension(name)]:
		return yield(Piece{From: from, Passed: "holds no report that is known"}, nil)
	}
	return yield(p, nil)
}

// parts calls do with each part of a body that is attached, its transfer encoding
// undone; false where do wants no more.
func (c Container) parts(header textproto.MIMEHeader, body io.Reader, depth int, do func(textproto.MIMEHeader, []byte, error) bool) bool {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" || depth > mostNests {
		if !isAttached(header, kind, depth) {
			return true
		}
		content, err := io.ReadAll(io.LimitReader(unencoded(header, body), c.MaxBytes+1))
		return do(header, content, err)
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return do(header, nil, err)
			}
			return true
		}
		if !c.parts(p.Header, p, depth+1, do) {
			return false
		}
	}
}

// isAttached reports whether a part is no text of the letter itself.
func isAttached(header textproto.MIMEHeader, kind string, depth int) bool {
	disposition, more, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	_, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return depth > 0 && (disposition == "attachment" || more["filename"]+params["name"] != "" || kind != "" && !strings.HasPrefix(kind, "text/"))
}

// unencoded undoes the transfer encoding of a part.
func unencoded(header textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// partName is the name of an attachment: its own, or its number with an ending that
// fits its kind.
func partName(header textproto.MIMEHeader, n int) string {
	_, more, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	kind, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	for _, name := range []string{more["filename"], params["name"]} {
		if plain, err := new(mime.WordDecoder).DecodeHeader(name); err == nil && plain != "" {
			return plain
		} else if name != "" {
			return name
		}
	}
	if kind == "message/rfc822" {
		return "letter " + strconv.Itoa(n) + ".eml"
	}
	return "part " + strconv.Itoa(n)
}
