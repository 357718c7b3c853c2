package store

import (
	"context"
	"regexp"
	"strconv"

	"github.com/cairn-recorder/cairn"
)

var (
	incidentTable = table{"incidents", `project, code, revision, number, "into", place_id, place_name, country, admin1, lat, lon, accuracy,
		stated_from, stated_to, from_day, to_day, lengthy, means, words, body`}
	incidentClaimTable = table{"incident_claims", "project, code, revision, position, reading, document, n"}
	incidentPartyTable = table{"incident_belligerents", "project, code, revision, name, strength"}
	incidentPlaceTable = table{"incident_places", "project, code, revision, place"}
	incidentNameTable  = table{"incident_former", "project, code, revision, former"}
)

// lengthyDays is how many days an incident may take to be found by the day on
// which it began.
const lengthyDays = 7

// PutIncident records i as a new revision of the incident of its project and
// code, and returns the number of the revision. Each of its claims names the
// reading it belongs to and was recorded before.
func (tx *Tx) PutIncident(ctx context.Context, i cairn.Incident) (int, error) {
	text, err := named(i.Code, "incident", i)
	if err == nil {
		err = checkIncident(i)
	}
	if err != nil {
		return 0, wrap("incident "+i.Code, err)
	}
	former, err := tx.former(ctx, `SELECT revision, CASE WHEN replaced IS NULL THEN body ELSE '' END FROM incidents WHERE project = $1 AND code = $2 ORDER BY revision DESC LIMIT 1`, i.Project, i.Code)
	if err != nil || former.body == text {
		return former.revision, wrap("incident "+i.Code, err)
	}
	tx.touch(i.Project, i.Code)
	if former.revision > 0 {
		err = tx.retire(ctx, i.Project, i.Code, former.revision)
	}
	if err == nil {
		err = tx.putIncident(ctx, i, former.revision+1, text)
	}
	return former.revision + 1, wrap("incident "+i.Code, err)
}

// DropIncident ends the incident of exactly this code, with no other in its
// place. Its history stays.
func (tx *Tx) DropIncident(ctx context.Context, project, code string) error {
	former, err := tx.former(ctx, `SELECT revision, body FROM incidents WHERE project = $1 AND code = $2 ORDER BY revision DESC LIMIT 1`, project, code)
	tx.touch(project, code)
	if err == nil && former.revision > 0 {
		err = tx.retire(ctx, project, code, former.revision)
	}
	return wrap("incident "+code, err)
}

func checkIncident(i cairn.Incident) error {
	if i.Project == "" {
		return cairn.Invalid{Field: "project", Reason: "an incident belongs to a project"}
	}
	for _, c := range i.Claims {
		if c.Reading == "" {
			return cairn.Invalid{Field: "claims", Reason: "claim " + number(c.N) + " of " + c.Document + " does not name its reading"}
		}
	}
	return nil
}

// retire marks a revision of an incident, with all that belongs to it, as
// replaced.
func (tx *Tx) retire(ctx context.Context, project, code string, revision int) error {
	for _, update := range []string{
		`UPDATE incidents SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE incident_claims SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE incident_belligerents SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE incident_places SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
		`UPDATE incident_former SET replaced = $1 WHERE project = $2 AND code = $3 AND revision = $4 AND replaced IS NULL`,
	} {
		if err := tx.exec(ctx, update, tx.act.Number, project, code, revision); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) putIncident(ctx context.Context, i cairn.Incident, revision int, text string) error {
	from, to := days(i.When)
	number := codeNumber(i.Code)
	if i.Elsewhere != nil {
		number = 0 // who counted it by its own numbers
	}
	row := []any{i.Project, i.Code, revision, number, i.Into}
	row = append(append(row, placeRow(i.Where)...), string(i.When.From), string(i.When.To), from, to,
		from == "" || cairn.Period{From: cairn.Date(from), To: cairn.Date(to)}.Days() > lengthyDays,
		string(i.Means), words(i), text)
	if err := tx.insert(ctx, incidentTable, row); err != nil {
		return err
	}
	key := func(rest ...any) []any { return append([]any{i.Project, i.Code, revision}, rest...) }
	var claims, parties, places, former [][]any
	for n, c := range i.Claims {
		claims = append(claims, key(n+1, c.Reading, c.Document, c.N))
	}
	for _, p := range partiesOf(i) {
		parties = append(parties, key(p.name, p.strength))
	}
	for _, p := range placeKeys(i.Where) {
		places = append(places, key(p))
	}
	for _, f := range once(i.Former) {
		former = append(former, key(f))
	}
	for _, put := range []struct {
		into table
		rows [][]any
	}{{incidentClaimTable, claims}, {incidentPartyTable, parties}, {incidentPlaceTable, places}, {incidentNameTable, former}} {
		if err := tx.insert(ctx, put.into, put.rows...); err != nil {
			return err
		}
	}
	return nil
}

type party struct{ name, strength string }

// partiesOf returns each party of i once at each strength, by its canonical
// name where that is known and the words of the report otherwise.
func partiesOf(i cairn.Incident) []party {
	var all []party
	for _, by := range i.By {
		name := by.Name
		if name == "" {
			name = by.Words
		}
		all = append(all, party{name, string(by.Strength)})
	}
	return once(all)
}

// once returns all without the ones that stood before.
func once[T comparable](all []T) []T {
	seen := map[T]bool{}
	var found []T
	for _, one := range all {
		if !seen[one] {
			seen[one] = true
			found = append(found, one)
		}
	}
	return found
}

var codeDigits = regexp.MustCompile(`^[^0-9]*([0-9]{1,9})[a-z]?$`)

// codeNumber returns the number in a code that is a prefix, a number and
// perhaps a letter; 0 for any other.
func codeNumber(code string) int {
	digits := codeDigits.FindStringSubmatch(code)
	if digits == nil {
		return 0
	}
	n, _ := strconv.Atoi(digits[1]) // nine digits are always a number
	return n
}

// NextNumber returns the number for the code of the next incident of project:
// one above the highest that any code of it ever had. A code is the project's
// prefix and this number. Within one act it counts the incidents already put.
func (v View) NextNumber(ctx context.Context, project string) (int, error) {
	next, err := first(ctx, v, `SELECT coalesce(max(number), 0) + 1 FROM incidents WHERE project = $1`, []any{project}, value[int])
	return next, wrap("codes of "+project, err)
}
