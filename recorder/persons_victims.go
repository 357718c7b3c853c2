package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/store"
)

// PersonsAndIncidents proposes which persons are victims of which incidents.
func (r *Recorder) PersonsAndIncidents(ctx context.Context) (identify.Harmed, error) {
	p, err := r.People(ctx)
	if err != nil {
		return identify.Harmed{}, err
	}
	accounts, err := r.accounts(ctx, r.view)
	return identify.Appear(p.Persons, accounts, p.Decided), err
}

// accounts returns what every incident that is shown says of when, where and who.
func (r *Recorder) accounts(ctx context.Context, v store.View) ([]identify.Account, error) {
	found, err := v.Incidents(ctx, store.Filter{Project: r.project.Name})
	if err != nil {
		return nil, err
	}
	named := map[string][]identify.NamedClaim{}
	names, err := v.NamesIn(ctx, r.project.Name)
	for _, n := range names {
		named[n.Code] = append(named[n.Code], identify.NamedClaim{Name: n.Name, Ref: n.Ref})
	}
	var all []identify.Account
	for _, f := range found {
		if f.Incident.Into == "" && !strings.HasSuffix(f.Incident.Code, computedMark) {
			all = append(all, identify.Account{Incident: f.Incident, Named: named[f.Incident.Code]})
		}
	}
	slices.SortFunc(all, func(a, b identify.Account) int { return cmp.Compare(a.Incident.Code, b.Incident.Code) })
	return all, err
}

// victimsIn returns who is now a victim of which incident, of those whom a linkage
// weighed with the others.
func (r *Recorder) victimsIn(ctx context.Context, v store.View) ([]cairn.Victim, error) {
	p, err := r.peopleIn(ctx, v)
	if err != nil || len(p.Lists) == 0 {
		return nil, err
	}
	p.Persons = linkedOnly(p)
	accounts, err := r.accounts(ctx, v)
	if err != nil {
		return nil, err
	}
	return identify.Victims(p.Persons, identify.Appear(p.Persons, accounts, p.Decided), accounts, p.Matches, p.Decided, p.Lists), nil
}

// settlePersons records anew who is a victim of which incident, and assesses the
// incidents whose victims changed. A signed assessment stays as it is; what is
// now made of the incident stands beside it.
func (r *Recorder) settlePersons(ctx context.Context, tx *store.Tx, d *desk) error {
	victims, err := r.victimsIn(ctx, tx.View)
	if err != nil {
		return err
	}
	if len(victims) > 0 {
		if err := r.secrecy(ctx, tx); err != nil {
			return err
		}
	}
	changed, err := tx.PutVictims(ctx, r.project.Name, victims)
	if err != nil {
		return err
	}
	if d == nil {
		d = newDesk(r)
		d.begin(tx)
	}
	for _, code := range changed {
		if _, err := r.settle(ctx, tx, d, code); err != nil && !errors.Is(err, cairn.ErrNotFound) {
			return err
		}
	}
	return nil
}

// placePersons brings who is a victim of which incident in line with reports that
// came, where that changes anything.
func (r *Recorder) placePersons(ctx context.Context) error {
	lists, err := r.view.Lists(ctx, r.project.Name)
	if err != nil || !slices.ContainsFunc(lists, func(l cairn.List) bool { return l.LinkedBy > 0 }) {
		return err
	}
	now, err := r.victimsIn(ctx, r.view)
	if err != nil {
		return err
	}
	was, err := r.view.Victims(ctx, r.project.Name, "")
	if err != nil || len(now) == 0 && len(was) == 0 || alike(now, was) {
		return err
	}
	_, err = r.store.Write(ctx, r.act("link", onPersons, "reports came of incidents of theirs"), func(tx *store.Tx) error { return r.settlePersons(ctx, tx, nil) })
	return hinted(err)
}

// linkedOnly returns the persons without the entries that no linkage weighed with
// the others yet, since they may be persons who stand there already.
func linkedOnly(p People) []identify.Person {
	linked := map[string]int{}
	for _, l := range p.Lists {
		linked[l.ID] = l.Linked
	}
	var all []identify.Person
	for _, person := range p.Persons {
		kept := slices.DeleteFunc(slices.Clone(person.Entries), func(e cairn.Entry) bool { return e.First > linked[e.List] })
		if len(kept) > 0 {
			all = append(all, identify.Person{ID: person.ID, Entries: kept})
		}
	}
	return all
}

// JudgeVictim records that a person, by identifier or as list/key, is a victim of
// an incident, or is none of it. It is undone as other judgements are.
func (r *Recorder) JudgeVictim(ctx context.Context, decision cairn.Decision, who, code, why string) (cairn.Judgement, error) {
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	name, err := p.name(who)
	if err != nil {
		return cairn.Judgement{}, err
	}
	return r.judge(ctx, onPersons, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		return []cairn.Judgement{{Decision: decision, Kind: cairn.OfPersons, Incident: name, Others: []string{i.Code}}}, err
	})
}

// FoundAlive records that a person of the lists is alive: they are a victim of
// nothing, and no figure rests on them. It is undone as other judgements are.
func (r *Recorder) FoundAlive(ctx context.Context, who, why string) (cairn.Judgement, error) {
	if why == "" {
		return cairn.Judgement{}, cairn.Invalid{Field: "why", Reason: "say how it is known that the person is alive"}
	}
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	name, err := p.name(who)
	if err != nil {
		return cairn.Judgement{}, err
	}
	return r.judge(ctx, onPersons, why, func(*store.Tx) ([]cairn.Judgement, error) {
		return []cairn.Judgement{{Decision: cairn.Alive, Kind: cairn.OfPersons, Incident: name}}, nil
	})
}

// name returns the name of the entry that stands for somebody in judgements which
// others may see: that of the first of a person, or of an entry by list/key.
func (p People) name(who string) (string, error) {
	ref, err := p.entry(who)
	if err != nil {
		return "", err
	}
	for _, person := range p.Persons {
		for _, e := range person.Entries {
			if e.Ref() == ref {
				return e.Name(), nil
			}
		}
	}
	return "", fmt.Errorf("person or entry %s: %w", who, cairn.ErrNotFound)
}

// Person returns the person of an identifier, or whose entry has a name.
func (p People) Person(name string) (identify.Person, error) {
	ref, err := p.entry(name)
	if err != nil {
		return identify.Person{}, err
	}
	for _, person := range p.Persons {
		if slices.ContainsFunc(person.Entries, func(e cairn.Entry) bool { return e.Ref() == ref }) {
			return person, nil
		}
	}
	return identify.Person{}, fmt.Errorf("person or entry %s: %w", name, cairn.ErrNotFound)
}
