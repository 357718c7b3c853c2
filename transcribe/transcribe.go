// Package transcribe takes the tables of other recorders over: each row becomes
// a document, the claims that its cells make, and the incident that the
// recorder made of it, with the recorder's own grade. Every value keeps the
// cell it stands in.
//
// What the columns of a recorder mean is a [Codebook]; cairn has those of UCDP
// GED, ACLED, Airwars, Iraq Body Count and the Yemen Data Project, and one for
// any table whose columns are named. A row that cannot be taken is a
// [cairn.Invalid] that names its line and column; what is odd in a row that can
// be is kept as a note. Nothing is judged here: a range is what the row says.
package transcribe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// Version is that of the way in which rows are read.
const Version = "transcribe/1"

// A Field is what a column of a table says of an incident.
type Field string

// The fields that a column can be mapped to, beside figures such as
// "children_killed_min".
const (
	Code        Field = "code"
	Date        Field = "date"
	DateEnd     Field = "date_end"
	PlaceName   Field = "place"
	PlaceNative Field = "place_native"
	PlaceID     Field = "place_id" // as a gazetteer knows it: geonames:172955
	Admin1      Field = "admin1"
	Admin2      Field = "admin2"
	Country     Field = "country"
	Lat         Field = "lat"
	Lon         Field = "lon"
	Accuracy    Field = "accuracy"
	Party       Field = "belligerent"
	SecondParty Field = "belligerent_2"
	Means       Field = "means"
	Grade       Field = "grading"
	Strike      Field = "strike_status"
	Reported    Field = "harm_reported" // whether civilian harm is reported at all
	Says        Field = "says"
	Narrative   Field = "narrative"       // the recorder's own text
	Published   Field = "first_published" // when it first stood in public
	Address     Field = "url"
	Former      Field = "former" // codes that the incident had
)

// A Codebook says how the table of one recorder is read. The zero Codebook is
// none; see [Named].
type Codebook struct {
	Name     string             // as on the command line: ucdp
	Recorder string             // whose table it is: UCDP GED
	Prefix   string             // before the row's own code, where that is a bare number
	Columns  map[Field][]string // the usual headers of each field
	Historic bool               // it names states as they then were
	Sides    bool               // its parties are the two sides of a fight, neither of whom it holds to have done the harm
	Needs    []Field            // without which there is nothing to take
	figures  func(*entry) error
	accuracy func(precision, place string) cairn.Accuracy
}

// Given is what a person says of a table beside its cells.
type Given struct {
	File     string            // for messages
	Ref      cairn.Ref         // of the table's bytes
	Recorder string            // whose table it is; the codebook's where empty
	Columns  map[string]string // the header of a field or figure, where it is not a usual one
	Places   *Geography        // a new one where nil; tables that are read one after another share it
	DayFirst *bool             // how to read 03/04/2017; refused where nil
}

// A Table is a table whose header was understood.
type Table struct {
	book      Codebook
	given     Given
	geography *Geography
	header    []string
	named     map[string]int // the number of each column under its plain header
	columns   map[Field]int
	figures   []figureColumn
	seen      map[string]int // the line of each code
}

// An Entry is what one row says. Notes are what is odd in it and was kept.
type Entry struct {
	Document cairn.Document
	Claims   []cairn.Claim
	Incident cairn.Incident // its claims are those of Claims, by number
	Notes    []cairn.Invalid
}

// Open reads the header of a table under a codebook. A header that lacks what
// is needed is a [cairn.Invalid] that says which columns would do.
func Open(book Codebook, header cairn.Row, given Given) (*Table, error) {
	given.Recorder = cmp.Or(given.Recorder, book.Recorder)
	t := &Table{book: book, given: given, geography: given.Places, columns: map[Field]int{}, seen: map[string]int{}}
	if t.geography == nil {
		t.geography = NewGeography()
	}
	t.under(header.Cells)
	if err := t.mapped(header.Line); err != nil {
		return nil, err
	}
	for field, usual := range book.Columns {
		if _, ok := t.columns[field]; ok {
			continue
		}
		for _, name := range usual {
			if i := t.column(name); i >= 0 {
				t.columns[field] = i
				break
			}
		}
	}
	for _, f := range figureColumns(t.header) {
		if !slices.ContainsFunc(t.figures, func(named figureColumn) bool { return named.at == f.at }) {
			t.figures = append(t.figures, f)
		}
	}
	return t, t.complete(header.Line)
}

// under keeps the headers, each with the number of its first column.
func (t *Table) under(cells []string) {
	t.named = map[string]int{}
	for i, cell := range cells {
		t.header = append(t.header, strings.TrimSpace(cell))
		if _, had := t.named[plain(cell)]; !had {
			t.named[plain(cell)] = i
		}
	}
}

// mapped takes the columns that a person named.
func (t *Table) mapped(line int) error {
	for _, name := range sortedKeys(t.given.Columns) {
		i := t.column(t.given.Columns[name])
		if i < 0 {
			return cairn.Invalid{File: t.given.File, Line: line, Field: t.given.Columns[name], Reason: "there is no such column; there are " + strings.Join(t.header, ", ")}
		}
		if f, ok := figureOf(name); ok {
			f.at = i
			t.figures = append(t.figures, f)
			continue
		}
		if !slices.Contains(fields, Field(name)) {
			return cairn.Invalid{File: t.given.File, Line: line, Field: name, Reason: "is no field; there are " + joined(fields) + ", and figures such as civilians_killed, children_injured_min"}
		}
		t.columns[Field(name)] = i
	}
	return nil
}

var fields = []Field{Code, Date, DateEnd, PlaceName, PlaceNative, PlaceID, Admin1, Admin2, Country, Lat, Lon, Accuracy, Party, SecondParty, Means, Grade, Strike, Reported, Says, Address, Former, Narrative, Published}

func joined(all []Field) string {
	var names []string
	for _, f := range all {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// column returns the number of the column under a header, from 0; -1 where there
// is none. Case, blanks and underscores do not matter.
func (t *Table) column(name string) int {
	if i, ok := t.named[name]; ok {
		return i
	}
	if i, ok := t.named[plain(name)]; ok {
		return i
	}
	return -1
}

func plain(header string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.ToLower(strings.TrimSpace(header)))
}

// complete says what the header lacks.
func (t *Table) complete(line int) error {
	for _, need := range t.book.Needs {
		if _, ok := t.columns[need]; !ok {
			return cairn.Invalid{File: t.given.File, Line: line, Field: string(need), Reason: fmt.Sprintf("no column has it: want %s; there are %s", strings.Join(t.book.Columns[need], " or "), strings.Join(t.header, ", "))}
		}
	}
	if t.book.figures == nil && len(t.figures) == 0 {
		return cairn.Invalid{File: t.given.File, Line: line, Field: "figures", Reason: "no column has a figure: want civilians_killed or killed_min, killed_max and the like; there are " + strings.Join(t.header, ", ")}
	}
	return nil
}

// Row takes one row over. A row that cannot be taken is a [cairn.Invalid].
func (t *Table) Row(row cairn.Row) (Entry, error) {
	e := &entry{table: t, row: row}
	e.write()
	for _, step := range []func() error{e.code, e.dates, e.place, e.parties, e.judged, e.count} {
		if err := step(); err != nil {
			return Entry{}, err
		}
	}
	t.seen[e.incident.Code] = row.Line
	return e.finished(), nil
}
