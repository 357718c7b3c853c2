package link

import (
	"cmp"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Known is an incident with the claims about it, each with its document
// (the text may be left out), and the words of the documents that are at hand.
type Known struct {
	cairn.Incident
	Testimonies []cairn.Testimony
	Words       []*Words
}

// A Link says which incident some claims of a report are about. Code is that of
// a known incident; it is empty for a new one, which the caller codes. Where,
// When, By and Means are what the claims of the report say. Score is how much
// speaks for the link, and Reasons say what, for a person to judge.
type Link struct {
	Code    string
	Claims  []cairn.ClaimRef
	Where   *cairn.Where
	When    cairn.Period
	By      []cairn.Attacker
	Means   cairn.MeansClass
	Score   float64
	Reasons []string
}

// New reports whether the link is to an incident that was not known.
func (l Link) New() bool { return l.Code == "" }

// Incidents takes the claims of a report to the incidents that are known near
// them, or to new ones. A report may be of several incidents, told apart by
// place or day; each known incident takes one account of it at most. Tolls of a
// campaign, of other times and of what might be, and figures of the people
// present, are linked to nothing, and a mere denial makes no new incident.
//
// It knows nothing of what persons decided, which is laid over its answer: a
// link is computed alike whatever was judged.
func Incidents(known []Known, r Report) []Link {
	var links []Link
	accounts := accountsOf(r)
	taken, chosen := map[string]bool{}, make([]*match, len(accounts))
	for _, m := range matches(known, accounts) {
		if chosen[m.account] == nil && !taken[m.code] {
			chosen[m.account], taken[m.code] = &m, true
		}
	}
	for k, a := range accounts {
		switch {
		case chosen[k] != nil:
			links = append(links, a.link(chosen[k].code, chosen[k].verdict))
		case a.alleges():
			links = append(links, a.link("", verdict{reasons: []string{"nothing known is near in place and time"}}))
		}
	}
	return gathered(links)
}

// A match is an account that may be of a known incident.
type match struct {
	account int
	code    string
	verdict verdict
}

// matches returns every account and incident that agree enough, the best first.
func matches(known []Known, accounts []account) []match {
	var all []match
	var codes []string
	var wholes []account
	for _, k := range known {
		if k.Into == "" {
			codes, wholes = append(codes, k.Code), append(wholes, accountOf(k))
		}
	}
	for n, a := range accounts {
		var near []match
		for i, whole := range wholes {
			if v := compare(a, whole); !v.apart {
				near = append(near, match{n, codes[i], v})
			}
		}
		for _, m := range near {
			m.verdict.among(len(near) - 1)
			if m.verdict.score >= joinsFrom {
				all = append(all, m)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.verdict.score, a.verdict.score), cmp.Compare(a.account, b.account), cmp.Compare(a.code, b.code))
	})
	return all
}

func (a account) link(code string, v verdict) Link {
	l := Link{Code: code, Claims: a.refs, Where: a.where, When: a.when, By: a.by, Score: v.score, Reasons: v.reasons}
	if len(a.means) > 0 {
		l.Means = a.means[0]
	}
	return l
}

// gathered makes one link of those to the same known incident.
func gathered(links []Link) []Link {
	var out []Link
	for _, l := range links {
		k := slices.IndexFunc(out, func(o Link) bool { return !l.New() && o.Code == l.Code })
		if k < 0 {
			out = append(out, l)
			continue
		}
		o := &out[k]
		o.Claims = append(o.Claims, l.Claims...)
		o.Reasons = append(o.Reasons, l.Reasons...)
		o.By = append(o.By, l.By...)
		o.Score = max(o.Score, l.Score)
		if closer(l.Where, o.Where) {
			o.Where = l.Where
		}
		if narrower(l.When, o.When) {
			o.When = l.When
		}
		o.Means = cmp.Or(o.Means, l.Means)
	}
	return out
}
