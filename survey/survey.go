// Package survey reads the places of an operator's files: tables (CSV), GeoJSON,
// Who's On First in both forms, and the administrative boundaries of OCHA with
// their P-codes. It keeps names in every script, what holds what, how closely a
// place is known, and where each comes from. A row that says something
// impossible is a fault with its place in the file; the rest stands.
package survey

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Kind is a form of files of places. The zero Kind is recognised by content.
type Kind string

// The kinds.
const (
	CSV     Kind = "csv"
	GeoJSON Kind = "geojson"
	WOF     Kind = "wof"  // Who's On First, as a table or as GeoJSON
	OCHA    Kind = "ocha" // common operational datasets, with P-codes
)

// Options say what is known of the files.
type Options struct {
	As      Kind
	Source  string            // whoever made them, in place of what the files and their kind say
	Usual   string            // whoever made them, where nothing else says
	Licence string            // under which they are given
	Columns map[string]string // header of a field, where it is not a usual one
}

// A Survey gathers the places of several files, which may hold one another.
type Survey struct {
	options Options
	drafts  []*draft
	byID    map[string]*draft
	faults  []cairn.Invalid
}

// New returns an empty Survey.
func New(o Options) *Survey { return &Survey{options: o, byID: map[string]*draft{}} }

// Know lets what is read rest on a place that stands already: it may hold what
// is read, and is not told again unless it is read again.
func (s *Survey) Know(p cairn.Place) {
	s.byID[p.ID] = &draft{place: p, known: true, settled: true}
}

// mostBytes is the most that a compressed file may hold.
const mostBytes = 1 << 30

// Read takes in the places of one file. The error is of the whole file, of which
// then nothing is taken in; faults of single rows are told by [Survey.Places].
func (s *Survey) Read(file string, content []byte) error {
	content, err := plain(content)
	if err != nil {
		return cairn.Invalid{File: file, Reason: "does not unpack: " + err.Error()}
	}
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	var rows []row
	if s.options.As == GeoJSON || s.options.As != CSV && looksLikeJSON(content) {
		rows, err = features(file, content)
	} else {
		rows, err = s.table(file, content)
	}
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.form == nil {
			r.form = formOf(r.headers, s.options.Columns)
		}
		s.take(r)
	}
	return nil
}

// plain unpacks what gzip packed.
func plain(content []byte) ([]byte, error) {
	if !bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		return content, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	whole, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err == nil && len(whole) > mostBytes {
		err = fmt.Errorf("over %d bytes", mostBytes)
	}
	return whole, err
}

func looksLikeJSON(content []byte) bool {
	text := bytes.TrimLeft(content, " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}

// take makes places of one row.
func (s *Survey) take(r row) {
	var found []*draft
	switch kind := s.kindOf(r); kind {
	case OCHA:
		found = s.levels(r)
		if len(found) == 0 {
			found = []*draft{s.one(r, kind)}
		}
	default:
		found = []*draft{s.one(r, kind)}
	}
	for _, d := range found {
		s.add(d)
	}
}

// add keeps a draft, unless it has a fault or its identifier was taken before.
// An area that rows only name as what holds them may come again.
func (s *Survey) add(d *draft) {
	if d == nil {
		return
	}
	if d.fault != nil {
		s.faults = append(s.faults, *d.fault)
		return
	}
	former := s.byID[d.place.ID]
	switch {
	case former == nil, former.known:
		s.drafts, s.byID[d.place.ID] = append(s.drafts, d), d
	case former.implied:
		former.fill(d)
	case d.implied, reflect.DeepEqual(former.place, d.place):
	default:
		s.faults = append(s.faults, d.row.invalid("id", "the place "+d.place.ID+" stood in line "+fmt.Sprint(former.row.line)+" already, and not alike"))
	}
}

// fill completes an area that was only named by what a row says of it.
func (d *draft) fill(with *draft) {
	if !with.implied || d.place.Point == nil && with.place.Point != nil {
		row, parent := d.row, d.parent
		*d = *with
		if d.parent == "" {
			d.parent = parent
		}
		d.row = row
	}
}

// Places returns the places that were taken in, by identifier, each with what
// holds it, and the faults of the rows that were not.
func (s *Survey) Places() ([]cairn.Place, []cairn.Invalid) {
	s.settle()
	places := make([]cairn.Place, 0, len(s.drafts))
	for _, d := range s.drafts {
		places = append(places, d.place)
	}
	slices.SortFunc(places, func(a, b cairn.Place) int { return strings.Compare(a.ID, b.ID) })
	return places, s.faults
}
