package identify

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// A Guard is something about identifiers or rows that wants a person's eyes. It
// is evidence and never a decision: nothing is merged, split or dropped for it.
type Guard struct {
	Kind    string   `json:"kind"` // one_id_two_persons, two_ids_one_person, same_row_twice
	List    string   `json:"list"`
	Entries []string `json:"entries"`
	Says    string   `json:"says"`
}

// Guards returns the identifiers that one list gives to several persons, the
// persons to whom it gives several, and the rows that say exactly the same.
func Guards(persons []Person) []Guard {
	var all []Guard
	holders := map[[2]string][]cairn.Entry{}
	owner := map[string]string{}
	rows := map[string][]cairn.Entry{}
	for _, p := range persons {
		ids := map[string][]cairn.Entry{}
		for _, e := range p.Entries {
			owner[e.Ref()] = p.ID
			rows[e.List+"\x00"+fmt.Sprint(e.Values)] = append(rows[e.List+"\x00"+fmt.Sprint(e.Values)], e)
			if id := e.Values[string(linkage.ID)]; id != "" {
				holders[[2]string{e.List, id}] = append(holders[[2]string{e.List, id}], e)
				ids[e.List+"\x00"+id] = append(ids[e.List+"\x00"+id], e)
			}
		}
		all = append(all, severalIDs(p, ids)...)
	}
	for _, key := range slices.SortedFunc(maps.Keys(holders), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }) {
		who := map[string]bool{}
		for _, e := range holders[key] {
			who[owner[e.Ref()]] = true
		}
		if len(who) > 1 {
			all = append(all, Guard{"one_id_two_persons", key[0], refsOf(holders[key]), fmt.Sprintf("%d persons have the identifier %s", len(who), key[1])})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		if same := rows[key]; len(same) > 1 {
			all = append(all, Guard{"same_row_twice", same[0].List, refsOf(same), fmt.Sprintf("%d rows say exactly the same", len(same))})
		}
	}
	return all
}

// severalIDs returns the lists that give one person several identifiers.
func severalIDs(p Person, ids map[string][]cairn.Entry) []Guard {
	of := map[string][]cairn.Entry{}
	count := map[string]int{}
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		list := ids[key][0].List
		of[list] = append(of[list], ids[key]...)
		count[list]++
	}
	var all []Guard
	for _, list := range slices.Sorted(maps.Keys(of)) {
		if count[list] > 1 {
			all = append(all, Guard{"two_ids_one_person", list, refsOf(of[list]), fmt.Sprintf("%s has %d identifiers", p.ID, count[list])})
		}
	}
	return all
}

func refsOf(entries []cairn.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Ref())
	}
	return all
}
