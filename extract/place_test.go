package extract

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// placesOf returns the places of a text as "words=ID" parted by "; ".
func placesOf(t *testing.T, r *Reader, text string) string {
	t.Helper()
	var out []string
	for _, p := range r.Spans(cairn.Document{ID: "d", Text: text, Language: "en"}, "where").Places {
		if p.Span.Of(text) != p.Words {
			t.Errorf("%q stands at %v, where %q stands", p.Words, p.Span, p.Span.Of(text))
		}
		out = append(out, p.Words+"="+p.ID)
	}
	return strings.Join(out, "; ")
}

func TestPlacesOfReports(t *testing.T) {
	if !lexicon.Places().Built() {
		t.Skip("the places are not built; run make places")
	}
	r := New(Pack{})
	for _, test := range []struct{ rule, text, want string }{
		{"spellings of Arabic names", "Raids hit Deir Ezzor.", "Deir Ezzor=geonames:170794"},
		{"spellings of Arabic names", "Raids hit Deir al-Balah.", "Deir al-Balah=geonames:281141"},
		{"a name begins with the article", "Two people died in al-Qaim.", "al-Qaim=geonames:92138"},
		{"a name begins with the article", "Two people died in Al Qaim.", "Al Qaim=geonames:92138"},
		{"a seat that nobody counted", "Shells fell on the town and Tel Afar burned.", "Tel Afar=geonames:90393"},
		{"what is struck", "The shelling of Talbiseh went on.", "Talbiseh=geonames:163779"},
		{"called so first, and once", "A boy was shot in Philadelphia.", "Philadelphia=geonames:4560349"},
		{"near other places", "Shells fell in Ariha and in Saraqib.", "Ariha=geonames:172994; Saraqib=geonames:164816"},
		{"near other places", "Tripoli was shelled; two men died in Misrata.", "Tripoli=geonames:2210247; Misrata=geonames:2214846"},
		{"near other places", "Tripoli was shelled; two men came from Akkar in Lebanon.", "Tripoli=geonames:266826; Akkar=admin1:LB.10; Lebanon=country:LB"},
		{"a capital far away", "Raids hit Idlib and Saraqib, a group in London said.", "Idlib=geonames:169389; Saraqib=geonames:164816; London=geonames:2643743"},
		{"a town and its state", "He died in Paris, Texas.", "Paris=geonames:4717560; Texas=admin1:US.TX"},
		{"a town and its state, shortened", "He died in Paris, Tex., on Monday.", "Paris=geonames:4717560; Tex=admin1:US.TX"},
		{"a town and its state, shortened", "He died in Paris, TX.", "Paris=geonames:4717560; TX=admin1:US.TX"},
		{"a party is no place", "A US strike killed three people.", ""},
		{"a party is no place", "He died in US strikes.", ""},
		{"a country shortened", "He was tried in the UK.", "UK=country:GB"},
		{"a party is no place", "Hamas fired rockets.", ""},
		{"a county", "The sheriff of Broward County said so.", "Broward County=admin2:US.FL.011"},
		{"a governorate of the second level", "Four people died in Rafah Governorate.", "Rafah Governorate=admin2:PS.GZ.7870260"},
		{"a direction is part of the name", "Floods hit North Sumatra.", "North Sumatra=admin1:ID.26"},
		{"a country or a state", "Gunmen killed nine people in Niger state, police in Minna said.", "Niger state=admin1:NG.31; Minna=geonames:2330100"},
		{"a country or a state", "Two towns of Georgia, Atlanta and Savannah, were flooded.", "Georgia=admin1:US.GA; Atlanta=geonames:4180439; Savannah=geonames:4221552"},
		{"a public body is called after its place", "The Kharkiv City Council met.", "Kharkiv=geonames:706483"},
		{"a street is no place", "He lived on Lincoln Street.", ""},
		{"a university is no place", "She taught at Columbia University.", ""},
		{"a month is no place", "She died in August.", ""},
		{"who speaks is a person", "The mayor came. Then Moore said that nobody died.", ""},
		{"a country owns it", "The bombs hit Burma's Rakhine state.", "Burma=country:MM; Rakhine state=admin1:MM.01"},
		{"a country owns it", "The bombs hit Syria's Saraqib.", "Syria=country:SY; Saraqib=geonames:164816"},
		{"a country owns it", "The bombs hit Lebanon’s Tripoli.", "Lebanon=country:LB; Tripoli=geonames:266826"},
		{"part of a longer name", "Nobody died in Bab al-Marun.", ""},
		{"the seat of an area", "Shells fell on the towns: in Mykolaiv, Kherson and Odesa.", "Mykolaiv=geonames:700569; Kherson=geonames:706448; Odesa=geonames:698740"},
		{"the town of its region", "Shells fell in Lviv, Drohobych, Stryi and Mykolaiv.", "Lviv=geonames:702550; Drohobych=geonames:709611; Stryi=geonames:692372; Mykolaiv=geonames:700568"},
		{"one sense a document", "He fled from Saltash on foot. Everybody saw Saltash burning.", "Saltash=geonames:2638651; Saltash=geonames:2638651"},
	} {
		if got := placesOf(t, r, test.text); got != test.want {
			t.Errorf("%s: %q has %q, want %q", test.rule, test.text, got, test.want)
		}
	}
}

// TestAProjectsPlaceStandsBeforeAnother holds for its names whatever else bears
// them and whatever lies near.
func TestAProjectsPlaceStandsBeforeAnother(t *testing.T) {
	mine := Pack{Places: []cairn.Place{{ID: "project:1", Name: "Paris", Country: "ZZ", Accuracy: cairn.Village}}}
	if got, want := placesOf(t, New(mine), "Three died in Paris."), "Paris=project:1"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestReasonsSayWhatSpokeForAPlace(t *testing.T) {
	if !lexicon.Places().Built() {
		t.Skip("the places are not built; run make places")
	}
	d := cairn.Document{ID: "d", Language: "en", Text: "He died in Paris, Texas."}
	places := New(Pack{}).Spans(d, "where").Places
	if len(places) == 0 || !strings.Contains(places[0].Reason, "Texas stands beside it") || len(places[0].Alternatives) == 0 {
		t.Errorf("found %+v", places)
	}
}
