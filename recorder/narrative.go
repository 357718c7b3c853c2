package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/narrate"
	"github.com/cairn-recorder/cairn/store"
)

// Narrate tells what happened in an incident in one language, in the place of
// what was told before; an empty text takes that away. A mark that cites no claim
// of the incident is cairn.Invalid at the field text. It stands in the assessment,
// is signed with it, and can be undone.
func (r *Recorder) Narrate(ctx context.Context, code, language, text, why string) (cairn.Judgement, error) {
	if !slices.Contains(cairn.NarrativeLanguages, language) {
		return cairn.Judgement{}, cairn.Invalid{Field: "language", Reason: fmt.Sprintf("want one of %s, not %q", strings.Join(cairn.NarrativeLanguages, ", "), language)}
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	parts, err := narrate.Parse(text)
	if err != nil {
		return cairn.Judgement{}, err
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		told := cairn.Narrative{Language: language, Text: text}
		if told.Cites, err = r.cites(ctx, tx.View, i, parts); err != nil {
			return nil, err
		}
		draft, err := r.DraftNarrative(ctx, tx.View, i.Code, language)
		if err != nil {
			return nil, err
		}
		told.Draft = text != "" && text == draft
		value, err := json.Marshal(told)
		return []cairn.Judgement{{Decision: cairn.Narrates, Incident: i.Code, Field: language, Value: string(value)}}, err
	})
}

// cites finds the claims of an incident that the marks of a text name.
func (r *Recorder) cites(ctx context.Context, v store.View, i cairn.Incident, parts []narrate.Part) ([]cairn.Cite, error) {
	testimonies, err := v.Testimonies(ctx, r.project.Name, i.Code)
	if err != nil {
		return nil, err
	}
	var all []cairn.Cite
	for _, p := range parts {
		if p.Mark == "" || slices.ContainsFunc(all, func(c cairn.Cite) bool { return c.Mark == p.Mark }) {
			continue
		}
		k := slices.IndexFunc(testimonies, func(t cairn.Testimony) bool { return t.Ref.Document == p.Claim.Document && t.Ref.N == p.Claim.N })
		if k < 0 {
			return nil, cairn.Invalid{Field: "text", Reason: fmt.Sprintf("[[%s]] is no claim of %s. Its claims are %s.", p.Mark, i.Code, markList(testimonies))}
		}
		all = append(all, citeOf(p.Mark, testimonies[k]))
	}
	return all, nil
}

func citeOf(mark string, t cairn.Testimony) cairn.Cite {
	return cairn.Cite{Mark: mark, Ref: t.Ref, Harm: t.Claim.Harm, Span: judge.FigureSpan(t.Claim)}
}

// markList names the claims that can be cited.
func markList(testimonies []cairn.Testimony) string {
	var marks []string
	for _, t := range testimonies {
		if mark := narrate.Mark(t.Ref); !slices.Contains(marks, mark) {
			marks = append(marks, mark)
		}
	}
	if len(marks) > 12 {
		marks = append(marks[:12], "and others")
	}
	return strings.Join(marks, ", ")
}

// DraftNarrative writes a plain first text of an incident from its claims as v has
// them, and records nothing.
func (r *Recorder) DraftNarrative(ctx context.Context, v store.View, code, language string) (string, error) {
	found, err := v.Assessed(ctx, r.project.Name, code)
	if err != nil {
		return "", err
	}
	m := narrate.Material{Incident: found.Incident}
	if found.Assessment != nil {
		m.Assessment = *found.Assessment
	}
	if w := found.Incident.Where; w != nil && w.ID != "" {
		if k := slices.IndexFunc(r.project.Places, func(p cairn.Place) bool { return p.ID == w.ID }); k >= 0 {
			m.Place = r.project.Places[k]
		}
	}
	if m.Accounts, err = v.Testimonies(ctx, r.project.Name, found.Incident.Code); err != nil {
		return "", err
	}
	return narrate.Draft(language, m), nil
}

// The bounds of tags.
const (
	mostTags   = 50
	longestTag = 60 // letters
)

// Tag says by which words of the project's own an incident is found, in the place
// of those before; none take them away. It stands in the assessment, is signed
// with it, and can be undone.
func (r *Recorder) Tag(ctx context.Context, code string, tags []string, why string) (cairn.Judgement, error) {
	kept := []string{}
	for _, tag := range tags {
		tag = strings.Join(strings.Fields(tag), " ")
		switch {
		case tag == "":
			continue
		case utf8.RuneCountInString(tag) > longestTag || strings.ContainsFunc(tag, func(r rune) bool { return unicode.IsControl(r) || r == ',' || r == ';' }):
			return cairn.Judgement{}, cairn.Invalid{Field: "tags", Reason: fmt.Sprintf("%q is no tag: a tag is a few words of at most %d letters, without commas.", tag, longestTag)}
		}
		kept = append(kept, tag)
	}
	slices.Sort(kept)
	if kept = slices.Compact(kept); len(kept) > mostTags {
		return cairn.Judgement{}, cairn.Invalid{Field: "tags", Reason: fmt.Sprintf("%d tags are the most.", mostTags)}
	}
	value, err := json.Marshal(kept)
	if err != nil {
		return cairn.Judgement{}, err
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		return []cairn.Judgement{{Decision: cairn.Tags, Incident: i.Code, Field: "tags", Value: string(value)}}, err
	})
}

// told returns an assessment with the narratives and tags that persons gave its
// incident. A claim that a text cites is found again after a redo; where it counts
// here no more, the assessment warns of it.
func (r *Recorder) told(ctx context.Context, v store.View, a cairn.Assessment, active []cairn.Judgement) (cairn.Assessment, error) {
	for _, j := range judge.Latest(active, cairn.Tags, a.Incident) {
		if err := json.Unmarshal([]byte(j.Value), &a.Tags); err != nil {
			return a, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
	}
	texts := judge.Latest(active, cairn.Narrates, a.Incident)
	if len(texts) == 0 {
		return a, nil
	}
	testimonies, err := v.Testimonies(ctx, r.project.Name, a.Incident)
	if err != nil {
		return a, err
	}
	slices.SortStableFunc(texts, func(x, y cairn.Judgement) int {
		return slices.Index(cairn.NarrativeLanguages, x.Field) - slices.Index(cairn.NarrativeLanguages, y.Field)
	})
	for _, j := range texts {
		var n cairn.Narrative
		if err := json.Unmarshal([]byte(j.Value), &n); err != nil {
			return a, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		if n.Text == "" {
			continue
		}
		n.Who, n.At = j.Who, j.At
		for k, c := range n.Cites {
			n.Cites[k] = citedNow(c, testimonies)
			if n.Cites[k].Gone {
				a.Warnings = append(slices.Clone(a.Warnings), fmt.Sprintf("the text in %s cites %s, which counts here no more", n.Language, c.Mark))
			}
		}
		a.Narratives = append(a.Narratives, n)
	}
	return a, nil
}

// citedNow finds the claim that a text cites among what the incident now rests on:
// the very one, or else by document, harm and words.
func citedNow(c cairn.Cite, testimonies []cairn.Testimony) cairn.Cite {
	for _, same := range []func(cairn.Testimony) bool{
		func(t cairn.Testimony) bool { return t.Ref == c.Ref },
		func(t cairn.Testimony) bool {
			return t.Ref.Document == c.Ref.Document && t.Claim.Harm == c.Harm && judge.FigureSpan(t.Claim).Overlaps(c.Span)
		},
		func(t cairn.Testimony) bool {
			return t.Ref.Document == c.Ref.Document && judge.FigureSpan(t.Claim).Overlaps(c.Span)
		},
	} {
		if k := slices.IndexFunc(testimonies, same); k >= 0 {
			now := citeOf(c.Mark, testimonies[k])
			return now
		}
	}
	c.Gone = true
	return c
}

// Tellings returns the texts of an incident as they stand in an assessment, and
// that of another recorder which it was taken over from.
func Tellings(i cairn.Incident, a *cairn.Assessment) []cairn.Narrative {
	var all []cairn.Narrative
	if a != nil {
		all = slices.Clone(a.Narratives)
	}
	if from := i.Elsewhere; from != nil && from.Narrative != "" {
		all = append(all, cairn.Narrative{Text: from.Narrative, Recorder: from.Recorder})
	}
	return all
}

// Retold reports whether two assessments are told or tagged otherwise.
func Retold(a, b cairn.Assessment) bool {
	return !alike(a.Narratives, b.Narratives) || !slices.Equal(a.Tags, b.Tags)
}

// onlyRetold reports whether two assessments differ in their texts and tags alone.
func onlyRetold(a, b cairn.Assessment) bool {
	a.Narratives, a.Tags, b.Narratives, b.Tags = nil, nil, nil, nil
	return same(a, b)
}

// ToldBy returns the judgements by which an incident is told and tagged, by the
// language of the text; the tags are under "tags".
func ToldBy(all []cairn.Judgement, code string) map[string]string {
	standing := map[string]string{}
	for _, d := range []cairn.Decision{cairn.Narrates, cairn.Tags} {
		for _, j := range judge.Latest(judge.Active(all), d, code) {
			standing[j.Field] = j.ID
		}
	}
	return standing
}
