package site

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture/capturetest"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/survey/surveytest"
)

// frontier is a border of the invented country with a part that is disputed; its
// pieces are long, and the first begins and ends beyond the map.
const frontier = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[30,41],[70,41]]}},
{"type":"Feature","properties":{"disputed":true},"geometry":{"type":"LineString","coordinates":[[50.5,40.2],[51.5,41.2]]}}]}`

// bordered gives a record borders of its own, and publishes them.
func bordered(t *testing.T, r *recorder.Recorder) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "frontier.geojson")
	must(t, os.WriteFile(file, []byte(frontier), 0o600))
	b, err := r.PutBorders(ctx, file, "Borders: Tarn Survey, CC BY 4.0", "ours")
	must(t, err)
	if b.Lines != 1 || b.Disputed != 1 {
		t.Fatalf("what was read is %+v", b)
	}
	_, err = r.Publish(ctx, "")
	must(t, err)
}

func TestAProjectDrawsItsOwnBorders(t *testing.T) {
	r := record(t)
	place := "/en/map.html"
	before := body(t, pages(t, r, Settings{}), place)
	if !strings.Contains(before, `class="land" d="M`) || !strings.Contains(before, `class="borders" d="M`) || strings.Contains(before, "data-basemap") {
		t.Fatal("the built-in map has no land or no borders, or says that it has others")
	}
	bordered(t, r)
	s := pages(t, r, Settings{})
	after := body(t, s, place)
	for _, want := range []string{`class="land" d="M`, `class="borders" d="M`, `class="disputed" d="M`, "Borders: Tarn Survey, CC BY 4.0"} {
		if !strings.Contains(after, want) {
			t.Errorf("the map has no %s", want)
		}
	}
	if path := drawnIn(after, "borders"); path == drawnIn(before, "borders") || strings.Count(path, "L") != 1 {
		t.Errorf("the borders are drawn as %s", path)
	}
	if script := body(t, s, "/"+bordersFile); script != "window.cairnBorders={\"settled\":[[[30,41],[70,41]]],\"disputed\":[[[50.5,40.2],[51.5,41.2]]]};\n" {
		t.Errorf("the script has %s", script)
	}
	if w := get(t, s, "/r/1/"+bordersFile); w.Code != http.StatusNotFound {
		t.Errorf("the release before has borders of its own: %d", w.Code)
	}
	must(t, r.DropBasemap(ctx, "borders", "theirs will do"))
	_, err := r.Publish(ctx, "")
	must(t, err)
	if again := body(t, s, place); drawnIn(again, "borders") != drawnIn(before, "borders") {
		t.Error("the built-in borders do not come back")
	}
}

// drawnIn returns the path of a class in a page.
// TestLinesOfProvincesLieUnderTheBuiltInBorders holds a file of provinces alone to
// what it is: it takes the place of no border.
func TestLinesOfProvincesLieUnderTheBuiltInBorders(t *testing.T) {
	record := record(t)
	before := body(t, pages(t, record, Settings{}), "/en/map.html")
	file := filepath.Join(t.TempDir(), "provinces.geojson")
	must(t, os.WriteFile(file, []byte(`{"type":"Feature","properties":{"admin_level":"4"},"geometry":{"type":"LineString","coordinates":[[50.2,40.2],[51.2,41.2]]}}`), 0o600))
	b, err := record.PutBorders(ctx, file, "Provinces: Tarn Survey", "")
	must(t, err)
	if b.Provinces != 1 || b.Lines+b.Disputed != 0 {
		t.Fatalf("what was read is %+v", b)
	}
	_, err = record.Publish(ctx, "")
	must(t, err)
	after := body(t, pages(t, record, Settings{}), "/en/map.html")
	if drawnIn(after, "provinces") == "" || drawnIn(before, "provinces") != "" || drawnIn(after, "borders") != drawnIn(before, "borders") {
		t.Errorf("provinces are drawn as %q, borders as before: %t", drawnIn(after, "provinces"), drawnIn(after, "borders") == drawnIn(before, "borders"))
	}
	onEachMap(t, record, func(r *reader) {
		if lines := ask[[]int](r, `["provinces", "borders"].map((of) => document.querySelector("[data-map]").cairnMap.getStyle().sources[of].data.coordinates.length)`); lines[0] != 1 || lines[1] < 10 {
			t.Errorf("the map has %v lines of provinces and borders", lines)
		}
	})
}

func drawnIn(page, class string) string {
	_, after, _ := strings.Cut(page, `class="`+class+`" d="`)
	path, _, _ := strings.Cut(after, `"`)
	return path
}

func TestBordersNeedACreditAndLines(t *testing.T) {
	r := record(t)
	file := filepath.Join(t.TempDir(), "points.geojson")
	must(t, os.WriteFile(file, []byte(`{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,1]}}`), 0o600))
	if _, err := r.PutBorders(ctx, file, "", ""); err == nil || !strings.Contains(err.Error(), "credit: is missing") {
		t.Errorf("without a credit it says %v", err)
	}
	if _, err := r.PutBorders(ctx, file, "Tarn Survey", ""); err == nil || !strings.Contains(err.Error(), "holds no line") {
		t.Errorf("without a line it says %v", err)
	}
	if err := r.DropBasemap(ctx, "borders", ""); err == nil || !strings.Contains(err.Error(), "there is no borders") {
		t.Errorf("with none to drop it says %v", err)
	}
	if r.Project().Publicity.Basemap.Borders != nil {
		t.Error("the project has borders")
	}
}

// TestTheMovingMapDrawsThem holds the map of the browser to what the server draws, in
// a folder too.
func TestTheMovingMapDrawsThem(t *testing.T) {
	record := record(t)
	bordered(t, record)
	onEachMap(t, record, func(r *reader) {
		for _, layer := range []string{"borders", "dashed"} {
			r.until(`document.querySelector("[data-map]").cairnMap.queryRenderedFeatures({layers: ["` + layer + `"]}).length > 0`)
			if lines := ask[int](r, `document.querySelector("[data-map]").cairnMap.getStyle().sources["`+layer+`"].data.coordinates.length`); lines != 1 {
				t.Errorf("%s has %d lines", layer, lines)
			}
		}
	})
}

// onEachMap looks at the map of a record that moves, from the server and from the
// folder, which tells no fault and loads nothing from elsewhere.
func onEachMap(t *testing.T, record *recorder.Recorder, look func(*reader)) {
	t.Helper()
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	in := browser(t)
	for _, site := range []string{served(t, pages(t, record, Settings{})), "file://" + dir + "/"} {
		r := open(t, in, site)
		r.visit("en/map.html")
		r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
		look(r)
		if faults := r.told(); len(faults) > 0 {
			t.Errorf("the console told %q", faults)
		}
		if strays := r.strayed(); len(strays) > 0 {
			t.Errorf("it loads %q", strays)
		}
	}
}

// TestBuiltInBordersAreDashedWhereDisputed holds the built-in map to the disputes
// that it has to show.
func TestBuiltInBordersAreDashedWhereDisputed(t *testing.T) {
	if len(world().rings) == 0 {
		capturetest.Missing(t, "no land to draw: npm ci --ignore-scripts, go run ./site/build")
	}
	for _, test := range []struct {
		where    string
		lat, lon float64
		dashed   bool
	}{
		{"the isthmus of Crimea", 46.0, 34.0, true}, {"the Golan Heights", 33.0, 35.8, true}, {"Kashmir", 34.5, 74.5, true}, {"Western Sahara", 27.6, -9.5, true}, {"Kosovo", 42.8, 20.9, true},
		{"Northern Cyprus", 35.1, 33.5, true}, {"Somaliland", 9.0, 48.0, true}, {"Abyei", 9.6, 28.5, true}, {"Spain and Portugal", 40.0, -7.0, false},
	} {
		_, _, dashed := world().drawn(around([]point{{Lat: test.lat, Lon: test.lon}}))
		if (dashed != "") != test.dashed {
			t.Errorf("%s: dashed is %t", test.where, dashed != "")
		}
	}
}

// paved gives a record streets around Orvane, and publishes them.
func paved(t *testing.T, r *recorder.Recorder) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "orvane.pmtiles")
	must(t, os.WriteFile(file, surveytest.Streets(surveytest.Town{Lat: 40.12, Lon: 50.77, MinZoom: 8, MaxZoom: 13, Note: 200_000, Packed: true, Attribution: `<a href="https://tarn.example/">Streets: Tarn Survey</a>`}), 0o600))
	s, err := r.PutStreets(ctx, file, "", "")
	must(t, err)
	if s.Name != "orvane" || s.Credit != "Streets: Tarn Survey" {
		t.Fatalf("what was read is %+v", s)
	}
	_, err = r.Publish(ctx, "")
	must(t, err)
}

func TestStreetsAreServedInParts(t *testing.T) {
	r := record(t)
	paved(t, r)
	s := pages(t, r, Settings{})
	key := streetKey(r.Project().Publicity.Basemap.Streets[0])
	w := httptest.NewRecorder()
	asked := httptest.NewRequest(http.MethodGet, "/basemap/"+key+".pmtiles", nil)
	asked.Header.Set("Range", "bytes=0-6")
	s.ServeHTTP(w, asked)
	if w.Code != http.StatusPartialContent || w.Body.String() != "PMTiles" {
		t.Errorf("a part is answered with %d, %q", w.Code, w.Body.String())
	}
	x, err := s.index(ctx)
	must(t, err)
	if pieces := x.basemapPaths(); len(pieces) != 5 {
		t.Errorf("a folder has it in %v", pieces)
	}
	if page := body(t, s, "/en/map.html"); !strings.Contains(page, "Streets: Tarn Survey") || strings.Contains(page, "tarn.example/\"&gt;") {
		t.Error("the streets are not credited in plain words")
	}
	for _, none := range []string{"/basemap/0000000000000000.pmtiles", "/basemap/" + key + ".txt", "/basemap/" + key + "/9.js", "/basemap/" + key + "/x.js", "/r/1/basemap/" + key + ".pmtiles"} {
		if w := get(t, s, none); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", none, w.Code)
		}
	}
	must(t, r.DropBasemap(ctx, "orvane", ""))
	if len(r.Project().Publicity.Basemap.Streets) != 0 {
		t.Error("they are not taken out")
	}
}

// TestStreetsAreDrawnUnderTheMarks holds the map of the browser to a street, from the
// server and from the folder, with nothing from elsewhere.
func TestStreetsAreDrawnUnderTheMarks(t *testing.T) {
	record := record(t)
	paved(t, record)
	onEachMap(t, record, func(r *reader) {
		layers := `document.querySelector("[data-map]").cairnMap.getStyle().layers.map(l => l.id)`
		if !ask[bool](r, `(l => l.findIndex(i => i.includes("-roads-")) > l.indexOf("land") && l.findIndex(i => i.includes("-roads-")) < l.indexOf("rings"))(`+layers+`)`) {
			t.Error("the streets lie over the marks")
		}
		r.do(chromedp.Evaluate[chromedp.Void](`void document.querySelector("[data-map]").cairnMap.jumpTo({center: [50.77, 40.12], zoom: 14})`))
		found := `document.querySelector("[data-map]").cairnMap.queryRenderedFeatures().filter(f => f.source.startsWith("streets-"))`
		r.until(found + `.some(f => f.sourceLayer === "roads" && f.properties.name === "Mill Lane")`)
		r.until(found + `.some(f => f.sourceLayer === "water")`)
		r.do(chromedp.Evaluate[chromedp.Void](`void document.querySelector("[data-map]").cairnMap.jumpTo({center: [50.77, 40.12], zoom: 11})`))
		r.until(`document.querySelector("[data-map]").cairnMap.queryRenderedFeatures({layers: ["reach"]}).length > 0`)
	})
}

func TestTownsAreNamedBesideTheMarks(t *testing.T) {
	all := []town{{"Orvane", "أورفان", 40.12, 50.77}, {"Great Selm", "", 41.0, 50.2}, {"Near Great Selm", "", 41.01, 50.21}, {"Marun", "مرون", 40.6, 51.9}, {"Far", "", 10, 10}}
	for tag, want := range map[string]string{"en": "Great Selm, Marun", "ar": "Great Selm, مرون"} {
		m := mapOf([]point{{Name: "Orvane", Lat: 40.12, Lon: 50.77, Max: 3}, {Name: "Selm Bridge", Lat: 41.5, Lon: 51.25, Max: 1}}, world())
		m.name(all, tag)
		var names []string
		for _, l := range m.Towns {
			names = append(names, l.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%s: it names %s, want %s: none on a mark, none over another, none outside", tag, got, want)
		}
	}
}

func TestTheMovingMapNamesTowns(t *testing.T) {
	record := example(t, "raqqa")
	_, err := record.Publish(ctx, "")
	must(t, err)
	in := browser(t)
	s := pages(t, record, Settings{})
	if page := body(t, s, "/ar/map.html"); !strings.Contains(page, `class="townname"`) {
		t.Error("the map of the server names no town")
	}
	r := open(t, in, served(t, s))
	r.visit("ar/map.html")
	r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
	r.until(`document.querySelector("[data-map]").cairnMap.queryRenderedFeatures({layers: ["towns"]}).some(f => /^[ء-ي ]+$/.test(f.properties.name))`)
}

// TestAPrintedMapHasItsMarks holds the map on paper to the one that the server drew,
// since no browser prints what moves; in a folder to the selection too.
func TestAPrintedMapHasItsMarks(t *testing.T) {
	record := record(t)
	onEachMap(t, record, func(r *reader) {
		seen := `[...document.querySelectorAll("svg.drawn, .canvas")].filter(e => e.getBoundingClientRect().height > 0).map(e => e.className.baseVal ?? e.className).join()`
		if got := ask[string](r, seen); !strings.HasPrefix(got, "canvas") {
			t.Errorf("the window shows %q", got)
		}
		r.do(chromedp.SendKeys(chromedp.ID("f-text"), "orvane"+kb.Enter))
		r.until(`location.search.includes("text=orvane") && document.querySelector("[data-map]")?.dataset.idle === "1"`)
		if _, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		if got := ask[string](r, seen); got != "drawn" {
			t.Errorf("paper shows %q", got)
		}
		if marks := ask[int](r, `document.querySelectorAll("svg.drawn circle.ring").length`); marks != 1 {
			t.Errorf("paper shows %d marks of a selection of one", marks)
		}
	})
}

// TestAFolderShowsWhatItDoesNotShowAtFirst holds a folder whose headline is empty to
// its map and timeline, once a reader asks for every grading.
func TestAFolderShowsWhatItDoesNotShowAtFirst(t *testing.T) {
	folder := t.TempDir()
	record, err := recorder.Open(ctx, recorder.Settings{Data: folder, Project: "tarn", Who: "Staffa Inward", Now: func() time.Time { return noon }})
	must(t, err)
	t.Cleanup(func() { record.Close() })
	must(t, record.PutProject(ctx, invented(), "to begin with"))
	file := filepath.Join(t.TempDir(), "reports.jsonl")
	must(t, os.WriteFile(file, []byte(`{"id":"alone","source":"Tarn Wire","published":"2031-05-04","language":"en","text":"Seven civilians were killed in an airstrike on Orvane on 3 May 2031."}`), 0o600))
	_, err = record.Import(ctx, []string{file}, cairn.Given{}, recorder.Progress{})
	must(t, err)
	sign(t, record, "alone")
	_, err = record.Publish(ctx, "")
	must(t, err)
	dir, err := filepath.Abs(written(t, record))
	must(t, err)
	r := open(t, browser(t), "file://"+dir+"/")
	r.visit("en/map.html")
	r.until(`document.documentElement.dataset.explored === "1"`)
	if marks := ask[int](r, `document.querySelectorAll("svg.drawn circle.ring, .canvas").length`); marks != 0 {
		t.Errorf("the headline is empty, and the map has %d marks", marks)
	}
	r.do(chromedp.Click(chromedp.CSS(`input[name="grade"][value="all"]`)), chromedp.Click(chromedp.CSS(`[data-filter] button`)))
	r.until(`location.search.includes("grade=all") && document.querySelector("[data-map]").dataset.idle === "1"`)
	r.until(`document.querySelectorAll("svg.drawn circle.ring").length === 1 && document.querySelectorAll("[data-charted]:not([hidden]) rect.floor").length === 1`)
	if faults := r.told(); len(faults) > 0 {
		t.Errorf("the console told %q", faults)
	}
}
