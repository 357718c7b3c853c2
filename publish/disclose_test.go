package publish

import (
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// quarter is an incident with a woman who agreed to be named, her brother who is
// suppressed, a man of whom nothing is said, and somebody on no list.
func quarter() Material {
	m := Material{
		Names: cairn.NamesOf([]cairn.Name{{Words: "Rowan Ashgrove", Person: "p1"}, {Words: "Rowan Hadi Ashgrove", Person: "p1"}, {Words: "Pelham Quillon", Person: "p2"}, {Words: "Isolde Marchetti", Person: "p3"}, {Words: "Wendel Harrow", Person: "p4"}, {Words: "Wendel Harrow", Person: "p5"},
			{Words: "Lowri Vask", Person: ""}, {Words: "Rowan Ashgrove", Person: ""}, {Words: "Ide Tallow", Person: "p6"}}),
		Victims: []Victim{
			{Victim: cairn.Victim{ID: "p1", Names: []string{"Rowan Ashgrove", "Rowan Hadi Ashgrove"}}, Display: cairn.FullName, Agreed: true, Keys: []string{"k1", "k11"}},
			{Victim: cairn.Victim{ID: "p2", Names: []string{"Pelham Quillon"}}, Keys: []string{"k2"}},
			{Victim: cairn.Victim{ID: "p3", Names: []string{"Isolde Marchetti"}}, Display: cairn.Initials, Keys: []string{"k3"}},
			{Victim: cairn.Victim{ID: "p4", Names: []string{"Wendel Harrow"}}, Display: cairn.FullName, Keys: []string{"k4"}},
		},
		Bearers: map[string]Bearer{"p1": {Keys: []string{"k1", "k11"}}, "p2": {Keys: []string{"k2"}, Unnamed: true}, "p3": {Keys: []string{"k3"}}, "p4": {Keys: []string{"k4"}}, "p5": {Keys: []string{"k5"}}, "p6": {Keys: []string{"k6"}}},
	}
	m.Accounts = []Account{{Testimony: cairn.Testimony{Claim: cairn.Claim{Victims: cairn.Victims{Names: []string{"Rowan Ashgrove", "Lowri Vask"}}}}}}
	return m
}

func TestWhoIsNamedInQuotedWords(t *testing.T) {
	m := quarter()
	masks := m.masks()
	for _, test := range []struct{ name, text, quoted, cleared string }{
		{"who agreed", "Dead: Rowan Ashgrove, 41.", "Dead: Rowan Ashgrove, 41.", "Dead: Rowan Ashgrove, 41."},
		{"by another spelling of a list", "Rowan Hadi Ashgrove died.", "Rowan Hadi Ashgrove died.", "Rowan Hadi Ashgrove died."},
		{"by the family name", "The Ashgrove shop burned.", "The Ashgrove shop burned.", "The Ashgrove shop burned."},
		{"whose own record forbids it", "Pelham Quillon died; Quillon was 34.", "███ died; ███ was 34.", "███ died; ███ was 34."},
		{"of whom initials are shown", "Isolde Marchetti died.", "███ died.", "Isolde Marchetti died."},
		{"who shares the name of another", "Wendel Harrow died.", "███ died.", "Wendel Harrow died."},
		{"who is on no list", "Lowri Vask died.", "███ died.", "Lowri Vask died."},
		{"who is on a list and of another incident", "Ide Tallow saw it.", "███ saw it.", "Ide Tallow saw it."},
		{"a name that holds another's word", "Rowan Quillon died.", "███ died.", "███ died."},
		{"beside somebody who is not", "Rowan Ashgrove, Pelham Quillon", "Rowan Ashgrove, ███", "Rowan Ashgrove, ███"},
		{"right beside somebody who is not", "Rowan Ashgrove Pelham Quillon", "███", "███"},
		{"nobody", "Nine died.", "Nine died.", "Nine died."},
	} {
		t.Run(test.name, func(t *testing.T) {
			everybody := func(cairn.Disclosed) bool { return true }
			if got := cairn.Disclose(m.quoting(masks).quote(test.text), everybody); got != test.quoted {
				t.Errorf("quoted it is %q, want %q", got, test.quoted)
			}
			if got := cairn.Disclose(m.clearing(masks, "herald").quote(test.text), everybody); got != test.cleared {
				t.Errorf("cleared it is %q, want %q", got, test.cleared)
			}
		})
	}
	hostile := m.quoting(masks).quote("\uE000ck9\uE001Pelham Quillon\uE002")
	if got := cairn.Disclose(hostile, func(d cairn.Disclosed) bool { return slices.Contains(d.Keys, "k9") }); got != "\uFFFDck9\uFFFD███\uFFFD" {
		t.Errorf("a text that brings marks of its own is shown as %q", got)
	}
}

// TestWhoIsSuppressedLaterIsMaskedLater holds names that stand to who bears them now.
func TestWhoIsSuppressedLaterIsMaskedLater(t *testing.T) {
	m := quarter()
	masks := m.masks()
	for _, test := range []struct{ name, text, suppressed, quoted, cleared string }{
		{"by the first key", "Rowan Ashgrove died.", "k1", "███ died.", "███ died."},
		{"by another", "The Ashgrove shop", "k11", "The ███ shop", "The ███ shop"},
		{"one of two of a name", "Wendel Harrow died.", "k5", "███ died.", "███ died."},
		{"somebody else", "Rowan Ashgrove died.", "k3", "Rowan Ashgrove died.", "Rowan Ashgrove died."},
	} {
		t.Run(test.name, func(t *testing.T) {
			but := func(d cairn.Disclosed) bool { return !slices.Contains(d.Keys, test.suppressed) }
			if got := cairn.Disclose(m.quoting(masks).quote(test.text), but); got != test.quoted {
				t.Errorf("quoted it is %q, want %q", got, test.quoted)
			}
			if got := cairn.Disclose(m.clearing(masks, "herald").quote(test.text), but); got != test.cleared {
				t.Errorf("cleared it is %q, want %q", got, test.cleared)
			}
		})
	}
}

func TestAnAddressSpellsNobodyOnAList(t *testing.T) {
	m := quarter()
	for _, test := range []struct{ given, quoted, cleared string }{
		{"https://herald.example/rowan-ashgrove", "https://herald.example/", "https://herald.example/"},
		{"https://herald.example/lowri-vask", "https://herald.example/", "https://herald.example/lowri-vask"},
		{"https://herald.example/market", "https://herald.example/market", "https://herald.example/market"},
	} {
		if got := m.quoting(m.masks()).address(test.given); got != test.quoted {
			t.Errorf("%s is quoted as %s", test.given, got)
		}
		if got := m.clearing(m.masks(), "herald").address(test.given); got != test.cleared {
			t.Errorf("%s is cleared as %s", test.given, got)
		}
	}
}
