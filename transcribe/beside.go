package transcribe

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Kind is what the rows of a table beside the incidents of a recorder say.
type Kind string

// The kinds of table that recorders keep beside their incidents, each joined to
// them by their code.
const (
	Sources   Kind = "sources"   // what each incident rests on
	Positions Kind = "positions" // what parties themselves say
	Victims   Kind = "victims"   // the people named, which is a list of victims
)

// A Beside is a table of a recorder's database that says more of its incidents.
type Beside struct {
	Kind    Kind
	columns map[string]int // by the fields of its kind
	header  []string
}

// A Said is what one row of a [Beside] says of the incident of a code.
type Said struct {
	Code     string
	Citation cairn.Citation
	Position cairn.Position
}

// besideColumns are the usual headers of the fields of each kind.
var besideColumns = map[Kind]map[string][]string{
	Sources: {
		"code": {"incident", "incident_code", "code", "incident_id"}, "name": {"source", "source_name", "publisher", "name", "outlet"}, "title": {"title", "headline"},
		"link": {"url", "link", "source_url"}, "archived": {"archive_url", "archived", "archive", "archive_link"}, "published": {"published", "date", "date_published"}, "language": {"language", "lang"},
	},
	Positions: {
		"code": {"incident", "incident_code", "code", "incident_id"}, "party": {"belligerent", "party", "belligerent_name"}, "result": {"result", "position", "assessment", "belligerent_assessment"},
		"min": {"conceded_min", "deaths_conceded_min", "killed_conceded_min"}, "max": {"conceded_max", "deaths_conceded_max", "killed_conceded_max"},
		"injured_min": {"injuries_conceded_min", "injured_conceded_min"}, "injured_max": {"injuries_conceded_max", "injured_conceded_max"},
		"on": {"date", "on", "statement_date"}, "statement": {"statement", "text", "reason"}, "link": {"url", "link"},
	},
	Victims: {
		"code": {"incident", "incident_code", "code", "incident_id"}, "name": {"name", "name_en", "full_name", "victim_name", "name_ar", "given_name", "الاسم"},
	},
}

// besideNeeds are the fields without which a table is none of its kind.
var besideNeeds = map[Kind][]string{Sources: {"code", "link"}, Positions: {"code", "party", "result"}, Victims: {"code", "name"}}

// OpenBeside reads the header of a table beside the incidents; ok is false where
// it is of no kind that is known.
func OpenBeside(header cairn.Row) (b Beside, ok bool) {
	at := map[string]int{}
	for i, cell := range header.Cells {
		if _, had := at[plain(cell)]; !had {
			at[plain(cell)] = i
		}
		b.header = append(b.header, strings.TrimSpace(cell))
	}
	for _, kind := range []Kind{Positions, Sources, Victims} {
		columns := map[string]int{}
		for field, usual := range besideColumns[kind] {
			for _, name := range usual {
				if i, has := at[plain(name)]; has {
					columns[field] = i
					break
				}
			}
		}
		if !slices.ContainsFunc(besideNeeds[kind], func(need string) bool { _, has := columns[need]; return !has }) {
			b.Kind, b.columns = kind, columns
			return b, true
		}
	}
	return b, false
}

// CodeHeader returns the header of the column that has the codes of incidents.
func (b Beside) CodeHeader() string { return b.header[b.columns["code"]] }

// Row reads one row. A row that names no incident, or whose values cannot be
// understood, is [cairn.Invalid].
func (b Beside) Row(file string, row cairn.Row) (Said, error) {
	cell := func(field string) string {
		if i, ok := b.columns[field]; ok && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	fault := func(field, reason string) error {
		return cairn.Invalid{File: file, Line: row.Line, Field: b.header[b.columns[field]], Reason: reason}
	}
	said := Said{Code: cell("code")}
	if said.Code == "" {
		return said, fault("code", "is blank, so that nobody knows which incident is meant")
	}
	var err error
	switch b.Kind {
	case Sources:
		said.Citation = cairn.Citation{Name: cell("name"), Title: cell("title"), Link: cell("link"), Archived: cell("archived"), Language: cell("language")}
		if said.Citation.Published, err = cairn.ParseDate(cell("published")); err != nil {
			return said, fault("published", err.Error())
		}
	case Positions:
		said.Position = cairn.Position{Party: cell("party"), Statement: cell("statement"), Link: cell("link")}
		if said.Position.On, err = cairn.ParseDate(cell("on")); err != nil {
			return said, fault("on", err.Error())
		}
		said.Position.Result = cairn.PositionResult(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(cell("result"))))
		if !slices.Contains(cairn.PositionResults, said.Position.Result) {
			return said, fault("result", fmt.Sprintf("want one of %v, not %q", cairn.PositionResults, cell("result")))
		}
		for key, ends := range map[string][2]string{"killed": {"min", "max"}, "injured": {"injured_min", "injured_max"}} {
			r, err := conceded(cell(ends[0]), cell(ends[1]))
			if err != nil {
				return said, fault(ends[0], err.Error())
			}
			if r.Known() {
				if said.Position.Conceded == nil {
					said.Position.Conceded = map[string]cairn.Range{}
				}
				said.Position.Conceded[key] = r
			}
		}
	}
	return said, nil
}

// conceded reads the two ends of what a party concedes. That it concedes none is
// a zero, and that it says nothing is no range.
func conceded(low, high string) (cairn.Range, error) {
	switch {
	case low == "" && high == "":
		return cairn.Range{}, nil
	case low == "" || low == high:
		return cairn.ParseRange(high)
	case high == "":
		return cairn.ParseRange(low + "+")
	}
	return cairn.ParseRange(low + "–" + high)
}
