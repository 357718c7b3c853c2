package recorder

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/assess"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// connect takes the claims of a reading to incidents. It returns how many of
// them are new, and the codes of all.
func (r *Recorder) connect(ctx context.Context, tx *store.Tx, d *desk, doc cairn.Document, reading cairn.Reading) (made int, codes []string, err error) {
	if len(reading.Claims) == 0 {
		return 0, nil, nil
	}
	report := link.Report{Document: doc.ID, Reading: reading.ID, Published: doc.Published, Source: doc.Source, Claims: reading.Claims}
	words, err := d.document(ctx, tx.View, doc.ID)
	if err != nil {
		return 0, nil, err
	}
	report.Words = words.words
	near, err := r.near(ctx, tx, d, report)
	if err != nil {
		return 0, nil, err
	}
	for _, l := range link.Incidents(near, report) {
		i, err := r.incidentOf(ctx, tx, l)
		if err != nil {
			return made, codes, err
		}
		if l.New() {
			made++
		}
		if err := r.put(ctx, tx, d, l.Into(i)); err != nil {
			return made, codes, err
		}
		shown, err := r.shown(ctx, tx, d, i)
		if err != nil {
			return made, codes, err
		}
		codes = append(codes, shown...)
	}
	return made, codes, nil
}

// ofProject returns the judgements of one project.
func ofProject(all []cairn.Judgement, project string) []cairn.Judgement {
	var of []cairn.Judgement
	for _, j := range all {
		if j.Project == project {
			of = append(of, j)
		}
	}
	return of
}

// shown returns the codes of the incidents that show what the links put into i:
// itself, unless persons merged or split it.
func (r *Recorder) shown(ctx context.Context, tx *store.Tx, d *desk, i cairn.Incident) ([]string, error) {
	if i.Into == "" {
		return []string{i.Code}, nil
	}
	return r.compose(ctx, tx, d, i.Into)
}

// near returns the incidents that a report may be of, with their testimonies, as
// the links made them.
func (r *Recorder) near(ctx context.Context, tx *store.Tx, d *desk, report link.Report) ([]link.Known, error) {
	var all []link.Known
	seen := map[string]bool{}
	for _, area := range link.Areas(report) {
		found, err := tx.IncidentsNear(ctx, r.project.Name, nearOf(area))
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			if seen[i.Code] || i.Elsewhere != nil || i.Judged {
				continue
			}
			seen[i.Code] = true
			k, err := d.known(ctx, tx.View, i)
			if err != nil {
				return nil, err
			}
			k.Incident.Code, k.Incident.Into = strings.TrimSuffix(i.Code, computedMark), ""
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b link.Known) int { return cmp.Compare(a.Code, b.Code) })
	return all, nil
}

// incidentOf returns the incident that a link is to: the known one, or a new one
// with the next code.
func (r *Recorder) incidentOf(ctx context.Context, tx *store.Tx, l link.Link) (cairn.Incident, error) {
	if !l.New() {
		return r.computed(ctx, tx, l.Code)
	}
	n, err := tx.NextNumber(ctx, r.project.Name)
	for ; err == nil; n++ {
		code := r.codeOf(n)
		if _, err = tx.IncidentAs(ctx, r.project.Name, code); errors.Is(err, cairn.ErrNotFound) {
			return cairn.Incident{Code: code, Project: r.project.Name}, nil
		}
	}
	return cairn.Incident{}, err
}

// codeOf returns the code of incident n of the project.
func (r *Recorder) codeOf(n int) string {
	return cmp.Or(r.project.Prefix, defaultPrefix) + strconv.Itoa(n)
}

// put records an incident.
func (r *Recorder) put(ctx context.Context, tx *store.Tx, d *desk, i cairn.Incident) error {
	delete(d.incidents, i.Code)
	_, err := tx.PutIncident(ctx, i)
	return err
}

// settle records what the policy now makes of an incident, where that is
// something new, and reports whether it is.
func (r *Recorder) settle(ctx context.Context, tx *store.Tx, d *desk, code string) (bool, error) {
	k, err := r.knownOf(ctx, tx, d, code)
	if err != nil {
		return false, err
	}
	a, err := r.assess(ctx, tx.View, d, k)
	if err != nil {
		return false, err
	}
	if a, err = r.overridden(ctx, tx, a); err != nil {
		return false, err
	}
	newest, err := d.newest(ctx, tx.View, r.project.Name, code)
	if err != nil || same(a, newest) {
		return false, err
	}
	a, err = tx.PutAssessment(ctx, r.project.Name, a)
	d.assessed[code] = a
	return true, err
}

func (r *Recorder) knownOf(ctx context.Context, tx *store.Tx, d *desk, code string) (link.Known, error) {
	i, err := tx.Incident(ctx, r.project.Name, code)
	if err != nil {
		return link.Known{}, err
	}
	return d.known(ctx, tx.View, i)
}

// assess proposes what to make of an incident, from its testimonies and from
// which of its documents repeat one original.
func (r *Recorder) assess(ctx context.Context, v store.View, d *desk, k link.Known) (cairn.Assessment, error) {
	victims, err := v.Victims(ctx, r.project.Name, k.Incident.Code)
	if err != nil {
		return cairn.Assessment{}, err
	}
	if k.Incident.Elsewhere != nil {
		return assess.WithVictims(assess.Elsewhere(k.Incident, k.Testimonies), victims), nil
	}
	docs, claims, err := d.reports(ctx, v, k)
	if err != nil {
		return cairn.Assessment{}, err
	}
	testimonies := slices.Clone(k.Testimonies)
	for i, t := range testimonies {
		if testimonies[i].Document.Source, err = d.voice(ctx, v, t.Document.Source); err != nil {
			return cairn.Assessment{}, err
		}
	}
	origins, err := d.origins(ctx, v, docs, claims)
	if err != nil {
		return cairn.Assessment{}, err
	}
	return assess.Incident(k.Incident, testimonies, groupsOf(origins), r.policy, r.parties, victims...), nil
}

// same reports whether two assessments say the same, whoever signed them.
func same(a, b cairn.Assessment) bool {
	a.Revision, b.Revision, a.Signed, b.Signed = 0, 0, nil, nil
	return alike(a, b)
}
