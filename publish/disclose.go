package publish

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Bearer is a person of lists, of whom a name may stand in a document: by which
// keys they are named in public, and whether their own record says that they are not
// to be.
type Bearer struct {
	Keys    []string
	Unnamed bool
}

// A masking hides names in what is quoted of one document, and lets those stand that
// may be named.
type masking struct {
	cairn.Names
	may     func(person string) (cairn.Disclosed, bool)
	cleared string // the key of a document whose names were cleared: who is on no list is named
}

// quoting returns how names are hidden in what is quoted: of persons of lists those
// stand whose name the policy of the project and their own record make public, as
// long as nobody else bears what stands there.
func (m Material) quoting(masks cairn.Names) masking {
	named := map[string]cairn.Disclosed{}
	for _, v := range m.Victims {
		if visible(v) && v.Display == cairn.FullName {
			named[v.ID] = cairn.Disclosed{As: cairn.ByPolicy, Keys: v.Keys}
			if v.Agreed {
				named[v.ID] = cairn.Disclosed{As: cairn.ByConsent, Keys: v.Keys}
			}
		}
	}
	return masking{Names: masks, may: func(person string) (cairn.Disclosed, bool) { d, ok := named[person]; return d, ok }}
}

// clearing returns how names are hidden in a document whose names were cleared: those
// of persons alone whose own record says so.
func (m Material) clearing(masks cairn.Names, document string) masking {
	return masking{Names: masks, cleared: DocumentKey(document), may: func(person string) (cairn.Disclosed, bool) {
		b := m.Bearers[person]
		return cairn.Disclosed{As: cairn.ByClearing, Keys: b.Keys}, len(b.Keys) > 0 && !b.Unnamed
	}}
}

// quote returns text with names masked or disclosed.
func (m masking) quote(text string) string {
	text = cairn.Unmarked(text)
	return m.part(text, cairn.Span{End: len(text)}, m.Find(text))
}

// part returns a part of text likewise, of whose names the cuts are.
func (m masking) part(text string, part cairn.Span, cuts []cairn.Bearing) string {
	var b strings.Builder
	at := part.Start
	for _, c := range cuts {
		if !c.Overlaps(part) {
			continue
		}
		b.WriteString(text[at:max(at, c.Start)])
		if part.Holds(c.Span) {
			b.WriteString(m.disclose(text, c))
		} else {
			b.WriteString(cairn.Masked)
		}
		at = min(c.End, part.End)
	}
	b.WriteString(text[at:part.End])
	return b.String()
}

// disclose returns what stands in the place of a name.
func (m masking) disclose(text string, c cairn.Bearing) string {
	d := cairn.Disclosure{Name: c.Of(text)}
	if m.cleared != "" {
		d.Persons = append(d.Persons, cairn.Disclosed{As: cairn.ByDocument, Keys: []string{m.cleared}})
	}
	for _, person := range slices.Sorted(slices.Values(c.Persons)) {
		if person == "" && m.cleared != "" {
			continue
		}
		bearer, ok := m.may(person)
		if !ok {
			return cairn.Masked
		}
		d.Persons = append(d.Persons, bearer)
	}
	return d.String()
}

// address returns a web address, and of one that spells a name only the site. In a
// cleared document the name of somebody on no list may be spelled.
func (m masking) address(s string) string {
	return cairn.AddressWithout(s, func(spelled string) bool {
		return slices.ContainsFunc(m.Find(spelled), func(c cairn.Bearing) bool { return m.cleared == "" || len(c.Persons) > 1 || c.Persons[0] != "" })
	})
}
