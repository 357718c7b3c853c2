package names

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed letters.tsv
var lettersTable string

//go:embed sounds.tsv
var soundsTable string

//go:embed particles.tsv
var particlesTable string

//go:embed nicknames.tsv
var nicknamesTable string

func lines(table string) (rows [][]string) {
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// letters is the sound of each run of letters, by its runes.
var letters = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, row := range lines(lettersTable) {
		m[row[0]] = row[1]
	}
	return m
})

// A price is the cost of editing one sound into another, in hundredths.
type price struct {
	take        [128][128]uint8
	lose        [128]uint8      // between spellings that write vowels
	loseWritten [128]uint8      // where one of the two leaves vowels out
	two         [128][]twoPrice // what a sound costs for two
}

type twoPrice struct{ s, t, cost uint8 }

// prices reads sounds.tsv, which is part of the program: a fault in it is one
// of the build.
var prices = sync.OnceValue(func() *price {
	p := &price{}
	for i := range p.take {
		p.lose[i], p.loseWritten[i] = 100, 100
		for j := range p.take {
			if i != j {
				p.take[i][j] = 100
			}
		}
	}
	for _, row := range lines(soundsTable) {
		sounds := strings.Fields(row[1])
		switch row[0] {
		case "take":
			a, b := sounds[0][0], sounds[1][0]
			p.take[a][b] = hundredths(row[2])
			p.take[b][a] = p.take[a][b]
		case "two":
			one := sounds[0][0]
			p.two[one] = append(p.two[one], twoPrice{sounds[1][0], sounds[1][1], hundredths(row[2])})
		case "lose":
			for _, s := range sounds {
				p.lose[s[0]], p.loseWritten[s[0]] = hundredths(row[2]), hundredths(row[3])
			}
		}
	}
	return p
})

func hundredths(s string) uint8 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("sounds.tsv: " + err.Error())
	}
	return uint8(f*100 + .5)
}

// A particleTable is the small words of names by what they do.
type particleTable map[string]map[string]bool

func (p particleTable) is(kind, word string) bool { return p[kind][word] }

var particles = sync.OnceValue(func() particleTable {
	p := particleTable{}
	for _, row := range lines(particlesTable) {
		if p[row[0]] == nil {
			p[row[0]] = map[string]bool{}
		}
		for _, word := range strings.Fields(row[1]) {
			p[row[0]][Normal(word)] = true
		}
	}
	return p
})

// nicknames is the names that each form is of, as numbers of lines.
var nicknames = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	for k, row := range lines(nicknamesTable) {
		for _, form := range strings.Fields(row[0]) {
			m[form] = append(m[form], k)
		}
	}
	return m
})

// forms reports whether a and b are forms of one name.
func forms(a, b *Part) bool {
	for _, k := range a.formOf {
		for _, l := range b.formOf {
			if k == l {
				return true
			}
		}
	}
	return false
}
