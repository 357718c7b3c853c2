package publish

import (
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// narratives are the texts of the incident as the public sees them: names of
// private persons are masked or disclosed, and each mark leads to the sentence that it cites.
func (m Material) narratives(masks cairn.Names) []cairn.PublicNarrative {
	told := m.Assessment.Narratives
	if from := m.Incident.Elsewhere; from != nil && from.Narrative != "" {
		told = append(slices.Clone(told), cairn.Narrative{Text: from.Narrative, Recorder: from.Recorder})
	}
	var all []cairn.PublicNarrative
	quoted := m.quoting(masks)
	for _, n := range told {
		p := cairn.PublicNarrative{Language: n.Language, Draft: n.Draft, Recorder: n.Recorder}
		for _, part := range n.Tellings() {
			if part.Cite == nil {
				p.Parts = append(p.Parts, cairn.PublicPart{Words: quoted.quote(part.Words)})
				continue
			}
			keys := m.keys([]cairn.ClaimRef{part.Cite.Ref})
			if len(keys) == 0 {
				continue // it counts here no more
			}
			p.Parts = append(p.Parts, cairn.PublicPart{Excerpt: keys[0]})
		}
		all = append(all, p)
	}
	return all
}

// tags are those that the project does not keep to itself: a tag that begins with
// an underscore is for those who work on the record.
func (m Material) tags(masks cairn.Names) []string {
	var all []string
	for _, tag := range m.Assessment.Tags {
		if !strings.HasPrefix(tag, "_") {
			all = append(all, masks.Mask(tag))
		}
	}
	return all
}

// told is the words of a text, by which one release tells it from the next.
func told(n cairn.PublicNarrative) string {
	var b strings.Builder
	for _, p := range n.Parts {
		b.WriteString(p.Words)
		if p.Excerpt != "" {
			b.WriteString("[" + p.Excerpt + "]")
		}
	}
	return b.String()
}

// retold returns the fields of the texts that a later form has otherwise. The texts
// themselves are too long for a list of changes.
func retold(was, now cairn.Published) []string {
	texts := func(form cairn.Published) map[string]string {
		all := map[string]string{}
		for _, n := range form.Narratives {
			if n.Recorder == "" {
				all[n.Language] = told(n)
			}
		}
		return all
	}
	before, after := texts(was), texts(now)
	var fields []string
	for _, language := range cairn.NarrativeLanguages {
		if before[language] != after[language] {
			fields = append(fields, "narrative_"+language)
		}
	}
	return fields
}
