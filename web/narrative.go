package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// A told is a text of an incident as a page shows it: in paragraphs, each mark
// with the words that it leads to.
type told struct {
	cairn.Narrative
	Paragraphs [][]toldPart
}

// A toldPart is words of a text, or the claim that stands behind them.
type toldPart struct {
	Words   string
	Mark    string
	K       int      // its number among the claims that the text cites
	Account *account // nil where the claim is not there any more
}

// told returns the texts of an assessment with the words behind their marks.
func (s *site) told(ctx context.Context, i cairn.Incident, a *cairn.Assessment, b bundle) ([]told, error) {
	var all []told
	for _, n := range recorder.Tellings(i, a) {
		t := told{Narrative: n}
		var runs []toldPart
		for _, part := range n.Tellings() {
			if part.Cite == nil {
				runs = append(runs, toldWords(part.Words))
				continue
			}
			p := toldPart{Mark: part.Cite.Mark, K: 1 + slices.IndexFunc(n.Cites, func(c cairn.Cite) bool { return c.Mark == part.Cite.Mark })}
			one, err := s.cited(ctx, *part.Cite, b)
			if err != nil {
				return nil, err
			}
			p.Account = one
			runs = append(runs, p)
		}
		t.Paragraphs = cairn.Paragraphs(runs, func(p toldPart) string { return p.Words }, toldWords)
		all = append(all, t)
	}
	return all, nil
}

func toldWords(words string) toldPart { return toldPart{Words: words} }

// cited returns the claim that a mark cites, also one of a reading that the incident
// no longer goes by; nil where nothing is kept of it.
func (s *site) cited(ctx context.Context, c cairn.Cite, b bundle) (*account, error) {
	if a, ok := b.accounts[c.Ref]; ok {
		return &a, nil
	}
	reading, err := s.view.Reading(ctx, c.Ref.Reading)
	if errors.Is(err, cairn.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := s.view.Document(ctx, c.Ref.Document)
	if err != nil {
		return nil, err
	}
	for _, claim := range reading.Claims {
		if claim.N == c.Ref.N {
			text := d.Text
			d.Text = ""
			a := accountOf(cairn.Testimony{Ref: c.Ref, Claim: claim, Document: d}, text, "")
			return &a, nil
		}
	}
	return nil, nil
}

// A citable is a claim that a text may cite.
type citable struct {
	Mark    string
	Account account
}

// citables returns the claims of an incident with the marks that cite them.
func (b bundle) citables() []citable {
	var all []citable
	for _, ref := range b.order {
		all = append(all, citable{ref.Document + "#" + number(cairn.Exactly(ref.N)), b.accounts[ref]})
	}
	return all
}

// tellForms is the form of each language in which an incident can be told, filled
// with what stands, or with a draft of cairn's.
func (s *site) tellForms(r *http.Request, v *workView) error {
	standing, err := s.tellStands(r.Context(), v.Incident.Code)
	if err != nil {
		return err
	}
	for _, tag := range cairn.NarrativeLanguages {
		text, hint := "", "Cite a claim by its mark in two brackets, as [[wire#2]]. An empty text takes it away."
		if v.Assessment != nil {
			n, _ := v.Assessment.Told(tag)
			text = n.Text
		}
		if text == "" && standing[tag] == "" {
			if text, err = s.desk(r.Context()).DraftNarrative(r.Context(), s.view, v.Incident.Code, tag); err != nil {
				return err
			}
			hint = "A draft by cairn from the claims: read it, change it, and keep it. Nothing is kept before. " + hint
		}
		name := "tell-" + tag
		v.Tell = append(v.Tell, s.filled(r, form{Name: name, Action: address("incidents", v.Incident.Code, "narrative"), Submit: "Keep the text in " + languageName(tag), Fields: []field{
			{Name: "language", Kind: unseen, Value: tag},
			{Name: "seen", Kind: unseen, Value: cmp.Or(standing[tag], "none")},
			{Name: "text", Label: "What happened, in " + languageName(tag), Kind: longText, Value: text, Hint: hint, Lang: tag, Rows: min(16, 4+strings.Count(text, "\n")+utf8.RuneCountInString(text)/70)},
			{Name: "why", Label: "Why it is changed", Kind: oneLine, Hint: "May stay empty."},
		}}))
	}
	tags := ""
	if v.Assessment != nil {
		tags = strings.Join(v.Assessment.Tags, ", ")
	}
	known, err := s.view.Tags(r.Context(), s.settings.Project)
	if err != nil {
		return err
	}
	hint := "With commas between. One that begins with an underscore is not published."
	if len(known) > 0 {
		var names []string
		for _, k := range known[:min(len(known), 30)] {
			names = append(names, k.Tag)
		}
		hint += " In use: " + strings.Join(names, ", ") + "."
	}
	v.Tag = s.filled(r, form{Name: "tags", Action: address("incidents", v.Incident.Code, "tags"), Submit: "Keep the tags", Fields: []field{
		{Name: "seen", Kind: unseen, Value: cmp.Or(standing["tags"], "none")},
		{Name: "tags", Label: "Tags", Kind: oneLine, Value: tags, Hint: hint},
	}})
	return nil
}

// tellStands returns the judgement that the text of each language, and the tags of
// an incident, stand by.
func (s *site) tellStands(ctx context.Context, code string) (map[string]string, error) {
	all, err := s.view.JudgementsOf(ctx, s.settings.Project, code)
	return recorder.ToldBy(all, code), err
}

// unchanged is cairn.ErrConflict where somebody else changed a text, or the tags,
// since a form was made. A program that does not say what it saw means what it says.
func (s *site) unchanged(r *http.Request, code, field string) error {
	seen := r.PostForm.Get("seen")
	if seen == "" {
		return nil
	}
	standing, err := s.tellStands(r.Context(), code)
	if err == nil && cmp.Or(standing[field], "none") != seen {
		err = cairn.ErrConflict
	}
	return err
}

// tell keeps the text of an incident in one language.
func (s *site) tell(_ http.ResponseWriter, r *http.Request) (string, error) {
	code, language := r.PathValue("code"), r.PostForm.Get("language")
	if err := s.unchanged(r, code, language); err != nil {
		return "", err
	}
	_, err := s.as(r).Narrate(r.Context(), code, language, r.PostForm.Get("text"), given(r.PostForm, "why"))
	return address("incidents", code, "work") + "#told", err
}

// tag keeps the tags of an incident.
func (s *site) tag(_ http.ResponseWriter, r *http.Request) (string, error) {
	code := r.PathValue("code")
	if err := s.unchanged(r, code, "tags"); err != nil {
		return "", err
	}
	_, err := s.as(r).Tag(r.Context(), code, strings.Split(r.PostForm.Get("tags"), ","), given(r.PostForm, "why"))
	return address("incidents", code, "work") + "#told", err
}

// toldBeside reads the texts of an incident and the claims that they may cite, for
// whoever works on it, and the forms to write on.
func (s *site) toldBeside(r *http.Request, v *workView) error {
	b, err := s.bundle(r.Context(), v.Incident.Code, nil)
	if err != nil {
		return err
	}
	v.Citable = b.citables()
	if v.Told, err = s.told(r.Context(), v.Incident, v.Assessment, b); err != nil {
		return err
	}
	return s.tellForms(r, v)
}
