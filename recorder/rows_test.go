package recorder

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// An incident that names two or three parties is counted once in every total
// that spans them, and once under each of them.
func TestSeveralPartiesCountOnce(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		var table strings.Builder
		table.WriteString("code,date,belligerent,harm_grading,civilians_killed_min,civilians_killed_max\n")
		low, high, perParty := 0, 0, map[string]int{}
		for n := range 40 {
			var named []string
			for _, p := range random.Perm(4)[:1+random.IntN(3)] {
				named = append(named, fmt.Sprintf("Army %d", p))
			}
			least := random.IntN(9)
			most := least + random.IntN(5)
			fmt.Fprintf(&table, "R%d,2031-0%d-03,%s,Fair,%d,%d\n", n, 1+random.IntN(9), strings.Join(named, ";"), least, most)
			low, high = low+least, high+most
			for _, p := range named {
				perParty[p] += most
			}
		}
		r := local(t)
		if _, err := r.ImportRows(ctx, []string{file(t, "random.csv", table.String())}, Rows{As: "airwars"}, Progress{}); err != nil {
			t.Fatal(err)
		}
		if got, want := sums(t, r, Query{}), fmt.Sprintf("killed civilian %s of 40", cairn.Between(low, high)); got != want {
			t.Errorf("seed %d: the total is %s, want %s", seed, got, want)
		}
		answer, err := Total(ctx, r.View(), Query{Project: "tarn", By: "belligerent"})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range answer.Rows {
			if row.Max.N != perParty[string(row.By)] {
				t.Errorf("seed %d: %s has %s, want a ceiling of %d", seed, row.By, row.Range(), perParty[string(row.By)])
			}
		}
	}
}

// What one cairn exports another takes over, and it comes out again the same.
func TestAnExportedTableComesBackTheSame(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	must(t)(r.Override(ctx, "T2", "grading", "confirmed", "conceded"))
	var table strings.Builder
	table.WriteString("code,date,date_end,place_en,lat,lon,loc_accuracy,belligerent,strike_type,strike_status,harm_grading,civilians_killed_min,civilians_killed_max,children_killed_min,children_killed_max\n")
	for n := range 300 {
		fmt.Fprintf(&table, "R%d,2031-0%d-03,,Orvane %d,4%d.5,51,Town,Army %d;Front %d,Airstrike,Likely,%s,%d,%d,,%d\n", n, 1+n%9, n%50, n%10, n%3, n%5, cairn.Grades[n%5], n%7, n%7+n%4, n%3)
	}
	if _, err := r.ImportRows(ctx, []string{file(t, "r.csv", table.String())}, Rows{As: "airwars", Of: "Other"}, Progress{}); err != nil {
		t.Fatal(err)
	}
	first := readCSV(t, filepath.Join(exportedTo(t, r, CSV), "incidents.csv"))
	path := filepath.Join(exportedTo(t, r, CSV), "incidents.csv")
	other := local(t)
	if sum, err := other.ImportRows(ctx, []string{path}, Rows{As: "cairn", Of: "Tarn"}, Progress{Fault: func(err error) { t.Error(err) }}); err != nil || sum.Taken != len(first)-1 {
		t.Fatalf("%+v of %d, %v", sum, len(first)-1, err)
	}
	again := readCSV(t, filepath.Join(exportedTo(t, other, CSV), "incidents.csv"))
	if len(again) != len(first) {
		t.Fatalf("%d rows came back of %d", len(again), len(first))
	}
	for k, row := range first {
		for i, name := range first[0] {
			if name == "policy" || name == "claims" {
				continue // whose rules made it, and of how many claims
			}
			if again[k][i] != row[i] {
				t.Fatalf("row %d: %s is %q, was %q", k, name, again[k][i], row[i])
			}
		}
	}
}
