package storetest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// Fill makes n assessed incidents and five claims for each in the empty store at
// where, which is open and has the project, straight in its tables: incidents of one
// day over ten years at a thousand places in twenty areas, by seven parties, with one
// figure of the dead and one of the injured each, a fifth of them signed; a document
// for each, which reports it, the next one and, one in ten, the toll of a year and
// area. All of it is as of the last act, and follows from n alone. It is for
// measuring; what writes a record writes through [store.Store.Write].
func Fill(t testing.TB, where, project string, n int) {
	t.Helper()
	engine, prepare := "sqlite3", []string{`PRAGMA foreign_keys = off`, `PRAGMA synchronous = off`, `PRAGMA cache_size = -40000`}
	series := fmt.Sprintf(`(WITH RECURSIVE s(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM s WHERE k < %d) SELECT k, date('2021-01-01', '+' || (k %% 3650) || ' days') AS day FROM s) k`, n)
	if strings.HasPrefix(where, "postgres") {
		engine, prepare = "pgx", []string{`SET session_replication_role = replica`}
		series = fmt.Sprintf(`(SELECT k, to_char(date '2021-01-01' + (k %% 3650), 'YYYY-MM-DD') AS day FROM generate_series(1, %d) k) k`, n)
	}
	db, err := opened(engine, where)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	named := strings.NewReplacer("PROJECT", "'"+project+"'", "SERIES", series, "COUNT", fmt.Sprint(n), "ACT", "(SELECT max(number) FROM acts)")
	for _, statement := range append(prepare, filling()...) {
		if _, err := db.Exec(named.Replace(statement)); err != nil {
			t.Fatalf("%.60s: %v", statement, err)
		}
	}
	words := "'a of report tarn wire'"
	if engine == "pgx" {
		words += "::tsvector"
	}
	for _, statement := range []string{
		`INSERT INTO indexed (project, id) SELECT '', 'v' || k FROM SERIES`,
		`INSERT INTO document_index (rowid, words) SELECT n.number, ` + words + ` FROM indexed n JOIN documents d ON d.id = n.id WHERE n.project = '' AND d.ref LIKE 'sha256-%' AND n.number NOT IN (SELECT rowid FROM document_index)`,
	} {
		if _, err := db.Exec(named.Replace(statement)); err != nil {
			t.Fatalf("%.60s: %v", statement, err)
		}
	}
	if engine == "pgx" {
		if _, err := db.Exec(`ANALYZE`); err != nil {
			t.Fatal(err)
		}
	}
}

// opened opens a store with its index of words.
func opened(name, where string) (*sql.DB, error) {
	if name == "sqlite3" {
		return driver.Open("file:"+where, fts5.Register)
	}
	return sql.Open(name, where)
}

// filling returns the statements that fill tables, with names for what they differ
// in: PROJECT, COUNT incidents, ACT and SERIES, which has a row for each with its
// number k and its day.
func filling() []string {
	all := []string{
		`INSERT INTO documents (id, revision, taken, ref, source, language, published, problem, words, text, layout, body, made)
			SELECT 'v' || k, 1, ACT, 'sha256-' || k, 'Tarn Wire ' || (k % 40), 'en', day, '', 'tarn wire', 'A report of Tarn.', '',
			'{"id":"v' || k || '","ref":"sha256-' || k || '","medium":"text","source":"Tarn Wire ' || (k % 40) || '","published":"' || day || '","language":"en"}', ACT FROM SERIES`,
		`INSERT INTO readings (id, document, extractor, lexicon, places, policy, claims, body, made)
			SELECT 'v' || k || '@1', 'v' || k, '1', '1', '1', 'airwars/1', 5, '{"id":"v' || k || '@1","document":"v' || k || '"}', ACT FROM SERIES`,
		`INSERT INTO project_readings (project, document, revision, reading, made) SELECT PROJECT, 'v' || k, 1, 'v' || k || '@1', ACT FROM SERIES`,
		`INSERT INTO claim_places (reading, n, place, made) SELECT 'v' || k || '@1', 5, 'tarn ' || (k % 20), ACT FROM SERIES WHERE k % 10 = 0`,
		`INSERT INTO claim_places (reading, n, place, made) SELECT 'v' || k || '@1', 5, 'invented:' || (k % 1000), ACT FROM SERIES WHERE k % 10 = 0`,
		`INSERT INTO incidents (project, code, revision, number, "into", place_id, place_name, country, admin1, accuracy, stated_from, stated_to, from_day, to_day, lengthy, means, words, body, made)
			SELECT PROJECT, 'V' || k, 1, k, '', 'invented:' || (k % 1000), 'Orvane ' || (k % 1000), 'ZZ', 'Tarn ' || (k % 20), '', day, day, day, day, FALSE, 'airstrike', '',
			'{"code":"V' || k || '","project":"' || PROJECT || '","where":{"name":"Orvane ' || (k % 1000) || '","id":"invented:' || (k % 1000) || '","country":"ZZ","admin1":"Tarn ' || (k % 20) ||
			'"},"when":{"from":"' || day || '","to":"' || day || '"},"claims":[{"document":"v' || k || '","n":1,"reading":"v' || k || '@1"}]}', ACT FROM SERIES`,
		`INSERT INTO incident_places (project, code, revision, place, made) SELECT PROJECT, 'V' || k, 1, 'invented:' || (k % 1000), ACT FROM SERIES`,
		`INSERT INTO incident_places (project, code, revision, place, made) SELECT PROJECT, 'V' || k, 1, 'tarn ' || (k % 20), ACT FROM SERIES`,
		`INSERT INTO assessments (project, code, revision, incident_revision, grading, strike_status, policy, signed_by, signed_at, figures, body, made)
			SELECT PROJECT, 'V' || k, 1, 1, ` + grading + `, 'likely', 'airwars/1', CASE WHEN k % 5 = 0 THEN 'R. Viewer' ELSE '' END, '', 'killed ' || (k % 7), '{"incident":"V' || k || '"}', ACT FROM SERIES`,
		`INSERT INTO standings (project, code, stage, revision, made) SELECT PROJECT, 'V' || k, 'proposed', 1, ACT FROM SERIES`,
		`INSERT INTO standings (project, code, stage, revision, made) SELECT PROJECT, 'V' || k, 'signed', 1, ACT FROM SERIES WHERE k % 5 = 0`,
	}
	all = append(all, `INSERT INTO progress (project, what, count) VALUES ('', 'documents:', COUNT), (PROJECT, 'claims', 5 * COUNT), (PROJECT, 'incidents', COUNT), (PROJECT, 'in_review', COUNT - COUNT / 5), (PROJECT, 'signed', COUNT / 5)
		ON CONFLICT (project, what) DO UPDATE SET count = progress.count + excluded.count`)
	for n, c := range []struct{ harm, figure, of, position string }{
		{"killed", "k % 7", "k", "1"}, {"injured", "k % 11", "k", "2"}, {"killed", "k % 7 + 3", "k % COUNT + 1", "4"}, {"injured", "k % 11", "k % COUNT + 1", "5"}, {"killed", "k % 7", "k", "3"},
	} {
		all = append(all, claiming(n+1, c.harm, c.figure))
		all = append(all, fmt.Sprintf(`INSERT INTO incident_claims (project, code, revision, position, reading, document, n, made)
			SELECT PROJECT, 'V' || (%s), 1, %s, 'v' || k || '@1', 'v' || k, %d, ACT FROM SERIES WHERE %d < 5 OR k %% 10 > 0`, c.of, c.position, n+1, n+1))
	}
	for _, stage := range []string{"proposed", "signed"} {
		all = append(all, counting(stage, "killed", "k % 7", "k % 7 + 3"), counting(stage, "injured", "k % 11", "k % 11"))
	}
	return all
}

// grading is that of an incident, whose number is k.
const grading = `CASE k % 5 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'fair' WHEN 2 THEN 'weak' WHEN 3 THEN 'contested' ELSE 'discounted' END`

// claiming fills in claim n of each document. One fifth claim in ten is of a year as
// a whole.
func claiming(n int, harm, figure string) string {
	campaign, from, to, scope := "FALSE", "day", "day", "''"
	if n == 5 {
		campaign, from, to = "k % 10 = 0", `CASE WHEN k % 10 = 0 THEN substr(day, 1, 4) || '-01-01' ELSE day END`, `CASE WHEN k % 10 = 0 THEN substr(day, 1, 4) || '-12-31' ELSE day END`
		scope = `CASE WHEN k % 10 = 0 THEN ',"scope":["cumulative"]' ELSE '' END`
	}
	return fmt.Sprintf(`INSERT INTO claims (reading, n, document, harm, class, op, low, high, range_min, range_max, range_open, cumulative, span_start, span_end,
		place_id, place_name, country, admin1, accuracy, stated_from, stated_to, from_day, to_day, body, made)
		SELECT 'v' || k || '@1', %d, 'v' || k, '%s', 'civilian', 'exact', f, f, f, f, FALSE, %s, 0, 20, 'invented:' || (k %% 1000), 'Orvane ' || (k %% 1000), 'ZZ', 'Tarn ' || (k %% 20), '', b, e, b, e,
		'{"n":%d,"harm":"%s","figure":{"words":"' || f || '","span":[0,20],"op":"exact","low":' || f || ',"high":' || f || '},"range":{"min":' || f || ',"max":' || f ||
		'},"victims":{"words":"civilians","class":"civilian"},"where":{"words":"Orvane ' || (k %% 1000) || '","name":"Orvane ' || (k %% 1000) || '","country":"ZZ","admin1":"Tarn ' || (k %% 20) || '","id":"invented:' || (k %% 1000) ||
		'"},"when":{"from":"' || b || '","to":"' || e || '"},"by":[{"name":"Army ' || (k %% 7) || '","strength":"stated"}],"span":[0,20],"rules":["killed.active","figure.exact"],"policy":"airwars/1"' || %s || '}', ACT
		FROM (SELECT k, day, %s AS f, %s AS b, %s AS e FROM SERIES) k`, n, harm, campaign, n, harm, scope, figure, from, to)
}

// counting fills in what totals count of a harm at a stage.
func counting(stage, harm, low, high string) string {
	some := ""
	if stage != "proposed" {
		some = " WHERE k % 5 = 0"
	}
	return `INSERT INTO counted (project, stage, code, revision, harm, class, grading, recorder, first, from_day, to_day, place, admin1, country, means, parties, min, max, open, made)
		SELECT PROJECT, '` + stage + `', 'V' || k, 1, '` + harm + `', 'civilian', ` + grading + `, '', day, day, day, 'Orvane ' || (k % 1000), 'Tarn ' || (k % 20), 'ZZ', 'airstrike', 'Army ' || (k % 7), ` +
		low + `, ` + high + `, FALSE, ACT FROM SERIES` + some
}
