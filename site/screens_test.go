package site

import (
	"flag"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn/recorder"
)

// screens makes the pictures of the documents anew.
var screens = flag.Bool("screens", false, "write the pictures of the public pages into docs")

// TestScreens takes a picture of each page that the documents show, and sees that
// something is on it.
func TestScreens(t *testing.T) {
	raqqa, valley := example(t, "raqqa"), example(t, "valley")
	in := browser(t)
	sites := map[string]string{}
	for name, r := range map[string]*recorder.Recorder{"raqqa": raqqa, "valley": valley} {
		_, err := r.Publish(ctx, "")
		must(t, err)
		sites[name] = served(t, pages(t, r, Settings{}))
	}
	for _, shot := range []struct {
		file, site, path, theme string
		width, height           int64
	}{
		{"site-raqqa.png", "raqqa", "en/index.html", "light", 1100, 1000},
		{"site-map.png", "raqqa", "en/map.html", "light", 1100, 1100},
		{"site-incident.png", "valley", "en/incidents/MV1.html", "light", 1100, 900},
		{"site-totals.png", "raqqa", "en/totals.html?by=belligerent", "light", 1100, 900},
		{"site-place.png", "raqqa", "en/places/geonames-172955-d82a67.html", "light", 1100, 900},
		{"site-arabic.png", "valley", "ar/index.html", "dark", 1100, 900},
		{"site-phone.png", "valley", "ar/incidents/MV1.html", "light", 390, 800},
	} {
		r := open(t, in, sites[shot.site])
		r.theme(shot.theme)
		r.size(shot.width, shot.height)
		r.visit(shot.path)
		r.until(`document.readyState === "complete" && document.fonts.status === "loaded"`)
		if shot.file == "site-map.png" {
			r.until(`document.querySelector("[data-map]").dataset.idle === "1"`)
		}
		picture, err := chromedp.Run(r.ctx, chromedp.CaptureScreenshot())
		must(t, err)
		if len(picture) < 20_000 {
			t.Errorf("%s is blank, or nearly: %d bytes", shot.file, len(picture))
		}
		if *screens {
			must(t, os.WriteFile("../docs/"+shot.file, picture, 0o644))
		}
	}
}
