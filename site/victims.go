package site

import (
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A victimView is a person of lists with the page on which they stand.
type victimView struct {
	Page   frame
	Victim cairn.PublicVictim
	Age    string // in words; empty where it is not shown
	About  string // the address of the page below its language
}

func (t *tongue) victim(f frame, v cairn.PublicVictim) victimView {
	return victimView{f, v, t.years(v.Age), f.Page}
}

// years writes an age, or that it is between two.
func (t *tongue) years(r cairn.Range) string {
	switch {
	case !r.Max.Known:
		return ""
	case r.Min == r.Max:
		return t.count("years", r.Max.N)
	}
	return strings.Replace(t.count("years", r.Max.N), t.number(r.Max.N), t.figure(r), 1)
}

// families tells persons of families from the others, in their order.
func families(all []cairn.PublicVictim) (groups [][]cairn.PublicVictim, others []cairn.PublicVictim) {
	for i, v := range all {
		switch {
		case v.Group == 0:
			others = append(others, v)
		case i > 0 && all[i-1].Group == v.Group:
			groups[len(groups)-1] = append(groups[len(groups)-1], v)
		default:
			groups = append(groups, []cairn.PublicVictim{v})
		}
	}
	return groups, others
}
