package linkage

import (
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// The grades of names and places. Equal values are graded by how rare they are,
// and so are the nearer of the unequal ones.
const (
	nameSwapped grade = iota + 2
	nameInitial
	namePartial
	nameNear
	nameNearRare
	nameForm
	nameSound
	nameSoundRare
	nameSlip
	nameSlipRare
	nameSame // and three rarer
)

var nameLabels = []string{"not stated", "differ", "elsewhere in the name", "initial", "partly", "near", "near, rare", "forms of one name", "sound alike", "sound alike, rare", "a slip apart", "a slip apart, rare", "same, very common", "same, common", "same", "same, rare"}

// rare is the share of a list below which an agreement that is not equality
// counts as one on something rare.
const rare = 1.0 / 300

// usual is the likeness that names have that agree so far; of equal ones, the
// least.
var usual = [...]float64{names.Differ: .85, names.Initial: .5, names.Partial: .5, names.Near: .8, names.Form: .5, names.Sound: .93, names.Slip: .85, names.Same: .93}

// compareParts compares the phrases x and y of f.
func (p *phrases) compareParts(f *feature) func(x, y uint32) (grade, float64) {
	return func(x, y uint32) (grade, float64) {
		a, fine := names.Like(&p.parts[x], &p.parts[y])
		fine -= usual[a]
		bump := func(g grade) (grade, float64) {
			if f.shareOf(x, y, g) < rare {
				g++
			}
			return g, fine
		}
		switch a {
		case names.Same:
			return f.rarity(f.shareOf(x, y, nameSame)), fine
		case names.Slip:
			return bump(nameSlip)
		case names.Sound:
			return bump(nameSound)
		case names.Form:
			return nameForm, fine
		case names.Near:
			return bump(nameNear)
		case names.Partial:
			return namePartial, fine
		case names.Initial:
			return nameInitial, fine
		}
		return differ, fine
	}
}

func (b *builder) person(name string, kind Kind, mostDiff float64) *feature {
	f := &feature{name: name, kind: kind, labels: nameLabels, of: make([]uint32, b.len()), swapped: nameSwapped, found: nameSound,
		exact: [2]grade{nameSame, nameSame + 3}, mostDiff: mostDiff, slope: 8,
		aspects: []aspect{{"sound of " + name, 2}, {"beginning of " + name, 1}}}
	f.compare = b.phrases.compareParts(f)
	f.close = func(x, y uint32) bool { return b.phrases.parts[x].Near(&b.phrases.parts[y]) }
	f.keysOf, f.values = b.phrases.keys, func() int { return len(b.phrases.parts) }
	b.features = append(b.features, f)
	return f
}

// keys is the keys of phrase value: of the sound of all of it and of each of its
// words, or the beginnings of those.
func (p *phrases) keys(value, aspect int) (keys []uint64) {
	part := &p.parts[value]
	add := func(key string) {
		if key == "" {
			return
		}
		if aspect == 1 {
			key = "^" + key[:min(len(key), 2)]
		}
		keys = append(keys, hash(key))
	}
	for _, k := range part.Keys {
		add(k)
	}
	if strings.Contains(part.Text, " ") && aspect == 0 {
		for i, word := range strings.Fields(part.Text) {
			if i < 3 {
				add(names.Key(word))
			}
		}
	}
	return keys
}

// names makes the features of names: given, middle and family, of columns of
// their own or of the full name. A full name beside its parts is a text.
func (b *builder) names() {
	if !b.has(Name, GivenName, FamilyName, FatherName) {
		return
	}
	given := b.person("given name", GivenName, .15)
	middle := b.person("father's names", FatherName, .4)
	family := b.person("family name", FamilyName, .3)
	for l := range b.lists {
		if len(b.columns(l, GivenName, FamilyName)) > 0 {
			for _, f := range []*feature{given, middle, family} {
				values(b, l, b.columns(l, f.kind), b.phrase, func(r int, v uint32) { f.of[r] = v })
			}
			continue
		}
		values(b, l, b.columns(l, Name), b.split, func(r int, v [3]uint32) { given.of[r], middle.of[r], family.of[r] = v[0], v[1], v[2] })
		if fathers := b.columns(l, FatherName); len(fathers) > 0 {
			values(b, l, fathers, b.phrase, func(r int, v uint32) {
				if middle.of[r] == 0 {
					middle.of[r] = v
				}
			})
		}
	}
	given.others, family.others, middle.others = []*feature{family}, []*feature{given, middle}, []*feature{family}
	middle.loose, middle.kin = true, true
}

func (b *builder) phrase(s string) uint32 {
	return b.phrases.of(strings.Join(names.Parts(s), " "))
}

func (b *builder) split(s string) [3]uint32 {
	n := names.Parse(s)
	return [3]uint32{b.phrases.of(n.Given), b.phrases.of(n.Middle), b.phrases.of(n.Family)}
}

// places makes the feature of places, whose names are compared as those of
// persons are.
func (b *builder) places() {
	if !b.has(Place) {
		return
	}
	f := b.person("place", Place, .6)
	f.kin = true
	for l := range b.lists {
		values(b, l, b.columns(l, Place), func(s string) uint32 { return b.phrases.of(names.Normal(s)) }, func(r int, v uint32) { f.of[r] = v })
	}
}

// seed is fixed, so that the same lists take the same way through the code
// every time.
const seed = 0x63616972

// hash is FNV-1a, stirred: the seeds of hash/maphash differ from run to run.
func hash(s string) uint64 {
	h := uint64(14695981039346656037) ^ seed
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return stir(h)
}

func stir(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
