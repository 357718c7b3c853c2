package identify

import (
	"context"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// Doubtful is the probability from which a pair is worth a person's look; below
// it two entries are taken for two persons without a word.
const Doubtful = 0.05

// Matched is what the lists alone say of who is who. Notes is what a person should
// know of it: the plan, and persons whose entries speak against one another.
type Matched struct {
	Matches []cairn.Match
	Notes   []string
}

// Match weighs which entries are one person, those that a list has left out
// since among them: they said what they said. What each field speaks is kept of
// the pairs that are worth a look. Labels are what is known of pairs, for the
// weights to learn from.
func Match(ctx context.Context, entries []cairn.Entry, kinds map[string]map[string]string, labels []cairn.Label) (Matched, error) {
	lists, refs := lay(entries, kinds)
	if len(lists) == 0 {
		return Matched{}, nil
	}
	var out Matched
	found, err := linkage.Link(ctx, lists, linkage.Options{Threshold: Doubtful, Explain: true, Labels: taught(refs, labels), Plan: func(p linkage.Plan) { out.Notes = append(out.Notes, p.String()) }})
	if err != nil {
		return out, err
	}
	person := map[linkage.Row]int{}
	for n, rows := range found.Persons {
		for _, r := range rows {
			person[r] = n + 1
		}
	}
	for _, p := range found.Pairs {
		joined := person[p.A] > 0 && person[p.A] == person[p.B]
		if nameAlone(p) && p.Probability > undecided {
			joined, p.Probability = false, undecided
		}
		out.Matches = append(out.Matches, match(refs, p, joined))
	}
	for _, c := range found.Conflicts {
		out.Notes = append(out.Notes, refs[c.Rows[0].List][c.Rows[0].Number].Ref()+" and "+refs[c.Rows[1].List][c.Rows[1].Number].Ref()+": "+c.Reason)
	}
	return out, nil
}

// undecided is how probable a match counts that only a name speaks for: namesakes
// are many, and who they are is for a person to say.
const undecided = .5

// nameAlone reports whether nothing but a name, and the sex that goes with it,
// speaks for a pair.
func nameAlone(p linkage.Pair) bool {
	named := []linkage.Kind{linkage.Name, linkage.GivenName, linkage.FatherName, linkage.FamilyName, linkage.Sex}
	return !slices.ContainsFunc(p.Fields, func(f linkage.Field) bool { return f.Weight > 0 && !slices.Contains(named, f.Kind) })
}

// taught are labels as the linkage takes them; those of entries that are not there
// are left out.
func taught(refs [][]cairn.Entry, labels []cairn.Label) []linkage.Label {
	at := map[string]linkage.Row{}
	for l, entries := range refs {
		for n, e := range entries {
			at[e.Ref()] = linkage.Row{List: l, Number: n}
		}
	}
	var all []linkage.Label
	for _, l := range labels {
		a, ok := at[l.A]
		b, too := at[l.B]
		if ok && too {
			all = append(all, linkage.Label{A: a, B: b, Same: l.Says == cairn.SamePerson})
		}
	}
	return all
}

func match(refs [][]cairn.Entry, p linkage.Pair, joined bool) cairn.Match {
	a, b := refs[p.A.List][p.A.Number], refs[p.B.List][p.B.Number]
	if b.Number < a.Number {
		a, b = b, a
	}
	m := cairn.Match{A: a.Ref(), B: b.Ref(), Probability: p.Probability, Weight: p.Weight, Joined: joined}
	if m.Probability > 1-Doubtful {
		return m
	}
	for _, f := range p.Fields {
		m.Fields = append(m.Fields, cairn.MatchWeight{Field: f.Name, Agreement: f.Agreement, Weight: f.Weight})
	}
	return m
}

// lay lays the entries of each list out for the linkage, lists by name, entries
// in the order in which they came.
func lay(entries []cairn.Entry, kinds map[string]map[string]string) ([]*linkage.List, [][]cairn.Entry) {
	of := map[string][]cairn.Entry{}
	for _, e := range entries {
		of[e.List] = append(of[e.List], e)
	}
	var lists []*linkage.List
	var refs [][]cairn.Entry
	for _, name := range slices.Sorted(maps.Keys(of)) {
		fields := fieldsOf(of[name])
		columns := make([]linkage.Column, len(fields))
		for i, f := range fields {
			columns[i] = linkage.Column{Header: f, Kind: kindOf(f, kinds[name])}
		}
		l := linkage.NewList(name, columns)
		for _, e := range of[name] {
			values := make([]string, len(fields))
			for i, f := range fields {
				values[i] = e.Values[f]
			}
			if err := l.Add(values); err != nil {
				panic(err) // a value for each column was laid
			}
		}
		lists, refs = append(lists, l), append(refs, of[name])
	}
	return lists, refs
}

func fieldsOf(entries []cairn.Entry) []string {
	all := map[string]bool{}
	for _, e := range entries {
		for f := range e.Values {
			all[f] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// kindOf returns what a field holds: a field of the linkage by its own name, a
// header as the list says.
func kindOf(field string, kinds map[string]string) linkage.Kind {
	if k := linkage.Kind(field); slices.Contains(linkage.Kinds, k) {
		return k
	}
	if k, ok := kinds[field]; ok {
		return linkage.Kind(k)
	}
	return linkage.Text
}
