// Package follow reads what says that something new was published: feeds (RSS,
// Atom, JSON), sitemaps, and pages of links. It says of each thing where it
// stands and by which mark another version of it is told apart; whether it is
// new is not for it to say.
package follow

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"github.com/cairn-recorder/cairn"
)

// An Entry is one thing that a source names. Two entries with the same Mark say
// the same; an edited one has another.
type Entry struct {
	ID        string
	Address   string // where it stands; may be empty
	Title     string
	Text      string // as far as the source gives it, without tags
	Published cairn.Date
	Mark      string
}

// mostEntries is the most that is taken of one source at a time, and mostUnpacked
// the most bytes of a packed sitemap.
const (
	mostEntries  = 50_000
	mostUnpacked = 64 << 20
)

func (e *Entry) marked(more ...string) {
	e.Mark = cairn.RefOf([]byte(strings.Join(append([]string{e.ID, e.Address, e.Title, e.Text}, more...), "\x00"))).Short()
}

// Feed reads a feed that was found at an address.
func Feed(content []byte, address string) ([]Entry, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("no feed: %w", err)
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, item := range feed.Items {
		if len(all) == mostEntries {
			break
		}
		e := Entry{ID: item.GUID, Address: resolved(base, item.Link), Title: plain(item.Title), Text: plain(item.Content)}
		if e.Text == "" {
			e.Text = plain(item.Description)
		}
		if item.PublishedParsed != nil {
			e.Published = cairn.DayOf(*item.PublishedParsed)
		}
		e.marked(item.Updated, item.Published)
		all = append(all, e)
	}
	return all, nil
}

// resolved is the address that a link of a page at base leads to, "" for one
// that leads to none of the web.
func resolved(base *url.URL, link string) string {
	if link = strings.TrimSpace(link); link == "" {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// plain is the text of HTML.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(b.String())
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "p", "br", "div", "li", "h1", "h2", "h3":
				b.WriteByte('\n')
			}
		}
	}
}

// Sitemap reads a sitemap, packed or not: the pages that it names, and the other
// sitemaps.
func Sitemap(content []byte) (pages []Entry, sitemaps []string, err error) {
	if content, err = unpacked(content); err != nil {
		return nil, nil, fmt.Errorf("no sitemap: %w", err)
	}
	var all struct {
		XMLName xml.Name
		URLs    []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
		} `xml:"url"`
		Sitemaps []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
	}
	d := xml.NewDecoder(bytes.NewReader(content))
	d.Strict = false
	if err := d.Decode(&all); err != nil {
		return nil, nil, fmt.Errorf("no sitemap: %w", err)
	}
	if all.XMLName.Local != "urlset" && all.XMLName.Local != "sitemapindex" {
		return nil, nil, errors.New("no sitemap: it begins with " + all.XMLName.Local)
	}
	none := &url.URL{}
	for _, u := range all.URLs {
		if address := resolved(none, u.Loc); address != "" && len(pages) < mostEntries {
			e := Entry{ID: address, Address: address}
			e.marked(strings.TrimSpace(u.Lastmod))
			pages = append(pages, e)
		}
	}
	for _, s := range all.Sitemaps {
		if address := resolved(none, s.Loc); address != "" {
			sitemaps = append(sitemaps, address)
		}
	}
	return pages, sitemaps, nil
}

func unpacked(content []byte) ([]byte, error) {
	if !bytes.HasPrefix(content, []byte{0x1f, 0x8b}) {
		return content, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	whole, err := io.ReadAll(io.LimitReader(z, mostUnpacked+1))
	if err == nil && len(whole) > mostUnpacked {
		err = fmt.Errorf("more than %d MiB", mostUnpacked>>20)
	}
	return whole, err
}

// Links reads the links of a page that a selector of CSS chooses, or that stand
// within what it chooses. A selector that is none is a [cairn.Invalid].
func Links(content []byte, selector, address string) ([]Entry, error) {
	chosen, err := cascadia.ParseGroup(selector)
	if err != nil {
		return nil, cairn.Invalid{Field: "selector", Reason: err.Error()}
	}
	page, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	var all []Entry
	seen := map[string]bool{}
	for _, node := range cascadia.QueryAll(page, chosen) {
		for _, a := range append([]*html.Node{node}, cascadia.QueryAll(node, cascadia.MustCompile("a[href]"))...) {
			e := Entry{Address: resolved(base, href(a))}
			if e.Address == "" || seen[e.Address] || len(all) == mostEntries {
				continue
			}
			seen[e.Address] = true
			e.ID = e.Address
			e.marked()
			all = append(all, e)
		}
	}
	return all, nil
}

func href(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "href" {
			return a.Val
		}
	}
	return ""
}

// Document is what an entry says by itself, as a document of the command-line
// contract; nil where it has no words.
func (e Entry) Document() []byte {
	if e.Text == "" {
		return nil
	}
	line, err := json.Marshal(struct {
		ID        string     `json:"id"`
		Text      string     `json:"text"`
		Title     string     `json:"title,omitempty"`
		Published cairn.Date `json:"published,omitempty"`
	}{"feed-" + cairn.RefOf([]byte(e.ID+"\x00"+e.Title+"\x00"+e.Text)).Short(), e.Text, e.Title, e.Published})
	if err != nil {
		return nil
	}
	return line
}
