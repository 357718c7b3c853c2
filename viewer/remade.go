package viewer

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// dropped are the elements that go with all that is in them.
var dropped = map[string]bool{"script": true, "template": true, "iframe": true, "frame": true, "frameset": true, "object": true, "embed": true,
	"applet": true, "portal": true, "fencedframe": true, "base": true, "meta": true, "svg": true, "math": true, "noembed": true, "noframes": true}

// kept are the attributes that stay as they are. None of them loads, runs or leads
// anywhere.
var kept = []string{"class", "id", "title", "alt", "dir", "lang", "width", "height", "colspan", "rowspan", "span", "scope", "headers", "align", "valign", "bgcolor", "color",
	"border", "cellpadding", "cellspacing", "face", "size", "start", "type", "value", "datetime", "cite", "open", "hidden", "role", "media", "controls", "loop", "muted", "rows", "cols",
	"placeholder", "disabled", "checked", "selected", "label", "reversed", "nowrap", "clear", "hspace", "vspace"}

// loads are the attributes that load something, by element.
var loads = map[string][]string{"img": {"src", "srcset"}, "source": {"src", "srcset"}, "video": {"src", "poster"}, "audio": {"src"}, "track": {"src"},
	"input": {"src"}, "body": {"background"}, "table": {"background"}, "td": {"background"}, "th": {"background"}}

// parts writes where the archive is asked for what a page is made with.
type parts struct {
	base     *url.URL
	document string
	secret   []byte
}

func (v viewing) parts(p Page, document string) parts {
	base, err := url.Parse(p.Address)
	if err != nil {
		base = &url.URL{}
	}
	return parts{base, document, v.secret}
}

// of returns the address of a part, "" for what stands in no archive.
func (p parts) of(reference string) string {
	u, err := p.base.Parse(strings.TrimSpace(reference))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment = ""
	asked := url.Values{"of": {u.String()}, "seal": {p.seal(u.String())}}
	return "/parts/" + url.PathEscape(p.document) + "?" + asked.Encode()
}

// seal shows that a page which was shown asks for an address.
func (p parts) seal(address string) string {
	h := hmac.New(sha256.New, p.secret)
	h.Write([]byte(p.document + "\x00" + address))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// based takes over what a page says its addresses are relative to.
func (p *parts) based(node *html.Node) {
	for n := range node.Descendants() {
		if n.Type == html.ElementNode && n.Data == "base" {
			if u, err := p.base.Parse(attribute(n, "href")); err == nil && attribute(n, "href") != "" {
				p.base = u
			}
			return
		}
	}
}

// remade makes a page anew of what may be shown of it.
func remade(page Page, p parts) []byte {
	tree, err := html.Parse(bytes.NewReader(decoded(page)))
	if err != nil {
		return []byte("the page cannot be taken apart")
	}
	p.based(tree)
	p.clean(tree)
	var out bytes.Buffer
	if err := html.Render(&out, tree); err != nil {
		return []byte("the page cannot be put together again")
	}
	return out.Bytes()
}

// clean takes out of node what may not be shown.
func (p parts) clean(node *html.Node) {
	for child := node.FirstChild; child != nil; {
		next := child.NextSibling
		switch {
		case child.Type == html.CommentNode || child.Type == html.ElementNode && p.drops(child):
			node.RemoveChild(child)
		case child.Type == html.ElementNode && child.Data == "noscript":
			unwrapped(node, child)
			next = child.NextSibling
			node.RemoveChild(child)
		default:
			p.element(child)
			p.clean(child)
		}
		child = next
	}
}

// unwrapped puts what a page shows without scripts before the element that held
// it, parsed, to be cleaned in its turn.
func unwrapped(node, noscript *html.Node) {
	var text strings.Builder
	for n := range noscript.Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
	}
	inside, err := html.ParseFragment(strings.NewReader(text.String()), &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"})
	if err != nil {
		return
	}
	holder := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
	for _, n := range inside {
		holder.AppendChild(n)
	}
	node.InsertBefore(holder, noscript.NextSibling)
}

// drops reports whether an element goes; the only links that stay are those of
// style sheets.
func (p parts) drops(n *html.Node) bool {
	if n.Data == "link" {
		rel := strings.Fields(strings.ToLower(attribute(n, "rel")))
		return !slices.Contains(rel, "stylesheet") || p.of(attribute(n, "href")) == ""
	}
	return dropped[n.Data] || n.Namespace != ""
}

// element keeps of an element the attributes that may stay.
func (p parts) element(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	switch n.Data {
	case "xmp", "plaintext", "listing": // whose text is no markup, and is to stay none
		n.Data, n.DataAtom = "pre", atom.Pre
	case "style":
		for c := range n.ChildNodes() {
			c.Data = styled(c.Data, p)
		}
	}
	var stay []html.Attribute
	for _, a := range n.Attr {
		switch {
		case a.Namespace != "":
		case slices.Contains(kept, a.Key):
			stay = append(stay, a)
		case a.Key == "style":
			stay = append(stay, html.Attribute{Key: "style", Val: styled(a.Val, p)})
		case a.Key == "href" && n.Data == "link":
			stay = append(stay, html.Attribute{Key: "rel", Val: "stylesheet"}, html.Attribute{Key: "href", Val: p.of(a.Val)})
		case a.Key == "href" && (n.Data == "a" || n.Data == "area"):
			stay = append(stay, html.Attribute{Key: "data-led-to", Val: a.Val})
		case slices.Contains(loads[n.Data], a.Key):
			stay = append(stay, html.Attribute{Key: a.Key, Val: p.loaded(a)})
		}
	}
	n.Attr = stay
}

// loaded returns what an attribute loads, from the archive.
func (p parts) loaded(a html.Attribute) string {
	if a.Key != "srcset" {
		return p.of(a.Val)
	}
	var all []string
	for candidate := range strings.SplitSeq(a.Val, ", ") {
		fields := strings.Fields(candidate)
		if len(fields) == 0 {
			continue
		}
		if fields[0] = p.of(fields[0]); fields[0] != "" {
			all = append(all, strings.Join(fields, " "))
		}
	}
	return strings.Join(all, ", ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
