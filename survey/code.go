package survey

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// codesOf reads "gn:id=172955;wd:id=Q7" and a P-code.
func codesOf(text, pcode string) map[string]string {
	out := map[string]string{}
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ';' || c == '|' }) {
		scheme, id, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && scheme != "" && id != "" {
			out[cmp.Or(schemes[scheme], scheme)] = id
		}
	}
	if pcode != "" {
		out["pcode"] = pcode
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

var schemes = map[string]string{"gn:id": "geonames", "wd:id": "wikidata", "geonames": "geonames", "wikidata": "wikidata", "gn": "geonames", "wd": "wikidata"}

// identifier returns the identifier of d: as it stands, with the name of its
// scheme, or one made of what the row says.
func (s *Survey) identifier(d *draft, kind Kind, id string) string {
	switch {
	case id != "" && strings.Contains(id, ":"):
		return id
	case kind == WOF && id != "":
		return "wof:" + id
	case kind == OCHA && d.place.Codes["pcode"] != "":
		return "ocha:" + d.place.Codes["pcode"]
	}
	source := strings.Join(words(cmp.Or(d.place.Origin, "place")), "-")
	if id != "" {
		return cmp.Or(source, "place") + ":" + id
	}
	p := d.place
	says := []string{p.Name, p.Country, p.Kind, p.Admin1, d.parent}
	if p.Point != nil {
		says = append(says, strconv.FormatFloat(p.Point.Lat, 'f', 3, 64), strconv.FormatFloat(p.Point.Lon, 'f', 3, 64))
	}
	sum := sha256.Sum256([]byte(strings.Join(says, "\x00")))
	return cmp.Or(source, "place") + ":" + hex.EncodeToString(sum[:5])
}
