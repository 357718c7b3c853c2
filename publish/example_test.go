package publish_test

import (
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/publish"
)

// The public form quotes the sentence that sets an end, without the name in it.
func ExampleForm() {
	sentence := "Nine people died, Tamsin Orrelby among them."
	document := cairn.Document{ID: "d1", Source: "Orvane Herald", Language: "en", Published: "2031-05-05"}
	ref := cairn.ClaimRef{Document: "d1", N: 1}
	form := publish.Form(publish.Material{
		Incident: cairn.Incident{Code: "T1", When: cairn.Period{From: "2031-05-03"}},
		Assessment: cairn.Assessment{Incident: "T1", Grading: cairn.Grading{Grade: cairn.Fair}, Origins: [][]string{{"d1"}},
			Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Exactly(9), MinFrom: []cairn.ClaimRef{ref}, MaxFrom: []cairn.ClaimRef{ref}}}},
		Accounts: []publish.Account{{Testimony: cairn.Testimony{Ref: ref, Document: document, Claim: cairn.Claim{N: 1, Harm: cairn.Killed, Range: cairn.Exactly(9)}},
			Sentence: sentence, Figure: cairn.Span{Start: 0, End: 4}}},
		Names:   cairn.NamesOf([]cairn.Name{{Words: "Tamsin Orrelby"}}),
		Closest: cairn.Neighbourhood,
	})
	quoted := form.Sources[0].Excerpts[0]
	fmt.Println(form.Code, form.Figures[0].Range, form.Sources[0].Name)
	fmt.Println(quoted.Words + quoted.After)
	// Output:
	// T1 9 Orvane Herald
	// Nine people died, ███ among them.
}
