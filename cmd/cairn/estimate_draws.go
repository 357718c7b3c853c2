package main

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"github.com/cairn-recorder/cairn"
)

// drawn are the methods whose draws are those of a posterior.
func drawn(method string) bool { return method == "lcmcr" || method == "dga" }

// writeDraws writes the posterior draws of the population to a file, in the
// format of its ending.
func (c *estimateCommand) writeDraws(answers []answer) (err error) {
	write := draws.csv
	switch filepath.Ext(c.DrawsOut) {
	case ".csv":
	case ".parquet":
		write = draws.parquet
	default:
		return cairn.Invalid{Field: "--draws-out", Reason: "want a file that ends in .csv or .parquet, not " + strconv.Quote(c.DrawsOut)}
	}
	if c.Method != "all" && !drawn(c.Method) {
		return cairn.Invalid{Field: "--draws-out", Reason: "only lcmcr and dga draw from a posterior, not " + c.Method}
	}
	file, err := os.Create(c.DrawsOut)
	if err != nil {
		return err
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	return write(drawsOf(c.settings, answers), file)
}

// draws are the samples of answers, each with what it is of: the method, the
// values of a stratum, which a sum has not, and the variant.
type draws struct {
	columns []string
	of      [][]string // values of the columns, by sample
	samples [][]float64
}

func drawsOf(s settings, answers []answer) draws {
	d := draws{columns: append([]string{"method"}, s.columns()...)}
	if s.Sensitivity {
		d.columns = append(d.columns, "variant")
	}
	for _, a := range answers {
		if !drawn(a.Method) || a.Sample == nil {
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

// csv writes a row a draw: what it is of, its number from 1, and the population.
func (d draws) csv(out io.Writer) error {
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

// parquet writes the same with types, the columns in the order of their names.
func (d draws) parquet(out io.Writer) error {
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
