package publish

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// Names are the names of private persons to be masked. The zero Names masks
// nothing. A name is found as a whole, and by any two words of it that follow
// one another, particles between them aside; of an incident's own victims also by any one word, since reports
// go on with the family name alone.
type Names struct {
	runs   map[string][][]string // two or more words of a name, by the first
	single map[string]bool
	wider  map[string][][]string // those of the whole project, beside an incident's own
}

// NamesOf returns the masks for names.
func NamesOf(names []string) Names {
	n := Names{runs: map[string][][]string{}}
	for _, name := range names {
		n.add(name)
	}
	return n
}

// add adds the runs of a name: from each word that says something to the next, with
// the particles between them, so that "Al Orvane" at its end masks no place.
func (n Names) add(name string) {
	words := wordsIn(name)
	last := -1
	for i, w := range words {
		if particles[fold(w.text)] {
			continue
		}
		if last >= 0 {
			n.run(words[last : i+1])
		}
		last = i
	}
	if len(words) > 1 && len(words) < 4 {
		n.run(words)
	}
}

// run adds words that follow one another.
func (n Names) run(words []word) {
	run := make([]string, len(words))
	for i, w := range words {
		run[i] = fold(w.text)
	}
	if !slices.ContainsFunc(n.runs[run[0]], func(r []string) bool { return slices.Equal(r, run) }) {
		n.runs[run[0]] = append(n.runs[run[0]], run)
	}
}

// With returns n with the names of an incident's own victims, whose single words
// are masked too unless they stand among the words spared.
func (n Names) With(own, spared []string) Names {
	sparedWords := map[string]bool{}
	for _, s := range spared {
		for _, w := range wordsIn(s) {
			sparedWords[fold(w.text)] = true
		}
	}
	all := Names{runs: map[string][][]string{}, single: map[string]bool{}, wider: n.runs}
	for _, name := range own {
		all.add(name)
		words := wordsIn(name)
		for _, w := range words {
			word := fold(w.text)
			if len(words) == 1 || utf8.RuneCountInString(word) >= shortest && !sparedWords[word] && !particles[word] {
				all.single[word] = true
			}
		}
	}
	return all
}

// shortest is how many letters a word of a name has that is masked alone.
const shortest = 3

// particles are words of names that say nothing of a person.
var particles = map[string]bool{"al": true, "el": true, "ال": true, "abu": true, "bin": true, "ibn": true, "bint": true, "umm": true, "van": true, "von": true, "del": true, "los": true, "las": true,
	"den": true, "der": true, "and": true, "the": true, "عبد": true, "ابو": true, "ابن": true, "بنت": true, "unnamed": true, "unknown": true}

// Mask returns text with [cairn.Masked] where a name stood.
func (n Names) Mask(text string) string {
	return masked(text, cairn.Span{End: len(text)}, n.find(text))
}

// masked returns a part of text with its cuts replaced.
func masked(text string, part cairn.Span, cuts []cairn.Span) string {
	var b strings.Builder
	at := part.Start
	for _, cut := range cuts {
		if !cut.Overlaps(part) {
			continue
		}
		b.WriteString(text[at:max(at, cut.Start)])
		b.WriteString(cairn.Masked)
		at = min(cut.End, part.End)
	}
	b.WriteString(text[at:part.End])
	return b.String()
}

// find returns where names stand in text, in order, those side by side as one.
func (n Names) find(text string) []cairn.Span {
	if len(n.runs) == 0 && len(n.single) == 0 && len(n.wider) == 0 {
		return nil
	}
	words := wordsIn(text)
	hidden := make([]bool, len(words))
	for i, w := range words {
		for _, word := range readings(w.text) {
			if n.single[word] && named(w.text) {
				hidden[i] = true
			}
			n.hide(words[i:], word, hidden[i:])
		}
	}
	var cuts []cairn.Span
	for i, w := range words {
		if !hidden[i] {
			continue
		}
		if k := len(cuts) - 1; k >= 0 && i > 0 && hidden[i-1] && onlySpace(text[cuts[k].End:w.at.Start]) {
			cuts[k].End = w.at.End
			continue
		}
		cuts = append(cuts, w.at)
	}
	return cuts
}

// hide marks the words at the head of words that make a name, of which first is the
// first as it is compared.
func (n Names) hide(words []word, first string, hidden []bool) {
	for _, runs := range [][][]string{n.runs[first], n.wider[first]} {
		for _, run := range runs {
			if !follows(words, run) {
				continue
			}
			for k := range run {
				hidden[k] = true
			}
		}
	}
}

// follows reports whether words begin with a run, whose first word is theirs.
func follows(words []word, run []string) bool {
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

// named reports whether a word can be a name as it stands: in scripts that have
// capitals it begins with one.
func named(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.IsLower(r)
}

type word struct {
	text string
	at   cairn.Span
}

// wordsIn returns the words of text.
func wordsIn(text string) []word {
	var all []word
	start := -1
	for i, r := range text + " " {
		in := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			all = append(all, word{text[start:i], cairn.Span{Start: start, End: i}})
			start = -1
		}
	}
	return all
}

// readings are what a word can be, folded: itself, and in Arabic script without
// the letters for "and", "by", "to" and "as" that are written together with it.
func readings(w string) []string {
	folded := fold(w)
	all := []string{folded}
	r, size := utf8.DecodeRuneInString(folded)
	if strings.ContainsRune("وفبلك", r) && utf8.RuneCountInString(folded) > shortest {
		all = append(all, folded[size:])
	}
	return all
}

// fold returns a word in small letters, without marks, and with the letters of
// Arabic that are written in several ways as one.
func fold(w string) string {
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

// EntryNames are the names that a list of victims gives one person, as it writes
// and as it was understood.
func EntryNames(e cairn.Entry) []string {
	var all []string
	for _, values := range []map[string]string{e.Values, e.Written} {
		for _, parts := range [][]string{{"name"}, {"given_name", "family_name"}, {"given_name", "father_name", "family_name"}, {"given_name", "father_name"}} {
			var words []string
			for _, field := range parts {
				if values[field] != "" {
					words = append(words, values[field])
				}
			}
			if name := strings.Join(words, " "); name != "" && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}
