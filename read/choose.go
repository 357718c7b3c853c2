package read

import (
	"strings"
	"unicode"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// passingNames are what pages call their parts that are not the report: words of
// a class, an id, a role or a label.
var passingNames = names(`nav navbar navigation menu submenu breadcrumb breadcrumbs cookie cookies consent gdpr cmp related relateds
	recommended recommendation recommendations recirc popular trending mostread newsletter subscribe subscription signup share sharing
	sharebar social socials comment comments commentlist disqus respond replies sidebar advert adverts advertisement ads sponsor sponsored
	promo promos promotion teaser teasers outbrain taboola popup modal overlay toolbar pagination pager tags taglist topics
	authorbio readmore alsoread skiplink masthead copyright footer widget widgets paywall complementary contentinfo search login
	dialog alertdialog ticker donate correction-form byline-bio up-next upnext carousel`)

// passingPairs are names of two words, as in more-stories.
var passingPairs = []string{"more-stories", "more-news", "more-from", "most-read", "read-more", "read-next", "also-read", "you-may",
	"see-also", "author-bio", "about-author", "skip-link", "tag-list", "site-header", "site-footer", "page-header-top", "top-bar", "related-stories",
	"in-other", "latest-news", "breaking-news-bar"}

func names(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// passingParts returns the elements that are called, or are, a part of the page
// that is not the report. What holds the headline is never one.
func passingParts(root *dom.Node) map[*dom.Node]bool {
	parts := map[*dom.Node]bool{}
	var walk func(node *dom.Node) (headline bool)
	walk = func(node *dom.Node) bool {
		headline := node.DataAtom == atom.H1
		for child := range node.ChildNodes() {
			headline = walk(child) || headline
		}
		if !headline && node.Type == dom.ElementNode && namedPassing(node) {
			parts[node] = true
		}
		return headline
	}
	walk(root)
	return parts
}

func namedPassing(node *dom.Node) bool {
	switch node.DataAtom {
	case atom.Html, atom.Body, atom.Main:
		return false
	case atom.Nav, atom.Footer, atom.Aside, atom.Menu, atom.Dialog:
		return true
	}
	if attribute(node, "itemprop") == "articleBody" {
		return false
	}
	for _, a := range node.Attr {
		switch a.Key {
		case "class", "id", "role", "aria-label", "data-component", "data-testid":
		default:
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			if passingName(hyphened(name)) {
				return true
			}
		}
	}
	return false
}

// hyphened writes a name as lower-case words with hyphens between them.
func hyphened(name string) string {
	var b strings.Builder
	before := ' '
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = '-'
		case unicode.IsUpper(r) && unicode.IsLower(before):
			b.WriteByte('-')
		}
		before = r
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(b.String(), "-")
}

func passingName(name string) bool {
	for _, pair := range passingPairs {
		if strings.Contains("-"+name+"-", "-"+pair) {
			return true
		}
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' })
	for i, word := range words {
		// has-sidebar, no-comments and with-ads say of a part what is in it.
		if i > 0 && (words[i-1] == "has" || words[i-1] == "no" || words[i-1] == "with" || words[i-1] == "without") {
			continue
		}
		if passingNames[word] {
			return true
		}
	}
	return false
}

// The bounds of what may be a paragraph of a report.
const (
	mostLinked   = 0.35 // share of a paragraph's words that may be links
	leastText    = 25   // words, under which readability is taken to have failed
	leastShare   = 0.3  // share of the kept words that makes a container the main one
	mostAbove    = 5    // levels between a block and the container it belongs to
	leastOfHeard = 4    // words of a block that is taken in beside kept ones
	mostHeads    = 60   // blocks at the head of a report that may be credits
)

// choose decides which blocks are the main text. What readability chose is
// checked (menus, boxes and comments go) and repaired: what stands beside kept
// paragraphs in the same container, or in another one of the same kind, comes
// back.
func choose(blocks []*block, chosen map[int]bool, facts facts) {
	behind := false
	for _, b := range blocks {
		b.after = behind
		behind = behind || b.heading() == 1
		n := 0
		for _, p := range b.pieces {
			if chosen[p.token] {
				n++
			}
		}
		b.chosen = float64(n) / float64(len(b.pieces))
		b.keep = b.chosen >= 0.5 && !b.passing && (b.linkShare() < mostLinked || b.cell != nil || b.words > 60)
	}
	if kept(blocks) < leastText || kept(blocks)*5 < fullest(blocks).words*2 {
		byOwnCount(blocks)
	}
	takeIn(blocks)
	trim(blocks, facts)
	if kept(blocks) == 0 {
		for _, b := range blocks {
			b.keep = !b.passing && b.node != nil
		}
	}
}

func kept(blocks []*block) (words int) {
	for _, b := range blocks {
		if b.keep {
			words += b.words
		}
	}
	return words
}

func (b *block) prose() bool {
	return !b.passing && b.linkShare() < mostLinked && (b.words >= leastOfHeard || b.heading() > 0 || b.cell != nil)
}

// A container is an element and the words of prose in it, close by.
type container struct {
	node  *dom.Node
	words int
}

// fullest returns the element with the most prose right within it; the words of
// the paragraphs of its children count half.
func fullest(blocks []*block) container {
	score := map[*dom.Node]int{}
	var order []*dom.Node
	add := func(node *dom.Node, words int) {
		if node == nil || node.Type != dom.ElementNode {
			return
		}
		if _, ok := score[node]; !ok {
			order = append(order, node)
		}
		score[node] += words
	}
	for _, b := range blocks {
		if b.node == nil || !b.prose() {
			continue
		}
		parent := b.node
		if b.node.DataAtom == atom.P || b.node.DataAtom == atom.Li || b.heading() > 0 || b.node.DataAtom == atom.Blockquote {
			parent = b.node.Parent
		}
		if b.cell != nil {
			parent = around(b.node, atom.Table)
		}
		add(parent, b.words)
		if parent != nil {
			add(parent.Parent, b.words/2)
		}
	}
	var best container
	for _, node := range order {
		if score[node] > best.words {
			best = container{node, score[node]}
		}
	}
	return best
}

// around returns what holds the nearest element of a kind about node, or node
// itself where there is none.
func around(node *dom.Node, kind atom.Atom) *dom.Node {
	for n := node; n != nil; n = n.Parent {
		if n.DataAtom == kind {
			return n.Parent
		}
	}
	return node
}

// byOwnCount keeps what is in the fullest container, where readability failed.
func byOwnCount(blocks []*block) {
	best := fullest(blocks)
	for _, b := range blocks {
		b.keep = b.prose() && within(b.node, best.node, 1<<10)
	}
}

func within(node, container *dom.Node, most int) bool {
	for ; node != nil && most >= 0; node, most = node.Parent, most-1 {
		if node == container {
			return true
		}
	}
	return false
}

// takeIn keeps the prose that stands in the containers of what is kept.
func takeIn(blocks []*block) {
	words, all := map[*dom.Node]int{}, 0
	for _, b := range blocks {
		if b.keep && b.node != nil {
			all += b.words
			words[b.node.Parent] += b.words
		}
	}
	main := map[*dom.Node]bool{}
	for node, n := range words {
		if node == nil || node.DataAtom == atom.Body || node.DataAtom == atom.Html {
			continue
		}
		if float64(n) >= leastShare*float64(all) {
			main[node] = true
		}
		if float64(n) >= leastShare/3*float64(all) {
			for _, alike := range alikes(node) {
				main[alike] = true
			}
		}
	}
	for _, b := range blocks {
		if b.keep || b.node == nil || !b.prose() {
			continue
		}
		for node, most := b.node.Parent, mostAbove; node != nil && most > 0 && !b.keep; node, most = node.Parent, most-1 {
			b.keep = main[node]
		}
	}
}

// alikes returns the neighbours of node that are of its kind, as the posts of a
// live page are.
func alikes(node *dom.Node) (alike []*dom.Node) {
	if node.Parent == nil || node.DataAtom == atom.Td {
		return nil
	}
	class := attribute(node, "class")
	for n := range node.Parent.ChildNodes() {
		if n != node && n.Type == dom.ElementNode && n.DataAtom == node.DataAtom && attribute(n, "class") == class &&
			(class != "" || node.DataAtom == atom.Article || node.DataAtom == atom.Section) {
			alike = append(alike, n)
		}
	}
	return alike
}

// trim drops what a report's own container holds beside the report: its
// headline, author and date, headings with nothing beneath, and lines that only
// lead elsewhere.
func trim(blocks []*block, facts facts) {
	begun, heads := false, 0
	for i, b := range blocks {
		if !b.keep {
			continue
		}
		text := b.text
		switch {
		case b.heading() == 1 && (facts.title == "" || alike(text, facts.title)),
			b.heading() > 0 && !begun && alike(text, facts.title),
			b.cell == nil && b.words <= 15 && leadsElsewhere(b, text),
			!begun && b.words <= shortBlock && heads < mostHeads && isCredit(b, text, facts):
			b.keep = false
		case b.heading() > 0 && !headsText(blocks[i+1:], b.heading()):
			b.keep = false
		}
		begun = begun || b.keep && b.words >= 12
		heads++
	}
}

// headsText reports whether anything kept follows a heading before one of its
// own rank.
func headsText(rest []*block, rank int) bool {
	for _, b := range rest {
		if h := b.heading(); h > 0 && h <= rank {
			return false
		}
		if b.keep && b.heading() == 0 {
			return true
		}
		if !b.keep && b.words > 0 && b.passing {
			return false
		}
	}
	return false
}

// alike reports whether two headlines say the same, apart from case and marks.
func alike(a, b string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	a, b = letters(a), letters(b)
	return a != "" && (a == b || len(a) > 20 && strings.HasPrefix(b, a) || len(b) > 20 && strings.HasPrefix(a, b))
}
