package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A form is something that a person fills in. What was wrong in it stands at its
// field, and the rest is as it was typed.
type form struct {
	Name   string // on its page
	Action string
	Submit string
	Fields []field
	Faults []string // of no field
	Files  bool     // it takes files
	Page   string   // that drafts of it are kept for; empty where none are
	Draft  string   // when it was kept, where it holds what was typed and never sent
}

// A field is one thing to fill in.
type field struct {
	Name    string
	Label   string
	Kind    fieldKind
	Value   string
	Values  []string // that are ticked
	Hint    string
	Fault   string
	Options []choice
	Auto    string // what a browser may fill in by itself
	Lang    string // in which it is written, where that is known
	Rows    int    // of a long text; 3 where 0
	ID      string
}

// A fieldKind is how a field is filled in.
type fieldKind string

const (
	oneLine    fieldKind = "text"
	secret     fieldKind = "password"
	severalOf  fieldKind = "boxes"
	oneOfThese fieldKind = "select"
	longText   fieldKind = "area"
	unseen     fieldKind = "hidden"
	aFile      fieldKind = "file"
)

// wrong is the faults of a form.
type wrong []cairn.Invalid

// Error says the first.
func (w wrong) Error() string { return w[0].Error() }

// at returns a fault of one field.
func at(field, reason string) error { return wrong{{Field: field, Reason: reason}} }

// attempted is a form that was sent and could not be taken.
type attempted struct {
	values url.Values
	faults []cairn.Invalid
}

type contextKey int

const (
	attemptKey contextKey = iota
	visitorKey
)

// again returns r with a form that could not be taken.
func again(r *http.Request, faults []cairn.Invalid) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), attemptKey, attempted{r.PostForm, faults}))
}

// filled returns f as it was sent, where it was sent and could not be taken; else
// with what was typed into it and never sent.
func (s *site) filled(r *http.Request, f form) form {
	f.Fields = append([]field{{Name: "form", Kind: unseen, Value: f.Name}}, f.Fields...)
	sent, ok := r.Context().Value(attemptKey).(attempted)
	if ok && sent.values.Get("form") == f.Name {
		f.fill(sent.values)
		f.blame(sent.faults)
	} else if draft, at := s.draft(r, f.Name); draft != nil {
		f.Draft = at
		f.fill(draft)
	}
	if v := visitorOf(r); v.Works() && drafted(f) {
		f.Page = r.URL.Path
	}
	for i := range f.Fields {
		f.Fields[i].ID = f.Name + "-" + f.Fields[i].Name
	}
	return f
}

// drafted reports whether drafts of a form are kept: where something is written in
// it, and nothing secret.
func drafted(f form) bool {
	written := false
	for _, d := range f.Fields {
		if d.Kind == secret || d.Kind == aFile || d.Auto != "" {
			return false
		}
		written = written || d.Kind == oneLine || d.Kind == longText
	}
	return written
}

func (f *form) fill(values url.Values) {
	for i, field := range f.Fields {
		given, ok := values[field.Name]
		switch {
		case field.Kind == secret, field.Kind == aFile, field.Kind == unseen && field.Name == "seen":
		case field.Kind == severalOf:
			f.Fields[i].Values = given
		case ok && len(given) > 0:
			f.Fields[i].Value = given[0]
		}
		for k := range field.Options {
			o := &f.Fields[i].Options[k]
			o.Chosen = slices.Contains(given, o.Value)
		}
	}
}

func (f *form) blame(faults []cairn.Invalid) {
	for _, fault := range faults {
		k := slices.IndexFunc(f.Fields, func(d field) bool { return d.Name == fault.Field && d.Kind != unseen })
		if k < 0 {
			f.Faults = append(f.Faults, fault.Reason)
			continue
		}
		f.Fields[k].Fault = strings.TrimSpace(f.Fields[k].Fault + " " + fault.Reason)
	}
}

// Blamed reports whether something in the form was wrong.
func (f form) Blamed() bool {
	return len(f.Faults) > 0 || slices.ContainsFunc(f.Fields, func(d field) bool { return d.Fault != "" })
}

// Encoding is how a browser sends the form.
func (f form) Encoding() string {
	if f.Files {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}

// Of reports whether a value of the field is ticked.
func (d field) Of(value string) bool { return slices.Contains(d.Values, value) }

// faultsOf returns what a person can correct of err, and whether it is that.
func faultsOf(err error) ([]cairn.Invalid, bool) {
	var several wrong
	if errors.As(err, &several) {
		return several, true
	}
	var one cairn.Invalid
	if errors.As(err, &one) {
		return []cairn.Invalid{one}, true
	}
	if errors.Is(err, cairn.ErrConflict) {
		return []cairn.Invalid{{Reason: "Somebody else changed this while you were writing. What stands now is shown beside what you wrote; look at both, and send it again if it still holds."}}, true
	}
	return nil, false
}
