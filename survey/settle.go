package survey

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// settle finds for each draft the places that hold it, and its first-level area.
func (s *Survey) settle() {
	byChain, byCode := map[string]*draft{}, map[string]*draft{}
	for _, id := range slices.Sorted(keysOf(s.byID)) {
		d := s.byID[id]
		if code := d.place.Codes["pcode"]; code != "" {
			byCode[code] = d
		}
		for _, name := range namesOf(d.place) {
			key := d.place.Country + "\x00" + chain(name, d.parent)
			if former := byChain[key]; former == nil || former.place.Accuracy.Rank() < d.place.Accuracy.Rank() {
				byChain[key] = d
			}
		}
	}
	for _, d := range s.drafts {
		s.hold(d, byChain, byCode, 0)
	}
}

// deepest is how many places may hold one another.
const deepest = 12

// hold settles d, and what holds it before.
func (s *Survey) hold(d *draft, byChain, byCode map[string]*draft, depth int) {
	if d.settled || depth > deepest {
		return
	}
	d.settled = true
	holder := s.byID[d.parent]
	if holder == nil && d.parent != "" {
		holder = byChain[d.place.Country+"\x00"+strings.ToLower(d.parent)]
	}
	if code := d.place.Codes["pcode"]; holder == nil && code != "" {
		for n := len(code) - 1; n >= 2 && holder == nil; n-- {
			holder = byCode[code[:n]]
		}
	}
	p := &d.place
	if holder != nil && holder != d {
		s.hold(holder, byChain, byCode, depth+1)
		p.Within = append([]string{holder.place.ID}, holder.place.Within...)
		if p.Admin1 == "" {
			p.Admin1 = holder.place.Admin1
		}
		if p.Admin1 == "" && holder.place.Accuracy == cairn.Admin1 {
			p.Admin1 = holder.place.Name
		}
	}
	if p.Accuracy == cairn.Admin1 && p.Admin1 == "" {
		p.Admin1 = p.Name
	}
	if c := "country:" + p.Country; p.Country != "" && p.Accuracy != cairn.Country && !slices.Contains(p.Within, c) {
		p.Within = append(p.Within, c)
	}
}

// chain writes a name with what holds it, closest first.
func chain(name, parent string) string {
	if parent == "" || strings.Contains(parent, ":") {
		return strings.ToLower(name)
	}
	return strings.ToLower(name + " > " + parent)
}

// namesOf returns every name of a place, its own first.
func namesOf(p cairn.Place) []string {
	out := []string{p.Name}
	for _, lang := range slices.Sorted(keysOf(p.Names)) {
		if !slices.Contains(out, p.Names[lang]) {
			out = append(out, p.Names[lang])
		}
	}
	for _, name := range p.Aliases {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
