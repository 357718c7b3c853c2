package cairn

import "strings"

// A Disclosure is a name within published words, which stands there as long as
// everybody who bears it may be named. The words are frozen with the release; what
// may be named is asked again whenever they are shown (see [Disclose]), so that
// a name is never shown because it once was.
type Disclosure struct {
	Name    string
	Persons []Disclosed
}

// A Disclosed is one person who bears a disclosed name, by the keys of their entries
// in lists, or the document that lets names stand, and why they are named.
type Disclosed struct {
	As   Disclosing
	Keys []string
}

// A Disclosing is why somebody is named in quoted words.
type Disclosing string

// The reasons to name somebody.
const (
	ByConsent  Disclosing = "c" // the person's own record says so
	ByPolicy   Disclosing = "p" // the project names everybody
	ByClearing Disclosing = "d" // the names in the document were cleared
	ByDocument Disclosing = "t" // likewise, of whoever bears the name; the key is that of the document
)

// The marks of a disclosure are of Unicode's private use, and are taken out of
// whatever is quoted.
const (
	disclosureBegins = "\uE000"
	disclosureNames  = "\uE001"
	disclosureEnds   = "\uE002"
	disclosureSpace  = "\uE003" // no text is cut within a name
)

// String writes d as it stands in frozen words.
func (d Disclosure) String() string {
	var b strings.Builder
	b.WriteString(disclosureBegins)
	for i, p := range d.Persons {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(p.As) + strings.Join(p.Keys, ","))
	}
	b.WriteString(disclosureNames + strings.Join(strings.Fields(d.Name), disclosureSpace) + disclosureEnds)
	return b.String()
}

// Unmarked returns text without anything that could be taken for a mark of a
// disclosure; it has the same length.
func Unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xE000 && r <= 0xE003 {
			return '\uFFFD'
		}
		return r
	}, text)
}

// Disclose returns frozen words as they are shown: each name stands where may says
// so of everybody who bears it, and is [Masked] otherwise. What is left of a
// disclosure that was cut in two is masked.
func Disclose(text string, may func(Disclosed) bool) string {
	if !strings.ContainsAny(text, disclosureBegins+disclosureNames+disclosureEnds) {
		return text
	}
	var b strings.Builder
	for {
		before, rest, some := strings.Cut(text, disclosureBegins)
		b.WriteString(remains(before))
		if !some {
			return b.String()
		}
		inside, after, whole := strings.Cut(rest, disclosureEnds)
		if !whole {
			return b.String() + Masked
		}
		b.WriteString(disclosed(inside, may))
		text = after
	}
}

// remains returns words between disclosures, where the end of one that was cut off
// at its beginning may stand.
func remains(words string) string {
	if end := strings.LastIndexAny(words, disclosureNames+disclosureEnds); end >= 0 {
		return Masked + words[end+len(disclosureEnds):]
	}
	return words
}

// disclosed returns the name of what stands between two marks, or the mask.
func disclosed(inside string, may func(Disclosed) bool) string {
	who, name, ok := strings.Cut(inside, disclosureNames)
	if !ok || who == "" || strings.ContainsAny(name, disclosureBegins+disclosureNames) {
		return Masked
	}
	for person := range strings.SplitSeq(who, ";") {
		if len(person) < 2 || !may(Disclosed{As: Disclosing(person[:1]), Keys: strings.Split(person[1:], ",")}) {
			return Masked
		}
	}
	return strings.ReplaceAll(name, disclosureSpace, " ")
}
