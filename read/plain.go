package read

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// mostHeading is how many lines at the head of a plain text may say who wrote it
// and when.
const mostHeading = 8

var (
	bylineWords = regexp.MustCompile(`^(?i:by|por|par|автор:|بقلم:?|كتب:?|إعداد:?)\s+(\pL[\pL\pM.'’ ,-]{2,80})$`)
	sourceWords = regexp.MustCompile(`^(?i:source|publisher|fuente|источник|джерело|المصدر)\s*:\s*(.{2,80})$`)
	dateWords   = regexp.MustCompile(`(?i)^(?:published|posted|updated|date|fecha|дата|опубликовано|опубліковано|نشر في|التاريخ)?\s*:?\s*(?:on\s+)?(?:\pL{3,12},?\s+|يوم\s+\pL+\s+)?[\d٠-٩]`)
	monthAhead  = regexp.MustCompile(`(?i)^(?:published|posted|updated|date)?\s*:?\s*(?:on\s+)?(?:\pL{3,12},?\s+)?\pL{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}`)
)

// plain reads plain text as it stands, to the byte. Its first lines may state a
// title, an author and a date, each on a line of its own; a date that the
// receipt was given stands before one that they state.
func plain(l layer, receipt cairn.Receipt) cairn.Document {
	w := writer{layer: l}
	w.run(0, len(l.text))
	d := w.document(mediumText)
	head := headOf(d.Text)
	d.Title, d.Byline, d.Source, d.Published = head.title, head.byline, head.source, head.published
	if receipt.Given.Published.Known() {
		d.Published = receipt.Given.Published
	}
	return d
}

// A head is what the first lines of a text say of it.
type head struct {
	title, byline, source string
	published             cairn.Date
}

// headOf reads the first lines of a text, up to one that is a paragraph.
func headOf(text string) (h head) {
	var lines []string
	for line := range strings.Lines(text[:min(len(text), 4096)]) {
		line = collapse(line)
		if line == "" {
			continue
		}
		if len(lines) == mostHeading || utf8.RuneCountInString(line) > 200 {
			break
		}
		lines = append(lines, line)
	}
	dated := -1
	for i, line := range lines {
		if m := sourceWords.FindStringSubmatch(line); m != nil && h.source == "" {
			h.source, lines[i] = strings.TrimSpace(m[1]), ""
			continue
		}
		if h.byline == "" {
			h.byline = bylineOf(line)
		}
		if d := dateline(line); d.Known() && dated < 0 {
			h.published, dated = d, i
		}
	}
	for _, i := range []int{dated - 1, dated + 1} {
		if h.byline == "" && dated >= 0 && i >= 0 && i < len(lines) && looksNamed(lines[i]) && (i > 0 || dated == 1) {
			h.byline = lines[i]
		}
	}
	if len(lines) > 1 && dated != 0 && bylineOf(lines[0]) == "" && lines[0] != h.byline && looksTitled(lines[0]) {
		h.title = lines[0]
	}
	return h
}

// bylineOf returns the author that a line of its own names.
func bylineOf(line string) string {
	if utf8.RuneCountInString(line) > 90 {
		return ""
	}
	if m := bylineWords.FindStringSubmatch(line); m != nil && len(strings.Fields(m[1])) <= 8 {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// looksNamed reports whether a line is two to four words in capitals, as the
// name of a person is.
func looksNamed(line string) bool {
	words := strings.Fields(line)
	if len(words) < 2 || len(words) > 4 || strings.ContainsAny(line, ".:;!?()[]/\"0123456789") && !strings.Contains(line, ". ") {
		return false
	}
	for _, word := range words {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLower(r) && len(word) > 3 || !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// looksTitled reports whether a first line is a headline: short, and no sentence
// that ends.
func looksTitled(line string) bool {
	return utf8.RuneCountInString(line) <= 140 && !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, ",")
}

// dateline returns the date that a short line states and says little beside.
func dateline(line string) cairn.Date {
	if utf8.RuneCountInString(line) > 60 || !dateWords.MatchString(line) && !monthAhead.MatchString(line) {
		return ""
	}
	return dateIn(line, false)
}
