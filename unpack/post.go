package unpack

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A post is a message of a platform as a document of the command-line contract,
// which is what its piece holds: the bytes that were exported stand in the
// container, at the span or line that the receipt names. Who wrote it is left
// out of it.
type post struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	Source    string `json:"source,omitempty"`
	URL       string `json:"url,omitempty"`
	Repeats   string `json:"repeats,omitempty"`
}

// bytes writes p, the same each time.
func (p post) bytes() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(p) // strings alone, which always encode
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// told hands over a post; one without words is passed over, with the files that
// it stands with.
func (c Container) told(p post, within cairn.Within, about cairn.Post, author string, yield func(Piece, error) bool) bool {
	within.Ref, within.Path = c.Ref, c.path
	piece := Piece{From: c.From + "#" + within.ID, Within: within}
	if strings.TrimSpace(p.Text) == "" {
		piece.Passed = "has no words"
		switch {
		case about.Deleted:
			piece.Passed = "was deleted"
		case len(about.Media) > 0:
			piece.Passed = "has no words; it stands with " + strings.Join(about.Media, ", ")
		}
		return yield(Piece{From: piece.From, Passed: piece.Passed}, nil)
	}
	if about.Repeats == p.Source {
		about.Repeats = ""
	}
	p.Repeats = about.Repeats
	piece.Bytes, piece.Post = p.bytes(), &about
	if author != "" && author != p.Source {
		piece.Private = map[string]string{"author": author}
	}
	return yield(piece, nil)
}

// minute writes a moment as precisely as a document is dated.
func minute(at time.Time) string { return at.UTC().Format("2006-01-02T15:04") }

// latin1 undoes what Facebook does to text: each byte of its UTF-8 written as
// the letter of Latin-1 that has this number. What was not done so stays.
func latin1(s string) string {
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		raw = append(raw, byte(r))
	}
	if text := string(raw); strings.ToValidUTF8(text, "") == text {
		return text
	}
	return s
}
