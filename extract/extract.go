// Package extract finds the claims that a document makes: who says that how
// many of whom were killed, injured, displaced, or which buildings damaged,
// where, when and by whom, each value tied to its words.
//
// It is a cascade, after FASTUS (Appelt and others, 1993): tokens once; phrases
// of the lexicon; quantities, times and places; groups of people and harm
// words; the frames that join them; who says it and under what reservation; and
// last the merging of what the document says twice. No step looks further than
// its sentence but the last two. There is no clock, no chance and no network in
// it: the same document gives the same claims.
package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/policy"
)

// Version names the code of the extractor; it stands in every reading.
const Version = "extract/1"

// A Pack is what one project adds to what is built in: its places, packs of
// places that were brought in, its belligerents and its policy. The zero Pack
// adds nothing and counts under airwars/1.
type Pack struct {
	Places  []cairn.Place
	Packs   []*lexicon.Pack // what each keeps of a place is a cairn.Place as JSON
	Parties []cairn.Belligerent
	Policy  policy.Policy
}

// A Reader reads documents with one Pack. It may be used by several goroutines
// at once.
type Reader struct {
	pack     Pack
	places   *gazetteer
	parties  partyIndex
	versions cairn.Versions
}

// New returns a Reader with what is built in and what pack adds.
func New(pack Pack) *Reader {
	if pack.Policy.Name == "" {
		pack.Policy, _ = policy.Named("airwars")
	}
	r := &Reader{pack: pack, places: newGazetteer(pack.Places, pack.Packs), parties: partiesOf(pack.Parties)}
	r.versions = cairn.Versions{Extractor: Version, Lexicon: lexicon.Version(), Places: r.places.version(), Policy: pack.Policy.ID()}
	return r
}

// Versions returns what readings of r are made with.
func (r *Reader) Versions() cairn.Versions { return r.versions }

// Claims returns the claims of a document, with what is built in.
func Claims(d cairn.Document) []cairn.Claim { return New(Pack{}).Read(d).Claims }

// Read returns the reading of a document: its language and its claims, numbered
// from 1 in the order of the text. A document without text, or in a language
// that has no tables yet, has no claims, which is a result.
func (r *Reader) Read(d cairn.Document) cairn.Reading {
	p := r.parse(d)
	out := cairn.Reading{ID: cairn.ReadingID(d.ID, r.versions), Document: d.ID, Versions: r.versions, Language: p.language, Claims: []cairn.Claim{}}
	if p.terms == nil {
		return out
	}
	out.Claims = append(out.Claims, p.claims()...)
	return out
}

// A reading is the state of reading one document.
type reading struct {
	*Reader
	doc       cairn.Document
	text      string
	language  string
	lang      *lexicon.Language // of the paragraph being read
	tongues   []tongue
	wide      bool // figures of any kind are read, not only counts of people
	caseless  bool // no capitals to go by: all upper or all lower case
	anchor    cairn.Date
	narrative bool         // a history: a day without a year is near the one told of before
	on        cairn.Period // for when belligerents are named
	key       []byte
	toks      []token
	terms     []term
	sentences []sentence
	row       []item // of the sentence being read; the next one takes its space
	times     []timex
	spots     []spot
	persons   map[string]bool // last names
	names     map[string]bool // words that have a capital inside a sentence
	focus     *cairn.Where
	found     []*found
	begun     bool       // harm to people was told of
	about     cairn.Date // of the harm that the report opens with, where that is long past
	campaign  cairn.Period
}

// parse runs the cascade up to times and places.
func (r *Reader) parse(d cairn.Document) *reading {
	p := &reading{Reader: r, doc: d, text: d.Text, language: d.Language}
	mixed := false
	if p.language == "" {
		p.language, mixed = languages(d.Text)
	}
	lang, ok := lexicon.In(p.language)
	if d.Text == "" || !ok {
		return p
	}
	p.tongues = tongues(d.Text, p.language, lang, mixed)
	p.speak(0)
	p.toks = make([]token, 0, len(d.Text)/5+8)
	p.tokens()
	p.terms = make([]term, 0, len(p.toks))
	p.joinTerms()
	p.cutSentences()
	p.caseless = caseless(d.Text)
	p.findTimes()
	p.on = cairn.Period{From: p.anchor, To: p.anchor}
	p.findPlaces()
	return p
}
