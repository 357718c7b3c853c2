package transcribe

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// parties reads who is said to have done it. Several in one cell are parted by a
// semicolon or a bar.
func (e *entry) parties() error {
	for _, field := range []Field{Party, SecondParty} {
		column, ok := e.table.columns[field]
		if !ok {
			continue
		}
		cell := e.at(column)
		for _, name := range strings.FieldsFunc(cell.Words, func(r rune) bool { return r == ';' || r == '|' }) {
			name, strength := strengthOf(strings.TrimSpace(name))
			if name == "" || nobody(name) || e.accused(name) {
				continue
			}
			e.incident.By = append(e.incident.By, cairn.Attacker{Phrase: cell, Name: name, Strength: strength})
		}
	}
	if e.table.book.Sides && len(e.incident.By) > 1 {
		for i := range e.incident.By {
			e.incident.By[i].Strength = cairn.Possible // either may have done it
		}
	}
	return nil
}

// strengthOf cuts how firmly a party is named from behind its name, where a table
// says so: "Federal Army (accused)".
func strengthOf(name string) (string, cairn.Strength) {
	for _, s := range []cairn.Strength{cairn.Stated, cairn.Accused, cairn.Admitted, cairn.Denied, cairn.Possible} {
		if bare, ok := strings.CutSuffix(name, " ("+string(s)+")"); ok {
			return bare, s
		}
	}
	return name, cairn.Stated
}

func (e *entry) accused(name string) bool {
	return slices.ContainsFunc(e.incident.By, func(a cairn.Attacker) bool { return a.Name == name })
}

// nobody reports whether a cell for a party names none: those attacked, or that
// it is unknown.
func nobody(name string) bool {
	key := strings.ToLower(name)
	return key == "civilians" || key == "unknown" || key == "none" || strings.HasPrefix(key, "civilians (")
}

// judged reads the recorder's own grade, status and means.
func (e *entry) judged() error {
	e.incident.Means = meansOf(e.of(Means).Words)
	grade := strings.ToLower(e.of(Grade).Words)
	if grade != "" {
		i := slices.IndexFunc(cairn.Grades, func(g cairn.Grade) bool { return strings.HasPrefix(grade, string(g)) })
		if i < 0 {
			return e.fault(Grade, "want confirmed, fair, weak, contested or discounted, not %q", grade)
		}
		e.incident.Elsewhere.Grade = cairn.Grades[i]
	}
	status := plain(e.of(Strike).Words)
	if status == "" {
		return nil
	}
	for _, s := range []cairn.StrikeStatus{cairn.Declared, cairn.Likely, cairn.ContestedStrike, cairn.SingleSource} {
		if strings.HasPrefix(status, plain(string(s))) {
			e.incident.Elsewhere.Strike = s
			return nil
		}
	}
	return e.fault(Strike, "want declared, likely, contested or single source, not %q", e.of(Strike).Words)
}

// meansWords are what the words of a cell show of the means, the first that
// occurs.
var meansWords = []struct {
	word  string
	class cairn.MeansClass
}{
	{"vehicle", cairn.VehicleBomb}, {"car bomb", cairn.VehicleBomb}, {"vbied", cairn.VehicleBomb},
	{"air/drone", cairn.Airstrike}, {"drone", cairn.Drone}, {"uav", cairn.Drone}, {"air", cairn.Airstrike}, {"helicopter", cairn.Airstrike}, {"barrel bomb", cairn.Airstrike},
	{"rocket", cairn.Rocket}, {"missile", cairn.Rocket}, {"shell", cairn.Artillery}, {"artillery", cairn.Artillery}, {"mortar", cairn.Artillery},
	{"chemical", cairn.Chemical}, {"gas", cairn.Chemical}, {"landmine", cairn.Mine}, {"mine", cairn.Mine},
	{"grenade", cairn.Grenade}, {"ied", cairn.Bomb}, {"bomb", cairn.Bomb}, {"explosive", cairn.Bomb}, {"suicide", cairn.Bomb},
	{"gun", cairn.Gun}, {"small arms", cairn.Gun}, {"sniper", cairn.Gun}, {"shooting", cairn.Gun}, {"knife", cairn.Blade}, {"blade", cairn.Blade}, {"fire", cairn.Fire},
}

func meansOf(cell string) cairn.MeansClass {
	cell = strings.ToLower(cell)
	if cell == "" {
		return ""
	}
	for _, m := range meansWords {
		if cell == string(m.class) {
			return m.class
		}
	}
	for _, m := range meansWords {
		if strings.Contains(cell, m.word) {
			return m.class
		}
	}
	return cairn.OtherMeans
}
