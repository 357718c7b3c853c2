package cairn

import (
	"encoding/json"
	"maps"
	"slices"
)

// A Belligerent is a party to a conflict that harm may be ascribed to. Names
// and aliases are as they stand in reports, in any script, and hold for as long
// as it is active; a name or side that holds for a time alone is a Role.
type Belligerent struct {
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	Names   map[string]string `json:"names,omitempty"` // by language tag
	Aliases []string          `json:"aliases,omitempty"`
	Kind    BelligerentKind   `json:"kind,omitempty"`
	Country string            `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Active  Period            `json:"active,omitzero"`   // when it is a party
	Roles   []Role            `json:"roles,omitempty"`
	Of      []Membership      `json:"of,omitempty"` // coalitions it is a member of
}

// A BelligerentKind is what sort of party a belligerent is. The zero
// BelligerentKind is not known.
type BelligerentKind string

// The kinds of belligerent.
const (
	State      BelligerentKind = "state"
	ArmedGroup BelligerentKind = "armed_group"
	Coalition  BelligerentKind = "coalition"
)

// BelligerentKinds is every BelligerentKind that is known.
var BelligerentKinds = []BelligerentKind{State, ArmedGroup, Coalition}

// A Role is what a belligerent is called, or the side that it is on, for a time:
// "the rebels" until they are the government. Either may be empty; an unknown
// end of its period does not limit it.
type Role struct {
	Name string `json:"name,omitempty"`
	Side string `json:"side,omitempty"`
	Period
}

// A Membership says of which coalition a belligerent is a member, and when. Its
// JSON may be the name of the coalition alone.
type Membership struct {
	Coalition string `json:"coalition"` // its identifier, or its name
	Period
}

// UnmarshalJSON reads a membership, or a name.
func (m *Membership) UnmarshalJSON(data []byte) error {
	*m = Membership{}
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &m.Coalition)
	}
	type plain Membership
	return json.Unmarshal(data, (*plain)(m))
}

// Unlimited returns p as one that an unknown end does not limit: what holds from
// 2014 on goes on. The zero Period stays as it is.
func (p Period) Unlimited() Period {
	if p.From.Known() && !p.To.Known() {
		p.To = "9999"
	}
	if p.To.Known() && !p.From.Known() {
		p.From = "0001"
	}
	return p
}

// On returns b as it stood in a period, with every name that it could be called
// by then among its aliases and with the roles and memberships of that time
// alone, and whether it was a party then. Every period meets one of which
// nothing is known.
func (b Belligerent) On(p Period) (Belligerent, bool) {
	then := b
	then.Aliases = slices.Clone(b.Aliases)
	for _, lang := range slices.Sorted(maps.Keys(b.Names)) {
		then.Aliases = append(then.Aliases, b.Names[lang])
	}
	then.Roles, then.Of = nil, nil
	for _, r := range b.Roles {
		if !r.Unlimited().Meets(p, 0) {
			continue
		}
		then.Roles = append(then.Roles, r)
		if r.Name != "" {
			then.Aliases = append(then.Aliases, r.Name)
		}
	}
	for _, m := range b.Of {
		if m.Unlimited().Meets(p, 0) {
			then.Of = append(then.Of, m)
		}
	}
	return then, b.Active.Unlimited().Meets(p, 0)
}

// A Strength says how firmly harm is ascribed to a party. The scale follows
// the perpetrator confidence of MUC-4 (reported as fact, suspected or accused,
// claimed or admitted, possible), with denial beside it.
type Strength string

// The strengths of an ascription.
const (
	Stated   Strength = "stated"
	Accused  Strength = "accused"
	Admitted Strength = "admitted"
	Denied   Strength = "denied"
	Possible Strength = "possible"
)
