package read

import (
	"bytes"
	"encoding/base64"
	"mime"
	"net/mail"
	"net/textproto"
	"sort"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/cairn-recorder/cairn"
)

const mostParts = 200 // of one e-mail, nested ones counted

// letterDocument reads an e-mail: the plain text of its parts, or the words of an HTML
// part where there is no plain one. Attachments are named at the end of the
// text and not read.
func letterDocument(content []byte) cairn.Document {
	header, body := headers(content)
	var l letter
	l.part(layer{text: content, anchors: []cairn.Anchor{{}}}.part(body, len(content)), header, 0)
	d := l.text()
	d.Title = decodedHeader(header.Get("Subject"))
	d.Byline = sender(header.Get("From"))
	d.Source = d.Byline
	d.Language = languageTag(header.Get("Content-Language"))
	if at, err := mail.ParseDate(header.Get("Date")); err == nil {
		d.Published = cairn.DayOf(at)
	} else if date := header.Get("Date"); date != "" {
		d.Published = stamp(date, false)
	}
	if d.Problem == nil {
		d.Problem = l.problem
	}
	return d
}

// A letter gathers what the parts of an e-mail hold.
type letter struct {
	plain, pages []layer
	attached     []string
	parts        int
	problem      *cairn.Problem
}

// headers reads the header fields of content and returns the offset of the body.
func headers(content []byte) (textproto.MIMEHeader, int) {
	header := textproto.MIMEHeader{}
	name, at := "", 0
	for line := range bytes.Lines(content) {
		at += len(line)
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			break
		}
		if text[0] == ' ' || text[0] == '\t' {
			if values := header[name]; len(values) > 0 {
				values[len(values)-1] += " " + strings.TrimSpace(text)
			}
			continue
		}
		field, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		name = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(field))
		header.Add(name, strings.TrimSpace(value))
	}
	return header, at
}

// part reads one part of a mail, whose header is given and whose body is l.
func (m *letter) part(l layer, header textproto.MIMEHeader, depth int) {
	if m.parts++; m.parts > mostParts || depth > mostDepth {
		m.problem = &cairn.Problem{Kind: cairn.TooMuch, Reason: "an e-mail with too many parts, or too deep"}
		return
	}
	kind, params, err := mime.ParseMediaType(firstOf(header.Get("Content-Type"), "text/plain"))
	if err != nil {
		kind, _, _ = strings.Cut(strings.ToLower(header.Get("Content-Type")), ";")
	}
	if boundary := params["boundary"]; strings.HasPrefix(kind, "multipart/") && boundary != "" {
		for _, p := range divide(l, boundary) {
			inner, at := headers(p.text)
			m.part(p.part(at, len(p.text)), inner, depth+1)
		}
		return
	}
	if name, attached := attachment(header, params, kind); attached {
		m.attached = append(m.attached, name)
		return
	}
	l = m.decoded(l, header, params["charset"])
	if kind == "text/html" {
		m.pages = append(m.pages, l)
	} else {
		m.plain = append(m.plain, l)
	}
}

// divide returns the parts of l between its boundary lines.
func divide(l layer, boundary string) (parts []layer) {
	mark := []byte("--" + boundary)
	start, at := -1, 0
	for line := range bytes.Lines(l.text) {
		trimmed := bytes.TrimRight(line, " \t\r\n")
		if bytes.HasPrefix(trimmed, mark) && (len(trimmed) == len(mark) || string(trimmed[len(mark):]) == "--") {
			if start >= 0 {
				parts = append(parts, l.part(start, at))
			}
			start = at + len(line)
			if len(trimmed) > len(mark) {
				return parts
			}
		}
		at += len(line)
	}
	if start >= 0 && start < len(l.text) {
		parts = append(parts, l.part(start, len(l.text)))
	}
	return parts
}

// attachment returns the name of a part that is attached and not of the text.
func attachment(header textproto.MIMEHeader, params map[string]string, kind string) (string, bool) {
	disposition, more, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	name := decodedHeader(firstOf(more["filename"], params["name"]))
	if disposition == "attachment" || name != "" && disposition != "inline" || !strings.HasPrefix(kind, "text/") {
		return firstOf(name, "a part of type "+kind), true
	}
	return "", false
}

// decoded undoes the transfer encoding and the character set of a part.
func (m *letter) decoded(l layer, header textproto.MIMEHeader, set string) layer {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		l = quotedPrintable(l)
	case "base64":
		var whole bool
		if l, whole = base64Lines(l); !whole && m.problem == nil {
			m.problem = &cairn.Problem{Kind: cairn.Broken, Reason: "the base64 of a part breaks off"}
		}
	}
	characters := decode(l.text, "text/plain; charset="+set)
	if characters.problem != nil && m.problem == nil {
		m.problem = characters.problem
	}
	return over(characters, l)
}

// over returns upper, whose map is to lower, with a map to the original. Within
// what upper made longer or shorter, it is exact at the beginning.
func over(upper, lower layer) layer {
	var anchors []cairn.Anchor
	for i, a := range upper.anchors {
		next := cairn.Anchor{Text: len(upper.text), Original: len(lower.text)}
		if i+1 < len(upper.anchors) {
			next = upper.anchors[i+1]
		}
		anchors = append(anchors, cairn.Anchor{Text: a.Text, Original: lower.original(a.Original)})
		if next.Text-a.Text != next.Original-a.Original {
			continue
		}
		inner := sort.Search(len(lower.anchors), func(i int) bool { return lower.anchors[i].Text > a.Original })
		for ; inner < len(lower.anchors) && lower.anchors[inner].Text < next.Original; inner++ {
			l := lower.anchors[inner]
			anchors = append(anchors, cairn.Anchor{Text: a.Text + l.Text - a.Original, Original: l.Original})
		}
	}
	return layer{text: upper.text, anchors: anchors}
}

// quotedPrintable undoes quoted-printable. An equals sign that begins no escape
// stands for itself.
func quotedPrintable(l layer) layer {
	w := writer{layer: l}
	text := l.text
	plain := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '=' {
			continue
		}
		if n := softBreak(text[i+1:]); n > 0 {
			w.run(plain, i)
			i += n
			plain = i + 1
			continue
		}
		if i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			w.run(plain, i)
			w.anchor(l.original(i))
			w.text = append(w.text, byte(hex4(bytes.ToLower(text[i+1:i+3]))))
			i += 2
			plain = i + 1
		}
	}
	w.run(plain, len(text))
	return layer{text: w.text, anchors: w.anchors}
}

func isHex(b byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", b) >= 0 }

// softBreak returns the length of the end of line that text begins with, 0
// where it begins with none.
func softBreak(text []byte) int {
	n := 0
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	switch {
	case n < len(text) && text[n] == '\n':
		return n + 1
	case n+1 < len(text) && text[n] == '\r' && text[n+1] == '\n':
		return n + 2
	}
	return 0
}

// base64Lines undoes base64, with an anchor for each line, and reports whether
// it was whole.
func base64Lines(l layer) (layer, bool) {
	var w writer
	var digits []byte
	at, whole := 0, true
	for line := range bytes.Lines(l.text) {
		trimmed := bytes.TrimSpace(line)
		if len(digits) == 0 {
			w.anchor(l.original(at))
		}
		digits = append(digits, trimmed...)
		at += len(line)
		n := len(digits) / 4 * 4
		decoded, err := base64.StdEncoding.AppendDecode(nil, digits[:n])
		w.text = append(w.text, decoded...)
		if err != nil {
			whole, digits = false, nil
			break
		}
		digits = append(digits[:0], digits[n:]...)
	}
	if tail, err := base64.RawStdEncoding.DecodeString(string(digits)); len(digits) > 0 {
		w.text = append(w.text, tail...)
		whole = whole && err == nil
	}
	return layer{text: w.text, anchors: w.anchors}, whole
}

// text returns what the parts say as one document.
func (m *letter) text() cairn.Document {
	var d cairn.Document
	if len(m.plain) > 0 || len(m.pages) == 0 {
		for _, l := range m.plain {
			w := writer{layer: l}
			end := len(bytes.TrimRight(l.text, " \t\r\n"))
			w.run(min(leadingSpace(l.text), end), end)
			add(&d, w.document(mediumMail))
		}
	} else {
		for _, l := range m.pages {
			add(&d, wholePage(l))
		}
	}
	d.Medium = mediumMail
	if len(m.attached) > 0 {
		if d.Text != "" {
			d.Text += "\n\n"
		}
		d.Text += "[Attached and not read: " + strings.Join(m.attached, ", ") + "]"
	}
	return d
}

// add appends the text of another to d, with its map and cells.
func add(d *cairn.Document, more cairn.Document) {
	if more.Text == "" {
		return
	}
	if d.Text != "" {
		d.Text += "\n\n"
	}
	for _, a := range more.Map {
		d.Map = append(d.Map, cairn.Anchor{Text: a.Text + len(d.Text), Original: a.Original})
	}
	for _, c := range more.Cells {
		c.Span.Start += len(d.Text)
		c.Span.End += len(d.Text)
		d.Cells = append(d.Cells, c)
	}
	d.Text += more.Text
}

// wholePage reads all the words of an HTML part: a mail has no menus.
func wholePage(l layer) cairn.Document {
	if len(l.text) > mostPage {
		return problem(mediumMail, cairn.TooMuch, "a page of more than 16 MiB")
	}
	h, _, err := parsePage(l)
	if err != nil {
		return problem(mediumMail, cairn.Broken, "the page cannot be taken apart: "+err.Error())
	}
	w := writer{layer: l}
	for _, b := range h.blocks() {
		h.write(&w, b)
	}
	return w.document(mediumMail)
}

func decodedHeader(value string) string {
	decoder := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if decoded, err := decoder.DecodeHeader(value); err == nil {
		value = decoded
	}
	return strings.ToValidUTF8(collapse(value), "\uFFFD")
}

// sender returns the name in a From field, or the address where it has none.
func sender(from string) string {
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}}
	at, err := parser.Parse(from)
	if err != nil {
		return decodedHeader(from)
	}
	return firstOf(at.Name, at.Address)
}
