package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

func TestIncidentsAreChosenByTheirAddress(t *testing.T) {
	h := pages(t)
	for _, test := range []struct{ query, codes string }{
		{"", "Z3 Z1 Z2"},
		{"place=Upper+Vale", "Z3 Z1"},
		{"place=invented:3", "Z3 Z1"},
		{"place=elsewhere", ""},
		{"from=2031-05", "Z3 Z1"},
		{"to=2031-04", "Z2"},
		{"from=2031-05-01&to=2031-05-31", "Z1"},
		{"harm=injured", "Z1"},
		{"grade=weak", "Z2"},
		{"grade=weak&grade=fair", "Z1 Z2"},
		{"grade=weak,confirmed", "Z3 Z2"},
		{"text=zx9", "Z1"},
		{"text=northern", "Z1"},
		{"party=Northern+Army", "Z1"},
		{"means=artillery", "Z3"},
		{"country=SY", "Z3 Z1"},
		{"stage=signed", "Z3"},
		{"changed=yes", "Z3"},
		{"unsigned=yes", "Z3 Z1 Z2"},
		{"code=Z1,Z2", "Z1 Z2"},
		{"text=100%25", ""},
	} {
		n := page(t, h, "/incidents?"+test.query, http.StatusOK)
		if got := strings.Join(all(t, n, "tbody .main-cell > a"), " "); got != test.codes {
			t.Errorf("?%s chooses %q, want %q", test.query, got, test.codes)
		}
	}
}

func TestARowSaysWhatItRestsOn(t *testing.T) {
	n := page(t, pages(t), "/incidents?text=Z1", http.StatusOK)
	equal(t, "the row", all(t, n, "tbody td"), []string{"Z14 May 2031buildings damaged: unknown", "Hayy al-Tahunaknown to the neighbourhood", "3–7children 2", "12–24", "fairlikely strike", "Northern Army", "3 documents2 origins · not signed"})
}

func TestIncidentsAndTheirTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	for _, query := range []string{"", "?grade=fair", "?place=elsewhere", "?stage=signed"} {
		n := page(t, h, "/incidents"+query, http.StatusOK)
		var twin struct {
			Selection struct {
				Figures []struct {
					Range     cairn.Range
					Incidents int
				}
			}
			Incidents []struct {
				Code            string
				Killed, Injured cairn.Range
			}
		}
		twinAt(t, h, "/incidents.json"+query, &twin)
		var codes, killed, injured []string
		for _, i := range twin.Incidents {
			codes, killed, injured = append(codes, i.Code), append(killed, figure(i.Killed)), append(injured, figure(i.Injured))
		}
		equal(t, query+" codes", all(t, n, "tbody .main-cell > a"), codes)
		equal(t, query+" killed", all(t, n, `tbody [data-label="Killed"] > span:first-child`), killed)
		equal(t, query+" injured", all(t, n, `tbody [data-label="Injured"] > span:first-child`), injured)
		if len(twin.Selection.Figures) > 0 {
			if got, want := all(t, n, "[data-selection] .big")[0], figure(twin.Selection.Figures[0].Range); got != want {
				t.Errorf("%s: the total is %s, in the twin %s", query, got, want)
			}
		}
	}
}

func TestASelectionSaysWhatIsNotInItsTotal(t *testing.T) {
	h := pages(t)
	if got, want := one(t, page(t, h, "/incidents", 200), "[data-selection] .leftout"),
		"Counted are incidents graded confirmed, fair, signed or not. Left out, and never added in: 1 weak."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	injured := page(t, h, "/incidents?harm=injured", 200)
	if got := all(t, injured, "[data-selection] .sum .of"); len(got) != 1 || got[0] != "Civilians injured" {
		t.Errorf("the total of the injured is of %q", got)
	}
	if got := one(t, page(t, h, "/incidents?text=northern", 200), "[data-selection] .notice"); !strings.Contains(got, "without a total") {
		t.Errorf("a selection that has no total says %q", got)
	}
}

func TestAFormThatCannotBeUnderstoodIsShownAgain(t *testing.T) {
	h := pages(t)
	for _, test := range []struct{ query, field string }{
		{"from=yesterday", "from"},
		{"from=2031-06&to=2031-05", "to"},
		{"grade=splendid", "grade"},
		{"harm=%3Cscript%3E", "harm"},
		{"stage=later", "stage"},
		{"means=rain", "means"},
	} {
		n := page(t, h, "/incidents?"+test.query, http.StatusBadRequest)
		if got := one(t, n, ".fault li a"); got != test.field {
			t.Errorf("?%s: the fault is of %q, want %q", test.query, got, test.field)
		}
		if id := attributes(n, "#field-"+test.field, "id"); len(id) != 1 {
			t.Errorf("?%s: the form has no field %q", test.query, test.field)
		}
		if found := all(t, n, "[data-row], [data-selection]"); len(found) > 0 {
			t.Errorf("?%s: shows %q", test.query, found)
		}
	}
	if got := attributes(page(t, h, "/incidents?from=yesterday", 400), "#field-from", "value"); got[0] != "yesterday" {
		t.Errorf("the form has lost what was written: %q", got)
	}
}

func TestPagesFollowOneAnother(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	write(t, s, "take", "", "", func(tx *store.Tx) error {
		for k := range 120 {
			code := fmt.Sprintf("N%03d", k)
			i := cairn.Incident{Code: code, Project: "zumra", When: cairn.Period{From: "2031-03"}}
			if err := put(tx, i, cairn.Assessment{Incident: code, Grading: cairn.Grading{Grade: cairn.Weak}}); err != nil {
				return err
			}
			if err := tx.PutDocument(ctx, cairn.Document{ID: code, Title: code, Text: code}); err != nil {
				return err
			}
		}
		return nil
	})
	h := handler(t, s)
	for _, test := range []struct {
		path, label string
		want        int
	}{{"/incidents?from=2031-03&to=2031-03", "N", 120}, {"/documents?text=n", "N", 120}} {
		seen := map[string]int{}
		for next, turns := test.path, 0; next != ""; turns++ {
			if turns > 9 {
				t.Fatal("the pages do not end")
			}
			n := page(t, h, next, http.StatusOK)
			for _, name := range all(t, n, "tbody .main-cell > a") {
				seen[name]++
			}
			links := attributes(n, `.pages a[rel="next"]`, "href")
			if next = ""; len(links) > 0 {
				next = links[0]
				if _, err := url.Parse(next); err != nil {
					t.Fatal(err)
				}
			}
		}
		found := 0
		for name, times := range seen {
			if strings.HasPrefix(name, test.label) {
				found++
			}
			if times != 1 {
				t.Errorf("%s: %s is shown %d times", test.path, name, times)
			}
		}
		if found != test.want {
			t.Errorf("%s shows %d, want %d", test.path, found, test.want)
		}
	}
}
