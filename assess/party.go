package assess

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// parties are the belligerents of a project, to tell by which name each is
// called.
type parties []cairn.Belligerent

// standing returns the belligerents as they stood in a period: by the names and
// in the coalitions that held then.
func standing(known []cairn.Belligerent, in cairn.Period) parties {
	var out parties
	for _, b := range known {
		if then, was := b.On(in); was {
			out = append(out, then)
		}
	}
	return out
}

// when returns the time of an incident, or else the first that a testimony gives.
func when(inc cairn.Incident, testimonies []cairn.Testimony) cairn.Period {
	if inc.When.From.Known() {
		return inc.When
	}
	for _, t := range testimonies {
		if w := t.Claim.When; w != nil && w.From.Known() {
			return w.Period
		}
	}
	return inc.When
}

// key returns one name for a party however it is called: its identifier, or
// the name itself in lower case where the project does not know it.
func (p parties) key(names ...string) string {
	for _, name := range names {
		for _, b := range p {
			if name != "" && (same(name, b.ID) || same(name, b.Name) || slices.ContainsFunc(b.Aliases, func(a string) bool { return same(name, a) })) {
				return b.ID
			}
		}
	}
	for _, name := range names {
		if name != "" {
			return strings.ToLower(strings.TrimSpace(name))
		}
	}
	return ""
}

func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// knows reports whether key is the identifier of a belligerent.
func (p parties) knows(key string) bool {
	return slices.ContainsFunc(p, func(b cairn.Belligerent) bool { return b.ID == key })
}

// oneSide reports whether a and b are one party, or one is a member of the
// other.
func (p parties) oneSide(a, b string) bool {
	return a == b || p.member(a, b) || p.member(b, a)
}

func (p parties) member(a, of string) bool {
	for _, b := range p {
		if b.ID == a {
			return slices.ContainsFunc(b.Of, func(m cairn.Membership) bool { return p.key(m.Coalition) == of })
		}
	}
	return false
}

// name returns how a party is shown.
func (p parties) name(key string) string {
	for _, b := range p {
		if b.ID == key && b.Name != "" {
			return b.Name
		}
	}
	return key
}

// speakers returns the parties that the words of t rest on: those of its chain
// of speech, or else its publisher.
func (p parties) speakers(t cairn.Testimony) []string {
	var keys []string
	for _, s := range t.Claim.Says {
		keys = append(keys, p.key(s.Name, s.Words))
	}
	if len(keys) == 0 && t.Document.Source != "" {
		keys = append(keys, p.key(t.Document.Source))
	}
	return keys
}

// accused returns the parties to whom t ascribes the harm.
func (p parties) accused(t cairn.Testimony) []string {
	var keys []string
	for _, a := range t.Claim.By {
		if k := p.key(a.Name, a.Words); a.Strength != cairn.Denied && k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// police are who most often reports a crime; they speak for a side only where
// the project knows them for a belligerent.
const police = "police"

// own returns the party that speaks in t for itself: one of those whom some
// testimony accuses, or that the project knows for a belligerent and t itself
// accuses. It is "" where an outsider speaks.
func (p parties) own(t cairn.Testimony, suspected []string) string {
	for _, s := range p.speakers(t) {
		if strings.EqualFold(s, police) && !p.knows(s) {
			continue
		}
		for _, a := range suspected {
			if s != "" && p.oneSide(s, a) {
				return s
			}
		}
	}
	return ""
}
