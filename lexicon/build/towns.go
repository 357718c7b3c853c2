package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn/lexicon"
)

// The columns of a GeoNames table of towns.
const (
	columnID         = 0
	columnName       = 1
	columnASCII      = 2
	columnAlternates = 3
	columnLat        = 4
	columnLon        = 5
	columnFeature    = 7
	columnCountry    = 8
	columnAdmin1     = 10
	columnAdmin2     = 11
	columnPopulation = 14
	columnZone       = 17
	columns          = 19
)

// A town is a populated place and the second-level area that it lies in.
type town struct {
	lexicon.NamedPlace
	district string // the code of the area, US.KY.125; "" where unknown
}

// readTowns reads a GeoNames table, a town on each line.
func readTowns(file string) ([]town, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var towns []town
	line := 0
	for row := range strings.Lines(string(data)) {
		line++
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", file, line, len(cells), columns)
		}
		t, err := readTown(cells)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		towns = append(towns, t)
	}
	return towns, nil
}

func readTown(cells []string) (town, error) {
	t := town{NamedPlace: lexicon.NamedPlace{Place: lexicon.Place{
		ID: "geonames:" + cells[columnID], Name: cells[columnName], Country: cells[columnCountry],
		Feature: cells[columnFeature], Zone: cells[columnZone],
	}}}
	if code := cells[columnAdmin1]; code != "" {
		t.Admin1Code = t.Country + "." + code
		if district := cells[columnAdmin2]; district != "" {
			t.district = t.Admin1Code + "." + district
		}
	}
	var err error
	if t.Lat, err = strconv.ParseFloat(cells[columnLat], 64); err != nil {
		return t, err
	}
	if t.Lon, err = strconv.ParseFloat(cells[columnLon], 64); err != nil {
		return t, err
	}
	if t.Population, err = strconv.Atoi(cells[columnPopulation]); err != nil {
		return t, err
	}
	t.Names = append([]string{t.Name, cells[columnASCII]}, strings.Split(cells[columnAlternates], ",")...)
	return t, nil
}

// readAreas reads the names of areas of one level, by their code.
func readAreas(file string) (map[string]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var rows []struct{ Code, Name string }
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	areas := map[string]string{}
	for _, row := range rows {
		areas[row.Code] = row.Name
	}
	return areas, nil
}
