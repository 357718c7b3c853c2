package unpack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// linkColumns are the fields of a table of links, each with the headers under
// which it usually stands: those of collectors' sheets and of the archivers that
// work on them.
var linkColumns = []struct {
	field   string
	headers []string
}{
	{"url", []string{"link", "url", "source link", "post url", "post link", "address", "الرابط", "enlace", "ссылка", "посилання"}},
	{"title", []string{"title", "upload title", "headline", "العنوان", "título", "заголовок"}},
	{"text", []string{"text", "text content", "content", "post text", "description", "النص", "texto", "текст"}},
	{"published", []string{"published", "upload timestamp", "timestamp", "date", "date posted", "posted", "التاريخ", "fecha", "дата"}},
	{"source", []string{"source", "channel", "account", "page", "publisher", "المصدر", "fuente", "источник", "джерело"}},
	{"author", []string{"author", "uploader", "posted by"}},
	{"place", []string{"place", "location", "المكان", "lugar", "место", "місце"}},
	{"language", []string{"language", "lang"}},
	{"media", []string{"archive location", "wacz", "media", "file", "archived file"}},
	{"archived", []string{"archive date", "archived at"}},
}

// A Sheet reads the rows of a table of links.
type Sheet struct {
	Container
	at map[string]int
}

// LinkFields are the fields that a table of links can have.
func LinkFields() []string {
	var all []string
	for _, c := range linkColumns {
		all = append(all, c.field)
	}
	return all
}

// OpenSheet reads the header of a table of links. columns names the header of a
// field, where it is none of the usual. A table without a column of links, and a
// field or header that there is not, is a [cairn.Invalid].
func OpenSheet(c Container, header cairn.Row, columns map[string]string) (*Sheet, error) {
	s := &Sheet{Container: c, at: map[string]int{}}
	names := make([]string, len(header.Cells))
	for i, h := range header.Cells {
		names[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\uFEFF")))
	}
	for _, known := range linkColumns {
		for _, name := range known.headers {
			if i := slices.Index(names, name); i >= 0 {
				s.at[known.field] = i
				break
			}
		}
	}
	for field, name := range columns {
		if !slices.Contains(LinkFields(), field) {
			return nil, c.invalid(0, field, "is no field of a table of links: want one of "+strings.Join(LinkFields(), ", "))
		}
		i := slices.Index(names, strings.ToLower(strings.TrimSpace(name)))
		if i < 0 {
			return nil, c.invalid(header.Line, field, fmt.Sprintf("the table has no column %q", name))
		}
		s.at[field] = i
	}
	if _, ok := s.at["url"]; !ok {
		return nil, c.invalid(header.Line, "url", "no column holds links: name it with --columns url=HEADER")
	}
	return s, nil
}

func (s *Sheet) cell(r cairn.Row, field string) string {
	if i, ok := s.at[field]; ok && i < len(r.Cells) {
		return strings.TrimSpace(r.Cells[i])
	}
	return ""
}

// Row returns what a row says: a piece with the words of what it links to, or
// one without bytes, whose address is still to be fetched. A row that is at
// fault is a [cairn.Invalid] with its line.
func (s *Sheet) Row(r cairn.Row) (Piece, error) {
	url := s.cell(r, "url")
	if url == "" && strings.Join(r.Cells, "") == "" {
		return Piece{From: s.From, Passed: "a row without anything"}, nil
	}
	if !ofWeb(url) {
		return Piece{}, s.invalid(r.Line, "url", fmt.Sprintf("%q is no address of the web", url))
	}
	given := cairn.Given{Source: s.cell(r, "source"), Place: s.cell(r, "place"), Language: s.cell(r, "language"), URL: url}
	if date := s.cell(r, "published"); date != "" {
		at, err := linkDate(date, s.DayFirst)
		if err != nil {
			return Piece{}, s.invalid(r.Line, "published", err.Error())
		}
		given.Published = at
	}
	p := Piece{From: fmt.Sprintf("%s#%d", s.From, r.Line), Given: given}
	p.Within = cairn.Within{Ref: s.Ref, Kind: Links, Line: r.Line, ID: url}
	if at, err := linkDate(s.cell(r, "archived"), s.DayFirst); err == nil {
		p.Within.At = at.First()
	}
	p.Post = &cairn.Post{Channel: given.Source}
	if file := s.cell(r, "media"); file != "" {
		p.Post.Media = []string{file}
	}
	if author := s.cell(r, "author"); author != "" {
		p.Private = map[string]string{"author": author}
	}
	if text := s.cell(r, "text"); text != "" {
		p.Bytes = post{ID: "link-" + fingerprint(url, text), Text: text, Title: s.cell(r, "title"), Published: string(given.Published),
			Language: given.Language, Source: given.Source, URL: url}.bytes()
	}
	return p, nil
}

// linkDate reads a date as collectors' sheets have it. 03/04/2024 is refused
// where nobody says which of the two is the day.
func linkDate(s string, dayFirst *bool) (cairn.Date, error) {
	s = strings.TrimSpace(s)
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if at, err := time.Parse(form, s); err == nil {
			return cairn.Date(minute(at)), nil
		}
	}
	if d, err := cairn.ParseDate(s); err == nil && d.Known() {
		return d, nil
	}
	var a, b, year int
	if n, err := fmt.Sscanf(s, "%d/%d/%d", &a, &b, &year); err == nil && n == 3 && year > 1900 {
		if dayFirst == nil && a <= 12 && b <= 12 && a != b {
			return "", fmt.Errorf("%q can be two days: say --dates dmy or mdy", s)
		}
		day, month := a, b
		if b > 12 || a <= 12 && dayFirst != nil && !*dayFirst {
			day, month = b, a
		}
		return cairn.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	}
	return "", fmt.Errorf("%q is no date such as 2017-10-16", s)
}
