package narrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Material is what a draft is written from.
type Material struct {
	Incident   cairn.Incident
	Assessment cairn.Assessment
	Accounts   []cairn.Testimony // the claims of the incident
	Place      cairn.Place       // what the register knows of the place; may be zero
}

// mostAccounts is how many claims a draft cites one by one.
const mostAccounts = 12

// Draft writes what happened from the claims alone, one plain sentence for each,
// each with its mark, in a language of [cairn.NarrativeLanguages]; "" in any
// other. It says nothing that no claim says.
func Draft(language string, m Material) string {
	t, ok := tongues[language]
	if !ok {
		return ""
	}
	paragraphs := []string{t.head(m)}
	accounts := slices.Clone(m.Accounts)
	slices.SortStableFunc(accounts, func(a, b cairn.Testimony) int {
		return cmp.Or(cmp.Compare(a.Document.Published, b.Document.Published), cmp.Compare(a.Ref.Document, b.Ref.Document), cmp.Compare(a.Ref.N, b.Ref.N))
	})
	var said []string
	for _, a := range accounts[:min(len(accounts), mostAccounts)] {
		said = append(said, t.account(a))
	}
	for _, group := range [][]string{said, t.together(m), t.ascribed(accounts)} {
		if len(group) > 0 {
			paragraphs = append(paragraphs, strings.Join(group, " "))
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// head says where and when.
func (t *tongue) head(m Material) string {
	where := t.nowhere
	if w := m.Incident.Where; w != nil {
		where = cmp.Or(m.Place.Names[t.tag], w.Name, w.Words, t.nowhere)
	}
	return t.fill(t.headed, "place", where, "when", t.period(m.Incident.When))
}

// account says what one claim says.
func (t *tongue) account(a cairn.Testimony) string {
	c := a.Claim
	source := cmp.Or(a.Document.Source, t.somebody)
	if a.Document.Published.Known() {
		source = t.fill(t.dated, "source", source, "when", t.date(a.Document.Published))
	}
	form := t.said
	for _, s := range c.Says {
		if s.Stance == cairn.Denies {
			form = t.denied
		}
	}
	return t.fill(form, "source", source, "what", t.harmed(c.Range, c.Harm, c.Victims.Class), "cite", opens+Mark(a.Ref)+closes)
}

// together says the figures that the assessment makes of the accounts.
func (t *tongue) together(m Material) []string {
	var all []string
	for _, tally := range m.Assessment.Tallies {
		if !tally.Range.Known() || len(tally.MinFrom)+len(tally.MaxFrom) == 0 {
			continue
		}
		var marks []string
		for _, ref := range append(slices.Clone(tally.MinFrom), tally.MaxFrom...) {
			if mark := opens + Mark(ref) + closes; !slices.Contains(marks, mark) {
				marks = append(marks, mark)
			}
		}
		all = append(all, t.fill(t.taken, "what", t.harmed(tally.Range, tally.Harm, tally.Class), "cite", strings.Join(marks, " ")))
	}
	return all
}

// ascribed says who is named as having done it, and by which claims.
func (t *tongue) ascribed(accounts []cairn.Testimony) []string {
	type naming struct {
		party    string
		strength cairn.Strength
		marks    []string
	}
	var named []naming
	for _, a := range accounts {
		for _, by := range a.Claim.By {
			party := cmp.Or(by.Name, by.Words)
			k := slices.IndexFunc(named, func(n naming) bool { return n.party == party && n.strength == by.Strength })
			if k < 0 {
				k, named = len(named), append(named, naming{party: party, strength: by.Strength})
			}
			if mark := opens + Mark(a.Ref) + closes; !slices.Contains(named[k].marks, mark) {
				named[k].marks = append(named[k].marks, mark)
			}
		}
	}
	var all []string
	for _, n := range named {
		form := t.parties[n.strength]
		if form == "" {
			form = t.parties[cairn.Stated]
		}
		all = append(all, t.fill(form, "party", n.party, "cite", strings.Join(n.marks[:min(len(n.marks), 3)], " ")))
	}
	return all
}
