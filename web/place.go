package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// placeView is where an incident was: what the claims give, what else their words
// could stand for, and what persons found.
type placeView struct {
	Code         string             `json:"id"`
	Where        *cairn.Where       `json:"where"`
	Alternatives []spot             `json:"alternatives"`
	Located      []recorder.Located `json:"geolocations"`
	Map          *sketch            `json:"-"`
	Form         form               `json:"-"`
}

// A spot is a place with what speaks for it.
type spot struct {
	ID     string      `json:"id,omitempty"`
	Name   string      `json:"name"`
	Point  cairn.Point `json:"point"`
	Reason string      `json:"reason,omitempty"`
	N      int         `json:"n"`
}

// Latitude writes how far north the spot is.
func (s spot) Latitude() string { return strconv.FormatFloat(s.Point.Lat, 'f', -1, 64) }

// Longitude writes how far east it is.
func (s spot) Longitude() string { return strconv.FormatFloat(s.Point.Lon, 'f', -1, 64) }

// A sketch is a map of a few places as the server draws it, without a request to
// anywhere: the point, the ring within which it was, and what lies about it.
type sketch struct {
	Size       float64
	X, Y, Ring float64 // of the point
	Spots      []drawnSpot
	Scale      float64 // how long the bar is
	Kilometres string  // that the bar stands for
}

// A drawnSpot is a place on a sketch.
type drawnSpot struct {
	Name string
	N    int // among the alternatives; 0 for another place of the project
	X, Y float64
}

func (v placeView) title() string { return "Place of " + v.Code }

// Lat writes how far north the incident is held to be; "" where nobody knows.
func (v placeView) Lat() string {
	return written(v.Where, func(w *cairn.Where) *float64 { return w.Lat })
}

// Lon writes how far east.
func (v placeView) Lon() string {
	return written(v.Where, func(w *cairn.Where) *float64 { return w.Lon })
}

func written(w *cairn.Where, of func(*cairn.Where) *float64) string {
	if w == nil || of(w) == nil {
		return ""
	}
	return strconv.FormatFloat(*of(w), 'f', -1, 64)
}

func (s *site) placePage(r *http.Request) (view, error) {
	ctx := r.Context()
	i, err := s.view.Incident(ctx, s.settings.Project, r.PathValue("code"))
	if err != nil {
		return nil, err
	}
	if i.Code != r.PathValue("code") {
		return nil, moved{address("incidents", i.Code, "place")}
	}
	v := placeView{Code: i.Code, Where: i.Where, Alternatives: []spot{}}
	all, err := s.view.JudgementsOf(ctx, s.settings.Project, i.Code)
	if err != nil {
		return nil, err
	}
	if v.Located, err = recorder.LocatedIn(all, i.Code); err != nil {
		return nil, err
	}
	if err := s.alternatives(r, &v); err != nil {
		return nil, err
	}
	v.Form = s.placeForm(r, v)
	v.Map = s.sketchOf(r, v)
	return v, nil
}

// mostSpots is how many other places are shown.
const mostSpots = 12

// alternatives finds the places that the words of the claims could stand for, and
// those of the name that somebody asks for.
func (s *site) alternatives(r *http.Request, v *placeView) error {
	names := []string{given(r.URL.Query(), "name")}
	testimonies, err := s.view.Testimonies(r.Context(), s.settings.Project, v.Code)
	if err != nil {
		return err
	}
	for _, t := range testimonies {
		if w := t.Claim.Where; w != nil {
			names = appendOnce(names, cmp.Or(w.Words, w.Name))
		}
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		found, alike, err := s.desk(r.Context()).FindPlaces(r.Context(), name)
		if err != nil {
			return err
		}
		for _, w := range append(found, alike...) {
			known := slices.ContainsFunc(v.Alternatives, func(a spot) bool { return a.ID == w.ID && a.Name == w.Name })
			if w.Lat == nil || w.Lon == nil || known || len(v.Alternatives) == mostSpots {
				continue
			}
			v.Alternatives = append(v.Alternatives, spot{ID: w.ID, Name: w.Name, Point: cairn.Point{Lat: *w.Lat, Lon: *w.Lon}, Reason: w.Reason, N: len(v.Alternatives) + 1})
		}
	}
	return nil
}

// placeForm is the form in which a geolocation is recorded, filled with what stands,
// or with the alternative that somebody takes.
func (s *site) placeForm(r *http.Request, v placeView) form {
	g := cairn.Geolocation{}
	if len(v.Located) > 0 && v.Located[0].Stands {
		g = v.Located[0].Geolocation
	} else if w := v.Where; w != nil {
		g.Place = cairn.Place{Name: cmp.Or(w.Name, w.Words), Accuracy: w.Accuracy}
		if w.Lat != nil && w.Lon != nil {
			g.Place.Point = &cairn.Point{Lat: *w.Lat, Lon: *w.Lon}
		}
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("take")); err == nil && n > 0 && n <= len(v.Alternatives) {
		a := v.Alternatives[n-1]
		g.Place.Name, g.Place.Point = a.Name, &a.Point
	}
	lat, lon := "", ""
	if p := g.Place.Point; p != nil {
		lat, lon = strconv.FormatFloat(p.Lat, 'f', -1, 64), strconv.FormatFloat(p.Lon, 'f', -1, 64)
	}
	metres := ""
	if g.Metres > 0 {
		metres = strconv.Itoa(g.Metres)
	}
	var candidates, images []string
	for _, c := range g.Candidates {
		line := c.Name
		if c.Point != nil {
			line += fmt.Sprintf(" | %g, %g", c.Point.Lat, c.Point.Lon)
		}
		candidates = append(candidates, line+" | "+c.Why)
	}
	for _, i := range g.Images {
		images = append(images, i.Address+" | "+i.Shows)
	}
	seen := "none"
	if len(v.Located) > 0 {
		seen = v.Located[0].Judgement.ID
	}
	return s.filled(r, form{Name: "place", Action: address("incidents", v.Code, "place"), Submit: "Record the place", Fields: []field{
		{Name: "seen", Kind: unseen, Value: seen},
		{Name: "name", Label: "Name of the place", Kind: oneLine, Value: g.Place.Name},
		{Name: "name-ar", Label: "Name in Arabic script", Kind: oneLine, Value: g.Place.Names["ar"], Hint: "May stay empty."},
		{Name: "lat", Label: "Degrees north", Kind: oneLine, Value: lat, Hint: "35.9506; south is below nought. A pair with a comma between may stand here alone."},
		{Name: "lon", Label: "Degrees east", Kind: oneLine, Value: lon},
		{Name: "accuracy", Label: "How closely it is known", Kind: oneOfThese, Options: choicesOf(cairn.Accuracies, accuracyWords, string(g.Place.Accuracy))},
		{Name: "metres", Label: "Metres around it within which it was", Kind: oneLine, Value: metres, Hint: "Empty where nobody can say."},
		{Name: "candidates", Label: "What else was looked at", Kind: longText, Value: strings.Join(candidates, "\n"), Hint: "One on each line: its name | 35.95, 39.01 | why it is not the place."},
		{Name: "images", Label: "Pictures that show it", Kind: longText, Value: strings.Join(images, "\n"), Hint: "One on each line: its address or document | what it shows."},
		{Name: "public", Label: "How it was found, for everybody", Kind: longText, Value: g.Public},
		{Name: "private", Label: "What only those who work on the record may see", Kind: longText, Value: g.Private},
		{Name: "why", Label: "Why", Kind: oneLine, Hint: "May stay empty."},
	}})
}

func accuracyWords(a cairn.Accuracy) string {
	return worded(map[cairn.Accuracy]string{cairn.Exact: "the point itself", cairn.WithinMetre: "within a metre", cairn.Within100: "within 100 metres", cairn.Admin1: "first-level area"}, a)
}

// locate records where an incident was.
func (s *site) locate(_ http.ResponseWriter, r *http.Request) (string, error) {
	code, form := r.PathValue("code"), r.PostForm
	g, err := geolocationOf(form)
	if err != nil {
		return "", err
	}
	if seen := form.Get("seen"); seen != "" {
		all, err := s.view.JudgementsOf(r.Context(), s.settings.Project, code)
		if err != nil {
			return "", err
		}
		former, err := recorder.LocatedIn(all, code)
		if err != nil {
			return "", err
		}
		now := "none"
		if len(former) > 0 {
			now = former[0].Judgement.ID
		}
		if now != seen {
			return "", cairn.ErrConflict
		}
	}
	_, err = s.as(r).Locate(r.Context(), code, g, given(form, "why"))
	return address("incidents", code, "place"), err
}

// geolocationOf reads a geolocation from a form.
func geolocationOf(form url.Values) (cairn.Geolocation, error) {
	var faults correction
	lat, lon := given(form, "lat"), given(form, "lon")
	if north, east, both := strings.Cut(lat, ","); both && lon == "" {
		lat, lon = strings.TrimSpace(north), strings.TrimSpace(east)
	}
	point, ok := pointOf(lat, lon)
	if !ok {
		faults.fault("lat", "Give the point in degrees: from -90 to 90 north, and from -180 to 180 east.")
	}
	g := cairn.Geolocation{Place: cairn.Place{Name: given(form, "name"), Point: &point, Accuracy: cairn.Accuracy(form.Get("accuracy"))}, Public: given(form, "public"), Private: given(form, "private")}
	if ar := given(form, "name-ar"); ar != "" {
		g.Place.Names = map[string]string{"ar": ar}
	}
	if m := given(form, "metres"); m != "" {
		n, err := strconv.Atoi(m)
		if err != nil || n < 0 {
			faults.fault("metres", "Write a number of metres.")
		}
		g.Metres = n
	}
	for line := range strings.Lines(form.Get("candidates")) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if parts[0] = strings.TrimSpace(parts[0]); parts[0] == "" {
			continue
		}
		c := cairn.Candidate{Name: parts[0]}
		rest := parts[1:]
		if len(rest) > 0 {
			north, east, _ := strings.Cut(rest[0], ",")
			if p, ok := pointOf(strings.TrimSpace(north), strings.TrimSpace(east)); ok {
				c.Point, rest = &p, rest[1:]
			}
		}
		c.Why = strings.TrimSpace(strings.Join(rest, "|"))
		g.Candidates = append(g.Candidates, c)
	}
	for line := range strings.Lines(form.Get("images")) {
		where, shows, _ := strings.Cut(strings.TrimSpace(line), "|")
		if where = strings.TrimSpace(where); where != "" {
			g.Images = append(g.Images, cairn.ReferenceImage{Address: where, Shows: strings.TrimSpace(shows)})
		}
	}
	if len(faults) > 0 {
		return g, wrong(faults)
	}
	return g, nil
}

func pointOf(lat, lon string) (cairn.Point, bool) {
	y, errY := strconv.ParseFloat(lat, 64)
	x, errX := strconv.ParseFloat(lon, 64)
	p := cairn.Point{Lat: y, Lon: x}
	return p, errX == nil && errY == nil && p.Valid()
}

const (
	sketchSize = 640.0
	around     = 60.0 // kilometres within which other places of the project are drawn
)

// sketchOf draws the place with what lies about it; nil where no point is known.
func (s *site) sketchOf(r *http.Request, v placeView) *sketch {
	w := v.Where
	if w == nil || w.Lat == nil || w.Lon == nil {
		return nil
	}
	at := cairn.Point{Lat: *w.Lat, Lon: *w.Lon}
	metres := w.Accuracy.Metres()
	if len(v.Located) > 0 && v.Located[0].Stands && v.Located[0].Metres > 0 {
		metres = float64(v.Located[0].Metres)
	}
	reach := max(metres/1000*1.6, 1)
	var near []spot
	for _, a := range v.Alternatives {
		if d := at.Kilometres(a.Point); d < around*3 {
			near, reach = append(near, a), max(reach, d*1.15)
		}
	}
	for _, p := range s.desk(r.Context()).Project().Places {
		if p.Point == nil || at.Kilometres(*p.Point) > around || slices.ContainsFunc(near, func(o spot) bool { return o.ID == p.ID }) || len(near) > 40 {
			continue
		}
		near, reach = append(near, spot{Name: p.Name, Point: *p.Point}), max(reach, min(at.Kilometres(*p.Point)*1.15, around))
	}
	half := sketchSize / 2
	scale := half / reach // per kilometre
	m := &sketch{Size: sketchSize, X: half, Y: half, Ring: metres / 1000 * scale}
	perLon := 111.32 * math.Cos(at.Lat*math.Pi/180)
	for _, n := range near {
		x, y := half+(n.Point.Lon-at.Lon)*perLon*scale, half-(n.Point.Lat-at.Lat)*111.32*scale
		if x > 0 && x < sketchSize && y > 0 && y < sketchSize {
			m.Spots = append(m.Spots, drawnSpot{n.Name, n.N, math.Round(x*10) / 10, math.Round(y*10) / 10})
		}
	}
	bar := math.Pow(10, math.Floor(math.Log10(reach/2)))
	for _, k := range []float64{5, 2} {
		if bar*k < reach {
			bar *= k
			break
		}
	}
	m.Scale, m.Kilometres = math.Round(bar*scale*10)/10, strconv.FormatFloat(bar, 'g', -1, 64)+" km"
	if bar < 1 {
		m.Kilometres = strconv.FormatFloat(bar*1000, 'f', 0, 64) + " m"
	}
	return m
}
