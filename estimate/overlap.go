package estimate

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// An Overlaps is which lists share how many people: of everybody, in the middle one
// of drawn linkages.
type Overlaps struct {
	Lists    []ListSize `json:"lists"`
	Rows     []Overlap  `json:"histories"` // the most members first
	Observed int        `json:"observed"`
	Linkages int        `json:"linkages,omitempty"` // how many were drawn; 0 where one was made
}

// A ListSize is how many people a list has, and how many of them no other has.
type ListSize struct {
	Name    string `json:"list"`
	Members int    `json:"members"`
	Alone   int    `json:"alone"`
}

// An Overlap is how many people are on exactly these lists.
type Overlap struct {
	On    []bool `json:"on"` // by list
	Count int    `json:"count"`
}

// mostShown is how many histories a page shows; the file of histories has all.
const mostShown = 64

// Shown are the histories with the most people.
func (o Overlaps) Shown() []Overlap { return o.Rows[:min(mostShown, len(o.Rows))] }

// Rest is how many histories are not among those shown.
func (o Overlaps) Rest() int { return len(o.Rows) - len(o.Shown()) }

// OverlapsOf are the overlaps of the histories of an estimate, which columns tell
// apart. linkages is the column of drawn linkages, empty where there is none.
func OverlapsOf(histories string, columns []string, linkages string) (Overlaps, error) {
	h, err := Source{Content: []byte(histories), Name: "histories", Columns: columns}.read(columns)
	if err != nil {
		return Overlaps{}, err
	}
	o := Overlaps{}
	table := h.Table()
	if linkages != "" && linkages != noLinkages {
		o.Linkages, table = len(h.Linkages(linkages)), h.MiddleLinkage(linkages).Table()
	}
	o.Observed = table.Observed()
	for j, name := range table.Lists {
		o.Lists = append(o.Lists, ListSize{name, table.Size(j), table.Count(1 << j)})
	}
	for _, c := range table.Cells {
		row := Overlap{Count: c.Count}
		for j := range table.Lists {
			row.On = append(row.On, c.History.On(j))
		}
		o.Rows = append(o.Rows, row)
	}
	slices.SortStableFunc(o.Rows, func(a, b Overlap) int { return b.Count - a.Count })
	return o, nil
}

// linkagesOf is the column that numbers drawn linkages, if there is one.
func linkagesOf(e cairn.Estimate) string {
	for _, r := range e.Runs {
		if column := settings(r.Settings).linkages(); column != "" {
			return column
		}
	}
	return ""
}

// OverlapsIn are the overlaps of an estimate.
func OverlapsIn(e cairn.Estimate) (Overlaps, error) {
	return OverlapsOf(e.Histories, e.Columns, linkagesOf(e))
}
