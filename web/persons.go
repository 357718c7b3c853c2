package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// crowd is the persons of the lists as of the last act, so that a page which many
// look at makes them up once.
type crowd struct {
	mu     sync.Mutex
	act    int
	people recorder.People
	harmed recorder.Harmed
}

// crowd returns who stands on the lists, and how they lie to the incidents.
func (s *site) crowd(ctx context.Context) (recorder.People, recorder.Harmed, error) {
	act, err := s.view.LastAct(ctx)
	if err != nil {
		return recorder.People{}, recorder.Harmed{}, err
	}
	s.persons.mu.Lock()
	defer s.persons.mu.Unlock()
	if s.persons.act == act && act > 0 {
		return s.persons.people, s.persons.harmed, nil
	}
	people, err := s.settings.Desk.People(ctx)
	if err != nil {
		return people, recorder.Harmed{}, err
	}
	harmed, err := s.settings.Desk.HarmedOf(ctx, people)
	if err == nil {
		s.persons.act, s.persons.people, s.persons.harmed = act, people, harmed
	}
	return people, harmed, err
}

// personsView is who stands on the lists of victims, and what of it waits for a
// person.
type personsView struct {
	Lists    []cairn.List     `json:"lists"`
	Persons  int              `json:"persons"`
	Entries  int              `json:"entries"`
	Doubts   int              `json:"doubts"`
	Mine     int              `json:"-"` // of them, those that the visitor has not labelled
	Waiting  int              `json:"requests_waiting"`
	Matched  int              `json:"matched"`
	Proposed []proposed       `json:"proposed"`
	Without  []personLine     `json:"unmatched"`
	Nameless []string         `json:"nameless"`
	Families []family         `json:"families"`
	Query    string           `json:"query,omitempty"`
	Found    []personLine     `json:"found,omitempty"`
	Guards   []recorder.Guard `json:"guards"`
	More     map[string]int   `json:"more,omitempty"` // left out of a table
	Faults   []cairn.Invalid  `json:"-"`
	Stale    bool             `json:"stale"` // entries came since the lists were linked
}

// A personLine is a person in a line.
type personLine struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Says  []string `json:"says,omitempty"` // age, sex, place, day
	Lists []string `json:"lists"`
}

// proposed is a person whom the day and the place alone put to an incident.
type proposed struct {
	personLine
	Incident string   `json:"incident"`
	Reasons  []string `json:"reasons"`
}

// A family is persons of one name, day and place.
type family struct {
	Name    string       `json:"name"`
	Date    string       `json:"date"`
	Place   string       `json:"place"`
	Persons []personLine `json:"persons"`
}

func (personsView) title() string { return "Persons" }

// mostLines is how many lines a table of the page has.
const mostLines = 25

func (s *site) personsPage(r *http.Request) (view, error) {
	ctx := r.Context()
	people, harmed, err := s.crowd(ctx)
	if err != nil {
		return nil, err
	}
	v := personsView{Lists: people.Lists, Persons: len(people.Persons), Query: given(r.URL.Query(), "q"), More: map[string]int{},
		Proposed: []proposed{}, Without: []personLine{}, Nameless: harmed.Nameless, Families: []family{}, Guards: people.Guards()}
	if sent, ok := ctx.Value(attemptKey).(attempted); ok {
		v.Faults = sent.faults
	}
	titles := titlesOf(people.Lists)
	for _, l := range people.Lists {
		v.Stale = v.Stale || l.Linked < len(l.Releases)
	}
	lines := map[string]personLine{}
	for _, p := range people.Persons {
		v.Entries += len(p.Entries)
		lines[p.ID] = titles.line(p)
		if v.Query != "" && finds(p, v.Query) {
			v.Found = append(v.Found, lines[p.ID])
		}
	}
	for _, x := range harmed.Appearances {
		if x.Counts {
			v.Matched++
		} else if !x.Alive {
			v.Proposed = append(v.Proposed, proposed{lines[x.Person], x.Incident, x.Reasons})
		}
	}
	for _, id := range harmed.Unmatched {
		v.Without = append(v.Without, lines[id])
	}
	for _, f := range people.Families() {
		one := family{Name: f.Name, Date: f.Date, Place: f.Place}
		for _, id := range f.Persons {
			one.Persons = append(one.Persons, lines[id])
		}
		v.Families = append(v.Families, one)
	}
	return v, s.waitingOf(r, people, &v)
}

// waitingOf counts what waits for whoever asks, and cuts tables to size.
func (s *site) waitingOf(r *http.Request, people recorder.People, v *personsView) error {
	labels, err := s.settings.Desk.Labels(r.Context())
	if err != nil {
		return err
	}
	v.Doubts, v.Mine = len(people.ToLabel(nil, "")), len(people.ToLabel(labels, visitorOf(r).Name))
	requests, err := s.settings.Desk.Requests(r.Context())
	for _, q := range requests {
		if q.Decision == "" {
			v.Waiting++
		}
	}
	cut(v.More, "found", &v.Found)
	cut(v.More, "proposed", &v.Proposed)
	cut(v.More, "unmatched", &v.Without)
	cut(v.More, "nameless", &v.Nameless)
	cut(v.More, "families", &v.Families)
	cut(v.More, "guards", &v.Guards)
	return err
}

// cut leaves the first lines of a table, and notes how many more there are.
func cut[T any](more map[string]int, name string, lines *[]T) {
	if len(*lines) > mostLines {
		more[name] = len(*lines) - mostLines
		*lines = (*lines)[:mostLines]
	}
}

// titles are what lists are called, by their identifiers.
type titles map[string]string

func titlesOf(lists []cairn.List) titles {
	all := titles{}
	for _, l := range lists {
		all[l.ID] = cmp.Or(l.Title, l.ID)
	}
	return all
}

// line is a person in a line.
func (t titles) line(p recorder.Person) personLine {
	line := personLine{ID: p.ID, Name: p.Name()}
	for _, field := range []string{"age", "sex", "place", "date"} {
		if said := p.First(field); said != "" {
			line.Says = append(line.Says, said)
		}
	}
	for _, e := range p.Entries {
		if title := t[e.List]; !slices.Contains(line.Lists, title) {
			line.Lists = append(line.Lists, title)
		}
	}
	return line
}

// finds reports whether every word of a query stands somewhere in what the lists
// say of a person.
func finds(p recorder.Person, query string) bool {
	var all []string
	for _, e := range p.Entries {
		all = append(all, e.Name(), e.Key)
		for _, values := range []map[string]string{e.Values, e.Written} {
			all = slices.AppendSeq(all, maps.Values(values))
		}
	}
	return recorder.Mentions(strings.Join(all, " "), query)
}

// linkLists links the lists anew.
func (s *site) linkLists(_ http.ResponseWriter, r *http.Request) (string, error) {
	_, err := s.as(r).LinkPersons(r.Context(), func(string) {})
	return "/persons", err
}
