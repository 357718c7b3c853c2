package link

import (
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestRepostsShareAnOrigin(t *testing.T) {
	original := cairn.Document{ID: "a", Source: "Selm Civil Defence", Text: "Our teams pulled 12 wounded out of the market of Selm tonight."}
	cut := "Our teams pulled 12 wounded out of the market."
	for _, test := range []struct {
		name string
		with cairn.Document
		want int // origins
	}{
		{"forwarded word for word", cairn.Document{ID: "b", Source: "Marun Now", Text: original.Text, Repeats: "Selm Civil Defence"}, 1},
		{"forwarded and cut", cairn.Document{ID: "b", Source: "Marun Now", Text: cut, Repeats: "Selm Civil Defence"}, 1},
		{"cut, of nobody's saying", cairn.Document{ID: "b", Source: "Marun Now", Text: cut}, 2},
		{"forwarded from somebody else", cairn.Document{ID: "b", Source: "Marun Now", Text: cut, Repeats: "Orvane Press"}, 2},
		{"another post of the same source, forwarded", cairn.Document{ID: "b", Source: "Marun Now", Text: "Our ambulances reached the bridge of Orvane at dawn.", Repeats: "Selm Civil Defence"}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Origins([]cairn.Document{original, test.with}, nil); len(got) != test.want {
				t.Errorf("%d origins, want %d: %+v", len(got), test.want, got)
			}
		})
	}
}
