package cairn

import (
	"encoding/json"
	"strconv"
	"strings"
)

// A Bound is one end of a range, or none. The zero Bound is unknown, which is
// not zero.
type Bound struct {
	N     int
	Known bool
}

// N returns the known Bound n.
func N(n int) Bound { return Bound{N: n, Known: true} }

// MarshalJSON writes the number, or null for an unknown Bound.
func (b Bound) MarshalJSON() ([]byte, error) {
	if !b.Known {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(b.N), 10), nil
}

// UnmarshalJSON reads a number or null.
func (b *Bound) UnmarshalJSON(data []byte) error {
	var n *int
	if err := json.Unmarshal(data, &n); err != nil {
		return Invalid{Field: "bound", Reason: "want a whole number or null, not " + quote(string(data))}
	}
	*b = Bound{}
	if n != nil {
		*b = N(*n)
	}
	return nil
}

// String writes the number, or "?" for an unknown Bound.
func (b Bound) String() string {
	if !b.Known {
		return "?"
	}
	return strconv.Itoa(b.N)
}

// A Range is a casualty range: a number of people known only within bounds,
// from Min to Max, both included. Either end may be unknown. Open marks a range
// whose Max is the highest figure named, while some account gave no upper
// bound. The zero Range is unknown, which is not nobody: nobody is Exactly(0).
//
// Sources seldom agree and seldom count exactly, so recorders publish a floor
// and a ceiling instead of one number (Every Casualty, Standards for Casualty
// Recording, 2016, on disagreement between sources).
type Range struct {
	Min, Max Bound
	Open     bool
}

// Exactly returns the Range of a figure given without doubt.
func Exactly(n int) Range { return Range{Min: N(n), Max: N(n)} }

// Between returns the Range from low to high.
func Between(low, high int) Range { return Range{Min: N(low), Max: N(high)} }

// AtLeast returns the Range of a figure with no upper bound.
func AtLeast(n int) Range { return Range{Min: N(n)} }

// UpTo returns the Range of a figure with no lower bound.
func UpTo(n int) Range { return Range{Max: N(n)} }

// Known reports whether r says anything at all.
func (r Range) Known() bool { return r.Min.Known || r.Max.Known }

// Valid reports whether no bound of r is negative and Min is not above Max.
func (r Range) Valid() bool {
	if r.Min.N < 0 || r.Max.N < 0 {
		return false
	}
	return !r.Min.Known || !r.Max.Known || r.Min.N <= r.Max.N
}

// Spanning returns the smallest Range that holds every known end of ranges,
// which is how differing accounts of one incident combine. Accounts that say
// nothing are passed over; an account with a floor and no ceiling makes the
// whole Open.
func Spanning(ranges ...Range) Range {
	var r Range
	for _, s := range ranges {
		for _, b := range [2]Bound{s.Min, s.Max} {
			if !b.Known {
				continue
			}
			if !r.Min.Known || b.N < r.Min.N {
				r.Min = b
			}
			if !r.Max.Known || b.N > r.Max.N {
				r.Max = b
			}
		}
		r.Open = r.Open || s.Open || s.Min.Known && !s.Max.Known
	}
	return r
}

// Plus returns the sum of two counts of different people. An unknown Range adds
// nothing; an end that one of two known ranges lacks is lacking in the sum.
func (r Range) Plus(s Range) Range {
	if !r.Known() {
		return s
	}
	if !s.Known() {
		return r
	}
	return Range{Min: plus(r.Min, s.Min), Max: plus(r.Max, s.Max), Open: r.Open || s.Open}
}

func plus(a, b Bound) Bound {
	if !a.Known || !b.Known {
		return Bound{}
	}
	return N(a.N + b.N)
}

// String writes r the way a published table does: "4", "3–5", "5+" for no
// ceiling, "–9" for no floor, "5–9+" for an Open range, "unknown" for none.
func (r Range) String() string {
	switch {
	case !r.Known():
		return "unknown"
	case !r.Min.Known:
		return "–" + r.Max.String() + open(r.Open)
	case !r.Max.Known:
		return r.Min.String() + "+"
	case r.Min == r.Max && !r.Open:
		return r.Min.String()
	}
	return r.Min.String() + "–" + r.Max.String() + open(r.Open)
}

func open(is bool) string {
	if is {
		return "+"
	}
	return ""
}

// ParseRange reads what String writes; a plain hyphen or "to" does for the
// dash.
func ParseRange(s string) (Range, error) {
	bad := Invalid{Field: "range", Reason: "want a number, 3–5, 5+, –9 or unknown, not " + quote(s)}
	text := strings.TrimSpace(s)
	if text == "unknown" {
		return Range{}, nil
	}
	text = strings.NewReplacer(" to ", "–", "-", "–", " ", "").Replace(text)
	text, isOpen := strings.CutSuffix(text, "+")
	low, high, isPair := strings.Cut(text, "–")
	var r Range
	var err error
	if r.Min, err = parseBound(low); err != nil {
		return Range{}, bad
	}
	if !isPair {
		if !r.Min.Known {
			return Range{}, bad
		}
		if !isOpen {
			r.Max = r.Min
		}
		return r, nil
	}
	if r.Max, err = parseBound(high); err != nil || !r.Max.Known || !r.Valid() {
		return Range{}, bad
	}
	r.Open = isOpen
	return r, nil
}

func parseBound(s string) (Bound, error) {
	if s == "" {
		return Bound{}, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return Bound{}, Invalid{Field: "range", Reason: "want a number, not " + quote(s)}
	}
	return N(n), nil
}

type rangeJSON struct {
	Min  Bound `json:"min"`
	Max  Bound `json:"max"`
	Open bool  `json:"open,omitempty"`
}

// MarshalJSON writes {"min":…,"max":…}, with "open" where it is set, and null
// for the unknown Range.
func (r Range) MarshalJSON() ([]byte, error) {
	if !r.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(rangeJSON(r))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Range) UnmarshalJSON(data []byte) error {
	var j *rangeJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*r = Range{}
	if j != nil {
		*r = Range(*j)
	}
	if !r.Valid() {
		return Invalid{Field: "range", Reason: "the floor stands above the ceiling in " + quote(string(data))}
	}
	return nil
}
