package site

import "github.com/cairn-recorder/cairn"

// parameter is one of the API.
type parameter struct {
	Name        string         `json:"name"`
	In          string         `json:"in"`
	Description string         `json:"description"`
	Required    bool           `json:"required,omitempty"`
	Schema      map[string]any `json:"schema"`
}

// parameters are those of a selection, the same as in the address of a page.
func parameters() []parameter {
	text := map[string]any{"type": "string"}
	grades := []string{"all"}
	for _, g := range cairn.Grades {
		grades = append(grades, string(g))
	}
	return []parameter{
		{"from", "query", "incidents that can reach past the first day of this day, month or year (2017, 2017-10, 2017-10-16)", false, text},
		{"to", "query", "incidents that can begin by its last day", false, text},
		{"place", "query", "the name or identifier of a place, and everything in it", false, text},
		{"party", "query", "the name of a party that the harm is ascribed to", false, text},
		{"means", "query", "weapon or method", false, text},
		{"grade", "query", "gradings to take in, several times over; all takes every one; the headline's where it is left out", false, map[string]any{"type": "array", "items": map[string]any{"type": "string", "enum": grades}}},
		{"text", "query", "words in the codes, place and parties", false, text},
	}
}

// writeAPI writes the OpenAPI description of what the site answers to programs.
func writeAPI(_ *Site, x *index, _ selection) ([]byte, error) {
	paths := map[string]any{}
	for _, f := range files() {
		if f.about == "" || f.path == "api/openapi.json" {
			continue
		}
		get := map[string]any{"operationId": slugOf(f.path), "summary": apiSummaries[f.about], "responses": answered(f.kind)}
		switch f.about {
		case "data.csv", "data.json", "data.geojson":
			get["parameters"] = parameters()
		case "data.totals":
			get["parameters"] = append(parameters(), parameter{"by", "query", "what to group by", false, map[string]any{"type": "string"}})
		}
		paths["/"+f.path] = map[string]any{"get": get}
	}
	paths["/incidents/{id}.json"] = map[string]any{"get": map[string]any{"operationId": "incident", "summary": "the public form of an incident, with the sentences behind each number",
		"parameters": []parameter{{"id", "path", "the code of the incident, letters, digits and hyphens", true, map[string]any{"type": "string"}}}, "responses": answered("application/json")}}
	if len(x.estimates) > 0 {
		paths["/estimates/{id}.json"] = map[string]any{"get": map[string]any{"operationId": "estimate", "summary": "an estimate of people that no list names, which two people signed, with its histories and every run; no part of any count",
			"parameters": []parameter{{"id", "path", "the identifier of the estimate", true, map[string]any{"type": "string"}}}, "responses": answered("application/json")}}
	}
	return encoded(map[string]any{"openapi": "3.1.0", "info": map[string]any{"title": x.release.Title, "version": itoa(x.release.Number), "license": map[string]any{"name": licence(x)}}, "paths": paths})
}

func licence(x *index) string {
	if l := x.release.Publicity.Licence; l != "" {
		return l
	}
	return "not stated"
}

func answered(kind string) map[string]any {
	return map[string]any{"200": map[string]any{"description": "the answer", "content": map[string]any{kind: map[string]any{}}},
		"400": map[string]any{"description": "something in the selection cannot be"}, "404": map[string]any{"description": "nothing has this address"}}
}

var apiSummaries = map[string]string{"data.csv": "incidents as CSV, a row for each figure", "data.json": "incidents as JSON", "data.geojson": "incidents as GeoJSON",
	"data.totals": "what a selection adds up to, as cairn total answers", "data.codebook": "what the columns and words mean", "data.corrections": "what each release changed",
	"data.bib": "the citation as BibTeX", "data.ris": "the citation as RIS", "data.csl": "the citation as CSL-JSON"}
