package recorder

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// Of the links that an import makes without a person, at least 98 in 100 are to
// be right. Counted are the pairs of reports whose main incident is one, on a
// set whose coders said which incident each report is of; two prints of one
// text, which the coders filed under two, say nothing about a link and are left
// out.
func TestScoreOfLinksMadeAtImport(t *testing.T) {
	docs := gunzipped(t, "../../shared/eval/gva/docs.jsonl.gz")
	want := coded(t, "../../shared/eval/gva/gold.jsonl")
	r := local(t)
	if _, err := r.Import(ctx, []string{docs}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	mains, original := mainIncidents(t, r)
	var right, wrong, copies int
	for _, group := range mains {
		for i, a := range group {
			for _, b := range group[:i] {
				switch {
				case want[a] == want[b]:
					right++
				case original[a] == original[b]:
					copies++
				default:
					wrong++
				}
			}
		}
	}
	low, high := wilson(right, right+wrong)
	t.Logf("links made at import: %d pairs, %.1f %% right [%.1f, %.1f]; %d pairs of one text under two incidents left out", right+wrong, 100*float64(right)/float64(right+wrong), low, high, copies)
	if 100*right < 98*(right+wrong) {
		t.Errorf("%d of %d pairs are right, want 98 in 100", right, right+wrong)
	}
}

// mainIncidents returns, for each incident, the documents whose claims are most
// of all in it, and the first document with the original of each.
func mainIncidents(t *testing.T, r *Recorder) (groups map[string][]string, original map[string]string) {
	t.Helper()
	found, err := r.View().Incidents(ctx, store.Filter{Project: r.Project().Name})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]map[string]int{}
	for _, f := range found {
		for _, c := range f.Incident.Claims {
			if counts[c.Document] == nil {
				counts[c.Document] = map[string]int{}
			}
			counts[c.Document][f.Incident.Code]++
		}
	}
	groups, original = map[string][]string{}, map[string]string{}
	var docs []cairn.Document
	for _, id := range sorted(counts) {
		of := counts[id]
		main := slices.MaxFunc(sorted(of), func(a, b string) int { return of[a] - of[b] })
		groups[main] = append(groups[main], id)
		d, err := r.View().Document(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	for _, o := range link.Origins(docs, nil) {
		for _, id := range o.Documents {
			original[id] = o.Documents[0]
		}
	}
	return groups, original
}

// wilson returns the 95 % interval of a share, in percent.
func wilson(k, n int) (low, high float64) {
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	mid, half := p+z*z/(2*m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return 100 * (mid - half) / (1 + z*z/m), 100 * (mid + half) / (1 + z*z/m)
}

// gunzipped unpacks a file of an evaluation set, which lies beside the module
// where it is at all, and returns where.
func gunzipped(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("no evaluation set at hand: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "docs.jsonl")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, z); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// coded reads which incident each document is of.
func coded(t *testing.T, name string) map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Skipf("no evaluation set at hand: %v", err)
	}
	defer f.Close()
	all := map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var one struct{ ID, Incident string }
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all[one.ID] = one.Incident
	}
	return all
}
