package publish

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// documents are those behind the accounts, in their order, each once.
func (m Material) documents() []cairn.Document {
	var all []cairn.Document
	for _, a := range m.Accounts {
		if !slices.ContainsFunc(all, func(d cairn.Document) bool { return d.ID == a.Document.ID }) {
			all = append(all, a.Document)
		}
	}
	return all
}

// sources are the documents as the public sees them.
func (m Material) sources(masks cairn.Names) []cairn.Publisher {
	all := []cairn.Publisher{}
	quoted := m.quoting(masks)
	for i, d := range m.documents() {
		hide := quoted
		if m.Cleared[d.ID] {
			hide = m.clearing(masks, d.ID)
		}
		s := cairn.Publisher{Number: i + 1, Key: DocumentKey(d.ID), Published: d.Published, Language: d.Language, Origin: m.origin(d.ID, i), Excerpts: []cairn.Excerpt{}}
		if source := m.Sources[d.Source]; source.Withheld() {
			s.Witness = source.Kind == cairn.Witness
		} else {
			s.Name, s.Title, s.Address = m.Names.Mask(d.Source), hide.quote(title(d)), hide.address(d.URL)
		}
		for _, a := range m.Accounts {
			if a.Document.ID == d.ID {
				s.Excerpts = append(s.Excerpts, excerpt(a, hide))
			}
		}
		all = append(all, s)
	}
	return all
}

// title is that of a document which somebody published; a row of a table has none.
func title(d cairn.Document) string {
	if d.Medium == "row" {
		return ""
	}
	return strings.Join(strings.Fields(d.Title), " ")
}

// origin numbers the original that a document repeats.
func (m Material) origin(document string, alone int) int {
	for i, group := range m.Assessment.Origins {
		if slices.Contains(group, document) {
			return i + 1
		}
	}
	return len(m.Assessment.Origins) + 1 + alone
}

func origins(sources []cairn.Publisher) int {
	seen := map[int]bool{}
	for _, s := range sources {
		seen[s.Origin] = true
	}
	return len(seen)
}

// longest is how many bytes of a sentence stand on either side of the figure.
const longest = 600

func excerpt(a Account, hide masking) cairn.Excerpt {
	c := a.Claim
	e := cairn.Excerpt{Key: ExcerptKey(a.Document.ID, c.Harm, c.Span), Harm: c.Harm, Class: c.Victims.Class, Range: c.Range, Scope: c.Scope}
	sentence, figure := cairn.Unmarked(a.Sentence), a.Figure
	cuts := hide.Find(sentence)
	e.Before = ending(strings.TrimLeft(hide.part(sentence, cairn.Span{End: figure.Start}, cuts), " \t\r\n"))
	e.Words = hide.part(sentence, figure, cuts)
	e.After = beginning(strings.TrimRight(hide.part(sentence, cairn.Span{Start: figure.End, End: len(sentence)}, cuts), " \t\r\n"))
	for _, says := range c.Says {
		e.Denied = e.Denied || says.Stance == cairn.Denies
	}
	return e
}

// ending returns the last words of s, at most longest bytes of them.
func ending(s string) string {
	if len(s) <= longest {
		return s
	}
	s = strings.ToValidUTF8(s[len(s)-longest:], "")
	return "…" + s[strings.IndexByte(s, ' ')+1:]
}

// beginning returns the first words of s, at most longest bytes of them.
func beginning(s string) string {
	if len(s) <= longest {
		return s
	}
	s = strings.ToValidUTF8(s[:longest], "")
	return s[:max(strings.LastIndexByte(s, ' '), 0)] + "…"
}

// ascribed are the parties that sources name, in the order of the accounts.
func (m Material) ascribed(sources []cairn.Publisher) []cairn.Ascription {
	var all []cairn.Ascription
	for _, a := range m.Accounts {
		number := 1 + slices.IndexFunc(sources, func(s cairn.Publisher) bool { return s.Key == DocumentKey(a.Document.ID) })
		for _, by := range a.Claim.By {
			name := by.Name
			if name == "" {
				name = by.Words
			}
			name = m.Names.Mask(name)
			k := slices.IndexFunc(all, func(o cairn.Ascription) bool { return o.Party == name && o.Strength == by.Strength })
			if k < 0 {
				k, all = len(all), append(all, cairn.Ascription{Party: name, Strength: by.Strength})
			}
			if !slices.Contains(all[k].Sources, number) {
				all[k].Sources = append(all[k].Sources, number)
			}
		}
	}
	return all
}

// disputes are the contradictions of the assessment, by the numbers of sources.
func (m Material) disputes(masks cairn.Names, sources []cairn.Publisher) []cairn.Dispute {
	var all []cairn.Dispute
	for _, c := range m.Assessment.Contradictions {
		d := cairn.Dispute{About: c.About}
		for _, side := range c.Sides {
			var numbers []int
			for _, document := range side.Documents {
				if k := slices.IndexFunc(sources, func(s cairn.Publisher) bool { return s.Key == DocumentKey(document) }); k >= 0 {
					numbers = append(numbers, sources[k].Number)
				}
			}
			d.Sides = append(d.Sides, cairn.Told{Says: masks.Mask(side.Says), Sources: numbers})
		}
		all = append(all, d)
	}
	return all
}
