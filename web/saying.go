package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	plurals "golang.org/x/text/feature/plural"
)

var (
	aDate   = regexp.MustCompile(`(?:(\d{1,2}) )?(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})`)
	aRange  = regexp.MustCompile(`^(\d[\d,]*)–(\d[\d,]*)$`)
	orMores = regexp.MustCompile(`^(\d[\d,]*(?:–\d[\d,]*)?) or more$`)
	figured = regexp.MustCompile(`^(\pL.*\pL) (\d[\d,]*(?:–\d[\d,]*)?(?: or more)?|unknown)$`)
	soMany  = regexp.MustCompile(`^(\d[\d,]*) (.+)$`)
	noWords = regexp.MustCompile(`^[^\p{L}]*$`)
	grouped = regexp.MustCompile(`\b\d{1,3}(?:,\d{3})+\b`)
	decimal = regexp.MustCompile(`^[-−+±]?\d+\.\d{1,3}(?: ?%)?$`)
	english = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// say returns words in the language of t, and whether all of them have words there.
// Space around them stays.
func (t *tongue) say(s string) (string, bool) {
	inner := strings.TrimSpace(s)
	lead, tail := s[:strings.Index(s, inner)], s[strings.Index(s, inner)+len(inner):]
	said, ok := t.inner(strings.Join(strings.Fields(inner), " "), 0)
	return lead + said + tail, ok
}

// reason returns a reason in the language of t where all of it has words there, behind
// the document that it is of, and else as it is.
func (t *tongue) reason(s string) string {
	if strings.Contains(s, opens) {
		if said, ok := t.explained(s); ok {
			return said
		}
		return s
	}
	if said, ok := t.say(s); ok {
		return said
	}
	if of, rest, parted := strings.Cut(s, ": "); parted && !strings.Contains(of, " ") {
		if said, ok := t.say(rest); ok {
			return of + ": " + said
		}
	}
	return s
}

// mostParts is how often words are taken apart.
const mostParts = 6

func (t *tongue) inner(s string, depth int) (string, bool) {
	if said, ok := t.exactly(s); ok {
		return said, true
	}
	if last := len(s) - 1; last > 0 && strings.ContainsRune(":;,", rune(s[last])) {
		said, ok := t.inner(strings.TrimSpace(s[:last]), depth+1)
		return said + t.signs(s[last:]), ok
	}
	if said, ok := t.figures(s, depth); ok {
		return said, true
	}
	if depth > mostParts {
		return s, false
	}
	for _, p := range t.patterns {
		if m := p.form.FindStringSubmatch(s); m != nil {
			if said, ok := t.filled(p, m[1:], depth); ok {
				return said, true
			}
		}
	}
	if m := figured.FindStringSubmatch(s); m != nil {
		if of, ok := t.inner(m[1], depth+1); ok {
			figure, _ := t.inner(m[2], depth+1)
			return of + " " + figure, true
		}
	}
	return t.parts(s, depth)
}

// exactly says words that stand in the table as they are, or with a small first
// letter, and names of countries and languages.
func (t *tongue) exactly(s string) (string, bool) {
	if said, ok := t.Say[s]; ok {
		return said, true
	}
	if said := t.names[s]; said != "" {
		return said, true
	}
	said, ok := t.Say[lowered(s)]
	return capital(said), ok
}

// figures says ranges, numbers, dates, and so many of something.
func (t *tongue) figures(s string, depth int) (string, bool) {
	if m := aRange.FindStringSubmatch(s); m != nil {
		return strings.NewReplacer("{a}", t.number(m[1]), "{b}", t.number(m[2])).Replace(t.Range), true
	}
	if m := orMores.FindStringSubmatch(s); m != nil {
		low, _ := t.inner(m[1], depth+1)
		return strings.ReplaceAll(t.More, "{a}", low), true
	}
	if noWords.MatchString(s) {
		if strings.ContainsAny(s, "0123456789") {
			return t.number(s), true
		}
		return t.signs(s), true
	}
	if m := soMany.FindStringSubmatch(s); m != nil {
		if said, ok := t.plural(m[1], m[2]); ok {
			return said, true
		}
	}
	if aDate.FindString(s) == s {
		return t.date(s), true
	}
	return "", false
}

// fewLetters are the letters of a pattern that could be of anything, such as "{} to {}":
// what stands between its words must have words itself, or be one word.
const fewLetters = 5

// filled puts what stood between words into the words of t, in their order or, where
// those have numbers, by these. What has none is data, such as a name.
func (t *tongue) filled(p pattern, between []string, depth int) (string, bool) {
	var pairs []string
	said, first := p.said, false
	for i, b := range between {
		inner, ok := t.inner(b, depth+1)
		if small, has := t.Say[lowered(b)]; has && i == 0 && p.leads {
			inner, ok, first = small, true, b != lowered(b)
		}
		if !ok && p.letters < fewLetters && strings.Contains(b, " ") {
			return "", false
		}
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", inner)
		said = strings.Replace(said, "{}", "{"+strconv.Itoa(i+1)+"}", 1)
	}
	said = strings.NewReplacer(pairs...).Replace(said)
	if first {
		said = capital(said)
	}
	return said, true
}

// lowered is s with a small first letter, capital with a great one.
func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// parts says words that signs part, each for itself.
func (t *tongue) parts(s string, depth int) (string, bool) {
	for _, sign := range []string{" · ", "; ", ": ", ". ", ", ", " (", "·", ":", ";", ",", ".", "(", ")", "“", "”", "…", "?"} {
		i := strings.Index(s, sign)
		if i < 0 {
			continue
		}
		before, after := s[:i], s[i+len(sign):]
		if sign == ". " { // a sentence has its stop
			before, sign = s[:i+1], " "
		}
		saidBefore, ok := before, true
		if before != "" {
			saidBefore, ok = t.inner(strings.TrimSpace(before), depth+1)
		}
		saidAfter, okAfter := after, true
		if after != "" {
			saidAfter, okAfter = t.inner(strings.TrimSpace(after), depth+1)
			if strings.HasPrefix(after, " ") {
				saidAfter = " " + saidAfter
			}
		}
		if strings.HasSuffix(before, " ") {
			saidBefore += " "
		}
		return saidBefore + t.signs(sign) + saidAfter, ok && okAfter
	}
	return s, false
}

// signs puts the signs of t in.
func (t *tongue) signs(s string) string {
	for from, to := range t.Commas {
		s = strings.ReplaceAll(s, from, to)
	}
	return s
}

// date says a date: a day of a month, or a month that stands alone.
func (t *tongue) date(s string) string {
	m := aDate.FindStringSubmatch(s)
	month := slices.Index(english, m[2])
	if m[1] == "" {
		return strings.NewReplacer("{m}", t.Alone[month], "{y}", m[3]).Replace(t.Month)
	}
	return strings.NewReplacer("{d}", m[1], "{m}", t.Months[month], "{y}", m[3]).Replace(t.Day)
}

// number writes the numbers of s with the signs of t between thousands and before a
// fraction.
func (t *tongue) number(s string) string {
	if decimal.MatchString(s) {
		return strings.Replace(s, ".", t.Point, 1)
	}
	return grouped.ReplaceAllStringFunc(s, func(n string) string { return strings.ReplaceAll(n, ",", t.Group) })
}

var categories = map[plurals.Form]string{plurals.Zero: "zero", plurals.One: "one", plurals.Two: "two", plurals.Few: "few", plurals.Many: "many", plurals.Other: "other"}

// plural says so many of a noun.
func (t *tongue) plural(number, noun string) (string, bool) {
	forms, ok := t.Count[noun]
	n, err := strconv.Atoi(strings.ReplaceAll(number, ",", ""))
	if !ok || err != nil {
		return "", false
	}
	form, ok := forms[categories[plurals.Cardinal.MatchPlural(t.rules, n, 0, 0, 0, 0)]]
	if !ok {
		form = forms["other"]
	}
	return strings.ReplaceAll(form, "{n}", t.number(number)), true
}
