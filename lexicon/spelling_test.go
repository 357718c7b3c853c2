package lexicon

import (
	"slices"
	"testing"
)

// TestFirstCases finds the first case of names in the endings that the tables
// have.
func TestFirstCases(t *testing.T) {
	for _, c := range []struct{ language, word, first string }{
		{"uk", "Харкові", "Харків"}, {"uk", "Полинівці", "Полинівка"}, {"uk", "Нового", "Новий"}, {"uk", "Сіверані", "Сіверань"},
		{"uk", "Сумах", "Суми"}, {"uk", "області", "область"}, {"uk", "Лебедицею", "Лебедиця"}, {"uk", "Гартовому", "Гартове"},
		{"ru", "Харькове", "Харьков"}, {"ru", "Полыновкой", "Полыновка"}, {"ru", "Новой", "Новая"}, {"ru", "Северанью", "Северань"},
		{"ru", "Сумам", "Сумы"}, {"ru", "области", "область"}, {"ru", "Гартовым", "Гартовое"},
	} {
		l, _ := In(c.language)
		var all []string
		l.FirstCases([]byte(Fold(c.word)), func(form []byte) bool {
			all = append(all, string(form))
			return true
		})
		if !slices.Contains(all, Fold(c.first)) {
			t.Errorf("%s: %s may be %v, want %s among them", c.language, c.word, all, Fold(c.first))
		}
	}
	english, _ := In("en")
	english.FirstCases([]byte("kharkiv"), func(form []byte) bool {
		t.Errorf("en: kharkiv may be %s", form)
		return true
	})
}
