package survey

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A feature is one feature of GeoJSON.
type feature struct {
	Type       string                     `json:"type"`
	ID         json.RawMessage            `json:"id"`
	Properties map[string]json.RawMessage `json:"properties"`
	Geometry   json.RawMessage            `json:"geometry"`
}

// features returns the features of GeoJSON as rows.
func features(file string, content []byte) ([]row, error) {
	var rows []row
	err := eachFeature(file, content, func(line int, f feature) error {
		rows = append(rows, rowOf(file, line, f))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// eachFeature hands over the features of GeoJSON with the line that each begins
// in: those of a collection, one alone, or one a line.
func eachFeature(file string, content []byte, each func(line int, f feature) error) error {
	d := json.NewDecoder(bytes.NewReader(content))
	bad := func(err error) error {
		return cairn.Invalid{File: file, Line: lineOf(content, int(d.InputOffset())), Reason: "is no GeoJSON: " + err.Error()}
	}
	for {
		if token, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return bad(err)
		} else if token != json.Delim('{') {
			return bad(errors.New("want an object"))
		}
		var alone feature
		var fault error
		line := lineOf(content, int(d.InputOffset()))
		some, err := members(d, &alone, func(f feature, at int64) {
			if fault == nil {
				fault = each(lineOf(content, skip(content, at)), f)
			}
		})
		if err != nil {
			return bad(err)
		}
		if !some {
			if alone.Properties == nil && alone.Geometry == nil {
				return cairn.Invalid{File: file, Line: line, Reason: "is no GeoJSON: neither features nor one feature"}
			}
			fault = each(line, alone)
		}
		if fault != nil {
			return fault
		}
	}
}

// skip steps over what stands between two features.
func skip(content []byte, at int64) int {
	i := int(at)
	for i < len(content) && strings.IndexByte(" \t\r\n,", content[i]) >= 0 {
		i++
	}
	return i
}

// members reads the members of an object that was opened: its features one by
// one, and those of a feature alone.
func members(d *json.Decoder, alone *feature, each func(feature, int64)) (some bool, err error) {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return some, err
		}
		var into any = new(json.RawMessage)
		switch key {
		case "features":
			if _, err := d.Token(); err != nil {
				return some, err
			}
			some = true
			for d.More() {
				var f feature
				at := d.InputOffset()
				if err := d.Decode(&f); err != nil {
					return some, err
				}
				each(f, at)
			}
			if _, err := d.Token(); err != nil {
				return some, err
			}
			continue
		case "id":
			into = &alone.ID
		case "properties":
			into = &alone.Properties
		case "geometry":
			into = &alone.Geometry
		}
		if err := d.Decode(into); err != nil {
			return some, err
		}
	}
	_, err = d.Token()
	return some, err
}

// rowOf returns a feature as a row, its properties in the order of their names.
func rowOf(file string, line int, f feature) row {
	r := row{file: file, line: line, cells: map[string]string{}}
	for name, value := range f.Properties {
		if text := textOf(value); text != "" {
			r.cells[name] = text
			r.headers = append(r.headers, name)
		}
	}
	if id := textOf(f.ID); id != "" && r.cells["id"] == "" {
		r.cells["id"], r.headers = id, append(r.headers, "id")
	}
	slices.Sort(r.headers)
	r.headers = slices.Compact(r.headers)
	s, err := shapeOf(f.Geometry)
	if err != nil {
		s = &shape{fault: err.Error()}
	}
	r.shape = s
	return r
}

// textOf returns a value of JSON as the text that a cell would have: several
// parted by a bar, a map as in "gn:id=7;wd:id=Q7".
func textOf(value json.RawMessage) string {
	var any any
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	if len(value) == 0 || d.Decode(&any) != nil {
		return ""
	}
	return text(any)
}

func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case []any:
		var parts []string
		for _, one := range v {
			if s := text(one); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "|")
	case map[string]any:
		var parts []string
		for k, one := range v {
			if s := text(one); s != "" {
				parts = append(parts, k+"="+s)
			}
		}
		slices.Sort(parts)
		return strings.Join(parts, ";")
	}
	return ""
}
