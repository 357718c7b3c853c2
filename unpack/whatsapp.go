package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// A line that begins a message: date, time with or without seconds and half of
// the day, and what is left. Phones write it by their settings; marks of
// direction are taken out before, and digits are made ASCII.
var (
	chatHead = regexp.MustCompile(`^\[?(\d{1,4})([./-])(\d{1,2})[./-](\d{1,4})[,،]? (?:at |à |um )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: ?([AaPp]\.? ?[Mm]\.?|ص|م))?(?:\] | [-–] )(.*)$`)
	chatFile = regexp.MustCompile(`^(?:<(?:attached|adjunto|pièce jointe|прикреплено|вкладення|المرفق): ([^>]+)>|(\S[^:<>]*\.\w{2,5}) \((?:file attached|archivo adjunto|файл добавлен|файл додано|الملف مرفق)\))$`)
)

// What a phone writes in place of a message, or behind it, in the languages that
// cairn reads.
var (
	chatDeleted = []string{"This message was deleted", "You deleted this message", "Se eliminó este mensaje", "Eliminaste este mensaje",
		"تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة", "Данное сообщение удалено", "Вы удалили данное сообщение", "Це повідомлення видалено", "Ви видалили це повідомлення"}
	chatEdited = []string{"<This message was edited>", "<Se editó este mensaje.>", "<تم تعديل هذه الرسالة>", "<Сообщение изменено>", "<Це повідомлення відредаговано>"}
	chatNoFile = []string{"<Media omitted>", "<Multimedia omitido>", "<تم استبعاد الوسائط>", "<Без медиафайлов>", "<Медіа пропущено>",
		"image omitted", "video omitted", "audio omitted", "sticker omitted", "document omitted", "GIF omitted"}
)

// chatLine is a line as it is compared: without marks of direction, with ASCII
// digits and plain spaces.
func chatLine(line string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return -1
		case r == 0x202F, r == 0x00A0:
			return ' '
		case r >= 0x0660 && r <= 0x0669:
			return r - 0x0660 + '0'
		case r >= 0x06F0 && r <= 0x06F9:
			return r - 0x06F0 + '0'
		}
		return r
	}, strings.TrimRight(line, "\r\n"))
}

// isChat reports whether a text is an exported chat: its first line begins a
// message, and so does one of those behind it, and one says who speaks.
func isChat(head []byte) bool {
	heads, speaks, n := 0, false, 0
	for line := range bytes.Lines(head) {
		if n++; n > 60 {
			break
		}
		m := chatHead.FindStringSubmatch(chatLine(string(line)))
		if m == nil && heads == 0 {
			return false
		}
		if m != nil {
			heads++
			speaks = speaks || strings.Contains(m[9], ": ")
		}
	}
	return heads > 1 && speaks
}

// chatMessage is one message on its way.
type chatMessage struct {
	parts  []string // of its head
	words  []string
	author string
	line   int
	span   cairn.Span
}

// whatsApp hands over the messages of an exported chat.
func (c Container) whatsApp(yield func(Piece, error) bool) bool {
	order, err := c.chatOrder()
	if err != nil {
		return yield(Piece{}, fmt.Errorf("unpack %s: %w", c.From, err))
	}
	if order == orderUnknown && !yield(Piece{}, c.invalid(0, "date", "it cannot be told whether day or month comes first; only the year of each message is kept (--dates dmy or mdy says it)")) {
		return false
	}
	chat := chat{Container: c, order: order, yield: yield, seen: map[string]int{}}
	err = c.chatLines(func(n, at int, raw string) bool {
		if m := chatHead.FindStringSubmatch(chatLine(raw)); m != nil {
			return chat.flush() && chat.begin(m, raw, n, cairn.Span{Start: at, End: at + len(raw)})
		}
		if m := chat.message; m != nil {
			m.words = append(m.words, strings.TrimRight(raw, "\r\n"))
			m.span.End = at + len(raw)
		}
		return true
	})
	if errors.Is(err, errEnough) {
		return false
	}
	if err != nil {
		return yield(Piece{}, c.invalid(0, "line", err.Error()))
	}
	return chat.flush()
}

// chatLines hands over the lines of the chat, with number and offset.
func (c Container) chatLines(do func(n, at int, line string) bool) error {
	r := bufio.NewReaderSize(c.stream(), 64<<10)
	for n, at := 1, 0; ; n++ {
		line, err := r.ReadString('\n')
		if len(line) > 0 && !do(n, at, line) {
			return errEnough
		}
		at += len(line)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if at > 0 && int64(len(line)) > c.MaxBytes {
			return fmt.Errorf("line %d has more than %d bytes", n, c.MaxBytes)
		}
	}
}

// chat is an exported chat on its way.
type chat struct {
	Container
	order   dateOrder
	yield   func(Piece, error) bool
	message *chatMessage
	seen    map[string]int // how often a message of this minute and these words came
}

func (c *chat) begin(m []string, raw string, line int, span cairn.Span) bool {
	author, words, ok := strings.Cut(m[9], ": ")
	marked := strings.Contains(raw, ": \u200e") && !chatFile.MatchString(strings.TrimSpace(words)) && !listed(words, chatDeleted)
	if !ok || marked || strings.ContainsFunc(author, unicode.IsControl) || len(author) > 200 {
		return true // the phone itself speaks: somebody joined, a title changed
	}
	c.message = &chatMessage{parts: m, author: author, words: []string{words}, line: line, span: span}
	return true
}

// flush hands over the message at hand.
func (c *chat) flush() bool {
	m := c.message
	c.message = nil
	if m == nil {
		return true
	}
	at, err := chatMoment(m.parts, c.order)
	if err != nil {
		return c.yield(Piece{}, c.invalid(m.line, "date", err.Error()))
	}
	var about cairn.Post
	var words []string
	for i, line := range m.words {
		if i == 0 && listed(line, chatDeleted) {
			about.Deleted = true
			continue
		}
		for _, mark := range chatEdited {
			if cut, ok := strings.CutSuffix(strings.TrimSpace(chatLine(line)), mark); ok {
				about.Edited, line = "at a time that is not said", strings.TrimSpace(cut)
			}
		}
		if file := chatFile.FindStringSubmatch(strings.TrimSpace(chatLine(line))); file != nil {
			about.Media = append(about.Media, strings.TrimSpace(file[1]+file[2]))
		} else if !listed(line, chatNoFile) {
			words = append(words, line)
		}
	}
	text := strings.TrimSpace(strings.Join(words, "\n"))
	id := fingerprint(at, text)
	if c.seen[id]++; c.seen[id] > 1 {
		id += "-" + strconv.Itoa(c.seen[id])
	}
	within := cairn.Within{Kind: WhatsApp, ID: strconv.Itoa(m.line), Line: m.line, Span: &m.span, Tool: "WhatsApp"}
	return c.told(post{ID: "whatsapp-" + id, Text: text, Published: at}, within, about, m.author, c.yield)
}

// listed reports whether a line is one of those that a phone writes.
func listed(line string, known []string) bool {
	line = strings.TrimRight(strings.TrimSpace(chatLine(line)), ".")
	for _, k := range known {
		if strings.EqualFold(line, k) {
			return true
		}
	}
	return false
}
