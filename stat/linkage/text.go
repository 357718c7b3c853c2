package linkage

import (
	"slices"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// The grades of texts.
const (
	textShares grade = iota + 2
	textPartial
	textAlike
	textNear
	textSlip
	textSame // and three rarer
)

var textLabels = []string{"not stated", "differ", "shares a word or beginning", "partly", "alike", "near", "a slip apart", "same, very common", "same, common", "same", "same, rare"}

// texts is the texts of a feature, each made ready once.
type texts struct {
	number map[string]uint32
	texts  []text
}

type text struct {
	normal string
	runes  []rune   // without spaces
	words  []string // sorted
	pairs  []uint32 // of neighbouring letters, sorted
}

func newTexts() *texts { return &texts{number: map[string]uint32{"": 0}, texts: make([]text, 1)} }

// longestText is how many letters of a text are compared.
const longestText = 120

func (t *texts) of(normal string) uint32 {
	n, ok := t.number[normal]
	if ok {
		return n
	}
	n = uint32(len(t.texts))
	t.number[normal] = n
	r := []rune(strings.ReplaceAll(normal, " ", ""))
	made := text{normal: normal, runes: r[:min(len(r), longestText)]}
	if strings.Contains(normal, " ") {
		made.words = strings.Fields(normal)
		sort.Strings(made.words)
	}
	for i := 1; i < len(made.runes); i++ {
		made.pairs = append(made.pairs, uint32(made.runes[i-1])<<16^uint32(made.runes[i]))
	}
	sort.Slice(made.pairs, func(i, j int) bool { return made.pairs[i] < made.pairs[j] })
	t.texts = append(t.texts, made)
	return n
}

func (t *texts) slips(x, y uint32, most int) int {
	return names.Slips(t.texts[x].runes, t.texts[y].runes, most)
}

// compareTexts compares the texts x and y.
func (t *texts) compareTexts(x, y uint32) (grade, float64) {
	a, b := &t.texts[x], &t.texts[y]
	length := max(len(a.runes), len(b.runes))
	if length <= names.Longest {
		switch n := names.Slips(a.runes, b.runes, 2); {
		case n == 0:
			return textSlip, 1
		case n == 1 && length > 3:
			return textSlip, 1 - 1/float64(length)
		case n == 2 && length > 7:
			return textNear, 1 - 2/float64(length)
		}
	}
	like := shared(a.pairs, b.pairs)
	switch {
	case like > .8 && length > 5:
		return textNear, like
	case like > .6 && length > 5:
		return textAlike, like
	}
	return t.words(a, b, like)
}

// words grades texts of which words or beginnings are shared.
func (t *texts) words(a, b *text, like float64) (grade, float64) {
	if n := common(a.words, b.words); n > 0 {
		if 2*n >= min(len(a.words), len(b.words)) {
			return textPartial, like
		}
		return textShares, like
	}
	short, long := a, b
	if len(short.runes) > len(long.runes) {
		short, long = long, short
	}
	n := 0
	for n < len(short.runes) && short.runes[n] == long.runes[n] {
		n++
	}
	switch {
	case n == len(short.runes) && n > 2:
		return textPartial, like
	case 2*n >= len(short.runes) && n > 1 && len(short.runes) > 3, like > .45:
		return textShares, like
	}
	return differ, like
}

// common is how many words of more than one letter a and b share; a text of one
// word has none of them.
func common(a, b []string) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			if len(a[i]) > 1 {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n
}

// shared is the share of pairs of letters that two texts have in common (Dice).
func shared(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i, j = i+1, j+1
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// keys is the key of a text: of its whole, its first half, its second half.
func (t *texts) keys(value, aspect int) []uint64 {
	r := t.texts[value].runes
	half := (len(r) + 1) / 2
	switch {
	case aspect == 0:
		return []uint64{hash(string(r))}
	case len(r) < 4:
		return nil
	case aspect == 1:
		return []uint64{hash("<" + string(r[:half]))}
	}
	return []uint64{hash(">" + string(r[len(r)-half:]))}
}

// texts makes a feature of every other column, one for each header. A full name
// beside its parts is compared by what it says beyond them.
func (b *builder) texts() {
	made := map[string]*feature{}
	for l, list := range b.lists {
		parts := append(b.columns(l, GivenName), b.columns(l, FamilyName)...)
		for c, column := range list.columns {
			beyond := column.Kind == Name && len(parts) > 0
			if column.Kind != Text && column.Kind != Incident && !beyond {
				continue
			}
			header := names.Normal(column.Header)
			if made[header] == nil {
				made[header] = b.text(column.Header)
				made[header].kin = column.Kind == Incident
			}
			f := made[header]
			if !beyond {
				values(b, l, []int{c}, func(s string) uint32 { return f.texts.of(names.Normal(s)) }, func(r int, v uint32) { f.of[r] = v })
				continue
			}
			for row := range list.rows {
				f.of[b.starts[l]+row] = f.texts.of(without(list.Value(row, c), joined(list, row, parts)))
			}
		}
	}
}

// without is the words of a full name that are not among its parts.
func without(full, parts string) string {
	has := strings.Fields(names.Normal(parts))
	var rest []string
	for word := range strings.FieldsSeq(names.Normal(full)) {
		if i := slices.Index(has, word); i >= 0 {
			has = slices.Delete(has, i, i+1)
		} else {
			rest = append(rest, word)
		}
	}
	return strings.Join(rest, " ")
}

func (b *builder) text(name string) *feature {
	d := newTexts()
	f := &feature{name: name, kind: Text, labels: textLabels, of: make([]uint32, b.len()), texts: d, exact: [2]grade{textSame, textSame + 3}, mostDiff: .9, slope: 2,
		compare: func(x, y uint32) (grade, float64) { g, like := d.compareTexts(x, y); return g, like - .85 }, keysOf: d.keys, aspects: []aspect{{name, 2}, {"beginning of " + name, 1}, {"end of " + name, 1}}}
	b.features = append(b.features, f)
	return f
}
