package link

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// rules are what persons decided about the claims of one report.
type rules struct {
	must  map[int]string   // the incident that a claim is of, by its number
	never map[int][]string // the incidents that it is not of
	why   map[int]string
}

// rulesOf reads the judgements that are about claims of r: a merge names the
// incident that the claim was taken to, a split the one it was taken from and,
// first among the others, the one it was taken to; not_same the incidents it is
// not of.
func rulesOf(r Report, decided []cairn.Judgement) rules {
	rules := rules{map[int]string{}, map[int][]string{}, map[int]string{}}
	for _, j := range decided {
		if j.Document != r.Document || j.Document == "" {
			continue
		}
		for _, c := range r.Claims {
			if about(j, c) {
				rules.apply(j, c.N)
			}
		}
	}
	return rules
}

// about reports whether a judgement is about a claim: by harm and span, as far
// as it names them.
func about(j cairn.Judgement, c cairn.Claim) bool {
	return (j.Harm == "" || j.Harm == c.Harm) && (j.Span == nil || j.Span.Overlaps(c.Span))
}

func (r rules) apply(j cairn.Judgement, n int) {
	switch j.Decision {
	case cairn.Merge:
		r.to(n, j.Incident, j)
	case cairn.Split:
		r.never[n] = append(r.never[n], j.Incident)
		if len(j.Others) > 0 {
			r.to(n, j.Others[0], j)
		}
	case cairn.NotSame:
		r.never[n] = append(append(r.never[n], j.Incident), j.Others...)
		if slices.Contains(r.never[n], r.must[n]) {
			delete(r.must, n)
		}
	}
}

// to binds a claim to an incident; the later judgement holds.
func (r rules) to(n int, code string, j cairn.Judgement) {
	r.must[n] = code
	r.never[n] = slices.DeleteFunc(r.never[n], func(c string) bool { return c == code })
	r.why[n] = j.Who + " decided that it is of " + code
}

// apart tells the claims of an account apart that persons kept out of different
// incidents, so that one judged claim does not take its neighbours with it.
func (r rules) apart(accounts []account, report Report) []account {
	var all []account
	for _, a := range accounts {
		var order []string
		parts := map[string]*account{}
		for _, c := range a.claims {
			kept := strings.Join(r.never[c.N], " ")
			if parts[kept] == nil {
				parts[kept] = &account{where: a.where, when: a.when, written: a.written, words: a.words}
				order = append(order, kept)
			}
			parts[kept].add(report, c)
		}
		for _, kept := range order {
			all = append(all, *parts[kept])
		}
	}
	return all
}

// forbids reports whether persons kept the claims of a out of an incident.
func (r rules) forbids(a account, code string) bool {
	return slices.ContainsFunc(a.claims, func(c cairn.Claim) bool { return slices.Contains(r.never[c.N], code) })
}

// allow reports whether a claim may stay with an incident.
func (r rules) allow(c cairn.Claim, code string) bool {
	must := r.must[c.N]
	return (must == "" || must == code) && !slices.Contains(r.never[c.N], code)
}

// ordered returns the links that persons ordered, in the order of the claims.
func (r rules) ordered(report Report) []Link {
	var links []Link
	for _, c := range report.Claims {
		if code := r.must[c.N]; code != "" && ofIncident(c) {
			a := account{}
			a.add(report, c)
			links = append(links, a.link(code, verdict{reasons: []string{r.why[c.N]}}))
		}
	}
	return gathered(links)
}
