package extract

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// goldFields are the fields of a claim that are compared one by one; the first
// five and subset_of make a claim right or wrong.
var goldFields = []string{"class", "where", "when", "by", "says", "subset_of", "scope", "strength", "stance"}

const fieldsOfClaim = 6

// A goldTally counts what is asked of some reports and what was found.
type goldTally struct {
	asked, read  int // claims
	figures      int // right in harm and figure
	claims       int // right in every field of a claim
	killed       [3]int
	right, known [9]int // by field of the claims that are right in harm and figure
	misses       []string
}

func (s *goldTally) add(o goldTally) {
	s.asked, s.read, s.figures, s.claims = s.asked+o.asked, s.read+o.read, s.figures+o.figures, s.claims+o.claims
	for i := range s.right {
		s.right[i], s.known[i] = s.right[i]+o.right[i], s.known[i]+o.known[i]
	}
	for i := range s.killed {
		s.killed[i] += o.killed[i]
	}
}

// compare sets the claims that are asked for beside those that were read.
func compare(asked, read []told) goldTally {
	s := goldTally{asked: len(asked), read: len(read)}
	pairs := make([]int, len(asked))
	back := make([]int, len(read))
	for i := range back {
		back[i] = -1
	}
	for i, a := range asked {
		pairs[i] = -1
		most := -1
		for j, r := range read {
			if back[j] < 0 && a.sameFigure(r) {
				if n := len(a.wrong(r, 0, 0)); most < 0 || n < most {
					pairs[i], most = j, n
				}
			}
		}
		if pairs[i] >= 0 {
			back[pairs[i]] = i
		}
	}
	for i, a := range asked {
		if a.harm == string(cairn.Killed) {
			s.killed[0]++
		}
		if pairs[i] < 0 {
			s.misses = append(s.misses, fmt.Sprintf("missed %s %s %q", a.harm, a.value, a.words))
			continue
		}
		s.figures++
		s.pair(a, read[pairs[i]], back)
	}
	for j, r := range read {
		if r.harm == string(cairn.Killed) {
			s.killed[1]++
		}
		if back[j] < 0 {
			s.misses = append(s.misses, fmt.Sprintf("beside %s %s %q", r.harm, r.value, r.words))
		}
	}
	return s
}

// pair counts the fields of two claims of one harm and figure.
func (s *goldTally) pair(a, r told, back []int) {
	whole := 0
	if r.subsetOf > 0 && r.subsetOf <= len(back) {
		whole = back[r.subsetOf-1] + 1
	}
	wrong := a.wrong(r, a.subsetOf, whole)
	all := true
	for f, name := range goldFields {
		if slices.Contains(wrong, name) {
			all = all && f >= fieldsOfClaim
		} else {
			s.right[f]++
		}
		s.known[f]++
	}
	if all {
		s.claims++
		if a.harm == string(cairn.Killed) {
			s.killed[2]++
		}
		return
	}
	s.misses = append(s.misses, fmt.Sprintf("%s %s %q: %s: want %s, got %s", a.harm, a.value, a.words, strings.Join(wrong, " "), a.line(), r.line()))
}

func (a told) line() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s", a.class)
	for _, w := range a.where {
		fmt.Fprintf(&out, " where %q", w.words)
	}
	for _, w := range a.when {
		fmt.Fprintf(&out, " when %s", w)
	}
	for _, w := range a.by {
		fmt.Fprintf(&out, " by %s %q", w.mode, w.words)
	}
	for _, w := range a.says {
		fmt.Fprintf(&out, " says %s %q", w.mode, w.words)
	}
	if a.subsetOf > 0 {
		fmt.Fprintf(&out, " of %d", a.subsetOf)
	}
	return out.String()
}

// sameFigure reports whether both are of one harm and figure, at words that
// overlap.
func (a told) sameFigure(r told) bool {
	if a.harm != r.harm || a.vague != r.vague || !a.vague && a.value != r.value {
		return false
	}
	return a.span.Overlaps(r.span) || slices.ContainsFunc(r.also, a.span.Overlaps) || slices.ContainsFunc(a.also, r.span.Overlaps)
}

// wrong returns the fields in which r is not what a asks for.
func (a told) wrong(r told, whole, read int) []string {
	var out []string
	no := func(field string, ok bool) {
		if !ok {
			out = append(out, field)
		}
	}
	no("class", a.class == r.class)
	no("where", len(a.where)+len(r.where) == 0 || slices.ContainsFunc(r.where, func(s spoken) bool { return slices.ContainsFunc(a.where, s.same) }))
	no("when", len(a.when)+len(r.when) == 0 || len(r.when) > 0 && slices.Contains(a.when, r.when[0]))
	by, modes := sameSpoken(a.by, without(r.by, a))
	no("by", by)
	no("strength", by && modes)
	says, modes := sameSpoken(a.says, r.says)
	no("says", says)
	no("stance", says && modes)
	no("subset_of", whole == read)
	scopes := append(slices.Clone(a.scopes), r.scopes...)
	no("scope", !slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(a.scopes, s) != slices.Contains(r.scopes, s) }))
	return out
}

// without drops from the attackers that were read those whom a marks as
// speakers alone: whoever speaks of his own deed.
func without(by []spoken, a told) []spoken {
	return slices.DeleteFunc(slices.Clone(by), func(s spoken) bool {
		return !slices.ContainsFunc(a.by, s.same) && slices.ContainsFunc(a.says, s.same)
	})
}

// sameSpoken reports whether two sets of words overlap one to one, and whether
// what goes with them is the same.
func sameSpoken(a, b []spoken) (words, modes bool) {
	if len(a) != len(b) {
		return false, false
	}
	modes = true
	taken := make([]bool, len(b))
	for _, x := range a {
		found := false
		for j, y := range b {
			if !taken[j] && x.same(y) {
				taken[j], found = true, true
				modes = modes && x.mode == y.mode
				break
			}
		}
		if !found {
			return false, false
		}
	}
	return true, modes
}

// f is the harmonic mean of precision and recall, in per cent.
func f(asked, read, right int) float64 {
	if asked+read == 0 {
		return 0
	}
	return 200 * float64(right) / float64(asked+read)
}

// interval returns the ends of the 95 % bootstrap interval of a score over
// reports.
func interval(reports []goldTally, score func(goldTally) float64) (low, high float64) {
	const draws = 1000
	chance := rand.New(rand.NewPCG(11, 4))
	all := make([]float64, draws)
	for i := range all {
		var s goldTally
		for range reports {
			s.add(reports[chance.IntN(len(reports))])
		}
		all[i] = score(s)
	}
	slices.Sort(all)
	return all[draws*25/1000], all[draws*975/1000-1]
}

func claimF(s goldTally) float64  { return f(s.asked, s.read, s.claims) }
func figureF(s goldTally) float64 { return f(s.asked, s.read, s.figures) }

func (s goldTally) fields() string {
	var out []string
	for i, name := range goldFields {
		out = append(out, fmt.Sprintf("%s %.0f", name, 100*float64(s.right[i])/float64(max(1, s.known[i]))))
	}
	return strings.Join(out, " ")
}
