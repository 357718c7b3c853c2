package unpack

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// isTelegram reports whether a JSON file is an export of a chat of Telegram, or
// of a whole account.
func isTelegram(head []byte) bool {
	found, ok := keys(head)
	if !ok {
		return false
	}
	has := func(key string) bool { return slices.Contains(found, key) }
	return has("messages") && has("type") && has("id") && !has("text") || has("chats") && (has("about") || has("personal_information"))
}

// telegram hands over the messages of an export as JSON.
func (c Container) telegram(yield func(Piece, error) bool) bool {
	w := newWalker(c.stream(), 0)
	chat := telegramChat{Container: c, walker: w, yield: yield}
	return c.walked(w.object(func(key string) error {
		if key == "chats" || key == "left_chats" {
			return w.object(func(key string) error {
				if key != "list" {
					return w.skip()
				}
				return chat.each()
			})
		}
		return chat.key(key)
	}), yield)
}

// telegramChat is one chat on its way.
type telegramChat struct {
	Container
	walker
	yield func(Piece, error) bool

	name, kind string
	id         json.Number
}

// each goes through the chats of a whole account.
func (t *telegramChat) each() error {
	if err := t.opens('['); err != nil {
		return err
	}
	for t.More() {
		t.name, t.kind, t.id = "", "", ""
		if err := t.object(t.key); err != nil {
			return err
		}
	}
	_, err := t.Token()
	return err
}

// key reads one field of a chat. Name, kind and number stand before the messages.
func (t *telegramChat) key(key string) error {
	switch key {
	case "name":
		return t.Decode(&loosely{&t.name})
	case "type":
		return t.Decode(&loosely{&t.kind})
	case "id":
		return t.Decode(&t.id)
	case "messages":
		return t.array(t.message)
	}
	return t.skip()
}

// loosely reads a string, and leaves one that is null or none as it is.
type loosely struct{ into *string }

// UnmarshalJSON reads l and never fails.
func (l *loosely) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*l.into = s
	}
	return nil
}

// telegramMessage is a message of result.json.
type telegramMessage struct {
	ID         json.Number  `json:"id"`
	Type       string       `json:"type"`
	Date       string       `json:"date"`
	Unix       string       `json:"date_unixtime"`
	Edited     string       `json:"edited"`
	EditedUnix string       `json:"edited_unixtime"`
	From       *string      `json:"from"`
	FromID     string       `json:"from_id"`
	Author     string       `json:"author"`
	Forwarded  *string      `json:"forwarded_from"`
	ForwardID  string       `json:"forwarded_from_id"`
	Answers    json.Number  `json:"reply_to_message_id"`
	Text       telegramText `json:"text"`
	Photo      string       `json:"photo"`
	File       string       `json:"file"`
	Caption    telegramText `json:"caption"`
}

// telegramText is text with marks: a string, or pieces of which some say what
// they are.
type telegramText string

// UnmarshalJSON reads the words of t.
func (t *telegramText) UnmarshalJSON(raw []byte) error {
	var whole string
	if json.Unmarshal(raw, &whole) == nil {
		*t = telegramText(whole)
		return nil
	}
	var pieces []json.RawMessage
	if err := json.Unmarshal(raw, &pieces); err != nil {
		return errors.New("text is neither words nor pieces of them")
	}
	for _, p := range pieces {
		var marked struct{ Text string }
		if json.Unmarshal(p, &whole) == nil {
			*t += telegramText(whole)
		} else if json.Unmarshal(p, &marked) == nil {
			*t += telegramText(marked.Text)
		}
	}
	return nil
}

func (t *telegramChat) message(e element) error {
	var m telegramMessage
	if err := json.Unmarshal(e.raw, &m); err != nil {
		return t.more(t.yield(Piece{}, t.wrong(e.span, "message", err)))
	}
	if m.Type != "message" {
		return nil // somebody joined, a title changed
	}
	at, err := telegramTime(m.Date, m.Unix)
	if err != nil {
		return t.more(t.yield(Piece{}, t.wrong(e.span, "date", err)))
	}
	p := post{ID: "telegram-" + t.id.String() + "-" + m.ID.String(), Text: string(m.Text + m.Caption), Published: at, Source: t.name}
	about := cairn.Post{Channel: t.name, Deleted: m.From == nil && m.FromID != "", Answers: m.Answers.String()}
	if edited, err := telegramTime(m.Edited, m.EditedUnix); err == nil {
		about.Edited = edited
	}
	if m.Forwarded != nil {
		about.Repeats = *m.Forwarded
	} else if m.ForwardID != "" {
		about.Repeats = m.ForwardID
	}
	for _, file := range []string{m.Photo, m.File} {
		if file != "" && !strings.HasPrefix(file, "(") { // "(File not included. Change data exporting settings to download.)"
			about.Media = append(about.Media, file)
		}
	}
	author := m.Author
	if m.From != nil && author == "" {
		author = *m.From
	}
	if strings.Contains(t.kind, "channel") || strings.Contains(t.kind, "supergroup") {
		p.URL = "https://t.me/c/" + t.id.String() + "/" + m.ID.String()
	}
	within := cairn.Within{Kind: Telegram, Span: &e.span, ID: m.ID.String(), Tool: "Telegram"}
	return t.more(t.told(p, within, about, author, t.yield))
}

func (t *telegramChat) more(wanted bool) error {
	if !wanted {
		return errEnough
	}
	return nil
}

// telegramTime is a moment in UTC where the export says it in seconds; older
// exports say it in the time of the machine that made them.
func telegramTime(local, unix string) (string, error) {
	if seconds, err := strconv.ParseInt(unix, 10, 64); err == nil {
		return minute(time.Unix(seconds, 0)), nil
	}
	at, err := time.Parse("2006-01-02T15:04:05", local)
	if err != nil {
		return "", fmt.Errorf("%q is none", local)
	}
	return minute(at), nil
}
