package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// incidentView is one incident: what is made of it, the words that rests on,
// and who did what to it when.
type incidentView struct {
	Incident   cairn.Incident    `json:"incident"`
	Assessment *cairn.Assessment `json:"assessment"` // the newest; null where it was not assessed
	Stage      store.Stage       `json:"stage"`
	Signed     *cairn.Assessment `json:"signed,omitempty"` // the signed one, where the newest is another
	Changed    bool              `json:"changed"`          // the newest says otherwise than the signed one
	Tallies    []tally           `json:"tallies"`
	Parties    []party           `json:"parties"`
	Origins    []origin          `json:"origins"`
	History    []change          `json:"history"` // the newest first
	Decisions  []decided         `json:"judgements"`
	Related    []cairn.Related   `json:"related,omitempty"`
	Likely     []likely          `json:"may_be_one_with,omitempty"`
	Told       []told            `json:"-"`
	Retold     bool              `json:"retold,omitempty"` // the newest is told or tagged otherwise than the signed one
}

// likely is another incident that may be the same, with what speaks for it and
// against it.
type likely struct {
	Code    string   `json:"code"`
	Score   string   `json:"score,omitempty"`
	Reasons []string `json:"reasons"`
}

// mostLikely is how many of these a page shows.
const mostLikely = 5

func (s *site) likely(ctx context.Context, i cairn.Incident) ([]likely, error) {
	pairs, err := recorder.PairsOf(ctx, s.view, i)
	return likelyTo(pairs, i.Code), err
}

// likelyTo returns the other halves of the pairs that an incident is half of.
func likelyTo(pairs []recorder.Pair, code string) []likely {
	var all []likely
	for _, p := range pairs {
		other := p.A
		if other == code {
			other = p.B
		} else if p.B != code {
			continue
		}
		if len(all) < mostLikely {
			all = append(all, likely{other, strconv.FormatFloat(p.Score, 'f', 2, 64), p.Reasons})
		}
	}
	return all
}

// decided is what a person decided, and whether it was undone since.
type decided struct {
	cairn.Judgement
	Undone bool `json:"undone,omitempty"`
}

// A tally is a casualty range with what sets each of its ends.
type tally struct {
	Harm    cairn.Harm  `json:"harm"`
	Class   cairn.Class `json:"class"`
	Range   cairn.Range `json:"range"`
	Floor   []account   `json:"floor,omitempty"`   // the claims that set it; those with no figure where the range is unknown
	Ceiling []account   `json:"ceiling,omitempty"` // the claims that set it
	Bar     *bar        `json:"-"`
}

// Same reports whether the same claims set both ends, so that they need to be
// quoted but once.
func (t tally) Same() bool {
	return t.Range.Min == t.Range.Max && slices.EqualFunc(t.Floor, t.Ceiling, func(a, b account) bool { return a.Ref == b.Ref })
}

// An account is one claim of the incident in its own words.
type account struct {
	Ref       cairn.ClaimRef `json:"ref"`
	Harm      cairn.Harm     `json:"harm"`
	Class     cairn.Class    `json:"class,omitempty"`
	Range     cairn.Range    `json:"range"`
	Scope     []cairn.Scope  `json:"scope,omitempty"`
	Title     string         `json:"title,omitempty"`
	Source    string         `json:"source,omitempty"`
	Published cairn.Date     `json:"published,omitempty"`
	Language  string         `json:"language,omitempty"`
	Quote     quote          `json:"quote"`
	Address   string         `json:"address"`        // of the words
	Sets      []string       `json:"sets,omitempty"` // which ends of which range
	Denied    bool           `json:"denied,omitempty"`
	Rated     *rated         `json:"credibility,omitempty"` // nil where nobody rated the claim
	Rating    *cairn.Rating  `json:"rating,omitempty"`      // of its source; nil where nobody rated it
	Bar       *bar           `json:"-"`
}

// rated is how credible a person holds a claim to be, from 1 to 6.
type rated struct {
	Value string `json:"value"`
	Who   string `json:"who"`
	Why   string `json:"why,omitempty"`
}

// An origin is the documents that repeat one original, with what they claim.
type origin struct {
	Documents []string  `json:"documents"`
	Claims    []account `json:"claims"`
}

// A party is a belligerent as the claims name it.
type party struct {
	Name  string  `json:"name"`
	Words []voice `json:"by"`
}

// A voice is one claim that names a party, and how firmly.
type voice struct {
	Strength cairn.Strength `json:"strength,omitempty"`
	Address  string         `json:"address"`
	Source   string         `json:"source,omitempty"`
}

func (v incidentView) title() string {
	return plain(v.Place()) + ", " + period(v.Incident.When) + " (" + v.Incident.Code + ")"
}

// Place returns the name of where it was.
func (v incidentView) Place() string { return placeOf(v.Incident.Where) }

// placeOf returns the name of w, or the words for it, or that it is unknown.
func placeOf(w *cairn.Where) string {
	switch {
	case w == nil, w.Name == "" && w.Words == "":
		return "Place unknown"
	case w.Name == "":
		return w.Words
	}
	return w.Name
}

// Within returns the areas that hold the place, the closest first.
func (v incidentView) Within() string {
	var parts []string
	if w := v.Incident.Where; w != nil {
		for _, p := range []string{w.Admin1, country(w.Country)} {
			if p != "" && p != w.Name {
				parts = append(parts, p)
			}
		}
	}
	return strings.Join(parts, ", ")
}

// Disputed reports whether claims name several parties, or one is said not to
// have done it.
func (v incidentView) Disputed() bool {
	if len(v.Parties) > 1 {
		return true
	}
	return slices.ContainsFunc(v.Parties, func(p party) bool {
		return slices.ContainsFunc(p.Words, func(w voice) bool { return w.Strength == cairn.Denied })
	})
}

func (s *site) incident(r *http.Request) (view, error) {
	ctx, code := r.Context(), r.PathValue("code")
	found, err := s.view.Assessed(ctx, s.settings.Project, code)
	if base, isTwin := strings.CutSuffix(code, ".json"); isTwin && errors.Is(err, cairn.ErrNotFound) {
		code = base
		found, err = s.view.Assessed(ctx, s.settings.Project, code)
	}
	if err != nil {
		return nil, err
	}
	if found.Incident.Code != code {
		return nil, moved{address("incidents", found.Incident.Code) + suffix(r)}
	}
	v := incidentView{Incident: found.Incident, Assessment: found.Assessment, Changed: found.Changed}
	if err := s.stand(ctx, found, &v); err != nil {
		return nil, err
	}
	all, err := s.view.JudgementsOf(ctx, s.settings.Project, code)
	if err != nil {
		return nil, err
	}
	b, err := s.bundle(ctx, code, all)
	if err != nil {
		return nil, err
	}
	b.fill(&v)
	if v.Told, err = s.told(ctx, found.Incident, found.Assessment, b); err != nil {
		return nil, err
	}
	stands := recorder.Standing(all)
	for _, j := range all {
		if !visitorOf(r).Works() {
			j = recorder.OpenJudgement(j)
		}
		v.Decisions = append(v.Decisions, decided{j, j.Decision != cairn.Undo && !stands(j)})
	}
	if v.Likely, err = s.likely(ctx, found.Incident); err != nil {
		return nil, err
	}
	if v.Related, err = recorder.RelationsIn(all); err == nil {
		v.History, err = s.history(ctx, code)
	}
	return v, err
}

// suffix returns what makes the address of a page that of its twin, where r
// asks for that.
func suffix(r *http.Request) string {
	if twin(r) {
		return ".json"
	}
	return ""
}

// stand says how far the incident has come, and reads the signed assessment
// where the newest is another.
func (s *site) stand(ctx context.Context, found store.Assessed, v *incidentView) error {
	v.Stage = store.Proposed
	if found.Assessment != nil && found.Assessment.Signed != nil {
		v.Stage = store.Signed
	}
	if found.Signed == 0 || v.Stage == store.Signed {
		return nil
	}
	signed, err := s.view.SignedAssessment(ctx, s.settings.Project, found.Incident.Code)
	v.Signed = &signed
	v.Retold = found.Assessment != nil && recorder.Retold(signed, *found.Assessment)
	return err
}
