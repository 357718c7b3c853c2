package recorder

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/archive"
	"github.com/cairn-recorder/cairn/ledger"
)

// corruption is one thing that was done to a record behind its back. A fault of
// it says one of its names; what follows from it says one of also.
type corruption struct {
	what        string
	names, also []string
	uncheckable []string // faults of leaves without which no row of an act can be checked
}

// vandal corrupts a record at random, each thing at most once.
type vandal struct {
	t      testing.TB
	r      *Recorder
	random *rand.Rand
	db     *sql.DB
	done   map[string]bool
	files  []string // of the archive, from the folder of the record
}

func newVandal(t testing.TB, r *Recorder, seed uint64) *vandal {
	t.Helper()
	driver := "sqlite3"
	if strings.HasPrefix(r.settings.Database, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, r.settings.Database)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	v := &vandal{t: t, r: r, random: rand.New(rand.NewPCG(seed, 1)), db: db, done: map[string]bool{}}
	if driver == "sqlite3" {
		v.exec(`PRAGMA foreign_keys = off`)
	} else {
		v.exec(`SET session_replication_role = replica`)
	}
	err = filepath.WalkDir(r.settings.Archive, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(r.settings.Data, path)
			v.files = append(v.files, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (v *vandal) exec(query string, args ...any) int64 {
	v.t.Helper()
	result, err := v.db.Exec(query, args...)
	if err != nil {
		v.t.Fatalf("%s: %v", query, err)
	}
	n, _ := result.RowsAffected()
	return n
}

// fresh reports whether nothing was done to a thing so far, and notes that
// something is now.
func (v *vandal) fresh(thing string) bool {
	if v.done[thing] {
		return false
	}
	v.done[thing] = true
	return true
}

// file spoils a file of the archive.
func (v *vandal) file() (corruption, bool) {
	name := v.files[v.random.IntN(len(v.files))]
	hash, _, _ := strings.Cut(filepath.Base(name), ".") // bytes and receipts of one document are not spoilt both
	if !v.fresh("bytes " + hash) {
		return corruption{}, false
	}
	path := filepath.Join(v.r.settings.Data, name)
	content, err := os.ReadFile(path)
	if err != nil {
		v.t.Fatal(err)
	}
	c := corruption{names: []string{filepath.ToSlash(name)}, also: []string{hash}}
	os.Chmod(path, 0o600)
	switch v.random.IntN(4) {
	case 0:
		c.what = "a bit of " + name
		content[v.random.IntN(len(content))] ^= 1 << v.random.IntN(8)
	case 1:
		c.what = "the end of " + name
		content = content[:v.random.IntN(len(content))]
	case 2:
		c.what = "deleted " + name
		os.Remove(path)
		if strings.HasSuffix(name, ".json") {
			c.names = append(c.names, "missing receipt sha256-"+hash) // where its row was spoilt as well
		}
		return c, true
	case 3:
		other := v.files[v.random.IntN(len(v.files))]
		otherHash, _, _ := strings.Cut(filepath.Base(other), ".")
		if !v.fresh("bytes " + otherHash) {
			content[0] ^= 4
			break
		}
		otherPath := filepath.Join(v.r.settings.Data, other)
		otherContent, err := os.ReadFile(otherPath)
		if err != nil {
			v.t.Fatal(err)
		}
		os.Chmod(otherPath, 0o600)
		if err := os.WriteFile(otherPath, content, 0o600); err != nil {
			v.t.Fatal(err)
		}
		c.what, content = "swapped "+name+" and "+other, otherContent
		c.also = append(c.also, otherHash)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		v.t.Fatal(err)
	}
	return c, true
}

// stranger puts a file where none belongs.
func (v *vandal) stranger() (corruption, bool) {
	folder := []string{"", "archive", "archive/sha256", "archive/sha256/00", "archive/receipts", "log", "keys"}[v.random.IntN(7)]
	name := filepath.Join(folder, fmt.Sprintf("left-%d.txt", v.random.IntN(1e9)))
	os.MkdirAll(filepath.Join(v.r.settings.Data, folder), 0o750)
	if err := os.WriteFile(filepath.Join(v.r.settings.Data, name), []byte("left"), 0o600); err != nil {
		v.t.Fatal(err)
	}
	return corruption{what: "a stranger " + name, names: []string{filepath.ToSlash(name)}}, true
}

// one returns one row of a query as text.
func (v *vandal) one(query string, args ...any) []string {
	rows, err := v.db.Query(query, args...)
	if err != nil {
		v.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, _ := rows.Columns()
	if !rows.Next() {
		return nil
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		v.t.Fatal(err)
	}
	text := make([]string, len(values))
	for i, value := range values {
		text[i] = fmt.Sprint(value)
		if b, ok := value.([]byte); ok {
			text[i] = string(b)
		}
	}
	return text
}

// keyed is the tables whose rows are spoilt, each with its key and with columns
// of text and of numbers that are not of the key.
var keyed = []struct{ table, key, text, numbers string }{
	{"acts", "number", "who why at", ""},
	{"receipts", "ref n", "body outcome", "made"},
	{"documents", "id revision", "text source body words published", "taken made replaced"},
	{"readings", "id", "policy body", "claims"},
	{"claims", "reading n", "body harm op place_name from_day", "low range_min span_start made replaced"},
	{"incidents", "project code revision", "body place_name means words", "number replaced"},
	{"incident_claims", "project code revision position", "document", "replaced"},
	{"incident_places", "project code revision place", "", "made replaced"},
	{"assessments", "project code revision", "body grading signed_by", "replaced"},
	{"tallies", "project code revision harm class", "", "min max"},
	{"standings", "project code stage revision", "", "replaced"},
	{"counted", "project stage code harm class made", "grading parties place", "min max replaced"},
	{"sources", "id revision", "body", ""},
	{"projects", "name revision", "", "replaced"},
}

// row spoils, deletes or copies a row of the record.
func (v *vandal) row() (corruption, bool) {
	of := keyed[v.random.IntN(len(keyed))]
	key := strings.Fields(of.key)
	total := v.one(`SELECT count(*) FROM ` + of.table)[0]
	var n int
	fmt.Sscan(total, &n)
	if n == 0 {
		return corruption{}, false
	}
	values := v.one(`SELECT `+strings.Join(key, ", ")+` FROM `+of.table+` ORDER BY `+strings.Join(key, ", ")+` LIMIT 1 OFFSET $1`, v.random.IntN(n))
	if values == nil || !v.fresh("row "+of.table+strings.Join(values, "/")) {
		return corruption{}, false
	}
	parts := make([]any, len(values))
	var where []string
	for i, value := range values {
		parts[i] = value
		where = append(where, fmt.Sprintf("CAST(%s AS TEXT) = '%s'", key[i], strings.ReplaceAll(value, "'", "''")))
	}
	acts := v.actsOf(of.table, " WHERE "+strings.Join(where, " AND "))
	name := " " + of.table + " " + ledger.KeyOf(parts...) + " "
	c := corruption{what: "edited" + name, names: []string{name}, also: []string{" " + values[0] + " ", values[0] + "#"}}
	if of.table == "readings" || of.table == "claims" {
		c.also = append(c.also, "reading "+values[0])
	}
	text, numbers := strings.Fields(of.text), strings.Fields(of.numbers)
	condition := " WHERE " + strings.Join(where, " AND ")
	switch kind := v.random.IntN(10); {
	case kind == 0 && of.table != "projects" && of.table != "acts":
		c.what = "deleted" + name
		v.exec(`DELETE FROM ` + of.table + condition)
		if of.table == "receipts" || of.table == "documents" {
			c.also = append(c.also, values[0])
		}
	case kind < 5 && len(numbers) > 0 || len(text) == 0:
		if len(numbers) == 0 {
			return c, false
		}
		column := numbers[v.random.IntN(len(numbers))]
		v.exec(fmt.Sprintf(`UPDATE %s SET %s = coalesce(%[2]s + 1, %d)%s`, of.table, column, 1+v.random.IntN(30), condition))
		c.what = "edited " + column + " of" + name
	default:
		column := text[v.random.IntN(len(text))]
		v.exec(`UPDATE ` + of.table + ` SET ` + column + ` = ` + column + ` || ' '` + condition)
		c.what = "edited " + column + " of" + name
		if of.table == "receipts" || column == "text" {
			c.also = append(c.also, values[0])
		}
	}
	for _, act := range slices.Concat(acts, v.actsOf(of.table, condition)) {
		c.uncheckable = append(c.uncheckable, "missing leaf "+act+" ", "leaf "+act+" its seed is not the one")
	}
	return c, true
}

// actsOf returns the acts that a row names.
func (v *vandal) actsOf(table, condition string) []string {
	columns := "made, coalesce(replaced, made)"
	if table == "acts" {
		columns = "number"
	}
	return v.one(`SELECT ` + columns + ` FROM ` + table + condition)
}

// log spoils the log itself.
func (v *vandal) log() (corruption, bool) {
	size := 0
	fmt.Sscan(v.one(`SELECT count(*) FROM leaves`)[0], &size)
	switch act := 1 + v.random.IntN(size); v.random.IntN(4) {
	case 0, 1:
		if !v.fresh(fmt.Sprint("leaf ", act)) {
			return corruption{}, false
		}
		column := []string{"lines", "salts"}[v.random.IntN(2)]
		spoilt := []byte(v.one(`SELECT `+column+` FROM leaves WHERE act = $1`, act)[0])
		at := v.random.IntN(len(spoilt))
		was := spoilt[at]
		spoilt[at] = "abcXYZ01"[v.random.IntN(8)]
		if spoilt[at] == was {
			return corruption{}, false
		}
		v.exec(`UPDATE leaves SET `+column+` = $1 WHERE act = $2`, string(spoilt), act)
		return corruption{what: fmt.Sprintf("%s of leaf %d at %d", column, act, at), names: []string{fmt.Sprintf("leaf %d ", act)}, also: v.around(act)}, true
	case 2:
		if !v.fresh(fmt.Sprint("leaf ", act)) {
			return corruption{}, false
		}
		v.exec(`DELETE FROM leaves WHERE act = $1`, act)
		return corruption{what: fmt.Sprintf("deleted leaf %d", act), names: []string{fmt.Sprintf("leaf %d ", act)}, also: v.around(act)}, true
	default:
		n := v.random.IntN(size)
		if !v.fresh(fmt.Sprint("hash ", n)) {
			return corruption{}, false
		}
		hash := v.one(`SELECT hash FROM hashes WHERE n = $1`, n)[0]
		v.exec(`UPDATE hashes SET hash = $1 WHERE n = $2`, hash[1:]+hash[:1], n)
		return corruption{what: fmt.Sprintf("hash %d", n), names: []string{fmt.Sprintf("hash %d ", n)}}, true
	}
}

// around is what else of the log may be accused where a leaf was spoilt and the
// hash of it too, so that nothing is left to tell which of them is right.
func (v *vandal) around(act int) []string {
	return []string{fmt.Sprintf(" acts %d-%[1]d ", act), fmt.Sprintf("hash of act %d ", act)}
}

// TestEveryCorruptionIsFoundAndNamed corrupts a record at random behind its back.
// Each corruption is named by a fault, and each fault is of something that was
// corrupted. CAIRN_SOAK=1 makes it 1,000 corruptions of 10,000 items.
func TestEveryCorruptionIsFoundAndNamed(t *testing.T) {
	each(t, spoilAndFind)
	t.Run("encrypted", func(t *testing.T) {
		s := emptyPlace(t, "")
		secret, public, err := archive.NewIdentity()
		if err != nil {
			t.Fatal(err)
		}
		s.Archive, s.Keys.Identities = filepath.Join(s.Data, archiveFolder), secret
		s.Database = filepath.Join(s.Data, databaseFile)
		if err := archive.Encrypt(s.Archive, s.Keys, []string{public}); err != nil {
			t.Fatal(err)
		}
		r, err := Open(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.PutProject(ctx, invented(), "to begin with"); err != nil {
			t.Fatal(err)
		}
		spoilAndFind(t, r)
	})
}

// spoilAndFind spoils a record in many ways at once, and holds what Verify then
// says to what was done.
func spoilAndFind(t *testing.T, r *Recorder) {
	documents, corruptions := 90, 60
	if os.Getenv("CAIRN_SOAK") == "1" {
		documents, corruptions = 400, 1000
	}
	for part := range slices.Chunk(slices.Collect(strings.Lines(many(documents))), 3) {
		bring(t, r, strings.Join(part, ""))
		if err := r.Seal(ctx); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := r.Verify(ctx, func(f Fault) { t.Errorf("a clean record: %s", f) })
	if err != nil {
		t.Fatal(err)
	}
	v := newVandal(t, r, 7)
	var done []corruption
	for len(done) < corruptions {
		do := v.row
		switch v.random.IntN(25) {
		case 0:
			do = v.log
		case 1, 2:
			do = v.stranger
		case 3, 4, 5, 6, 7, 8:
			do = v.file
		}
		if c, ok := do(); ok {
			done = append(done, c)
		}
	}
	var faults []string
	if _, err := r.Verify(ctx, func(f Fault) { faults = append(faults, " "+f.String()+" ") }); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d items, %d corruptions, %d faults", whole.Items, len(done), len(faults))
	holdToFaults(t, done, faults)
}

// holdToFaults checks that every corruption is named and nothing else is.
func holdToFaults(t *testing.T, done []corruption, faults []string) {
	t.Helper()
	unnamed, accused := 0, 0
	for _, c := range done {
		if !saysOne(strings.Join(faults, "\n"), slices.Concat(c.names, c.uncheckable)) {
			if unnamed++; unnamed < 20 {
				t.Errorf("not named: %s", c.what)
			}
		}
	}
	for _, fault := range faults {
		guilty := false
		for _, c := range done {
			guilty = guilty || saysOne(fault, c.names) || saysOne(fault, c.also)
		}
		if !guilty {
			if accused++; accused < 20 {
				t.Errorf("accused and clean: %s", fault)
			}
		}
	}
}

func saysOne(text string, names []string) bool {
	for _, name := range names {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}
