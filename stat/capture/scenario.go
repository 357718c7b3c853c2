package capture

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A Scenario is a population with its truth known, to draw tables from.
type Scenario struct {
	Name   string // as [ParseScenario] reads it, or how it was fitted
	Lists  []string
	Groups []Group
}

// A Group is members who have the same chance of each history.
type Group struct {
	Members int
	Chance  []float64 // by history, that of no list first; adds up to 1
}

// Population is how many members there are, listed or not.
func (s Scenario) Population() int {
	n := 0
	for _, g := range s.Groups {
		n += g.Members
	}
	return n
}

// Draw lists every member by chance, and forgets who is on no list.
func (s Scenario) Draw(dice *rand.Rand) Table {
	var cells []Cell
	for _, g := range s.Groups {
		for h, n := range multinomial(dice, g.Members, g.Chance) {
			cells = append(cells, Cell{History(h), n})
		}
	}
	return NewTable(s.Lists, cells)
}

// The five scenarios of latent classes on five lists that methods are compared
// by; the first is that of Manrique-Vallier (2016, section 5).
const (
	sim1 = "1800:.033,.033,.099,.132,.033 200:.66,.825,.759,.99,.693"
	sim2 = "1600:.013,.013,.099,.132,.033 400:.56,.825,.759,.99,.593"
	sim3 = "1600:.113,.113,.199,.232,.133 400:.86,.925,.859,.99,.793"
	sim4 = "1600:.1,.05,.15,.2,.1 200:.5,.4,.6,.4,.5 200:.8,.9,.6,.7,.7"
	sim5 = "1600:.113,.113,.199,.832,.733 400:.86,.925,.859,.19,.193"
)

// The most that a scenario may have.
const (
	mostMembers = 10_000_000
	mostGroups  = 100
)

// ParseScenario reads sim1 to sim5, or words parted by spaces: groups such as
// 1800:.1,.2,.3, which are the members and their chance of each list, and
// interactions such as 12=0.8 or 123=-1, which multiply the chance of every
// history that has these lists, numbered from 1, by the exponential of the
// number, as terms of a log-linear model do.
func ParseScenario(text string) (Scenario, error) {
	s := Scenario{Name: strings.TrimSpace(text)}
	words := s.Name
	if named, is := map[string]string{"sim1": sim1, "sim2": sim2, "sim3": sim3, "sim4": sim4, "sim5": sim5}[words]; is {
		words = named
	}
	effects := map[History]float64{}
	for word := range strings.FieldsSeq(words) {
		var err error
		if generator, effect, is := strings.Cut(word, "="); is {
			err = parseInteraction(effects, generator, effect)
		} else {
			err = s.parseGroup(word)
		}
		if err != nil {
			return Scenario{}, fmt.Errorf("scenario %q: %w", text, err)
		}
	}
	if err := s.check(effects); err != nil {
		return Scenario{}, fmt.Errorf("scenario %q: %w", text, err)
	}
	s.interact(effects)
	return s, nil
}

func parseInteraction(effects map[History]float64, generator, effect string) error {
	h := History(0)
	for _, digit := range generator {
		if digit < '1' || digit > '9' || h.On(int(digit-'1')) {
			return fmt.Errorf("%q is no set of lists, numbered from 1", generator)
		}
		h |= 1 << (digit - '1')
	}
	v, err := strconv.ParseFloat(effect, 64)
	if err != nil || !(math.Abs(v) <= 20) {
		return fmt.Errorf("%q is no interaction from -20 to 20", effect)
	}
	if h.Lists() < 2 {
		return fmt.Errorf("%q is not two lists or more", generator)
	}
	effects[h] += v
	return nil
}

func (s *Scenario) parseGroup(word string) error {
	members, chances, is := strings.Cut(word, ":")
	n, err := strconv.Atoi(members)
	if !is || err != nil || n < 1 || n > mostMembers {
		return fmt.Errorf("%q is no group such as 1800:.1,.2,.3 and no interaction such as 12=0.8", word)
	}
	g := Group{Members: n, Chance: []float64{1}}
	for chance := range strings.SplitSeq(chances, ",") {
		p, err := strconv.ParseFloat(chance, 64)
		if err != nil || !(p >= 0 && p <= 1) {
			return fmt.Errorf("%q is no chance from 0 to 1", chance)
		}
		if len(g.Chance) >= 1<<exactListLimit {
			return fmt.Errorf("%q has more than %d lists", word, exactListLimit)
		}
		for _, v := range g.Chance {
			g.Chance = append(g.Chance, v*p)
		}
		for i := range len(g.Chance) / 2 {
			g.Chance[i] *= 1 - p
		}
	}
	s.Groups = append(s.Groups, g)
	return nil
}

// check reports what is the matter with a scenario as a whole.
func (s *Scenario) check(effects map[History]float64) error {
	if len(s.Groups) == 0 {
		return fmt.Errorf("has no group; sim1 to sim5 are built in")
	}
	cells := len(s.Groups[0].Chance)
	for _, g := range s.Groups {
		if len(g.Chance) != cells {
			return fmt.Errorf("its groups have not the same number of lists")
		}
	}
	for h := range effects {
		if int(h) >= cells {
			return fmt.Errorf("an interaction is of a list that no group has")
		}
	}
	if cells < 4 || len(s.Groups) > mostGroups || s.Population() > mostMembers {
		return fmt.Errorf("want 2 lists or more, %d groups and %d members at most", mostGroups, mostMembers)
	}
	for j := range bits.Len(uint(cells)) - 1 {
		s.Lists = append(s.Lists, string(rune('A'+j)))
	}
	return nil
}

// interact multiplies every group's chances by the effects.
func (s *Scenario) interact(effects map[History]float64) {
	for _, g := range s.Groups {
		sum := 0.0
		for h := range g.Chance {
			total := 0.0
			for _, set := range histories(len(s.Lists)) {
				if History(h)&set == set {
					total += effects[set]
				}
			}
			g.Chance[h] *= math.Exp(total)
			sum += g.Chance[h]
		}
		for h := range g.Chance {
			g.Chance[h] /= sum
		}
	}
}
