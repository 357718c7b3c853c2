// Package explain says in words why a claim was read as it was: the sentence
// with its parts in brackets, and for each value the rule behind it. It looks at
// the claim as it is recorded and reads nothing anew, so that what a terminal
// prints and what a page shows is of the claim that is counted.
package explain

import (
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

// An Explanation is why one claim was read as it was. Sentences are those that
// its values stand in, that of the claim first; there are none where its words
// have no place in the text.
type Explanation struct {
	Sentences []Sentence `json:"sentences"`
	Reasons   []Reason   `json:"reasons"`
}

// A Reason says in words why one value of a claim is what it is. Of is the field
// of the contract. Marked is Why with its parts marked, see [Form], so that it can be
// said in another language.
type Reason struct {
	Of     string `json:"of"`
	Why    string `json:"why"`
	Marked string `json:"-"`
}

// Claim explains c, a claim of document d. The policy is that of the claim, the
// zero Policy where it is not at hand: then the range stands without the note
// of its wording.
func Claim(d cairn.Document, c cairn.Claim, p policy.Policy) Explanation {
	if p.ID() != c.Policy {
		p = policy.Policy{}
	}
	r := reasons{doc: d, claim: c, policy: p}
	for _, part := range []func(){r.harm, r.figure, r.rangeOf, r.victims, r.partOf, r.where, r.when, r.by, r.means, r.says, r.scope, r.again} {
		part()
	}
	return Explanation{Sentences: sentencesOf(d.Text, c), Reasons: r.all}
}

// String writes the sentences, and under them the reasons, one a line.
func (e Explanation) String() string {
	var b strings.Builder
	for _, s := range e.Sentences {
		b.WriteString("  " + s.String() + "\n")
	}
	for _, r := range e.Reasons {
		b.WriteString("    " + r.Of + ": " + r.Why + "\n")
	}
	return b.String()
}
