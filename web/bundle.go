package web

import (
	"context"
	"errors"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// A bundle is the claims of one incident with their documents, from which every
// number of its page is led back to words.
type bundle struct {
	order    []cairn.ClaimRef
	accounts map[cairn.ClaimRef]account
	by       map[cairn.ClaimRef][]cairn.Attacker
}

// bundle reads the claims of the incident of a code and the sentences that they
// rest on, with how reliable their sources and how credible they themselves are
// held to be.
func (s *site) bundle(ctx context.Context, code string, decided []cairn.Judgement) (bundle, error) {
	b := bundle{accounts: map[cairn.ClaimRef]account{}, by: map[cairn.ClaimRef][]cairn.Attacker{}}
	testimonies, err := s.view.Testimonies(ctx, s.settings.Project, code)
	if err != nil {
		return b, err
	}
	texts, current := map[string]string{}, map[string]string{}
	for _, t := range testimonies {
		id := t.Ref.Document
		if _, had := texts[id]; !had {
			d, err := s.view.Document(ctx, id)
			if err != nil {
				return b, err
			}
			reading, err := s.view.CurrentReading(ctx, s.settings.Project, id)
			if err != nil && !errors.Is(err, cairn.ErrNotFound) {
				return b, err
			}
			texts[id], current[id] = d.Text, reading.ID
		}
		b.order = append(b.order, t.Ref)
		a := accountOf(t, texts[id], current[id])
		if j, ok := recorder.Credibility(decided, id, t.Claim); ok {
			a.Rated = &rated{j.Value, j.Who, j.Why}
		}
		if source, err := s.view.Source(ctx, t.Document.Source); err == nil {
			a.Rating = source.Rating
		} else if !errors.Is(err, cairn.ErrNotFound) {
			return b, err
		}
		b.accounts[t.Ref] = a
		b.by[t.Ref] = t.Claim.By
	}
	return b, nil
}

// accountOf returns t in its own words. Its address names the reading only
// where that is no longer the one that the document's page shows.
func accountOf(t cairn.Testimony, text, current string) account {
	a := account{Ref: t.Ref, Harm: t.Claim.Harm, Class: t.Claim.Victims.Class, Range: t.Claim.Range, Scope: t.Claim.Scope,
		Title: t.Document.Title, Source: t.Document.Source, Published: t.Document.Published, Language: t.Document.Language,
		Quote: quoteOf(text, t.Claim), Address: address("documents", t.Ref.Document)}
	if a.Quote == (quote{}) {
		a.Quote.Figure = t.Claim.Figure.Words
	}
	if t.Ref.Reading != current {
		a.Address += "?reading=" + t.Ref.Reading
	}
	a.Address += "#" + anchorOf(t.Ref.N)
	for _, says := range t.Claim.Says {
		a.Denied = a.Denied || says.Stance == cairn.Denies
	}
	return a
}

// fill sets the ranges, parties and origins of v.
func (b bundle) fill(v *incidentView) {
	v.Tallies, v.Origins = []tally{}, []origin{}
	scale := map[cairn.Harm]int{}
	if v.Assessment != nil {
		b.scale(v.Assessment.Tallies, scale)
		for _, t := range v.Assessment.Tallies {
			v.Tallies = append(v.Tallies, b.tally(t, scale[t.Harm]))
		}
		sortTallies(v.Tallies)
	}
	v.Parties = b.parties()
	v.Origins = b.origins(v.Assessment, scale)
}

// scale sets for each harm the highest number that stands on the page.
func (b bundle) scale(tallies []cairn.Tally, highest map[cairn.Harm]int) {
	for _, t := range tallies {
		highest[t.Harm] = most(highest[t.Harm], t.Range)
	}
	for _, a := range b.accounts {
		highest[a.Harm] = most(highest[a.Harm], a.Range)
	}
}

// tally returns t with the words of the claims that set its ends, and notes
// with those claims that they do.
func (b bundle) tally(t cairn.Tally, scale int) tally {
	out := tally{Harm: t.Harm, Class: t.Class, Range: t.Range, Bar: barOf(t.Range, scale)}
	heading := ofWhom(t.Harm, t.Class)
	out.Floor = b.set(t.MinFrom, "floor of "+heading)
	out.Ceiling = b.set(t.MaxFrom, "ceiling of "+heading)
	return out
}

func (b bundle) set(refs []cairn.ClaimRef, what string) []account {
	found := []account{}
	for _, ref := range refs {
		known, ok := b.find(ref)
		if !ok {
			continue
		}
		a := b.accounts[known]
		a.Sets = append(a.Sets, what)
		b.accounts[known] = a
		found = append(found, a)
	}
	return found
}

// find returns the claim of the incident that ref names; a ref without a
// reading is of the reading that the incident has.
func (b bundle) find(ref cairn.ClaimRef) (cairn.ClaimRef, bool) {
	if _, ok := b.accounts[ref]; ok {
		return ref, true
	}
	for _, known := range b.order {
		if known.Document == ref.Document && known.N == ref.N && (ref.Reading == "" || known.Reading == "") {
			return known, true
		}
	}
	return ref, false
}

// parties returns every party that a claim names, in the order of the claims.
func (b bundle) parties() []party {
	all := []party{}
	for _, ref := range b.order {
		for _, by := range b.by[ref] {
			name := by.Name
			if name == "" {
				name = by.Words
			}
			i := slices.IndexFunc(all, func(p party) bool { return p.Name == name })
			if i < 0 {
				i, all = len(all), append(all, party{Name: name})
			}
			a := b.accounts[ref]
			said := voice{Strength: by.Strength, Address: a.Address, Source: a.Source}
			if !slices.ContainsFunc(all[i].Words, func(w voice) bool { return w.Source == said.Source && w.Strength == said.Strength }) {
				all[i].Words = append(all[i].Words, said)
			}
		}
	}
	return all
}

// origins returns the claims by the original that their documents repeat; those
// of a document in no group stand alone.
func (b bundle) origins(a *cairn.Assessment, scale map[cairn.Harm]int) []origin {
	var groups [][]string
	if a != nil {
		groups = slices.Clone(a.Origins)
	}
	for _, ref := range b.order {
		if !slices.ContainsFunc(groups, func(g []string) bool { return slices.Contains(g, ref.Document) }) {
			groups = append(groups, []string{ref.Document})
		}
	}
	var all []origin
	for _, g := range groups {
		o := origin{Documents: g}
		for _, ref := range b.order {
			if slices.Contains(g, ref.Document) {
				one := b.accounts[ref]
				one.Bar = barOf(one.Range, scale[one.Harm])
				o.Claims = append(o.Claims, one)
			}
		}
		if len(o.Claims) > 0 {
			all = append(all, o)
		}
	}
	return all
}

// sortTallies puts tallies in the order in which harms and classes are shown.
func sortTallies(tallies []tally) {
	slices.SortStableFunc(tallies, func(a, b tally) int {
		if d := slices.Index(cairn.Harms, a.Harm) - slices.Index(cairn.Harms, b.Harm); d != 0 {
			return d
		}
		return slices.Index(cairn.Classes, a.Class) - slices.Index(cairn.Classes, b.Class)
	})
}
