package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A Public reads what a project made public, and nothing else: the tables of
// releases, what was withheld since, and the policy by which persons are shown
// now. It is what public pages are given, so
// that no draft can reach them. What a person suppressed is left out of every
// release, whenever that was made. It is safe for several goroutines at once.
type Public struct {
	view    View
	project string
}

// Public returns what the project made public.
func (v View) Public(project string) Public { return Public{v, project} }

const releaseColumns = `SELECT r.body, r.made, (SELECT max(n) FROM (
	SELECT max(coalesce(w.replaced, w.made)) AS n FROM withheld w WHERE w.project = r.project
	UNION ALL SELECT max(p.made) FROM projects p WHERE p.name = r.project
	UNION ALL SELECT max(e.made) FROM published_estimates e WHERE e.project = r.project) AS held) FROM releases r WHERE r.project = $1 `

type madeRelease struct {
	cairn.Release
	made int
}

func scanRelease(rows *sql.Rows) (r madeRelease, err error) {
	var text []byte
	if err := rows.Scan(&text, &r.made, &r.Withheld); err != nil {
		return r, err
	}
	return r, read(text, &r.Release)
}

// Release returns the release of a number, the newest where it is 0.
// [cairn.ErrNotFound] where nothing was published.
func (p Public) Release(ctx context.Context, number int) (cairn.Release, error) {
	r, err := p.release(ctx, number)
	if err != nil {
		return r.Release, err
	}
	held, err := p.held(ctx)
	if err != nil {
		return r.Release, err
	}
	r.Corrections = slices.DeleteFunc(r.Corrections, func(c cairn.Correction) bool { return held.incident(c.Code) || held.incident(c.Into) })
	for i, s := range r.Shared {
		r.Shared[i].Incidents = slices.DeleteFunc(slices.Clone(s.Incidents), held.incident)
	}
	return r.Release, nil
}

func (p Public) release(ctx context.Context, number int) (madeRelease, error) {
	r, err := first(ctx, p.view, releaseColumns+`AND ($2 = 0 OR r.number = $2) ORDER BY r.number DESC LIMIT 1`, []any{p.project, number}, scanRelease)
	return r, wrap("release of "+p.project, err)
}

// asOf returns a column of every incident of a release, the newest where number is
// 0, in the order of their codes, and what is held back.
func asOf[T any](ctx context.Context, p Public, column string, number int) ([]T, withheld, error) {
	r, err := p.release(ctx, number)
	if err != nil {
		return nil, withheld{}, err
	}
	held, err := p.held(ctx)
	if err != nil {
		return nil, held, err
	}
	found, err := all(ctx, p.view, `SELECT `+column+` FROM published WHERE project = $1 AND made <= $2 AND (replaced IS NULL OR replaced > $2) ORDER BY code`,
		[]any{p.project, r.made}, body[T])
	return found, held, wrap("published incidents", err)
}

// Listings returns every incident of a release, the newest where number is 0, in
// the order of their codes.
func (p Public) Listings(ctx context.Context, number int) ([]cairn.Listing, error) {
	found, held, err := asOf[cairn.Listing](ctx, p, "listing", number)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(l cairn.Listing) bool { return held.incident(l.Code) }), nil
}

// Form returns the public form of an incident in a release, the newest where
// number is 0.
func (p Public) Form(ctx context.Context, number int, code string) (cairn.Published, error) {
	held, err := p.held(ctx)
	if err == nil && held.incident(code) {
		err = cairn.ErrNotFound
	}
	if err != nil {
		return cairn.Published{}, wrap("published incident "+code, err)
	}
	form, err := first(ctx, p.view, `SELECT f.body FROM releases r JOIN published f ON f.project = r.project AND f.made <= r.made AND (f.replaced IS NULL OR f.replaced > r.made)
		WHERE r.project = $1 AND r.number = CASE WHEN $2 = 0 THEN (SELECT max(number) FROM releases WHERE project = $1) ELSE $2 END AND f.code = $3`,
		[]any{p.project, number, code}, body[cairn.Published])
	if err != nil {
		return form, wrap("published incident "+code, err)
	}
	return held.strip(form), nil
}

// Forms returns the public form of every incident of a release, the newest where
// number is 0, in the order of their codes.
func (p Public) Forms(ctx context.Context, number int) ([]cairn.Published, error) {
	forms, held, err := asOf[cairn.Published](ctx, p, "body", number)
	if err != nil {
		return nil, err
	}
	forms = slices.DeleteFunc(forms, func(f cairn.Published) bool { return held.incident(f.Code) })
	for i, f := range forms {
		forms[i] = held.strip(f)
	}
	return forms, nil
}

// withheld is what is suppressed, and under which policy persons are shown now.
type withheld struct {
	rows    map[cairn.Withholding]bool
	project cairn.Project
}

func (p Public) held(ctx context.Context) (withheld, error) {
	rows, err := p.view.withheld(ctx, p.project)
	held := withheld{rows: map[cairn.Withholding]bool{}}
	for _, w := range rows {
		held.rows[w] = true
	}
	if err == nil {
		held.project, err = p.view.Project(ctx, p.project)
	}
	return held, err
}

func (v View) withheld(ctx context.Context, project string) ([]cairn.Withholding, error) {
	rows, err := all(ctx, v, `SELECT kind, key FROM withheld WHERE project = $1 AND replaced IS NULL ORDER BY kind, key`, []any{project},
		func(rows *sql.Rows) (w cairn.Withholding, err error) { return w, rows.Scan(&w.Kind, &w.Key) })
	return rows, wrap("what is withheld", err)
}

func (w withheld) incident(code string) bool { return w.rows[cairn.Withholding{Key: code}] }

// victims returns persons with no more shown than their records and the policy of
// the project allow now, and how many are left out.
func (w withheld) victims(all []cairn.PublicVictim) (kept []cairn.PublicVictim, left int) {
	for _, v := range all {
		most := w.display(v)
		switch most {
		case "":
			continue
		case cairn.OnlyCounted:
			left++
			continue
		}
		kept = append(kept, v.Down(most))
	}
	return kept, left
}

// display returns how much of a person may be shown now.
func (w withheld) display(v cairn.PublicVictim) cairn.Display {
	most := v.Display
	if !v.Agreed || w.project.Naming == cairn.Nobody {
		most = most.Within(w.project.Displays(nil))
	}
	for _, key := range append([]string{v.Key}, v.Also...) {
		if w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: key}] {
			return ""
		}
		for _, d := range cairn.Displays {
			if w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: string(d) + ":" + key}] {
				most = most.Within(d)
			}
		}
	}
	return most
}

// strip takes out of a public form what was suppressed since.
func (w withheld) strip(form cairn.Published) cairn.Published {
	for i := range form.Sources {
		s := &form.Sources[i]
		if w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: s.Key}] || w.rows[cairn.Withholding{Kind: cairn.OfSources, Key: s.Name}] {
			s.Name, s.Title, s.Address, s.Withheld, s.Excerpts = "", "", "", len(s.Excerpts), []cairn.Excerpt{}
			continue
		}
		quoted := len(s.Excerpts)
		s.Excerpts = slices.DeleteFunc(s.Excerpts, func(e cairn.Excerpt) bool { return w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: e.Key}] })
		s.Withheld = quoted - len(s.Excerpts)
	}
	var left int
	form.Victims, left = w.victims(form.Victims)
	form.Unshown += left
	if w.project.Naming == cairn.Nobody && w.project.Displays(nil) == "" {
		form.Unshown = 0
	}
	w.disclose(&form)
	form.Mentions = slices.DeleteFunc(form.Mentions, w.incident)
	form.Related = slices.DeleteFunc(form.Related, func(r cairn.Relative) bool { return w.incident(r.Code) })
	return form
}

// disclose writes the names in quoted words of those who may be named now, and masks
// the others.
func (w withheld) disclose(form *cairn.Published) {
	for i := range form.Sources {
		s := &form.Sources[i]
		s.Title = cairn.Disclose(s.Title, w.names)
		for k := range s.Excerpts {
			e := &s.Excerpts[k]
			e.Before, e.Words, e.After = cairn.Disclose(e.Before, w.names), cairn.Disclose(e.Words, w.names), cairn.Disclose(e.After, w.names)
		}
	}
	for i := range form.Narratives {
		for k := range form.Narratives[i].Parts {
			p := &form.Narratives[i].Parts[k]
			p.Words = cairn.Disclose(p.Words, w.names)
		}
	}
}

// names reports whether somebody may be named now in quoted words.
func (w withheld) names(d cairn.Disclosed) bool {
	if d.As == cairn.ByClearing {
		return !slices.ContainsFunc(d.Keys, func(key string) bool {
			return w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: cairn.Unnamed + key}]
		})
	}
	return w.display(cairn.PublicVictim{Key: d.Keys[0], Also: d.Keys[1:], Display: cairn.FullName, Agreed: d.As == cairn.ByConsent}) == cairn.FullName
}

// Standing returns the digests of the public forms that stand now, by code, with
// the newest release; the zero Release where there is none.
func (v View) Standing(ctx context.Context, project string) (cairn.Release, map[string]string, error) {
	r, err := v.Public(project).release(ctx, 0)
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Release{}, nil, nil
	}
	digests := map[string]string{}
	if err == nil {
		err = v.each(ctx, `SELECT code, digest FROM published WHERE project = $1 AND replaced IS NULL`, []any{project}, func(rows *sql.Rows) error {
			var code, digest string
			err := rows.Scan(&code, &digest)
			digests[code] = digest
			return err
		})
	}
	return r.Release, digests, wrap("what is published", err)
}

// PublishedForm returns the public form of an incident that stands now, whether
// or not it is withheld.
func (v View) PublishedForm(ctx context.Context, project, code string) (cairn.Published, error) {
	form, err := first(ctx, v, `SELECT body FROM published WHERE project = $1 AND code = $2 AND replaced IS NULL`, []any{project, code}, body[cairn.Published])
	return form, wrap("published incident "+code, err)
}
