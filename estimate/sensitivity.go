package estimate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn/stat/capture"
)

// printVariants writes a table for each method: the baseline first, then every
// variant with how far it moves the estimate, and its interval drawn on one
// scale; last the reasons of those that are refused.
func printVariants(out io.Writer, answers []answer) error {
	for len(answers) > 0 {
		end := 1 + slices.IndexFunc(answers[1:], func(a answer) bool { return a.Variant == capture.Baseline })
		if end == 0 {
			end = len(answers)
		}
		if err := printMethod(out, answers[:end]); err != nil {
			return err
		}
		answers = answers[end:]
	}
	return nil
}

func printMethod(out io.Writer, variants []answer) error {
	heading, _, _ := strings.Cut(variants[0].Result.String(), "\n")
	fmt.Fprintf(out, "%s; the population, observed and unobserved together\n", heading)
	scale := scaleOf(variants)
	var aligned strings.Builder
	table := tabwriter.NewWriter(&aligned, 0, 0, 2, ' ', 0)
	var refused []answer
	for _, v := range variants {
		if v.Estimate == nil {
			refused = append(refused, v)
			fmt.Fprintf(table, "  %s\trefused\t\t\n", v.Variant)
			continue
		}
		change := ""
		if v.Moved != nil && v.Variant != capture.Baseline {
			change = fmt.Sprintf("%+.1f %%", 100**v.Moved)
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\n", v.Variant, v.Estimate, change, scale.draw(v.Estimate))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(aligned.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
	for _, v := range refused {
		fmt.Fprintf(out, "  %s is refused: %s\n", v.Variant, v.NotEstimable)
	}
	_, err := fmt.Fprintln(out)
	return err
}

// A scale maps populations to the columns of a picture, by their logarithm.
type scale struct{ low, high float64 }

// columns is how wide a picture is.
const columns = 40

func scaleOf(variants []answer) scale {
	s := scale{math.Inf(1), math.Inf(-1)}
	for _, v := range variants {
		if v.Estimate == nil {
			continue
		}
		for _, end := range []*float64{v.Estimate.Point, v.Estimate.Median, v.Estimate.Low, v.Estimate.High} {
			if end != nil && *end > 0 {
				s.low, s.high = min(s.low, math.Log(*end)), max(s.high, math.Log(*end))
			}
		}
	}
	return s
}

// draw is an interval as a line with its middle marked; one that has no end is
// open.
func (s scale) draw(i *capture.Interval) string {
	line := []rune(strings.Repeat(" ", columns))
	middle := i.Median
	if i.Point != nil {
		middle = i.Point
	}
	if i.Low != nil {
		high, end := columns-1, '>'
		if i.High != nil {
			high, end = s.column(*i.High), '|'
		}
		for k := s.column(*i.Low); k <= high; k++ {
			line[k] = '-'
		}
		line[s.column(*i.Low)], line[high] = '|', end
	}
	line[s.column(*middle)] = 'o'
	return string(line)
}

func (s scale) column(population float64) int {
	if s.high <= s.low {
		return 0
	}
	return min(columns-1, max(0, int((columns-1)*(math.Log(population)-s.low)/(s.high-s.low)+0.5)))
}
