package survey_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/survey"
)

// valley is a table of n invented places, each with a name in two scripts.
func valley(n int) string {
	var b strings.Builder
	b.WriteString("id,name,names_ar,lat,lon,type,country,parent\nv:0,Marun Valley,وادي مارون,10,50,admin1,ZZ,\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "v:%d,Tel %s,تل %d,%.5f,%.5f,village,ZZ,v:0\n", i, strings.ToUpper(fmt.Sprintf("%05x", i*7919%1048573)), i, 10+float64(i%900)/1000, 50+float64(i/900)/1000)
	}
	return b.String()
}

func BenchmarkFigures(b *testing.B) {
	const n = 50_000
	content := []byte(valley(n))
	b.Run("places_50k_s", func(b *testing.B) {
		begin := time.Now()
		for b.Loop() {
			if got := len(packOf(b, content)); got == 0 {
				b.Fatal("an empty pack")
			}
		}
		fmt.Printf("figure places_50k_s %.2f s\n", time.Since(begin).Seconds()/float64(b.N))
	})
	b.Run("places_open_ms", func(b *testing.B) {
		pack := string(packOf(b, content))
		begin := time.Now()
		for b.Loop() {
			p, err := lexicon.OpenPack(pack)
			if err != nil || lexicon.NewAtlas(lexicon.Places(), p).Home("ZZ") != n {
				b.Fatal("the pack is not as it was", err)
			}
		}
		fmt.Printf("figure places_open_ms %.2f ms\n", time.Since(begin).Seconds()*1000/float64(b.N))
	})
}

func packOf(b *testing.B, content []byte) []byte {
	b.Helper()
	s := survey.New(survey.Options{})
	if err := s.Read("valley.csv", content); err != nil {
		b.Fatal(err)
	}
	places, faults := s.Places()
	if len(faults) > 0 {
		b.Fatal(faults[0])
	}
	pack, err := survey.Pack(places)
	if err != nil {
		b.Fatal(err)
	}
	return pack
}
