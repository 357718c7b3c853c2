package publish

import (
	"fmt"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestTextsThatNameIncidents(t *testing.T) {
	forms := map[string]cairn.Published{}
	for code, text := range map[string]string{
		"T1": "A raid like that of T2; T1 was the first.", "T2": "Nobody knew of T10 or xT1x.", "T3": "The second strike (T-9) came an hour after T1-a.", "T4": "",
	} {
		forms[code] = cairn.Published{Listing: cairn.Listing{Code: code}, Narratives: []cairn.PublicNarrative{{Parts: []cairn.PublicPart{{Words: text}}}}}
	}
	was := forms["T4"]
	was.Former = []string{"T-9"}
	forms["T4"] = was
	if got, want := fmt.Sprint(Mentions(forms)), "map[T2:[T1] T4:[T3]]"; got != want {
		t.Errorf("incidents are named in %s, want %s", got, want)
	}
}

func TestReferencesComeByKindAndNameNobody(t *testing.T) {
	m := Material{Names: cairn.NamesOf([]cairn.Name{{Words: "Tamsin Orrelby"}}), References: []cairn.Reference{
		{Kind: cairn.ByPress, Title: "Who killed Tamsin Orrelby?", By: "Tarn Wire", On: "2032-01-01", Link: "https://wire.example/tamsin-orrelby"},
		{Kind: cairn.ByCourt, Title: "Judgment of the first instance", By: "Court of Tarn", On: "2033-01-01", Where: "paragraph 12"},
		{Kind: cairn.ByCourt, Title: "Judgment on appeal", By: "Court of Tarn", On: "2034", Link: "file:///home/ana/judgment.pdf"},
	}}
	got := ""
	for _, r := range m.references(m.masks()) {
		got += fmt.Sprintf("%s %q %s %q; ", r.Kind, r.Title, r.On, r.Link)
	}
	if want := `court "Judgment on appeal" 2034 ""; court "Judgment of the first instance" 2033-01-01 ""; press "Who killed ███?" 2032-01-01 "https://wire.example/"; `; got != want {
		t.Errorf("the references are %s, want %s", got, want)
	}
}
