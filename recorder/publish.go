package recorder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/store"
)

// Public is what a project made public, for pages that may show nothing else.
type Public = store.Public

// Public returns what the project made public.
func (r *Recorder) Public() Public { return r.View().Public(r.project.Name) }

// Publish makes the public form of every incident whose signed assessment stands
// and freezes them as a release. Where nothing changed since the last release it
// answers with that one and records nothing, and where nobody signed anything yet
// with none, as the zero Release.
func (r *Recorder) Publish(ctx context.Context, why string) (cairn.Release, error) {
	if err := r.writable(); err != nil {
		return cairn.Release{}, err
	}
	for {
		act, err := r.view.LastAct(ctx)
		if err != nil {
			return cairn.Release{}, err
		}
		d, err := r.draft(ctx)
		if err != nil {
			return cairn.Release{}, fmt.Errorf("publish: %w", hinted(err))
		}
		if d.same() {
			return d.last, nil
		}
		release, fresh, err := r.release(ctx, d, act, why)
		if err != nil || fresh {
			return release, hinted(err)
		}
	}
}

// release records a release, unless something was recorded after act, of which
// the draft knows nothing.
func (r *Recorder) release(ctx context.Context, d *draft, act int, why string) (release cairn.Release, fresh bool, err error) {
	_, err = r.store.Write(ctx, r.act("publish", "", why), func(tx *store.Tx) error {
		if fresh = tx.Act().Number == act+1; !fresh {
			return errStale
		}
		if release, err = d.put(ctx, tx); err == nil {
			err = r.withhold(ctx, tx) // of a suppressed source what came since
		}
		tx.About(fmt.Sprintf("release %d", release.Number), "")
		return err
	})
	if errors.Is(err, errStale) {
		return release, false, nil
	}
	return release, fresh, err
}

var errStale = fmt.Errorf("what was drafted is out of date: %w", cairn.ErrConflict)

// A draft is a release on its way.
type draft struct {
	head     cairn.Release
	last     cairn.Release
	stood    map[string]string // the digests of the last release, by code
	forms    map[string]cairn.Published
	digests  map[string]string
	revision map[string]int // of the assessments

	estimates []store.EstimateForm
}

// draft composes what would now be published.
func (r *Recorder) draft(ctx context.Context) (*draft, error) {
	d := &draft{forms: map[string]cairn.Published{}, digests: map[string]string{}, revision: map[string]int{}}
	var err error
	if d.last, d.stood, err = r.view.Standing(ctx, r.project.Name); err != nil {
		return nil, err
	}
	c, err := r.composer(ctx)
	if err != nil {
		return nil, err
	}
	found, err := r.view.Incidents(ctx, store.Filter{Project: r.project.Name, Stage: store.Signed})
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		c.signed[a.Incident.Code] = true
	}
	for _, a := range found {
		form, err := c.form(ctx, a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Incident.Code, err)
		}
		d.forms[form.Code], d.revision[form.Code] = form, a.Assessment.Revision
	}
	if err := d.mention(); err != nil {
		return nil, err
	}
	if d.estimates, err = c.estimateForms(ctx); err != nil {
		return nil, err
	}
	d.head, err = r.head(ctx, c)
	for _, f := range d.estimates {
		d.head.Estimates = append(d.head.Estimates, cairn.EstimateMark{ID: f.ID, Title: f.Title, Digest: f.Digest})
	}
	d.head.Incidents = len(d.forms)
	if err == nil {
		d.head.Digest, err = d.digest()
	}
	return d, err
}

// mention notes of each form whose texts name it, with which it is whole.
func (d *draft) mention() (err error) {
	mentions := publish.Mentions(d.forms)
	for code, form := range d.forms {
		form.Mentions = mentions[code]
		d.forms[code] = form
		if d.digests[code], err = publish.Digest(form); err != nil {
			return err
		}
	}
	return nil
}

// head is what a release says of the project.
func (r *Recorder) head(ctx context.Context, c *composer) (cairn.Release, error) {
	p := r.project
	grades, err := Headline(p)
	if err != nil {
		return cairn.Release{}, err
	}
	head := cairn.Release{Project: p.Name, Title: p.Title, Scope: p.Scope, Policy: p.Policy, Grades: grades, Coverage: p.Coverage, Credit: p.Credit, Publicity: p.Publicity}
	for _, related := range c.related {
		if len(related.Toll) > 0 {
			signed := slices.DeleteFunc(slices.Clone(related.Incidents), func(code string) bool { return !c.signed[code] })
			head.Shared = append(head.Shared, cairn.SharedToll{Incidents: signed, Toll: related.Toll})
		}
	}
	head.Circumstances, err = r.view.Circumstances(ctx, store.Filter{Project: p.Name})
	for i := range head.Circumstances {
		h := &head.Circumstances[i]
		h.Claim = nil
		h.Title, h.Place = c.names.Mask(h.Title), c.names.Mask(h.Place)
		if h.Link != "" {
			h.Link = c.names.Address(h.Link)
		}
	}
	return head, err
}

// digest is the hash of what the release says, its number, day and history aside.
func (d *draft) digest() (string, error) {
	sum := sha256.New()
	err := json.NewEncoder(sum).Encode(d.head)
	for _, code := range slices.Sorted(maps.Keys(d.digests)) {
		fmt.Fprintln(sum, code, d.digests[code])
	}
	return hex.EncodeToString(sum.Sum(nil)), err
}

// same reports whether there is nothing to release: nobody signed anything yet,
// or the last release says the same.
func (d *draft) same() bool {
	if d.last.Number == 0 {
		return len(d.forms)+len(d.estimates) == 0
	}
	return d.last.Digest == d.head.Digest
}

// put records the release with the forms that changed.
func (d *draft) put(ctx context.Context, tx *store.Tx) (cairn.Release, error) {
	d.head.Number, d.head.Day = d.last.Number+1, cairn.DayOf(tx.Act().At)
	var corrections []cairn.Correction
	var forms []store.Form
	for _, code := range slices.Sorted(maps.Keys(d.forms)) {
		if d.stood[code] == d.digests[code] {
			continue
		}
		form, correction, err := d.revised(ctx, tx, code)
		if err != nil {
			return d.head, err
		}
		corrections = append(corrections, correction...)
		forms = append(forms, store.Form{Published: form, Assessment: d.revision[code], Digest: d.digests[code]})
	}
	if err := tx.PutPublished(ctx, d.head.Project, forms); err != nil {
		return d.head, err
	}
	if err := d.putEstimates(ctx, tx); err != nil {
		return d.head, err
	}
	gone, err := d.gone(ctx, tx)
	if err != nil {
		return d.head, err
	}
	d.head.Corrections = append(append(corrections, gone...), d.last.Corrections...)
	return tx.PutRelease(ctx, d.head)
}

// putEstimates records what the release says of estimates, where it is something
// else than the release before said.
func (d *draft) putEstimates(ctx context.Context, tx *store.Tx) error {
	said := map[string]string{}
	for _, m := range d.last.Estimates {
		said[m.ID] = m.Digest
	}
	for _, f := range d.estimates {
		if said[f.ID] == f.Digest {
			continue
		}
		f.History = append([]cairn.Revised{{Release: d.head.Number, Day: d.head.Day}}, f.History...)
		if err := tx.PutPublishedEstimate(ctx, d.head.Project, f); err != nil {
			return err
		}
	}
	return nil
}

// revised returns a form with its history, and what it corrects of an earlier
// release.
func (d *draft) revised(ctx context.Context, tx *store.Tx, code string) (cairn.Published, []cairn.Correction, error) {
	form := d.forms[code]
	noted := cairn.Revised{Release: d.head.Number, Day: d.head.Day}
	if d.stood[code] == "" {
		form.History = []cairn.Revised{noted}
		if d.last.Number == 0 {
			return form, nil, nil
		}
		return form, []cairn.Correction{{Release: noted.Release, Day: noted.Day, Code: code, As: cairn.Added}}, nil
	}
	was, err := tx.PublishedForm(ctx, d.head.Project, code)
	if err != nil {
		return form, nil, err
	}
	form.History = was.History
	if noted.Changes = publish.Changes(was, form); len(noted.Changes) == 0 {
		return form, nil, nil
	}
	form.History = append([]cairn.Revised{noted}, was.History...)
	return form, []cairn.Correction{{Release: noted.Release, Day: noted.Day, Code: code, As: cairn.Revalue, Changes: noted.Changes}}, nil
}

// gone ends the forms of incidents that are published no more.
func (d *draft) gone(ctx context.Context, tx *store.Tx) ([]cairn.Correction, error) {
	var all []cairn.Correction
	for _, code := range slices.Sorted(maps.Keys(d.stood)) {
		if _, ok := d.forms[code]; ok {
			continue
		}
		c := cairn.Correction{Release: d.head.Number, Day: d.head.Day, Code: code, As: cairn.Removed}
		if i, err := tx.Incident(ctx, d.head.Project, code); err == nil && i.Code != code && d.forms[i.Code].Code != "" {
			c.As, c.Into = cairn.Merged, i.Code
		}
		if err := tx.DropPublished(ctx, d.head.Project, code); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}
