package recorder

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// exported writes one form into a folder of its own.
func exportedTo(t testing.TB, r *Recorder, format Format) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := Export(ctx, r.View(), Query{Project: "tarn"}, format, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// readParquet reads a file back as rows of text, its columns by name.
func readParquet(t testing.TB, path string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		defer rows.Close()
		for range group.NumRows() {
			buffer := make([]parquet.Row, 1)
			if n, err := rows.ReadRows(buffer); n != 1 {
				t.Fatal(err)
			}
			row := map[string]string{}
			for _, v := range buffer[0] {
				name := f.Schema().Columns()[v.Column()][0]
				switch {
				case v.IsNull():
					row[name] = ""
				case v.Kind() == parquet.Double:
					row[name] = strconv.FormatFloat(v.Double(), 'f', -1, 64)
				default:
					row[name] = v.String()
				}
			}
			all = append(all, row)
		}
	}
	return all
}

// Every form of tables has the same values.
func TestTheFormsOfTablesAgree(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	plain, columnar, tagged := exportedTo(t, r, CSV), exportedTo(t, r, Parquet), exportedTo(t, r, HXL)
	for _, name := range []string{"incidents", "documents", "claims"} {
		rows := readCSV(t, filepath.Join(plain, name+".csv"))
		found := readParquet(t, filepath.Join(columnar, name+".parquet"))
		if len(found) != len(rows)-1 || len(found) == 0 {
			t.Fatalf("%s: %d rows in Parquet, %d in CSV", name, len(found), len(rows)-1)
		}
		for k, row := range rows[1:] {
			for i, column := range rows[0] {
				if found[k][column] != row[i] {
					t.Errorf("%s %d: %s is %q in Parquet, %q in CSV", name, k+1, column, found[k][column], row[i])
				}
			}
		}
		hxl := readCSV(t, filepath.Join(tagged, name+".hxl.csv"))
		for i, tag := range hxl[1] {
			if !strings.HasPrefix(tag, "#") || strings.ContainsAny(tag, " ") {
				t.Errorf("%s: the hashtag of %s is %q", name, hxl[0][i], tag)
			}
		}
		if fmt.Sprint(hxl[0], hxl[2:]) != fmt.Sprint(rows[0], rows[1:]) {
			t.Errorf("%s: without its hashtags HXL is not the CSV", name)
		}
	}
}

func TestExportAsSQLite(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	data, err := os.ReadFile(filepath.Join(exportedTo(t, r, SQLite), "cairn.sqlite"))
	if err != nil || !bytes.HasPrefix(data, []byte("SQLite format 3\x00")) || !bytes.Contains(data, []byte("Selm Bridge")) {
		t.Errorf("it is no SQLite file with the incidents: %d bytes, %v", len(data), err)
	}
}
