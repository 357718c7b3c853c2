package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestDocumentsAreChosenByTheirAddress(t *testing.T) {
	h := pages(t)
	for _, test := range []struct{ query, links string }{
		{"", "/documents/locked /documents/odd%2F1%3Fx=%23y /documents/year-book /documents/vale-2 /documents/shabaka-1 /documents/vale-1"},
		{"text=mill+quarter", "/documents/vale-2 /documents/vale-1"},
		{"text=الطاحونة", "/documents/shabaka-1"},
		{"source=Vale+News", "/documents/vale-1"},
		{"language=ar", "/documents/shabaka-1"},
		{"problem=any", "/documents/locked"},
		{"problem=encrypted", "/documents/locked"},
		{"problem=scanned", ""},
	} {
		n := page(t, h, "/documents?"+test.query, http.StatusOK)
		if got := strings.Join(attributes(n, "tbody .main-cell > a", "href"), " "); got != test.links {
			t.Errorf("?%s chooses %q, want %q", test.query, got, test.links)
		}
	}
}

func TestADocumentOfThePageSaysHowFarItHasCome(t *testing.T) {
	h := pages(t)
	n := page(t, h, "/documents?language=ar", http.StatusOK)
	equal(t, "the row", all(t, n, "tbody td"), []string{"غارة على حي الطاحونة في زُمرة شبكة الوادي · Arabic", "4 May 2031", "3", "Z1"})
	locked := page(t, h, "/documents?problem=any", http.StatusOK)
	if got, want := one(t, locked, "tbody .trouble"), "locked by a password the file asks for a password"; got != want {
		t.Errorf("the problem is told as %q, want %q", got, want)
	}
	if got := one(t, page(t, h, "/documents?problem=none", http.StatusBadRequest), ".fault li a"); got != "problem" {
		t.Errorf("the fault is of %q", got)
	}
}

func TestDocumentsAndTheirTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	n := page(t, h, "/documents", http.StatusOK)
	var twin struct {
		Documents []struct {
			Claims    int
			Incidents []string
		}
	}
	twinAt(t, h, "/documents.json", &twin)
	var claims, incidents []string
	for _, d := range twin.Documents {
		claims = append(claims, count(d.Claims))
		in := strings.Join(d.Incidents, " ")
		if in == "" {
			in = "none"
		}
		incidents = append(incidents, in)
	}
	equal(t, "claims", all(t, n, `tbody [data-label="Claims"]`), claims)
	equal(t, "incidents", all(t, n, `tbody [data-label="Incidents"]`), incidents)
}
