package table

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// pairColumns is the columns of an answer in CSV.
var pairColumns = []string{"a_list", "a_row", "b_list", "b_row", "probability", "weight"}

// WritePairs writes the pairs of a linkage as CSV, rows counted from 1, with a
// column for the weight of each field where they are explained.
func WritePairs(w io.Writer, lists []*linkage.List, found *linkage.Linkage) error {
	out := csv.NewWriter(w)
	row := append([]string(nil), pairColumns...)
	if explained(found) {
		for _, f := range found.Model.Features {
			row = append(row, "weight_"+strings.ReplaceAll(f.Name, " ", "_"))
		}
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, p := range found.Pairs {
		row = append(row[:0], lists[p.A.List].Name, strconv.Itoa(p.A.Number+1), lists[p.B.List].Name, strconv.Itoa(p.B.Number+1),
			strconv.FormatFloat(p.Probability, 'g', 9, 64), strconv.FormatFloat(p.Weight, 'f', 4, 64))
		for _, f := range p.Fields {
			row = append(row, strconv.FormatFloat(f.Weight, 'f', 2, 64))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func explained(found *linkage.Linkage) bool {
	return len(found.Pairs) > 0 && found.Pairs[0].Fields != nil
}

type pairLine struct {
	AList       string       `json:"a_list"`
	ARow        int          `json:"a_row"`
	BList       string       `json:"b_list"`
	BRow        int          `json:"b_row"`
	Probability float64      `json:"probability"`
	Weight      float64      `json:"weight"`
	Fields      []fieldsLine `json:"fields,omitempty"`
}

type fieldsLine struct {
	Field     string  `json:"field"`
	Agreement string  `json:"agreement"`
	Weight    float64 `json:"weight"`
}

// WritePairsJSON writes the pairs of a linkage as JSON Lines; what each field
// says stands beside them where it was asked for.
func WritePairsJSON(w io.Writer, lists []*linkage.List, found *linkage.Linkage) error {
	b := bufio.NewWriter(w)
	out := json.NewEncoder(b)
	out.SetEscapeHTML(false)
	for _, p := range found.Pairs {
		line := pairLine{AList: lists[p.A.List].Name, ARow: p.A.Number + 1, BList: lists[p.B.List].Name, BRow: p.B.Number + 1, Probability: p.Probability, Weight: rounded(p.Weight)}
		for _, f := range p.Fields {
			line.Fields = append(line.Fields, fieldsLine{f.Name, f.Agreement, rounded(f.Weight)})
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return b.Flush()
}

func rounded(bits float64) float64 { return math.Round(bits*1e4) / 1e4 }

// WritePersons writes every record of the lists with the number of its person,
// from 1 in the order of their first records.
func WritePersons(w io.Writer, lists []*linkage.List, found *linkage.Linkage) error {
	first := make([]map[int]int, len(lists)) // the person, by its place in found, of each record that has others
	for i := range first {
		first[i] = map[int]int{}
	}
	for p, rows := range found.Persons {
		for _, r := range rows {
			first[r.List][r.Number] = p
		}
	}
	out := csv.NewWriter(w)
	if err := out.Write([]string{"person", "list", "row"}); err != nil {
		return err
	}
	next, numbers := 1, map[int]int{}
	for i, l := range lists {
		for row := range l.Len() {
			number := next
			if p, ok := first[i][row]; ok {
				if numbers[p] == 0 {
					numbers[p] = next
					next++
				}
				number = numbers[p]
			} else {
				next++
			}
			if err := out.Write([]string{strconv.Itoa(number), l.Name, strconv.Itoa(row + 1)}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
