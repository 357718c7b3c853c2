package recorder

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// plainTotals adds up a column for each group of rows, as a plain program would.
type plainTotals map[string][2]int

func (s plainTotals) add(by string, class cairn.Class, low, high int) {
	key := fmt.Sprintf("%s %s", by, class)
	s[key] = [2]int{s[key][0] + low, s[key][1] + high}
}

// The totals of a table that was taken over are the plain sums of its rows, to
// the last unit.
func TestTotalsOfATableAreItsPlainSums(t *testing.T) {
	packed, err := os.Open(filepath.FromSlash("../../shared/eval/recorders/ucdp_syria_2017.csv.gz"))
	if err != nil {
		t.Skip("the table of UCDP is not here: ", err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ged.csv")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	r := local(t)
	sum, err := r.ImportRows(context.Background(), []string{file}, Rows{As: "ucdp"}, Progress{})
	if err != nil || sum.Taken != len(rows)-1 || sum.Problems != 0 {
		t.Fatalf("%+v of %d rows, %v", sum, len(rows)-1, err)
	}
	for by, column := range map[string]string{"": "", "month": "date_start", "admin1": "adm_1", "country": ""} {
		checkSums(t, r, by, plainly(rows, by, column))
	}
}

func plainly(rows [][]string, by, column string) plainTotals {
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	s := plainTotals{}
	for _, row := range rows[1:] {
		number := func(name string) int { n, _ := strconv.Atoi(row[at[name]]); return n }
		group := ""
		switch by {
		case "month":
			group = row[at[column]][:7]
		case "admin1":
			if group = row[at[column]]; group == "" {
				group = "none"
			}
		case "country":
			group = "SY"
		}
		low, best, high := number("low"), number("best"), number("high")
		s.add(group, cairn.All, min(low, best, high), max(low, best, high))
		s.add(group, cairn.Civilian, number("deaths_civilians"), number("deaths_civilians"))
		s.add(group, cairn.UnknownStatus, number("deaths_unknown"), number("deaths_unknown"))
		s.add(group, cairn.Combatant, number("deaths_a")+number("deaths_b"), number("deaths_a")+number("deaths_b"))
	}
	return s
}

func checkSums(t *testing.T, r *Recorder, by string, want plainTotals) {
	t.Helper()
	answer, err := Total(context.Background(), r.View(), Query{Project: r.Project().Name, By: by})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Rows) != len(want) {
		t.Errorf("by %q: %d rows, want %d", by, len(answer.Rows), len(want))
	}
	for _, row := range answer.Rows {
		key := fmt.Sprintf("%s %s", row.By, row.Class)
		if got := [2]int{row.Min.N, row.Max.N}; got != want[key] {
			t.Errorf("by %q: %s is %v, want %v", by, key, got, want[key])
		}
	}
}
