package recorder

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/cairn-recorder/cairn"
)

// dirty is rows as lists have them, each with what must be told of it: "" where
// nothing is odd.
var dirty = []struct{ cells, odd string }{
	{"401|Sami Haddad|34|2031-05-03", ""},
	{"4.01E+08|Lina Haddad|6 months|2031-05-03", "a spreadsheet rounded it; its last digits are lost"},
	{"40١ب|Omar Selim|40|2031-05-03", "a letter of another script stands in it"},
	{"٤٠٢|Rami Odeh|25|2031-05-03", "other digits"},
	{"403|Nour Odeh|18 أشهر|2031-05-03", "an age in months"},
	{"404|ا\u0654حمد قاسم|19|2031-05-03", "letters that are written in two ways were made one"},
	{"405|أحمد قاسم|51|13/05/2031", ""},
	{"406|Hana Besh|22|03/04/2031", "day or month first cannot be told"},
	{"407|Dalia Marun|430|2031-05-03", "430 is no age"},
	{"407|Petro Kovalenko|30|2031-05-03", ""},
	{"408|Marta Torvel|30|2031-05-03|seven", "1 cells more than the header has"},
}

func TestNothingOfADirtyListIsDropped(t *testing.T) {
	csv, sheet := "id,name,age,date\n", excelize.NewFile()
	for k, cell := range []string{"id", "name", "age", "date"} {
		fillCell(t, sheet, k, 1, cell)
	}
	for n, row := range dirty {
		csv += strings.ReplaceAll(row.cells, "|", ",") + "\n"
		for k, cell := range strings.Split(row.cells, "|") {
			fillCell(t, sheet, k, n+2, cell)
		}
	}
	var book bytes.Buffer
	if err := sheet.Write(&book); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"list.csv": csv + ",,,\n", "list.xlsx": book.String()} {
		t.Run(name, func(t *testing.T) {
			r := local(t)
			var told []string
			p := Progress{Fault: func(err error) { told = append(told, err.Error()) }}
			if _, err := r.ImportList(ctx, []string{inFolder(t, name, content)}, Roll{Of: "Ministry"}, p); err != nil {
				t.Fatal(err)
			}
			entries, err := r.View().Entries(ctx, "tarn", "ministry")
			if err != nil || len(entries) != len(dirty) {
				t.Fatalf("%d entries of %d rows, %v", len(entries), len(dirty), err)
			}
			byRow := map[int]cairn.Entry{}
			for _, e := range entries {
				byRow[e.Row] = e
			}
			all := strings.Join(told, "\n")
			for n, row := range dirty {
				e, ok := byRow[n+1]
				if !ok {
					t.Errorf("row %d is lost: %s", n+1, row.cells)
					continue
				}
				if notes := strings.Join(e.Notes, "; "); (row.odd == "") != (notes == "") || !strings.Contains(notes, row.odd) {
					t.Errorf("row %d has the notes %q, want %q", n+1, notes, row.odd)
				}
				if row.odd != "" && !strings.Contains(all, fmt.Sprintf("%s:%d: ", name, n+2)) {
					t.Errorf("row %d is not told of:\n%s", n+1, all)
				}
			}
			if strings.HasSuffix(name, ".csv") && !strings.Contains(all, "says nothing of anybody") {
				t.Error("an empty row is not named")
			}
		})
	}
}

func fillCell(t *testing.T, f *excelize.File, column, row int, value string) {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column+1, row)
	if err == nil {
		err = f.SetCellStr("Sheet1", cell, value)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func inFolder(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMergedCellsAreOfEveryPerson has a place and a day that are merged over the
// rows of a family.
func TestMergedCellsAreOfEveryPerson(t *testing.T) {
	f := excelize.NewFile()
	for n, row := range []string{"place|date|name|age", "Orvane|2031-05-03|Sami Haddad|34", "||Lina Haddad|6", "||Rami Haddad|31", "Selm|2031-05-11|Omar Selim|40"} {
		for k, cell := range strings.Split(row, "|") {
			if cell != "" {
				fillCell(t, f, k, n+1, cell)
			}
		}
	}
	for _, area := range [][2]string{{"A2", "A4"}, {"B2", "B4"}} {
		if err := f.MergeCell("Sheet1", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	var book bytes.Buffer
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	r := local(t)
	if _, err := r.ImportList(ctx, []string{inFolder(t, "list.xlsx", book.String())}, Roll{Of: "Ministry"}, Progress{}); err != nil {
		t.Fatal(err)
	}
	entries, err := r.View().Entries(ctx, "tarn", "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Values["name"]+" "+e.Values["place"]+" "+e.Values["date"])
	}
	if s := strings.Join(got, "; "); s != "Sami Haddad Orvane 2031-05-03; Lina Haddad Orvane 2031-05-03; Rami Haddad Orvane 2031-05-03; Omar Selim Selm 2031-05-11" {
		t.Errorf("entries are %s", s)
	}
}

// TestAListInAPDF reads a list whose pages show a table.
func TestAListInAPDF(t *testing.T) {
	r := local(t)
	var told []string
	p := Progress{Fault: func(err error) { told = append(told, err.Error()) }}
	content := onPage("50 800 Those who were killed in the spring, as far as is known to us", "50 780 id", "120 780 name", "300 780 age", "50 765 17", "120 765 Sami Haddad", "300 765 34", "50 750 18", "120 750 Lina Haddad", "300 750 6 months",
		"50 720 Two persons in all, and nobody is known to be missing from it")
	if _, err := r.ImportList(ctx, []string{inFolder(t, "list.pdf", content)}, Roll{Of: "Ministry"}, p); err != nil {
		t.Fatal(err)
	}
	entries, err := r.View().Entries(ctx, "tarn", "")
	if err != nil || len(entries) != 2 || entries[0].Values["name"] != "Sami Haddad" || entries[1].Values["age"] != "0" {
		t.Errorf("entries are %+v, %v: %v", entries, err, told)
	}
	if all := strings.Join(told, "\n"); !strings.Contains(all, "stands across the columns of the table: Two persons in all") || !strings.Contains(all, "an age in months") {
		t.Errorf("told is %s", all)
	}
}

// onPage is a PDF of one page with words at their places.
func onPage(words ...string) string {
	var page strings.Builder
	for _, word := range words {
		parts := strings.SplitN(word, " ", 3)
		fmt.Fprintf(&page, "BT /F1 10 Tf 1 0 0 1 %s %s Tm (%s) Tj ET\n", parts[0], parts[1], parts[2])
	}
	file := "%PDF-1.4\n"
	var at []int
	for n, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 32/Widths[600]>>"} {
		at = append(at, len(file))
		file += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", n+1, object)
	}
	start := len(file)
	file += fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		file += fmt.Sprintf("%010d 00000 n \n", a)
	}
	return file + fmt.Sprintf("trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
}
