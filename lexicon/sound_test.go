package lexicon_test

import (
	"testing"

	"github.com/cairn-recorder/cairn/lexicon"
)

func TestSpellingsOfOneNameSoundAlike(t *testing.T) {
	for _, spellings := range [][]string{
		{"Tel Marun", "Tall Mārūn", "Tell Maroun", "تل مارون", "Тель Марун"},
		{"Qasr Sahil", "Kasr as Sahel", "قصر ساحل"},
		{"Ash Shumara", "Shamara", "الشمارة"},
		{"Orvane", "Urvan", "Орвань"},
	} {
		want := lexicon.Sound(spellings[0])
		for _, s := range spellings[1:] {
			if got := lexicon.Sound(s); got != want {
				t.Errorf("%s sounds %q, %s sounds %q", spellings[0], want, s, got)
			}
		}
	}
	if lexicon.Sound("Tarn") == lexicon.Sound("Marun") {
		t.Error("two names sound alike")
	}
	if lexicon.Sound("a-e") != "" {
		t.Error("vowels alone sound")
	}
}

func TestAnAtlasSuggestsNamesThatSoundAlike(t *testing.T) {
	a := atlas(t, packed(t, entry("v:1", "geonames:7", "Maroun", "Maroun"), entry("v:2", "", "Tall Orvān", "Tall Orvān")))
	names := func(kept string) []string { return []string{kept} }
	for _, test := range []struct{ name, want string }{{"Tel Orvane", "v:2"}, {"Meroun", "geonames:7"}, {"Nowhere", ""}, {"", ""}} {
		got := ""
		if found := a.Alike(test.name, 1, names); len(found) > 0 {
			got = a.Place(found[0]).ID
		}
		if got != test.want {
			t.Errorf("%s suggests %q, want %q", test.name, got, test.want)
		}
	}
}
