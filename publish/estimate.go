package publish

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// EstimateForm composes the public form of an estimate that two people signed: every
// run on its lists, the refused ones too, and what is put forward and why. It names
// nobody who worked on it, and masks names of private persons in what was written.
func EstimateForm(e cairn.Estimate, names cairn.Names, staff []string) cairn.PublishedEstimate {
	said := func(words string) string {
		words = names.Mask(words)
		for _, who := range staff {
			words = unnamed(words, who)
		}
		return words
	}
	about := e.About
	about.Words = said(about.Words)
	p := cairn.PublishedEstimate{ID: e.ID, Title: said(e.Title), About: about, Histories: e.Histories, Columns: e.Columns, Lists: e.Lists, Input: e.Input,
		Kept: cairn.DayOf(e.At), Signed: len(e.Signatures), Choice: cairn.EstimateChoice{Run: e.Choice.Run, Methods: slices.Clone(e.Choice.Methods), Why: said(e.Choice.Why)}}
	for _, r := range e.Runs {
		p.Runs = append(p.Runs, cairn.EstimateRun{Number: r.Number, Settings: r.Settings, Input: r.Input, Version: r.Version, Answers: r.Answers, Scores: r.Scores,
			Posteriors: r.Posteriors, Draws: r.Draws && r.Number == e.Choice.Run})
	}
	return p
}

// unnamed writes [cairn.Masked] in the place of a name that stands as whole words.
func unnamed(words, name string) string {
	var b strings.Builder
	for at := 0; name != ""; {
		k := strings.Index(words[at:], name)
		if k < 0 {
			return b.String() + words[at:]
		}
		k += at
		b.WriteString(words[at:k])
		if within(words, k) || within(words, k+len(name)) {
			b.WriteString(name)
		} else {
			b.WriteString(cairn.Masked)
		}
		at = k + len(name)
	}
	return words
}

// EstimateDigest is the hash of what a public form of an estimate says, its history
// aside.
func EstimateDigest(form cairn.PublishedEstimate) (string, error) {
	form.History = nil
	text, err := json.Marshal(form)
	return digest(string(text)), err
}
