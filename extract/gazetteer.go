package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// A gazetteer is the built-in places with the packs of a project, and the
// project's own, looked up by their words. A project's own place stands before
// any other of its name; one of a pack is weighed as those built in are.
type gazetteer struct {
	base    *lexicon.Atlas
	places  []cairn.Place // the project's, then areas by the names of the tables
	project int           // how many of them are the project's
	own     map[lexicon.Key]ownPlaces
}

type ownPlaces struct {
	places []int32
	more   bool // longer names begin with these words
}

func newGazetteer(places []cairn.Place, packs []*lexicon.Pack) *gazetteer {
	g := &gazetteer{base: lexicon.NewAtlas(lexicon.Places(), packs...), places: slices.Clone(places), project: len(places), own: map[lexicon.Key]ownPlaces{}}
	g.addAreas()
	for i, p := range places {
		names := map[string]bool{p.Name: true}
		for _, n := range p.Names {
			names[n] = true
		}
		for n := range names {
			g.add(n, int32(i))
		}
	}
	for _, o := range g.own {
		sort.Slice(o.places, func(a, b int) bool { return o.places[a] < o.places[b] })
	}
	return g
}

// addAreas adds the areas that the tables of a language name otherwise than the
// built-in places do.
func (g *gazetteer) addAreas() {
	for _, tag := range lexicon.Tags {
		l, _ := lexicon.In(tag)
		at := map[string]int32{}
		for _, a := range l.Areas {
			p, ok := lexicon.Places().ByID(a.ID)
			if !ok {
				continue
			}
			if _, known := at[a.ID]; !known {
				at[a.ID] = int32(len(g.places))
				g.places = append(g.places, ofBase(p))
			}
			g.add(a.Name, at[a.ID])
		}
	}
}

func (g *gazetteer) add(name string, i int32) {
	var k lexicon.Key
	words := strings.FieldsFunc(name, partsWords)
	for n, word := range words {
		k = k.Then(lexicon.AppendFold(nil, word))
		o := g.own[k]
		if n < len(words)-1 {
			o.more = true
		} else {
			o.places = append(o.places, i)
		}
		g.own[k] = o
	}
}

// version names what places are known: those built in, and a hash over the
// project's.
func (g *gazetteer) version() string {
	v := g.base.Version()
	if g.project == 0 {
		return v
	}
	data, err := json.Marshal(g.places[:g.project])
	if err != nil {
		return v
	}
	sum := sha256.Sum256(data)
	return v + "+" + hex.EncodeToString(sum[:6])
}

// A candidate is one place that words can stand for.
type candidate struct {
	own    int32 // index of the project's place, or -1
	base   int32 // index of the built-in place or that of a pack
	beside int32 // 1 + index of the area that stands beside its name, or 0
	about  bool  // in a country that the report is about
	home   bool  // in a country of which the project has packs of places
	near   bool  // other places of the report are near
	score  float64
}

// find returns how many of the terms from i on are the longest name of a place,
// and the places of that name; 0 where they are none.
func (r *reading) find(i, last int) (int, []candidate) {
	n, own, base := r.longestName(i, last)
	if n == 0 {
		return 0, nil
	}
	all := make([]candidate, 0, len(own)+base.Len())
	for _, o := range own {
		all = append(all, candidate{own: o, base: -1})
	}
	for b := range base.Len() {
		all = append(all, candidate{own: -1, base: base.At(b)})
	}
	return n, all
}

// longestName returns how many of the terms from i on are the longest name of a
// place, and the places of the project and those built in that bear it.
func (r *reading) longestName(i, last int) (n int, own []int32, base lexicon.Choices) {
	var k lexicon.Key
	for j := i; j < last && j < i+6; j++ {
		t := r.terms[j]
		if !t.word {
			if j > i && r.joins(j) {
				continue
			}
			break
		}
		k = r.then(k, t)
		mine, others, more := r.named(k)
		if len(mine)+others.Len() > 0 {
			n, own, base = j-i+1, mine, others
		}
		if !more {
			break
		}
	}
	if m, mine, others := r.declined(i, last); m > n || m == n && m > 0 && len(mine) == 0 && r.likelier(mine, others, own, base) {
		return m, mine, others
	}
	return n, own, base
}

// then goes on from k by the words of a term.
func (r *reading) then(k lexicon.Key, t term) lexicon.Key {
	if t.tokens == 1 {
		r.key = lexicon.AppendFold(r.key[:0], t.span.Of(r.text))
		return k.Then(r.key)
	}
	for word := range strings.FieldsFuncSeq(t.span.Of(r.text), partsWords) {
		r.key = lexicon.AppendFold(r.key[:0], word)
		k = k.Then(r.key)
	}
	return k
}

// partsWords reports whether c stands between the words of a name.
func partsWords(c rune) bool { return unicode.IsSpace(c) || unicode.Is(unicode.Pd, c) }

func (r *reading) named(k lexicon.Key) ([]int32, lexicon.Choices, bool) {
	o := r.places.own[k]
	m, ok := r.places.base.Find(k)
	return o.places, m, o.more || ok && m.More()
}

// place returns the place of a candidate.
func (g *gazetteer) place(c candidate) cairn.Place {
	if c.own >= 0 {
		return g.places[c.own]
	}
	if kept, ok := g.base.Kept(c.base); ok {
		return ofPack(kept)
	}
	return ofBase(g.base.Place(c.base))
}

// ofBase returns a built-in place as a place.
func ofBase(p lexicon.Place) cairn.Place {
	out := cairn.Place{ID: p.ID, Name: p.Name, Country: p.Country, Admin1: p.Admin1, Zone: p.Zone, Origin: "GeoNames", Accuracy: accuracyOf(p)}
	if p.Lat != 0 || p.Lon != 0 {
		out.Point = &cairn.Point{Lat: p.Lat, Lon: p.Lon}
	}
	if p.Admin1Code != "" && p.Feature != "ADM1" {
		out.Within = append(out.Within, "admin1:"+p.Admin1Code)
	}
	if p.Feature != "PCLI" && p.Country != "" {
		out.Within = append(out.Within, "country:"+p.Country)
	}
	return out
}

// ofPack returns the place that a pack keeps; one that cannot be read is
// without a name, and so is nowhere.
func ofPack(kept string) cairn.Place {
	var p cairn.Place
	if err := json.Unmarshal([]byte(kept), &p); err != nil {
		return cairn.Place{}
	}
	return p
}

// The populations from which a place is called a town and a city.
const (
	townSize = 5_000
	citySize = 50_000
)

func accuracyOf(p lexicon.Place) cairn.Accuracy {
	switch {
	case p.Feature == "PCLI":
		return cairn.Country
	case p.Feature == "ADM1":
		return cairn.Admin1
	case p.Feature == "ADM2":
		return cairn.District
	case p.Feature == "PPLX":
		return cairn.Neighbourhood
	case p.Feature == "PPLC" || p.Feature == "PPLA" || p.Population >= citySize:
		return cairn.City
	case p.Population >= townSize:
		return cairn.Town
	}
	return cairn.Village
}
