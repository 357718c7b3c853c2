package cairn

import (
	"slices"
	"strings"
	"time"
)

// A Narrative is what happened in an incident, told in one language. A mark such
// as [[wire#2]] in its text cites a claim by its document and number; Cites says
// which claim each mark is. It stands in an assessment and is signed with it.
type Narrative struct {
	Language string    `json:"language,omitempty"` // a language tag; empty where nobody knows it
	Text     string    `json:"text"`
	Cites    []Cite    `json:"cites,omitempty"`
	Draft    bool      `json:"draft,omitempty"`    // as cairn drafted it from the claims, and no person wrote otherwise
	Recorder string    `json:"recorder,omitempty"` // whose text it is, where it was taken over from another
	Who      string    `json:"who,omitempty"`
	At       time.Time `json:"at,omitzero"` // UTC
}

// A Cite is the claim that a mark of a narrative stands for. What it is about is
// found again by document, harm and span, since a later reading may number its
// claims otherwise.
type Cite struct {
	Mark string   `json:"mark"` // as it is written, without brackets
	Ref  ClaimRef `json:"ref"`
	Harm Harm     `json:"harm"`
	Span Span     `json:"span"`
	Gone bool     `json:"gone,omitempty"` // no claim of the incident is that any more
}

// Told returns the narrative of a language, and whether there is one.
func (a Assessment) Told(language string) (Narrative, bool) {
	for _, n := range a.Narratives {
		if n.Language == language {
			return n, true
		}
	}
	return Narrative{}, false
}

// NarrativeLanguages are the languages in which an incident can be told and is
// drafted, in the order in which they are shown.
var NarrativeLanguages = []string{"en", "ar", "es", "uk", "ru"}

// A Telling is a run of a narrative: words, or the claim that a mark cites.
type Telling struct {
	Words string
	Cite  *Cite
}

// Tellings takes the text of n apart at its marks. Brackets that cite none of
// Cites are words.
func (n Narrative) Tellings() []Telling {
	var all []Telling
	from := 0
	add := func(words string) {
		if words != "" {
			all = append(all, Telling{Words: words})
		}
	}
	for at := 0; ; {
		i := strings.Index(n.Text[at:], "[[")
		if i < 0 {
			add(n.Text[from:])
			return all
		}
		at += i + 2
		mark, _, closed := strings.Cut(n.Text[at:], "]]")
		k := slices.IndexFunc(n.Cites, func(c Cite) bool { return closed && c.Mark == strings.TrimSpace(mark) })
		if k < 0 {
			continue
		}
		add(n.Text[from : at-2])
		all = append(all, Telling{Cite: &n.Cites[k]})
		at += len(mark) + 2
		from = at
	}
}

// Paragraphs parts the runs of a text into its paragraphs, which blank lines divide.
// words are those of a run, empty for a mark, and worded makes a run of some of them.
func Paragraphs[Run any](runs []Run, words func(Run) string, worded func(words string) Run) [][]Run {
	var all [][]Run
	var paragraph []Run
	for _, run := range runs {
		if words(run) == "" {
			paragraph = append(paragraph, run)
			continue
		}
		for i, part := range strings.Split(words(run), "\n\n") {
			if i > 0 && len(paragraph) > 0 {
				all, paragraph = append(all, paragraph), nil
			}
			if strings.TrimSpace(part) != "" {
				paragraph = append(paragraph, worded(part))
			}
		}
	}
	if len(paragraph) > 0 {
		all = append(all, paragraph)
	}
	return all
}
