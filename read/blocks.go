package read

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/cairn-recorder/cairn"
)

// A block is a paragraph, heading, entry or cell of a page: words that run on
// without a break.
type block struct {
	node    *dom.Node // the element that it stands in
	pieces  []piece
	words   int
	text    string // the words of a short one
	linked  int    // of its words, those in links
	cell    *tableCell
	keep    bool
	chosen  float64 // share of its words that readability chose
	passing bool    // within a menu, a box, the comments and the like
	after   bool    // behind the headline of the page
}

// A piece is a token of a block and what stands before it.
type piece struct {
	token int
	space string // "", " " or "\n"
}

// A tableCell is where a block stands in a table of data, each from 1.
type tableCell struct{ table, row, column int }

func (b *block) linkShare() float64 { return float64(b.linked) / float64(max(1, b.words)) }

func (b *block) heading() int {
	if b.node == nil {
		return 0
	}
	if tag := b.node.Data; len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}

// blocks takes the page apart, in the order of its bytes as they are shown.
func (h hypertext) blocks() []*block {
	b := breaker{page: h}
	b.walk(h.root, place{})
	b.cut()
	for _, block := range b.blocks {
		if block.words <= shortBlock || block.heading() > 0 {
			block.text = h.said(block)
		}
	}
	return b.blocks
}

// shortBlock is the most words of a block that may be no more than a credit or a
// way to another page.
const shortBlock = 20

// said returns the words of a block on one line.
func (h hypertext) said(b *block) string {
	var words []byte
	for _, p := range b.pieces {
		words = append(words, p.space...)
		words = append(words, h.layer.text[h.tokens[p.token].start:h.tokens[p.token].end]...)
	}
	return collapse(html.UnescapeString(string(words)))
}

type breaker struct {
	page   hypertext
	blocks []*block
	open   *block
	space  string
	tables int
}

// place is what is around a node.
type place struct {
	node    *dom.Node // the nearest element that is a block
	link    bool
	passing bool
	cell    *tableCell
}

func (b *breaker) cut() {
	if b.open != nil {
		b.blocks = append(b.blocks, b.open)
	}
	b.open, b.space = nil, ""
}

func (b *breaker) walk(node *dom.Node, p place) {
	switch node.Type {
	case dom.TextNode:
		b.text(node, p)
		return
	case dom.CommentNode, dom.DoctypeNode:
		return
	case dom.ElementNode:
		if skipped(node) {
			return
		}
		p.link = p.link || node.DataAtom == atom.A && attribute(node, "href") != ""
		p.passing = p.passing || b.page.passing[node]
		if node.DataAtom == atom.Br {
			b.lineBreak()
			return
		}
		if node.DataAtom == atom.Table && isData(node) {
			b.table(node, p)
			return
		}
	}
	breaks := isBlock(node)
	if breaks {
		b.cut()
		p.node = node
	}
	for child := range node.ChildNodes() {
		b.walk(child, p)
	}
	if breaks {
		b.cut()
	}
}

// lineBreak ends a line; two in a row end the block, as old pages do it.
func (b *breaker) lineBreak() {
	if b.space == "\n" {
		b.cut()
		return
	}
	if b.open != nil {
		b.space = "\n"
	}
}

func (b *breaker) text(node *dom.Node, p place) {
	b.page.marks(node.Data, b.blank, func(n int) {
		if b.open == nil {
			b.open = &block{node: p.node, cell: p.cell, passing: p.passing}
			b.space = ""
		}
		t := b.page.tokens[n]
		raw := b.page.layer.text[t.start:t.end]
		words := len(bytes.Fields(raw))
		b.open.pieces = append(b.open.pieces, piece{n, b.space})
		b.open.words += words
		b.open.passing = b.open.passing || p.passing
		if p.link {
			b.open.linked += words
		}
		b.space = ""
		if strings.TrimRight(string(raw[len(raw)-1:]), " \t\r\n") == "" {
			b.space = " "
		}
	})
}

func (b *breaker) blank() {
	if b.space == "" {
		b.space = " "
	}
}

// table takes a table of data apart: each cell is a block.
func (b *breaker) table(node *dom.Node, p place) {
	b.cut()
	b.tables++
	number, row := b.tables, 0
	for tr := range node.Descendants() {
		if tr.DataAtom == atom.Caption {
			p.node = tr
			b.each(tr, p)
			b.cut()
		}
		if tr.DataAtom != atom.Tr {
			continue
		}
		row++
		column := 0
		for td := range tr.ChildNodes() {
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
				continue
			}
			column++
			p.cell, p.node = &tableCell{number, row, column}, td
			b.each(td, p)
			b.cut()
			column += span(td) - 1
		}
	}
	b.cut()
}

// each walks what is inside a cell, which stays one block whatever is in it.
func (b *breaker) each(cell *dom.Node, p place) {
	for node := range cell.ChildNodes() {
		switch {
		case node.Type == dom.TextNode:
			b.text(node, p)
		case node.Type == dom.ElementNode && !skipped(node):
			inner := p
			inner.link = p.link || node.DataAtom == atom.A
			b.blank()
			if !isBlock(node) && node.DataAtom != atom.Br {
				b.space = strings.TrimSuffix(b.space, " ")
			}
			b.each(node, inner)
			if isBlock(node) {
				b.blank()
			}
		}
	}
}

func span(td *dom.Node) int { return min(max(1, number(attribute(td, "colspan"))), 100) }

// isData reports whether a table holds data and not the layout of the page.
func isData(table *dom.Node) bool {
	if role := attribute(table, "role"); role == "presentation" || role == "none" {
		return false
	}
	rows, cells, most := 0, 0, 0
	for node := range table.Descendants() {
		switch node.DataAtom {
		case atom.Table:
			return false
		case atom.Tr:
			rows++
		case atom.Th, atom.Td:
			cells++
			most = max(most, len(strings.Fields(innerText(node))))
		}
	}
	return rows > 1 && cells > rows && most <= 60
}

// isBlock reports whether an element breaks the run of words.
func isBlock(node *dom.Node) bool {
	switch node.DataAtom {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del,
		atom.Dfn, atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q, atom.Rp,
		atom.Rt, atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time,
		atom.Tt, atom.U, atom.Var, atom.Wbr:
		return false
	}
	return node.Type == dom.ElementNode
}

// skipped reports whether nobody reads an element as text.
func skipped(node *dom.Node) bool {
	switch node.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Canvas,
		atom.Audio, atom.Video, atom.Select, atom.Button, atom.Textarea, atom.Title, atom.Head, atom.Noembed, atom.Noframes:
		return true
	}
	for _, a := range node.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			return a.Val == "true"
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

func attribute(node *dom.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// mostInner is the most bytes of what is asked for within a node, which are more
// than any name, date or headline has.
const mostInner = 4096

// innerText returns the words within a node, the first of them where there are
// many.
func innerText(node *dom.Node) string {
	var words strings.Builder
	for n := range node.Descendants() {
		if words.Len() > mostInner {
			break
		}
		if n.Type == dom.TextNode && (n.Parent == nil || !skipped(n.Parent)) {
			words.WriteString(unmarked(strings.ToValidUTF8(n.Data[:min(len(n.Data), mostInner)], "")))
			continue
		}
		if isBlock(n) {
			words.WriteByte(' ')
		}
	}
	return collapse(words.String())
}

var reference = regexp.MustCompile(`^&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?`)

// write writes a block to w, apart from the one before it.
func (h hypertext) write(w *writer, b *block) {
	start := len(w.text)
	if start > 0 {
		w.gap(between(w, b))
		start = len(w.text)
	}
	for i, p := range b.pieces {
		if i > 0 {
			w.gap(p.space)
		}
		h.token(w, h.tokens[p.token])
	}
	if b.cell != nil && len(w.text) > start {
		c := *b.cell
		w.cells = append(w.cells, cairn.Cell{Span: cairn.Span{Start: start, End: len(w.text)}, Table: c.table, Row: c.row, Column: c.column})
	}
}

func between(w *writer, b *block) string {
	if n := len(w.cells); n > 0 && b.cell != nil && w.cells[n-1].Table == b.cell.table && w.cells[n-1].Span.End == len(w.text) {
		if w.cells[n-1].Row == b.cell.row {
			return ", "
		}
		return "\n"
	}
	return "\n\n"
}

// token writes the words of a token, with white space collapsed and character
// references resolved.
func (h hypertext) token(w *writer, t token) {
	text := h.layer.text[:t.end]
	plain := t.start
	for i := t.start; i < t.end; i++ {
		if text[i] != '&' {
			continue
		}
		m := reference.Find(text[i:])
		if m == nil {
			continue
		}
		resolved := html.UnescapeString(string(m))
		if resolved == string(m) {
			continue
		}
		h.joined(w, plain, i, t.start)
		if collapsed := collapse(resolved); collapsed != "" {
			w.say(collapsed, i)
		} else if n := len(w.text); n > 0 && w.text[n-1] != ' ' && w.text[n-1] != '\n' {
			w.gap(" ")
		}
		i += len(m) - 1
		plain = i + 1
	}
	h.joined(w, plain, t.end, t.start)
	w.text = bytes.TrimRight(w.text, " ")
}

// joined writes the words from start to end, with a space before them where
// white space parts them from what the token said before.
func (h hypertext) joined(w *writer, start, end, first int) {
	if start >= end {
		return
	}
	parted := func() {
		if n := len(w.text); n > 0 && w.text[n-1] != ' ' && w.text[n-1] != '\n' {
			w.gap(" ")
		}
	}
	skip := leadingSpace(h.layer.text[start:end])
	if skip > 0 && start > first {
		parted()
	}
	w.words(start, end)
	if start+skip < end && isSpace(rune(h.layer.text[end-1])) {
		parted()
	}
}
