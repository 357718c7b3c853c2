package extract

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestNamesInOtherCases looks for the invented places and parties by their names
// in other cases than the first, and for none in common words.
func TestNamesInOtherCases(t *testing.T) {
	r := New(invented)
	for _, c := range []struct{ language, text, place, party string }{
		{"uk", "У Стожарові загинули троє людей.", "Stozhariv", ""},
		{"uk", "Біля Нової Сіверані поранено двох людей.", "Nova Siveran", ""},
		{"uk", "Мешканці Полинівки поховали трьох загиблих.", "Polynivka", ""},
		{"uk", "Під Терногорами федеральні війська вбили двох селян.", "Ternohory", "Federal Army"},
		{"uk", "У Маревській області поранено п'ятьох людей.", "Marevsk Oblast", ""},
		{"uk", "У Синьоброді дрон Північного фронту вбив одну людину.", "Synobrid", "Northern Front"},
		{"uk", "В Айн-Сарсі загинули двоє людей.", "Ain Sarha", ""},
		{"ru", "В Стожарове погибли трое.", "Stozhariv", ""},
		{"ru", "Под Новой Северанью ранены двое.", "Nova Siveran", ""},
		{"ru", "В Гартовом бойцы Сахильской гвардии убили двух крестьян.", "Hartove", "Sahil Guard"},
		{"ru", "В Лебедице при обстреле погибла женщина.", "Lebedytsia", ""},
		{"ru", "У Каср-Сахиля пропали без вести трое рыбаков.", "Qasr Sahil", ""},
		{"uk", "У лікарні померли двоє поранених.", "", ""},
		{"ru", "В понедельник ранены трое рабочих.", "", ""},
		{"ru", "Врачи спасли троих, двое скончались.", "", ""},
	} {
		claims := r.Read(cairn.Document{ID: c.text, Text: c.text, Language: c.language, Published: "2024-03-05"}).Claims
		if len(claims) == 0 {
			t.Errorf("%q: no claim", c.text)
			continue
		}
		place, party := "", ""
		if w := claims[0].Where; w != nil {
			place = w.Name
		}
		if len(claims[0].By) > 0 {
			party = claims[0].By[0].Name
		}
		if place != c.place || party != c.party {
			t.Errorf("%q: at %q by %q, want %q by %q", c.text, place, party, c.place, c.party)
		}
	}
}
