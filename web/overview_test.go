package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

func TestTheOverviewSaysWhereTheProjectStands(t *testing.T) {
	n := page(t, pages(t), "/", http.StatusOK)
	equal(t, "from reports to numbers", all(t, n, ".funnel li"), []string{"5 documents collected and read", "10 claims in them", "3 incidents that they make",
		"3 in review: proposed, not signed", "1 signed by a person", "1 signed, and changed since"})
	for selector, want := range map[string]string{
		"h1":                      "Harm in Zumra",
		".lede .lead":             "Civilians harmed by strikes and shelling in the invented district of Zumra.",
		"#watched ~ ul li":        "Zumra: watched since February 2031, still open.",
		"#problems ~ .tallied li": "locked by a password 1",
	} {
		if got := one(t, n, selector); got != want {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
}

func TestTheOverviewAndItsTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	n := page(t, h, "/", http.StatusOK)
	var twin struct {
		Backlog  store.Backlog
		Headline struct {
			Figures []struct {
				Harm  cairn.Harm
				Class cairn.Class
				Range cairn.Range
			}
		}
	}
	twinAt(t, h, "/.json", &twin)
	b := twin.Backlog
	equal(t, "backlog", all(t, n, ".funnel b"), []string{count(b.Collected), count(b.Claims), count(b.Incidents), count(b.InReview), count(b.Signed), count(b.Changed)})
	text := strings.Join(all(t, n, ".headline"), " ")
	for _, f := range twin.Headline.Figures {
		if !strings.Contains(text, figure(f.Range)) {
			t.Errorf("%s %s is not on the page", figure(f.Range), ofWhom(f.Harm, f.Class))
		}
	}
}
