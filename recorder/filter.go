package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/assess"
	"github.com/cairn-recorder/cairn/extract"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/policy"
	"github.com/cairn-recorder/cairn/read"
)

// A Step is one step of the method that runs alone, as a filter of JSON Lines.
// Bad is told of each line that cannot be answered.
type Step struct {
	Policy  policy.Policy
	Places  []cairn.Place       // of a project, beside those built in
	Packs   []*lexicon.Pack     // of places, beside those built in
	Parties []cairn.Belligerent // of a project, beside those built in
	Explain bool                // why each claim was read as it was, in words
	JSON    bool                // the explanation beside the claims of the contract, in place of words alone
	Spans   []string            // kinds of expressions that extract adds, claim or not
	Second  *SecondReader       // whose answers stand beside the claims; nil for none
	Bad     func(error)
}

// A said is the answer of `cairn extract`: the claims of one document.
type said struct {
	Document string        `json:"document"`
	Language string        `json:"language,omitempty"`
	Claims   []cairn.Claim `json:"claims"`
	Second   *secondSaid   `json:"second,omitempty"`
}

// Extract answers each document of inputs with its claims, in order. It returns
// how many lines were bad.
func (s Step) Extract(ctx context.Context, inputs []Input, out io.Writer) (bad int, err error) {
	reader := s.reader()
	return filter(ctx, inputs, out, s.Bad, func(text []byte) (any, error) {
		d, err := document(text)
		if err != nil {
			return nil, err
		}
		if s.Explain {
			return s.why(d, reader.Read(d)), nil
		}
		answer := s.of(reader.Read(d))
		if err := s.secondly(ctx, d, &answer); err != nil {
			return nil, err
		}
		if len(s.Spans) == 0 {
			return answer, nil
		}
		return withSpans(reader, d, answer, s.Spans)
	})
}

// reader is what reads documents for s, as the walk of its project does.
func (s Step) reader() *extract.Reader {
	return extract.New(extract.Pack{Places: s.Places, Packs: s.Packs, Parties: s.Parties, Policy: s.Policy})
}

// document reads a line as a document of the contract.
func document(text []byte) (cairn.Document, error) {
	if err := checkDocument(text); err != nil {
		return cairn.Document{}, err
	}
	d := read.Document("", text, cairn.Receipt{})
	d.Map = nil
	return d, nil
}

// of leaves out what explains a claim, which is for --explain.
func (s Step) of(r cairn.Reading) said {
	for i, c := range r.Claims {
		r.Claims[i].Grounds = nil
		if c.Where != nil {
			w := *c.Where
			w.Alternatives, w.Reason = nil, ""
			r.Claims[i].Where = &w
		}
	}
	return said{Document: r.Document, Language: r.Language, Claims: r.Claims}
}

// why is the claims of a document with the reasons for each.
func (s Step) why(d cairn.Document, r cairn.Reading) any {
	claims := explained(d, r.Claims, s.Policy)
	if s.JSON {
		return saidWithReasons{r.Document, r.Language, claims}
	}
	return inWords(d, claims)
}

// toAssess is what `cairn assess` is given: an incident with its documents, or
// with the claims that were extracted from them.
type toAssess struct {
	Incident  string            `json:"incident"`
	Documents []json.RawMessage `json:"documents"`
	Claims    []said            `json:"claims"`
}

// Assess answers each incident of inputs with what the policy makes of it, in
// order. It returns how many lines were bad.
func (s Step) Assess(ctx context.Context, inputs []Input, out io.Writer) (bad int, err error) {
	reader := s.reader()
	return filter(ctx, inputs, out, s.Bad, func(text []byte) (any, error) {
		var given *toAssess
		if err := json.Unmarshal(text, &given); err != nil || given == nil {
			return nil, cairn.Invalid{Field: "line", Reason: fmt.Sprint("no incident as a JSON object: ", err)}
		}
		if given.Incident == "" {
			return nil, cairn.Invalid{Field: "incident", Reason: "is missing"}
		}
		docs, claims, err := given.read(reader)
		if err != nil {
			return nil, err
		}
		return s.assess(given.Incident, docs, claims), nil
	})
}

// read returns the documents of the incident and the claims of each.
func (g toAssess) read(reader *extract.Reader) ([]cairn.Document, [][]cairn.Claim, error) {
	var docs []cairn.Document
	for k, text := range g.Documents {
		d, err := document(text)
		if err != nil {
			return nil, nil, cairn.Invalid{Field: fmt.Sprintf("documents[%d]", k), Reason: err.Error()}
		}
		docs = append(docs, d)
	}
	claims := make([][]cairn.Claim, len(docs))
	for _, s := range g.Claims {
		k := slices.IndexFunc(docs, func(d cairn.Document) bool { return d.ID == s.Document })
		if k < 0 {
			docs, claims = append(docs, cairn.Document{ID: s.Document}), append(claims, nil)
			k = len(docs) - 1
		}
		claims[k] = append(claims[k], s.Claims...)
	}
	for k, d := range docs {
		if claims[k] == nil && d.Text != "" {
			claims[k] = reader.Read(d).Claims
		}
	}
	return docs, claims, nil
}

func (s Step) assess(code string, docs []cairn.Document, claims [][]cairn.Claim) cairn.Assessment {
	var all []cairn.Testimony
	for k, d := range docs {
		for _, c := range claims[k] {
			all = append(all, cairn.Testimony{Ref: cairn.ClaimRef{Document: d.ID, N: c.N}, Claim: c, Document: d})
		}
	}
	return assess.Incident(cairn.Incident{Code: code}, all, originsOf(docs, claims), s.Policy, s.Parties)
}

// originsOf returns the documents that repeat one original, together.
func originsOf(docs []cairn.Document, claims [][]cairn.Claim) [][]string {
	return groupsOf(link.Origins(docs, claims))
}

func groupsOf(origins []link.Origin) [][]string {
	var groups [][]string
	for _, o := range origins {
		groups = append(groups, o.Documents)
	}
	return groups
}

// Incidents answers each document of inputs with the incidents it reports and
// the original it repeats, in order. It returns how many lines were bad.
func (s Step) Incidents(ctx context.Context, inputs []Input, out io.Writer) (bad int, err error) {
	reader := s.reader()
	var docs []cairn.Document
	var claims [][]cairn.Claim
	var broken error
	for one := range inOrder(ctx, workers(), until(&broken, lines(ctx, inputs)), func(l line) readLine { return readOf(reader, l) }) {
		if one.err != nil {
			bad++
			s.Bad(one.err)
			continue
		}
		docs, claims = append(docs, one.document), append(claims, one.claims)
	}
	if broken != nil {
		return bad, broken
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, p := range link.Documents(docs, claims) {
		if err := encoder.Encode(p); err != nil {
			return bad, fmt.Errorf("write answers: %w", err)
		}
	}
	return bad, nil
}

type readLine struct {
	document cairn.Document
	claims   []cairn.Claim
	err      error
}

func readOf(reader *extract.Reader, l line) readLine {
	d, err := document(l.bytes)
	if err != nil {
		return readLine{err: located(err, l)}
	}
	return readLine{document: d, claims: reader.Read(d).Claims}
}
