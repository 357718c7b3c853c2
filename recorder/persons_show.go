package recorder

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// ShowPerson records how much of a person may be seen in public, and by whose
// authority; with s.Suppressed it takes them out of everything that was and will
// be published. It holds at once, for every release, and is undone as other
// judgements are.
func (r *Recorder) ShowPerson(ctx context.Context, who string, s cairn.Showing, why string) (cairn.Judgement, error) {
	j, err := r.showing(ctx, who, s, why)
	if err != nil {
		return j, err
	}
	return r.judge(ctx, onPersons, why, func(*store.Tx) ([]cairn.Judgement, error) { return []cairn.Judgement{j}, nil })
}

// showing is the judgement of how much of a person may be seen.
func (r *Recorder) showing(ctx context.Context, who string, s cairn.Showing, why string) (cairn.Judgement, error) {
	switch {
	case why == "":
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say why: whoever asks later must find the reason"}
	case s.Authority == "":
		return cairn.Judgement{}, cairn.Invalid{Field: "authority", Reason: "say by whose authority: the person's own, next of kin's, a court's"}
	case !s.Suppressed && !slices.Contains(cairn.Displays, s.Display):
		return cairn.Judgement{}, cairn.Invalid{Field: "display", Reason: fmt.Sprintf("want one of %v, not %q", cairn.Displays, s.Display)}
	}
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	name, err := p.name(who)
	if err != nil {
		return cairn.Judgement{}, err
	}
	value, err := json.Marshal(s)
	j := cairn.Judgement{Decision: cairn.Shows, Kind: cairn.OfPersons, Incident: name, Value: string(value)}
	if s.Suppressed {
		j.Decision = cairn.Suppress
	}
	return j, err
}

// A Shown is how much of a person may be seen, and why. Record is nil where the
// person's record says nothing.
type Shown struct {
	Display cairn.Display  // empty for nothing
	Record  *cairn.Showing // what the person's own record says
	By      string         // the judgement that says it
	Like    string         // a person who is suppressed and may be this one; empty for none
}

// showings returns how much may be seen of each person, by their identifier.
// Whoever may be the same as somebody suppressed is not shown before a person has
// judged it, so that another list does not bring back whom one has taken out.
func (r *Recorder) showings(p People, project cairn.Project) map[string]Shown {
	says, owner := map[string]cairn.Judgement{}, map[string]string{}
	for _, j := range p.Decided {
		if j.Decision == cairn.Shows || j.Decision == cairn.Suppress || j.Decision == cairn.Alive {
			if former, ok := says[j.Incident]; !ok || former.Decision != cairn.Suppress || j.Decision == cairn.Suppress {
				says[j.Incident] = j
			}
		}
	}
	all := map[string]Shown{}
	for _, person := range p.Persons {
		var s Shown
		for _, e := range person.Entries {
			owner[e.Ref()] = person.ID
			if j, ok := says[e.Name()]; ok {
				s = s.with(j)
			}
		}
		s.Display = project.Displays(s.Record)
		all[person.ID] = s
	}
	for _, m := range identify.Doubts(p.Matches, p.Decided) {
		for _, pair := range [][2]string{{m.A, m.B}, {m.B, m.A}} {
			held, like := all[owner[pair[0]]], owner[pair[1]]
			if held.Record != nil && held.Record.Suppressed && held.Like == "" && like != "" && all[like].Record == nil {
				all[like] = Shown{Record: &cairn.Showing{Suppressed: true}, Like: owner[pair[0]]}
			}
		}
	}
	return all
}

// unnamed reports whether the person's own record says that they are not to be named.
func (s Shown) unnamed() bool {
	return s.Record != nil && (s.Record.Suppressed || s.Record.Display != cairn.FullName)
}

// with lays a judgement over s: what suppresses stands over all, and of several
// that show the least.
func (s Shown) with(j cairn.Judgement) Shown {
	var now cairn.Showing
	if j.Decision == cairn.Alive {
		now = cairn.Showing{Suppressed: true, Authority: "found to be alive"}
	} else if err := json.Unmarshal([]byte(j.Value), &now); err != nil {
		now = cairn.Showing{Suppressed: true} // what cannot be read shows nothing
	}
	switch {
	case s.Record == nil, now.Suppressed:
	case s.Record.Suppressed, now.Display.Within(s.Record.Display) != now.Display:
		return s
	}
	return Shown{Record: &now, By: j.ID}
}

// withheldPersons returns what is withheld of persons: of everybody of whom
// something was ever judged, what they may not be shown as.
func (r *Recorder) withheldPersons(ctx context.Context, tx *store.Tx) ([]cairn.Withholding, error) {
	ever, err := r.everShown(ctx, tx.View)
	if err != nil || len(ever) == 0 {
		return nil, err
	}
	p, err := r.peopleIn(ctx, tx.View)
	if err != nil {
		return nil, err
	}
	secret, err := tx.Secret(ctx, r.project.Name)
	if err != nil || secret == "" {
		return nil, err
	}
	of, err := incidentsOf(ctx, tx.View, r.project.Name)
	if err != nil {
		return nil, err
	}
	shown := r.showings(p, r.project)
	var all []cairn.Withholding
	for _, person := range p.Persons {
		s := shown[person.ID]
		if s.Display == cairn.FullName || s.Like == "" && !slices.ContainsFunc(person.Entries, func(e cairn.Entry) bool { return ever[e.Name()] }) {
			continue
		}
		if s.unnamed() {
			all = append(all, calling(person, of[person.ID])...)
		}
		for _, e := range person.Entries {
			key := publish.PersonKey(secret, e.Ref())
			if s.unnamed() {
				all = append(all, cairn.Withholding{Kind: cairn.OfPersons, Key: cairn.Unnamed + key})
			}
			if s.Display != "" {
				key = string(s.Display) + ":" + key
			}
			all = append(all, cairn.Withholding{Kind: cairn.OfPersons, Key: key})
		}
	}
	return all, nil
}

// incidentsOf returns, for each person, what they are of every incident whose victim
// they are.
func incidentsOf(ctx context.Context, v store.View, project string) (map[string][]cairn.Victim, error) {
	found, err := v.Victims(ctx, project, "")
	of := map[string][]cairn.Victim{}
	for _, victim := range found {
		of[victim.ID] = append(of[victim.ID], victim)
	}
	return of, err
}

// calling withholds every name by which lists, and claims of their incidents, call
// somebody: what was published before a list had them may hold it.
func calling(person identify.Person, victims []cairn.Victim) []cairn.Withholding {
	var names []string
	for _, e := range person.Entries {
		names = append(names, publish.EntryNames(e)...)
	}
	keys := map[string]bool{}
	for _, name := range names {
		keys[cairn.Calling(name, "")] = true
	}
	for _, v := range victims {
		for _, name := range slices.Concat(names, v.Names, v.Claimed) {
			keys[cairn.Calling(name, v.Incident)] = true
		}
	}
	var all []cairn.Withholding
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		all = append(all, cairn.Withholding{Kind: cairn.OfPersons, Key: key})
	}
	return all
}

// everShown returns the entries of which it was ever judged how much may be seen.
func (r *Recorder) everShown(ctx context.Context, v store.View) (map[string]bool, error) {
	decided, err := v.Judgements(ctx, r.project.Name)
	ever := map[string]bool{}
	for _, j := range decided {
		if j.Kind == cairn.OfPersons && (j.Decision == cairn.Shows || j.Decision == cairn.Suppress || j.Decision == cairn.Alive) {
			ever[j.Incident] = true
		}
	}
	return ever, err
}

// secrecy gives the project the secret by which persons are named in public, where
// it has none.
func (r *Recorder) secrecy(ctx context.Context, tx *store.Tx) error {
	return tx.PutSecret(ctx, r.project.Name, rand.Text()+rand.Text())
}

// persons is what a release needs to know of the persons of lists.
type persons struct {
	byEntry map[string]identify.Person // by the number of an entry, as p and the number
	shown   map[string]Shown
	victims map[string][]cairn.Victim // by incident
	secret  string
}

func (r *Recorder) persons(ctx context.Context) (persons, error) {
	of := persons{byEntry: map[string]identify.Person{}, victims: map[string][]cairn.Victim{}}
	p, err := r.People(ctx)
	if err != nil || len(p.Persons) == 0 {
		return of, err
	}
	found, err := r.view.Victims(ctx, r.project.Name, "")
	if err != nil {
		return of, err
	}
	for _, v := range found {
		of.victims[v.Incident] = append(of.victims[v.Incident], v)
	}
	of.shown = r.showings(p, r.project)
	for _, person := range p.Persons {
		for _, e := range person.Entries {
			of.byEntry[e.Name()] = person
		}
	}
	of.secret, err = r.view.Secret(ctx, r.project.Name)
	return of, err
}

// bearers returns everybody on lists, by identifier, as what is quoted may name them.
func (of persons) bearers() map[string]publish.Bearer {
	all := map[string]publish.Bearer{}
	for _, person := range of.byEntry {
		if _, ok := all[person.ID]; ok {
			continue
		}
		b := publish.Bearer{Unnamed: of.shown[person.ID].unnamed()}
		for _, e := range person.Entries {
			if of.secret != "" {
				b.Keys = append(b.Keys, publish.PersonKey(of.secret, e.Ref()))
			}
		}
		all[person.ID] = b
	}
	return all
}

// of returns the victims of an incident who were of it when it was signed, as they
// may be shown.
func (of persons) of(a cairn.Assessment) []publish.Victim {
	signed := map[string]bool{}
	for _, id := range a.Victims {
		signed[of.byEntry[id].ID] = true
	}
	var all []publish.Victim
	for _, v := range of.victims[a.Incident] {
		if !signed[v.ID] || of.secret == "" {
			continue
		}
		shown := of.shown[v.ID]
		one := publish.Victim{Victim: v, Display: shown.Display, Agreed: shown.Record != nil}
		for _, ref := range v.Entries {
			one.Keys = append(one.Keys, publish.PersonKey(of.secret, ref))
		}
		all = append(all, one)
	}
	return all
}
