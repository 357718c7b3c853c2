// Package identify says who stands on lists of victims: it reads what a list
// says of each person, finds what changed between two releases of it, and which
// entries, of one list or several, are one person.
//
// What persons decide stands over what is computed and is never inside it: the
// same entries, matches and judgements give the same persons, whatever came
// first. A person is known by the entry of theirs that came first, so that no
// identifier changes when another list is added.
package identify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
	"github.com/cairn-recorder/cairn/stat/linkage/table"
)

// Enrolled is what the rows of one release say, in their order. Kinds is what
// each header was taken to hold, and Faults the rows that say nothing of anybody,
// which are passed over.
type Enrolled struct {
	Kinds   map[string]string
	Entries []cairn.Entry
	Faults  []cairn.Invalid
}

// Enrol reads the rows of a list, the header first. columns names the header of a
// field where it does not say what it holds. A list with no column that tells
// people apart is cairn.Invalid, which says what is needed. Entries have no
// number and no release yet.
func Enrol(rows iter.Seq2[cairn.Row, error], list string, columns map[string]string) (Enrolled, error) {
	var out Enrolled
	var header []string
	dates := orders{}
	for row, err := range rows {
		switch {
		case err != nil:
			return out, err
		case header == nil:
			header = trimmed(row.Cells)
			if out.Kinds, err = kindsOf(header, columns); err != nil {
				return out, err
			}
		case row.Note != "":
			out.Faults = append(out.Faults, cairn.Invalid{Line: row.Line, Reason: row.Note + ": " + strings.TrimSpace(strings.Join(row.Cells, " "))})
		default:
			dates.see(header, out.Kinds, row.Cells)
			e := entryOf(list, row.Number-1, header, out.Kinds, row.Cells)
			if len(e.Values) == 0 {
				out.Faults = append(out.Faults, cairn.Invalid{Line: row.Line, Reason: "says nothing of anybody"})
				continue
			}
			if extra := len(row.Cells) - len(header); extra > 0 {
				e.Notes = append(e.Notes, fmt.Sprintf("%d cells more than the header has", extra))
			}
			out.Entries = append(out.Entries, e)
		}
	}
	if header == nil {
		return out, cairn.Invalid{Reason: "there is no header row"}
	}
	for i := range out.Entries {
		dates.settle(&out.Entries[i])
	}
	giveKeys(out.Entries)
	return out, nil
}

func trimmed(cells []string) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = strings.TrimSpace(c)
	}
	return all
}

// kindsOf says what each header holds.
func kindsOf(header []string, columns map[string]string) (map[string]string, error) {
	kinds := map[string]string{}
	for _, h := range header {
		if h != "" {
			kinds[h] = string(table.KindOf(h))
		}
	}
	for field, h := range columns {
		if !slices.Contains(linkage.Kinds, linkage.Kind(field)) {
			return nil, cairn.Invalid{Field: "columns", Reason: fmt.Sprintf("there is no field %s; want one of %v", field, linkage.Kinds)}
		}
		if _, ok := kinds[h]; !ok {
			return nil, cairn.Invalid{Field: field, Reason: fmt.Sprintf("the list has no header %q", h)}
		}
		kinds[h] = field
	}
	for _, kind := range kinds {
		if slices.Contains(telling, kind) {
			return kinds, nil
		}
	}
	return nil, cairn.Invalid{Field: "columns", Reason: "no column tells people apart: want a name, a given or family name, or an id (say which with --columns name=HEADER)"}
}

// telling is the fields by which somebody is told from others.
var telling = []string{string(linkage.Name), string(linkage.GivenName), string(linkage.FamilyName), string(linkage.ID)}

// entryOf reads one row. Two columns of one field are joined.
func entryOf(list string, row int, header []string, kinds map[string]string, cells []string) cairn.Entry {
	e := cairn.Entry{List: list, Row: row, Values: map[string]string{}}
	for i, cell := range cells[:min(len(cells), len(header))] {
		h := header[i]
		kind := kinds[h]
		field := kind
		if kind == string(linkage.Text) || kind == string(linkage.Ignored) || kind == "" {
			field = h
		}
		if field == "" || strings.TrimSpace(cell) == "" {
			continue
		}
		value, note := understood(kind, cell)
		if note != "" {
			e.Notes = append(e.Notes, field+": "+note)
		}
		if value != cell && note != "" {
			if e.Written == nil {
				e.Written = map[string]string{}
			}
			e.Written[field] = cell
		}
		if value != "" {
			e.Values[field] = strings.TrimSpace(e.Values[field] + " " + value)
		}
	}
	return e
}

// giveKeys gives each entry its key: the identifier that the list gives it, where
// nobody else there has it, or else what it says of the person. Entries that say
// the same are told apart by a number.
func giveKeys(entries []cairn.Entry) {
	ids, seen := map[string]int{}, map[string]int{}
	for _, e := range entries {
		ids[e.Values[string(linkage.ID)]]++
	}
	for i := range entries {
		e := &entries[i]
		id := e.Values[string(linkage.ID)]
		key := id
		if id == "" || ids[id] > 1 {
			key = strings.Trim(id+"~"+digest(e.Values), "~")
		}
		key = strings.ReplaceAll(key, "/", "_")
		if seen[key]++; seen[key] > 1 {
			key = fmt.Sprintf("%s#%d", key, seen[key])
		}
		e.Key = key
	}
}

// digest is what an entry is known by where it has no identifier of its own: who
// the person is, and not what happened to them, which a later release may know
// better.
func digest(values map[string]string) string {
	h := sha256.New()
	for _, field := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(ofPerson, field) {
			fmt.Fprintf(h, "%s\x00%s\x00", field, values[field])
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

var ofPerson = []string{string(linkage.Name), string(linkage.GivenName), string(linkage.FatherName), string(linkage.FamilyName), string(linkage.BirthDate), string(linkage.BirthYear), string(linkage.Sex)}
