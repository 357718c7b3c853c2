// Package judge says what the judgements of persons make of what was computed.
//
// It is one mechanism for nouns of any kind that are found to be the same or
// not: what the links computed stays as it is, and merges, splits and their
// undoing are laid over it anew each time. So a later import undoes nothing that
// a person decided, and a decision that is undone leaves no trace in what is
// counted. [Of] takes the judgements that stand; [Standing.Root] and
// [Standing.Moved] say where a noun, or a claim, then belongs.
package judge

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Active returns the judgements that were not undone, in the order in which they
// were taken. An undoing can be undone.
func Active(all []cairn.Judgement) []cairn.Judgement {
	undone := map[string]bool{}
	for _, j := range slices.Backward(all) {
		if j.Decision == cairn.Undo && !undone[j.ID] {
			undone[j.Undoes] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(j cairn.Judgement) bool { return j.Decision == cairn.Undo || undone[j.ID] })
}

// A Standing is what judgements amount to. The zero Standing leaves everything
// where it was computed.
type Standing struct {
	into  map[string]string
	moves []cairn.Judgement
	apart map[[2]string]cairn.Judgement
	why   map[string]cairn.Judgement
}

// Of returns what active judgements amount to, each laid over those before it.
func Of(active []cairn.Judgement) Standing {
	s := Standing{into: map[string]string{}, apart: map[[2]string]cairn.Judgement{}, why: map[string]cairn.Judgement{}}
	for _, j := range active {
		switch {
		case j.Decision == cairn.Split && len(j.Others) > 0, j.Decision == cairn.Merge && j.Document != "":
			s.moves = append(s.moves, j)
		case j.Decision == cairn.Merge:
			for _, other := range j.Others {
				s.merge(j, other)
			}
		case j.Decision == cairn.NotSame && j.Document == "":
			for _, other := range j.Others {
				s.apart[pair(j.Incident, other)] = j
			}
		}
	}
	return s
}

func (s Standing) merge(j cairn.Judgement, other string) {
	root, gone := s.Root(j.Incident), s.Root(other)
	if root == gone {
		return
	}
	s.into[gone], s.why[gone] = root, j
	delete(s.apart, pair(j.Incident, other))
}

func pair(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }

// Root returns what the noun of an identifier was merged into, itself where it
// was not.
func (s Standing) Root(id string) string {
	for s.into[id] != "" {
		id = s.into[id]
	}
	return id
}

// Merged returns the judgement by which the noun of an identifier was merged
// into another, and whether there is one.
func (s Standing) Merged(id string) (cairn.Judgement, bool) {
	j, ok := s.why[id]
	return j, ok
}

// Apart returns the judgement by which two nouns are not the same, and whether
// there is one.
func (s Standing) Apart(a, b string) (cairn.Judgement, bool) {
	j, ok := s.apart[pair(a, b)]
	return j, ok
}

// Moved returns the identifier of the incident that a claim of a document is
// moved to, and the judgement that moved it; "" where none did. The last holds.
func (s Standing) Moved(document string, c cairn.Claim) (to string, by cairn.Judgement) {
	for _, j := range slices.Backward(s.moves) {
		if j.Document == document && About(j, c) {
			if j.Decision == cairn.Merge {
				return j.Incident, j
			}
			return j.Others[0], j
		}
	}
	return "", cairn.Judgement{}
}

// About reports whether a judgement is about a claim of its document: by harm
// and span, as far as it names them. A later reading may number the claim
// otherwise.
func About(j cairn.Judgement, c cairn.Claim) bool {
	return (j.Harm == "" || j.Harm == c.Harm) && (j.Span == nil || j.Span.Overlaps(c.Span))
}

// Fits reports whether what a judgement is about is still read so: where it names
// harm or words, some claim is of that harm and over those words. A judgement
// about no claim fits always.
func Fits(j cairn.Judgement, d cairn.Document, claims []cairn.Claim) bool {
	if j.Harm == "" && j.Span == nil {
		return true
	}
	if j.Span != nil && j.Words != "" && j.Span.Of(d.Text) != j.Words {
		return false
	}
	return slices.ContainsFunc(claims, func(c cairn.Claim) bool { return About(j, c) })
}

// Latest returns for each field of an incident the last judgement of one decision
// on it, in the order of fields: what overrides a value, or the position of a
// party.
func Latest(active []cairn.Judgement, decision cairn.Decision, incident string) []cairn.Judgement {
	last := map[string]cairn.Judgement{}
	for _, j := range active {
		if j.Decision == decision && j.Incident == incident {
			last[j.Field] = j
		}
	}
	var all []cairn.Judgement
	for _, j := range last {
		all = append(all, j)
	}
	slices.SortFunc(all, func(a, b cairn.Judgement) int { return cmp.Compare(a.Field, b.Field) })
	return all
}

// FigureSpan returns the words that tell one claim of a document from another of
// the same harm: those of its figure, or its own where no words give a figure.
func FigureSpan(c cairn.Claim) cairn.Span {
	if c.Figure.Span != nil {
		return *c.Figure.Span
	}
	return c.Span
}

// Corrects reports whether a correction is of a claim of its document: by harm and
// the words of the figure. A later reading may number the claim otherwise.
func Corrects(j cairn.Judgement, c cairn.Claim) bool {
	return j.Span != nil && j.Harm == c.Harm && j.Span.Overlaps(FigureSpan(c))
}
