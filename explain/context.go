package explain

import (
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

func number(n int) string { return strconv.Itoa(n) }

// where says which place was chosen, by what, and what spoke for the others.
func (r *reasons) where() {
	w := r.claim.Where
	if w == nil {
		r.add("where", "no place is named that the gazetteer knows, and the report is given with none")
		return
	}
	var why strings.Builder
	if w.Words != "" {
		why.WriteString(quoted(w.Words) + " is ")
	}
	why.WriteString(placed(w.Name, w.Admin1, w.Country))
	if w.Accuracy != "" {
		why.WriteString(", known to the " + strings.Replace(worded(w.Accuracy), "admin1", "first-level area", 1))
	}
	if w.ID != "" {
		why.WriteString(" (" + w.ID + ")")
	}
	if g, ok := r.claim.Ground("where"); ok && g.Reason != "" {
		why.WriteString("; " + g.Reason)
	}
	if w.Reason != "" {
		why.WriteString("; chosen for: " + w.Reason)
	}
	for _, a := range w.Alternatives {
		why.WriteString("; not " + placed(a.Name, "", a.Country) + " (" + a.ID + "), for which less spoke: " + a.Reason)
	}
	r.add("where", why.String())
}

// placed names a place with what holds it.
func placed(name, admin1, country string) string {
	if name == "" {
		name = "a place without a name"
	}
	for _, of := range []string{admin1, country} {
		if of != "" && of != name {
			name += ", " + of
		}
	}
	return name
}

// when says which days are meant, and from what they were reckoned.
func (r *reasons) when() {
	w := r.claim.When
	if w == nil {
		r.add("when", "no time is named, and the day of the report is not known")
		return
	}
	why := days(w.Period)
	if w.Words != "" {
		why = quoted(w.Words) + " is " + why
	}
	switch g, ok := r.claim.Ground("when"); {
	case ok && g.Words != "":
		why += ", by " + quoted(g.Words) + ": " + g.Reason
	case ok:
		why += ": " + g.Reason
	case w.Words != "":
		why += ", as it is stated"
	}
	r.add("when", why)
}

func days(p cairn.Period) string {
	switch {
	case p.From == p.To && p.From.Known():
		return string(p.From)
	case !p.From.Known() && !p.To.Known():
		return "a time that is not known"
	case !p.From.Known():
		return "some time up to " + string(p.To)
	case !p.To.Known():
		return "from " + string(p.From) + " on"
	}
	return string(p.From) + " to " + string(p.To)
}

// by says to whom the harm is ascribed, and how firmly.
func (r *reasons) by() {
	for _, b := range r.claim.By {
		name := b.Name
		if name == "" {
			name = "a party that no name is known for"
		}
		why := strengths[b.Strength]
		if b.Words != "" {
			name = quoted(b.Words) + " is " + name
		} else {
			why += "; not named in these words"
		}
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
	why := worded(m.Class)
	if m.Words != "" {
		why = quoted(m.Words) + " is " + why
	}
	if g, ok := r.claim.Ground("means"); ok {
		if g.Words != "" {
			why += ", by " + quoted(g.Words)
		}
		why += ": " + g.Reason
	}
	r.add("means", why)
}

// says tells the chain of those who say it, outermost first.
func (r *reasons) says() {
	if len(r.claim.Says) == 0 {
		r.add("says", "the document itself, since nobody is named for it")
	}
	for i, s := range r.claim.Says {
		why := quoted(s.Words)
		if s.Words == "" {
			why = s.Name + ", who published it"
		} else if s.Name != "" {
			why += " is " + s.Name
		}
		if s.Cue != "" {
			why += ", by " + quoted(s.Cue)
		}
		if s.Stance == "" {
			why += ", who passes it on"
		} else {
			why += ", who " + string(s.Stance) + " it"
		}
		if i > 0 {
			why += ", as the one before tells"
		}
		r.add("says", why)
	}
}

// scope says under which reservations, and by which words.
func (r *reasons) scope() {
	for _, s := range r.claim.Scope {
		why := string(s) + ", " + scopes[s]
		g, ok := r.claim.Ground(string(s))
		if ok && g.Words != "" {
			why += "; by " + quoted(g.Words)
		}
		if ok && g.Reason != "" {
			why += "; " + g.Reason
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
