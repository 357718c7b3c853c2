package estimate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// Drawn reports whether a method makes draws of a posterior.
func Drawn(method string) bool { return method == "lcmcr" || method == "dga" }

// Draws are the draws of answers, each with what it is of: the method, the
// values of a stratum, which a sum has not, and the variant.
type Draws struct {
	columns []string
	of      [][]string // values of the columns, by sample
	samples [][]float64
}

func drawsOf(s settings, answers []answer) Draws {
	d := Draws{columns: append([]string{"method"}, s.columns()...)}
	if s.Sensitivity {
		d.columns = append(d.columns, "variant")
	}
	for _, a := range answers {
		if !Drawn(a.Method) || a.Sample == nil {
			continue
		}
		of := []string{a.Method}
		for _, column := range s.columns() {
			of = append(of, a.Stratum[column])
		}
		if s.Sensitivity {
			of = append(of, a.Variant)
		}
		d.of, d.samples = append(d.of, of), append(d.samples, a.Sample)
	}
	return d
}

// CSV writes a row a draw: what it is of, its number from 1, and the population.
func (d Draws) CSV(out io.Writer) error {
	table := csv.NewWriter(out)
	table.Write(append(slices.Clone(d.columns), "draw", "population"))
	for i, sample := range d.samples {
		row := slices.Clone(d.of[i])
		for k, population := range sample {
			table.Write(append(row[:len(row):len(row)], strconv.Itoa(k+1), strconv.FormatFloat(population, 'f', -1, 64)))
		}
	}
	table.Flush()
	return table.Error()
}

// Parquet writes the same with types, the columns in the order of their names.
func (d Draws) Parquet(out io.Writer) error {
	group := parquet.Group{"draw": parquet.Compressed(parquet.Int(64), &parquet.Zstd), "population": parquet.Compressed(parquet.Leaf(parquet.DoubleType), &parquet.Zstd)}
	for _, name := range d.columns {
		group[name] = parquet.Compressed(parquet.String(), &parquet.Zstd)
	}
	schema := parquet.NewSchema("draws", group)
	w := parquet.NewWriter(out, schema, parquet.CreatedBy("cairn", "", ""))
	for i, sample := range d.samples {
		for k, population := range sample {
			row := make(parquet.Row, 0, len(d.columns)+2)
			for at, path := range schema.Columns() {
				v := parquet.DoubleValue(population)
				if path[0] == "draw" {
					v = parquet.Int64Value(int64(k + 1))
				} else if from := slices.Index(d.columns, path[0]); from >= 0 {
					v = parquet.ValueOf(d.of[i][from])
				}
				row = append(row, v.Level(0, 0, at))
			}
			if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
				return err
			}
		}
	}
	return w.Close()
}

// Any reports whether there are draws.
func (d Draws) Any() bool { return len(d.samples) > 0 }

// ReadDraws reads what [Draws.CSV] writes.
func ReadDraws(r io.Reader) (Draws, error) {
	table := csv.NewReader(r)
	header, err := table.Read()
	if err != nil || len(header) < 3 {
		return Draws{}, errors.Join(err, errNoDraws)
	}
	d := Draws{columns: slices.Clone(header[:len(header)-2])}
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return d, nil
		}
		if err != nil {
			return d, err
		}
		population, err := strconv.ParseFloat(row[len(row)-1], 64)
		if err != nil {
			return d, err
		}
		of, last := row[:len(row)-2], len(d.of)-1
		if last < 0 || !slices.Equal(d.of[last], of) {
			d.of, d.samples = append(d.of, slices.Clone(of)), append(d.samples, nil)
			last++
		}
		d.samples[last] = append(d.samples[last], population)
	}
}

var errNoDraws = errors.New("these are no draws")

// DrawTexts are draws as a record keeps them, by the numbers of their runs.
func DrawTexts(draws map[int]Draws) (map[int]string, error) {
	texts := map[int]string{}
	for n, d := range draws {
		var text bytes.Buffer
		if err := d.CSV(&text); err != nil {
			return nil, err
		}
		texts[n] = text.String()
	}
	return texts, nil
}
