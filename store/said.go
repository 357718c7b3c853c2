package store

import (
	"github.com/cairn-recorder/cairn"
)

// namesIn returns the names that are masked in what is said of an incident: those of
// everybody who is not to be named, and each word of those of its own victims that
// names no place or party of it.
func (w withheld) namesIn(l cairn.Listing) cairn.Names {
	own := w.called[l.Code]
	for _, former := range l.Former {
		own = append(own[:len(own):len(own)], w.called[former]...)
	}
	if len(own) == 0 {
		return w.names
	}
	spared := append([]string{l.Place.Name, l.Place.Admin1}, l.Place.Keys...)
	return w.names.With(own, append(spared, l.Parties...))
}

// say writes in a public form the names of those who may be named now, and masks
// those of all others.
func (w withheld) say(form *cairn.Published) {
	names := w.namesIn(form.Listing)
	quoted := func(texts ...*string) {
		for _, text := range texts {
			*text = names.Mask(cairn.Disclose(*text, w.may))
		}
	}
	w.maskListing(&form.Listing, names)
	for i := range form.Sources {
		s := &form.Sources[i]
		s.Name = w.names.Mask(s.Name)
		quoted(&s.Title)
		maskAddress(&s.Address, names)
		for k := range s.Excerpts {
			e := &s.Excerpts[k]
			quoted(&e.Before, &e.Words, &e.After)
		}
	}
	for i := range form.Narratives {
		for k := range form.Narratives[i].Parts {
			quoted(&form.Narratives[i].Parts[k].Words)
		}
	}
	for i := range form.References {
		r := &form.References[i]
		r.By = w.names.Mask(r.By)
		quoted(&r.Title, &r.Where)
		maskAddress(&r.Link, names)
	}
	for i := range form.Disputes {
		for k := range form.Disputes[i].Sides {
			quoted(&form.Disputes[i].Sides[k].Says)
		}
	}
	for _, texts := range [][]string{form.Reasons, form.Tags} {
		for i := range texts {
			quoted(&texts[i])
		}
	}
	for i := range form.Ascribed {
		form.Ascribed[i].Party = w.names.Mask(form.Ascribed[i].Party)
	}
	for i := range form.History {
		maskChanges(form.History[i].Changes, names)
	}
}

// maskListing masks names in what a listing says in words.
func (w withheld) maskListing(l *cairn.Listing, names cairn.Names) {
	l.Place = w.names.Place(l.Place)
	for i, party := range l.Parties {
		l.Parties[i] = w.names.Mask(party)
	}
	for i := range l.Positions {
		p := &l.Positions[i]
		p.Party, p.Statement = w.names.Mask(p.Party), names.Mask(p.Statement)
		maskAddress(&p.Link, names)
	}
}

// mask masks names in what a release says of the project and of corrections.
func (w withheld) mask(r *cairn.Release) {
	for _, c := range r.Corrections {
		maskChanges(c.Changes, w.namesIn(cairn.Listing{Code: c.Code}))
	}
	for i := range r.Circumstances {
		c := &r.Circumstances[i]
		c.Title, c.Place = w.names.Mask(c.Title), w.names.Mask(c.Place)
		maskAddress(&c.Link, w.names)
	}
}

func maskChanges(all []cairn.Changed, names cairn.Names) {
	for i := range all {
		all[i].From, all[i].To = names.Mask(all[i].From), names.Mask(all[i].To)
	}
}

// maskAddress keeps of an address that spells a name only the site.
func maskAddress(address *string, names cairn.Names) {
	if *address != "" {
		*address = names.Address(*address)
	}
}
