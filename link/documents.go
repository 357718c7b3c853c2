package link

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/cairn-recorder/cairn"
)

// A Placing says which incidents one document reports and which original it
// repeats. The first incident is the one that it is mainly about; a document
// that reports nothing has one of its own, so that each has a first.
type Placing struct {
	Document  string   `json:"document"`
	Incidents []string `json:"incidents"`
	Origin    string   `json:"origin"`
}

// The measures by which two texts are taken for reports of one incident: their
// likeness, less what the days between their publication ask for. Whole groups
// are joined where their members are alike on average.
const (
	likeEnough = 0.105
	likePerDay = 0.04 // for each factor e of days
	widespread = 0.02 // a term in more of the stream does not bring two texts together
	fewTexts   = 20   // but in so few it always may
)

// Documents places every document of a stream among the incidents and originals
// of the stream, by the words that they share and by their claims, which may be
// left out. Incidents and origins are numbered in the order in which they are
// first met. Only documents that share a rare term, or whose claims meet, are
// compared.
func Documents(docs []cairn.Document, claims [][]cairn.Claim) []Placing {
	words, phrases := phrasesOf(docs)
	copies := copiesOf(docs, telling(words, phrases, furnitureTexts), claims)
	s := newStream(docs, telling(words, phrases, phraseTexts), claims)
	s.join(copies)
	incidents, origins := numbering{prefix: "i"}, numbering{prefix: "o"}
	out := make([]Placing, len(docs))
	for i, d := range docs {
		out[i] = Placing{Document: d.ID, Incidents: []string{incidents.of(s.groups.of(i))}, Origin: origins.of(copies.groups.of(i))}
	}
	s.others(out, &incidents)
	return out
}

// A numbering gives out numbers in the order in which they are asked for.
type numbering struct {
	prefix string
	given  map[int]string
	next   int
}

func (n *numbering) of(key int) string {
	if n.given == nil {
		n.given = map[int]string{}
	}
	if _, ok := n.given[key]; !ok {
		n.given[key] = n.new()
	}
	return n.given[key]
}

func (n *numbering) new() string {
	n.next++
	return n.prefix + strconv.Itoa(n.next)
}

// A stream is many documents that are placed together.
type stream struct {
	docs     []cairn.Document
	vectors  []vector
	words    vocabulary
	accounts [][]account // of each document, the main one first
	groups   *groups
	members  [][]int
}

func newStream(docs []cairn.Document, words [][]word, claims [][]cairn.Claim) *stream {
	s := &stream{docs: docs, groups: newGroups(len(docs)), members: make([][]int, len(docs)), accounts: make([][]account, len(docs))}
	s.vectors, s.words = vectorsOf(words)
	for i := range docs {
		s.members[i] = []int{i}
		if i < len(claims) {
			s.accounts[i] = accountsOf(Report{Document: docs[i].ID, Published: docs[i].Published, Claims: claims[i]})
		}
	}
	return s
}

// join makes groups of the documents that are mainly about one incident.
func (s *stream) join(copies copied) {
	for i := range s.docs {
		s.merge(i, copies.groups.of(i))
	}
	for _, p := range s.near() {
		a, b := s.groups.of(p.i), s.groups.of(p.j)
		if a != b && s.between(a, b) > 0 {
			s.merge(a, b)
		}
	}
}

func (s *stream) merge(a, b int) {
	a, b = s.groups.of(a), s.groups.of(b)
	if !s.groups.join(a, b) {
		return
	}
	both := slices.Concat(s.members[a], s.members[b])
	s.members[a], s.members[b] = nil, nil
	s.members[s.groups.of(a)] = both
}

// between is how much more alike than asked for the members of two groups are,
// on average.
func (s *stream) between(a, b int) float64 {
	sum := 0.0
	for _, x := range s.members[a] {
		for _, y := range s.members[b] {
			sum += s.alike(x, y)
		}
	}
	return sum / float64(len(s.members[a])*len(s.members[b]))
}

// alike is how much more alike than asked for two documents are.
func (s *stream) alike(i, j int) float64 {
	apart := 0.0
	if a, ok := dayOf(s.docs[i]); ok {
		if b, ok := dayOf(s.docs[j]); ok {
			apart = math.Abs(float64(a - b))
		}
	}
	return s.vectors[i].times(s.vectors[j]) - likeEnough - likePerDay*math.Log1p(apart) + s.claimed(i, j)
}

// What the claims of two documents change in their likeness: a little each way,
// since places and days are also misread.
const (
	claimWorth   = 0.02 // for each point of evidence past claimNeutral
	claimNeutral = 1.5
	claimMost    = 0.05
	otherPlace   = -0.03
	otherDay     = -0.05
)

// claimed is what the main accounts of two documents add to their likeness.
func (s *stream) claimed(i, j int) float64 {
	if len(s.accounts[i]) == 0 || len(s.accounts[j]) == 0 {
		return 0
	}
	a, b := s.accounts[i][0], s.accounts[j][0]
	v := compare(a, b)
	switch {
	case !v.apart:
		return max(-claimMost, min(claimMost, claimWorth*(v.score-claimNeutral)))
	case nearness(a.where, b.where).kind == elsewhere:
		return otherPlace
	}
	return otherDay
}

// A pair is two documents that may report one incident.
type pair struct {
	i, j  int
	alike float64
}

// near returns the pairs that are alike enough, the most alike first.
func (s *stream) near() []pair {
	var pairs []pair
	most := max(fewTexts, int(widespread*float64(len(s.docs))))
	with := map[uint64][]int{}
	seen := make([]int, len(s.docs))
	for j, v := range s.vectors {
		for _, t := range v {
			if s.words.texts[t.key] > most || s.words.texts[t.key] < 2 {
				continue
			}
			for _, i := range with[t.key] {
				if seen[i] == j {
					continue
				}
				seen[i] = j
				if alike := s.alike(i, j); alike > 0 {
					pairs = append(pairs, pair{i, j, alike})
				}
			}
			with[t.key] = append(with[t.key], j)
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.alike, p.alike), cmp.Compare(p.i, q.i), cmp.Compare(p.j, q.j))
	})
	return pairs
}
