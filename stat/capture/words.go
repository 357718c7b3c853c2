package capture

import (
	"fmt"
	"strings"
)

// String writes r for people: the estimate or why there is none, then the
// warnings, a line each.
func (r Result) String() string {
	var b strings.Builder
	if r.Stratum != nil {
		fmt.Fprintf(&b, "%s, ", r.label())
	}
	fmt.Fprintf(&b, "%s: %s lists, %s observed\n", r.Method, number(float64(r.Lists)), number(float64(r.Observed)))
	if r.NotEstimable != nil {
		fmt.Fprintf(&b, "  not estimable: %s\n", r.NotEstimable)
	} else {
		fmt.Fprintf(&b, "  observed and unobserved together %s\n", r.Estimate)
		observed := float64(r.Observed)
		fmt.Fprintf(&b, "  unobserved %s\n", r.Estimate.less(observed))
	}
	if r.Pooled != nil {
		fmt.Fprintf(&b, "  pooled over strata %s\n", r.Pooled)
	}
	if r.Smooth != nil {
		fmt.Fprintf(&b, "  smooth over strata %s\n", r.Smooth)
	}
	if d := r.Diagnostics; d != nil {
		if d.RHat != nil {
			fmt.Fprintf(&b, "  %d chains, R-hat %.3f, worth %.0f draws\n", *d.Chains, *d.RHat, *d.ESS)
		}
		if d.Model != "" {
			fmt.Fprintf(&b, "  model %s, of %d compared\n", d.Model, d.Compared)
		}
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "  warning: %s\n", w)
	}
	return b.String()
}

// String writes i as "12,595 (9,827 to 16,544)".
func (i *Interval) String() string { return i.less(0) }

// less writes i with n taken off.
func (i *Interval) less(n float64) string {
	s := number(i.center() - n)
	if i.Low == nil {
		return s
	}
	high := "no upper bound"
	if i.High != nil {
		high = number(*i.High - n)
	}
	return fmt.Sprintf("%s (%s to %s, %.0f %%)", s, number(*i.Low-n), high, 100*i.Level)
}

// number writes a whole number with its thousands apart.
func number(v float64) string {
	digits := fmt.Sprintf("%.0f", v)
	s, sign := "", ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for len(digits) > 3 {
		s = "," + digits[len(digits)-3:] + s
		digits = digits[:len(digits)-3]
	}
	return sign + digits + s
}
