package cairn

import (
	"slices"
	"strings"
	"testing"
)

func TestDisclose(t *testing.T) {
	rowan := Disclosure{Name: "Rowan  Ashgrove", Persons: []Disclosed{{As: ByConsent, Keys: []string{"k1", "k2"}}}}.String()
	shared := Disclosure{Name: "Ashgrove", Persons: []Disclosed{{As: ByConsent, Keys: []string{"k1"}}, {As: ByPolicy, Keys: []string{"k3"}}}}.String()
	for _, test := range []struct {
		name, text, held, want string
	}{
		{"nobody in it", "Seven died.", "", "Seven died."},
		{"who consents", "Dead: " + rowan + ".", "", "Dead: Rowan Ashgrove."},
		{"who was suppressed since", "Dead: " + rowan + ".", "k1", "Dead: ███."},
		{"by another of their entries", "Dead: " + rowan + ".", "k2", "Dead: ███."},
		{"a name that two bear", shared + "'s shop, " + shared, "", "Ashgrove's shop, Ashgrove"},
		{"of whom one was suppressed", shared + "'s shop", "k3", "███'s shop"},
		{"several", rowan + " and " + shared, "k3", "Rowan Ashgrove and ███"},
		{"cut off within", "Dead: " + rowan[:len(rowan)-6], "", "Dead: ███"},
		{"begun within", "grove" + disclosureEnds + " died.", "", "███ died."},
		{"begun and cut off", "grove" + disclosureEnds + " died with " + rowan[:9], "", "███ died with ███"},
		{"marks in the wrong order", disclosureNames + "a" + disclosureEnds + "b", "", "███b"},
		{"nobody who bears it", disclosureBegins + disclosureNames + "Rowan" + disclosureEnds, "", "███"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Disclose(test.text, func(p Disclosed) bool { return !slices.Contains(p.Keys, test.held) })
			if got != test.want {
				t.Errorf("it is shown as %q, want %q", got, test.want)
			}
		})
	}
	if got := Unmarked("a" + rowan); Disclose(got, func(Disclosed) bool { return true }) != got || len(got) != len("a"+rowan) {
		t.Errorf("a text of others discloses %q", got)
	}
}

func FuzzDisclose(f *testing.F) {
	f.Add("Dead: "+Disclosure{Name: "Rowan Ashgrove", Persons: []Disclosed{{As: ByConsent, Keys: []string{"k"}}}}.String(), 3, 40)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		from, to = max(0, min(from, len(text))), max(0, min(to, len(text)))
		if from > to {
			from, to = to, from
		}
		got := Disclose(text[from:to], func(Disclosed) bool { return false })
		if strings.ContainsAny(got, disclosureBegins+disclosureEnds) {
			t.Errorf("a mark is left in %q", got)
		}
	})
}
