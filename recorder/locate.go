package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/judge"
	"github.com/cairn-recorder/cairn/store"
)

// Locate says where an incident was, in the place of what the claims give, and how
// that was found. Its place joins the project's own, by which documents are read
// from then on. It can be undone; the place stays.
func (r *Recorder) Locate(ctx context.Context, code string, g cairn.Geolocation, why string) (cairn.Judgement, error) {
	switch p := g.Place; {
	case strings.TrimSpace(p.Name) == "":
		return cairn.Judgement{}, cairn.Invalid{Field: "name", Reason: "Say what the place is called."}
	case p.Point == nil || !p.Point.Valid():
		return cairn.Judgement{}, cairn.Invalid{Field: "lat", Reason: "Give the point in degrees: from -90 to 90 north, and from -180 to 180 east."}
	case !slices.Contains(cairn.Accuracies, p.Accuracy):
		return cairn.Judgement{}, cairn.Invalid{Field: "accuracy", Reason: "Choose how closely it is known."}
	case g.Metres < 0:
		return cairn.Judgement{}, cairn.Invalid{Field: "metres", Reason: "A distance is no less than nought."}
	}
	return r.judge(ctx, code, why, func(tx *store.Tx) ([]cairn.Judgement, error) {
		i, err := tx.Incident(ctx, r.project.Name, code)
		if err != nil {
			return nil, err
		}
		p, err := tx.Project(ctx, r.project.Name)
		if err != nil {
			return nil, err
		}
		if w := i.Where; w != nil && w.Lat != nil && w.Lon != nil && g.Place.Point.Kilometres(cairn.Point{Lat: *w.Lat, Lon: *w.Lon}) < sameArea {
			g.Place.Country, g.Place.Admin1, g.Place.Zone = cmp.Or(g.Place.Country, w.Country), cmp.Or(g.Place.Admin1, w.Admin1), cmp.Or(g.Place.Zone, w.Zone)
			if len(g.Place.Within) == 0 {
				g.Place.Within = slices.Clone(w.Within)
				if w.ID != "" && w.Accuracy.Rank() > g.Place.Accuracy.Rank() {
					g.Place.Within = append([]string{w.ID}, g.Place.Within...)
				}
			}
		}
		g.Place = joined(&p, g.Place)
		if err := tx.PutProject(ctx, p); err != nil {
			return nil, err
		}
		value, err := json.Marshal(g)
		return []cairn.Judgement{{Decision: cairn.Locates, Incident: i.Code, Field: "where", Value: string(value)}}, err
	})
}

const (
	sameArea = 100.0 // kilometres within which a place lies in the areas of another
	oneSpot  = 0.5   // kilometres within which two of one name are one
)

// joined puts a place among those of a project, in the place of the one that it is,
// and returns it with its identifier.
func joined(p *cairn.Project, place cairn.Place) cairn.Place {
	p.Places = slices.Clone(p.Places)
	for i, o := range p.Places {
		if o.ID == place.ID && place.ID != "" || strings.EqualFold(o.Name, place.Name) && o.Point != nil && o.Point.Kilometres(*place.Point) < oneSpot {
			place.ID = o.ID
			p.Places[i] = place
			return place
		}
	}
	stem := "project:" + slug(place.Name)
	place.ID = stem
	for n := 2; slices.ContainsFunc(p.Places, func(o cairn.Place) bool { return o.ID == place.ID }); n++ {
		place.ID = fmt.Sprintf("%s-%d", stem, n)
	}
	p.Places = append(p.Places, place)
	return place
}

// slug returns a name as it stands in an identifier.
func slug(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }), "-")
}

// placedBy returns where a person said that an incident was, nil where nobody did.
func placedBy(active []cairn.Judgement, code string) (*cairn.Where, error) {
	latest := judge.Latest(active, cairn.Locates, code)
	if len(latest) == 0 {
		return nil, nil
	}
	j := latest[0]
	var g cairn.Geolocation
	if err := json.Unmarshal([]byte(j.Value), &g); err != nil {
		return nil, fmt.Errorf("judgement %s: %w", j.ID, err)
	}
	p, said := g.Place, j
	said.Why = cmp.Or(g.Public, j.Why)
	return &cairn.Where{Name: p.Name, ID: p.ID, Lat: &p.Point.Lat, Lon: &p.Point.Lon, Country: p.Country, Admin1: p.Admin1, Accuracy: p.Accuracy, Within: p.Within, Zone: p.Zone, Reason: "located " + by(said)}, nil
}

// A Located is a geolocation with the judgement that it is.
type Located struct {
	cairn.Geolocation
	Judgement cairn.Judgement `json:"judgement"`
	Stands    bool            `json:"stands"`
}

// LocatedIn returns the geolocations among judgements on an incident, the last
// first.
func LocatedIn(all []cairn.Judgement, code string) ([]Located, error) {
	var found []Located
	stands := map[string]bool{}
	for _, j := range judge.Latest(judge.Active(all), cairn.Locates, code) {
		stands[j.ID] = true
	}
	for _, j := range slices.Backward(all) {
		if j.Decision != cairn.Locates || j.Incident != code {
			continue
		}
		l := Located{Judgement: j, Stands: stands[j.ID]}
		if err := json.Unmarshal([]byte(j.Value), &l.Geolocation); err != nil {
			return nil, fmt.Errorf("judgement %s: %w", j.ID, err)
		}
		found = append(found, l)
	}
	return found, nil
}

// OpenJudgement returns a judgement without what is only for those who work on the
// record.
func OpenJudgement(j cairn.Judgement) cairn.Judgement {
	var g cairn.Geolocation
	if j.Decision != cairn.Locates || json.Unmarshal([]byte(j.Value), &g) != nil {
		return j
	}
	if value, err := json.Marshal(g.Open()); err == nil {
		j.Value = string(value)
	}
	return j
}
