package warc

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Needs returns the addresses that a browser goes to by itself to show the page
// or style sheet that stands at address, as far as its text shows them.
func Needs(address, media string, content []byte) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	switch {
	case strings.HasPrefix(media, "text/html"):
		return resolved(base, pageNeeds(content))
	case strings.HasPrefix(media, "text/css"):
		return resolved(base, styleNeeds(string(content)))
	}
	return nil
}

func resolved(base *url.URL, addresses []string) []string {
	var all []string
	for _, a := range addresses {
		if u, err := base.Parse(strings.TrimSpace(a)); err == nil && u.Scheme != "data" {
			u.Fragment = ""
			all = append(all, u.String())
		}
	}
	return all
}

// needing are the attributes whose address a browser goes to by itself.
var needing = map[string]bool{"src": true, "poster": true, "data-src": true, "background": true}

var styleURL = regexp.MustCompile(`(?i)(?:url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["'])`)

func styleNeeds(style string) []string {
	var all []string
	for _, m := range styleURL.FindAllStringSubmatch(style, -1) {
		all = append(all, m[1]+m[2])
	}
	return all
}

// pageNeeds returns the addresses that a page loads by itself.
func pageNeeds(page []byte) []string {
	var all []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.TextToken:
			all = append(all, styleNeeds(string(z.Raw()))...)
		case html.StartTagToken, html.SelfClosingTagToken:
			all = append(all, tagNeeds(z.Token())...)
		}
	}
}

func tagNeeds(t html.Token) []string {
	var all []string
	for _, a := range t.Attr {
		switch {
		case needing[a.Key], t.Data == "link" && a.Key == "href", t.Data == "object" && a.Key == "data":
			all = append(all, a.Val)
		case a.Key == "srcset" || a.Key == "imagesrcset":
			for part := range strings.SplitSeq(a.Val, ",") {
				address, _, _ := strings.Cut(strings.TrimSpace(part), " ")
				all = append(all, address)
			}
		case a.Key == "style":
			all = append(all, styleNeeds(a.Val)...)
		}
	}
	return all
}
