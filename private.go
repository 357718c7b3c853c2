package cairn

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Name is a name of a private person. Person is who bears it, as lists have
// them; empty where a claim gives it and no list.
type Name struct{ Words, Person string }

// Names are the names of private persons to be masked. The zero Names masks
// nothing. A name is found as a whole, and by any two words of it that follow
// one another, particles between them aside; of an incident's own victims also by any one word, since reports
// go on with the family name alone.
type Names struct {
	runs   map[string][]nameRun // two or more words of a name, by the first
	single map[string][]string  // who bears a word
	wider  map[string][]nameRun // those of the whole project, beside an incident's own
	whole  map[string][]string  // persons of lists, by whole names
}

// A nameRun is words of names that follow one another, with who bears them.
type nameRun struct {
	words   []string
	persons []string
}

// NamesOf returns the masks for names. A name that a claim gives as a list writes it
// is that of the person of the list.
func NamesOf(names []Name) Names {
	n := Names{runs: map[string][]nameRun{}, whole: map[string][]string{}}
	n.bear(names)
	for _, name := range names {
		for _, person := range n.bearers(name) {
			n.add(name.Words, person)
		}
	}
	return n
}

// bear notes who bears which whole name.
func (n Names) bear(names []Name) {
	for _, name := range names {
		if key := wholeOf(name.Words); name.Person != "" && !slices.Contains(n.whole[key], name.Person) {
			n.whole[key] = append(n.whole[key], name.Person)
		}
	}
}

// bearers returns who bears a name; nobody known is the empty one.
func (n Names) bearers(name Name) []string {
	if name.Person != "" {
		return []string{name.Person}
	}
	if listed := n.whole[wholeOf(name.Words)]; len(listed) > 0 {
		return listed
	}
	return []string{""}
}

// wholeOf returns a name as names are compared.
func wholeOf(name string) string {
	var words []string
	for _, w := range nameWords(name) {
		words = append(words, foldName(w.text))
	}
	return strings.Join(words, " ")
}

// add adds the runs of a name: from each word that says something to the next, with
// the particles between them, so that "Al Orvane" at its end masks no place.
func (n Names) add(name, person string) {
	words := nameWords(name)
	last := -1
	for i, w := range words {
		if particles[foldName(w.text)] {
			continue
		}
		if last >= 0 {
			n.run(words[last:i+1], person)
		}
		last = i
	}
	if len(words) > 1 && len(words) < 4 {
		n.run(words, person)
	}
}

// run adds words that follow one another.
func (n Names) run(of []nameWord, person string) {
	words := make([]string, len(of))
	for i, w := range of {
		words[i] = foldName(w.text)
	}
	all := n.runs[words[0]]
	k := slices.IndexFunc(all, func(r nameRun) bool { return slices.Equal(r.words, words) })
	if k < 0 {
		n.runs[words[0]] = append(all, nameRun{words, []string{person}})
	} else {
		all[k].persons = together(all[k].persons, person)
	}
}

func together(persons []string, more ...string) []string {
	for _, p := range more {
		if !slices.Contains(persons, p) {
			persons = append(persons[:len(persons):len(persons)], p)
		}
	}
	return persons
}

// With returns n with the names of an incident's own victims, whose single words
// are masked too unless they stand among the words spared.
func (n Names) With(own []Name, spared []string) Names {
	sparedWords := map[string]bool{}
	for _, s := range spared {
		for _, w := range nameWords(s) {
			sparedWords[foldName(w.text)] = true
		}
	}
	all := Names{runs: map[string][]nameRun{}, single: map[string][]string{}, wider: n.runs, whole: map[string][]string{}}
	for _, name := range own {
		if key := wholeOf(name.Words); n.whole[key] != nil {
			all.whole[key] = n.whole[key]
		}
	}
	all.bear(own)
	for _, name := range own {
		for _, person := range all.bearers(name) {
			all.add(name.Words, person)
			all.words(name.Words, person, sparedWords)
		}
	}
	return all
}

// words adds the words of a name that are masked alone.
func (n Names) words(name, person string, spared map[string]bool) {
	words := nameWords(name)
	for _, w := range words {
		word := foldName(w.text)
		if len(words) == 1 || utf8.RuneCountInString(word) >= shortest && !spared[word] && !particles[word] {
			n.single[word] = together(n.single[word], person)
		}
	}
}

// shortest is how many letters a word of a name has that is masked alone.
const shortest = 3

// particles are words of names that say nothing of a person.
var particles = map[string]bool{"al": true, "el": true, "ال": true, "abu": true, "bin": true, "ibn": true, "bint": true, "umm": true, "van": true, "von": true, "del": true, "los": true, "las": true,
	"den": true, "der": true, "and": true, "the": true, "عبد": true, "ابو": true, "ابن": true, "بنت": true, "unnamed": true, "unknown": true}

// Mask returns text with [Masked] where a name stood.
func (n Names) Mask(text string) string {
	var b strings.Builder
	at := 0
	for _, c := range n.Find(text) {
		b.WriteString(text[at:c.Start])
		b.WriteString(Masked)
		at = c.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// A Bearing is where names stand in a text, with everybody who bears any of them; the
// empty one is somebody of whom no list knows.
type Bearing struct {
	Span
	Persons []string
}

// Find returns where names stand in text, in order, those side by side as one.
func (n Names) Find(text string) []Bearing {
	if len(n.runs) == 0 && len(n.single) == 0 && len(n.wider) == 0 {
		return nil
	}
	words := nameWords(text)
	hidden := make([][]string, len(words))
	for i, w := range words {
		for _, word := range readings(w.text) {
			if persons := n.single[word]; persons != nil && nameable(w.text) {
				hidden[i] = together(hidden[i], persons...)
			}
			n.hide(words[i:], word, hidden[i:])
		}
	}
	var cuts []Bearing
	for i, w := range words {
		if hidden[i] == nil {
			continue
		}
		if k := len(cuts) - 1; k >= 0 && i > 0 && hidden[i-1] != nil && onlySpace(text[cuts[k].End:w.at.Start]) {
			cuts[k].End, cuts[k].Persons = w.at.End, together(cuts[k].Persons, hidden[i]...)
			continue
		}
		cuts = append(cuts, Bearing{w.at, hidden[i]})
	}
	return cuts
}

// hide marks the words at the head of words that make a name, of which first is the
// first as it is compared.
func (n Names) hide(words []nameWord, first string, hidden [][]string) {
	for _, runs := range [][]nameRun{n.runs[first], n.wider[first]} {
		for _, r := range runs {
			if !follows(words, r.words) {
				continue
			}
			for k := range r.words {
				hidden[k] = together(hidden[k], r.persons...)
			}
		}
	}
}

// follows reports whether words begin with a run, whose first word is theirs.
func follows(words []nameWord, run []string) bool {
	if len(words) < len(run) {
		return false
	}
	for k := 1; k < len(run); k++ {
		if !slices.Contains(readings(words[k].text), run[k]) {
			return false
		}
	}
	return true
}

func onlySpace(s string) bool { return strings.Trim(s, " \u00a0\t\n-'’") == "" }

// nameable reports whether a word can be a name as it stands: in scripts that have
// capitals it begins with one.
func nameable(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.IsLower(r)
}

type nameWord struct {
	text string
	at   Span
}

// nameWords returns the words of text.
func nameWords(text string) []nameWord {
	var all []nameWord
	start := -1
	for i, r := range text + " " {
		in := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			all = append(all, nameWord{text[start:i], Span{Start: start, End: i}})
			start = -1
		}
	}
	return all
}

// readings are what a word can be, folded: itself, and in Arabic script without
// the letters for "and", "by", "to" and "as" that are written together with it.
func readings(w string) []string {
	folded := foldName(w)
	all := []string{folded}
	r, size := utf8.DecodeRuneInString(folded)
	if strings.ContainsRune("وفبلك", r) && utf8.RuneCountInString(folded) > shortest {
		all = append(all, folded[size:])
	}
	return all
}

// foldName returns a word in small letters, without marks, and with the letters of
// Arabic that are written in several ways as one.
func foldName(w string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r), r == 'ـ':
			return -1
		case strings.ContainsRune("أإآٱ", r):
			return 'ا'
		case r == 'ى':
			return 'ي'
		case r == 'ة':
			return 'ه'
		}
		return unicode.ToLower(r)
	}, w)
}

// Address returns s where it is the address of a web page, and of one that spells a
// name only the site; "" for anything else, such as a file.
func (n Names) Address(s string) string {
	return AddressWithout(s, func(spelled string) bool { return len(n.Find(spelled)) > 0 })
}

// AddressWithout returns s where it is the address of a web page, and of one whose
// words hold what is not to be said only the site; "" for anything else.
func AddressWithout(s string, holds func(spelled string) bool) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User = nil
	spelling, err := url.PathUnescape(u.Path + " " + u.RawQuery + " " + u.Fragment)
	if err != nil || holds(spelled(spelling)) {
		return u.Scheme + "://" + u.Host + "/"
	}
	return u.String()
}

// spelled parts the words of an address or identifier.
func spelled(s string) string {
	return strings.NewReplacer("-", " ", "_", " ", "+", " ", "/", " ", ":", " ", ".", " ").Replace(s)
}

// Place returns p without names in what it is called, found and known by: a house is
// called after who lives there.
func (n Names) Place(p PublicPlace) PublicPlace {
	p.Name = n.Mask(p.Name)
	for tag, name := range p.Names {
		if masked := n.Mask(name); masked != name {
			p.Names = maps.Clone(p.Names)
			p.Names[tag] = masked
		}
	}
	p.Keys = slices.DeleteFunc(slices.Clone(p.Keys), func(key string) bool { return len(n.Find(spelled(key))) > 0 })
	if len(n.Find(spelled(p.ID))) > 0 {
		sum := sha256.Sum256([]byte(p.ID))
		p.ID = "place:" + hex.EncodeToString(sum[:6])
		p.Keys = append(p.Keys, p.ID)
	}
	return p
}
