package link

import "github.com/cairn-recorder/cairn"

// The measures of a turn of phrase: so many words in a row that stand in so
// many documents, published so far apart, are the manner of a writer and say
// nothing of any one incident; in more of them they are the furniture of a site,
// and prove no copy either. Where documents have no dates it takes many.
const (
	phraseWords    = 5
	phraseTexts    = 3
	furnitureTexts = 8
	phraseDays     = 30
	secondsPerDay  = 24 * 60 * 60
)

// A phrase is one run of words, with the documents it stands in.
type phrase struct {
	texts    int32
	last     int32 // the document that was counted last
	dated    bool
	from, to int32 // first and last day of publication
}

// phrasesOf returns the words of every document and the runs of them.
func phrasesOf(docs []cairn.Document) ([][]word, map[uint64]phrase) {
	words := make([][]word, len(docs))
	phrases := map[uint64]phrase{}
	for i, d := range docs {
		words[i] = wordsOf(d.Text)
		day, dated := dayOf(d)
		for k := 0; k+phraseWords <= len(words[i]); k++ {
			h := runOf(words[i][k : k+phraseWords])
			phrases[h] = phrases[h].in(int32(i), day, dated)
		}
	}
	return words, phrases
}

// telling returns words without the runs that stand in at least texts documents
// far apart.
func telling(words [][]word, phrases map[uint64]phrase, texts int32) [][]word {
	out := make([][]word, len(words))
	for i := range words {
		out[i] = without(words[i], phrases, texts)
	}
	return out
}

// dayOf returns the day of publication, in days, and whether it is known.
func dayOf(d cairn.Document) (int32, bool) {
	return int32(d.Published.First().Unix() / secondsPerDay), d.Published.Known()
}

func runOf(words []word) uint64 {
	h := uint64(fnvOffset)
	for _, w := range words {
		h = mix(h, w.hash)
	}
	return h
}

// in counts that the phrase stands in document i.
func (p phrase) in(i, day int32, dated bool) phrase {
	if p.texts > 0 && p.last == i {
		return p
	}
	p.texts++
	p.last = i
	switch {
	case dated && !p.dated:
		p.from, p.to, p.dated = day, day, true
	case dated:
		p.from, p.to = min(p.from, day), max(p.to, day)
	}
	return p
}

// hollow reports whether the phrase says nothing of any one incident.
func (p phrase) hollow(texts int32) bool {
	return p.texts >= texts && p.to-p.from >= phraseDays || p.texts >= furnitureTexts && !p.dated
}

func without(words []word, phrases map[uint64]phrase, texts int32) []word {
	drop := make([]bool, len(words))
	for k := 0; k+phraseWords <= len(words); k++ {
		if phrases[runOf(words[k:k+phraseWords])].hollow(texts) {
			for x := range phraseWords {
				drop[k+x] = true
			}
		}
	}
	var out []word
	for k, w := range words {
		if !drop[k] {
			out = append(out, w)
		}
	}
	return out
}
