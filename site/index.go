package site

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cairn-recorder/cairn"
)

// An index is a release at hand: all but the sentences, which are read for the
// page that shows them.
type index struct {
	release  cairn.Release
	empty    bool // nothing was released yet
	tags     []string
	listings []cairn.Listing   // by code
	every    []int             // the numbers of all of them
	forms    []cairn.Published // of each, where a folder is written
	days     [][2]string       // the first and the last day that each can mean
	slugs    map[string]string
	codes    map[string]int // where a code stands, former ones included
	named    map[string]int // and where the name of its page does
	places   []placeAt
	parties  []partyAt
	counts   counts           // the figures of all incidents
	searched []string         // what each incident is searched by
	latest   []int            // the rank of each incident, the latest first
	placeOf  []int            // a number that incidents of one place share; -1 where there is none
	placeKey []string         // the key of the place of each incident; empty where there is none
	reach    []float64        // how far from its point each may have been, in metres
	within   map[string][]int // incidents by every key of their places
	ascribed map[string][]int // and by the parties that they are ascribed to

	estimates []cairn.PublishedEstimate

	basemap sync.Mutex
	shapes  *topology // of a release that has borders of its own, once they were read

	rendered sync.Map // pages that choose nothing, by language and path

	once  sync.Once
	files []fileView // what is offered for download
	fault error
}

// A readerOfAll reads every public form at once, which a folder needs.
type readerOfAll interface {
	Forms(ctx context.Context, number int) ([]cairn.Published, error)
}

// form returns the public form of an incident.
func (s *Site) form(ctx context.Context, x *index, at int) (cairn.Published, error) {
	if len(x.forms) == len(x.listings) {
		return x.forms[at], nil
	}
	return s.reader.Form(ctx, x.release.Number, x.listings[at].Code)
}

// A placeAt is a place with the incidents in it.
type placeAt struct {
	slug, key string
	asked     string // how a selection asks for its incidents
	cairn.PublicPlace
	incidents []int
}

// A partyAt is a party with the incidents that are ascribed to it.
type partyAt struct {
	slug, name string
	incidents  []int
}

// index returns the release at hand, read anew where it or what is withheld of
// it changed.
func (s *Site) index(ctx context.Context) (*index, error) {
	kept, err := s.standing(ctx)
	if kept != nil || err != nil {
		return kept, err
	}
	release, err := s.reader.Release(ctx, s.settings.Release)
	if errors.Is(err, cairn.ErrNotFound) && s.settings.Release == 0 {
		return &index{empty: true, tags: cairn.Publicity{}.Tags(), slugs: map[string]string{}}, nil
	}
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept != nil && s.kept.release.Number == release.Number && s.kept.release.Withheld == release.Withheld {
		return s.kept, nil
	}
	listings, err := s.reader.Listings(ctx, release.Number)
	if err != nil {
		return nil, err
	}
	x := indexOf(release, listings)
	if x.estimates, err = s.estimates(ctx, release); err != nil {
		return nil, err
	}
	if all, ok := s.reader.(readerOfAll); ok && s.settings.Static {
		if x.forms, err = all.Forms(ctx, release.Number); err != nil {
			return nil, err
		}
	}
	s.kept = x
	return x, nil
}

// A teller says of a release, without reading it, whether it is as it was.
type teller interface {
	Stands(ctx context.Context, number int) (release, held int, err error)
}

// standing returns the release at hand where it still is what stands; nil where it is
// to be read. A folder shows one moment.
func (s *Site) standing(ctx context.Context) (*index, error) {
	s.mu.Lock()
	kept := s.kept
	s.mu.Unlock()
	reader, tells := s.reader.(teller)
	switch {
	case s.settings.Static:
		return kept, nil
	case kept == nil, !tells:
		return nil, nil
	}
	release, held, err := reader.Stands(ctx, s.settings.Release)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil, nil
	}
	if err != nil || release != kept.release.Number || held != kept.release.Withheld {
		return nil, err
	}
	return kept, nil
}

func indexOf(release cairn.Release, listings []cairn.Listing) *index {
	x := &index{release: release, tags: known(release.Publicity.Tags()), listings: listings, slugs: map[string]string{}, codes: map[string]int{}, named: map[string]int{}}
	x.counts = countsOf(listings)
	x.within, x.ascribed = map[string][]int{}, map[string][]int{}
	place, party := map[string]int{}, map[string]int{}
	x.placeKey = placeKeys(listings)
	for i, l := range listings {
		for _, key := range l.Place.Keys {
			x.within[key] = append(x.within[key], i)
		}
		for _, name := range l.Parties {
			x.ascribed[name] = append(x.ascribed[name], i)
		}
		x.searched, x.reach, x.placeOf = append(x.searched, searched(l)), append(x.reach, l.Place.Accuracy.Metres()), append(x.placeOf, -1)
		from, to := daysOf(l.When)
		x.days, x.every = append(x.days, [2]string{from, to}), append(x.every, i)
		slug := slugOf(l.Code)
		x.slugs[l.Code], x.codes[l.Code], x.named[slug] = slug, i, i
		if key := x.placeKey[i]; key != "" {
			k, ok := place[key]
			if !ok {
				k = len(x.places)
				place[key], x.places = k, append(x.places, placeAt{slug: slugOf(key), key: key, PublicPlace: l.Place})
			}
			x.places[k].incidents = append(x.places[k].incidents, i)
			x.placeOf[i] = k
		}
		for _, name := range l.Parties {
			k, ok := party[name]
			if !ok {
				k = len(x.parties)
				party[name], x.parties = k, append(x.parties, partyAt{slug: slugOf(name), name: name})
			}
			x.parties[k].incidents = append(x.parties[k].incidents, i)
		}
	}
	for i, l := range listings {
		for _, former := range l.Former {
			if _, taken := x.codes[former]; !taken {
				x.codes[former] = i
			}
		}
	}
	for k := range x.places {
		p := &x.places[k]
		p.asked = x.asking(*p)
		if in := x.within[fold(p.asked)]; len(in) > 0 { // an area has those of what it holds too
			p.incidents = in
		}
	}
	x.rank()
	slices.SortFunc(x.places, func(a, b placeAt) int {
		return cmp.Or(cmp.Compare(len(b.incidents), len(a.incidents)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.key, b.key))
	})
	slices.SortFunc(x.parties, func(a, b partyAt) int {
		return cmp.Or(cmp.Compare(len(b.incidents), len(a.incidents)), cmp.Compare(a.name, b.name))
	})
	return x
}

// placeKeys returns the key of the place of each incident: its identifier, that of the
// one place of its name there where the account gives the name alone, or its name.
func placeKeys(listings []cairn.Listing) []string {
	called := func(p cairn.PublicPlace) [3]string { return [3]string{p.Name, p.Admin1, p.Country} }
	known := map[[3]string]string{}
	for i := range listings {
		p := &listings[i].Place
		if p.ID == "" || p.Name == "" {
			continue
		}
		if other, ok := known[called(*p)]; ok && other != p.ID {
			known[called(*p)] = "" // two places of one name
		} else {
			known[called(*p)] = p.ID
		}
	}
	keys := make([]string, len(listings))
	for i := range listings {
		p := &listings[i].Place
		keys[i] = cmp.Or(p.ID, known[called(*p)], p.Name)
	}
	return keys
}

// asking returns by which key a selection chooses the incidents of a place: its own,
// unless its name alone chooses exactly them.
func (x *index) asking(p placeAt) string {
	if len(x.within[fold(p.key)]) != len(p.incidents) && len(x.within[fold(p.Name)]) == len(p.incidents) {
		return p.Name
	}
	return p.key
}

// rank puts the incidents in order, the latest first, and of one day that with the
// highest code.
func (x *index) rank() {
	order := slices.Clone(x.every)
	slices.Reverse(order)
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(x.days[b][0], x.days[a][0]) })
	x.latest = make([]int, len(order))
	for rank, i := range order {
		x.latest[i] = rank
	}
}

// latestFirst orders incidents.
func (x *index) latestFirst(incidents []int) {
	slices.SortFunc(incidents, func(a, b int) int { return x.latest[a] - x.latest[b] })
}

// daysOf returns the first and the last day of a period, "" where it has none.
func daysOf(p cairn.Period) (from, to string) {
	first, last := cmp.Or(p.From, p.To), cmp.Or(p.To, p.From)
	if !first.Known() {
		return "", ""
	}
	return string(cairn.DayOf(first.First())), string(cairn.DayOf(last.Last()))
}

func (x *index) incidentNames() []string {
	var names []string
	for _, l := range x.listings {
		names = append(names, x.slugs[l.Code]+".html")
	}
	return names
}

func (x *index) placeNames() []string {
	var names []string
	for _, p := range x.places {
		names = append(names, p.slug+".html")
	}
	return names
}

func (x *index) partyNames() []string {
	var names []string
	for _, p := range x.parties {
		names = append(names, p.slug+".html")
	}
	return names
}

// known are the languages of tags in which there are words, English where none is.
func known(tags []string) []string {
	var all []string
	for _, tag := range tags {
		if slices.Contains(languages, tag) && !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	if len(all) == 0 {
		return []string{"en"}
	}
	return all
}

// means are those of the release's incidents, in the order of their names.
func (x *index) means() []string {
	seen := map[string]bool{}
	for _, l := range x.listings {
		if l.Means != "" {
			seen[string(l.Means)] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
