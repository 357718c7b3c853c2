package extract

import "testing"

// TestTheLanguageOfALine reads lines that have no function word of any language, as
// headlines and posts have none: what the tables know settles them.
func TestTheLanguageOfALine(t *testing.T) {
	for line, want := range map[string]string{
		"Siete campesinos fallecieron.": "es",
		"Asesinan a siete campesinos.":  "es",
		"Seven villagers slain.":        "en",
		"Постраждали семеро людей.":     "uk",
		"Семеро отримали поранення.":    "uk",
		"Семь рабочих пострадали.":      "ru",
		"Tel Marun":                            "en",
		"Two killed":                           "en",
		"استشهاد سبعة":                         "ar",
		"7":                                    "",
		"Dos heridos graves, reporta hospital": "es",
	} {
		if got := language(line); got != want {
			t.Errorf("%q is read as %q, not as %q", line, got, want)
		}
	}
}
