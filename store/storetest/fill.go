package storetest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// Fill makes n assessed incidents in the empty store at where, which is open and
// has the project, straight in its tables and so in seconds: incidents of one day
// over ten years at a thousand places in twenty areas, by seven parties, with one
// figure of the dead and one of the injured each, as of the last act. It is for
// measuring; what writes a record writes through [store.Store.Write].
func Fill(t testing.TB, where, project string, n int) {
	t.Helper()
	driver, series := "sqlite3", `(WITH RECURSIVE s(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM s WHERE k < %d) SELECT k, date('2021-01-01', '+' || (k %% 3650) || ' days') AS day FROM s) k`
	if strings.HasPrefix(where, "postgres") {
		driver, series = "pgx", `(SELECT k, to_char(date '2021-01-01' + (k %% 3650), 'YYYY-MM-DD') AS day FROM generate_series(1, %d) k) k`
	}
	db, err := sql.Open(driver, where)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	from := fmt.Sprintf(" FROM "+series, n)
	for _, statement := range []string{
		`INSERT INTO incidents (project, code, revision, number, "into", place_id, place_name, country, admin1, accuracy, stated_from, stated_to, from_day, to_day, lengthy, means, words, body, made)
			SELECT '` + project + `', 'V' || k, 1, k, '', 'invented:' || (k % 1000), 'Orvane ' || (k % 1000), 'ZZ', 'Tarn ' || (k % 20), '', day, day, day, day, FALSE, 'airstrike', '',
			'{"id":"V' || k || '","project":"` + project + `","claims":[]}', (SELECT max(number) FROM acts)` + from,
		`INSERT INTO incident_places (project, code, revision, place, made) SELECT '` + project + `', 'V' || k, 1, 'invented:' || (k % 1000), (SELECT max(number) FROM acts)` + from,
		`INSERT INTO incident_places (project, code, revision, place, made) SELECT '` + project + `', 'V' || k, 1, 'tarn ' || (k % 20), (SELECT max(number) FROM acts)` + from,
		counting(project, "killed", "k % 7", "k % 7 + 3") + from,
		counting(project, "injured", "k % 11", "k % 11") + from,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%.60s: %v", statement, err)
		}
	}
}

func counting(project, harm, low, high string) string {
	return `INSERT INTO counted (project, stage, code, revision, harm, class, grading, recorder, first, from_day, to_day, place, admin1, country, means, parties, min, max, open, made)
		SELECT '` + project + `', 'proposed', 'V' || k, 1, '` + harm + `', 'civilian', CASE k % 5 WHEN 0 THEN 'confirmed' WHEN 1 THEN 'fair' WHEN 2 THEN 'weak' WHEN 3 THEN 'contested' ELSE 'discounted' END,
		'', day, day, day, 'Orvane ' || (k % 1000), 'Tarn ' || (k % 20), 'ZZ', 'airstrike', 'Army ' || (k % 7), ` + low + `, ` + high + `, FALSE, (SELECT max(number) FROM acts)`
}
