package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// What the links compute and what persons make of it are kept apart. Where they
// differ, the incident that is shown is made anew of both, and what the links
// computed stands beside it under its code with this mark behind, hidden. The
// links see only what they computed, so that a judgement that is undone leaves
// nothing behind, and a later import undoes none.
const computedMark = "~"

// computed returns an incident of exactly this code as the links made it;
// cairn.ErrNotFound for one that persons alone made.
func (r *Recorder) computed(ctx context.Context, tx *store.Tx, code string) (cairn.Incident, error) {
	i, err := tx.IncidentAs(ctx, r.project.Name, code)
	if err != nil || !i.Judged {
		return i, err
	}
	return tx.IncidentAs(ctx, r.project.Name, code+computedMark)
}

// A family is nouns of one kind, such as incidents, that judgements bind together, by code, and all of these
// judgements, undone or not.
type family struct {
	codes   []string
	decided []cairn.Judgement
}

// familyOf finds the family of a noun of one kind.
func familyOf(ctx context.Context, v store.View, project string, kind cairn.Kind, code string) (family, error) {
	f := family{codes: []string{code}}
	seen := map[string]bool{}
	for k := 0; k < len(f.codes); k++ {
		decided, err := v.JudgementsOf(ctx, project, f.codes[k])
		if err != nil {
			return f, err
		}
		for _, j := range decided {
			if seen[j.ID] || j.Kind != kind {
				continue
			}
			seen[j.ID] = true
			f.decided = append(f.decided, j)
			for _, other := range append([]string{j.Incident}, j.Others...) {
				if other != "" && !slices.Contains(f.codes, other) {
					f.codes = append(f.codes, other)
				}
			}
		}
	}
	slices.Sort(f.codes)
	slices.SortFunc(f.decided, func(a, b cairn.Judgement) int { return compareTaken(a.ID, b.ID) })
	return f, nil
}

// compose makes the incidents of a family anew from what the links computed and
// what persons decided, and returns the codes of those that are shown. An
// incident without judgements is its own family and stays as it is.
func (r *Recorder) compose(ctx context.Context, tx *store.Tx, d *desk, code string) ([]string, error) {
	f, err := familyOf(ctx, tx.View, r.project.Name, cairn.OfIncidents, code)
	if err != nil {
		return nil, err
	}
	if len(f.decided) == 0 {
		return []string{code}, nil
	}
	active := judge.Active(f.decided)
	c := composition{Recorder: r, tx: tx, desk: d, active: active, standing: judge.Of(active), bases: map[string]link.Known{},
		parts: map[string][]cairn.Testimony{}, accepted: map[string][]string{}}
	if err := c.gather(ctx, f.codes); err != nil {
		return nil, err
	}
	if err := c.accept(ctx, active); err != nil {
		return nil, err
	}
	var shown []string
	for _, code := range f.codes {
		is, err := c.place(ctx, code, f)
		if err != nil {
			return nil, err
		}
		if is {
			shown = append(shown, code)
		}
	}
	return shown, nil
}

// composition is a family on its way.
type composition struct {
	*Recorder
	tx       *store.Tx
	desk     *desk
	active   []cairn.Judgement
	standing judge.Standing
	bases    map[string]link.Known        // what the links computed, by the code that is shown
	parts    map[string][]cairn.Testimony // what belongs to each incident
	order    []string                     // of the bases
	moved    map[string][]cairn.Judgement
	accepted map[string][]string // why claims of other readings belong to it
}

// gather takes each claim to the incident that it now belongs to.
func (c *composition) gather(ctx context.Context, codes []string) error {
	c.moved = map[string][]cairn.Judgement{}
	for _, code := range codes {
		base, err := c.computed(ctx, c.tx, code)
		if errors.Is(err, cairn.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		known, err := c.desk.known(ctx, c.tx.View, base)
		if err != nil {
			return err
		}
		known.Incident.Code, known.Incident.Into, known.Incident.Judged = code, "", false
		c.bases[code], c.order = known, append(c.order, code)
		for _, t := range known.Testimonies {
			at := code
			if to, by := c.standing.Moved(t.Ref.Document, t.Claim); to != "" {
				at = to
				c.moved[c.standing.Root(at)] = append(c.moved[c.standing.Root(at)], by)
			}
			root := c.standing.Root(at)
			now, err := c.correct(ctx, root, t)
			if err != nil {
				return err
			}
			if now != nil {
				c.parts[root] = append(c.parts[root], *now)
			}
		}
	}
	return nil
}

// place records one incident of the family where it now stands, and reports
// whether it is shown.
func (c *composition) place(ctx context.Context, code string, f family) (bool, error) {
	base, hasBase := c.bases[code]
	root := c.standing.Root(code)
	at, err := placedBy(c.active, code)
	if err != nil {
		return false, err
	}
	switch {
	case root != code && hasBase:
		hidden := base.Incident
		hidden.Into = root
		return false, c.both(ctx, hidden, nil)
	case root != code:
		return false, c.both(ctx, cairn.Incident{Code: code, Project: c.project.Name, Into: root, Judged: true}, nil)
	case hasBase && sameClaims(base.Testimonies, c.parts[code]) && !c.hasMerged(code) && at == nil:
		return true, c.both(ctx, base.Incident, nil)
	case !hasBase && len(c.parts[code]) == 0:
		return false, c.both(ctx, cairn.Incident{Code: code, Project: c.project.Name, Into: f.origin(code), Judged: true}, nil)
	case !hasBase:
		return true, c.both(ctx, c.made(code, cairn.Incident{Code: code, Project: c.project.Name}, at), nil)
	}
	kept := base.Incident
	kept.Code, kept.Into = code+computedMark, code
	return true, c.both(ctx, c.made(code, base.Incident, at), &kept)
}

// origin is the incident that one which persons made was split from.
func (f family) origin(code string) string {
	for _, j := range f.decided {
		if j.Decision == cairn.Split && slices.Contains(j.Others, code) {
			return j.Incident
		}
	}
	return ""
}

// both records an incident and what the links computed of it, nil where that is
// the same or is not hidden.
func (c *composition) both(ctx context.Context, i cairn.Incident, computed *cairn.Incident) error {
	mark := i.Code + computedMark
	if computed != nil {
		if err := c.put(ctx, c.tx, c.desk, *computed); err != nil {
			return err
		}
	} else if _, err := c.tx.IncidentAs(ctx, c.project.Name, mark); err == nil {
		delete(c.desk.incidents, mark)
		if err := c.tx.DropIncident(ctx, c.project.Name, mark); err != nil {
			return err
		}
	} else if !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	return c.put(ctx, c.tx, c.desk, i)
}

// hasMerged reports whether other incidents were merged into that of code.
func (c *composition) hasMerged(code string) bool { return len(c.formerOf(code)) > 0 }

// formerOf returns the codes of the incidents that were merged into that of code.
func (c *composition) formerOf(code string) []string {
	var all []string
	for _, other := range c.order {
		if other != code && c.standing.Root(other) == code {
			all = append(all, other)
		}
	}
	return all
}

// made is an incident with the claims that now belong to it, and why; at is where a
// person located it, nil where nobody did.
func (c *composition) made(code string, i cairn.Incident, at *cairn.Where) cairn.Incident {
	i.Judged, i.Claims, i.Reasons = true, nil, slices.Clone(i.Reasons)
	for _, former := range c.formerOf(code) {
		i.Former = append(slices.Clone(i.Former), former)
		i.Reasons = append(i.Reasons, c.bases[former].Reasons...)
		if j, ok := c.standing.Merged(former); ok {
			i.Reasons = append(i.Reasons, former+" was merged into it "+by(j))
		}
	}
	for _, j := range onceEach(c.moved[code]) {
		i.Reasons = append(i.Reasons, j.Document+": moved to it from "+j.Incident+" "+by(j))
	}
	i.Reasons = append(i.Reasons, c.accepted[code]...)
	for _, t := range c.parts[code] {
		i.Claims = append(i.Claims, t.Ref)
	}
	i = link.Union(link.Known{Incident: i, Testimonies: c.parts[code]})
	if at != nil {
		i.Where = at
	}
	return i
}

// by says who decided something, when and why.
func by(j cairn.Judgement) string {
	said := fmt.Sprintf("by %s on %s", j.Who, cairn.DayOf(j.At))
	if j.Why != "" {
		said += ": " + j.Why
	}
	return said
}

// onceEach returns judgements without those that say the same of one document.
func onceEach(all []cairn.Judgement) []cairn.Judgement {
	var once []cairn.Judgement
	for _, j := range all {
		if !slices.ContainsFunc(once, func(o cairn.Judgement) bool {
			return o.Document == j.Document && o.Incident == j.Incident && o.At.Equal(j.At)
		}) {
			once = append(once, j)
		}
	}
	return once
}

func sameClaims(a, b []cairn.Testimony) bool {
	return slices.EqualFunc(a, b, func(x, y cairn.Testimony) bool { return x.Ref == y.Ref })
}
