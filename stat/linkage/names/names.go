// Package names compares personal names as lists of people spell them: in
// Arabic, Latin (by any hand), Cyrillic and Hebrew script, and across them.
//
// A name is a chain of parts, given name first and family name last, with the
// father's and grandfather's between them where they are stated. Titles and the
// words for "son of" fall away, compounds ("Abd al-Rahman") are one part, and
// the article counts for nothing. Two parts are compared as they are written,
// where they share a script, and as they sound. The tables stand in the .tsv
// files beside the code. Sources: Winkler, "String comparator metrics and
// enhanced decision rules in the Fellegi-Sunter model of record linkage" (1990),
// for graded agreement; Damerau, "A technique for computer detection and
// correction of spelling errors" (1964), for slips of the pen.
package names

import "strings"

// An Agreement is how far two names, or parts of them, agree, from nothing
// known to the same. It is ordered.
type Agreement uint8

// The grades of agreement. What they weigh is for the lists to say: spellings
// that sound alike mean much between romanisations, little among German names.
const (
	Unknown Agreement = iota // one of the two is not stated
	Differ
	Initial // one is the first letter of the other
	Partial // one lacks parts that the other has
	Near    // some sounds or letters apart
	Form    // forms of one name: Bill and William
	Sound   // spelled otherwise, sounding the same
	Slip    // one slip of the pen apart
	Same    // the same letters, or the same sounds where the scripts differ
)

var agreements = [...]string{"unknown", "differ", "initial", "partial", "near", "form", "sound", "slip", "same"}

// String is the name of a in lower case.
func (a Agreement) String() string { return agreements[a] }

// A Name is a personal name taken apart. The zero Name is not stated.
type Name struct {
	Given, Middle, Family string // each its parts with spaces between them, normalised; empty where not stated
	Kunya                 string // "Abu Ahmad" where a name follows it
}

// Parse takes a full name apart: the first part is the given name, the last the
// family name, and what stands between them the names of the fathers. "Family,
// Given" is read as such. One part alone is a given name.
func Parse(s string) Name {
	if family, given, ok := strings.Cut(s, ","); ok && !strings.Contains(given, ",") {
		if f, g := Parts(family), Parts(given); len(f) == 1 && len(g) > 0 {
			return chain(append(g, f...))
		}
	}
	parts := Parts(s)
	n := Name{}
	if len(parts) > 2 && isKunya(s) {
		n = chain(parts[1:])
		n.Kunya = parts[0]
		return n
	}
	return chain(parts)
}

func chain(parts []string) Name {
	switch len(parts) {
	case 0:
		return Name{}
	case 1:
		return Name{Given: parts[0]}
	}
	last := len(parts) - 1
	return Name{Given: parts[0], Middle: strings.Join(parts[1:last], " "), Family: parts[last]}
}

// isKunya reports whether s begins with a person's being called by a child's
// name.
func isKunya(s string) bool {
	first, _, _ := strings.Cut(Normal(s), " ")
	return particles().is("parent", plainly(first))
}
