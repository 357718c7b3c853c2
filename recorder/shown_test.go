package recorder

import (
	"errors"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAnArchivedPageIsShownWithWhatItIsMadeWith(t *testing.T) {
	r := local(t)
	if _, err := r.Import(ctx, []string{file(t, "crawl.warc.gz", string(crawl(t)))}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	bring(t, r, reports)
	id := documentAt(t, r, "https://marun.example/").ID
	a := r.Archived()
	defer a.Close()
	page, err := a.Page(ctx, id)
	if err != nil || page.Address != "https://marun.example/" || !strings.HasPrefix(page.Media, "text/html") || !strings.Contains(string(page.Content), "Seven people") {
		t.Errorf("%+v, %v", page, err)
	}
	for _, c := range []struct {
		document, address, media, want string
	}{
		{id, "https://marun.example/a.png", "image/png", "IHDRa"},
		{id, "https://marun.example/s.css", "text/css", "url(b.png)"},
		{id, "https://marun.example/elsewhere.png", "", ""},
		{"wire", "https://marun.example/a.png", "", ""}, // which came in no web archive
		{"nothing", "https://marun.example/a.png", "", ""},
	} {
		part, err := a.Part(ctx, c.document, c.address)
		if c.want == "" {
			if !errors.Is(err, cairn.ErrNotFound) {
				t.Errorf("%s of %s: %+v, %v", c.address, c.document, part, err)
			}
		} else if err != nil || part.Media != c.media || !strings.Contains(string(part.Content), c.want) {
			t.Errorf("%s of %s: %+v, %v", c.address, c.document, part, err)
		}
	}
	if _, err := r.Remove(ctx, id, "a wish", "the person concerned"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Page(ctx, id); !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("what was taken out is shown: %v", err)
	}
}
