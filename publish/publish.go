// Package publish makes what is recorded public: it composes the public form of
// an incident from a signed assessment, choosing what is said and leaving out
// what is not, tells one release from the next, and writes the answers of the
// public pages to a folder that needs no server.
//
// What is public is chosen, never left over: [Form] builds a noun of its own,
// field by field. Names of private persons are masked in every word that is
// quoted, but of those who agreed to be named (Every Casualty, Standards for Casualty Recording, 2016, on the
// protection of those concerned).
package publish

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// An Account is a claim of an incident with the sentence that it rests on, in
// which Figure are the words of its figure.
type Account struct {
	cairn.Testimony
	Sentence string
	Figure   cairn.Span
}

// A Material is all that the public form of an incident is chosen from.
type Material struct {
	Incident   cairn.Incident
	Assessment cairn.Assessment // the signed one
	Accounts   []Account
	Place      cairn.Place // what the register knows of the place; may be zero
	Keys       []string    // by which the place is found
	Related    []cairn.Relative
	References []cairn.Reference
	Names      cairn.Names             // of victims, wherever the project knows them
	Sources    map[string]cairn.Source // by the names that documents have
	Cleared    map[string]bool         // documents in which names may stand
	Staff      []string                // who worked on it, to be named nowhere
	Closest    cairn.Accuracy          // no point is given closer
	Review     bool                    // evidence came after it was signed
	Victims    []Victim                // persons of lists whom the signed assessment has
	Bearers    map[string]Bearer       // everybody on lists, by identifier, as Names has them
}

// Form composes the public form of an incident.
func Form(m Material) cairn.Published {
	masks := m.masks()
	p := cairn.Published{Policy: m.Assessment.Policy, Related: m.Related, Sources: []cairn.Publisher{}}
	p.Listing = cairn.Listing{Code: m.Incident.Code, Former: m.Incident.Former, Place: m.Names.Place(m.place()), When: m.Incident.When, Means: m.Incident.Means,
		Grade: m.Assessment.Grade, Strike: m.Assessment.Strike, Parties: slices.Clone(m.Incident.Counts(m.Assessment)[0].Parties), Review: m.Review}
	if e := m.Incident.Elsewhere; e != nil {
		p.Recorder = e.Recorder
	}
	for i, party := range p.Parties {
		p.Parties[i] = m.Names.Mask(party)
	}
	p.Sources = m.sources(masks)
	p.Heard, p.Origins = len(p.Sources), origins(p.Sources)
	for _, t := range m.Assessment.Tallies {
		p.Figures = append(p.Figures, cairn.Figured{Harm: t.Harm, Class: t.Class, Range: t.Range, Floor: m.keys(t.MinFrom), Ceiling: m.keys(t.MaxFrom), Named: len(t.Named)})
	}
	p.Ascribed = m.ascribed(p.Sources)
	for _, position := range m.Assessment.Positions {
		position.Party, position.Statement = m.Names.Mask(position.Party), masks.Mask(position.Statement)
		position.Link = masks.Address(position.Link)
		p.Positions = append(p.Positions, position)
	}
	for _, o := range m.Assessment.Overrides {
		p.Set = append(p.Set, o.Field)
	}
	p.Reasons, p.Disputes = m.reasons(masks), m.disputes(masks, p.Sources)
	p.Narratives, p.Tags = m.narratives(masks), m.tags(masks)
	p.Victims, p.Unshown = m.victims()
	p.References = m.references(masks)
	return p
}

// masks are the names of the project with those of the incident's own victims,
// whose parts are masked too, unless they name its place or a party.
func (m Material) masks() cairn.Names {
	var own []cairn.Name
	var spared []string
	for _, a := range m.Accounts {
		own = append(own, borne("", a.Claim.Victims.Names)...)
	}
	for _, v := range m.Victims {
		own = append(append(own, borne(v.ID, v.Names)...), borne("", v.Claimed)...)
	}
	if w := m.Incident.Where; w != nil {
		spared = append(append(spared, w.Name, w.Words, w.Admin1), w.Within...)
	}
	for _, by := range m.Incident.By {
		spared = append(spared, by.Name, by.Words)
	}
	return m.Names.With(own, spared)
}

func borne(person string, names []string) []cairn.Name {
	var all []cairn.Name
	for _, name := range names {
		all = append(all, cairn.Name{Words: name, Person: person})
	}
	return all
}

// place returns where it was, as closely as the public may know.
func (m Material) place() cairn.PublicPlace {
	w := m.Incident.Where
	if w == nil {
		return cairn.PublicPlace{}
	}
	p := cairn.PublicPlace{ID: w.ID, Name: cmp.Or(w.Name, w.Words), Names: m.Place.Names, Accuracy: w.Accuracy, Admin1: w.Admin1, Country: w.Country, Keys: m.Keys}
	if w.Lat != nil && w.Lon != nil {
		p.Point = &cairn.Point{Lat: *w.Lat, Lon: *w.Lon}
	}
	if w.Accuracy == "" || w.Accuracy.Rank() < m.Closest.Rank() {
		p.Accuracy = m.Closest
		p.Point = coarse(p.Point, m.Closest)
	}
	return p
}

// decimals are how many of a degree a point keeps that is known to an accuracy:
// two are a kilometre.
var decimals = map[cairn.Accuracy]float64{cairn.Exact: 6, cairn.WithinMetre: 5, cairn.Within100: 3, cairn.Street: 3, cairn.Landmark: 3,
	cairn.Neighbourhood: 2, cairn.Village: 2, cairn.Town: 1, cairn.City: 1}

// coarse returns a point moved to a grid of an accuracy; nil where a point would
// say more than that.
func coarse(p *cairn.Point, to cairn.Accuracy) *cairn.Point {
	keep, ok := decimals[to]
	if p == nil || !ok {
		return nil
	}
	scale := math.Pow(10, keep)
	return &cairn.Point{Lat: math.Round(p.Lat*scale) / scale, Lon: math.Round(p.Lon*scale) / scale}
}

// keys names the excerpts of claims.
func (m Material) keys(refs []cairn.ClaimRef) []string {
	var all []string
	for _, ref := range refs {
		for _, a := range m.Accounts {
			if a.Ref.Document == ref.Document && a.Ref.N == ref.N && (ref.Reading == "" || ref.Reading == a.Ref.Reading) {
				all = append(all, ExcerptKey(ref.Document, a.Claim.Harm, a.Claim.Span))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// reasons are those of the grading, with the numbers of sources in the place of
// documents, and without what names a person who worked on it: an overridden
// value is named among Set.
func (m Material) reasons(masks cairn.Names) []string {
	documents := m.documents()
	all := m.Assessment.Reasons
	all = all[:max(0, len(all)-len(m.Assessment.Overrides))]
	var kept []string
	for _, reason := range all {
		if !slices.ContainsFunc(m.Staff, func(who string) bool { return who != "" && strings.Contains(reason, who) }) {
			kept = append(kept, masks.Mask(numbered(m.undisclosed(reason), documents)))
		}
	}
	return kept
}

// undisclosed writes [cairn.Undisclosed] in the place of the names of sources that
// are not to be named.
func (m Material) undisclosed(words string) string {
	for _, name := range slices.Sorted(maps.Keys(m.Sources)) {
		if m.Sources[name].Withheld() {
			words = strings.ReplaceAll(words, name, cairn.Undisclosed)
		}
	}
	return words
}

// numbered writes the numbers of documents in the place of their identifiers, which
// stand as whole words.
func numbered(reason string, documents []cairn.Document) string {
	var b strings.Builder
	for at := 0; at < len(reason); {
		longest, number := "", 0
		if !within(reason, at) {
			for i, d := range documents {
				if strings.HasPrefix(reason[at:], d.ID) && len(d.ID) > len(longest) && !within(reason, at+len(d.ID)) {
					longest, number = d.ID, i+1
				}
			}
		}
		if number > 0 {
			fmt.Fprintf(&b, "[%d]", number)
			at += len(longest)
			continue
		}
		b.WriteByte(reason[at])
		at++
	}
	return b.String()
}

// within reports whether an offset of text lies inside a word.
func within(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return at > 0 && at < len(text) && wordly(before) && wordly(after)
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ExcerptKey names the words of a document that a claim of a harm rests on, so
// that nobody learns the document by it.
func ExcerptKey(document string, h cairn.Harm, words cairn.Span) string {
	return digest(fmt.Sprintf("%s\x00%s\x00%d-%d", document, h, words.Start, words.End))[:12]
}

// DocumentKey names a document likewise.
func DocumentKey(document string) string { return digest(document)[:12] }

// Digest is the hash of what a public form says, its history aside.
func Digest(form cairn.Published) (string, error) {
	form.History = nil
	text, err := json.Marshal(form)
	return digest(string(text)), err
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
