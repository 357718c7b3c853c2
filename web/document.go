package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/explain"
	"github.com/cairn-recorder/cairn/recorder"
)

// documentView is one document as text, with what was read in it.
type documentView struct {
	Document  cairn.Document  `json:"document"` // without its map
	Reading   *cairn.Reading  `json:"reading"`  // the one shown; null where it was not read
	Current   bool            `json:"current"`  // the project goes by this reading
	Claims    []claimCard     `json:"claims"`
	Incidents []string        `json:"incidents"` // codes
	Receipts  []cairn.Receipt `json:"receipts"`
	Readings  []version       `json:"readings"` // the earliest first
	// Seconds is how the looks of second readers went.
	Seconds []cairn.SecondReading `json:"second_readings"`
	// Translations stand beside the text, by whoever or whatever made them.
	Translations []translation `json:"translations"`

	Paragraphs []paragraph `json:"-"`
	Viewer     string      `json:"-"` // where the archived page is shown; "" where it is not
}

// A translation is what the document says in another language.
type translation struct {
	cairn.Translation
	Behind     bool        `json:"behind"` // the document says something else since
	Paragraphs []paragraph `json:"-"`
}

// A claimCard is a claim, and where its words stand on the page.
type claimCard struct {
	cairn.Claim
	Incidents   []string            `json:"incidents"` // codes of those it belongs to
	Explanation explain.Explanation `json:"explanation"`
	Placed      bool                `json:"-"` // its words are marked in the text
}

// A version is one reading of a document.
type version struct {
	ID string `json:"id"`
	cairn.Versions
	Claims  int  `json:"claims"`
	Current bool `json:"current"`
	Shown   bool `json:"-"`
}

func (v documentView) title() string {
	if v.Document.Title != "" {
		return plain(v.Document.Title)
	}
	return "Document " + plain(v.Document.ID)
}

// Harms returns the harms that the document claims, each once.
func (v documentView) Harms() []cairn.Harm {
	var all []cairn.Harm
	for _, h := range cairn.Harms {
		if slices.ContainsFunc(v.Claims, func(c claimCard) bool { return c.Harm == h }) {
			all = append(all, h)
		}
	}
	return all
}

// Second reports whether the reading shown is that of a second reader, of which
// nothing is counted.
func (v documentView) Second() bool {
	return v.Reading != nil && strings.HasPrefix(v.Reading.Extractor, "second/")
}

// Anchor returns the name of the claim in its document.
func (c claimCard) Anchor() string { return anchorOf(c.N) }

// Why returns the rules that read the claim and bounded its range.
func (c claimCard) Why() string {
	if len(c.Rules) == 0 {
		return "no rule named"
	}
	return strings.Join(c.Rules, ", ")
}

func (s *site) document(r *http.Request) (view, error) {
	ctx := r.Context()
	if err := s.blinded(r, r.PathValue("id")); err != nil {
		return nil, err
	}
	d, err := s.namedDocument(ctx, r.PathValue("id"), r)
	if err != nil {
		return nil, err
	}
	v := documentView{Claims: []claimCard{}}
	if err := s.readings(ctx, d.ID, r.URL.Query().Get("reading"), &v); err != nil {
		return nil, err
	}
	if err := s.around(ctx, d, &v); err != nil {
		return nil, err
	}
	if !visitorOf(r).Works() { // authors, EXIF: for those who work on the record alone
		for i := range v.Receipts {
			v.Receipts[i].Private = nil
		}
	}
	if s.settings.Viewer != "" && d.Ref != "" {
		v.Viewer = s.settings.Viewer + "/pages/" + url.PathEscape(d.ID)
	}
	d.Map, d.Cells = nil, nil
	v.Document = d
	var claims []cairn.Claim
	if v.Reading != nil {
		claims = v.Reading.Claims
	}
	paragraphs, placed := highlight(d.Text, claims)
	v.Paragraphs = paragraphs
	for i := range v.Claims {
		v.Claims[i].Placed = placed[v.Claims[i].N]
	}
	return v, nil
}

// namedDocument returns the document of the last part of an address, which may
// end in .json for its twin, or because the document is so called.
func (s *site) namedDocument(ctx context.Context, id string, r *http.Request) (cairn.Document, error) {
	d, err := s.view.Document(ctx, id)
	if base, isTwin := strings.CutSuffix(id, ".json"); isTwin && errors.Is(err, cairn.ErrNotFound) {
		return s.view.Document(ctx, base)
	} else if isTwin && err == nil {
		r.URL.Path = strings.TrimSuffix(r.URL.Path, ".json") // its own page, not a twin
	}
	return d, err
}

// readings reads every reading of a document; the one shown is asked, or else
// the one that the project goes by, or else the last.
func (s *site) readings(ctx context.Context, document, asked string, v *documentView) error {
	current, err := s.view.CurrentReading(ctx, s.settings.Project, document)
	if err != nil && !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	all, err := s.view.ReadingsOf(ctx, document)
	if err != nil {
		return err
	}
	for i, one := range all {
		chosen := one.ID == asked || asked == "" && one.ID == current.ID
		if chosen || asked == "" && v.Reading == nil && i == len(all)-1 {
			v.Reading, v.Current = &all[i], one.ID == current.ID
		}
		v.Readings = append(v.Readings, version{ID: one.ID, Versions: one.Versions, Claims: len(one.Claims), Current: one.ID == current.ID})
	}
	if asked != "" && v.Reading == nil {
		return cairn.ErrNotFound
	}
	for i := range v.Readings {
		v.Readings[i].Shown = v.Reading != nil && v.Readings[i].ID == v.Reading.ID
	}
	return nil
}

// around reads what stands beside a document: the incidents of its claims, and
// how its bytes came.
func (s *site) around(ctx context.Context, d cairn.Document, v *documentView) error {
	incidents, err := s.view.IncidentsOf(ctx, s.settings.Project, d.ID)
	if err != nil {
		return err
	}
	of := map[cairn.ClaimRef][]string{}
	v.Incidents = []string{}
	for _, i := range incidents {
		v.Incidents = append(v.Incidents, i.Code)
		for _, c := range i.Claims {
			of[c] = append(of[c], i.Code)
		}
	}
	if v.Reading != nil {
		project, err := s.view.Project(ctx, s.settings.Project)
		if err != nil {
			return err
		}
		for _, c := range v.Reading.Claims {
			codes := of[cairn.ClaimRef{Document: d.ID, N: c.N, Reading: v.Reading.ID}]
			v.Claims = append(v.Claims, claimCard{Claim: c, Incidents: append([]string{}, codes...), Explanation: recorder.Explain(d, c, project)})
		}
	}
	if v.Seconds, err = s.view.SecondReadings(ctx, d.ID); err != nil {
		return err
	}
	if v.Translations, err = s.translations(ctx, d); err != nil {
		return err
	}
	v.Receipts = []cairn.Receipt{}
	if d.Ref != "" {
		v.Receipts, err = s.view.Receipts(ctx, d.Ref)
	}
	return err
}

func (s *site) translations(ctx context.Context, d cairn.Document) ([]translation, error) {
	all, err := s.view.Translations(ctx, d.ID)
	shown := []translation{}
	for _, t := range all {
		paragraphs, _ := highlight(t.Text, nil)
		shown = append(shown, translation{t, t.Behind(d), paragraphs})
	}
	return shown, err
}
