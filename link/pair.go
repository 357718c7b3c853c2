package link

// A Likeness is how much speaks for two incidents being one, with what speaks
// for it and against it in words, for a person to judge.
type Likeness struct {
	Score   float64
	Reasons []string
}

// Proposed is the score from which two incidents are proposed as one: place and day
// speak for it, or one of them and something besides.
const Proposed = 2.9

// Alike weighs whether two known incidents are one; it is false where their
// places or days rule it out.
func Alike(a, b Known) (Likeness, bool) {
	v := compare(accountOf(a), accountOf(b))
	return Likeness{Score: v.score, Reasons: v.reasons}, !v.apart
}

// AreaOf returns where and when to look for incidents that may be the same as
// one; it is false for one that gives neither a day nor a day of publication.
func AreaOf(k Known) (Area, bool) {
	a := accountOf(k)
	area, ok := a.span()
	if ok {
		area.place(a.where)
	}
	return area, ok
}
