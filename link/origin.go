package link

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// An Origin is the documents that repeat one original, the first of them in
// the order they were given. Joinings are which of them repeat which, and why:
// the edges of a graph.
type Origin struct {
	Documents []string  `json:"documents"`
	Joinings  []Joining `json:"joinings,omitempty"`
}

// A Joining says that a document repeats another, and why.
type Joining struct {
	Document string `json:"document"`
	With     string `json:"with"`
	Reason   string `json:"reason"`
}

// The measures by which one text is taken for a copy of another. Copies that
// are cut, reordered and reworded keep about half of the smaller text's pairs
// of neighbouring content words; two reports of one event, even with a passage
// in common, share under a third.
const (
	copyShare   = 0.45 // of the smaller text's pairs, that the larger has too
	copyPairs   = 10   // fewer in common prove nothing
	shortPairs  = 60   // a text of fewer is short, and two of one event share much of their few words
	shortShare  = 0.65 // of a short text's pairs, that the other has too
	creditShare = 0.25 // enough where both credit one agency
	repeatPairs = 3    // enough in common where one says that it forwards the other
	samePassage = 4    // sampled pairs that two texts must share to be compared
	mostCopies  = 48   // texts kept for one pair; a pair in more is a turn of phrase
	mostTried   = 12   // texts that one text is compared with in full
	citedDays   = 3    // days within which a cited report counts as the original
)

// Origins groups documents that repeat one original: the same text, a text cut,
// reordered or reworded, an agency's text under its credit, a report that rests
// on another source at hand for the same figure. A document that repeats
// nothing is an Origin of its own. Claims are those of each document, in the
// order of docs; they may be left out.
//
// What is compared is pairs of neighbouring content words, found again through
// a sample of them, so that the work grows with the number of documents and
// not with its square.
func Origins(docs []cairn.Document, claims [][]cairn.Claim) []Origin {
	words, phrases := phrasesOf(docs)
	return copiesOf(docs, telling(words, phrases, furnitureTexts), claims).origins(docs)
}

// copied are the documents of a stream that repeat one another, and why.
type copied struct {
	groups *groups
	why    []joined
}

// copiesOf finds the documents that repeat one another by their telling words.
func copiesOf(docs []cairn.Document, words [][]word, claims [][]cairn.Claim) copied {
	found := copied{groups: newGroups(len(docs))}
	prints := make([]print, len(docs))
	index := newSample()
	for i, d := range docs {
		prints[i] = printOf(d, words[i])
		for _, c := range index.near(prints, i) {
			if reason, ok := repeats(prints[c], prints[i]); ok {
				found.groups.join(c, i)
				found.why = append(found.why, joined{i, c, reason})
			}
		}
		index.add(prints[i], i)
	}
	for _, j := range cited(docs, claims) {
		found.groups.join(j.with, j.document)
		found.why = append(found.why, j)
	}
	return found
}

type joined struct {
	document, with int
	reason         string
}

func (f copied) origins(docs []cairn.Document) []Origin {
	var out []Origin
	at := map[int]int{}
	for i, d := range docs {
		root := f.groups.of(i)
		k, ok := at[root]
		if !ok {
			k = len(out)
			at[root] = k
			out = append(out, Origin{})
		}
		out[k].Documents = append(out[k].Documents, d.ID)
	}
	for _, j := range f.why {
		k := at[f.groups.of(j.document)]
		out[k].Joinings = append(out[k].Joinings, Joining{docs[j.document].ID, docs[j.with].ID, j.reason})
	}
	return out
}

// A print is what a text is known by: its pairs of neighbouring content words.
type print struct {
	text   uint64   // of all its words in order
	pairs  []uint32 // sorted, each once
	agency string
	source string // who published it
	whose  string // whose post it says that it forwards
}

// printOf takes the print of a document from its telling words.
func printOf(d cairn.Document, words []word) print {
	p := print{text: fnvOffset, agency: agencyOf(d), source: d.Source, whose: d.Repeats}
	var last uint64
	for _, w := range words {
		p.text = mix(p.text, w.hash)
		if w.size < 4 && !w.digit {
			continue
		}
		if last != 0 {
			p.pairs = append(p.pairs, uint32(mix(last, w.hash)>>16))
		}
		last = w.hash
	}
	slices.Sort(p.pairs)
	p.pairs = slices.Compact(p.pairs)
	return p
}

// repeats reports whether one of two texts repeats the other, and says why.
func repeats(a, b print) (string, bool) {
	if a.text == b.text && len(a.pairs) > 0 {
		return "the texts are the same, word for word", true
	}
	both := shared(a.pairs, b.pairs)
	share := float64(both) / float64(max(1, min(len(a.pairs), len(b.pairs))))
	switch {
	case both >= repeatPairs && share >= copyShare && forwards(a, b):
		return "one says that it forwards the other's source", true
	case both < copyPairs:
		return "", false
	case share < shortShare && min(len(a.pairs), len(b.pairs)) < shortPairs:
		return "", false
	case share >= copyShare:
		return fmt.Sprintf("%.0f %% of the shorter text's word pairs stand in the other", 100*share), true
	case share >= creditShare && a.agency != "" && a.agency == b.agency:
		return fmt.Sprintf("both credit %s and share %.0f %% of the shorter text's word pairs", a.agency, 100*share), true
	}
	return "", false
}

// forwards reports whether one of two posts says that it forwards the source of
// the other, or both that they forward one source.
func forwards(a, b print) bool {
	return a.whose != "" && (a.whose == b.source || a.whose == b.whose) || b.whose != "" && b.whose == a.source
}

// shared counts the members of both of two sorted sets.
func shared(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// A sample finds again the texts that share sampled pairs. Which pairs are
// sampled depends on the pair alone, so that a text and its cut copy sample
// the same ones.
type sample struct {
	texts map[uint32][]int32
	count map[int32]int
}

func newSample() *sample {
	return &sample{texts: map[uint32][]int32{}, count: map[int32]int{}}
}

// sampled reports whether pair p of a text with n pairs is kept: all of a short
// text, one in eight of a long one.
func sampled(p uint32, n int) bool {
	switch {
	case n < 32:
		return true
	case n < 128:
		return p%2 == 0
	}
	return p%8 == 0
}

func (s *sample) add(p print, i int) {
	for _, pair := range p.pairs {
		if sampled(pair, len(p.pairs)) && len(s.texts[pair]) < mostCopies {
			s.texts[pair] = append(s.texts[pair], int32(i))
		}
	}
}

// near returns the earlier texts that share most sampled pairs with text i, the
// nearest first.
func (s *sample) near(prints []print, i int) []int {
	clear(s.count)
	p := prints[i]
	for _, pair := range p.pairs {
		if sampled(pair, len(p.pairs)) {
			for _, t := range s.texts[pair] {
				s.count[t]++
			}
		}
	}
	var out []int
	for t, n := range s.count {
		least := min(samePassage, 1+min(len(p.pairs), len(prints[t].pairs))/64)
		if n >= least || prints[t].text == p.text {
			out = append(out, int(t))
		}
	}
	sort.Slice(out, func(a, b int) bool {
		x, y := s.count[int32(out[a])], s.count[int32(out[b])]
		if x != y {
			return x > y
		}
		return out[a] < out[b]
	})
	return out[:min(len(out), mostTried)]
}

// agencies are the news agencies whose credit marks a text as theirs, each with
// the ways it is credited.
var agencies = []struct {
	name    string
	credits []string
}{
	{"Reuters", []string{"(Reuters)", "Reuters —", "Reuters -", "رويترز", "Рейтер"}},
	{"AP", []string{"(AP)", "Associated Press", "أسوشيتد برس", "أسوشييتد برس"}},
	{"AFP", []string{"(AFP)", "— AFP", "Agence France-Presse", "أ ف ب", "فرانس برس"}},
	{"EFE", []string{"(EFE)", "Agencia EFE"}},
	{"DPA", []string{"(dpa)", "(DPA)"}},
	{"Anadolu", []string{"Anadolu Agency", "(AA)", "وكالة الأناضول"}},
	{"Xinhua", []string{"(Xinhua)", "شينخوا"}},
	{"TASS", []string{"(TASS)", "/TASS/", "ТАСС"}},
	{"Interfax", []string{"(Interfax)", "Интерфакс", "Інтерфакс"}},
	{"Ukrinform", []string{"(Ukrinform)", "Укрінформ"}},
	{"SANA", []string{"(SANA)", "وكالة سانا"}},
	{"WAFA", []string{"(WAFA)", "وكالة وفا"}},
	{"UPI", []string{"(UPI)", "United Press International"}},
}

// creditedWithin is how much of a text's start and end is looked at for a
// credit, in bytes: a credit opens or closes a report, and an agency named in
// its middle is a witness.
const creditedWithin = 220

// agencyOf returns the agency that a document credits; "" where it credits none.
func agencyOf(d cairn.Document) string {
	head := d.Byline + "\n" + d.Text[:min(len(d.Text), creditedWithin)] + "\n" + d.Text[max(0, len(d.Text)-creditedWithin):]
	for _, a := range agencies {
		if d.Source == a.name || d.Byline == a.name || slices.ContainsFunc(a.credits, func(c string) bool { return strings.Contains(head, c) }) {
			return a.name
		}
	}
	return ""
}

// cited joins a document to another whose publisher is the one it rests on, for
// the same figure of the same harm within a few days.
func cited(docs []cairn.Document, claims [][]cairn.Claim) []joined {
	by := map[string][]int{}
	for i, d := range docs {
		if d.Source != "" {
			by[strings.ToLower(d.Source)] = append(by[strings.ToLower(d.Source)], i)
		}
	}
	var out []joined
	for i := range docs {
		if i >= len(claims) {
			break
		}
		for _, c := range claims[i] {
			if j, ok := citedBy(c, i, docs, claims, by); ok {
				out = append(out, joined{i, j, fmt.Sprintf("rests on %s for the same figure of people %s", docs[j].Source, c.Harm)})
			}
		}
	}
	return out
}

func citedBy(c cairn.Claim, i int, docs []cairn.Document, claims [][]cairn.Claim, by map[string][]int) (int, bool) {
	if len(c.Says) == 0 || !c.Range.Known() || c.Campaign() {
		return 0, false
	}
	last := c.Says[len(c.Says)-1]
	for _, name := range []string{last.Name, last.Words} {
		for _, j := range by[strings.ToLower(name)] {
			near := docs[i].Published.Known() && docs[j].Published.Known() &&
				(cairn.Period{From: docs[i].Published, To: docs[i].Published}).Meets(cairn.Period{From: docs[j].Published, To: docs[j].Published}, citedDays)
			if j == i || !near || strings.EqualFold(docs[i].Source, docs[j].Source) || j >= len(claims) {
				continue
			}
			if slices.ContainsFunc(claims[j], func(o cairn.Claim) bool { return o.Harm == c.Harm && o.Range == c.Range }) {
				return j, true
			}
		}
	}
	return 0, false
}
