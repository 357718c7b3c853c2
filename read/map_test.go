package read

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/cairn-recorder/cairn"
)

// standsAt reports whether word stands at the beginning of bytes, in one of the
// ways in which a page may write it.
func standsAt(raw, word string) bool {
	if strings.HasPrefix(raw, word) {
		return true
	}
	piece := raw[:min(len(raw), 12*len(word)+16)]
	return strings.HasPrefix(html.UnescapeString(piece), word) || strings.HasPrefix(strings.ReplaceAll(html.UnescapeString(piece), "\u202F", " "), word)
}

// holdsMap fails where a word of d does not stand in content where the map says.
func holdsMap(t *testing.T, d cairn.Document, content string) {
	t.Helper()
	checked := 0
	for start := 0; start < len(d.Text); {
		end := start
		for end < len(d.Text) && !isSpace(rune(d.Text[end])) {
			end++
		}
		word := d.Text[start:end]
		// What the reader puts between cells is no word of the original.
		if word = strings.TrimSuffix(word, ","); word != "" {
			at, ok := d.Original(start)
			if !ok || at > len(content) || !standsAt(content[at:], word) {
				t.Errorf("%q at %d is said to stand at %d, where there is %.20q", word, start, at, content[min(at, len(content)):])
				return
			}
			checked++
		}
		start = end + 1
	}
	if checked == 0 {
		t.Error("no word was checked")
	}
}

func TestPagesMapToTheirBytes(t *testing.T) {
	for _, p := range markedPages(t) {
		t.Run(p.name, func(t *testing.T) { holdsMap(t, p.read(), string(p.content)) })
	}
}

func TestPlainMapsToItsBytes(t *testing.T) {
	const text = "Jane Doe\n23 October 2017\n\nShells  hit the\tmill of Marun. Сім загиблих.\r\n"
	d := readBytes(text)
	holdsMap(t, d, text)
	if d.Text != text {
		t.Errorf("the text was changed to %q", d.Text)
	}
}

// TestCharsets holds the words and the map of texts in other character sets,
// declared, undeclared and declared wrongly.
func TestCharsets(t *testing.T) {
	const (
		arabic  = "قتل سبعة مدنيين في قصف على سوق المدينة صباح الثلاثاء بحسب مصدر طبي وقال شهود إن الطائرة عادت"
		russian = "Семь человек погибли при обстреле рынка во вторник утром, сообщил источник в больнице города"
		spanish = "Murió también un niño de seis años en el bombardeo de la población, según informó la Defensoría"
	)
	for _, test := range []struct {
		name, text, declared string
		set                  encoding.Encoding
	}{
		{"windows-1256 declared as utf-8", arabic, "utf-8", charmap.Windows1256},
		{"windows-1256 undeclared", arabic, "", charmap.Windows1256},
		{"windows-1256 declared", arabic, "windows-1256", charmap.Windows1256},
		{"iso-8859-6 declared", arabic, "iso-8859-6", charmap.ISO8859_6},
		{"windows-1251 declared as utf-8", russian, "utf-8", charmap.Windows1251},
		{"windows-1251 undeclared", russian, "", charmap.Windows1251},
		{"koi8-r undeclared", russian, "", charmap.KOI8R},
		{"koi8-r declared", russian, "koi8-r", charmap.KOI8R},
		{"windows-1252 undeclared", spanish, "", charmap.Windows1252},
		{"windows-1252 declared as utf-8", spanish, "utf-8", charmap.Windows1252},
		{"utf-8 declared as windows-1251", arabic, "windows-1251", encoding.Nop},
		{"utf-8 with a mark", spanish, "", unicode.UTF8BOM},
		{"utf-16 little endian", arabic, "", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"utf-16 big endian", russian, "", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	} {
		t.Run(test.name, func(t *testing.T) {
			bytes, err := test.set.NewEncoder().String(test.text)
			if err != nil {
				t.Fatal(err)
			}
			receipt := cairn.Receipt{How: "http", Headers: map[string][]string{"content-type": {"text/plain; charset=" + test.declared}}}
			d := Document(cairn.RefOf([]byte(bytes)), []byte(bytes), receipt)
			if d.Text != test.text {
				t.Fatalf("read as %q", d.Text)
			}
			if d.Problem != nil {
				t.Errorf("a problem: %+v", *d.Problem)
			}
			for start := range d.Text {
				if start > 0 && d.Text[start-1] != ' ' {
					continue
				}
				word, _, _ := strings.Cut(d.Text[start:], " ")
				want, _ := encoding.ReplaceUnsupported(test.set.NewEncoder()).String(word)
				want = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(want, "\uFEFF"), "\xFF\xFE"), "\xFE\xFF")
				if at, ok := d.Original(start); !ok || !strings.HasPrefix(bytes[at:], want) {
					t.Errorf("%q at %d is said to stand at %d", word, start, at)
				}
			}
		})
	}
}

func TestInvalidBytesAreMarkedWhereTheyStood(t *testing.T) {
	const bytes = "Сім людей загинуло\xff у Маруні, восьмеро пора\xc3нено вночі"
	d := readBytes(bytes)
	if want := "Сім людей загинуло\uFFFD у Маруні, восьмеро пора\uFFFDнено вночі"; d.Text != want {
		t.Errorf("read as %q", d.Text)
	}
	if d.Problem == nil || d.Problem.Kind != cairn.BadBytes {
		t.Errorf("the problem is %+v", d.Problem)
	}
	at := strings.Index(d.Text, "вночі")
	if original, ok := d.Original(at); !ok || !strings.HasPrefix(bytes[original:], "вночі") {
		t.Errorf("the last word is said to stand at %d", original)
	}
	if !utf8.ValidString(d.Text) {
		t.Error("the text is not valid UTF-8")
	}
}

func readBytes(content string) cairn.Document {
	return Document(cairn.RefOf([]byte(content)), []byte(content), cairn.Receipt{How: "file"})
}
