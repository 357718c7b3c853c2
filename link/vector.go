package link

import (
	"cmp"
	"math"
	"slices"
)

// The weights of words. A word is worth more the fewer documents it stands in,
// in the opening of a report, and as a name. A stream of few documents says
// little of how rare a word is, so that it is counted as if it were part of a
// larger one in which short words are common, others seldom and names rare.
const (
	openingWords  = 120
	openingWeight = 1.5
	nameWeight    = 1.5
	smallWord     = 3   // letters; shorter words are left out
	commonWord    = 4   // letters up to which a word is likely a common one
	presumed      = 500 // documents of the presumed stream
	damping       = 1000
)

// A kind says what a term is, and with it how often it is presumed to occur.
type kind uint8

const (
	plainWord kind = iota
	shortWord
	aName
	fullName // two names in a row
)

// presumedShare is in how much of the presumed stream a term of a kind stands.
var presumedShare = [...]float64{plainWord: 0.05, shortWord: 0.5, aName: 0.01, fullName: 0.002}

// A term is a word or a pair of names, with its weight in one document.
type term struct {
	key    uint64
	weight float64
}

// A vector is the terms of one document, by key. The product of two is from 0
// to 1, and near 0 for texts too short to tell.
type vector []term

func (v vector) times(w vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(v) && j < len(w); {
		switch {
		case v[i].key < w[j].key:
			i++
		case v[i].key > w[j].key:
			j++
		default:
			sum += v[i].weight * w[j].weight
			i, j = i+1, j+1
		}
	}
	return sum
}

// A vocabulary is how often each term and each capital stands in a stream.
type vocabulary struct {
	texts    map[uint64]int // documents that a term stands in
	kinds    map[uint64]kind
	capitals map[uint64]int // occurrences of a word past the first of a sentence: capitals less others
	size     int
}

// vectorsOf returns the vector of each document, from its telling words, and
// the vocabulary of them all.
func vectorsOf(texts [][]word) ([]vector, vocabulary) {
	v := vocabulary{map[uint64]int{}, map[uint64]kind{}, map[uint64]int{}, len(texts)}
	for _, words := range texts {
		for _, w := range words {
			if !w.first {
				v.capitals[w.hash] += sign(w.upper)
			}
		}
	}
	counts := make([]map[uint64]float64, len(texts))
	for i, words := range texts {
		counts[i] = v.count(words)
		for key := range counts[i] {
			v.texts[key]++
		}
	}
	vectors := make([]vector, len(texts))
	for i := range texts {
		vectors[i] = v.weigh(counts[i])
	}
	return vectors, v
}

func sign(is bool) int {
	if is {
		return 1
	}
	return -1
}

// count returns how often each term stands in a text, the opening counting for
// more.
func (v vocabulary) count(words []word) map[uint64]float64 {
	found := make(map[uint64]float64, len(words))
	before := uint64(0) // the name just before
	for k, w := range words {
		if w.size < smallWord && !w.digit {
			before = 0
			continue
		}
		once := 1.0
		if k < openingWords {
			once = openingWeight
		}
		found[w.hash] += once
		switch {
		case w.upper && v.capitals[w.hash] > 0:
			v.kinds[w.hash] = aName
			if before != 0 && !w.first {
				pair := mix(before, w.hash)
				found[pair] += once
				v.kinds[pair] = fullName
			}
			before = w.hash
		default:
			if w.size <= commonWord && !w.digit && v.kinds[w.hash] == plainWord {
				v.kinds[w.hash] = shortWord
			}
			before = 0
		}
	}
	return found
}

func (v vocabulary) weigh(counts map[uint64]float64) vector {
	all, sum := make(vector, 0, len(counts)), float64(damping)
	for key, n := range counts {
		all = append(all, term{key, (1 + math.Log(n)) * v.rarity(key)})
	}
	slices.SortFunc(all, func(a, b term) int { return cmp.Compare(a.key, b.key) })
	for _, t := range all {
		sum += t.weight * t.weight
	}
	for i := range all {
		all[i].weight /= math.Sqrt(sum)
	}
	return all
}

// rarity is the weight of a term by the share of documents that it stands in.
func (v vocabulary) rarity(key uint64) float64 {
	k := v.kinds[key]
	share := (float64(v.texts[key]) + presumed*presumedShare[k]) / float64(v.size+presumed)
	r := max(0, -math.Log(share))
	if k == aName || k == fullName {
		r *= nameWeight
	}
	return r
}

// Words is what a text is known by when it is held against another on its own,
// outside a stream: its words, each weighed by how often such words are presumed
// to occur. The nil Words is a text that is not at hand.
type Words struct{ vector vector }

// WordsOf returns the Words of a text.
func WordsOf(text string) *Words {
	vectors, _ := vectorsOf([][]word{wordsOf(text)})
	return &Words{vectors[0]}
}

// likeness is how alike the most alike of two sets of texts are, from 0 to 1.
func likeness(a, b []*Words) float64 {
	most := 0.0
	for _, x := range a {
		for _, y := range b {
			if x != nil && y != nil {
				most = max(most, x.vector.times(y.vector))
			}
		}
	}
	return most
}
