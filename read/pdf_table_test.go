package read

import (
	"fmt"
	"strings"
	"testing"
)

// laid draws words, each at its place on the page: "50 780 name" a line.
func (w *pdfWriter) laid(words ...string) {
	font := w.object(latinFont)
	var b strings.Builder
	for _, word := range words {
		var x, y float64
		fmt.Sscan(word, &x, &y)
		text := strings.SplitN(word, " ", 3)[2]
		fmt.Fprintf(&b, "BT /F1 10 Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", x, y, escapes.Replace(text))
	}
	w.page(b.String(), fmt.Sprintf("/Font<</F1 %d 0 R>>", font))
}

func TestRowsOfATableOnPages(t *testing.T) {
	for _, test := range []struct {
		name  string
		pages [][]string
		want  string
	}{
		{"a title, a header and rows", [][]string{{"50 800 List of those who were killed in the spring of the year", "50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Haddad", "300 765 34", "50 750 18", "120 750 Lina Haddad", "300 750 6"}},
			"1/2 id|name|age\n2/3 17|Sami Haddad|34\n3/4 18|Lina Haddad|6"},
		{"drawn column by column", [][]string{{"50 780 id", "50 765 17", "50 750 18", "120 780 name", "120 765 Sami Haddad", "120 750 Lina Haddad", "300 780 age", "300 765 34", "300 750 6"}},
			"1/1 id|name|age\n2/2 17|Sami Haddad|34\n3/3 18|Lina Haddad|6"},
		{"a cell that is missing", [][]string{{"50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Haddad", "50 750 18", "120 750 Lina Haddad", "300 750 6"}},
			"1/1 id|name|age\n2/2 17|Sami Haddad|\n3/3 18|Lina Haddad|6"},
		{"a cell of two lines", [][]string{{"50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Yusuf", "300 765 34", "120 754 Abu Haddad", "50 735 18", "120 735 Lina Haddad", "300 735 6"}},
			"1/1 id|name|age\n2/2 17|Sami Yusuf Abu Haddad|34\n3/4 18|Lina Haddad|6"},
		{"a header on each page", [][]string{{"50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Haddad", "300 765 34"}, {"50 780 id", "120 780 name", "300 780 age", "50 765 18", "120 765 Lina Haddad", "300 765 6"}},
			"1/1 id|name|age\n2/2 17|Sami Haddad|34\n3/4 18|Lina Haddad|6"},
		{"words across the columns at the end", [][]string{{"50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Haddad", "300 765 34", "50 720 Together one person, as far as anybody knows today of it"}},
			"1/1 id|name|age\n2/2 17|Sami Haddad|34\n3/3 Together one person, as far as anybody knows today of it||"},
		{"no columns", [][]string{{"50 780 A letter and no table."}},
			"table: its pages show no columns of words; a table that is a picture has to be typed out or read by a machine first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newPDF()
			for _, page := range test.pages {
				w.laid(page...)
			}
			if got := rowsOf(w.bytes(), "application/pdf", ""); got != test.want {
				t.Errorf("rows are\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestRowsOfAPDFThatIsNone(t *testing.T) {
	if got := rowsOf([]byte("%PDF-1.4\nand no more"), "", ""); !strings.Contains(got, "pdf: ") && !strings.Contains(got, "table: ") {
		t.Errorf("rows are %q", got)
	}
}
