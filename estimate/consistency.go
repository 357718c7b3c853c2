package estimate

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/cairn-recorder/cairn/stat/capture"
)

// A summed is how a method did on the lists of a table, one predicted from the
// others.
type summed struct {
	capture.Consistency
	provenance
}

// predict has each method predict how many each list has.
func (s settings) predict(lists overlapping) (Outcome, error) {
	methods, err := s.methods(len(lists.Lists))
	if err != nil {
		return Outcome{}, err
	}
	var o Outcome
	for _, m := range methods {
		predictions, sum := capture.InternalConsistency(m, lists.one())
		for _, p := range predictions {
			o.answers = append(o.answers, answer{Result: p.Result, List: p.List, Truth: &p.Truth})
		}
		o.sums = append(o.sums, summed{Consistency: sum})
	}
	return o, nil
}

// printPredictions writes what each list has beside what it was predicted to
// have, and sums each method up.
func printPredictions(out io.Writer, o Outcome) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "method\tlist\thas\tpredicted from the others")
	for _, a := range o.answers {
		predicted := fmt.Sprintf("refused: %s", a.NotEstimable)
		if a.Estimate != nil {
			predicted = a.Estimate.String()
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%s\n", a.Method, a.List, *a.Truth, predicted)
	}
	table.Flush()
	fmt.Fprintln(out)
	table = tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "method\tmean log bias\tRMSE of the log\tcoverage\tlists\trefused")
	for _, s := range o.sums {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d\n", s.Method, measured(3, s.Bias, nil), measured(3, s.RMSE, nil), measured(2, s.Coverage, nil), s.Lists, s.Refused)
	}
	return table.Flush()
}
