package extract

import (
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// TestArrests reads who is arrested, and by whom where nobody is named.
func TestArrests(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		detained []string
	}{
		"a surname alone":                {"Varnik was arrested on Monday.", []string{"exact 1"}},
		"a name in small letters":        {"varnik has also been arrested.", []string{"exact 1"}},
		"a word that no table has":       {"The culprits of the raid had been arrested.", []string{"plural"}},
		"the accused":                    {"The prime accused in the massacre was arrested at night.", []string{"exact 1"}},
		"a name before its office":       {"varnik, head of the guild, was arrested after a search.", []string{"exact 1"}},
		"they":                           {"They were arrested during the march.", []string{"plural"}},
		"small names as objects":         {"the police arrested varnik on the road.", []string{"exact 1"}},
		"held people":                    {"Seven people are held at the fort.", []string{"exact 7"}},
		"a meeting is held":              {"Two meetings were held on Thursday.", nil},
		"talks are held":                 {"Talks were held with leaders of the union.", nil},
		"a view is held":                 {"Leaders of the union held the view that it was over.", nil},
		"a gate is locked up":            {"The gate was locked up at dusk.", nil},
		"nobody":                         {"Nobody was arrested.", []string{"zero"}},
		"whose arrest is asked for":      {"The guild demanded the arrest of two editors.", nil},
		"the rights of those who are":    {"The union defends the rights of those who are arrested.", nil},
		"who has to be arrested":         {"We have to arrest two editors.", nil},
		"whom a court may yet not see":   {"The culprits will be arrested.", nil},
		"numbers in brackets are counts": {"(4) men were arrested.", []string{"exact 4"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range New(invented).Read(cairn.Document{ID: "t", Text: c.text}).Claims {
				if c.Harm != cairn.Detained {
					continue
				}
				said := string(c.Figure.Op)
				if c.Figure.Op == cairn.OpExact {
					said += " " + c.Figure.High.String()
				}
				got = append(got, said)
				if len(c.By) == 0 || c.By[0].Name != police && c.By[0].Words != police && c.By[0].Words != "police" {
					t.Errorf("%s: by %v, want the police", name, c.By)
				}
			}
			if !slices.Equal(got, c.detained) {
				t.Errorf("%s: detained %q, want %q", name, got, c.detained)
			}
		})
	}
}
