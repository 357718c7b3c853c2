package recorder

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/stat/agreement"
	"github.com/cairn-recorder/cairn/store"
)

// AsCairn is under which name cairn stands among coders.
const AsCairn = "cairn"

// A Same is one claim as several coders read it; a coder who read no such claim is
// not in it.
type Same struct {
	Claims map[string]cairn.Claim `json:"claims"`
	Differ []string               `json:"differ,omitempty"` // the fields that they read otherwise, in order of CodedFields
}

// CodedFields is what of a claim is compared, in the order in which it is shown.
// The first is whether anything is claimed: of each sentence, what.
var CodedFields = []string{"claim", "harm", "figure", "class", "place", "when", "party", "says"}

// fieldOf writes a field of a claim as it is compared.
func fieldOf(c cairn.Claim, field string) string {
	e := EditOf(c)
	switch field {
	case "harm":
		return e.Harm
	case "figure":
		return c.Range.String()
	case "class":
		return e.Class
	case "place":
		if c.Where != nil && c.Where.ID != "" {
			return c.Where.ID
		}
		return strings.ToLower(e.Place)
	case "when":
		return strings.Trim(e.From+"/"+cmp.Or(e.To, e.From), "/")
	case "party":
		return strings.ToLower(e.Party)
	case "says":
		return cmp.Or(e.Stance, "none")
	}
	return ""
}

// Compare lays the claims of coders beside one another: those whose words overlap,
// of the same harm first, each once.
func Compare(read map[string][]cairn.Claim) []Same {
	var all []Same
	coders := make([]string, 0, len(read))
	for name := range read {
		coders = append(coders, name)
	}
	slices.SortFunc(coders, func(a, b string) int { // cairn joins what persons read
		if (a == AsCairn) != (b == AsCairn) {
			return map[bool]int{true: 1, false: -1}[a == AsCairn]
		}
		return cmp.Compare(a, b)
	})
	for _, coder := range coders {
		for _, c := range read[coder] {
			best, at := 0, -1
			for k, s := range all {
				if _, has := s.Claims[coder]; has {
					continue
				}
				for _, o := range s.Claims {
					if n := alikeness(o, c); n > best {
						best, at = n, k
					}
				}
			}
			if at < 0 {
				at, all = len(all), append(all, Same{Claims: map[string]cairn.Claim{}})
			}
			all[at].Claims[coder] = c
		}
	}
	for k := range all {
		all[k].differ()
	}
	slices.SortStableFunc(all, func(a, b Same) int { return cmp.Compare(a.first(), b.first()) })
	return all
}

// alikeness says how much speaks for two claims being the same one; 0 where their
// words do not meet.
func alikeness(a, b cairn.Claim) int {
	figures := judge.FigureSpan(a).Overlaps(judge.FigureSpan(b))
	if !figures && !a.Span.Overlaps(b.Span) {
		return 0
	}
	n := 1
	if figures {
		n += 2
	}
	if a.Harm == b.Harm {
		n += 4
	} else if !figures {
		return 0 // another harm of the same sentence
	}
	return n
}

func (s *Same) differ() {
	for _, field := range CodedFields[1:] {
		values := map[string]bool{}
		for _, c := range s.Claims {
			values[fieldOf(c, field)] = true
		}
		if len(values) > 1 {
			s.Differ = append(s.Differ, field)
		}
	}
}

func (s Same) first() int {
	at := -1
	for _, c := range s.Claims {
		if start := judge.FigureSpan(c).Start; at < 0 || start < at {
			at = start
		}
	}
	return at
}

// A CodersAgree is how far coders agree on a field of claims, in one language.
// Kappa is of the first and second coder of each document, Alpha of all persons;
// the others take cairn in as one more coder.
type CodersAgree struct {
	Language   string             `json:"language,omitempty"` // empty for all
	Field      string             `json:"field"`
	Documents  int                `json:"documents"`
	Units      int                `json:"units"` // that two persons coded
	Kappa      agreement.Estimate `json:"kappa"`
	Alpha      agreement.Estimate `json:"alpha"`
	CairnKappa agreement.Estimate `json:"cairn_kappa"`
	CairnAlpha agreement.Estimate `json:"cairn_alpha"`
}

// AgreementIn returns how far the coders of a project agree, by language and field,
// over the documents that two have handed in.
func AgreementIn(ctx context.Context, v store.View, project string) ([]CodersAgree, error) {
	codings, err := v.Codings(ctx, project, "", "")
	if err != nil {
		return nil, err
	}
	byDocument := map[string][]cairn.Coding{}
	var order []string
	for _, c := range codings {
		if c.State != cairn.Coded {
			continue
		}
		if byDocument[c.Document] == nil {
			order = append(order, c.Document)
		}
		byDocument[c.Document] = append(byDocument[c.Document], c)
	}
	units := map[[2]string][]agreement.Unit{} // by language and field
	for _, id := range order {
		if len(byDocument[id]) < 2 {
			continue
		}
		d, err := v.Document(ctx, id)
		if err != nil {
			return nil, err
		}
		reading, err := v.CurrentReading(ctx, project, id)
		if err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return nil, err
		}
		for field, found := range unitsOf(d, byDocument[id], reading.Claims) {
			for _, language := range []string{"", d.Language} {
				key := [2]string{language, field}
				units[key] = append(units[key], found...)
			}
		}
	}
	return agreementsOf(units), nil
}

func agreementsOf(units map[[2]string][]agreement.Unit) []CodersAgree {
	var all []CodersAgree
	for key, of := range units {
		d := agreement.Nominal
		if key[1] == "figure" {
			d = agreement.Ratio
		}
		people := make([]agreement.Unit, 0, len(of))
		documents := map[string]bool{}
		for _, u := range of {
			without := agreement.Unit{Cluster: u.Cluster, Values: map[string]string{}}
			for name, value := range u.Values {
				if name != AsCairn {
					without.Values[name] = value
				}
			}
			people = append(people, without)
			documents[u.Cluster] = true
		}
		a := CodersAgree{Language: key[0], Field: key[1], Documents: len(documents)}
		for _, u := range people {
			if len(u.Values) > 1 {
				a.Units++
			}
		}
		a.Kappa = agreement.Kappa(people, "1", "2")
		a.Alpha = agreement.Alpha(people, d)
		a.CairnKappa = agreement.Kappa(besideCairn(of), "person", AsCairn)
		a.CairnAlpha = agreement.Alpha(of, d)
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b CodersAgree) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(slices.Index(CodedFields, a.Field), slices.Index(CodedFields, b.Field)))
	})
	return all
}

// besideCairn lays cairn beside each of the persons of a unit.
func besideCairn(units []agreement.Unit) []agreement.Unit {
	var all []agreement.Unit
	for _, u := range units {
		cairns, ok := u.Values[AsCairn]
		if !ok {
			continue
		}
		for i := 1; ; i++ {
			value, ok := u.Values[strconv.Itoa(i)]
			if !ok && i > 2 {
				break
			}
			if ok {
				all = append(all, agreement.Unit{Cluster: u.Cluster, Values: map[string]string{"person": value, AsCairn: cairns}})
			}
		}
	}
	return all
}

// unitsOf is what was coded of one document, by field. The coders are 1, 2 and so
// on, in the order of their names, and cairn.
func unitsOf(d cairn.Document, codings []cairn.Coding, cairns []cairn.Claim) map[string][]agreement.Unit {
	read := map[string][]cairn.Claim{AsCairn: cairns}
	for i, c := range codings {
		read[strconv.Itoa(i+1)] = c.Claims
	}
	units := map[string][]agreement.Unit{}
	for _, sentence := range sentencesOf(d.Text) {
		u := agreement.Unit{Cluster: d.ID, Values: map[string]string{}}
		for name, claims := range read {
			u.Values[name] = claimedIn(claims, sentence)
		}
		units["claim"] = append(units["claim"], u)
	}
	for _, s := range Compare(read) {
		if len(s.Claims) < 2 {
			continue
		}
		for _, field := range CodedFields[1:] {
			u := agreement.Unit{Cluster: d.ID, Values: map[string]string{}}
			for name, c := range s.Claims {
				u.Values[name] = fieldOf(c, field)
			}
			units[field] = append(units[field], u)
		}
	}
	return units
}

// claimedIn says which harms are claimed in a sentence.
func claimedIn(claims []cairn.Claim, sentence cairn.Span) string {
	var harms []string
	for _, c := range claims {
		if at := judge.FigureSpan(c); sentence.Start <= at.Start && at.Start < sentence.End && !slices.Contains(harms, string(c.Harm)) {
			harms = append(harms, string(c.Harm))
		}
	}
	slices.Sort(harms)
	return cmp.Or(strings.Join(harms, " "), "none")
}

// sentencesOf returns the sentences of a text.
func sentencesOf(text string) []cairn.Span {
	var all []cairn.Span
	for at := 0; at < len(text); {
		rest := strings.TrimLeft(text[at:], " \t\r\n")
		at = len(text) - len(rest)
		if rest == "" {
			break
		}
		s := explain.Around(text, cairn.Span{Start: at, End: at + 1})
		s.Start = at
		if s.End <= at {
			s.End = len(text)
		}
		all = append(all, s)
		at = s.End
	}
	return all
}
