package recorder

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/lexicon"
)

// Mentions reports whether every word of a query stands in text, in whatever
// spelling the lexicon takes for one.
func Mentions(text, query string) bool {
	folded := lexicon.Fold(text)
	for word := range strings.FieldsSeq(lexicon.Fold(query)) {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

// Sounding returns at most limit persons in whose name every word of a name sounds
// like one, in whatever script: it suggests, since many names sound alike.
func (p People) Sounding(name string, limit int) []identify.Person {
	wanted := strings.Fields(lexicon.Sound(name))
	var all []identify.Person
	for _, person := range p.Persons {
		if len(all) == limit || len(wanted) == 0 {
			break
		}
		sounds := strings.Fields(lexicon.Sound(person.Name()))
		if !slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(sounds, w) }) {
			all = append(all, person)
		}
	}
	return all
}
