package link

import (
	"strconv"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// The places of these tests are invented. Two quarters of Orvane lie 4 km
// apart, the village of Selm 30 km off, Kest in another country.
var places = map[string]cairn.Where{
	"Orvane":    place("Orvane", "p:orvane", cairn.City, 40, 50, "XA", "p:tarn"),
	"Old_Mill":  place("Old Mill", "p:mill", cairn.Neighbourhood, 40.02, 50, "XA", "p:orvane", "p:tarn"),
	"Saltgate":  place("Saltgate", "p:salt", cairn.Neighbourhood, 39.97, 50.02, "XA", "p:orvane", "p:tarn"),
	"Selm":      place("Selm", "p:selm", cairn.Village, 40.28, 50, "XA", "p:tarn"),
	"Tarn":      place("Tarn", "p:tarn", cairn.Admin1, 40.1, 50.1, "XA"),
	"Kest":      place("Kest", "p:kest", cairn.City, 44, 60, "XB"),
	"Xandria":   place("Xandria", "c:xa", cairn.Country, 41, 51, "XA"),
	"Mill_pump": place("Old Mill pump", "", cairn.Landmark, 40.021, 50.001, "XA"),
}

func place(name, id string, a cairn.Accuracy, lat, lon float64, country string, within ...string) cairn.Where {
	return cairn.Where{Phrase: cairn.Phrase{Words: name}, Name: name, ID: id, Accuracy: a, Lat: &lat, Lon: &lon, Country: country, Within: within}
}

// report reads claims in a short notation, one a line:
//
//	killed 7 at=Old_Mill on=2031-05-03 by=Air_force means=airstrike named=Ana_Ro scope=cumulative class=child of=1
//
// The report is published on the day that stands first in its notes, before a
// colon, and is named document.
func report(t testing.TB, document, notes string) Report {
	t.Helper()
	published, notes, ok := strings.Cut(notes, ":")
	if !ok {
		t.Fatalf("no day of publication in %q", notes)
	}
	r := Report{Document: document, Reading: "r" + document, Published: cairn.Date(strings.TrimSpace(published)), Source: document}
	for line := range strings.Lines(notes) {
		if line = strings.TrimSpace(line); line != "" {
			r.Claims = append(r.Claims, claim(t, len(r.Claims)+1, line))
		}
	}
	return r
}

func claim(t testing.TB, n int, note string) cairn.Claim {
	t.Helper()
	words := strings.Fields(note)
	c := cairn.Claim{N: n, Harm: cairn.Harm(words[0])}
	c.Span = cairn.Span{Start: 100 * n, End: 100*n + 40}
	if words[1] != "unknown" {
		rng, err := cairn.ParseRange(words[1])
		if err != nil {
			t.Fatal(err)
		}
		c.Range = rng
	}
	for _, w := range words[2:] {
		key, value, _ := strings.Cut(w, "=")
		spaced := strings.ReplaceAll(value, "_", " ")
		switch key {
		case "at":
			where, ok := places[value]
			if !ok {
				t.Fatalf("no place %q", value)
			}
			c.Where = &where
		case "on":
			from, to, isPeriod := strings.Cut(value, "/")
			if !isPeriod {
				to = from
			}
			c.When = &cairn.When{Phrase: cairn.Phrase{Words: value}, Period: cairn.Period{From: cairn.Date(from), To: cairn.Date(to)}}
		case "by":
			c.By = append(c.By, cairn.Attacker{Name: spaced, Strength: cairn.Stated})
		case "means":
			c.Means = &cairn.Means{Class: cairn.MeansClass(value)}
		case "named":
			c.Victims.Names = append(c.Victims.Names, spaced)
		case "class":
			c.Victims.Class = cairn.Class(value)
		case "scope":
			c.Scope = append(c.Scope, cairn.Scope(value))
		case "of":
			c.SubsetOf, _ = strconv.Atoi(value)
		default:
			t.Fatalf("no attribute %q", w)
		}
	}
	return c
}

// known makes an incident of every claim of a report.
func known(t testing.TB, code, notes string) Known {
	t.Helper()
	r := report(t, "known-"+code, notes)
	k := Known{Incident: cairn.Incident{Code: code}}
	for _, c := range r.Claims {
		k.Testimonies = append(k.Testimonies, cairn.Testimony{
			Ref:      cairn.ClaimRef{Document: r.Document, N: c.N},
			Claim:    c,
			Document: cairn.Document{ID: r.Document, Published: r.Published},
		})
	}
	return k
}

// linked writes links as "i1: 1 2, new: 3".
func linked(links []Link) string {
	var all []string
	for _, l := range links {
		code := l.Code
		if l.New() {
			code = "new"
		}
		code += ":"
		for _, c := range l.Claims {
			code += " " + strconv.Itoa(c.N)
		}
		all = append(all, code)
	}
	return strings.Join(all, ", ")
}
