package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
)

// TestWhatIsPrivateIsForThoseWhoWork shows a report whose container names its
// author, to each role and to whoever asks.
func TestWhatIsPrivateIsForThoseWhoWork(t *testing.T) {
	w := newWorkshop(t)
	receipt := cairn.Receipt{From: "export.zip", How: "zip", At: noon, Who: "terminal", Outcome: cairn.Fetched, Private: map[string]string{"author": "Corvin Halde", "exif.lat": "40.123456"}}
	if _, err := w.record.Take(ctx, collect.Item{Receipt: receipt, Bytes: []byte(`{"id":"post","language":"en","text":"Words of no harm."}`)}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		role cairn.DeskRole
		want bool
	}{"dana": {cairn.DataViewer, false}, "vera": {cairn.Viewer, false}, "rosa": {cairn.Researcher, true}} {
		w.account(name, c.role, "tarn")
		got := w.as(name).get("/documents/post.json").body
		if !strings.Contains(got, "Words of no harm") {
			t.Fatalf("%s: %s", name, got)
		}
		for _, private := range []string{"Corvin Halde", "40.123456"} {
			if strings.Contains(got, private) != c.want {
				t.Errorf("%q is shown to a %s: %t, want %t", private, c.role, !c.want, c.want)
			}
		}
	}
	ref, err := w.record.View().DocumentRef(ctx, "post")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"dana": http.StatusForbidden, "vera": http.StatusForbidden, "rosa": http.StatusOK} {
		if got := w.as(name).get("/originals/" + string(ref)); got.status != want {
			t.Errorf("the bytes, which hold what is private, for %s: %d, want %d", name, got.status, want)
		}
	}
	if got := w.nobody().get("/documents/post.json"); strings.Contains(got.body, "Corvin") {
		t.Errorf("shown to whoever asks: %d", got.status)
	}
}
