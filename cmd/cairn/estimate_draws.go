package main

import (
	"encoding/csv"
	"io"
	"os"
	"strconv"

	"github.com/cairn-recorder/cairn"
)

// drawn are the methods whose draws are those of a posterior.
func drawn(method string) bool { return method == "lcmcr" || method == "dga" }

// writeDraws writes the posterior draws of the population to a file.
func (c *estimateCommand) writeDraws(answers []answer) (err error) {
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
	return printDraws(file, c.settings, answers)
}

// printDraws writes a row a draw: what it is of, its number from 1, and the
// population. The sum over strata has no values of theirs.
func printDraws(out io.Writer, s settings, answers []answer) error {
	table := csv.NewWriter(out)
	heading := append([]string{"method"}, s.columns()...)
	if s.Sensitivity {
		heading = append(heading, "variant")
	}
	table.Write(append(heading, "draw", "population"))
	for _, a := range answers {
		if !drawn(a.Method) {
			continue
		}
		row := []string{a.Method}
		for _, column := range s.columns() {
			row = append(row, a.Stratum[column])
		}
		if s.Sensitivity {
			row = append(row, a.Variant)
		}
		for k, population := range a.Sample {
			table.Write(append(row[:len(row):len(row)], strconv.Itoa(k+1), strconv.FormatFloat(population, 'f', -1, 64)))
		}
	}
	table.Flush()
	return table.Error()
}
