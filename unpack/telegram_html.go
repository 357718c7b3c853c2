package unpack

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/cairn-recorder/cairn"
)

// isTelegramPage reports whether an HTML file is a page of an export of a chat
// of Telegram.
func isTelegramPage(head []byte) bool {
	return bytes.Contains(head, []byte(`class="page_wrap"`)) && bytes.Contains(head, []byte(`class="page_header`)) &&
		(bytes.Contains(head, []byte(`class="message `)) || bytes.Contains(head, []byte(`class="history"`)))
}

// The parts of such a page.
var (
	telegramName      = cascadia.MustCompile(`.page_header .text.bold, .page_header a.content .text`)
	telegramMessages  = cascadia.MustCompile(`div.message.default`)
	telegramDate      = cascadia.MustCompile(`.date.details[title]`)
	telegramFrom      = cascadia.MustCompile(`.from_name`)
	telegramWords     = cascadia.MustCompile(`.text`)
	telegramForwarded = cascadia.MustCompile(`.forwarded`)
	telegramFiles     = cascadia.MustCompile(`.media_wrap a[href]`)
	telegramAnswers   = cascadia.MustCompile(`.reply_to a[href]`)
	telegramSignature = cascadia.MustCompile(`.signature`)
)

// telegramPage hands over the messages of an export as HTML.
func (c Container) telegramPage(yield func(Piece, error) bool) bool {
	content, err := io.ReadAll(io.LimitReader(c.stream(), c.MaxBytes+1))
	if err != nil {
		return yield(Piece{}, fmt.Errorf("unpack %s: %w", c.From, err))
	}
	if int64(len(content)) > c.MaxBytes {
		return yield(Piece{}, c.invalid(0, "container", fmt.Sprintf("a page of more than %d bytes", c.MaxBytes)))
	}
	page, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		return yield(Piece{}, c.invalid(0, "container", err.Error()))
	}
	chat := innerText(cascadia.Query(page, telegramName))
	from := ""
	for _, node := range cascadia.QueryAll(page, telegramMessages) {
		m := telegramNode(node)
		if m.from != "" {
			from = m.from
		}
		if m.from = from; !c.telegramTold(m, chat, content, yield) {
			return false
		}
	}
	return true
}

// telegramShown is a message as a page shows it.
type telegramShown struct {
	id, date, from, text, forwarded, answers string
	files                                    []string
}

func telegramNode(node *html.Node) telegramShown {
	m := telegramShown{id: strings.TrimPrefix(attribute(node, "id"), "message"), date: attribute(cascadia.Query(node, telegramDate), "title")}
	if inner := cascadia.Query(node, telegramForwarded); inner != nil {
		m.forwarded = ownText(cascadia.Query(inner, telegramFrom))
	}
	for _, n := range cascadia.QueryAll(node, telegramFrom) {
		if !within(n, telegramForwarded, node) {
			m.from = ownText(n)
			break
		}
	}
	var words []string
	for _, n := range cascadia.QueryAll(node, telegramWords) {
		words = append(words, innerText(n))
	}
	m.text = strings.Join(words, "\n")
	for _, n := range cascadia.QueryAll(node, telegramFiles) {
		m.files = append(m.files, attribute(n, "href"))
	}
	if n := cascadia.Query(node, telegramAnswers); n != nil {
		_, m.answers, _ = strings.Cut(attribute(n, "href"), "go_to_message")
	}
	if n := cascadia.Query(node, telegramSignature); n != nil {
		m.from = innerText(n)
	}
	return m
}

func (c Container) telegramTold(m telegramShown, chat string, page []byte, yield func(Piece, error) bool) bool {
	line := 0
	if i := bytes.Index(page, []byte(`id="message`+m.id+`"`)); i >= 0 {
		line = 1 + bytes.Count(page[:i], []byte("\n"))
	}
	at, err := telegramStamp(m.date)
	if err != nil {
		return yield(Piece{}, c.invalid(line, "message", err.Error()))
	}
	about := cairn.Post{Channel: chat, Repeats: m.forwarded, Answers: m.answers, Media: m.files, Deleted: m.from == "Deleted Account"}
	author := m.from
	if about.Deleted {
		author = ""
	}
	p := post{ID: "telegram-" + fingerprint(chat) + "-" + m.id, Text: m.text, Published: at, Source: chat}
	return c.told(p, cairn.Within{Kind: Telegram, ID: m.id, Line: line, Tool: "Telegram"}, about, author, yield)
}

// telegramStamp reads the title of a message's date, with its zone where it has
// one.
func telegramStamp(s string) (string, error) {
	for _, form := range []string{"02.01.2006 15:04:05 UTC-07:00", "02.01.2006 15:04:05"} {
		if at, err := time.Parse(form, s); err == nil {
			return minute(at), nil
		}
	}
	return "", fmt.Errorf("date: %q is none", s)
}

func attribute(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// within reports whether n stands in a node that s selects, below root.
func within(n *html.Node, s cascadia.Selector, root *html.Node) bool {
	for ; n != nil && n != root; n = n.Parent {
		if s.Match(n) {
			return true
		}
	}
	return false
}

// ownText is the text of n without that of the elements in it.
func ownText(n *html.Node) string {
	var b strings.Builder
	if n == nil {
		return ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// innerText is all the text of n, a line for each that it breaks.
func innerText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && d.Data == "br":
			b.WriteByte('\n')
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// fingerprint makes a short name out of texts that may not stand in it.
func fingerprint(texts ...string) string {
	return cairn.RefOf([]byte(strings.Join(texts, "\x00"))).Short()
}
