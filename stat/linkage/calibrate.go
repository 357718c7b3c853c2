package linkage

// A Calibration is what pairs of like probability promised and what came of it.
type Calibration struct {
	From, To float64 // probabilities
	Pairs    int
	Promised float64 // the mean probability; 0 where there are no pairs
	Matches  int     // that were one person
}

// Calibrate holds the probabilities of pairs against what is known of them, by
// tenths and with the surest hundredth apart.
func Calibrate(pairs []Pair, match func(Pair) bool) []Calibration {
	var table []Calibration
	for _, from := range []float64{0, .1, .2, .3, .4, .5, .6, .7, .8, .9, .99} {
		if n := len(table); n > 0 {
			table[n-1].To = from
		}
		table = append(table, Calibration{From: from, To: 1})
	}
	for _, p := range pairs {
		k := len(table) - 1
		for p.Probability < table[k].From {
			k--
		}
		table[k].Pairs++
		table[k].Promised += p.Probability
		if match(p) {
			table[k].Matches++
		}
	}
	for k := range table {
		table[k].Promised /= float64(max(table[k].Pairs, 1))
	}
	return table
}
