package publish

import (
	"slices"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// references are the works of others that refer to the incident, by kind and then
// the last first, with names in them masked.
func (m Material) references(masks cairn.Names) []cairn.Reference {
	var all []cairn.Reference
	for _, r := range m.References {
		r.Title, r.Where, r.By, r.Link = masks.Mask(r.Title), masks.Mask(r.Where), m.Names.Mask(r.By), masks.Address(r.Link)
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b cairn.Reference) int {
		if a.Kind != b.Kind {
			return slices.Index(cairn.ReferenceKinds, a.Kind) - slices.Index(cairn.ReferenceKinds, b.Kind)
		}
		return strings.Compare(string(b.On), string(a.On))
	})
	return all
}

// Mentions returns, of public forms by their codes, those whose texts name others by
// their codes, former ones too: for each incident the codes of those that name it.
func Mentions(forms map[string]cairn.Published) map[string][]string {
	codes := map[string]string{}
	for code, f := range forms {
		for _, former := range f.Former {
			codes[former] = code
		}
	}
	for code := range forms {
		codes[code] = code
	}
	in := map[string][]string{}
	for by, f := range forms {
		for of := range namedIn(f, codes) {
			if of != by {
				in[of] = append(in[of], by)
			}
		}
	}
	for of := range in {
		slices.Sort(in[of])
	}
	return in
}

// namedIn returns the incidents whose codes stand as whole words in the texts of a
// form.
func namedIn(f cairn.Published, codes map[string]string) map[string]bool {
	found := map[string]bool{}
	for _, n := range f.Narratives {
		for _, p := range n.Parts {
			for _, w := range strings.FieldsFunc(p.Words, func(r rune) bool {
				return r != '-' && r != '/' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
			}) {
				if code, ok := codes[strings.Trim(w, "-/_")]; ok {
					found[code] = true
				}
			}
		}
	}
	return found
}
