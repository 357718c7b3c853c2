package identify

import (
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Difference is one entry that a release added, left out, or says otherwise.
type Difference struct {
	Change string      `json:"change"` // added, removed, changed
	Entry  cairn.Entry `json:"entry"`
	Fields []string    `json:"fields,omitempty"` // that changed
	Before cairn.Entry `json:"before,omitzero"`
}

// Release lays the entries of a new release over those that stand, both of one
// list: it returns every entry of the list as it stands now, and what changed.
// Entries that the release leaves out stay, as Gone with it; new ones are
// numbered from next on. An entry keeps its number and first release for ever.
func Release(standing, read []cairn.Entry, number, next int) ([]cairn.Entry, []Difference) {
	before := map[string]cairn.Entry{}
	for _, e := range standing {
		before[e.Key] = e
	}
	var all []cairn.Entry
	var differences []Difference
	for _, e := range read {
		b, known := before[e.Key]
		delete(before, e.Key)
		if !known {
			e.Number, e.First = next, number
			next++
			differences = append(differences, Difference{Change: "added", Entry: e})
			all = append(all, e)
			continue
		}
		e.Number, e.First = b.Number, b.First
		fields := Changed(b, e)
		if len(fields) == 0 && b.Gone == 0 {
			all = append(all, b)
			continue
		}
		differences = append(differences, Difference{Change: "changed", Entry: e, Fields: fields, Before: b})
		all = append(all, e)
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		e := before[key]
		if e.Gone == 0 {
			e.Gone = number
			differences = append(differences, Difference{Change: "removed", Entry: e})
		}
		all = append(all, e)
	}
	return all, differences
}

// Changed returns the fields in which two states of an entry differ.
func Changed(a, b cairn.Entry) []string {
	fields := map[string]bool{}
	for f := range a.Values {
		fields[f] = fields[f] || a.Values[f] != b.Values[f]
	}
	for f := range b.Values {
		fields[f] = fields[f] || a.Values[f] != b.Values[f]
	}
	maps.DeleteFunc(fields, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(fields))
}
