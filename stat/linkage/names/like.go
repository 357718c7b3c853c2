package names

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Part is one part of a name, or several that are compared as one, made
// ready. The zero Part is not stated.
type Part struct {
	Text   string   // normalised
	Keys   []string // its consonants, see Key: without the article, and with what may be one
	words  []Part   // where there are several
	formOf []int    // the names that it is a form of, see nicknames.tsv
	heard  uint32   // the classes of its consonants, a bit each
	runes  []rune   // without spaces and article
	sound  sounding
	script script
}

// A sounding is how a part sounds with and without what is, or may be, an
// article at its beginning. Empty where there is none to tell.
type sounding struct {
	bare, full heard
	weight     int  // of bare, in hundredths
	sure       bool // the article was written apart
}

// heard is a run of sounds and what it costs to lose each of them, against a
// spelling that writes vowels and against one that does not.
type heard struct {
	sounds string
	drop   [2][]uint8
}

func hear(part string) heard {
	h := heard{sounds: spoken(part)}
	h.sounds = h.sounds[:min(len(h.sounds), Longest)]
	for unwritten := range h.drop {
		h.drop[unwritten] = losses(h.sounds, unwritten == 1)
	}
	return h
}

// mostWords is how many words of a part are compared one by one.
const mostWords = 8

// Prepare makes a part ready for comparison. text is normalised already, as
// Parse and Parts leave it.
func Prepare(text string) Part {
	whole := strings.ReplaceAll(text, " ", "")
	rest := withoutArticle(whole)
	p := Part{Text: text, runes: []rune(rest), script: scriptOf(whole), Keys: []string{Key(rest)}}
	if len(whole) != len(text) {
		words := strings.Fields(text)
		for _, word := range words[:min(len(words), mostWords)] {
			p.words = append(p.words, Prepare(word))
		}
	}
	p.formOf, p.heard = nicknames()[text], classes(p.Keys[0])
	p.sound = sounding{bare: hear(rest), sure: strings.Contains(whole, mark)}
	if full := strings.ReplaceAll(whole, mark, ""); full != rest {
		p.sound.full = hear(full)
	} else if len(rest) > 4 && (rest[0] == 'a' || rest[0] == 'e') && rest[1] == 'l' && !vowel(rest[2]) {
		p.sound.full, p.sound.bare = p.sound.bare, hear(rest[2:])
	}
	if !p.sound.sure && p.sound.full.sounds != "" {
		if full, bare := key(p.sound.full.sounds), key(p.sound.bare.sounds); full != bare {
			p.Keys = []string{bare, full}
		}
	}
	if p.script == latin {
		p.Keys = asFrench(p.Keys)
	}
	p.sound.weight = weigh(p.sound.bare.sounds)
	return p
}

// asFrench is keys and those with the sound of an English ch as that of a French
// one, which hands that learned to write in French take it for.
func asFrench(keys []string) []string {
	for _, k := range keys {
		if strings.Contains(k, "c") {
			keys = append(keys, strings.ReplaceAll(k, "c", "$"))
		}
	}
	return keys
}

// weigh is the weight of sounds: consonants most.
func weigh(sounds string) (n int) {
	prices := prices()
	for i := range len(sounds) {
		if vowel(sounds[i]) {
			n += 20
		} else {
			n += int(prices.lose[sounds[i]])
		}
	}
	return n
}

// Like is how far a and b agree, and a finer likeness from 0 to 1 to tell pairs
// of one grade apart. It is symmetric.
func Like(a, b *Part) (Agreement, float64) {
	if a.Text == "" || b.Text == "" {
		return Unknown, 0
	}
	if a.Text == b.Text {
		return Same, 1
	}
	if b.Text < a.Text {
		a, b = b, a
	}
	grade, fine := whole(a, b)
	if grade >= Slip || len(a.words) == 0 && len(b.words) == 0 {
		return grade, fine
	}
	if g, f := someWords(a, b); g > grade {
		return g, f
	}
	return grade, fine
}

// mostApart is how many classes of consonants can be in one of two names and not
// in the other for them to be alike.
const mostApart = 4

// Near reports whether a and b have nearly the same consonants, without which
// they neither sound alike nor are a slip apart; it is quick.
func (a *Part) Near(b *Part) bool { return bits.OnesCount32(a.heard^b.heard) <= 3 }

// classes is the consonants of a key, a bit each.
func classes(key string) (set uint32) {
	for i := range len(key) {
		set |= 1 << (key[i] & 31)
	}
	return set
}

// whole compares parts as one run of letters and of sounds.
func whole(a, b *Part) (Agreement, float64) {
	if slices.Equal(a.runes, b.runes) {
		return Same, .99
	}
	apart := bits.OnesCount32(a.heard ^ b.heard)
	heard := 0.0
	if apart <= mostApart {
		heard = a.alike(b)
	}
	if a.script != b.script {
		switch {
		case heard >= .93:
			return Same, heard
		case heard >= .85:
			return Sound, heard
		case heard >= .72:
			return Near, heard
		}
		return Differ, heard
	}
	length := max(len(a.runes), len(b.runes))
	if len(a.runes) == 1 || len(b.runes) == 1 {
		if a.runes[0] == b.runes[0] {
			return Initial, .5
		}
		return Differ, 0
	}
	most := max(1, length/3)
	n := most + 1
	if apart <= mostApart || length <= 4 {
		n = Slips(a.runes, b.runes, most)
	}
	seen := 1 - float64(n)/float64(length)
	switch {
	case n == 1 && length > 3, n == 2 && length > 8:
		return Slip, seen
	case heard >= .9:
		return Sound, heard
	case forms(a, b):
		return Form, heard
	case n <= most && length > 3:
		return Near, seen
	case heard >= .78:
		return Near, heard
	}
	return Differ, max(heard, 0)
}

// alike is how alike a and b sound, from 0 to 1.
func (a *Part) alike(b *Part) float64 {
	s, t := &a.sound, &b.sound
	if s.bare.sounds == "" || t.bare.sounds == "" {
		return 0
	}
	unwritten := 0
	if a.script.vowelless() || b.script.vowelless() {
		unwritten = 1
	}
	d := distance(&s.bare, &t.bare, unwritten)
	if s.full.sounds != "" || t.full.sounds != "" {
		d = s.other(t, d, unwritten)
	}
	return max(0, 1-float64(d)/float64(max(s.weight, t.weight, 100)))
}

// other is the least distance of s and t where an article counts on one side or
// on both; bare is their distance without. An article on one side alone costs
// something, so that of two names the one with it is the nearer.
func (s *sounding) other(t *sounding, bare, unwritten int) int {
	const lacking, doubtful = 4, 8
	one := func(has, not *sounding) int {
		cost := doubtful
		if has.sure {
			cost = lacking
		}
		return min(bare+cost, distance(&has.full, &not.bare, unwritten))
	}
	switch {
	case s.full.sounds != "" && t.full.sounds != "":
		return min(bare, distance(&s.full, &t.full, unwritten))
	case s.full.sounds != "":
		return one(s, t)
	}
	return one(t, s)
}

// someWords compares parts of which one has several words: the words of the
// shorter each sought in the longer.
func someWords(a, b *Part) (Agreement, float64) {
	short, long := a.each(), b.each()
	if len(short) > len(long) {
		short, long = long, short
	}
	used := make([]bool, len(long))
	found, least, sum := 0, Same, 0.0
	for i := range short {
		best, at, fine := Differ, -1, 0.0
		for j := range long {
			if used[j] {
				continue
			}
			g, f := Same, 1.0
			if short[i].Text != long[j].Text {
				g, f = whole(&short[i], &long[j])
			}
			if g > best {
				best, at, fine = g, j, f
			}
		}
		if at >= 0 && best >= Near {
			used[at] = true
			found++
			least = min(least, best)
			sum += fine
		}
	}
	switch {
	case found == 0:
		return Differ, 0
	case found == len(long): // every word, in another order
		return max(Near, min(least, Slip)), sum / float64(found)
	case found == len(short):
		return Partial, sum / float64(len(long))
	case 2*found >= len(short):
		return Partial, sum / float64(len(long)) / 2
	}
	return Differ, 0
}

func (p *Part) each() []Part {
	if len(p.words) == 0 {
		return []Part{*p}
	}
	return p.words
}

// Compare is how far two full names agree, part by part: given name, names of
// fathers, family name. Where the order is turned round, both names agree as far
// as the lesser does.
func Compare(a, b string) (given, middle, family Agreement) {
	n, m := Parse(a), Parse(b)
	like := func(s, t string) Agreement {
		p, q := Prepare(s), Prepare(t)
		g, _ := Like(&p, &q)
		return g
	}
	if utf8.RuneCountInString(a) == 0 || utf8.RuneCountInString(b) == 0 {
		return Unknown, Unknown, Unknown
	}
	given, middle, family = like(n.Given, m.Given), like(n.Middle, m.Middle), like(n.Family, m.Family)
	if given == Differ && family == Differ {
		if turned := min(like(n.Given, m.Family), like(n.Family, m.Given)); turned >= Near {
			return turned, middle, turned
		}
	}
	return given, middle, family
}
