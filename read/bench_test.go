package read

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// typicalPage is a page of about size bytes: the report of testdata in the
// middle, with the menus, scripts and boxes that newspapers put about it.
func typicalPage(tb testing.TB, size int) []byte {
	var report markedPage
	for _, p := range markedPages(tb) {
		if p.name == "10-boxes" {
			report = p
		}
	}
	before, after, found := bytes.Cut(report.content, []byte("<div class=\"sidebar\">"))
	if !found {
		tb.Fatal("the page has no sidebar")
	}
	var page bytes.Buffer
	page.Write(before)
	for i := 0; page.Len() < size-len(after); i++ {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&page, `<div class="teaser card-%d"><a href="/story/%d"><h3>Headline of another story, number %d</h3><p>Its first sentence, which says what it is about in some twenty words or a few more than that.</p></a></div>`, i, i, i)
		case 1:
			fmt.Fprintf(&page, `<script>window.slots = window.slots || []; slots.push({"id": %d, "size": [300, 250], "target": "%s"});</script>`, i, strings.Repeat("k", 120))
		case 2:
			fmt.Fprintf(&page, `<div class="comment" id="c%d"><p>What a reader thought of it, at some length and <b>not</b> always to the point &amp; with an entity.</p></div>`, i)
		default:
			page.WriteString(`<svg viewBox="0 0 24 24"><path d="M12 2 4 6v6c0 5 3.4 9.7 8 10 4.6-.3 8-5 8-10V6z"/></svg><ul class="menu"><li><a href="/a">A</a></li><li><a href="/b">B</a></li></ul>`)
		}
	}
	page.WriteString(`<div class="sidebar">`)
	page.Write(after)
	return page.Bytes()
}

func BenchmarkPage60KB(b *testing.B) {
	content := typicalPage(b, 60<<10)
	ref := cairn.RefOf(content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if d := Document(ref, content, cairn.Receipt{}); d.Text == "" {
			b.Fatal("no text")
		}
	}
}

func BenchmarkPlain10KB(b *testing.B) {
	content := []byte(strings.Repeat("Shells hit the mill of Marun on Monday, killing two. ", 200))
	ref := cairn.RefOf(content)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		Document(ref, content, cairn.Receipt{})
	}
}
