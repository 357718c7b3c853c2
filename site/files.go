package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A file is a file of the site that has no language. Those with an about are
// offered for download.
type file struct {
	path, kind, about string
	write             func(*Site, *index, selection) ([]byte, error)
}

// files is every one of them.
func files() []file {
	return []file{
		{"data/incidents.csv", "text/csv; charset=utf-8", "data.csv", writeCSV},
		{"data/incidents.json", "application/json; charset=utf-8", "data.json", writeJSON},
		{"data/incidents.geojson", "application/geo+json; charset=utf-8", "data.geojson", writeGeoJSON},
		{"data/totals.json", "application/json; charset=utf-8", "data.totals", writeTotals},
		{"data/codebook.json", "application/json; charset=utf-8", "data.codebook", writeCodebook},
		{"data/corrections.json", "application/json; charset=utf-8", "data.corrections", writeCorrections},
		{"data/cite.bib", "application/x-bibtex; charset=utf-8", "data.bib", writeCitation(bibtex)},
		{"data/cite.ris", "application/x-research-info-systems; charset=utf-8", "data.ris", writeCitation(ris)},
		{"data/cite.json", "application/vnd.citationstyles.csl+json; charset=utf-8", "data.csl", writeCitation(csl)},
		{"data/site.js", "text/javascript; charset=utf-8", "", writeCompact},
		{"api/openapi.json", "application/json; charset=utf-8", "data.api", writeAPI},
		{"robots.txt", "text/plain; charset=utf-8", "", func(*Site, *index, selection) ([]byte, error) { return []byte("User-agent: *\nAllow: /\n"), nil }},
	}
}

// file answers with a file, of what the address chooses.
func (s *Site) file(f file) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		x, err := s.index(req.Context())
		if err != nil {
			s.fail(w, req, err)
			return
		}
		chosen, wrong := selectionOf(req.URL.Query())
		if len(wrong) > 0 {
			http.Error(w, "cannot be: "+strings.Join(wrong, ", "), http.StatusBadRequest)
			return
		}
		if req.URL.RawQuery == "" && f.path != "data/totals.json" {
			chosen.All = true
		}
		body, err := f.write(s, x, chosen)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		w.Header().Set("Content-Type", f.kind)
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Write(body)
	}
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// columns are those of the table of incidents, each with what it holds.
var columns = [][2]string{
	{"id", "the code of the incident, which is never given to another"}, {"former", "codes that it once had"}, {"from", "the first day, month or year, in the place"}, {"to", "the last"},
	{"place", "the name of the place"}, {"place_id", "its identifier"}, {"admin1", "the first-level area"}, {"country", "ISO 3166-1 alpha-2"},
	{"lat", "degrees, no closer than the project publishes; empty is unknown"}, {"lon", "likewise"}, {"accuracy", "how closely the place is given"},
	{"means", "weapon or method"}, {"parties", "to whom the harm is ascribed"}, {"grading", "how well the harm is established"}, {"strike_status", "how well it is established who did it"},
	{"recorder", "whose incident it is; empty for the project's own"}, {"harm", "killed, injured, …"}, {"class", "who; civilian takes in people of unstated status"},
	{"min", "the floor; empty is unknown, which is not 0"}, {"max", "the ceiling; likewise"}, {"open", "whether some account gives no upper end"},
	{"sources", "documents"}, {"origins", "of them, those that repeat nobody"}, {"review", "whether a review is open"}, {"release", "the number of the release"},
}

// writeCSV writes one row for each figure of each incident.
func writeCSV(_ *Site, x *index, s selection) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var head []string
	for _, c := range columns {
		head = append(head, c[0])
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, i := range s.taken(x) {
		l := x.listings[i]
		figures := l.Figures
		if len(figures) == 0 {
			figures = []cairn.Figured{{}}
		}
		for _, f := range figures {
			if err := w.Write(safe(row(l, f, x.release.Number))); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func row(l cairn.Listing, f cairn.Figured, release int) []string {
	lat, lon := "", ""
	if p := l.Place.Point; p != nil {
		lat, lon = strconv.FormatFloat(p.Lat, 'f', -1, 64), strconv.FormatFloat(p.Lon, 'f', -1, 64)
	}
	low, high := "", ""
	if f.Range.Min.Known {
		low = itoa(f.Range.Min.N)
	}
	if f.Range.Max.Known {
		high = itoa(f.Range.Max.N)
	}
	return []string{l.Code, strings.Join(l.Former, "; "), string(l.When.From), string(l.When.To), l.Place.Name, l.Place.ID, l.Place.Admin1, l.Place.Country, lat, lon, string(l.Place.Accuracy),
		string(l.Means), strings.Join(l.Parties, "; "), string(l.Grade), string(l.Strike), l.Recorder, string(f.Harm), string(f.Class), low, high, strconv.FormatBool(f.Range.Open),
		itoa(l.Heard), itoa(l.Origins), strconv.FormatBool(l.Review), itoa(release)}
}

// safe keeps a cell from being taken for a formula.
func safe(cells []string) []string {
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+@\t\r", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	return cells
}

// A published is what the JSON file of incidents holds.
type published struct {
	Release   int             `json:"release"`
	Day       cairn.Date      `json:"day"`
	Digest    string          `json:"digest"`
	Title     string          `json:"title,omitempty"`
	Licence   string          `json:"licence,omitempty"`
	Credit    string          `json:"credit,omitempty"`
	Incidents []cairn.Listing `json:"incidents"`
}

func writeJSON(_ *Site, x *index, s selection) ([]byte, error) {
	p := published{Release: x.release.Number, Day: x.release.Day, Digest: x.release.Digest, Title: x.release.Title, Licence: x.release.Publicity.Licence, Credit: x.release.Credit, Incidents: []cairn.Listing{}}
	for _, i := range s.taken(x) {
		p.Incidents = append(p.Incidents, x.listings[i])
	}
	return encoded(p)
}

func encoded(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

type feature struct {
	Type       string        `json:"type"`
	ID         string        `json:"id"`
	Geometry   *geometry     `json:"geometry"`
	Properties cairn.Listing `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

func writeGeoJSON(_ *Site, x *index, s selection) ([]byte, error) {
	collection := struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}{Type: "FeatureCollection", Features: []feature{}}
	for _, i := range s.taken(x) {
		l := x.listings[i]
		f := feature{Type: "Feature", ID: l.Code, Properties: l}
		if p := l.Place.Point; p != nil {
			f.Geometry = &geometry{"Point", [2]float64{p.Lon, p.Lat}}
		}
		collection.Features = append(collection.Features, f)
	}
	return encoded(collection)
}

func writeTotals(_ *Site, x *index, s selection) ([]byte, error) {
	return encoded(s.total(x))
}

func writeCorrections(_ *Site, x *index, _ selection) ([]byte, error) {
	return encoded(struct {
		Release     int                `json:"release"`
		Corrections []cairn.Correction `json:"corrections"`
	}{x.release.Number, append([]cairn.Correction{}, x.release.Corrections...)})
}

// writeCodebook says what each column of the table holds, and what each word in
// it means.
func writeCodebook(s *Site, x *index, _ selection) ([]byte, error) {
	en := s.tongues["en"]
	book := struct {
		Release int                          `json:"release"`
		Licence string                       `json:"licence,omitempty"`
		Columns [][2]string                  `json:"columns"`
		Values  map[string]map[string]string `json:"values"`
		Unknown string                       `json:"unknown"`
	}{x.release.Number, x.release.Publicity.Licence, columns, map[string]map[string]string{"grading": {}, "strike_status": {}, "accuracy": {}, "class": {}, "harm": {}}, "An empty cell is unknown, which is never 0."}
	for _, g := range cairn.Grades {
		book.Values["grading"][string(g)] = en.say("means." + string(g))
	}
	for _, k := range []cairn.StrikeStatus{cairn.Declared, cairn.Likely, cairn.ContestedStrike, cairn.SingleSource} {
		book.Values["strike_status"][string(k)] = en.say("struck." + string(k))
	}
	for _, a := range cairn.Accuracies {
		book.Values["accuracy"][string(a)] = en.term("accuracy", string(a))
	}
	for _, c := range cairn.Classes {
		book.Values["class"][string(c)] = en.term("class", string(c))
	}
	for _, h := range cairn.Harms {
		book.Values["harm"][string(h)] = en.term("harm", string(h))
	}
	return encoded(book)
}

func writeCitation(as func(citation) string) func(*Site, *index, selection) ([]byte, error) {
	return func(s *Site, x *index, _ selection) ([]byte, error) {
		v := &visit{site: s, index: x, words: s.tongues[cmp.Or(x.tags[0], "en")]}
		return []byte(as(v.cite(x.release.Title, x.tags[0]+"/index.html"))), nil
	}
}
