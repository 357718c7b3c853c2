package recorder

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// People is who stands on the lists of the project, with what it was made of.
type People struct {
	Persons []identify.Person
	Matches []cairn.Match
	Decided []cairn.Judgement // of persons, those that stand
	Lists   []cairn.List
}

// LinkPersons weighs anew which entries of the lists of the project are one
// person, and records what speaks for each pair. It says what a person should
// know of it. What persons decided stays over it.
//
// Nobody is taken apart, and no two persons are made one, of whom the lists say
// what they said when they were linked last, unless somebody has labelled or
// decided a pair since: then everybody is weighed by what that teaches.
func (r *Recorder) LinkPersons(ctx context.Context, note func(string)) (People, error) {
	if err := r.writable(); err != nil {
		return People{}, err
	}
	p, err := r.People(ctx)
	if err != nil {
		return p, err
	}
	matches, entries, err := r.linked(ctx, p, note)
	if err != nil {
		return p, err
	}
	_, err = r.store.Write(ctx, r.act("link", onPersons, fmt.Sprintf("%d entries of %d lists", entries, len(p.Lists))), func(tx *store.Tx) error {
		if err := tx.PutMatches(ctx, r.project.Name, matches); err != nil {
			return err
		}
		for _, l := range p.Lists {
			l.Linked, l.LinkedBy = len(l.Releases), tx.Act().Number
			if err := tx.PutList(ctx, l); err != nil {
				return err
			}
		}
		if err := r.withhold(ctx, tx); err != nil {
			return err
		}
		return r.settlePersons(ctx, tx, nil)
	})
	if err != nil {
		return p, hinted(err)
	}
	return r.People(ctx)
}

// linked weighs the entries of the lists, and says of how many.
func (r *Recorder) linked(ctx context.Context, p People, note func(string)) ([]cairn.Match, int, error) {
	kinds := map[string]map[string]string{}
	last := 0
	for _, l := range p.Lists {
		kinds[l.ID] = l.Kinds
		last = max(last, l.LinkedBy)
	}
	entries, err := r.view.Entries(ctx, r.project.Name, "")
	if err != nil {
		return nil, 0, err
	}
	labels, err := r.view.Labels(ctx, r.project.Name)
	if err != nil {
		return nil, 0, err
	}
	known := identify.Taught(labels, p.Decided)
	matched, err := identify.Match(ctx, entries, kinds, known)
	if err != nil {
		return nil, 0, err
	}
	if len(known) > 0 {
		note(fmt.Sprintf("pairs that people looked at teach the weights: %d", len(known)))
	}
	for _, n := range matched.Notes {
		note(n)
	}
	taught, err := r.taughtSince(ctx, last)
	if err != nil || taught || last == 0 {
		return matched.Matches, len(entries), err
	}
	made, err := r.view.EntriesMade(ctx, r.project.Name)
	steady, moved := identify.Steady(entries, p.Matches, matched.Matches, func(ref string) bool { return made[ref] <= last })
	if moved > 0 {
		note(fmt.Sprintf("pairs of which the lists say what they said, and which stay as they were: %d", moved))
	}
	return steady, len(entries), err
}

// taughtSince reports whether somebody labelled or decided a pair after an act.
func (r *Recorder) taughtSince(ctx context.Context, act int) (bool, error) {
	label, err := r.view.LastLabel(ctx, r.project.Name)
	if err != nil || label > act {
		return label > act, err
	}
	all, err := r.view.Judgements(ctx, r.project.Name)
	return slices.ContainsFunc(all, func(j cairn.Judgement) bool {
		var by int
		_, failed := fmt.Sscanf(j.ID, "j%d", &by)
		return failed == nil && by > act && j.Kind == cairn.OfPersons && (j.Decision == cairn.Merge || j.Decision == cairn.NotSame || j.Decision == cairn.Undo)
	}), err
}

// People returns who stands on the lists, as the last linkage and the judgements
// have it.
func (r *Recorder) People(ctx context.Context) (People, error) { return r.peopleIn(ctx, r.view) }

func (r *Recorder) peopleIn(ctx context.Context, v store.View) (People, error) {
	var p People
	var err error
	if p.Lists, err = v.Lists(ctx, r.project.Name); err != nil || len(p.Lists) == 0 {
		return p, err
	}
	entries, err := v.Entries(ctx, r.project.Name, "")
	if err != nil {
		return p, err
	}
	if p.Matches, err = v.Matches(ctx, r.project.Name); err != nil {
		return p, err
	}
	all, err := v.Judgements(ctx, r.project.Name)
	if err != nil {
		return p, err
	}
	p.Decided = slices.DeleteFunc(judge.Active(all), func(j cairn.Judgement) bool { return j.Kind != cairn.OfPersons })
	p.Persons = identify.Persons(entries, p.Matches, p.Decided)
	return p, nil
}

// JudgePersons records that entries of lists, or persons by their identifiers, are
// one person or are not. It is undone as other judgements are.
func (r *Recorder) JudgePersons(ctx context.Context, decision cairn.Decision, who []string, why string) (cairn.Judgement, error) {
	p, err := r.People(ctx)
	if err != nil {
		return cairn.Judgement{}, err
	}
	var refs []string
	for _, name := range who {
		ref, err := p.entry(name)
		if err != nil {
			return cairn.Judgement{}, err
		}
		if slices.Contains(refs, ref) {
			return cairn.Judgement{}, cairn.Invalid{Field: name, Reason: "is " + ref + ", which is said already"}
		}
		refs = append(refs, ref)
	}
	if len(refs) < 2 {
		return cairn.Judgement{}, cairn.Invalid{Field: "person", Reason: "say two or more, as list/key or as a person's identifier"}
	}
	return r.judge(ctx, onPersons, why, func(*store.Tx) ([]cairn.Judgement, error) {
		return []cairn.Judgement{{Decision: decision, Kind: cairn.OfPersons, Incident: refs[0], Others: refs[1:]}}, nil
	})
}

// onPersons is what acts about persons are said to be on: the identifier of an
// entry is private, and acts are seen by others.
const onPersons = "persons"

// entry returns the entry that a name stands for: list/key, or the first of a
// person.
func (p People) entry(name string) (string, error) {
	for _, person := range p.Persons {
		if person.ID == name {
			return person.Entries[0].Ref(), nil
		}
		for _, e := range person.Entries {
			if e.Ref() == name {
				return name, nil
			}
		}
	}
	return "", fmt.Errorf("person or entry %s: %w", name, cairn.ErrNotFound)
}

// Histories returns which lists have each person, by strata. With draws, who is
// who is drawn that many times from what is likely, seeded, and the histories of
// each draw follow one another.
func (p People) Histories(strata []string, draws int, seed uint64) []identify.Histories {
	var lists []string
	for _, l := range p.Lists {
		lists = append(lists, l.ID)
	}
	if draws == 0 {
		return []identify.Histories{identify.HistoriesOf(p.Persons, lists, strata, 0)}
	}
	var entries []cairn.Entry
	for _, person := range p.Persons {
		entries = append(entries, person.Entries...)
	}
	slices.SortFunc(entries, func(a, b cairn.Entry) int { return cmp.Compare(a.Number, b.Number) })
	var all []identify.Histories
	for d := 1; d <= draws; d++ {
		persons := identify.Persons(entries, identify.Draw(p.Matches, seed, d), p.Decided)
		all = append(all, identify.HistoriesOf(persons, lists, strata, d))
	}
	return all
}
