package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"io"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

func lineEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// exported is an incident as it is exported: with its assessment.
type exported struct {
	cairn.Incident
	Assessment *cairn.Assessment `json:"assessment"`
}

func (s *shelf) incidentsJSONL(_ context.Context, out io.Writer) error {
	e := lineEncoder(out)
	for _, i := range s.incidents {
		if err := e.Encode(exported{i.Incident, i.Assessment}); err != nil {
			return err
		}
	}
	return nil
}

// documentsJSONL writes documents of the command-line contract, so that they can
// be brought in again elsewhere.
func (s *shelf) documentsJSONL(ctx context.Context, out io.Writer) error {
	e := lineEncoder(out)
	return s.eachDocument(ctx, func(d store.Shelved) error {
		whole, err := s.view.Document(ctx, d.Document.ID)
		if err != nil {
			return err
		}
		return e.Encode(bare(s.hidden.document(whole)))
	})
}

func (s *shelf) claimsJSONL(ctx context.Context, out io.Writer) error {
	e := lineEncoder(out)
	return s.eachClaim(ctx, func(c statement) error { return e.Encode(c) })
}

// A feature is an incident on a map (RFC 7946). Pin says whether its point may be
// drawn as one: a place that is known no closer than its town is an area, and
// accuracy says which.
type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *geometry  `json:"geometry"`
	Properties properties `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude first
}

type properties struct {
	ID         string            `json:"id"`
	Place      string            `json:"place,omitempty"`
	Accuracy   cairn.Accuracy    `json:"accuracy,omitempty"`
	Pin        bool              `json:"pin"`
	When       cairn.Period      `json:"when,omitzero"`
	By         string            `json:"belligerents,omitempty"`
	Means      cairn.MeansClass  `json:"means,omitempty"`
	Assessment *cairn.Assessment `json:"assessment"`
}

func (s *shelf) incidentsGeoJSON(_ context.Context, out io.Writer) error {
	collection := struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{"FeatureCollection", []feature{}}
	for _, i := range s.incidents {
		collection.Features = append(collection.Features, featureOf(i))
	}
	return lineEncoder(out).Encode(collection)
}

func featureOf(i store.Assessed) feature {
	f := feature{Type: "Feature", ID: i.Incident.Code, Properties: properties{
		ID: i.Incident.Code, When: i.Incident.When, By: parties(i.Incident.By), Means: i.Incident.Means, Assessment: i.Assessment}}
	if w := i.Incident.Where; w != nil {
		f.Properties.Place, f.Properties.Accuracy, f.Properties.Pin = cmp.Or(w.Name, w.Words), w.Accuracy, w.Accuracy.Pin()
		if w.Lat != nil && w.Lon != nil {
			f.Geometry = &geometry{"Point", [2]float64{*w.Lon, *w.Lat}}
		}
	}
	return f
}
