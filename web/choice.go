package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// A choice is one value of a field of a form.
type choice struct {
	Value  string
	Words  string
	Chosen bool
}

// choicesOf returns the choices among values, in their order.
func choicesOf[T ~string](values []T, words func(T) string, chosen ...string) []choice {
	var all []choice
	for _, v := range values {
		all = append(all, choice{string(v), words(v), slices.Contains(chosen, string(v))})
	}
	return all
}

// given returns what a form says in field, without space around it.
func given(form url.Values, field string) string { return strings.TrimSpace(form.Get(field)) }

// several returns everything that a form says in field, which may come apart or
// with commas between.
func several(form url.Values, field string) []string {
	var all []string
	for _, value := range form[field] {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all
}

// A correction gathers the faults of a form.
type correction []cairn.Invalid

// date returns the date that field says.
func (c *correction) date(form url.Values, field string) cairn.Date {
	d, err := cairn.ParseDate(given(form, field))
	if err != nil {
		c.fault(field, "Write a year, a month or a day, as 2031, 2031-05 or 2031-05-04.")
	}
	return d
}

// oneOf returns what field says, where that is among values.
func oneOf[T ~string](c *correction, form url.Values, field string, values []T) T {
	v := T(given(form, field))
	if v != "" && !slices.Contains(values, v) {
		c.fault(field, "There is no "+field+" of this name: "+plain(string(v))+".")
		return ""
	}
	return v
}

func (c *correction) fault(field, reason string) {
	*c = append(*c, cairn.Invalid{Field: field, Reason: reason})
}

var (
	stages = []store.Stage{store.Proposed, store.Signed, store.Published}
	kinds  = []cairn.MeansClass{cairn.Airstrike, cairn.Drone, cairn.Artillery, cairn.Rocket, cairn.Bomb, cairn.VehicleBomb, cairn.Mine,
		cairn.Grenade, cairn.Gun, cairn.Chemical, cairn.Fire, cairn.Blade, cairn.OtherMeans}
	troubles = []cairn.ProblemKind{cairn.NoText, cairn.BadBytes, cairn.BadCharset, cairn.Encrypted, cairn.Scanned, cairn.Broken,
		cairn.TooMuch, cairn.Unsupported, cairn.BadDate, cairn.CaptureFault}
)

// with returns path with the form's values, without those of the fields left
// out and those that say nothing.
func with(path string, form url.Values, leave ...string) string {
	kept := url.Values{}
	for field, values := range form {
		for _, v := range values {
			if v != "" && !slices.Contains(leave, field) {
				kept.Add(field, v)
			}
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + kept.Encode()
}
