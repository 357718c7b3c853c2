package survey

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/survey/surveytest"
)

// tarn is an invented town of tiles.
func tarn() []byte {
	return surveytest.Streets(surveytest.Town{Lat: 40.1, Lon: 50.7, MinZoom: 10, MaxZoom: 14, Attribution: `<a href="https://tarn.example">&copy; Tarn Survey</a>`})
}

func TestStreets(t *testing.T) {
	file := tarn()
	s, err := Streets("tarn.pmtiles", bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if s.Credit != "© Tarn Survey" || s.MinZoom != 10 || s.MaxZoom != 14 || s.Bytes != int64(len(file)) || s.West != 50.6 || s.North != 40.2 {
		t.Errorf("what it says of itself is %+v", s)
	}
	if want := []string{"water", "roads"}; !slices.Equal(s.Layers, want) {
		t.Errorf("its layers are %v, want %v and no borders", s.Layers, want)
	}
	packed := surveytest.Streets(surveytest.Town{Lat: 40.1, Lon: 50.7, MinZoom: 10, MaxZoom: 14, Attribution: "© Tarn Survey", Packed: true})
	if p, err := Streets("tarn.pmtiles", bytes.NewReader(packed), int64(len(packed))); err != nil || p.Credit != s.Credit || !slices.Equal(p.Layers, s.Layers) {
		t.Errorf("packed it says %+v, %v", p, err)
	}
	other := surveytest.Streets(surveytest.Town{Lat: 1, Lon: 1, MaxZoom: 1, Roads: "transportation", Water: "waterway"})
	if s, err := Streets("other.pmtiles", bytes.NewReader(other), int64(len(other))); err != nil || !slices.Equal(s.Layers, []string{"waterway", "transportation"}) {
		t.Errorf("the layers of OpenMapTiles are %v, %v", s.Layers, err)
	}
}

func TestFilesThatAreNoStreets(t *testing.T) {
	with := func(at int, b ...byte) []byte {
		file := tarn()
		copy(file[at:], b)
		return file
	}
	far := binary.LittleEndian.AppendUint32(nil, uint32(1_900_000_000))
	for _, test := range []struct {
		name string
		file []byte
		says string
	}{
		{"nothing", nil, "is no file of PMTiles"},
		{"MBTiles", []byte("SQLite format 3\x00" + strings.Repeat(" ", 200)), "`pmtiles convert` makes one of MBTiles"},
		{"an earlier version", with(7, 2), "is PMTiles of version 2"},
		{"pictures", with(99, 2), "holds pictures"},
		{"packed by Brotli", with(98, 3), "which browsers cannot undo"},
		{"cut short", tarn()[:300], "it was cut short"},
		{"an area that there is not", with(110, far...), "which is no area"},
		{"no streets in it", surveytest.Streets(surveytest.Town{Roads: "hills"}), "it has the layers hills, water, boundaries, and none of roads, transportation, streets"},
		{"words of itself that are none", with(97, 2), "cannot be unpacked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Streets("f.pmtiles", bytes.NewReader(test.file), int64(len(test.file))); err == nil || !strings.Contains(err.Error(), test.says) || !strings.HasPrefix(err.Error(), "f.pmtiles: ") {
				t.Errorf("it says %v, want %q", err, test.says)
			}
		})
	}
}

func FuzzStreets(f *testing.F) {
	f.Add(tarn())
	f.Fuzz(func(t *testing.T, content []byte) {
		if s, err := Streets("f", bytes.NewReader(content), int64(len(content))); err == nil && (len(s.Layers) == 0 || s.West >= s.East) {
			t.Errorf("%+v", s)
		}
	})
}
