package linkage_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// A generator invents people, and lists of them as hands spoil them.
type generator struct {
	*rand.Rand
	given, family, places []string
}

func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 7))}
	seen := map[string]bool{}
	invent := func(n, syllables int) (all []string) {
		for len(all) < n {
			if s := g.word(syllables + g.IntN(2)); !seen[s] {
				seen[s] = true
				all = append(all, s)
			}
		}
		return all
	}
	g.given, g.family, g.places = invent(900, 2), invent(30_000, 2), invent(400, 3)
	return g
}

func (g *generator) word(syllables int) string {
	var b strings.Builder
	for range syllables {
		b.WriteByte("bdfghjklmnrstwyz"[g.IntN(16)])
		b.WriteByte("aiu"[g.IntN(3)])
		if g.IntN(3) == 0 {
			b.WriteByte("lmnrs"[g.IntN(5)])
		}
	}
	return b.String()
}

// of picks a word, the first ones far oftener than the last.
func (g *generator) of(words []string) string {
	return words[int(float64(len(words))*math.Pow(g.Float64(), 3))]
}

var personColumns = []linkage.Column{
	{Header: "given_name", Kind: linkage.GivenName}, {Header: "family_name", Kind: linkage.FamilyName}, {Header: "date_of_birth", Kind: linkage.BirthDate},
	{Header: "sex", Kind: linkage.Sex}, {Header: "place", Kind: linkage.Place}, {Header: "id", Kind: linkage.ID},
}

func (g *generator) person() []string {
	p := []string{g.of(g.given), g.of(g.family), fmt.Sprintf("%d-%02d-%02d", 1930+g.IntN(90), 1+g.IntN(12), 1+g.IntN(28)), []string{"m", "f"}[g.IntN(2)], g.of(g.places), ""}
	if g.IntN(10) < 4 {
		p[5] = fmt.Sprint(100_000_000 + g.IntN(900_000_000))
	}
	return p
}

// spoiled is a person as another hand wrote it down: with one to three errors.
func (g *generator) spoiled(person []string) []string {
	p := append([]string(nil), person...)
	for range 1 + g.IntN(3) {
		switch k := g.IntN(10); {
		case k < 5:
			column := []int{0, 1, 2, 5, 1}[k]
			p[column] = g.slip(p[column])
		case k == 5:
			p[0], p[1] = p[1], p[0]
		case k == 6:
			p[4] = g.of(g.places)
		default:
			p[[]int{2, 4, 5}[k-7]] = ""
		}
	}
	return p
}

func (g *generator) slip(s string) string {
	if len(s) < 2 {
		return s
	}
	i := g.IntN(len(s) - 1)
	if c := s[i]; c >= '0' && c <= '9' {
		return s[:i] + string('0'+byte(g.IntN(10))) + s[i+1:]
	}
	switch g.IntN(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	}
	return s[:i] + string('a'+byte(g.IntN(26))) + s[i+1:]
}

// people is a list of n records, a quarter of them of people who stand in it
// already, and the person of each record.
func people(n int, seed uint64) (*linkage.List, []int) {
	g := newGenerator(seed)
	l := linkage.NewList("people", personColumns)
	var all [][]string
	who := make([]int, 0, n)
	for i := range n {
		person := i
		if i > 3 && g.IntN(4) == 0 {
			person = g.IntN(len(all))
			if err := l.Add(g.spoiled(all[person])); err != nil {
				panic(err)
			}
			person = who[person]
			all = append(all, all[person])
		} else {
			all = append(all, g.person())
			if err := l.Add(all[i]); err != nil {
				panic(err)
			}
		}
		who = append(who, person)
	}
	return l, who
}

// scored is the precision, recall and F of pairs against the persons.
func scored(pairs []linkage.Pair, who []int) (p, r, f float64) {
	size, hits := map[int]int{}, 0
	for _, w := range who {
		size[w]++
	}
	truth := 0
	for _, n := range size {
		truth += n * (n - 1) / 2
	}
	for _, x := range pairs {
		if who[x.A.Number] == who[x.B.Number] {
			hits++
		}
	}
	p, r = float64(hits)/float64(max(len(pairs), 1)), float64(hits)/float64(max(truth, 1))
	return p, r, 2 * p * r / max(p+r, 1e-9)
}
