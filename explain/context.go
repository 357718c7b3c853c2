package explain

import (
	"strconv"

	"github.com/cairn-recorder/cairn"
)

func number(n int) string { return strconv.Itoa(n) }

// where says which place was chosen, by what, and what spoke for the others.
func (r *reasons) where() {
	w := r.claim.Where
	if w == nil {
		r.add("where", slot("no place is named that the gazetteer knows, and the report is given with none"))
		return
	}
	why := is(w.Words, placed(w.Name, w.Admin1, w.Country))
	if w.Accuracy != "" {
		accuracy := worded(w.Accuracy)
		if w.Accuracy == cairn.Admin1 {
			accuracy = slot("first-level area")
		}
		why += ", " + slot("known to the "+accuracy)
	}
	if w.ID != "" {
		why += " (" + data(w.ID) + ")"
	}
	if g, ok := r.claim.Ground("where"); ok && g.Reason != "" {
		why += "; " + told(g.Reason)
	}
	if w.Reason != "" {
		why += "; " + slot("chosen for: "+slot(told(w.Reason)))
	}
	for _, a := range w.Alternatives {
		why += "; " + slot("not "+placed(a.Name, "", a.Country)+" ("+data(a.ID)+"), for which less spoke: "+slot(told(a.Reason)))
	}
	r.add("where", why)
}

// placed names a place with what holds it.
func placed(name, admin1, country string) string {
	if name == "" {
		name = slot("a place without a name")
	} else {
		name = data(name)
	}
	for _, of := range []string{admin1, country} {
		if of != "" && data(of) != name {
			name += ", " + data(of)
		}
	}
	return slot(name)
}

// when says which days are meant, and from what they were reckoned.
func (r *reasons) when() {
	w := r.claim.When
	if w == nil {
		r.add("when", slot("no time is named, and the day of the report is not known"))
		return
	}
	why := is(w.Words, days(w.Period))
	switch g, ok := r.claim.Ground("when"); {
	case ok && g.Words != "":
		why = slot(slot(why)+", by "+quoted(g.Words)) + ": " + told(g.Reason)
	case ok:
		why += ": " + told(g.Reason)
	case w.Words != "":
		why = slot(slot(why) + ", as it is stated")
	}
	r.add("when", why)
}

func days(p cairn.Period) string {
	switch {
	case p.From == p.To && p.From.Known():
		return data(string(p.From))
	case !p.From.Known() && !p.To.Known():
		return slot("a time that is not known")
	case !p.From.Known():
		return slot("some time up to " + data(string(p.To)))
	case !p.To.Known():
		return slot("from " + data(string(p.From)) + " on")
	}
	return slot(data(string(p.From)) + " to " + data(string(p.To)))
}

// by says to whom the harm is ascribed, and how firmly.
func (r *reasons) by() {
	for _, b := range r.claim.By {
		name := data(b.Name)
		if b.Name == "" {
			name = slot("a party that no name is known for")
		}
		why := slot(strengths[b.Strength])
		if b.Words == "" {
			why += "; " + slot("not named in these words")
		}
		name = is(b.Words, name)
		r.add("by", name+": "+why)
	}
}

var strengths = map[cairn.Strength]string{
	cairn.Stated:   "stated, since the words give it the deed without reservation",
	cairn.Accused:  "accused, since somebody blames it",
	cairn.Admitted: "admitted, since it owns the deed itself",
	cairn.Denied:   "denied, since it is said not to have done it",
	cairn.Possible: "possible, since the words only suspect it",
}

func (r *reasons) means() {
	m := r.claim.Means
	if m == nil {
		return
	}
	why := is(m.Words, worded(m.Class))
	if g, ok := r.claim.Ground("means"); ok {
		if g.Words != "" {
			why = slot(slot(why) + ", by " + quoted(g.Words))
		}
		why += ": " + told(g.Reason)
	}
	r.add("means", why)
}

// says tells the chain of those who say it, outermost first.
func (r *reasons) says() {
	if len(r.claim.Says) == 0 {
		r.add("says", slot("the document itself, since nobody is named for it"))
	}
	for i, s := range r.claim.Says {
		why := quoted(s.Words)
		if s.Words == "" {
			why = slot(data(s.Name) + ", who published it")
		} else if s.Name != "" {
			why = is(s.Words, data(s.Name))
		}
		if s.Cue != "" {
			why = slot(slot(why) + ", by " + quoted(s.Cue))
		}
		if s.Stance == "" {
			why = slot(slot(why) + ", who passes it on")
		} else {
			why = slot(slot(why) + ", who " + string(s.Stance) + " it")
		}
		if i > 0 {
			why = slot(slot(why) + ", as the one before tells")
		}
		r.add("says", why)
	}
}

// scope says under which reservations, and by which words.
func (r *reasons) scope() {
	for _, s := range r.claim.Scope {
		why := slot(string(s)) + ", " + slot(scopes[s])
		g, ok := r.claim.Ground(string(s))
		if ok && g.Words != "" {
			why += "; " + slot("by "+quoted(g.Words))
		}
		if ok && g.Reason != "" {
			why += "; " + told(g.Reason)
		}
		r.add("scope", why)
	}
}

var scopes = map[cairn.Scope]string{
	cairn.Alleged:       "said at second hand or not borne out",
	cairn.ScopePossible: "only possible",
	cairn.ScopeDenied:   "denied",
	cairn.Conditional:   "under a condition",
	cairn.Cumulative:    "the toll of a period or an area, which belongs to no one incident",
	cairn.Historical:    "of an earlier time than the report is about",
	cairn.Background:    "told as background to what the report is about",
	cairn.Subset:        "a part of a larger figure",
	cairn.Addition:      "on top of another figure",
}
