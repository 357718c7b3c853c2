package extract

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestHowFirmlyAPartyIsNamed has each strength in words of its own.
func TestHowFirmlyAPartyIsNamed(t *testing.T) {
	pack := Pack{Parties: []cairn.Belligerent{{ID: "rf", Name: "River Front"}, {ID: "na", Name: "Northern Army"}}}
	reader := New(pack)
	for _, test := range []struct {
		text, who string
		strength  cairn.Strength
	}{
		{"River Front fighters killed four herders at the well.", "River Front", cairn.Stated},
		{"Four herders were killed by the Northern Army on Monday.", "Northern Army", cairn.Stated},
		{"Residents blamed the River Front for the shelling that killed four herders.", "River Front", cairn.Accused},
		{"Four herders were killed in an attack that officials blamed on the River Front.", "River Front", cairn.Accused},
		{"The mayor accused the Northern Army of killing four herders.", "Northern Army", cairn.Accused},
		{"The Northern Army admitted killing four herders in the raid.", "Northern Army", cairn.Admitted},
		{"The River Front claimed responsibility for the blast that killed four herders.", "River Front", cairn.Admitted},
		{"The Northern Army denied killing four herders.", "Northern Army", cairn.Denied},
		{"Four herders were killed by suspected River Front fighters.", "River Front", cairn.Possible},
		{"Four herders were killed in a strike believed to have been carried out by the Northern Army.", "Northern Army", cairn.Possible},
	} {
		claims := reader.Read(cairn.Document{ID: "d", Text: test.text, Published: "2031-05-06"}).Claims
		if len(claims) == 0 {
			t.Errorf("no claim in %q", test.text)
			continue
		}
		by := claims[0].By
		if len(by) != 1 || by[0].Name != test.who || by[0].Strength != test.strength {
			t.Errorf("%q: by %+v, want %s %s", test.text, by, test.who, test.strength)
		}
	}
}

// TestAPartyIsNamedAsItWasThen reads the same words in two years.
func TestAPartyIsNamedAsItWasThen(t *testing.T) {
	reader := New(Pack{Parties: []cairn.Belligerent{
		{ID: "vc", Name: "Valley Council", Names: map[string]string{"ar": "الجيش الشمالي"}, Roles: []cairn.Role{
			{Name: "Valley Guard", Period: cairn.Period{From: "2026"}},
		}},
		{ID: "rf", Name: "River Front", Roles: []cairn.Role{{Name: "Valley Guard", Period: cairn.Period{To: "2025"}}}},
		{ID: "na", Name: "Northern Army", Active: cairn.Period{From: "2030"}},
	}})
	for _, test := range []struct{ text, published, who string }{
		{"The Valley Guard killed four herders on Monday.", "2024-03-05", "River Front"},
		{"The Valley Guard killed four herders on Monday.", "2031-03-05", "Valley Council"},
		{"The Valley Guard killed four herders on 7 May 2021.", "2031-03-05", "River Front"},
		{"The Valley Guard killed four herders.", "", "Valley Council"},
		{"The Northern Army killed four herders on Monday.", "2031-03-05", "Northern Army"},
		{"قتل أربعة مدنيين في قصف الجيش الشمالي على القرية.", "2031-03-05", "Valley Council"},
	} {
		claims := reader.Read(cairn.Document{ID: "d", Text: test.text, Published: cairn.Date(test.published)}).Claims
		if len(claims) != 1 || len(claims[0].By) != 1 || claims[0].By[0].Name != test.who {
			t.Errorf("%q of %s: %+v, want %s", test.text, test.published, claims, test.who)
		}
	}
	claims := reader.Read(cairn.Document{ID: "d", Text: "The Northern Army killed four herders on Monday.", Published: "2024-03-05"}).Claims
	for _, c := range claims {
		for _, b := range c.By {
			if b.Name == "Northern Army" {
				t.Errorf("a party of 2030 is named in 2024: %+v", b)
			}
		}
	}
}
