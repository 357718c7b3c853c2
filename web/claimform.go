package web

import (
	"net/http"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// claimForm is the form in which a claim is corrected.
func (s *site) claimForm(r *http.Request, seen int, c codedClaim) form {
	e := recorder.EditOf(c.Claim)
	name := "claim-" + strconv.Itoa(c.K)
	fields := []field{
		{Name: "incident", Kind: unseen, Value: c.Incident},
		{Name: "reading", Kind: unseen, Value: c.Ref.Reading},
		{Name: "n", Kind: unseen, Value: strconv.Itoa(c.Ref.N)},
		{Name: "seen", Kind: unseen, Value: strconv.Itoa(seen)},
	}
	return s.filled(r, form{Name: name, Action: address("code", c.Ref.Document, "correct"), Submit: "Correct", Fields: append(fields, editFields(e)...)})
}

// editFields is what of a claim can be corrected.
func editFields(e recorder.ClaimEdit) []field {
	harms := choicesOf(cairn.Harms, harm, e.Harm)
	classes := append([]choice{{"", "not said", e.Class == ""}}, choicesOf(cairn.Classes, class, e.Class)...)
	stances := []choice{{"", "passes it on", e.Stance == ""}}
	stances = append(stances, choicesOf([]cairn.Stance{cairn.Asserts, cairn.Denies, cairn.Doubts}, stance, e.Stance)...)
	return []field{
		{Name: "figure", Label: "Figure", Kind: oneLine, Value: e.Figure, Hint: "7, 3–5, 5+, or words; empty where none is given."},
		{Name: "harm", Label: "What was done", Kind: oneOfThese, Options: harms},
		{Name: "class", Label: "To whom", Kind: oneOfThese, Options: classes},
		{Name: "place", Label: "Where", Kind: oneLine, Value: e.Place},
		{Name: "from", Label: "From", Kind: oneLine, Value: e.From, Hint: "2031, 2031-05 or 2031-05-04"},
		{Name: "to", Label: "To", Kind: oneLine, Value: e.To},
		{Name: "party", Label: "By", Kind: oneLine, Value: e.Party},
		{Name: "says", Label: "Who says so", Kind: oneLine, Value: e.Says},
		{Name: "stance", Label: "Who says so …", Kind: oneOfThese, Options: stances},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."},
	}
}

func (s *site) codingForms(r *http.Request, v *codingView) {
	id := v.Document.ID
	codes := []choice{}
	for _, i := range v.Incidents {
		codes = append(codes, choice{i.Code, i.Code + ", " + i.Place, len(codes) == 0})
	}
	if len(codes) == 0 {
		codes = append(codes, choice{"", "a new incident", true})
	}
	v.Add = s.filled(r, form{Name: "add", Action: address("code", id, "add"), Submit: "Add this claim", Fields: []field{
		{Name: "seen", Kind: unseen, Value: strconv.Itoa(v.Seen)},
		{Name: "start", Kind: unseen},
		{Name: "words", Label: "Words of the text", Kind: oneLine, Hint: "Select them in the text, or type them as they stand there."},
		{Name: "harm", Label: "What was done", Kind: oneOfThese, Options: choicesOf(cairn.Harms, harm, string(cairn.Killed))},
		{Name: "class", Label: "To whom", Kind: oneOfThese, Options: choicesOf(cairn.Classes, class, string(cairn.UnknownStatus))},
		{Name: "figure", Label: "Figure", Kind: oneLine, Hint: "Empty to read it from the words."},
		{Name: "incident", Label: "Of which incident", Kind: oneOfThese, Options: codes},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."},
	}})
	likelyTo := ""
	for _, i := range v.Incidents {
		if len(i.Likely) > 0 && likelyTo == "" {
			likelyTo = i.Likely[0].Code
		}
	}
	v.Attach = s.filled(r, form{Name: "attach", Action: address("code", id, "attach"), Submit: "Attach", Fields: []field{
		{Name: "to", Label: "Incident that it belongs to", Kind: oneLine, Value: likelyTo},
		{Name: "why", Label: "Why", Kind: oneLine},
	}})
}
