package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/cairn-recorder/cairn"
)

const readingColumns = `SELECT r.body FROM readings r `

// Reading returns the reading of an identifier, with its claims.
func (v View) Reading(ctx context.Context, id string) (cairn.Reading, error) {
	r, err := v.readingWhere(ctx, `WHERE r.id = $1`, id)
	return r, wrap("reading "+id, err)
}

// CurrentReading returns the reading of document that project goes by.
func (v View) CurrentReading(ctx context.Context, project, document string) (cairn.Reading, error) {
	r, err := v.readingWhere(ctx, `JOIN project_readings p ON p.reading = r.id
		WHERE p.project = $1 AND p.document = $2 AND p.replaced IS NULL`, project, document)
	return r, wrap("reading of "+document+" for "+project, err)
}

func (v View) readingWhere(ctx context.Context, where string, args ...any) (cairn.Reading, error) {
	r, err := first(ctx, v, readingColumns+where, args, body[cairn.Reading])
	if err != nil {
		return r, err
	}
	r.Claims, err = all(ctx, v, `SELECT body FROM claims WHERE reading = $1 ORDER BY n`, []any{r.ID}, body[cairn.Claim])
	return r, err
}

// ReadingsOf returns every reading of document, the earliest first, with their
// claims.
func (v View) ReadingsOf(ctx context.Context, document string) ([]cairn.Reading, error) {
	readings, err := all(ctx, v, readingColumns+`WHERE r.document = $1 ORDER BY r.made, r.id`, []any{document}, body[cairn.Reading])
	for i := range readings {
		if err == nil {
			readings[i].Claims, err = all(ctx, v, `SELECT body FROM claims WHERE reading = $1 ORDER BY n`, []any{readings[i].ID}, body[cairn.Claim])
		}
	}
	return readings, wrap("readings of "+document, err)
}

// Readings returns the readings that project goes by, with their claims, in the
// order of the documents' identifiers: those past the document after, at most
// limit of them unless it is 0.
func (v View) Readings(ctx context.Context, project, after string, limit int) ([]cairn.Reading, error) {
	const page = ` FROM (SELECT p.document, p.reading FROM project_readings p
		WHERE p.project = $1 AND p.document > $2 AND p.replaced IS NULL ORDER BY p.document LIMIT $3) p `
	args := []any{project, after, upTo(limit)}
	readings, err := all(ctx, v, `SELECT r.body`+page+`JOIN readings r ON r.id = p.reading ORDER BY p.document`, args, body[cairn.Reading])
	if err != nil {
		return nil, wrap("readings of "+project, err)
	}
	claims, err := all(ctx, v, `SELECT c.reading, c.body`+page+`JOIN claims c ON c.reading = p.reading ORDER BY p.document, c.n`, args, scanClaimOf)
	byReading := map[string][]cairn.Claim{}
	for _, c := range claims {
		byReading[c.reading] = append(byReading[c.reading], c.claim)
	}
	for i, r := range readings {
		readings[i].Claims = append([]cairn.Claim{}, byReading[r.ID]...)
	}
	return readings, wrap("readings of "+project, err)
}

type claimOf struct {
	reading string
	claim   cairn.Claim
}

func scanClaimOf(rows *sql.Rows) (claimOf, error) {
	var c claimOf
	var text []byte
	if err := rows.Scan(&c.reading, &text); err != nil {
		return c, err
	}
	err := read(text, &c.claim)
	return c, err
}

// PutReading records r, unless it stands already, and makes it the reading of
// its document that project goes by. Readings made before stay as they are. A
// reading is what its versions make of its document: other claims under the
// same identifier are [cairn.ErrConflict]. To go back to an earlier reading,
// put it again.
func (tx *Tx) PutReading(ctx context.Context, project string, r cairn.Reading) error {
	stands, err := tx.stands(ctx, r)
	if err == nil && !stands {
		err = tx.putReading(ctx, r)
	}
	if err == nil {
		err = tx.goBy(ctx, project, r)
	}
	return wrap("reading "+r.ID+" of "+r.Document, err)
}

// PutBeside records r beside the reading that projects go by, as what a person
// reads in a document is.
func (tx *Tx) PutBeside(ctx context.Context, r cairn.Reading) error {
	stands, err := tx.stands(ctx, r)
	if err == nil && !stands {
		err = tx.putReading(ctx, r)
	}
	return wrap("reading "+r.ID+" of "+r.Document, err)
}

// stands reports whether r was recorded before.
func (tx *Tx) stands(ctx context.Context, r cairn.Reading) (bool, error) {
	had, err := first(ctx, tx.View, readingColumns+`WHERE r.id = $1`, []any{r.ID}, value[string])
	if errors.Is(err, cairn.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	claims, err := all(ctx, tx.View, `SELECT body FROM claims WHERE reading = $1 ORDER BY n`, []any{r.ID}, value[string])
	if err != nil {
		return false, err
	}
	head, given, err := writtenReading(r)
	if err == nil && (had != head || !slices.Equal(claims, given)) {
		err = cairn.ErrConflict
	}
	return true, err
}

// writtenReading returns r without its claims, and each claim, as JSON.
func writtenReading(r cairn.Reading) (head string, claims []string, err error) {
	for _, c := range r.Claims {
		text, err := written(c)
		if err != nil {
			return "", nil, err
		}
		claims = append(claims, text)
	}
	r.Claims = nil
	head, err = named(r.ID, "reading", r)
	return head, claims, err
}

var (
	readingTable = table{"readings", "id, document, extractor, lexicon, places, policy, claims, body"}
	claimTable   = table{"claims", `reading, n, document, harm, class, op, low, high, range_min, range_max, range_open, cumulative,
		span_start, span_end, place_id, place_name, country, admin1, lat, lon, accuracy, stated_from, stated_to, from_day, to_day, body`}
	claimPlaceTable = table{"claim_places", "reading, n, place"}
)

func (tx *Tx) putReading(ctx context.Context, r cairn.Reading) error {
	head, texts, err := writtenReading(r)
	if err != nil {
		return err
	}
	if err := tx.insert(ctx, readingTable, []any{r.ID, r.Document, r.Extractor, r.Lexicon, r.Places, r.Policy, len(r.Claims), head}); err != nil {
		return err
	}
	var claims, places [][]any
	for i, c := range r.Claims {
		claims = append(claims, claimRow(r, c, texts[i]))
		if c.Campaign() {
			for _, key := range placeKeys(c.Where) {
				places = append(places, []any{r.ID, c.N, key})
			}
		}
	}
	if err := tx.insert(ctx, claimTable, claims...); err != nil {
		return err
	}
	return tx.insert(ctx, claimPlaceTable, places...)
}

func claimRow(r cairn.Reading, c cairn.Claim, text string) []any {
	var when cairn.Period
	if c.When != nil {
		when = c.When.Period
	}
	from, to := days(when)
	row := []any{r.ID, c.N, r.Document, string(c.Harm), string(c.Victims.Class), string(c.Figure.Op),
		bound(c.Figure.Low), bound(c.Figure.High), bound(c.Range.Min), bound(c.Range.Max), c.Range.Open, c.Campaign(), c.Span.Start, c.Span.End}
	row = append(row, placeRow(c.Where)...)
	return append(row, string(when.From), string(when.To), from, to, text)
}

// placeRow returns the columns place_id, place_name, country, admin1, lat, lon
// and accuracy.
func placeRow(w *cairn.Where) []any {
	if w == nil {
		w = &cairn.Where{}
	}
	return []any{w.ID, w.Name, w.Country, w.Admin1, degrees(w.Lat), degrees(w.Lon), string(w.Accuracy)}
}

// placeKeys returns everything that w can be asked for by: its identifier, its
// name, the words it stands for, its first-level area, its country, and the
// places that hold it.
func placeKeys(w *cairn.Where) []string {
	if w == nil {
		return nil
	}
	return keys(append([]string{w.ID, w.Name, w.Words, w.Admin1, w.Country}, w.Within...)...)
}

// goBy makes r the reading that project goes by.
func (tx *Tx) goBy(ctx context.Context, project string, r cairn.Reading) error {
	former, err := tx.former(ctx, `SELECT revision, reading FROM project_readings WHERE project = $1 AND document = $2 ORDER BY revision DESC LIMIT 1`,
		project, r.Document)
	if err != nil || former.body == r.ID {
		return err
	}
	if former.revision > 0 {
		err = tx.exec(ctx, `UPDATE project_readings SET replaced = $1 WHERE project = $2 AND document = $3 AND replaced IS NULL`,
			tx.act.Number, project, r.Document)
	}
	if err != nil {
		return err
	}
	if err := tx.claimCounts(ctx, project, former.body, r); err != nil {
		return err
	}
	return tx.insert(ctx, table{"project_readings", "project, document, revision, reading"}, []any{project, r.Document, former.revision + 1, r.ID})
}
