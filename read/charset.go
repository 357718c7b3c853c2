package read

import (
	"bytes"
	"mime"
	"regexp"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/cairn-recorder/cairn"
)

var metaCharset = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// decode returns content as UTF-8. The character set is that of the byte order
// mark, else UTF-8 wherever the bytes are valid in it, for no other set
// produces such bytes by accident, else the one that the header or the page
// declares, else the one that makes the most of the letters.
func decode(content []byte, contentType string) layer {
	switch {
	case bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")):
		l := decode8(content[3:])
		for i := range l.anchors {
			l.anchors[i].Original += 3
		}
		return l.withoutNUL()
	case bytes.HasPrefix(content, []byte("\xFF\xFE")):
		return decode16(content, 2, false).withoutNUL()
	case bytes.HasPrefix(content, []byte("\xFE\xFF")):
		return decode16(content, 2, true).withoutNUL()
	case utf8.Valid(content):
		return decode8(content).withoutNUL()
	}
	if set, known := declared(content, contentType); known {
		return decodeSet(content, set).withoutNUL()
	}
	if mostlyUTF8(content) {
		return decode8(content).withoutNUL()
	}
	if set := guess(content); set != nil {
		return decodeSet(content, set).withoutNUL()
	}
	return decode8(content).withoutNUL()
}

// declared returns the character set that the header or the page declares,
// other than UTF-8, which the bytes have belied by now.
func declared(content []byte, contentType string) (encoding.Encoding, bool) {
	var names []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		names = append(names, params["charset"])
	}
	if m := metaCharset.FindSubmatch(content[:min(len(content), 4096)]); m != nil {
		names = append(names, string(m[1]))
	}
	for _, name := range names {
		set, err := htmlindex.Get(name)
		if err != nil {
			continue
		}
		if canonical, _ := htmlindex.Name(set); canonical != "utf-8" && canonical != "replacement" {
			return set, true
		}
	}
	return nil, false
}

// decode8 takes content for UTF-8. Bytes that are not become U+FFFD, each mapped
// to where it stood, and a Problem says so.
func decode8(content []byte) layer {
	if utf8.Valid(content) {
		return layer{text: content, anchors: []cairn.Anchor{{}}}
	}
	w := writer{layer: layer{text: content}}
	bad := 0
	for start := 0; start < len(content); {
		end := start
		for end < len(content) {
			r, size := utf8.DecodeRune(content[end:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			end += size
		}
		w.run(start, end)
		if end < len(content) {
			w.say("\uFFFD", end)
			bad++
		}
		start = end + 1
	}
	return layer{w.text, w.anchors, &cairn.Problem{Kind: cairn.BadBytes,
		Reason: plural(bad, "byte is", "bytes are") + " not valid in UTF-8 and no other character set explains them"}}
}

// decode16 takes content for UTF-16 from offset on.
func decode16(content []byte, offset int, bigEndian bool) layer {
	var w writer
	w.anchor(offset)
	for i := offset; i+1 < len(content); i += 2 {
		r, width := unit(content[i:], bigEndian), 2
		if utf16.IsSurrogate(r) && i+3 < len(content) {
			if whole := utf16.DecodeRune(r, unit(content[i+2:], bigEndian)); whole != unicode.ReplacementChar {
				r, width = whole, 4
			}
		}
		if n := len(w.text); n == 0 || isSpace(rune(w.text[n-1])) {
			w.anchor(i)
		}
		w.text = utf8.AppendRune(w.text, r)
		i += width - 2
	}
	return layer{text: w.text, anchors: w.anchors}
}

func unit(pair []byte, bigEndian bool) rune {
	if bigEndian {
		return rune(pair[0])<<8 | rune(pair[1])
	}
	return rune(pair[1])<<8 | rune(pair[0])
}

// decodeSet takes content for a character set in which white space and angle
// brackets are the bytes of ASCII, as in all but UTF-16. The map is exact at the
// beginning of each word.
func decodeSet(content []byte, set encoding.Encoding) layer {
	var w writer
	decoder := set.NewDecoder()
	bad := 0
	for start := 0; start < len(content); {
		w.anchor(start)
		end := start + 1
		for end < len(content) && !divides(content[end]) && !divides(content[end-1]) {
			end++
		}
		decoder.Reset()
		decoded, err := decoder.Bytes(content[start:end])
		if err != nil {
			decoded = bytes.ToValidUTF8(content[start:end], []byte("\uFFFD"))
		}
		bad += bytes.Count(decoded, []byte("\uFFFD"))
		w.text = append(w.text, decoded...)
		start = end
	}
	l := layer{text: w.text, anchors: w.anchors}
	if bad > 0 {
		name, _ := htmlindex.Name(set)
		l.problem = &cairn.Problem{Kind: cairn.BadBytes, Reason: plural(bad, "character is", "characters are") + " not valid in " + name}
	}
	return l
}

// divides reports whether b parts words, tags or cells in every such set: all of
// ASCII below the letters but its digits, which some sets use within a character.
func divides(b byte) bool { return b < '0' && b != 0x1B || b > '9' && b < '@' }

// mostlyUTF8 reports whether content is UTF-8 in which a few bytes went wrong.
func mostlyUTF8(content []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good > 3*bad
}

// guess returns the character set that makes the most plausible letters of
// content; nil where none does.
func guess(content []byte) encoding.Encoding {
	var best encoding.Encoding
	most := 0.5
	sample := content[:min(len(content), 8192)]
	for _, set := range []*charmap.Charmap{charmap.Windows1252, charmap.Windows1256, charmap.Windows1251, charmap.KOI8R} {
		if score := plausible(sample, set); score > most {
			best, most = set, score
		}
	}
	return best
}

// frequent are the letters that make up half of any text of a script.
const frequent = "اليمنورتهبعةدسفقحكш" + "оеаинтсрвлкмдпуіяья" + "éèáíóúñüöäçàâêîôãõåøß’“”–—"

// plausible returns the share of the bytes beyond ASCII that set reads as
// frequent letters, less those it reads as no letter of a word.
func plausible(sample []byte, set *charmap.Charmap) float64 {
	var all, score float64
	before := ' '
	for _, b := range sample {
		r := set.DecodeByte(b)
		if b >= 0x80 {
			all++
			switch {
			case bytes.ContainsRune([]byte(frequent), unicode.ToLower(r)) && !(unicode.IsUpper(r) && unicode.IsLower(before)):
				score++
			case unicode.IsUpper(r) && unicode.IsLower(before), unicode.IsControl(r), r == utf8.RuneError:
				score--
			case !unicode.IsLetter(r):
				score -= 0.5
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return score / all
}
