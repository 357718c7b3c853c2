// Package muster reads registers of belligerents: JSON, as cairn prints it, and
// tables. What a row says wrongly is a fault with its line and column; the rest
// stands.
package muster

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
)

// Belligerents returns the belligerents of a file, by identifier, and the faults
// of what was not taken in. The error is of the whole file.
func Belligerents(file string, content []byte) ([]cairn.Belligerent, []cairn.Invalid, error) {
	r := register{file: file, byID: map[string]*cairn.Belligerent{}}
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	if !utf8.Valid(content) {
		return nil, nil, cairn.Invalid{File: file, Reason: "is no text in UTF-8; save it so"}
	}
	read := r.table
	if text := bytes.TrimLeft(content, " \t\r\n"); len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		read = r.objects
	}
	if err := read(content); err != nil {
		return nil, nil, err
	}
	out := make([]cairn.Belligerent, 0, len(r.byID))
	for _, b := range r.byID {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b cairn.Belligerent) int { return strings.Compare(a.ID, b.ID) })
	return out, r.faults, nil
}

// A register is the belligerents of a file as they are read.
type register struct {
	file   string
	byID   map[string]*cairn.Belligerent
	faults []cairn.Invalid
}

func (r *register) fault(line int, field, reason string) {
	r.faults = append(r.faults, cairn.Invalid{File: r.file, Line: line, Field: field, Reason: reason})
}

// objects reads JSON: objects one after another, or an array of them.
func (r *register) objects(content []byte) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	line := func() int { return 1 + bytes.Count(content[:min(int(d.InputOffset()), len(content))], []byte("\n")) }
	array := bytes.TrimLeft(content, " \t\r\n")[0] == '['
	if array {
		if _, err := d.Token(); err != nil {
			return cairn.Invalid{File: r.file, Line: line(), Reason: "is no JSON: " + err.Error()}
		}
	}
	for !array || d.More() {
		var b cairn.Belligerent
		err := d.Decode(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return cairn.Invalid{File: r.file, Line: line(), Field: "belligerent", Reason: strings.TrimPrefix(err.Error(), "json: ")}
		}
		if field, reason := wrong(b); reason != "" {
			r.fault(line(), field, reason)
			continue
		}
		if r.byID[b.ID] != nil {
			r.fault(line(), "id", "the belligerent "+b.ID+" stood before already")
			continue
		}
		r.byID[b.ID] = &b
	}
	if array {
		if _, err := d.Token(); err != nil {
			return cairn.Invalid{File: r.file, Line: line(), Reason: "is no JSON: " + err.Error()}
		}
	}
	return nil
}

// wrong returns the field of b that says something impossible, and what.
func wrong(b cairn.Belligerent) (field, reason string) {
	switch {
	case b.ID == "":
		return "id", "is missing"
	case b.Name == "":
		return "name", "is missing"
	case b.Kind != "" && !slices.Contains(cairn.BelligerentKinds, b.Kind):
		return "kind", "want state, armed_group or coalition, or nothing, not " + string(b.Kind)
	}
	if b.Country != "" {
		if region, err := language.ParseRegion(b.Country); err != nil || len(b.Country) != 2 || region.String() != b.Country {
			return "country", "want the ISO code of two letters, such as SY, not " + b.Country
		}
	}
	if reason := unlikely(b.Active); reason != "" {
		return "active", reason
	}
	for _, role := range b.Roles {
		if role.Name == "" && role.Side == "" {
			return "roles", "a role has a name or a side"
		}
		if reason := unlikely(role.Period); reason != "" {
			return "roles", reason
		}
	}
	for _, m := range b.Of {
		if m.Coalition == "" {
			return "of", "a membership names its coalition"
		}
		if reason := unlikely(m.Period); reason != "" {
			return "of", reason
		}
	}
	return "", ""
}

// unlikely says what is wrong with a period; "" where nothing is.
func unlikely(p cairn.Period) string {
	for _, d := range []cairn.Date{p.From, p.To} {
		if _, err := cairn.ParseDate(string(d)); err != nil {
			return "want a date such as 2017, 2017-10 or 2017-10-16, not " + string(d)
		}
	}
	if p.To.Before(p.From) {
		return "ends on " + string(p.To) + ", before it begins on " + string(p.From)
	}
	return ""
}
