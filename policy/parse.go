package policy

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn"
)

//go:embed *.json
var files embed.FS

// Named returns the built-in policy of that name, in the version that follows a
// slash ("airwars/1") or else in the newest; ErrNotFound where there is none.
func Named(name string) (Policy, error) {
	var found Policy
	for _, p := range All() {
		if p.ID() == name || p.Name == name && p.Version > found.Version {
			found = p
		}
	}
	if found.Name == "" {
		return Policy{}, fmt.Errorf("policy %q: %w", name, cairn.ErrNotFound)
	}
	return found, nil
}

// All returns every built-in policy, by name and version.
func All() []Policy {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	var all []Policy
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		p, err := Parse(data)
		if err != nil {
			panic(fmt.Errorf("%s: %w", e.Name(), err))
		}
		all = append(all, p)
	}
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Name != all[j].Name {
			return all[i].Name < all[j].Name
		}
		return all[i].Version < all[j].Version
	})
	return all
}

// Parse reads a policy from JSON of the form of the built-in files. A fault is
// an Invalid that names the field and says what to write there.
func Parse(data []byte) (Policy, error) {
	var p Policy
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("parse policy: %w", located(err, data))
	}
	if decoder.More() {
		return Policy{}, fmt.Errorf("parse policy: %w", cairn.Invalid{Reason: "something follows the closing brace; remove it"})
	}
	if err := p.check(); err != nil {
		if fault, ok := errors.AsType[cairn.Invalid](err); ok {
			fault.Line = lineOf(data, fault.Field)
			err = fault
		}
		return Policy{}, fmt.Errorf("parse policy: %w", err)
	}
	return p, nil
}

// located makes an Invalid of a fault of JSON, with its line.
func located(err error, data []byte) error {
	if fault, ok := errors.AsType[cairn.Invalid](err); ok {
		return fault
	}
	if fault, ok := errors.AsType[*json.SyntaxError](err); ok {
		return cairn.Invalid{Line: lineAt(data, fault.Offset), Reason: "this is not JSON: " + fault.Error()}
	}
	if fault, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return cairn.Invalid{Line: lineAt(data, fault.Offset), Field: fault.Field, Reason: "want " + fault.Type.String() + ", not a " + fault.Value}
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		field = strings.Trim(field, `"`)
		return cairn.Invalid{Line: lineOf(data, field), Field: field, Reason: "no policy has this field; remove it or correct its spelling"}
	}
	return cairn.Invalid{Reason: err.Error()}
}

// lineOf returns the line on which the value of a field stands, such as
// "wordings.dozens.basis"; of a field that is not there, that of what should
// hold it. A field that stands nowhere at the top is looked for below.
func lineOf(data []byte, field string) int {
	best, depth := 1, 0
	walk(json.NewDecoder(bytes.NewReader(data)), "", func(path string, offset int64) {
		shared := 0
		switch {
		case path == field:
			shared = 1 << 20
		case strings.HasPrefix(field, path+"."):
			shared = 1 + len(path)
		case strings.HasSuffix(path, "."+field):
			shared = 1
		}
		if shared > depth {
			best, depth = lineAt(data, offset), shared
		}
	})
	return best
}

// walk visits each member of the objects that d reads, by its path and where its
// name ends.
func walk(d *json.Decoder, under string, visit func(path string, offset int64)) {
	token, err := d.Token()
	if err != nil {
		return
	}
	switch token {
	case json.Delim('{'):
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return
			}
			path := fmt.Sprint(name)
			if under != "" {
				path = under + "." + path
			}
			visit(path, d.InputOffset())
			walk(d, path, visit)
		}
	case json.Delim('['):
		for d.More() {
			walk(d, under, visit)
		}
	default:
		return
	}
	_, _ = d.Token() // the closing one
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

func (p Policy) check() error {
	bad := func(field, reason string) error { return cairn.Invalid{Field: field, Reason: reason} }
	switch {
	case !plainName.MatchString(p.Name):
		return bad("name", "want a short name of lower-case letters, digits and hyphens")
	case p.Version < 1:
		return bad("version", "want a whole number from 1")
	case p.Citation == "":
		return bad("citation", "say in words where the convention is published, or that it is the project's own")
	case !slices.Contains([]Closing{Highest, Lowest, Latest, Literal}, p.Closing):
		return bad("closing", "want highest, lowest, latest or literal")
	case len(p.Grades) == 0:
		return bad("grades", "name the grades of the headline, such as confirmed and fair")
	}
	for _, g := range p.Grades {
		if !slices.Contains(cairn.Grades, g) {
			return bad("grades", "no grade is called "+string(g)+"; want confirmed, fair, weak, contested or discounted")
		}
	}
	for _, err := range []error{p.checkOps(), p.checkWordings(), p.checkBooking()} {
		if err != nil {
			return err
		}
	}
	return nil
}

var numbered = []cairn.Op{cairn.OpExact, cairn.OpAtLeast, cairn.OpAtMost, cairn.OpMoreThan, cairn.OpLessThan, cairn.OpBetween, cairn.OpAbout}

func (p Policy) checkOps() error {
	for _, op := range sorted(p.Ops) {
		field := "ops." + string(op)
		if !slices.Contains(numbered, op) {
			return cairn.Invalid{Field: field, Reason: "want one of exact, at_least, at_most, more_than, less_than, between, about"}
		}
		for _, e := range []End{p.Ops[op].Min, p.Ops[op].Max} {
			if !slices.Contains([]End{"", Low, High, JustAbove, JustBelow}, e) {
				return cairn.Invalid{Field: field, Reason: "want low, high, low+1 or high-1 for an end, not " + string(e)}
			}
		}
	}
	return nil
}

func (p Policy) checkWordings() error {
	for _, key := range sorted(p.Wordings) {
		field, w := "wordings."+key, p.Wordings[key]
		if !slices.Contains([]Basis{Published, Analogy, Refused}, w.Basis) {
			return cairn.Invalid{Field: field + ".basis", Reason: "want published, analogy or refused"}
		}
		if r := (cairn.Range{Min: w.Min, Max: w.Max}); !r.Valid() {
			return cairn.Invalid{Field: field, Reason: "min stands above max, or one is below zero; correct them"}
		}
		for _, h := range sorted(w.ByHarm) {
			if !slices.Contains(cairn.Harms, h) {
				return noHarm(field+".by_harm", h)
			}
		}
	}
	if _, ok := p.Wordings[family]; p.Families && !ok {
		return cairn.Invalid{Field: "wordings.family", Reason: "families are counted as persons, so say how many persons one family is at least"}
	}
	return nil
}

func (p Policy) checkBooking() error {
	for name, shares := range map[string]map[cairn.Harm]Share{"alone": p.Casualties.Alone, "unsplit": p.Casualties.Unsplit} {
		for _, h := range sorted(shares) {
			if h != cairn.Killed && h != cairn.Injured {
				return cairn.Invalid{Field: "casualties." + name, Reason: "want killed or injured, not " + string(h)}
			}
			if shares[h] != Whole && shares[h] != NoneOf {
				return cairn.Invalid{Field: "casualties." + name, Reason: "want whole or zero, not " + string(shares[h])}
			}
		}
	}
	for _, h := range sorted(p.Silent) {
		if !slices.Contains(cairn.Harms, h) {
			return noHarm("silent", h)
		}
		if p.Silent[h] < 0 {
			return cairn.Invalid{Field: "silent." + string(h), Reason: "want a number from 0"}
		}
	}
	return nil
}

func noHarm(field string, h cairn.Harm) error {
	return cairn.Invalid{Field: field, Reason: "no harm is called " + string(h) + "; want killed, injured, casualties, missing, displaced, detained, damaged or population"}
}

func sorted[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
