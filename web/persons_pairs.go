package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// pairView is the next pair that somebody is to look at: what the lists say of
// each side by side, and, once they ask, what each field speaks.
type pairView struct {
	Left   int          `json:"left"`
	A      string       `json:"a,omitempty"`
	B      string       `json:"b,omitempty"`
	Titles [2]string    `json:"lists,omitempty"`
	Rows   []beside     `json:"rows,omitempty"`
	Falls  []fall       `json:"weights,omitempty"`
	Weight float64      `json:"weight,omitempty"`
	Chance float64      `json:"probability,omitempty"`
	Said   string       `json:"-"`
	Undo   string       `json:"-"`
	Lists  []cairn.List `json:"-"`
	Form   form         `json:"-"`
}

// beside is one field of both.
type beside struct {
	Field string `json:"field"`
	A     string `json:"a"`
	B     string `json:"b"`
	Same  bool   `json:"same"`
}

// A fall is one step of the waterfall: what a field speaks, from where the one
// before it ended, on a scale of 0 to 100 whose middle is Nought.
type fall struct {
	Field     string  `json:"field"`
	Agreement string  `json:"agreement"`
	Weight    float64 `json:"weight"`
	From      float64 `json:"-"`
	Wide      float64 `json:"-"`
	Nought    float64 `json:"-"`
	For       bool    `json:"-"`
}

func (pairView) title() string { return "Pairs" }

// labelled returns the persons of the lists, and what was said of their pairs.
func (s *site) labelled(ctx context.Context) (recorder.People, []cairn.Label, error) {
	people, _, err := s.crowd(ctx)
	if err != nil {
		return people, nil, err
	}
	labels, err := s.settings.Desk.Labels(ctx)
	return people, labels, err
}

func (s *site) pairPage(r *http.Request) (view, error) {
	people, labels, err := s.labelled(r.Context())
	if err != nil {
		return nil, err
	}
	query := r.URL.Query()
	v := pairView{Said: given(query, "did"), Undo: given(query, "undo")}
	left := people.ToLabel(labels, visitorOf(r).Name)
	if v.Left = len(left); v.Left == 0 {
		return v, nil
	}
	m := left[0]
	if sent, ok := r.Context().Value(attemptKey).(attempted); ok {
		if k := slices.IndexFunc(left, func(o cairn.Match) bool { return o.A == sent.values.Get("a") && o.B == sent.values.Get("b") }); k >= 0 {
			m = left[k]
		}
	}
	v.show(people, m)
	v.Form = s.filled(r, form{Name: "label", Action: "/persons/pairs", Submit: "Keep it", Fields: []field{{Name: "a", Kind: unseen, Value: m.A}, {Name: "b", Kind: unseen, Value: m.B},
		{Name: "why", Label: "Why, if you wish", Kind: oneLine}}})
	return v, nil
}

// show lays a pair out.
func (v *pairView) show(people recorder.People, m cairn.Match) {
	v.A, v.B, v.Weight, v.Chance = m.A, m.B, m.Weight, m.Probability
	a, _ := people.Entry(m.A)
	b, _ := people.Entry(m.B)
	for k, list := range []string{a.List, b.List} {
		v.Titles[k] = list
		for _, l := range people.Lists {
			if l.ID == list {
				v.Titles[k] = cmp.Or(l.Title, l.ID)
			}
		}
	}
	seen := map[string]bool{}
	for _, said := range append(entryFields(a), entryFields(b)...) {
		if !seen[said.Field] {
			seen[said.Field] = true
			x, y := a.Values[said.Field], b.Values[said.Field]
			v.Rows = append(v.Rows, beside{strings.ReplaceAll(said.Field, "_", " "), x, y, x == y})
		}
	}
	v.Falls = falls(m.Fields)
}

// falls draws the weights of fields one below the other.
func falls(fields []cairn.MatchWeight) []fall {
	low, high, sum := 0.0, 0.0, 0.0
	for _, f := range fields {
		sum += f.Weight
		low, high = min(low, sum), max(high, sum)
	}
	scale := 100 / max(high-low, 1)
	var all []fall
	sum = 0
	for _, f := range fields {
		from, to := sum, sum+f.Weight
		sum = to
		all = append(all, fall{f.Field, f.Agreement, f.Weight, (min(from, to) - low) * scale, max(.4, (max(from, to)-min(from, to))*scale), -low * scale, f.Weight >= 0})
	}
	return all
}

// labelPair keeps what somebody says of a pair, and leads to the next.
func (s *site) labelPair(_ http.ResponseWriter, r *http.Request) (string, error) {
	form := r.PostForm
	says := cairn.LabelSays(form.Get("says"))
	j, err := s.as(r).LabelPair(r.Context(), form.Get("a"), form.Get("b"), says, given(form, "why"))
	if err != nil {
		return "", err
	}
	if j.ID != "" {
		return with("/persons/pairs", map[string][]string{"undo": {j.ID}, "did": {"Somebody else said the same, so it is decided"}}), nil
	}
	return "/persons/pairs", nil
}

// agreementView is how far those who label pairs agree, and where they do not.
type agreementView struct {
	Agreements []recorder.Agreement `json:"agreements"`
	Contested  []contestedPair      `json:"contested"`
	Labels     int                  `json:"labels"`

	Calibrated []recorder.Calibration `json:"calibration"`
}

// kappa writes an agreement beyond chance; "" where it cannot be told.
func kappa(a recorder.Agreement) string {
	if a.Kappa == nil {
		return ""
	}
	return strconv.FormatFloat(*a.Kappa, 'f', 2, 64)
}

// contestedPair is a pair on which labels differ.
type contestedPair struct {
	A      string        `json:"a"`
	B      string        `json:"b"`
	Names  [2]string     `json:"-"`
	Labels []cairn.Label `json:"labels"`
	Same   form          `json:"-"`
	Apart  form          `json:"-"`
}

func (agreementView) title() string { return "Agreement" }

func (s *site) agreementPage(r *http.Request) (view, error) {
	people, labels, err := s.labelled(r.Context())
	if err != nil {
		return nil, err
	}
	v := agreementView{Agreements: recorder.Agreements(labels), Labels: len(labels), Contested: []contestedPair{}, Calibrated: people.Calibrated(labels)}
	for k, pair := range people.Contested(labels) {
		one := contestedPair{A: pair[0].A, B: pair[0].B, Labels: pair}
		for n, ref := range []string{one.A, one.B} {
			if p, err := people.Person(ref); err == nil {
				one.Names[n] = p.Name()
			}
		}
		for _, f := range []struct {
			form *form
			name string
			says string
		}{{&one.Same, "same", "They are one person"}, {&one.Apart, "apart", "They are two"}} {
			*f.form = s.filled(r, form{Name: f.name + "-" + strconv.Itoa(k), Action: "/persons/agreement", Submit: f.says, Fields: []field{{Name: "decision", Kind: unseen, Value: f.name},
				{Name: "a", Kind: unseen, Value: one.A}, {Name: "b", Kind: unseen, Value: one.B}, {Name: "why", Label: "Why", Kind: oneLine}}})
		}
		v.Contested = append(v.Contested, one)
	}
	return v, nil
}

// settlePair decides a pair on which labels differ.
func (s *site) settlePair(_ http.ResponseWriter, r *http.Request) (string, error) {
	form := r.PostForm
	decision := map[string]cairn.Decision{"same": cairn.Merge, "apart": cairn.NotSame}[form.Get("decision")]
	if decision == "" {
		return "", at("form", "There is no such decision.")
	}
	_, err := s.as(r).JudgePersons(r.Context(), decision, []string{form.Get("a"), form.Get("b")}, given(form, "why"))
	return "/persons/agreement", err
}
