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

const (
	heldColumn = `(SELECT max(n) FROM (
	SELECT max(coalesce(w.replaced, w.made)) AS n FROM withheld w WHERE w.project = r.project
	UNION ALL SELECT max(p.made) FROM projects p WHERE p.name = r.project
	UNION ALL SELECT max(e.made) FROM published_estimates e WHERE e.project = r.project) AS held)`

	releaseColumns = `SELECT r.body, r.made, ` + heldColumn + ` FROM releases r WHERE r.project = $1 `
	ofNumber       = `AND ($2 = 0 OR r.number = $2) ORDER BY r.number DESC LIMIT 1`
)

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
	held.mask(&r.Release)
	for i, s := range r.Shared {
		r.Shared[i].Incidents = slices.DeleteFunc(slices.Clone(s.Incidents), held.incident)
	}
	return r.Release, nil
}

// Stands returns the number of a release, the newest where number is 0, and the last
// act that withheld something of it: what a page of both said stands as long as they
// do. [cairn.ErrNotFound] where nothing was published.
func (p Public) Stands(ctx context.Context, number int) (release, held int, err error) {
	found, err := first(ctx, p.view, `SELECT r.number, `+heldColumn+` FROM releases r WHERE r.project = $1 `+ofNumber, []any{p.project, number},
		func(rows *sql.Rows) (n [2]int, err error) { return n, rows.Scan(&n[0], &n[1]) })
	return found[0], found[1], wrap("release of "+p.project, err)
}

func (p Public) release(ctx context.Context, number int) (madeRelease, error) {
	r, err := first(ctx, p.view, releaseColumns+ofNumber, []any{p.project, number}, scanRelease)
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
	found = slices.DeleteFunc(found, func(l cairn.Listing) bool { return held.incident(l.Code) })
	for i := range found {
		held.maskListing(&found[i], held.namesIn(found[i]))
	}
	return found, nil
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
	const made = `(SELECT r.made FROM releases r WHERE r.project = $1 ` + ofNumber + `)`
	// +made, since an index of made alone would be gone through for every incident.
	form, err := first(ctx, p.view, `SELECT body FROM published WHERE project = $1 AND code = $3 AND +made <= `+made+` AND (replaced IS NULL OR replaced > `+made+`)`,
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
