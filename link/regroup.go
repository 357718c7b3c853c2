package link

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// Regroup returns origins anew where persons found that documents repeat one
// original, or do not. Cut are the pairs that do not: what holds them together
// by no other way comes apart. Added are those that do, with the reason.
func Regroup(docs []cairn.Document, origins []Origin, cut func(a, b string) bool, added []Joining) []Origin {
	at := map[string]int{}
	for i, d := range docs {
		at[d.ID] = i
	}
	var edges []Joining
	for _, o := range origins {
		edges = append(edges, o.Joinings...)
	}
	edges = slices.DeleteFunc(append(edges, added...), func(j Joining) bool { return cut(j.Document, j.With) })
	g := copied{groups: newGroups(len(docs))}
	for _, j := range edges {
		document, known := at[j.Document]
		with, also := at[j.With]
		if known && also {
			g.groups.join(with, document)
			g.why = append(g.why, joined{document, with, j.Reason})
		}
	}
	return g.origins(docs)
}
