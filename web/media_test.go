package web

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
)

// photo brings a photograph in, and returns the document that it is.
func (w *workshop) photo(name string) cairn.Document {
	w.t.Helper()
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.record.Take(ctx, collect.Item{Bytes: content.Bytes(), Receipt: cairn.Receipt{From: name, How: "file", At: noon, Media: "image/png", Outcome: cairn.Fetched}}); err != nil {
		w.t.Fatal(err)
	}
	d, err := w.record.View().DocumentByRef(ctx, cairn.RefOf(content.Bytes()))
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func TestPicturesAreShownWithCare(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.account("vera", cairn.Viewer, "tarn")
	ana := w.as("ana")
	d := w.photo("street.png")
	page := ana.get("/code/" + d.ID)
	if page.status != http.StatusOK || !strings.Contains(page.body, `<details class="media" data-media>`) || !strings.Contains(page.body, `<div class="careful">`) || !strings.Contains(page.body, "nobody has said whether it is graphic") {
		t.Fatalf("a picture that nobody looked at is not shown with care: %d", page.status)
	}
	at := "/media/" + string(d.Ref)
	if got := ana.get(at); got.status != http.StatusOK || !strings.HasPrefix(got.body, "\x89PNG") {
		t.Errorf("the picture answers %d", got.status)
	}
	for path, want := range map[string]int{"/media/none": 400, "/media/" + string(cairn.RefOf([]byte("none"))): 404} {
		if got := ana.get(path); got.status != want {
			t.Errorf("%s answers %d, want %d", path, got.status, want)
		}
	}
	text, err := w.record.View().Document(ctx, "wire")
	if err != nil {
		t.Fatal(err)
	}
	if got := ana.get("/media/" + string(text.Ref)); got.status != http.StatusNotFound {
		t.Errorf("a text is shown as a picture: %d", got.status)
	}
	if got := w.as("vera").get(at); got.status != http.StatusForbidden {
		t.Errorf("a viewer is shown the picture: %d", got.status)
	}
	if got := ana.post(at+"/flag", url.Values{"document": {d.ID}, "graphic": {"no"}}); got.to != "/code/"+d.ID {
		t.Fatalf("a flag answers %d", got.status)
	}
	if got := ana.get("/code/" + d.ID).body; strings.Contains(got, `<div class="careful">`) {
		t.Error("what is not graphic is blurred")
	}
	ana.post(at+"/flag", url.Values{"document": {d.ID}, "graphic": {"yes"}, "why": {"a body"}})
	if got := ana.get("/code/" + d.ID).body; !strings.Contains(got, `<div class="careful">`) {
		t.Error("what is graphic is not blurred")
	}
}

func TestABreakIsDue(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	if strings.Contains(ana.get("/inbox").body, "take a break") {
		t.Error("a break is due at once")
	}
	for range restAfter {
		if err := w.record.As("ana").Say(ctx, "T1", "one more"); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(ana.get("/inbox").body, "take a break") {
		t.Error("after a lot of work no break is due")
	}
	w.now = w.now.Add(2 * restWithin)
	if strings.Contains(ana.get("/inbox").body, "take a break") {
		t.Error("after a rest the break is still due")
	}
}
