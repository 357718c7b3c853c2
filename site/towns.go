package site

import (
	"encoding/json"
	"sync"
)

// A town is one that maps name beneath their marks.
type town struct {
	name, arabic string
	lat, lon     float64
}

// towns returns the built-in towns, the greatest first; none where site/build did
// not run.
var towns = sync.OnceValue(func() []town {
	text, err := dist.ReadFile("dist/" + townNames)
	if err != nil {
		return nil
	}
	all, err := readTowns(text)
	if err != nil {
		return nil
	}
	return all
})

// readTowns reads rows of name, latitude, longitude and perhaps an Arabic name.
func readTowns(text []byte) ([]town, error) {
	var rows [][]any
	if err := json.Unmarshal(text, &rows); err != nil {
		return nil, err
	}
	var all []town
	for _, row := range rows {
		if len(row) < 3 {
			continue
		}
		t := town{}
		t.name, _ = row[0].(string)
		t.lat, _ = row[1].(float64)
		t.lon, _ = row[2].(float64)
		if len(row) > 3 {
			t.arabic, _ = row[3].(string)
		}
		all = append(all, t)
	}
	return all, nil
}

// A townLabel is the name of a town on the map that the server draws.
type townLabel struct {
	Name         string
	X, Y, LabelY float64
}

const (
	mostTowns = 10
	mostTried = 200 // of those on the map
	tooClose  = 14  // to a mark, which then says where it is
)

// name names towns, the greatest first, as far as there is room beside the marks.
func (m *worldMap) name(all []town, tag string) {
	if m == nil {
		return
	}
	tried := 0
	for _, t := range all {
		x, y := m.Scale.xy(t.lat, t.lon)
		if x < 0 || y < 0 || x > mapWidth || y > mapHeight {
			continue
		}
		if tried++; tried > mostTried {
			return
		}
		if m.marked(x, y) {
			continue
		}
		name := t.name
		if tag == "ar" && t.arabic != "" {
			name = t.arabic
		}
		if !m.labels.take(x, y+14, float64(len([]rune(name)))*6.6) {
			continue
		}
		m.Towns = append(m.Towns, townLabel{Name: name, X: x, Y: y, LabelY: y + 14})
		if len(m.Towns) == mostTowns {
			return
		}
	}
}

// marked reports whether a mark stands at a place of the map.
func (m *worldMap) marked(x, y float64) bool {
	for _, s := range m.Spots {
		if reach := s.Ceiling + tooClose; (s.X-x)*(s.X-x)+(s.Y-y)*(s.Y-y) < reach*reach {
			return true
		}
	}
	return false
}
