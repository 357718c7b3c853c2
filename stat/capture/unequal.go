package capture

import (
	"fmt"
	"math"
)

// clearly is by how much the BIC of one model must be lower than another's for
// the table to speak for it (Raftery 1995: positive evidence).
const clearly = 2

// outdone is the warning of a method whose models take members for alike, that
// the model M_th, in which some are easier to list than others, fits the table
// better than the heaviest of them.
func outdone(t Table, model string) (Notice, bool) {
	lists := len(t.Lists)
	m, err := ParseModel(model, lists)
	if err != nil || lists < 3 {
		return Notice{}, false
	}
	alike := fitModel(m, histories(lists), t.dense())
	unlike, ok := fitBound(t)
	if !ok || !alike.ok {
		return Notice{}, false
	}
	price := math.Log(float64(t.Observed()))
	by := 2*(unlike.likelihood-alike.fit.likelihood) - price*float64(len(unlike.beta)-1-len(m.terms))
	if by <= clearly {
		return Notice{}, false
	}
	return Notice{Heterogeneous, fmt.Sprintf("that some members are easier to list than others fits this table better than %s, the heaviest graph (BIC lower by %.1f), and graphs do not allow for it", model, by), "prefer methods that allow for it: lcmcr, coverage, chao"}, true
}
