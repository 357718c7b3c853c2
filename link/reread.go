package link

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Reread returns the incident with the claims of a new reading in place of those
// of the former reading of the same document: each new claim of the same harm
// that shares words with one of the incident's is of the incident. It also
// returns those claims. Where none is left the incident stays, without claims of
// that document.
func Reread(i cairn.Incident, former, now cairn.Reading) (cairn.Incident, []cairn.ClaimRef) {
	var had []cairn.Claim
	at := len(i.Claims)
	claims := slices.Clone(i.Claims)
	for k, ref := range claims {
		if ref.Document != now.Document {
			continue
		}
		at = min(at, k)
		for _, c := range former.Claims {
			if ref.Reading == former.ID && c.N == ref.N {
				had = append(had, c)
			}
		}
	}
	claims = slices.DeleteFunc(claims, func(ref cairn.ClaimRef) bool { return ref.Document == now.Document })
	var kept []cairn.ClaimRef
	for _, c := range now.Claims {
		if ofIncident(c) && slices.ContainsFunc(had, func(h cairn.Claim) bool { return h.Harm == c.Harm && h.Span.Overlaps(c.Span) }) {
			kept = append(kept, cairn.ClaimRef{Document: now.Document, N: c.N, Reading: now.ID})
		}
	}
	i.Claims = slices.Insert(claims, min(at, len(claims)), kept...)
	return i, kept
}

// Without returns claims without the ones that refs name.
func Without(claims []cairn.Claim, refs []cairn.ClaimRef) []cairn.Claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c cairn.Claim) bool {
		return slices.ContainsFunc(refs, func(r cairn.ClaimRef) bool { return r.N == c.N })
	})
}

// Union returns the incident with the place, days, parties and means that its
// claims now give between them. One without claims stays as it is.
func Union(k Known) cairn.Incident {
	if len(k.Testimonies) == 0 {
		return k.Incident
	}
	var a account
	for _, t := range k.Testimonies {
		a.add(Report{Document: t.Ref.Document, Reading: t.Ref.Reading}, t.Claim)
	}
	i := k.Incident
	i.Where, i.When, i.By, i.Means = a.where, a.when, a.by, ""
	if len(a.means) > 0 {
		i.Means = a.means[0]
	}
	return i
}
