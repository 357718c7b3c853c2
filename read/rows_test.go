package read

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/cairn-recorder/cairn"
)

// rowsOf writes rows a line each: its line of the file, then its cells.
func rowsOf(content []byte, contentType, sheet string) string {
	var lines []string
	for row, err := range Rows(content, contentType, sheet) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		lines = append(lines, fmt.Sprintf("%d/%d %s", row.Number, row.Line, strings.Join(row.Cells, "|")))
	}
	return strings.Join(lines, "\n")
}

func TestRowsOfATable(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"commas", "date,killed\n2031-03-04,3\n", "1/1 date|killed\n2/2 2031-03-04|3"},
		{"semicolons", "date;killed\n2031-03-04;3\n2031-03-05;4\n", "1/1 date|killed\n2/2 2031-03-04|3\n3/3 2031-03-05|4"},
		{"a cell of several lines", "date,note\n2031-03-04,\"two\nlines\"\n2031-03-05,one\n", "1/1 date|note\n2/2 2031-03-04|two\nlines\n3/4 2031-03-05|one"},
		{"another character set", "lugar,muertos\nPe\xf1a,3\n", "1/1 lugar|muertos\n2/2 Peña|3"},
		{"a byte order mark", "\xef\xbb\xbfdate,killed\n2031-03-04,3\n", "1/1 date|killed\n2/2 2031-03-04|3"},
		{"no workbook", "PK\x03\x04 and no more", "workbook: cannot be read: zip: not a valid zip file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := rowsOf([]byte(test.content), "", ""); got != test.want {
				t.Errorf("rows are\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Each cell says where it stands in the bytes that came.
func TestCellsStandInTheBytes(t *testing.T) {
	content := []byte("\xef\xbb\xbfcode,\"place, native\",killed\nx1,\"تل مرون\",3\n")
	for row, err := range Rows(content, "", "") {
		if err != nil {
			t.Fatal(err)
		}
		for i, cell := range row.Cells {
			if !bytes.HasPrefix(content[row.At[i]:], []byte(cell)) {
				t.Errorf("row %d: %q does not stand at %d", row.Number, cell, row.At[i])
			}
		}
	}
}

func TestRowsOfAWorkbook(t *testing.T) {
	f := excelize.NewFile()
	if _, err := f.NewSheet("حوادث"); err != nil {
		t.Fatal(err)
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "date", "B1": "place", "C1": "killed", "A2": time.Date(2031, 3, 4, 0, 0, 0, 0, time.UTC), "B2": "تل مرون", "C2": 3, "A4": time.Date(2031, 3, 5, 0, 0, 0, 0, time.UTC), "C4": 4, "B4": "Selm", "B5": "", "C5": 2} {
		if err := f.SetCellValue("حوادث", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("حوادث", "A2", "A5", day); err != nil {
		t.Fatal(err)
	}
	if err := f.MergeCell("حوادث", "A4", "A5"); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := f.Write(&file); err != nil {
		t.Fatal(err)
	}
	want := "1/1 date|place|killed\n2/2 2031-03-04|تل مرون|3\n3/4 2031-03-05|Selm|4\n4/5 2031-03-05||2"
	if got := rowsOf(file.Bytes(), "", "حوادث"); got != want {
		t.Errorf("rows are\n%s\nwant\n%s", got, want)
	}
	if got, want := rowsOf(file.Bytes(), "", "Deaths"), `sheet: there is no "Deaths"; the workbook has Sheet1, حوادث`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzRows(f *testing.F) {
	f.Add([]byte("date,killed\n2031-03-04,\"3\n"))
	f.Add([]byte("PK\x03\x04"))
	w := newPDF()
	w.laid("50 780 id", "120 780 name", "50 765 17", "120 765 Sami Haddad")
	f.Add(w.bytes())
	f.Fuzz(func(t *testing.T, content []byte) {
		for row, err := range Rows(content, "", "") {
			if err == nil && len(row.At) != len(row.Cells) {
				t.Errorf("row %d has %d cells and %d places", row.Number, len(row.Cells), len(row.At))
			}
			if err != nil && !errors.As(err, new(cairn.Invalid)) {
				t.Errorf("%v is no fault of a datum", err)
			}
		}
	})
}
