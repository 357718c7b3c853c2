package read

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// loose is a string that may also be written as a number or left null; what is
// neither is as good as absent.
type loose string

// UnmarshalJSON reads s and never fails.
func (s *loose) UnmarshalJSON(data []byte) error {
	var text string
	var number json.Number
	if json.Unmarshal(data, &text) == nil {
		*s = loose(text)
	} else if json.Unmarshal(data, &number) == nil {
		*s = loose(number)
	}
	return nil
}

// contract reads a document of the command-line contract: a JSON object with an
// id and a text. The text stays as it was given, to the byte, since others hold
// offsets into it.
func contract(content []byte) (cairn.Document, bool) {
	start := leadingSpace(content)
	if start == len(content) || content[start] != '{' {
		return cairn.Document{}, false
	}
	var given map[string]json.RawMessage // whose keys are told apart by case
	if json.Unmarshal(content[start:], &given) != nil {
		return cairn.Document{}, false
	}
	var id, text string
	if !quoted(given["id"], &id) || id == "" || !quoted(given["text"], &text) {
		return cairn.Document{}, false
	}
	said := func(key string) string {
		var s loose
		_ = json.Unmarshal(given[key], &s)
		return string(s)
	}
	d := cairn.Document{ID: id, Medium: mediumContract, Text: text, Title: said("title"), Byline: said("byline"),
		Language: said("language"), Source: said("source"), URL: said("url"), Place: said("place"), Repeats: said("repeats")}
	if m := new(cairn.MachineText); len(given["machine"]) > 0 && json.Unmarshal(given["machine"], m) == nil && m.Tool != "" {
		d.Machine = m
	}
	if at := textValue(content, start); at > 0 {
		d.Map = quotedMap(content, at, len(text))
	}
	published, err := cairn.ParseDate(said("published"))
	if err != nil {
		note(&d, cairn.BadDate, fmt.Sprintf("the date %q is none: write 2017, 2017-10 or 2017-10-16", said("published")))
	}
	d.Published = published
	return d, true
}

// quoted reads a JSON string, and reports whether raw is one.
func quoted(raw json.RawMessage, into *string) bool {
	return len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, into) == nil
}

// textValue returns the offset, behind its quotation mark, of the last value of
// "text" in the valid JSON object that begins at start; 0 where there is none.
func textValue(content []byte, start int) int {
	found, depth := 0, 0
	for i := start; i < len(content); i++ {
		switch content[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			end := quotedEnd(content, i+1)
			value := end + 1 + leadingSpace(content[min(end+1, len(content)):])
			if depth == 1 && value < len(content) && content[value] == ':' {
				value += 1 + leadingSpace(content[value+1:])
				if string(content[i+1:end]) == "text" && value < len(content) && content[value] == '"' {
					found = value + 1
				}
			}
			i = end
		}
	}
	return found
}

// quotedEnd returns the offset of the quotation mark that closes the string
// which begins at i.
func quotedEnd(content []byte, i int) int {
	for i < len(content) && content[i] != '"' {
		next := bytes.IndexAny(content[i:], `"\`)
		if next < 0 {
			return len(content)
		}
		i += next
		if content[i] == '\\' {
			i += 2
		}
	}
	return i
}

// quotedMap maps the text of a JSON string that begins at offset at of content
// to the bytes it was written in. Where every letter is written as an escape
// the map is exact at the beginning of each word.
func quotedMap(content []byte, at, length int) []cairn.Anchor {
	var w writer
	w.anchor(at)
	written, dense := 0, false
	for i := at; i < len(content) && content[i] != '"' && written < length; {
		if content[i] != '\\' {
			next := bytes.IndexAny(content[i:], `"\`)
			if next < 0 {
				break
			}
			if dense {
				w.mark(written, i)
			}
			written += utf8Length(content[i : i+next])
			i, dense = i+next, false
			continue
		}
		if !dense {
			w.mark(written, i)
		}
		from, to := escape(content[i:])
		written += to
		i += from
		dense = from > 2 && i < len(content) && content[i] == '\\' && to > 1
		if !dense {
			w.mark(written, i)
		}
	}
	return w.anchors
}

// mark ties an offset of a text that is not written here to the original.
func (w *writer) mark(text, original int) {
	last := w.anchors[len(w.anchors)-1]
	if last.Original+text-last.Text == original {
		return
	}
	if last.Text == text {
		w.anchors[len(w.anchors)-1].Original = original
		return
	}
	w.anchors = append(w.anchors, cairn.Anchor{Text: text, Original: original})
}

// utf8Length is the length of raw once what is not UTF-8 has become U+FFFD.
func utf8Length(raw []byte) int {
	if utf8.Valid(raw) {
		return len(raw)
	}
	n := 0
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		n += utf8.RuneLen(r)
		i += size
	}
	return n
}

// escape returns how many bytes the escape at the beginning of raw takes and
// how many its character takes in UTF-8.
func escape(raw []byte) (from, to int) {
	if len(raw) < 6 || raw[1] != 'u' {
		return 2, 1
	}
	r := hex4(raw[2:6])
	if r >= 0xD800 && r < 0xDC00 && len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
		if low := hex4(raw[8:12]); low >= 0xDC00 && low < 0xE000 {
			return 12, 4
		}
	}
	if r >= 0xD800 && r < 0xE000 {
		return 6, 3 // a surrogate alone becomes U+FFFD
	}
	return 6, utf8.RuneLen(r)
}

func hex4(digits []byte) rune {
	var r rune
	for _, d := range digits {
		r <<= 4
		switch {
		case d >= 'a':
			r |= rune(d-'a') + 10
		case d >= 'A':
			r |= rune(d-'A') + 10
		default:
			r |= rune(d - '0')
		}
	}
	return r
}
