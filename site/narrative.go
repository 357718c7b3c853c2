package site

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// A narrativeView is a text of an incident in paragraphs, each mark with the
// sentence that it leads to.
type narrativeView struct {
	cairn.PublicNarrative
	Paragraphs [][]tellingView
}

// A tellingView is words, or the sentence that stands behind them. Quote is nil
// where a person suppressed it since.
type tellingView struct {
	Words string
	K     int // its number among the sentences of the text
	Quote *quoteView
}

// narrativesOf are the texts of a form, that in the language of the page first.
func narrativesOf(form cairn.Published, tag string) []narrativeView {
	quotes := quotesOf(form)
	var all []narrativeView
	for _, n := range form.Narratives {
		v := narrativeView{PublicNarrative: n}
		var cited []string
		var runs []tellingView
		for _, p := range n.Parts {
			if p.Excerpt == "" {
				runs = append(runs, worded(p.Words))
				continue
			}
			if !slices.Contains(cited, p.Excerpt) {
				cited = append(cited, p.Excerpt)
			}
			t := tellingView{K: 1 + slices.Index(cited, p.Excerpt)}
			if q, ok := quotes[p.Excerpt]; ok {
				t.Quote = &q
			}
			runs = append(runs, t)
		}
		v.Paragraphs = cairn.Paragraphs(runs, func(t tellingView) string { return t.Words }, worded)
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b narrativeView) int {
		switch {
		case (a.Language == tag) == (b.Language == tag):
			return 0
		case a.Language == tag:
			return -1
		}
		return 1
	})
	return all
}

func worded(words string) tellingView { return tellingView{Words: words} }

// quotesOf are the sentences of a form by their keys.
func quotesOf(form cairn.Published) map[string]quoteView {
	quotes := map[string]quoteView{}
	for _, s := range form.Sources {
		for _, e := range s.Excerpts {
			if _, ok := quotes[e.Key]; !ok {
				quotes[e.Key] = quoteView{e, s}
			}
		}
	}
	return quotes
}
