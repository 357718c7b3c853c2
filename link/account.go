package link

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Report is what one document says, as it comes to be linked. Claims are
// those of one reading, numbered.
type Report struct {
	Document  string
	Reading   string
	Published cairn.Date
	Source    string
	Claims    []cairn.Claim
	Words     *Words // of its text, where that is at hand
}

// An account is the claims of a report, or of a known incident, that are about
// one place and time.
type account struct {
	claims  []cairn.Claim
	refs    []cairn.ClaimRef
	where   *cairn.Where // the closest known place of its claims
	when    cairn.Period // the narrowest known period of its claims
	by      []cairn.Attacker
	means   []cairn.MeansClass
	names   []string
	written cairn.Date // publication, for an account without days
	words   []*Words
}

// Of an incident is every claim but those of a campaign, of other times, of
// what might be, and of the people present.
func ofIncident(c cairn.Claim) bool {
	for _, s := range []cairn.Scope{cairn.Cumulative, cairn.Historical, cairn.Background, cairn.Conditional} {
		if c.Is(s) {
			return false
		}
	}
	return c.Harm != cairn.Population
}

// accountsOf returns the accounts of a report, the main one first: that with
// most claims, and of those the first. A claim without a place or day of its
// own is of the main account, a part of a whole is where the whole is.
func accountsOf(r Report) []account {
	var all []account
	var vague []cairn.Claim
	at := map[int]int{} // the account of a claim
	for _, c := range r.Claims {
		switch k, ok := at[c.SubsetOf]; {
		case !ofIncident(c):
		case ok && c.SubsetOf > 0:
			all[k].add(r, c)
			at[c.N] = k
		case !ownPlace(c) && !ownDay(c):
			vague = append(vague, c)
		default:
			all, at[c.N] = placed(all, r, c)
		}
	}
	if len(all) == 0 && len(vague) > 0 {
		all = []account{{written: r.Published, words: []*Words{r.Words}}}
	}
	main := 0
	for k := range all {
		if len(all[k].claims) > len(all[main].claims) {
			main = k
		}
	}
	for _, c := range vague {
		all[main].add(r, c)
	}
	if main > 0 {
		all = slices.Insert(slices.Delete(slices.Clone(all), main, main+1), 0, all[main])
	}
	return all
}

// placed adds a claim to the first account whose place and days allow it, or to
// a new one.
func placed(all []account, r Report, c cairn.Claim) ([]account, int) {
	one := account{written: r.Published, words: []*Words{r.Words}}
	one.add(r, c)
	for k := range all {
		if together(all[k], one) {
			all[k].add(r, c)
			return all, k
		}
	}
	return append(all, one), len(all)
}

// together reports whether two accounts of one report may be one: neither place
// nor days tell them apart.
func together(a, b account) bool {
	return nearness(a.where, b.where).kind != elsewhere && (a.when == (cairn.Period{}) || b.when == (cairn.Period{}) || a.when.Meets(b.when, 0))
}

// add takes a claim of a report into the account.
func (a *account) add(r Report, c cairn.Claim) {
	a.claims = append(a.claims, c)
	a.refs = append(a.refs, cairn.ClaimRef{Document: r.Document, N: c.N, Reading: r.Reading})
	if closer(c.Where, a.where) {
		a.where = c.Where
	}
	if c.When != nil && c.When.From.Known() && narrower(c.When.Period, a.when) {
		a.when = c.When.Period
	}
	for _, by := range c.By {
		if !slices.ContainsFunc(a.by, func(o cairn.Attacker) bool { return partyOf(o) == partyOf(by) && o.Strength == by.Strength }) {
			a.by = append(a.by, by)
		}
	}
	if c.Means != nil && !slices.Contains(a.means, c.Means.Class) {
		a.means = append(a.means, c.Means.Class)
	}
	for _, name := range c.Victims.Names {
		if !slices.Contains(a.names, name) {
			a.names = append(a.names, name)
		}
	}
}

// ownPlace reports whether c names its place in words of its own.
func ownPlace(c cairn.Claim) bool { return c.Where != nil && c.Where.Words != "" }

// ownDay reports whether c says when in words of its own. A claim that only
// ends with its publication does not.
func ownDay(c cairn.Claim) bool { return c.When != nil && c.When.Words != "" && c.When.From.Known() }

func closer(a, b *cairn.Where) bool {
	return a != nil && (b == nil || a.Accuracy.Rank() < b.Accuracy.Rank())
}

func narrower(p, q cairn.Period) bool {
	days := func(p cairn.Period) int {
		if p == (cairn.Period{}) {
			return 1 << 30
		}
		if n := p.Days(); n > 0 {
			return n
		}
		return 1 << 20
	}
	return days(p) < days(q)
}

func partyOf(a cairn.Attacker) string {
	if a.Name != "" {
		return a.Name
	}
	return a.Words
}

// alleges reports whether some claim of the account says that harm was done, or
// was not, on the document's own word. A report that only denies what others
// say makes no incident.
func (a account) alleges() bool {
	return slices.ContainsFunc(a.claims, func(c cairn.Claim) bool { return !c.Is(cairn.ScopeDenied) })
}

// accountOf returns what is known of an incident as one account.
func accountOf(k Known) account {
	a := account{words: k.Words}
	for _, t := range k.Testimonies {
		a.add(Report{Document: t.Ref.Document, Reading: t.Ref.Reading}, t.Claim)
		if !a.written.Known() || t.Document.Published.Before(a.written) {
			a.written = t.Document.Published
		}
	}
	if k.Where != nil {
		a.where = k.Where
	}
	if k.When != (cairn.Period{}) {
		a.when = k.When
	}
	return a
}
