package recorder

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// A composer gathers what public forms are chosen from, each thing once.
type composer struct {
	*Recorder
	names   cairn.Names
	hidden  undisclosed
	reviews map[string]*cairn.Assessment // what is now made of incidents that are signed, where that is something else
	related []cairn.Related
	refs    map[string][]cairn.Reference // by incident
	cleared map[string]bool
	staff   []string
	signed  map[string]bool         // incidents that are published now
	sources map[string]cairn.Source // by the names that documents have
	texts   map[string]string
	people  persons
	bearers map[string]publish.Bearer
}

// mostTexts is how many texts of documents are kept at hand.
const mostTexts = 1000

func (r *Recorder) composer(ctx context.Context) (*composer, error) {
	c := &composer{Recorder: r, reviews: map[string]*cairn.Assessment{}, cleared: map[string]bool{}, signed: map[string]bool{}, sources: map[string]cairn.Source{}, texts: map[string]string{}}
	var err error
	if c.people, err = r.persons(ctx); err != nil {
		return nil, err
	}
	c.bearers = c.people.bearers()
	if c.hidden, err = undisclosedIn(ctx, r.view); err != nil {
		return nil, err
	}
	newest, err := r.view.Incidents(ctx, store.Filter{Project: r.project.Name, Unsigned: true})
	if err != nil {
		return nil, err
	}
	for _, i := range newest {
		if i.Signed > 0 {
			c.reviews[i.Incident.Code] = i.Assessment
		}
	}
	decided, err := r.decided(ctx, r.view)
	if err != nil {
		return nil, err
	}
	for _, j := range decided {
		c.staff = append(c.staff, j.Who)
		if j.Decision == cairn.Clear {
			c.cleared[j.Document] = true
		}
	}
	accounts, err := r.view.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		c.staff = append(c.staff, a.Name, a.Shown)
	}
	slices.Sort(c.staff)
	c.staff = slices.Compact(c.staff)
	names, err := r.privateNames(ctx, c.people)
	if err != nil {
		return nil, err
	}
	c.names = cairn.NamesOf(append(names, staffNames(c.staff)...))
	if c.refs, err = referencesIn(decided); err != nil {
		return nil, err
	}
	c.related, err = RelationsIn(decided)
	return c, err
}

// staffNames are the names of who worked on it, who are named in no quoted words
// either, cleared or not.
func staffNames(staff []string) []cairn.Name {
	var names []cairn.Name
	for _, who := range staff {
		names = append(names, cairn.Name{Words: who, Person: "staff"})
	}
	return names
}

// privateNames are the names of victims that the project knows: those that claims
// and lists of victims give, these with whom they name.
func (r *Recorder) privateNames(ctx context.Context, of persons) ([]cairn.Name, error) {
	claimed, err := r.view.VictimNames(ctx, r.project.Name)
	if err != nil {
		return nil, err
	}
	var names []cairn.Name
	for _, name := range claimed {
		names = append(names, cairn.Name{Words: name})
	}
	lists, err := r.view.Lists(ctx, r.project.Name)
	for _, l := range lists {
		entries, failed := r.view.Entries(ctx, r.project.Name, l.ID)
		if failed != nil {
			return nil, failed
		}
		for _, e := range entries {
			for _, name := range publish.EntryNames(e) {
				names = append(names, cairn.Name{Words: name, Person: cmp.Or(of.byEntry[e.Name()].ID, e.Ref())})
			}
		}
	}
	return names, err
}

// form composes the public form of an incident as it was signed.
func (c *composer) form(ctx context.Context, a store.Assessed) (cairn.Published, error) {
	m := publish.Material{Incident: a.Incident, Assessment: *a.Assessment, Names: c.names, Cleared: c.cleared, Staff: append(slices.Clone(c.staff), a.Assessment.Signed.Who),
		Sources: c.sources, Closest: c.project.Publicity.Closest(), Review: c.review(a), Victims: c.people.of(*a.Assessment), Bearers: c.bearers}
	if w := a.Incident.Where; w != nil {
		m.Keys = store.PlaceKeys(append([]string{w.ID, w.Name, w.Words, w.Admin1, w.Country}, w.Within...)...)
		if k := slices.IndexFunc(c.project.Places, func(p cairn.Place) bool { return p.ID == w.ID && w.ID != "" }); k >= 0 {
			m.Place = c.project.Places[k]
		}
	}
	for _, code := range append([]string{a.Incident.Code}, a.Incident.Former...) {
		m.References = append(m.References, c.refs[code]...)
	}
	for _, related := range c.related {
		if slices.Contains(related.Incidents, a.Incident.Code) {
			for _, code := range related.Incidents {
				if code != a.Incident.Code && c.signed[code] {
					m.Related = append(m.Related, cairn.Relative{As: related.As, Code: code})
				}
			}
		}
	}
	testimonies, err := c.view.TestimoniesAt(ctx, c.project.Name, a.Incident.Code, a.Revision)
	if err != nil {
		return cairn.Published{}, err
	}
	for _, t := range testimonies {
		account, err := c.account(ctx, t)
		if err != nil {
			return cairn.Published{}, err
		}
		m.Accounts = append(m.Accounts, account)
	}
	return publish.Form(m), nil
}

// review reports whether the evidence changed since an incident was signed: its text
// and tags are none.
func (c *composer) review(a store.Assessed) bool {
	now := c.reviews[a.Incident.Code]
	return now != nil && !onlyRetold(*now, *a.Assessment)
}

// account returns a claim with the sentence that it rests on.
func (c *composer) account(ctx context.Context, t cairn.Testimony) (publish.Account, error) {
	a := publish.Account{Testimony: t}
	if _, ok := c.sources[t.Document.Source]; !ok {
		source, err := c.view.Source(ctx, t.Document.Source)
		if err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return a, err
		}
		source.Anonymous = source.Anonymous || c.hidden.names[t.Document.Source]
		c.sources[t.Document.Source] = source
	}
	text, err := c.text(ctx, t.Ref.Document)
	if err != nil {
		return a, err
	}
	words := t.Claim.Span
	if !words.In(text) {
		a.Sentence, a.Figure = t.Claim.Figure.Words, cairn.Span{End: len(t.Claim.Figure.Words)}
		return a, nil
	}
	around := explain.Around(text, words)
	if s := t.Claim.Figure.Span; s != nil && s.In(text) && around.Holds(*s) {
		words = *s
	}
	a.Sentence, a.Figure = around.Of(text), cairn.Span{Start: words.Start - around.Start, End: words.End - around.Start}
	return a, nil
}

func (c *composer) text(ctx context.Context, id string) (string, error) {
	if text, ok := c.texts[id]; ok {
		return text, nil
	}
	d, err := c.view.Document(ctx, id)
	if err != nil {
		return "", err
	}
	if len(c.texts) > mostTexts {
		clear(c.texts)
	}
	c.texts[id] = d.Text
	return d.Text, nil
}
