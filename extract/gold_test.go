package extract

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/lexicon"
)

var goldMisses = flag.String("misses", "", "print what the reader misses of the gold reports of a language, of the 21st on")

const goldScores = "testdata/gold/scores.txt"

// TestGoldSet measures the reader on the gold set, prints what it scores, and
// fails where a language falls below what is written down.
func TestGoldSet(t *testing.T) {
	r := New(invented)
	var together goldTally
	var all []goldTally
	var written strings.Builder
	for _, tag := range goldTags(t, "testdata/gold") {
		var sum, unseen goldTally
		var each []goldTally
		for i, g := range goldReports(t, "testdata/gold/"+tag+".txt", tag) {
			s := compare(g.claims, readClaims(r, g))
			if tag == *goldMisses && i >= 20 && len(s.misses) > 0 {
				t.Logf("%s %s\n\t%s", g.document.ID, g.document.Text, strings.Join(s.misses, "\n\t"))
			}
			each = append(each, s)
			sum.add(s)
			if i < 20 {
				unseen.add(s)
			}
		}
		t.Log(tag, scoreLine(each, sum), fmt.Sprintf("| 1-20: claim F %.1f", claimF(unseen)))
		fmt.Fprintf(&written, "%s claim %.1f figure %.1f\n", tag, claimF(sum), figureF(sum))
		together.add(sum)
		all = append(all, each...)
	}
	t.Log("together", scoreLine(all, together))
	heldTo(t, written.String())
}

func goldTags(t *testing.T, folder string) []string {
	t.Helper()
	var out []string
	for _, tag := range lexicon.Tags {
		if _, err := os.Stat(folder + "/" + tag + ".txt"); err == nil {
			out = append(out, tag)
		}
	}
	return out
}

func readClaims(r *Reader, g goldReport) []told {
	var out []told
	for _, c := range r.Read(g.document).Claims {
		out = append(out, readClaim(c))
	}
	return out
}

func scoreLine(each []goldTally, s goldTally) string {
	low, high := interval(each, claimF)
	first, last := interval(each, figureF)
	return fmt.Sprintf("claims %d: claim F %.1f (%.1f-%.1f), harm and figure F %.1f (%.1f-%.1f), killed claim F %.1f | %s",
		s.asked, claimF(s), low, high, figureF(s), first, last, f(s.killed[0], s.killed[1], s.killed[2]), s.fields())
}

// heldTo fails where a score is below the one written down.
func heldTo(t *testing.T, got string) {
	t.Helper()
	if *golden {
		if err := os.WriteFile(goldScores, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(goldScores)
	if err != nil {
		t.Fatal(err)
	}
	now := map[string][2]float64{}
	for line := range strings.Lines(got) {
		tag, scores := scoresOf(t, line)
		now[tag] = scores
	}
	for line := range strings.Lines(string(data)) {
		tag, least := scoresOf(t, line)
		for i, what := range []string{"claim F", "harm and figure F"} {
			if now[tag][i] < least[i] {
				t.Errorf("%s: %s is %.1f, below the %.1f that is written down", tag, what, now[tag][i], least[i])
			}
		}
	}
}

func scoresOf(t *testing.T, line string) (tag string, scores [2]float64) {
	t.Helper()
	if _, err := fmt.Sscanf(line, "%s claim %f figure %f", &tag, &scores[0], &scores[1]); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return tag, scores
}

// TestSecondPass prints how far two people who marked the same texts agree.
func TestSecondPass(t *testing.T) {
	const folder = "testdata/gold/second"
	for _, tag := range goldTags(t, folder) {
		first := goldReports(t, "testdata/gold/"+tag+".txt", tag)
		var sum goldTally
		var each []goldTally
		for i, g := range goldReports(t, folder+"/"+tag+".txt", tag) {
			if i >= len(first) || g.document.Text != first[i].document.Text {
				t.Errorf("%s: the second pass has another text", g.document.ID)
				continue
			}
			s := compare(first[i].claims, g.claims)
			if tag == *goldMisses && len(s.misses) > 0 {
				t.Logf("%s\n\t%s", g.document.ID, strings.Join(s.misses, "\n\t"))
			}
			each = append(each, s)
			sum.add(s)
		}
		t.Log("the two passes", tag, scoreLine(each, sum))
	}
}
