package explain

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// reasons gathers why each value of a claim is what it is.
type reasons struct {
	doc    cairn.Document
	claim  cairn.Claim
	policy policy.Policy
	all    []Reason
}

func (r *reasons) add(of, why string) {
	r.all = append(r.all, Reason{Of: of, Why: unmarked.Replace(why), Marked: why})
}

func (r *reasons) rule(i int) string {
	if i >= len(r.claim.Rules) {
		return ""
	}
	return r.claim.Rules[i]
}

// harm says by which frame the figure belongs to its harm.
func (r *reasons) harm() {
	ground, _ := r.claim.Ground(harmPart)
	id := r.rule(0)
	why := rule(id, ground.Words)
	switch {
	case id == "":
		why = slot("no rule is named")
	case why == "":
		why = slot("by the rule " + data(id))
	default:
		why = byRule(why, id)
	}
	if slices.Contains(r.claim.Rules, "casualties.unsplit") {
		why += "; " + rule("casualties.unsplit", "")
	}
	r.add("harm", worded(r.claim.Harm)+": "+why)
}

// byRule names the rule behind its words.
func byRule(words, id string) string { return slot(slot(words) + " (rule " + data(id) + ")") }

func worded[T ~string](term T) string {
	if term == "" {
		return ""
	}
	return slot(strings.ReplaceAll(string(term), "_", " "))
}

func quoted(words string) string {
	return data("“" + strings.Join(strings.Fields(words), " ") + "”")
}

// is says what words of the document are.
func is(words, what string) string {
	if words == "" {
		return what
	}
	return slot(quoted(words) + " is " + slot(what))
}

// figure says what kind of figure the words are.
func (r *reasons) figure() {
	f := r.claim.Figure
	why := is(f.Words, slot(kinds[f.Op])+numbers(f))
	if id := r.rule(1); id != "" {
		if words := rule(id, ""); words != "" {
			why += ": " + words
		}
		why = byRule(why, id)
	}
	r.add("figure", why)
}

// kinds says how the words of a figure bound the number.
var kinds = map[cairn.Op]string{
	cairn.OpExact: "exactly", cairn.OpAtLeast: "at least", cairn.OpAtMost: "at most", cairn.OpMoreThan: "more than", cairn.OpLessThan: "less than",
	cairn.OpBetween: "between", cairn.OpAbout: "about", cairn.OpPlural: "a plural", cairn.OpVague: "vague", cairn.OpZero: "none", cairn.OpUnknown: "not known",
}

// numbers writes the numbers of a figure with their unit.
func numbers(f cairn.Figure) string {
	var s string
	switch {
	case f.Op == cairn.OpZero:
	case f.Low.Known && f.High.Known && f.Low != f.High:
		s = " " + slot(data(f.Low.String())+" and "+data(f.High.String()))
	case f.Low.Known:
		s = " " + data(f.Low.String())
	case f.High.Known:
		s = " " + data(f.High.String())
	}
	if f.Unit != "" {
		s += " " + slot(f.Unit)
	}
	return s
}

// rangeOf says what the policy makes of the figure.
func (r *reasons) rangeOf() {
	c := r.claim
	under := data(c.Policy)
	if c.Policy == "" {
		under = slot("no policy")
	}
	switch f := c.Figure; {
	case !c.Range.Known():
		r.add("range", slot("unknown")+": "+slot(under+" makes no number of it")+r.note())
	case f.Op == cairn.OpZero:
		r.add("range", "0: "+slot("nobody is said to be harmed, which is not the same as nothing said"))
	case f.Op == cairn.OpVague || f.Op == cairn.OpPlural:
		r.add("range", data(c.Range.String())+": "+slot("what "+under+" makes of "+r.wording())+r.note())
	default:
		floor, ceiling := ends(c.Range)
		r.add("range", data(c.Range.String())+": "+slot(floor+" and "+ceiling+", as "+under+" bounds a figure of the kind “"+worded(f.Op)+"”"))
	}
}

func ends(r cairn.Range) (floor, ceiling string) {
	floor, ceiling = slot("floor "+data(r.Min.String())), slot("ceiling "+data(r.Max.String()))
	if !r.Min.Known {
		floor = slot("no floor, since none is named")
	}
	if !r.Max.Known {
		ceiling = slot("no ceiling, since none is named")
	}
	return floor, ceiling
}

// wording names the words that a vague figure was looked up by.
func (r *reasons) wording() string {
	if r.claim.Figure.Op == cairn.OpPlural {
		return slot("a plural without a number")
	}
	if id := r.rule(2); id != "" {
		return data("“" + id + "”")
	}
	return slot("the words")
}

// note returns where the bounds of a wording come from, as its policy says.
func (r *reasons) note() string {
	id := r.rule(2)
	w, ok := r.policy.Wordings[id]
	if !ok || id == "" {
		return ""
	}
	s := map[policy.Basis]string{policy.Published: "as that recorder publishes", policy.Analogy: "by analogy: that recorder publishes no rule for it",
		policy.Refused: "which that recorder refuses to turn into a number"}[w.Basis]
	if s != "" {
		s = ", " + slot(s)
	}
	if w.Note != "" {
		s += " (" + data(w.Note) + ")"
	}
	return s
}

// victims says what is stated of those harmed, and what is not.
func (r *reasons) victims() {
	v := r.claim.Victims
	var why []string
	if v.Words != "" {
		why = append(why, quoted(v.Words))
	}
	switch v.Class {
	case cairn.UnknownStatus, "":
		why = append(why, slot("their status is not stated"))
	default:
		why = append(why, slot("class "+worded(v.Class)+", by these or the words beside them"))
	}
	if v.Age != nil {
		why = append(why, slot("age "+data(v.Age.String())))
	}
	if v.Sex != "" {
		why = append(why, slot(v.Sex))
	}
	if len(v.Names) > 0 {
		why = append(why, slot("named "+data(strings.Join(v.Names, ", "))))
	}
	r.add("victims", strings.Join(why, "; "))
}

func (r *reasons) partOf() {
	if n := r.claim.SubsetOf; n > 0 {
		r.add("subset_of", slot("part of those of claim "+data(number(n))+", and never added to them"))
	}
}

// again says where the document tells the same once more.
func (r *reasons) again() {
	var said []string
	for _, s := range r.claim.Also {
		if s.In(r.doc.Text) {
			said = append(said, quoted(s.Of(r.doc.Text)))
		}
	}
	if len(said) > 0 {
		r.add("also", slot("said again, and one claim")+": "+strings.Join(said, ", "))
	}
}
