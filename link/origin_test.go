package link

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// original is an invented dispatch.
const original = `Seven people were killed when a missile struck a bakery in the Old Mill quarter of Orvane shortly before dawn, the civil defence of Tarn province said.

Rescuers dug through the rubble of the bakery for six hours, and pulled two children alive from a cellar beneath the ovens. Neighbours carried the wounded to Saltgate hospital in carts, since the ambulances of the quarter had no petrol left.

Marek Dovan, who sells thread across the street, said that people had queued for bread since four in the morning. He had closed his own shutters an hour earlier because drones were circling above the river.

The provincial council declared three days of mourning and asked the ministry of health for blood, splints and a second surgeon. Nobody took responsibility for the strike, the fourth on a bakery of the province since March.`

const rewritten = `OLD MILL BAKERY HIT

Before dawn a missile struck a bakery in the Old Mill quarter of Orvane and seven people were killed, according to the civil defence of Tarn province.

Marek Dovan, who sells thread across the street, told us people had queued for bread since four in the morning. Rescuers dug through the rubble of the bakery for six hours and pulled two children alive from a cellar beneath the ovens.

The provincial council has declared three days of mourning and asked the ministry of health for blood, splints and a second surgeon.`

const another = `A bakery in Orvane lay in ruins on Monday after an explosion that residents blamed on aircraft. Doctors at Saltgate hospital counted seven bodies and nineteen injured, most of them women who had come for bread.

The baker's brother, Iven Tal, stood at the corner of the street where the queue had been. He listed those whom he had known by their trades: a cobbler, two weavers, the man who mended clocks. No soldiers had been near, he insisted.

It was not clear who had flown over the city. The air force did not answer calls, and the rebels have no aircraft.`

func document(id, text string) cairn.Document {
	return cairn.Document{ID: id, Text: text, Published: "2031-05-04", Language: "en"}
}

func TestOrigins(t *testing.T) {
	half := original[:strings.Index(original, "Marek")]
	for _, test := range []struct {
		name string
		docs []cairn.Document
		want string
	}{
		{"none", nil, ""},
		{"one", []cairn.Document{document("a", original)}, "a"},
		{"word for word", []cairn.Document{document("a", original), document("b", original)}, "a b"},
		{"word for word, with other spaces and capitals", []cairn.Document{document("a", original), document("b", strings.ToUpper(strings.ReplaceAll(original, "\n\n", "\n")))}, "a b"},
		{"cut to its half", []cairn.Document{document("a", original), document("b", half)}, "a b"},
		{"cut copy first", []cairn.Document{document("b", half), document("a", original)}, "b a"},
		{"reordered and reworded", []cairn.Document{document("a", original), document("b", rewritten)}, "a b"},
		{"another report of the same strike", []cairn.Document{document("a", original), document("b", another)}, "a, b"},
		{"two originals and their copies, mixed", []cairn.Document{document("a", original), document("x", another), document("b", rewritten), document("y", another)}, "a b, x y"},
		{"texts without words", []cairn.Document{document("a", ""), document("b", "")}, "a, b"},
		{"texts too short to tell", []cairn.Document{document("a", "Two killed in Orvane."), document("b", "Two killed in Selm.")}, "a, b"},
		{"the same few words", []cairn.Document{document("a", "Two killed in Orvane."), document("b", "Two killed in Orvane!")}, "a b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, o := range Origins(test.docs, nil) {
				got = append(got, strings.Join(o.Documents, " "))
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("origins are %q, want %q", strings.Join(got, ", "), test.want)
			}
		})
	}
}

func TestARestingOnAnotherIsItsCopy(t *testing.T) {
	docs := []cairn.Document{document("a", original), document("b", another)}
	docs[0].Source = "Tarn Wire"
	seven := claim(t, 1, "killed 7 at=Old_Mill on=2031-05-03")
	resting := seven
	resting.Says = []cairn.Saying{{Name: "Tarn Wire"}}
	for _, test := range []struct {
		name  string
		claim cairn.Claim
		when  cairn.Date
		want  int
	}{
		{"says so for itself", seven, "2031-05-04", 2},
		{"rests on the first for the same figure", resting, "2031-05-04", 1},
		{"for another figure", func() cairn.Claim { c := resting; c.Range = cairn.Exactly(9); return c }(), "2031-05-04", 2},
		{"weeks later", resting, "2031-06-04", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs[1].Published = test.when
			if got := Origins(docs, [][]cairn.Claim{{seven}, {test.claim}}); len(got) != test.want {
				t.Errorf("%d origins (%v), want %d", len(got), got, test.want)
			}
		})
	}
}

func ExampleOrigins() {
	wire := cairn.Document{ID: "wire", Text: "TARN (Reuters) - Seven people were killed when a missile struck a bakery in Orvane before dawn, the civil defence of the province said on Monday."}
	paper := cairn.Document{ID: "paper", Text: "Seven people were killed when a missile struck a bakery in Orvane before dawn, the civil defence of the province said on Monday. (Reuters)"}
	for _, o := range Origins([]cairn.Document{wire, paper}, nil) {
		fmt.Println(o.Documents)
		for _, j := range o.Joinings {
			fmt.Println("-", j.Document, "repeats", j.With+":", j.Reason)
		}
	}
	// Output:
	// [wire paper]
	// - paper repeats wire: 94 % of the shorter text's word pairs stand in the other
}
