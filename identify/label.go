package identify

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// Taught returns what is known of pairs, one label a pair, for a linkage to learn
// from: what persons decided, and else what all who labelled the pair say. Where
// they do not agree, or nobody is sure, nothing is known.
func Taught(labels []cairn.Label, decided []cairn.Judgement) []cairn.Label {
	known := map[[2]string]cairn.LabelSays{}
	for _, l := range labels {
		key := pairOf(l.A, l.B)
		if says, ok := known[key]; ok && says != l.Says {
			known[key] = cairn.UnsurePerson
			continue
		}
		known[key] = l.Says
	}
	for _, j := range decided {
		if j.Kind != cairn.OfPersons || j.Decision != cairn.Merge && j.Decision != cairn.NotSame {
			continue
		}
		for _, other := range j.Others {
			known[pairOf(j.Incident, other)] = map[bool]cairn.LabelSays{true: cairn.SamePerson, false: cairn.OtherPerson}[j.Decision == cairn.Merge]
		}
	}
	var all []cairn.Label
	for _, key := range slices.SortedFunc(maps.Keys(known), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		if known[key] != cairn.UnsurePerson {
			all = append(all, cairn.Label{A: key[0], B: key[1], Says: known[key]})
		}
	}
	return all
}

func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// Agreed returns what the last of labels makes known of its pair: what all who
// labelled it say, where they are two or more, agree and are sure.
func Agreed(labels []cairn.Label, a, b string) (cairn.LabelSays, []string) {
	var says cairn.LabelSays
	var who []string
	for _, l := range labels {
		if pairOf(l.A, l.B) != pairOf(a, b) {
			continue
		}
		if says != "" && says != l.Says {
			return "", nil
		}
		says, who = l.Says, append(who, l.Who)
	}
	if len(who) < 2 || says == cairn.UnsurePerson {
		return "", nil
	}
	return says, who
}

// An Agreement is how far two persons who labelled the same pairs agree: on how
// many of them, and beyond what chance would have (Cohen 1960, "A coefficient of
// agreement for nominal scales", with the interval of Fleiss, Cohen and Everitt
// 1969, "Large sample standard errors of kappa and weighted kappa"). Kappa is nil
// where both always say the same one thing, of which chance cannot be told apart.
type Agreement struct {
	Who    [2]string `json:"who"`
	Pairs  int       `json:"pairs"`
	Agreed int       `json:"agreed"`
	Kappa  *float64  `json:"kappa"`
	Low    float64   `json:"low"`  // of 95 in 100
	High   float64   `json:"high"` // likewise
}

// sayings is every answer of a label, in order.
var sayings = []cairn.LabelSays{cairn.SamePerson, cairn.OtherPerson, cairn.UnsurePerson}

// Agreements returns how far each two who labelled a pair in common agree.
func Agreements(labels []cairn.Label) []Agreement {
	of := map[[2]string]map[string]cairn.LabelSays{}
	for _, l := range labels {
		key := pairOf(l.A, l.B)
		if of[key] == nil {
			of[key] = map[string]cairn.LabelSays{}
		}
		of[key][l.Who] = l.Says
	}
	tables := map[[2]string]*[3][3]float64{}
	for _, said := range of {
		names := slices.Sorted(maps.Keys(said))
		for i, a := range names {
			for _, b := range names[i+1:] {
				two := [2]string{a, b}
				if tables[two] == nil {
					tables[two] = &[3][3]float64{}
				}
				tables[two][slices.Index(sayings, said[a])][slices.Index(sayings, said[b])]++
			}
		}
	}
	var all []Agreement
	for _, two := range slices.SortedFunc(maps.Keys(tables), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		a := kappa(tables[two])
		a.Who = two
		all = append(all, a)
	}
	return all
}

// kappa computes the agreement of a table of answers.
func kappa(counts *[3][3]float64) Agreement {
	n, observed, chance := 0.0, 0.0, 0.0
	var rows, columns [3]float64
	for i := range counts {
		for j, c := range counts[i] {
			n, rows[i], columns[j] = n+c, rows[i]+c, columns[j]+c
		}
		observed += counts[i][i]
	}
	a := Agreement{Pairs: int(n), Agreed: int(observed)}
	for i := range rows {
		rows[i], columns[i] = rows[i]/n, columns[i]/n
		chance += rows[i] * columns[i]
	}
	if chance >= 1 {
		return a
	}
	k := (observed/n - chance) / (1 - chance)
	variance := 0.0
	for i := range counts {
		for j, c := range counts[i] {
			share := c / n
			if i == j {
				by := 1 - (rows[i]+columns[i])*(1-k)
				variance += share * by * by
			} else {
				by := (1 - k) * (columns[i] + rows[j])
				variance += share * by * by
			}
		}
	}
	rest := k - chance*(1-k)
	variance = max(0, variance-rest*rest) / (n * (1 - chance) * (1 - chance))
	a.Kappa, a.Low, a.High = &k, max(-1, k-wide*math.Sqrt(variance)), min(1, k+wide*math.Sqrt(variance))
	return a
}

// wide is how many standard errors an interval of 95 in 100 goes either way.
const wide = 1.959964

// ToLabel returns the pairs that somebody is to look at, the most useful first:
// those that are doubtful and not decided, which they have not labelled. They are
// the same for everybody in the same order, so that two who work through them
// label the same ones, and nobody can tell which another has.
func ToLabel(matches []cairn.Match, decided []cairn.Judgement, labels []cairn.Label, who string) []cairn.Match {
	mine := map[[2]string]bool{}
	for _, l := range labels {
		if l.Who == who {
			mine[pairOf(l.A, l.B)] = true
		}
	}
	return slices.DeleteFunc(Doubts(matches, decided), func(m cairn.Match) bool { return mine[pairOf(m.A, m.B)] })
}

// Contested returns the pairs that two have labelled otherwise and nobody decided,
// each with what they said.
func Contested(labels []cairn.Label, decided []cairn.Judgement) [][]cairn.Label {
	judged := map[[2]string]bool{}
	for _, l := range Taught(nil, decided) {
		judged[pairOf(l.A, l.B)] = true
	}
	of := map[[2]string][]cairn.Label{}
	for _, l := range labels {
		of[pairOf(l.A, l.B)] = append(of[pairOf(l.A, l.B)], l)
	}
	var all [][]cairn.Label
	for _, key := range slices.SortedFunc(maps.Keys(of), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		said := of[key]
		if !judged[key] && slices.ContainsFunc(said, func(l cairn.Label) bool { return l.Says != said[0].Says }) {
			all = append(all, said)
		}
	}
	return all
}

// Calibrated holds what the linkage promises of pairs against what is known of them
// from labels and decisions, by tenths of probability; tenths of which nothing is
// known are left out. A linkage that promises 40 in 100 is right to where 40 of 100
// such pairs are one person.
func Calibrated(matches []cairn.Match, known []cairn.Label) []linkage.Calibration {
	says := map[[2]string]cairn.LabelSays{}
	for _, l := range known {
		says[pairOf(l.A, l.B)] = l.Says
	}
	var pairs []linkage.Pair
	var same []bool
	for _, m := range matches {
		if s, ok := says[pairOf(m.A, m.B)]; ok {
			pairs = append(pairs, linkage.Pair{A: linkage.Row{Number: len(pairs)}, Probability: m.Probability})
			same = append(same, s == cairn.SamePerson)
		}
	}
	all := linkage.Calibrate(pairs, func(p linkage.Pair) bool { return same[p.A.Number] })
	return slices.DeleteFunc(all, func(c linkage.Calibration) bool { return c.Pairs == 0 })
}
