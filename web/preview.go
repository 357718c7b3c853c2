package web

import (
	"encoding/json"
	"net/http"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// A previewed is what a form would make of a claim and its incident.
type previewed struct {
	Range  string          `json:"range"`
	Rules  []string        `json:"rules"`
	Policy string          `json:"policy"`
	Before []string        `json:"before"` // the figures of the incident
	After  []string        `json:"after"`
	Grade  string          `json:"grading"`
	Faults []cairn.Invalid `json:"faults,omitempty"`
}

// in returns p in the words of a tongue, which is nil for English.
func (p previewed) in(t *tongue) previewed {
	if t == nil {
		return p
	}
	say := func(words *string) { *words, _ = t.say(*words) }
	say(&p.Range)
	say(&p.Grade)
	for _, all := range [][]string{p.Before, p.After} {
		for i := range all {
			say(&all[i])
		}
	}
	for i := range p.Faults {
		say(&p.Faults[i].Reason)
	}
	return p
}

// preview answers what a correction would make of it, and writes nothing.
func (s *site) preview(w http.ResponseWriter, r *http.Request) (string, error) {
	w.Header().Set("Content-Type", "application/json")
	ref, now, err := s.editSent(r)
	if faults, ours := faultsOf(err); ours {
		return "", json.NewEncoder(w).Encode(previewed{Faults: faults}.in(s.tongueOf(r)))
	}
	if err != nil {
		return "", err
	}
	p := previewed{Range: figure(now.Range), Rules: now.Rules, Policy: now.Policy}
	code := r.PostForm.Get("incident")
	if code == "" {
		return "", json.NewEncoder(w).Encode(p)
	}
	before, err := s.view.Assessment(r.Context(), s.settings.Project, code)
	if err != nil {
		return "", err
	}
	after, err := s.as(r).Preview(r.Context(), code, func(as *recorder.Recorder) (cairn.Judgement, error) {
		return as.CorrectClaim(r.Context(), code, ref, now, "")
	})
	if err != nil {
		return "", err
	}
	p.Before, p.After, p.Grade = figuresOf(before), figuresOf(after), grade(after.Grade)
	return "", json.NewEncoder(w).Encode(p.in(s.tongueOf(r)))
}

// figuresOf writes the figures of an assessment.
func figuresOf(a cairn.Assessment) []string {
	all := []string{}
	for _, t := range a.Tallies {
		all = append(all, tallyWords(t.Harm, t.Class)+" "+figure(t.Range))
	}
	return all
}
