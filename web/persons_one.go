package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// personView is one person: what each list says, which incident they are a victim
// of, how much of them may be seen, and what was decided.
type personView struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Entries   []entryView    `json:"entries"`
	Victim    *victimOf      `json:"incident,omitempty"`
	Shown     cairn.Display  `json:"shown"`
	Record    *cairn.Showing `json:"record,omitempty"`
	Like      string         `json:"like,omitempty"` // a person who is suppressed and may be this one
	Decisions []decided      `json:"judgements"`
	Doubts    []doubt        `json:"may_be_one_with"`
	Alive     bool           `json:"alive,omitempty"`
	Forms     []form         `json:"-"`
	Guarded   []form         `json:"-"` // for reviewers
}

// entryView is what a list says of a person.
type entryView struct {
	Ref    string     `json:"ref"`
	List   string     `json:"list"`
	Row    int        `json:"row"`
	Gone   int        `json:"gone,omitempty"`
	Fields []saidOf   `json:"fields"`
	Notes  []string   `json:"notes,omitempty"`
	Was    []entryWas `json:"was,omitempty"`
}

// saidOf is one value, with how the list writes it where that differs.
type saidOf struct {
	Field   string `json:"field"`
	Value   string `json:"value"`
	Written string `json:"written,omitempty"`
}

// entryWas is a value that an entry had in an earlier release.
type entryWas struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// victimOf is the incident that a person is put to.
type victimOf struct {
	Incident string   `json:"incident"`
	Counts   bool     `json:"counts"`
	Reasons  []string `json:"reasons"`
}

// doubt is an entry that may be of the same person.
type doubt struct {
	Person string  `json:"person"`
	Entry  string  `json:"entry"`
	Name   string  `json:"name"`
	Chance float64 `json:"probability"`
}

func (v personView) title() string { return cmp.Or(v.Name, v.ID) }

func (s *site) personPage(r *http.Request) (view, error) {
	ctx := r.Context()
	people, harmed, err := s.crowd(ctx)
	if err != nil {
		return nil, err
	}
	id := strings.TrimSuffix(r.PathValue("id"), ".json")
	person, err := people.Person(id)
	if err != nil {
		return nil, err
	}
	if person.ID != id {
		return nil, moved{address("persons", person.ID)}
	}
	v := personView{ID: person.ID, Name: person.Name()}
	if err := s.entriesOf(ctx, people, person, &v); err != nil {
		return nil, err
	}
	for _, x := range harmed.Appearances {
		if x.Person == person.ID {
			v.Victim, v.Alive = &victimOf{x.Incident, x.Counts, x.Reasons}, x.Alive
		}
	}
	shown := s.settings.Desk.Showings(people)[person.ID]
	v.Shown, v.Record, v.Like = shown.Display, shown.Record, shown.Like
	v.doubtsOf(people, person)
	if err := s.decisionsOf(ctx, person, &v); err != nil {
		return nil, err
	}
	s.personForms(r, &v)
	return v, nil
}

// entriesOf reads what the lists say of a person, and what they said before.
func (s *site) entriesOf(ctx context.Context, people recorder.People, person recorder.Person, v *personView) error {
	for _, e := range person.Entries {
		one := entryView{Ref: e.Ref(), List: e.List, Row: e.Row, Gone: e.Gone, Notes: e.Notes, Fields: entryFields(e)}
		for _, l := range people.Lists {
			if l.ID == e.List {
				one.List = cmp.Or(l.Title, l.ID)
			}
		}
		states, err := s.view.EntryHistory(ctx, s.settings.Project, e.List, e.Key)
		if err != nil {
			return err
		}
		for _, was := range states {
			for _, said := range entryFields(was) {
				if said.Value != e.Values[said.Field] && !slices.Contains(one.Was, entryWas{said.Field, said.Value}) {
					one.Was = append(one.Was, entryWas{said.Field, said.Value})
				}
			}
		}
		v.Entries = append(v.Entries, one)
	}
	return nil
}

// leading is the fields of an entry that stand first, in order.
var leading = []string{"name", "given_name", "father_name", "family_name", "date_of_birth", "age", "sex", "place", "date", "incident", "id"}

// entryFields is what an entry says, in a fixed order.
func entryFields(e cairn.Entry) []saidOf {
	fields := slices.SortedFunc(maps.Keys(e.Values), func(a, b string) int {
		place := func(f string) int {
			if k := slices.Index(leading, f); k >= 0 {
				return k
			}
			return len(leading)
		}
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
	var all []saidOf
	for _, f := range fields {
		all = append(all, saidOf{f, e.Values[f], e.Written[f]})
	}
	return all
}

// doubtsOf sets the entries that may be of the same person.
func (v *personView) doubtsOf(people recorder.People, person recorder.Person) {
	own := map[string]bool{}
	for _, e := range person.Entries {
		own[e.Ref()] = true
	}
	for _, m := range people.ToLabel(nil, "") {
		other := m.B
		if own[m.B] {
			other = m.A
		} else if !own[m.A] {
			continue
		}
		if p, err := people.Person(other); err == nil && p.ID != person.ID {
			v.Doubts = append(v.Doubts, doubt{p.ID, other, p.Name(), m.Probability})
		}
	}
}

// decisionsOf reads what persons decided of this one, the newest first.
func (s *site) decisionsOf(ctx context.Context, person recorder.Person, v *personView) error {
	all, err := s.view.Judgements(ctx, s.settings.Project)
	stands := recorder.Standing(all)
	names := map[string]bool{}
	for _, e := range person.Entries {
		names[e.Name()], names[e.Ref()] = true, true
	}
	for _, j := range slices.Backward(all) {
		if j.Kind == cairn.OfPersons && j.Decision != cairn.Undo && (names[j.Incident] || slices.ContainsFunc(j.Others, func(o string) bool { return names[o] })) {
			v.Decisions = append(v.Decisions, decided{j, !stands(j)})
		}
	}
	return err
}

// personForms are what can be decided of a person.
func (s *site) personForms(r *http.Request, v *personView) {
	why := field{Name: "why", Label: "Why", Kind: oneLine}
	must := field{Name: "why", Label: "Why", Kind: oneLine, Hint: "Whoever asks later must find the reason."}
	authority := field{Name: "authority", Label: "By whose authority", Kind: oneLine, Hint: "The person's own, next of kin's, a court's."}
	incident := field{Name: "incident", Label: "Incident", Kind: oneLine}
	if v.Victim != nil {
		incident.Value = v.Victim.Incident
	}
	v.Forms = []form{
		{Name: "appears", Submit: "Is a victim of it", Fields: []field{incident, why}},
		{Name: "absent", Submit: "Is none of it", Fields: []field{incident, why}},
		{Name: "same", Submit: "They are one person", Fields: []field{{Name: "other", Label: "The other person", Kind: oneLine, Hint: "As p12, or list/key."}, why}},
		{Name: "apart", Submit: "They are not one person", Fields: []field{{Name: "other", Label: "The other person or entry", Kind: oneLine, Hint: "As p12, or list/key."}, why}},
	}
	if visitorOf(r).Role.AtLeast(cairn.Reviewer) {
		v.Guarded = []form{
			{Name: "show", Submit: "Settle it", Fields: []field{{Name: "display", Label: "How much may be seen", Kind: oneOfThese, Options: choicesOf(cairn.Displays, displayWords)}, authority, must}},
			{Name: "suppress", Submit: "Take out of everything public", Fields: []field{authority, must}},
			{Name: "alive", Submit: "Found alive", Fields: []field{{Name: "why", Label: "How it is known", Kind: oneLine}}},
		}
	}
	for to, forms := range map[string][]form{"judge": v.Forms, "show": v.Guarded} {
		for i := range forms {
			forms[i].Action = address("persons", v.ID, to)
			forms[i] = s.filled(r, forms[i])
		}
	}
}

// displayWords says how much of a person is shown.
func displayWords(d cairn.Display) string {
	return worded(map[cairn.Display]string{"": "nothing", cairn.OnlyCounted: "that there is one more", cairn.AgeAndSex: "age and sex", cairn.Initials: "initials, age and sex", cairn.FullName: "the name"}, d)
}

// judgePerson takes what somebody decided of who a person is, and of what.
func (s *site) judgePerson(_ http.ResponseWriter, r *http.Request) (string, error) {
	id, form, as, ctx := r.PathValue("id"), r.PostForm, s.as(r), r.Context()
	why, other := given(form, "why"), given(form, "other")
	var err error
	switch form.Get("form") {
	case "appears", "absent":
		if given(form, "incident") == "" {
			return "", at("incident", "Name the incident.")
		}
		_, err = as.JudgeVictim(ctx, cairn.Decision(form.Get("form")), id, given(form, "incident"), why)
		err = notThere(err, "incident", "There is no such incident.")
	case "same", "apart":
		if other == "" {
			return "", at("other", "Name the other person.")
		}
		decision := map[string]cairn.Decision{"same": cairn.Merge, "apart": cairn.NotSame}[form.Get("form")]
		_, err = as.JudgePersons(ctx, decision, []string{id, other}, why)
		err = notThere(err, "other", "There is no such person.")
	default:
		return "", at("form", "There is no such judgement.")
	}
	return address("persons", id), err
}

// notThere names the field that what is not there stands in.
func notThere(err error, field, says string) error {
	if err != nil && strings.Contains(err.Error(), cairn.ErrNotFound.Error()) {
		return at(field, says)
	}
	if faults, ours := faultsOf(err); err != nil && ours {
		for k := range faults {
			if faults[k].Field != "why" {
				faults[k].Field = field
			}
		}
		return wrong(faults)
	}
	return err
}

// showPerson takes how much of a person may be seen, or that they are alive.
func (s *site) showPerson(_ http.ResponseWriter, r *http.Request) (string, error) {
	id, form, as := r.PathValue("id"), r.PostForm, s.as(r)
	why := given(form, "why")
	var err error
	switch form.Get("form") {
	case "show":
		_, err = as.ShowPerson(r.Context(), id, cairn.Showing{Display: cairn.Display(form.Get("display")), Authority: given(form, "authority")}, why)
	case "suppress":
		_, err = as.ShowPerson(r.Context(), id, cairn.Showing{Suppressed: true, Authority: given(form, "authority")}, why)
	case "alive":
		_, err = as.FoundAlive(r.Context(), id, why)
	default:
		return "", at("form", "There is no such decision.")
	}
	return address("persons", id), err
}

// fieldWords names a field of an entry.
func fieldWords(field string) string { return strings.ReplaceAll(field, "_", " ") }

// bits writes a weight.
func bits(w float64) string { return strconv.FormatFloat(w, 'f', 1, 64) }

// percent writes a probability.
func percent(p float64) string { return strconv.Itoa(int(100*p+.5)) + " %" }
