package lexicon

// An Atlas is the built-in gazetteer and the packs of a project, looked up as
// one. Its places are numbered through: those built in, and then those of each
// pack. A place of a pack that says which built-in place it is lends that one
// its names and is not told apart from it.
type Atlas struct {
	base   *Gazetteer
	packs  []*Pack
	starts []int32   // the number of the first place of each pack
	same   [][]int32 // for each place of a pack, the built-in place that it is, or -1
	homes  map[string]int
}

// NewAtlas returns the Atlas of base and packs, an earlier pack before a later.
func NewAtlas(base *Gazetteer, packs ...*Pack) *Atlas {
	a := &Atlas{base: base, packs: packs, homes: map[string]int{}}
	start := int32(base.Len())
	for _, p := range packs {
		a.starts = append(a.starts, start)
		start += int32(p.Len())
		same := make([]int32, p.Len())
		for i := range same {
			same[i] = -1
			if id := p.SameAs(int32(i)); id != "" {
				same[i] = base.numberOf(id)
			}
			a.homes[p.Country(int32(i))]++
		}
		a.same = append(a.same, same)
	}
	return a
}

// Packs returns how many packs a has.
func (a *Atlas) Packs() int { return len(a.packs) }

// Home returns how many places of packs lie in a country.
func (a *Atlas) Home(country string) int { return a.homes[country] }

// Version names the content of a.
func (a *Atlas) Version() string {
	v := a.base.Version()
	for _, p := range a.packs {
		v += "+" + p.Version()[len("places-"):]
	}
	return v
}

// part returns the gazetteer that holds the i-th place, and its number there.
func (a *Atlas) part(i int32) (*Gazetteer, int32) {
	for k := len(a.packs) - 1; k >= 0; k-- {
		if i >= a.starts[k] {
			return a.packs[k].Gazetteer, i - a.starts[k]
		}
	}
	return a.base, i
}

// Place returns the i-th place, the zero Place where there is none.
func (a *Atlas) Place(i int32) Place {
	g, i := a.part(i)
	return g.Place(i)
}

// Population returns that of the i-th place; 0 where it is unknown.
func (a *Atlas) Population(i int32) int {
	g, i := a.part(i)
	return g.Population(i)
}

// Country returns the ISO 3166-1 code of the i-th place.
func (a *Atlas) Country(i int32) string {
	g, i := a.part(i)
	return g.Country(i)
}

// Feature returns the feature code of the i-th place.
func (a *Atlas) Feature(i int32) string {
	g, i := a.part(i)
	return g.Feature(i)
}

// Kept returns what the pack of the i-th place keeps of it, and whether it is
// one of a pack.
func (a *Atlas) Kept(i int32) (string, bool) {
	for k := len(a.packs) - 1; k >= 0; k-- {
		if i >= a.starts[k] {
			return a.packs[k].Kept(i - a.starts[k]), true
		}
	}
	return "", false
}

// MostChoices is how many places of one name are told.
const MostChoices = 12

// Choices is the places that words stand for, those built in first, the most
// populous of them first, and whether longer names begin with the words.
type Choices struct {
	places [MostChoices]int32
	size   int8
	more   bool
}

// Len returns how many places bear the name, at most [MostChoices].
func (c *Choices) Len() int { return int(c.size) }

// At returns the i-th place of the name.
func (c *Choices) At(i int) int32 { return c.places[i] }

// More reports whether longer names begin with the words.
func (c *Choices) More() bool { return c.more }

func (c *Choices) add(place int32) {
	for _, p := range c.places[:c.size] {
		if p == place {
			return
		}
	}
	if c.size < MostChoices {
		c.places[c.size] = place
		c.size++
	}
}

// Find returns what the words of k stand for. It reports false where they are
// neither a name nor the beginning of one.
func (a *Atlas) Find(k Key) (c Choices, ok bool) {
	m, ok := a.base.Find(k)
	c.more = m.More()
	mine := MostChoices
	if len(a.packs) > 0 {
		mine -= keptFree
	}
	for i := range min(m.Len(), mine) {
		c.add(m.At(i))
	}
	for n, p := range a.packs {
		m, found := p.Find(k)
		if !found {
			continue
		}
		ok, c.more = true, c.more || m.More()
		for i := range min(m.Len(), MostChoices) {
			if at := m.At(i); at >= 0 && int(at) < len(a.same[n]) {
				if same := a.same[n][at]; same >= 0 {
					c.add(same)
				} else {
					c.add(a.starts[n] + at)
				}
			}
		}
	}
	for i := mine; i < min(m.Len(), MostChoices); i++ {
		c.add(m.At(i))
	}
	return c, ok
}

// keptFree is how many choices the built-in places leave to those of packs.
const keptFree = 4
