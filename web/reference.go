package web

import (
	"encoding/json"
	"net/http"

	"github.com/cairn-recorder/cairn"
)

// referenceWords says what sort of work refers to an incident.
func referenceWords(k cairn.ReferenceKind) string {
	return worded(map[cairn.ReferenceKind]string{cairn.ByCourt: "A court", cairn.ByInquiry: "An inquiry", cairn.ByUnitedNations: "The United Nations", cairn.ByParliament: "A parliament",
		cairn.ByGovernment: "A government", cairn.ByResearch: "Research", cairn.ByOrganisation: "An organisation", cairn.ByPress: "The press"}, k)
}

// referenceForm is the form of a work of others that refers to an incident.
func referenceForm(mark, why field) form {
	return form{Name: "refer", Submit: "Record the reference", Fields: []field{mark, {Name: "as", Label: "What sort of work refers to it", Kind: oneOfThese, Options: choicesOf(cairn.ReferenceKinds, referenceWords)},
		{Name: "title", Label: "What the work is called", Kind: oneLine, Hint: "It is no evidence: it moves no figure, and is shown with the next release."}, {Name: "by", Label: "Who published the work", Kind: oneLine}, {Name: "on", Label: "On which day", Kind: oneLine, Hint: "2031-05-04"},
		{Name: "place", Label: "Where in the work", Kind: oneLine, Hint: "A page, a paragraph or a footnote."}, {Name: "link", Label: "Address of the work", Kind: oneLine}, why}}
}

// refer records a work of others that refers to an incident.
func (s *site) refer(r *http.Request, code string) error {
	form := r.PostForm
	ref := cairn.Reference{Kind: cairn.ReferenceKind(form.Get("as")), Title: given(form, "title"), By: given(form, "by"), Where: given(form, "place"), Link: given(form, "link")}
	var faults correction
	ref.On = faults.date(form, "on")
	switch {
	case len(faults) > 0:
		return wrong(faults)
	case ref.Title == "":
		return at("title", "Say what the work is called.")
	case ref.By == "":
		return at("by", "Say who published the work.")
	case ref.Link != "" && webAddress(ref.Link) == "":
		return at("link", "Write the address of a page, beginning with https://.")
	}
	_, err := s.as(r).Refer(r.Context(), code, ref, given(form, "why"))
	return err
}

// references are the works that stand as referring to an incident.
func references(all []decided) ([]cairn.Reference, error) {
	var found []cairn.Reference
	for _, d := range all {
		if d.Decision != cairn.Refers || d.Undone {
			continue
		}
		var ref cairn.Reference
		if err := json.Unmarshal([]byte(d.Value), &ref); err != nil {
			return nil, err
		}
		found = append(found, ref)
	}
	return found, nil
}

// victimLines are the persons of lists who are of an incident, for whoever works on it.
func (s *site) victimLines(r *http.Request, code string) ([]personLine, error) {
	found, err := s.view.Victims(r.Context(), s.settings.Project, code)
	var all []personLine
	for _, v := range found {
		line := personLine{ID: v.ID, Lists: v.Lists}
		if len(v.Names) > 0 {
			line.Name = v.Names[0]
		}
		if v.Age.Known() {
			line.Says = append(line.Says, v.Age.String())
		}
		if v.Sex != "" {
			line.Says = append(line.Says, v.Sex)
		}
		all = append(all, line)
	}
	return all, err
}
