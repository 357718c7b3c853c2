package link

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

// The evaluation sets lie beside the module, where they are at all. Scores here
// are of the words alone, without claims.
const evaluation = "../../shared/eval"

// evaluated reads lines of JSON, zipped or not, of an evaluation set.
func evaluated[T any](t testing.TB, name string) []T {
	t.Helper()
	file, err := os.Open(filepath.Join(evaluation, name))
	if err != nil {
		t.Skipf("no evaluation set at hand: %v", err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	var all []T
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	return all
}

type gold struct{ ID, Incident, Origin, Edit string }

// pairs returns the precision and recall of the pairs that got puts together.
func pairs(want, got map[string]string) (precision, recall float64) {
	two := func(sizes map[string]int) (n float64) {
		for _, s := range sizes {
			n += float64(s*(s-1)) / 2
		}
		return n
	}
	wants, gots, both := map[string]int{}, map[string]int{}, map[string]int{}
	for id, w := range want {
		wants[w]++
		gots[got[id]]++
		both[w+"\x00"+got[id]]++
	}
	return 100 * two(both) / two(gots), 100 * two(both) / two(wants)
}

func TestScoreOrigins(t *testing.T) {
	docs, want := evaluated[cairn.Document](t, "origins/docs.jsonl.gz"), map[string]string{}
	for _, g := range evaluated[gold](t, "origins/gold.jsonl") {
		want[g.ID] = g.Origin
	}
	began, got := time.Now(), map[string]string{}
	for _, o := range Origins(docs, nil) {
		for _, id := range o.Documents {
			got[id] = o.Documents[0]
		}
	}
	p, r := pairs(want, got)
	t.Logf("origins: pairs P %.1f R %.1f in %v", p, r, time.Since(began).Round(time.Millisecond))
	if p < 98 || r < 92 {
		t.Errorf("pairs P %.1f R %.1f, want 98 and 92", p, r)
	}
}

func TestScoreIncidents(t *testing.T) {
	docs, want := evaluated[cairn.Document](t, "gva/docs.jsonl.gz"), map[string]string{}
	for _, g := range evaluated[gold](t, "gva/gold.jsonl") {
		want[g.ID] = g.Incident
	}
	began, got := time.Now(), map[string]string{}
	for _, p := range Documents(docs, nil) {
		got[p.Document] = p.Incidents[0]
	}
	p, r := pairs(want, got)
	f := bCubed(want, got)
	t.Logf("incidents: pairs P %.1f R %.1f, B-cubed F %.1f in %v", p, r, f, time.Since(began).Round(time.Millisecond))
	if p < 89 || r < 65 || f < 91 {
		t.Errorf("pairs P %.1f R %.1f, B-cubed F %.1f, want at least 89, 65 and 91", p, r, f)
	}
}

// bCubed returns the B-cubed F of the groups of got.
func bCubed(want, got map[string]string) float64 {
	wants, gots, both := map[string]int{}, map[string]int{}, map[string]int{}
	for id, w := range want {
		wants[w]++
		gots[got[id]]++
		both[w+"\x00"+got[id]]++
	}
	p, r := 0.0, 0.0
	for id, w := range want {
		n := float64(both[w+"\x00"+got[id]])
		p += n / float64(gots[got[id]]) / float64(len(want))
		r += n / float64(wants[w]) / float64(len(want))
	}
	return 100 * 2 * p * r / (p + r)
}
