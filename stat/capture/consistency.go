package capture

import "math"

// A Prediction is how many members a list has, as a method estimates it from the
// other lists, beside how many it has.
type Prediction struct {
	List   string
	Truth  int
	Result Result
}

// A Consistency sums the predictions of a method up. A part that no list gave
// is nil.
type Consistency struct {
	Method   string   `json:"method"`
	Lists    int      `json:"lists"`
	Refused  int      `json:"refused"`       // of the lists; the rest is about the others
	Bias     *float64 `json:"mean_log_bias"` // mean of log(estimate/truth)
	RMSE     *float64 `json:"rmse_log"`
	Coverage *float64 `json:"coverage"` // share of intervals that hold the truth
}

// InternalConsistency is the test of Binette and Steorts (2022) on real lists,
// where the population is not known but that of one list is: the members of
// each list who are on another are taken for the observed, and the method says
// how many are on none of the others, which the list itself knows. What makes
// lists miss each other's members makes them miss everybody's, so that a method
// which fails here is not to be trusted with the whole; one that passes need
// not be right.
func InternalConsistency(m Method, t Table) ([]Prediction, Consistency) {
	c := Consistency{Method: m.Name(), Lists: len(t.Lists)}
	var all []Prediction
	var biases, squares, holds []float64
	for j, name := range t.Lists {
		p := Prediction{name, t.Size(j), m.Estimate(t.within(j))}
		if l, is := m.(LogLinear); is && l.Model != nil {
			p.Result = onOtherLists(m, t.within(j))
		}
		all = append(all, p)
		if p.Result.NotEstimable != nil {
			c.Refused++
			continue
		}
		bias := math.Log(p.Result.Estimate.center() / float64(p.Truth))
		biases, squares = append(biases, bias), append(squares, bias*bias)
		if p.Result.Estimate.Low != nil {
			holds = append(holds, indicator(p.Result.Estimate.holds(float64(p.Truth))))
		}
	}
	c.Bias, _ = meanWithError(biases)
	c.RMSE, _ = rootWithError(squares)
	c.Coverage, _ = meanWithError(holds)
	return all, c
}

// within is the table of the members of the list at j by the other lists; those
// on none of these are left out, as in any table.
func (t Table) within(j int) Table {
	var cells []Cell
	for _, c := range t.Cells {
		if c.History.On(j) {
			cells = append(cells, c)
		}
	}
	return NewTable(t.Lists, cells).Without(j)
}
