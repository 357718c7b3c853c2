package read

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/cairn-recorder/cairn"
)

const (
	mostPage     = 16 << 20 // bytes of a page that are read
	mostElements = 30_000   // of a page that readability is asked about
	mostWeight   = 64 << 20 // bytes of text times their depth, beyond which it is not asked
)

// page reads an HTML page: its main text, without menus, boxes and comments,
// and what it says of itself.
func page(l layer, address string) cairn.Document {
	if len(l.text) > mostPage {
		return problem(mediumPage, cairn.TooMuch, "a page of more than 16 MiB")
	}
	h, flat, err := parsePage(l)
	if err != nil {
		return problem(mediumPage, cairn.Broken, "the page cannot be taken apart: "+err.Error())
	}
	facts := pageFacts(h, address)
	blocks := h.blocks()
	choose(blocks, h.chosen(address), facts)
	w := writer{layer: l}
	for _, b := range blocks {
		if b.keep {
			h.write(&w, b)
		}
	}
	d := w.document(mediumPage)
	d.Title, d.Byline, d.Source, d.URL = facts.title, facts.byline, facts.publisher, facts.address
	d.Published, d.Language = facts.published, facts.language
	if flat {
		note(&d, cairn.Broken, "its elements are nested too deep, so that menus may stand in its text")
	}
	return d
}

// A token is a run of text between two tags, by its offsets in the layer.
type token struct{ start, end int }

// hypertext is a parsed page whose words are known by where they stand in the
// bytes. The tokens carry a mark through the parser, and through readability,
// which tells afterwards which ones were kept and where they went.
type hypertext struct {
	layer  layer
	tokens []token
	root   *html.Node

	passing map[*html.Node]bool // the parts that are not the report
}

// A mark is a letter of private use, the number of the token in letters of
// private use, and another letter.
const (
	markOpen  = '\uE000'
	markShut  = '\uE001'
	markDigit = '\uE100' // to U+E1FF
)

// parsePage parses a page; one whose tags are nested deeper than any parser
// follows is parsed without those that nest.
func parsePage(l layer) (h hypertext, flat bool, err error) {
	h, marked := markTokens(l, false)
	root, err := html.Parse(bytes.NewReader(marked))
	if err != nil {
		flat = true
		h, marked = markTokens(l, true)
		root, err = html.Parse(bytes.NewReader(marked))
	}
	if err != nil {
		return h, flat, err
	}
	h.root, h.passing = root, passingParts(root)
	return h, flat, nil
}

// markTokens numbers the runs of text of a page and returns it with their marks
// in their places; flat, only with the tags that do not nest.
func markTokens(l layer, flat bool) (h hypertext, marked []byte) {
	h.layer = l
	marked = make([]byte, 0, len(l.text)+len(l.text)/4)
	z := html.NewTokenizer(bytes.NewReader(l.text))
	at, raw := 0, false
	for {
		kind := z.Next()
		piece := z.Raw()
		if kind == html.ErrorToken {
			return h, marked
		}
		size := len(piece)
		skip := leadingSpace(piece)
		if kind == html.TextToken && !raw && skip < len(piece) {
			marked = append(marked, piece[:skip]...)
			marked = appendMark(marked, len(h.tokens))
			h.tokens = append(h.tokens, token{at + skip, at + size})
			piece = bytes.ReplaceAll(piece[skip:], []byte(string(markOpen)), []byte("\uFFFD"))
		}
		raw = false
		if kind == html.StartTagToken || kind == html.EndTagToken {
			name, _ := z.TagName()
			raw = kind == html.StartTagToken && isRaw(name)
			if flat && !nestless[string(name)] {
				piece = []byte("<br><br>")
			}
		}
		marked = append(marked, piece...)
		at += size
	}
}

// nestless are the elements of a page that do not nest.
var nestless = names(`html head body title meta link script style p br h1 h2 h3 h4 h5 h6 noscript textarea iframe noembed noframes xmp`)

// isRaw reports whether the text behind a tag is not of the page.
func isRaw(name []byte) bool {
	switch string(name) {
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext":
		return true
	}
	return false
}

func appendMark(to []byte, n int) []byte {
	to = utf8.AppendRune(to, markOpen)
	shift := 0
	for n>>shift > 0xFF {
		shift += 8
	}
	for ; shift >= 0; shift -= 8 {
		to = utf8.AppendRune(to, markDigit+rune(n>>shift&0xFF))
	}
	return utf8.AppendRune(to, markShut)
}

// marks calls space for white space and word for the number of each token in
// the text of a node.
func (h hypertext) marks(text string, space func(), word func(int)) {
	for text != "" {
		before, rest, found := strings.Cut(text, string(markOpen))
		if r, _ := utf8.DecodeLastRuneInString(before); before != "" && isSpace(r) {
			space()
		}
		if !found {
			return
		}
		n := 0
		for rest != "" {
			r, size := utf8.DecodeRuneInString(rest)
			rest = rest[size:]
			if r < markDigit || r > markDigit+0xFF || n > len(h.tokens) {
				break
			}
			n = n<<8 | int(r-markDigit)
		}
		if n < len(h.tokens) {
			word(n)
		}
		text = rest
	}
}

// unmarked returns the text of a node without its marks.
func unmarked(text string) string {
	if !strings.ContainsRune(text, markOpen) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == markOpen || r == markShut || r >= markDigit && r <= markDigit+0xFF {
			return -1
		}
		return r
	}, text)
}

// report returns a copy of a node without what is not the report and what nobody
// reads as text, which readability need not weigh.
func (h hypertext) report(node *html.Node) *html.Node {
	kept := &html.Node{Type: node.Type, DataAtom: node.DataAtom, Data: node.Data, Namespace: node.Namespace, Attr: slices.Clone(node.Attr)}
	for child := range node.ChildNodes() {
		if child.Type == html.CommentNode || h.passing[child] || child.DataAtom != atom.Head && child.DataAtom != atom.Title && skipped(child) {
			continue
		}
		kept.AppendChild(h.report(child))
	}
	return kept
}

// weight is the length of each text times the number of elements that it stands
// in, which is what readability counts over and over.
func (h hypertext) weight(node *html.Node, depth int) (weight int) {
	for child := range node.ChildNodes() {
		if child.Type == html.TextNode {
			weight += len(child.Data) * depth
			continue
		}
		weight += h.weight(child, depth+1)
	}
	return weight
}

// chosen asks readability which tokens are of the main text. It may fall over on
// a page made to that end, and then chooses nothing.
func (h hypertext) chosen(address string) (tokens map[int]bool) {
	tokens = map[int]bool{}
	defer func() {
		if recover() != nil {
			clear(tokens)
		}
	}()
	at, err := url.Parse(address)
	if err != nil || address == "" {
		at = &url.URL{Scheme: "https", Host: "page.invalid"}
	}
	if h.weight(h.root, 0) > mostWeight {
		return tokens
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = mostElements
	parser.DisableJSONLD = true
	article, err := parser.ParseAndMutate(h.report(h.root), at)
	if err != nil || article.Node == nil {
		return tokens
	}
	for node := range article.Node.Descendants() {
		if node.Type == html.TextNode {
			h.marks(node.Data, func() {}, func(n int) { tokens[n] = true })
		}
	}
	return tokens
}
