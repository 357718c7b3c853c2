package site

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestSelections(t *testing.T) {
	x := indexOf(cairn.Release{Number: 1, Grades: []cairn.Grade{cairn.Confirmed, cairn.Fair}}, []cairn.Listing{
		{Code: "T1", Grade: cairn.Fair, When: cairn.Period{From: "2031-05-03"}, Parties: []string{"Tarn Air Force"}, Place: cairn.PublicPlace{Name: "Orvane", Names: map[string]string{"ar": "أورفان"}, Keys: []string{"orvane", "tarn"}}},
		{Code: "T2", Grade: cairn.Weak, When: cairn.Period{From: "2031-06"}, Means: cairn.Mine, Place: cairn.PublicPlace{Name: "Selm", Keys: []string{"selm", "tarn"}}},
		{Code: "T3", Recorder: "Tarn Count", Former: []string{"X9"}},
		{Code: "T4"},
	})
	for query, want := range map[string]string{
		"":                              "T1 T3",
		"grade=all":                     "T1 T2 T3 T4",
		"grade=weak":                    "T2",
		"grade=weak&grade=fair":         "T1 T2",
		"place=TARN&grade=all":          "T1 T2",
		"place=nowhere&grade=all":       "",
		"party=Tarn+Air+Force":          "T1",
		"means=mine&grade=all":          "T2",
		"text=x9&grade=all":             "T3",
		"text=أورفان":                   "T1",
		"from=2031-06&grade=all":        "T2 T3 T4",
		"to=2031-05-02&grade=all":       "T3 T4",
		"from=2031-05-03&to=2031-05-03": "T1 T3",
		"from=2031-06-30&grade=weak":    "T2",
	} {
		q, err := url.ParseQuery(query)
		must(t, err)
		s, wrong := selectionOf(q)
		var codes []string
		for _, i := range s.taken(x) {
			codes = append(codes, x.listings[i].Code)
		}
		if got := strings.Join(codes, " "); got != want || len(wrong) > 0 {
			t.Errorf("%s chooses %q, want %q; wrong %v", query, got, want, wrong)
		}
	}
	_, wrong := selectionOf(url.Values{"from": {"yesterday"}, "grade": {"splendid"}, "by": {"mood"}})
	if got := strings.Join(wrong, " "); got != "from grade by" {
		t.Errorf("what cannot be is %q", got)
	}
}

func FuzzSelection(f *testing.F) {
	f.Add("from=2031-05&grade=fair&grade=weak&text=a+b&by=month")
	f.Add("place=%D8%A3&grade=all&to=2031")
	f.Fuzz(func(t *testing.T, query string) {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Skip()
		}
		s, _ := selectionOf(q)
		again, err := url.ParseQuery(strings.TrimPrefix(s.Query(), "?"))
		if err != nil {
			t.Fatalf("%q: %v", s.Query(), err)
		}
		if s.All {
			s.Grades = nil // all of them stand for each
		}
		if read, wrong := selectionOf(again); len(wrong) > 0 || !reflect.DeepEqual(read, s) {
			t.Fatalf("%+v is written as %q and read as %+v, wrong %v", s, s.Query(), read, wrong)
		}
	})
}

func TestSlugsAreNamesOfFilesAndDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"T1", "UCDP-242201", "a/b", "a b", "a-b", "../../etc/passwd", "أورفان", "حارة", "CON", strings.Repeat("x", 300), strings.Repeat("x", 299) + "y"} {
		slug := slugOf(name)
		if slug == "" || strings.Trim(slug, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(slug) > 80 {
			t.Errorf("%q is the file %q", name, slug)
		}
		if seen[slug] != "" {
			t.Errorf("%q and %q are one file, %s", name, seen[slug], slug)
		}
		seen[slug] = name
	}
	if slugOf("UCDP-242201") != "UCDP-242201" {
		t.Error("a plain code is not the name of its page")
	}
}
