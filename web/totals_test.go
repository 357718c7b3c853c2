package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestTotalsSayWhatIsCountedAndWhatIsNot(t *testing.T) {
	n := page(t, pages(t), "/totals?by=month", http.StatusOK)
	for selector, want := range map[string]string{
		"[data-selection] .leftout": "Counted are incidents graded confirmed, fair, signed or not. Left out, and never added in: 1 weak.",
		"#group-0":                  "Civilians killed by month",
		"#campaigns tbody":          "Civilians killed Hayy al-Tahuna June 2031 to October 2031 1,300the words 1,300the words",
	} {
		if got := one(t, n, selector); got != want {
			t.Errorf("%s says %q, want %q", selector, got, want)
		}
	}
	if got := one(t, n, "#campaigns > p"); !strings.Contains(got, "never summed") {
		t.Errorf("campaign tolls are told as %q", got)
	}
	if got := attributes(n, "#campaigns tbody a", "href")[0]; got != "/documents/year-book#claim-1" {
		t.Errorf("a campaign toll leads to %s", got)
	}
	for _, words := range all(t, n, ".totals, [data-selection] .sums") {
		if strings.Contains(words, "1,300") {
			t.Errorf("a campaign toll is among the sums: %s", words)
		}
	}
}

func TestARowOfTotalsLeadsToItsIncidents(t *testing.T) {
	h := pages(t)
	for _, by := range []string{"year", "month", "grade", "belligerent", "place", "admin1", "country", "class", "means"} {
		n := page(t, h, "/totals?grade=all&by="+by, http.StatusOK)
		rows := all(t, n, "#group-0 ~ .totals [data-row]")
		links := attributes(n, "#group-0 ~ .totals .main-cell a", "href")
		if len(rows) == 0 || len(rows) != len(links) {
			t.Fatalf("by %s: %d rows, %d links", by, len(rows), len(links))
		}
		counts := all(t, n, `#group-0 ~ .totals [data-label="Incidents"]`)
		for i, link := range links {
			behind := all(t, page(t, h, link, http.StatusOK), "tbody .main-cell > a")
			if want, _, _ := strings.Cut(counts[i], " "); !strings.HasPrefix(want, count(len(behind))) {
				t.Errorf("by %s: %s shows %q, want %s incidents", by, link, behind, want)
			}
		}
	}
}

func TestTotalsAndTheirTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	for _, query := range []string{"?by=month", "?by=year&grade=all", "?by=grade&from=2031-05", "?place=elsewhere"} {
		n := page(t, h, "/totals"+query, http.StatusOK)
		var twin struct {
			Groups []struct {
				Rows []struct {
					Range     cairn.Range
					Incidents int
				}
			}
			Campaigns []struct{ Range cairn.Range }
		}
		twinAt(t, h, "/totals.json"+query, &twin)
		var floors, ceilings, tolls []string
		for _, g := range twin.Groups {
			for _, r := range g.Rows {
				floors, ceilings = append(floors, bound(r.Range.Min)), append(ceilings, bound(r.Range.Max))
			}
		}
		for _, c := range twin.Campaigns {
			tolls = append(tolls, bound(c.Range.Min)+"the words")
		}
		equal(t, query+" floors", all(t, n, `.totals [data-label="Floor"]`), floors)
		equal(t, query+" ceilings", all(t, n, `.totals [data-label="Ceiling"]`), ceilings)
		equal(t, query+" campaigns", all(t, n, `#campaigns [data-label="Floor"]`), tolls)
	}
}

func TestAPeriodThatNobodyWatchedIsNotNobodyHarmed(t *testing.T) {
	h := pages(t)
	for _, test := range []struct{ query, want string }{
		{"from=2030-01&to=2030-12", "Not monitored. Nobody watched this place in this period, so that no incident here does not mean that nobody was harmed."},
		{"from=2031-01&to=2031-03", "Partly monitored. Some of this period, or of these places, was not watched. What happened then is not in these figures."},
	} {
		if got := one(t, page(t, h, "/totals?"+test.query, 200), "main > .wide > .notice"); got != test.want {
			t.Errorf("?%s says %q, want %q", test.query, got, test.want)
		}
	}
	if got := all(t, page(t, h, "/totals?from=2031-03&to=2031-05", 200), "main > .wide > .notice"); len(got) > 0 {
		t.Errorf("a period that was watched says %q", got)
	}
}

func TestAChartHasAColumnForEveryPeriod(t *testing.T) {
	g := group{Rows: []groupRow{{By: "2031-01", Words: "January 2031", Range: cairn.Between(2, 7)}, {By: "2031-04", Words: "April 2031", Range: cairn.AtLeast(12)}, {By: "none", Range: cairn.Exactly(3)}}}
	c := chartOf(g, "month")
	if c == nil || len(c.Columns) != 4 {
		t.Fatalf("the chart is %+v, want January to April", c)
	}
	if !c.Columns[1].Empty || c.Columns[0].Empty || c.Columns[0].Floor >= c.Columns[0].Ceiling || c.Columns[3].Floor != c.Columns[3].Ceiling {
		t.Errorf("the columns are %+v", c.Columns)
	}
	if c := chartOf(g, "place"); c != nil {
		t.Error("a chart goes along places")
	}
}
