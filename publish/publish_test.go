package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestEntryNames(t *testing.T) {
	e := cairn.Entry{Values: map[string]string{"given_name": "Tamsin", "father_name": "Ede", "family_name": "Orrelby"}, Written: map[string]string{"name": "تمسين أوريلبي"}}
	if got, want := strings.Join(EntryNames(e), "; "), "Tamsin Orrelby; Tamsin Ede Orrelby; Tamsin Ede; تمسين أوريلبي"; got != want {
		t.Errorf("the names are %q, want %q", got, want)
	}
}

func TestAPointIsNoCloserThanTheProjectSays(t *testing.T) {
	lat, lon := 40.1234567, 50.7654321
	for _, c := range []struct {
		accuracy, closest cairn.Accuracy
		want              string
	}{
		{cairn.Exact, cairn.Neighbourhood, "40.12 50.77 neighbourhood"},
		{cairn.Exact, cairn.Town, "40.1 50.8 town"},
		{cairn.Exact, cairn.Exact, "40.1234567 50.7654321 exact"},
		{cairn.Street, cairn.District, "none district"},
		{"", cairn.Neighbourhood, "40.12 50.77 neighbourhood"},
		{cairn.City, cairn.Neighbourhood, "40.1234567 50.7654321 city"},
	} {
		m := Material{Incident: cairn.Incident{Where: &cairn.Where{Name: "Orvane", Lat: &lat, Lon: &lon, Accuracy: c.accuracy}}, Closest: c.closest}
		p := m.place()
		got := "none"
		if p.Point != nil {
			got = fmt.Sprint(p.Point.Lat, " ", p.Point.Lon)
		}
		if got += " " + string(p.Accuracy); got != c.want {
			t.Errorf("%s no closer than %s: %s, want %s", c.accuracy, c.closest, got, c.want)
		}
	}
}

func TestReasonsNameNumbersAndNobody(t *testing.T) {
	m := Material{Staff: []string{"Staffa Inward"}, Accounts: []Account{{Testimony: cairn.Testimony{Document: cairn.Document{ID: "1"}}}, {Testimony: cairn.Testimony{Document: cairn.Document{ID: "file.docx"}}}}}
	m.Assessment.Reasons = []string{"killed: the floor 12 is what 1 names (1, file.docx)", "merged by Staffa Inward on 2031-05-03", "killed was set by X: secret"}
	m.Assessment.Reasons = append([]string{"Selm Nurse rests on Tarn Wire for the same figure"}, m.Assessment.Reasons...)
	m.Sources = map[string]cairn.Source{"Selm Nurse": {Name: "Selm Nurse", Anonymous: true}, "Tarn Wire": {Name: "Tarn Wire"}}
	m.Assessment.Overrides = []cairn.Overridden{{Field: "killed"}}
	if got, want := strings.Join(m.reasons(cairn.Names{}), "; "), "undisclosed source rests on Tarn Wire for the same figure; killed: the floor 12 is what [1] names ([1], [2])"; got != want {
		t.Errorf("the reasons are %q, want %q", got, want)
	}
}

func TestASourceThatAskedNotToBeNamedHasNoName(t *testing.T) {
	m := Material{Sources: map[string]cairn.Source{"Selm Nurse": {Anonymous: true}, "Bram Untold": {Kind: cairn.Witness}}}
	for k, name := range []string{"Tarn Wire", "Selm Nurse", "Bram Untold"} {
		m.Accounts = append(m.Accounts, Account{Testimony: cairn.Testimony{Document: cairn.Document{ID: fmt.Sprint("d", k), Source: name, Title: "of " + name, URL: "https://selm.example/" + fmt.Sprint(k)}}})
	}
	var got []string
	for _, s := range m.sources(cairn.Names{}) {
		got = append(got, fmt.Sprintf("%q %q %q %v", s.Name, s.Title, s.Address, s.Witness))
	}
	if want := `"Tarn Wire" "of Tarn Wire" "https://selm.example/0" false; "" "" "" false; "" "" "" true`; strings.Join(got, "; ") != want {
		t.Errorf("the sources are %s, want %s", strings.Join(got, "; "), want)
	}
}

func TestChanges(t *testing.T) {
	was := cairn.Published{Listing: cairn.Listing{Grade: cairn.Weak, When: cairn.Period{From: "2031-05-03", To: "2031-05-03"}, Figures: []cairn.Figured{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(3, 7)}}}}
	now := was
	now.Grade, now.Parties, now.Review = cairn.Fair, []string{"Tarn Air Force"}, true
	now.Figures = []cairn.Figured{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(4, 7)}, {Harm: cairn.Injured, Class: cairn.Child, Range: cairn.Exactly(2)}}
	var got []string
	for _, c := range Changes(was, now) {
		got = append(got, c.Field+": "+c.From+" to "+c.To)
	}
	if want := "grading: weak to fair; by:  to Tarn Air Force; killed: 3–7 to 4–7; children_injured:  to 2"; strings.Join(got, "; ") != want {
		t.Errorf("changes %q, want %q", strings.Join(got, "; "), want)
	}
	if same := Changes(was, was); len(same) != 0 {
		t.Errorf("nothing changed, yet %v", same)
	}
}

// answers are pages by their paths.
type answers map[string]string

func (a answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, ok := a[strings.TrimPrefix(r.URL.Path, "/")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, text)
}

func TestAFolderIsCompleteOrAbsent(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "site")
	pages := answers{"index.html": "one", "en/a.html": "two"}
	m, err := Folder(context.Background(), dir, pages, []string{"index.html", "en/a.html"}, cairn.Release{Number: 3})
	if err != nil {
		t.Fatal(err)
	}
	text, err := m.Bytes()
	kept, read := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil || read != nil || string(text) != string(kept) || m.Release != 3 || m.Files[0].Path != "en/a.html" || m.Files[0].Bytes != 3 {
		t.Errorf("the manifest is %s, %v, %v", kept, err, read)
	}
	if _, err := Folder(context.Background(), dir, pages, []string{"index.html", "missing.html"}, cairn.Release{}); err == nil {
		t.Error("a page that is missing is no fault")
	}
	if _, err := os.Stat(filepath.Join(dir, "en/a.html")); err != nil {
		t.Errorf("the site that stood there is gone: %v", err)
	}
	if _, err := Folder(context.Background(), dir, pages, []string{"index.html"}, cairn.Release{}); err != nil {
		t.Errorf("a site is not written over another: %v", err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 1 {
		t.Errorf("beside the site lie %v, %v", left, err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "thesis.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Folder(context.Background(), other, pages, []string{"index.html"}, cairn.Release{}); !errors.As(err, new(cairn.Invalid)) {
		t.Errorf("a folder of something else is written over: %v", err)
	}
	if _, err := Folder(context.Background(), filepath.Join(parent, "b"), pages, []string{"../index.html"}, cairn.Release{}); !errors.As(err, new(cairn.Invalid)) {
		t.Errorf("a path leaves the folder: %v", err)
	}
}

// TestNobodyIsNamedByWhatAThingIsCalled holds names of places, sources and parties,
// and what they are known by, to those of victims.
func TestNobodyIsNamedByWhatAThingIsCalled(t *testing.T) {
	document := cairn.Document{ID: "page", Source: "Page of Tamsin Orrelby"}
	claim := cairn.Claim{N: 1, Harm: cairn.Killed, By: []cairn.Attacker{{Name: "Tamsin Orrelby", Strength: cairn.Accused}}}
	form := Form(Material{Incident: cairn.Incident{Code: "T1", By: claim.By, Where: &cairn.Where{ID: "project:tamsin-orrelby-house", Name: "House of Tamsin Orrelby", Country: "XA"}},
		Place: cairn.Place{Names: map[string]string{"es": "Casa de Tamsin Orrelby", "ar": "أورفان"}}, Keys: []string{"project:tamsin-orrelby-house", "house of tamsin orrelby", "orvane"},
		Accounts:   []Account{{Testimony: cairn.Testimony{Ref: cairn.ClaimRef{Document: "page", N: 1}, Document: document, Claim: claim}}},
		References: []cairn.Reference{{Kind: cairn.ByPress, Title: "a", By: "Friends of Tamsin Orrelby"}}, Names: cairn.NamesOf([]cairn.Name{{Words: "Tamsin Orrelby"}}),
		Assessment: cairn.Assessment{Positions: []cairn.Position{{Party: "Tamsin Orrelby"}}}, Closest: cairn.Neighbourhood})
	text, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.ToLower(string(text)); strings.Contains(said, "orrelby") || !strings.Contains(said, "orvane") {
		t.Errorf("it says %s", text)
	}
	if form.Place.ID == "" || !slices.Contains(form.Place.Keys, form.Place.ID) {
		t.Errorf("the place is not found any more: %+v", form.Place)
	}
}
