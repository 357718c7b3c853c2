package follow

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

const at = "https://marun.example/feed"

func addresses(all []Entry) string {
	var said []string
	for _, e := range all {
		said = append(said, strings.TrimSpace(e.Address+" "+e.Title+" "+string(e.Published)))
	}
	return strings.Join(said, "; ")
}

func TestFeeds(t *testing.T) {
	for _, test := range []struct{ name, feed, want string }{
		{"RSS", `<rss version="2.0"><channel><title>Marun</title><item><guid>1</guid><link>/a</link><title>A &lt;b&gt;strike&lt;/b&gt;</title><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate></item><item><guid>2</guid><link>https://selm.example/b#top</link></item></channel></rss>`,
			"https://marun.example/a A strike 2031-03-04; https://selm.example/b"},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="https://marun.example/a"/><title>A strike</title><published>2031-03-04T10:00:00Z</published></entry></feed>`, "https://marun.example/a A strike 2031-03-04"},
		{"JSON", `{"version":"https://jsonfeed.org/version/1","title":"Marun","items":[{"id":"1","url":"https://marun.example/a","title":"A strike","date_published":"2031-03-04T10:00:00Z"}]}`, "https://marun.example/a A strike 2031-03-04"},
		{"links that lead to no web", `<rss version="2.0"><channel><item><guid>1</guid><link>javascript:alert(1)</link><title>A</title></item><item><guid>2</guid><link>file:///etc/passwd</link><title>B</title></item></channel></rss>`, "A; B"},
		{"nothing in it", `<rss version="2.0"><channel></channel></rss>`, ""},
	} {
		all, err := Feed([]byte(test.feed), at)
		if got := addresses(all); err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %q", test.name, got, err, test.want)
		}
	}
	for _, wrong := range []string{"", "<html><p>No feed", "<rss><channel><item>"} {
		if all, err := Feed([]byte(wrong), at); err == nil {
			t.Errorf("%q: %v", wrong, all)
		}
	}
}

func TestAnEditedEntryHasAnotherMark(t *testing.T) {
	mark := func(item string) string {
		all, err := Feed([]byte(`<rss version="2.0"><channel><item>`+item+`</item></channel></rss>`), at)
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		return all[0].Mark
	}
	one := mark(`<guid>1</guid><link>/a</link><title>Seven killed</title>`)
	if mark(`<guid>1</guid><link>/a</link><title>Seven killed</title>`) != one {
		t.Error("the same entry has two marks")
	}
	for _, other := range []string{`<guid>1</guid><link>/a</link><title>Eight killed</title>`, `<guid>1</guid><link>/b</link><title>Seven killed</title>`, `<guid>2</guid><link>/a</link><title>Seven killed</title>`,
		`<guid>1</guid><link>/a</link><title>Seven killed</title><description>more</description>`, `<guid>1</guid><link>/a</link><title>Seven killed</title><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate>`} {
		if mark(other) == one {
			t.Errorf("%s has the mark of another", other)
		}
	}
}

func TestSitemaps(t *testing.T) {
	const map1 = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://marun.example/a </loc><lastmod>2031-03-04</lastmod></url><url><loc>ftp://x/y</loc></url></urlset>`
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(map1))
	z.Close()
	for _, content := range [][]byte{[]byte(map1), packed.Bytes()} {
		pages, more, err := Sitemap(content)
		if err != nil || addresses(pages) != "https://marun.example/a" || more != nil {
			t.Errorf("%q, %q, %v", addresses(pages), more, err)
		}
	}
	pages, more, err := Sitemap([]byte(`<sitemapindex><sitemap><loc>https://marun.example/s1.xml</loc></sitemap></sitemapindex>`))
	if err != nil || len(pages) != 0 || len(more) != 1 {
		t.Errorf("%v, %q, %v", pages, more, err)
	}
	for _, wrong := range []string{"", "<html></html>", "\x1f\x8bnot packed", "text"} {
		if _, _, err := Sitemap([]byte(wrong)); err == nil {
			t.Errorf("%q is taken for a sitemap", wrong)
		}
	}
}

func TestLinksOfAPage(t *testing.T) {
	const page = `<ul class="news"><li><a href="/a">A</a><li><a href="/a#top">A again</a><li><a href="b">B</a></ul><a href="/about">About</a><a class="more" href="mailto:x@y">M</a>`
	for selector, want := range map[string]string{
		".news":           "https://marun.example/a; https://marun.example/b",
		".news a":         "https://marun.example/a; https://marun.example/b",
		"a[href^='/abo']": "https://marun.example/about",
		".more":           "",
	} {
		all, err := Links([]byte(page), selector, at)
		if got := addresses(all); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", selector, got, err, want)
		}
	}
	if _, err := Links([]byte(page), "[[", at); err == nil {
		t.Error("a selector that is none is taken")
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss version="2.0"><channel><item><guid>1</guid><link>/a</link></item></channel></rss>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"}]}`))
	f.Add([]byte(`<urlset><url><loc>https://marun.example/a</loc></url></urlset>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		all, err := Feed(content, at)
		pages, _, _ := Sitemap(content)
		for _, e := range append(all, pages...) {
			if e.Mark == "" || e.Address != "" && !strings.HasPrefix(e.Address, "http") {
				t.Errorf("%+v, %v", e, err)
			}
		}
	})
}
