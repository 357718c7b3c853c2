package recorder

import (
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/policy"
)

// Explained is a claim with why it was read as it was.
type Explained struct {
	cairn.Claim
	Explanation explain.Explanation `json:"explanation"`
}

// A saidWithReasons is the answer of `cairn extract --explain --json`.
type saidWithReasons struct {
	Document string      `json:"document"`
	Language string      `json:"language,omitempty"`
	Claims   []Explained `json:"claims"`
}

// prose is an answer that is printed as it is.
type prose string

// explained explains each claim of a document.
func explained(d cairn.Document, claims []cairn.Claim, p policy.Policy) []Explained {
	out := make([]Explained, 0, len(claims))
	for _, c := range claims {
		out = append(out, Explained{c, explain.Claim(d, c, p)})
	}
	return out
}

// inWords answers d for a person at a terminal.
func inWords(d cairn.Document, claims []Explained) prose {
	var b strings.Builder
	if len(claims) == 0 {
		fmt.Fprintf(&b, "%s: no claim of harm\n", d.ID)
	}
	for _, c := range claims {
		fmt.Fprintf(&b, "%s, claim %d: %s %s\n%s", d.ID, c.N, strings.ReplaceAll(string(c.Harm), "_", " "), c.Range, c.Explanation)
	}
	return prose(b.String() + "\n")
}

// Explain says in words why a claim of d was read as it was, with the notes of
// its policy where that is built in or the project's own.
func Explain(d cairn.Document, c cairn.Claim, project cairn.Project) explain.Explanation {
	p, err := policy.Named(c.Policy)
	if err != nil {
		p, err = PolicyOf(project)
	}
	if err != nil {
		p = policy.Policy{}
	}
	return explain.Claim(d, c, p)
}
