package read

import (
	"net/url"
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"github.com/cairn-recorder/cairn"
)

// facts are what a page says of itself.
type facts struct {
	title, byline, publisher, address, language string
	published                                   cairn.Date
}

// Where pages state a fact in a meta element, the surest first.
var (
	dateNames = []string{"article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued",
		"dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "citation_publication_date", "sailthru.date",
		"publication_date", "publish-date", "publishdate", "pubdate", "article.published", "date", "og:published_time", "cxenseparse:recs:publishtime",
		"datecreated", "article_date_original", "created"}
	titleNames     = []string{"og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "citation_title"}
	bylineNames    = []string{"author", "article:author_name", "parsely-author", "dc.creator", "dcterms.creator", "byl", "sailthru.author", "citation_author", "article:author"}
	publisherNames = []string{"og:site_name", "dc.publisher", "dcterms.publisher", "application-name", "publisher", "citation_journal_title"}
	languageNames  = []string{"content-language", "dc.language", "dcterms.language", "inlanguage", "og:locale"}
)

// pageFacts gathers what a page says of itself, in the order in which pages can
// be trusted: linked data on the article, meta elements, marked-up elements, and
// last the words and the address.
func pageFacts(h hypertext, address string) facts {
	e := gather(h)
	f := e.linked(address)
	f.title = firstOf(f.title, e.meta(titleNames), e.headline, e.title)
	f.publisher = firstOf(f.publisher, e.meta(publisherNames))
	f.title = withoutSite(f.title, f.publisher, e.headline)
	f.byline = byline(firstOf(f.byline, e.meta(bylineNames), e.props["author"], e.byline))
	f.language = languageTag(firstOf(e.language, e.meta(languageNames), f.language))
	f.address = resolve(address, firstOf(e.canonical, e.metas["og:url"], f.address))
	american := f.language == "en-US"
	if !f.published.Known() {
		f.published = e.date(american, address)
	}
	return f
}

// elements are the parts of a page that state facts.
type elements struct {
	passing   map[*dom.Node]bool
	metas     map[string]string
	props     map[string]string // by itemprop
	scripts   []string          // linked data
	times     []stated
	title     string
	headline  string
	byline    string
	language  string
	canonical string
	credits   []string // short lines about the headline
}

// stated is a date that an element states, and how near to the report it is.
type stated struct {
	text string
	rank int // 0 is nearest
}

func gather(h hypertext) elements {
	e := elements{passing: h.passing, metas: map[string]string{}, props: map[string]string{}}
	for node := range h.root.Descendants() {
		if node.Type != dom.ElementNode {
			continue
		}
		e.element(node)
	}
	return e
}

func (e *elements) element(node *dom.Node) {
	switch node.DataAtom {
	case atom.Html:
		e.language = firstOf(attribute(node, "lang"), attribute(node, "xml:lang"))
	case atom.Meta:
		e.metaElement(node)
	case atom.Title:
		if e.title == "" && node.Parent != nil && node.Parent.DataAtom == atom.Head {
			e.title = collapse(unmarked(rawText(node)))
		}
	case atom.Link:
		if strings.EqualFold(attribute(node, "rel"), "canonical") && e.canonical == "" {
			e.canonical = attribute(node, "href")
		}
	case atom.Script:
		if strings.HasPrefix(strings.ToLower(attribute(node, "type")), "application/ld+json") {
			e.scripts = append(e.scripts, rawText(node))
		}
	case atom.H1:
		if e.headline == "" && !e.aside(node) {
			e.headline = innerText(node)
		}
	case atom.Time:
		e.time(node)
	default:
		e.marked(node)
	}
	if prop := attribute(node, "itemprop"); prop != "" && node.DataAtom != atom.Meta && !e.aside(node) {
		e.prop(strings.ToLower(prop), firstOf(attribute(node, "content"), attribute(node, "datetime"), innerText(node)))
	}
}

func (e *elements) metaElement(node *dom.Node) {
	content := strings.TrimSpace(attribute(node, "content"))
	for _, key := range []string{"property", "name", "http-equiv"} {
		if name := strings.ToLower(attribute(node, key)); name != "" && e.metas[name] == "" {
			e.metas[name] = content
		}
	}
	if prop := attribute(node, "itemprop"); prop != "" && !e.aside(node) {
		e.prop(strings.ToLower(prop), content)
	}
}

func (e *elements) prop(name, value string) {
	if e.props[name] == "" {
		e.props[name] = value
	}
}

func (e *elements) time(node *dom.Node) {
	rank := 2
	switch {
	case e.aside(node):
		rank = 9
	case strings.EqualFold(attribute(node, "itemprop"), "dateModified"), strings.Contains(strings.ToLower(attribute(node, "class")), "updat"),
		strings.Contains(strings.ToLower(attribute(node, "class")), "modif"):
		rank = 5
	case strings.EqualFold(attribute(node, "itemprop"), "datePublished"):
		rank = 0
	case hasAttribute(node, "pubdate"), strings.Contains(strings.ToLower(attribute(node, "class")), "publish"):
		rank = 1
	case e.headline == "":
		rank = 3
	}
	e.times = append(e.times, stated{firstOf(attribute(node, "datetime"), innerText(node)), rank})
}

// marked takes what the class of an element says is the author or the date.
func (e *elements) marked(node *dom.Node) {
	class := attribute(node, "class") + " " + attribute(node, "id") + " " + attribute(node, "rel")
	if !credited(class) || e.aside(node) {
		return
	}
	text := innerText(node)
	if len(text) > 200 {
		return
	}
	if len(text) > 0 {
		e.credits = append(e.credits, text)
	}
	lower := strings.ToLower(class)
	if e.byline == "" && (strings.Contains(lower, "byline") || strings.Contains(lower, "author")) && len(text) < 100 {
		e.byline = text
	}
}

func hasAttribute(node *dom.Node, key string) bool {
	for _, a := range node.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// aside reports whether node stands in a part of the page that is not the
// report.
func (e *elements) aside(node *dom.Node) bool {
	for ; node != nil; node = node.Parent {
		if e.passing[node] {
			return true
		}
	}
	return false
}

func rawText(node *dom.Node) string {
	var b strings.Builder
	for n := range node.ChildNodes() {
		b.WriteString(n.Data)
	}
	return b.String()
}

func (e *elements) meta(names []string) string {
	for _, name := range names {
		if value := collapse(e.metas[name]); value != "" && !strings.HasPrefix(value, "http") {
			return value
		}
	}
	return ""
}

var addressDay = regexp.MustCompile(`/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)(?:[/-]|$)`)

// date returns the day of publication: from meta elements, marked-up ones, times
// near the headline, the address, and last from what stands about the headline.
func (e *elements) date(american bool, address string) cairn.Date {
	for _, name := range dateNames {
		if d := stamp(e.metas[name], american); d.Known() {
			return d
		}
	}
	if d := stamp(e.props["datepublished"], american); d.Known() {
		return d
	}
	if d := e.bestTime(3, american); d.Known() {
		return d
	}
	if m := addressDay.FindStringSubmatch(strings.ToLower(firstOf(e.canonical, address))); m != nil {
		if d := dayOf(m[1], m[2], m[3]); d.Known() {
			return d
		}
	}
	for _, text := range e.credits {
		if d := dateIn(text, american); d.Known() {
			return d
		}
	}
	if d := e.bestTime(5, american); d.Known() {
		return d
	}
	return e.onlyTime(american)
}

// onlyTime returns the day that every time on the page names.
func (e *elements) onlyTime(american bool) (only cairn.Date) {
	for _, t := range e.times {
		d := stamp(t.text, american)
		if !d.Known() || only.Known() && d != only {
			return ""
		}
		only = d
	}
	return only
}

func (e *elements) bestTime(most int, american bool) cairn.Date {
	var best cairn.Date
	for _, t := range e.times {
		if t.rank > most {
			continue
		}
		if d := stamp(t.text, american); d.Known() {
			best, most = d, t.rank-1
		}
	}
	return best
}

var bylinePrefix = regexp.MustCompile(`(?i)^\s*(?:by|written by|reporting by|por|автор:?|бы|текст:|بقلم:?|كتب:?|إعداد:?)\s+`)

// byline returns an author's name without what introduces it.
func byline(s string) string {
	s = collapse(bylinePrefix.ReplaceAllString(s, ""))
	for _, end := range []string{" | ", " • ", " · ", " — "} {
		s, _, _ = strings.Cut(s, end)
	}
	return strings.Trim(s, " ,|-")
}

// withoutSite cuts the name of the site off a title.
func withoutSite(title, site, headline string) string {
	title = collapse(title)
	if headline != "" && strings.HasPrefix(title, headline) {
		return headline
	}
	for _, mark := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " • "} {
		if i := strings.LastIndex(title, mark); i > 0 {
			if end := title[i+len(mark):]; site != "" && alike(end, site) || headline != "" && alike(title[:i], headline) {
				return title[:i]
			}
		}
	}
	return title
}

// languageTag returns s as a BCP 47 tag, "" where it is none.
func languageTag(s string) string {
	s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), ",")
	tag, err := language.Parse(strings.TrimSpace(s))
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// resolve returns the canonical address of a page found at base.
func resolve(base, address string) string {
	at, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		at = b.ResolveReference(at)
	}
	if at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return ""
	}
	return at.String()
}
