package muster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
)

// columns are the headers that a table can have, but those of names by language.
var columns = []string{"id", "name", "aliases", "kind", "country", "active_from", "active_to", "role", "side", "coalition", "from", "to"}

// table reads a row of headers and values parted by commas, semicolons or tabs.
func (r *register) table(content []byte) error {
	c := csv.NewReader(bytes.NewReader(content))
	c.FieldsPerRecord, c.LazyQuotes = -1, true
	head, _, _ := bytes.Cut(content, []byte("\n"))
	for _, sign := range ";\t" {
		if bytes.Count(head, []byte(string(sign))) > bytes.Count(head, []byte(string(c.Comma))) {
			c.Comma = sign
		}
	}
	headers, err := c.Read()
	if err != nil {
		return cairn.Invalid{File: r.file, Line: 1, Reason: "has no row of headers"}
	}
	for i, h := range headers {
		headers[i] = strings.ToLower(strings.TrimSpace(h))
		if _, named := tongue(headers[i]); !named && !slices.Contains(columns, headers[i]) {
			return cairn.Invalid{File: r.file, Line: 1, Field: h, Reason: "no column is called so; want " + strings.Join(columns, ", ") + ", or name_ar and its like"}
		}
	}
	if !slices.Contains(headers, "id") {
		return cairn.Invalid{File: r.file, Line: 1, Field: "id", Reason: "there is no column id"}
	}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			r.fault(broken.StartLine, "", broken.Err.Error())
			continue
		}
		if err != nil {
			return cairn.Invalid{File: r.file, Reason: err.Error()}
		}
		line, _ := c.FieldPos(0)
		r.row(line, headers, cells)
	}
}

// tongue returns the language that a column has names in.
func tongue(header string) (tag string, ok bool) {
	lang, ok := strings.CutPrefix(header, "name_")
	if !ok {
		return "", false
	}
	base, err := language.ParseBase(lang)
	return base.String(), err == nil
}

// row takes one row in: a belligerent, or more of one that stands.
func (r *register) row(line int, headers, cells []string) {
	get := func(header string) string {
		for i, h := range headers {
			if h == header && i < len(cells) {
				return strings.Join(strings.Fields(cells[i]), " ")
			}
		}
		return ""
	}
	b := cairn.Belligerent{ID: get("id")}
	former := r.byID[b.ID]
	if former != nil {
		b = clone(*former)
	} else {
		b.Name, b.Kind, b.Country = get("name"), cairn.BelligerentKind(get("kind")), get("country")
		b.Active = cairn.Period{From: cairn.Date(get("active_from")), To: cairn.Date(get("active_to"))}
	}
	for _, h := range headers {
		if lang, ok := tongue(h); ok && get(h) != "" {
			if b.Names == nil {
				b.Names = map[string]string{}
			}
			b.Names[lang] = get(h)
		}
	}
	for alias := range strings.SplitSeq(get("aliases"), "|") {
		if alias = strings.TrimSpace(alias); alias != "" && !slices.Contains(b.Aliases, alias) {
			b.Aliases = append(b.Aliases, alias)
		}
	}
	period := cairn.Period{From: cairn.Date(get("from")), To: cairn.Date(get("to"))}
	if role := (cairn.Role{Name: get("role"), Side: get("side"), Period: period}); role.Name != "" || role.Side != "" {
		b.Roles = append(b.Roles, role)
	}
	if of := get("coalition"); of != "" {
		b.Of = append(b.Of, cairn.Membership{Coalition: of, Period: period})
	}
	if field, reason := wrong(b); reason != "" {
		r.fault(line, map[string]string{"active": "active_from", "roles": "role", "of": "coalition"}[field]+plainly(field), reason)
		return
	}
	r.byID[b.ID] = &b
}

// plainly returns a field that has a column of its own name.
func plainly(field string) string {
	if slices.Contains(columns, field) {
		return field
	}
	return ""
}

// clone copies what a row may add to.
func clone(b cairn.Belligerent) cairn.Belligerent {
	names := map[string]string{}
	for lang, name := range b.Names {
		names[lang] = name
	}
	if b.Names != nil {
		b.Names = names
	}
	b.Aliases, b.Roles, b.Of = slices.Clone(b.Aliases), slices.Clone(b.Roles), slices.Clone(b.Of)
	return b
}
