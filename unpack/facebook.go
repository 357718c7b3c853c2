package unpack

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// isFacebook reports whether a JSON file holds the posts of a page or profile of
// Facebook: values with a time in seconds, and data that may hold a post.
func isFacebook(head []byte) bool {
	begin := bytes.TrimSpace(head)
	if len(begin) == 0 || begin[0] != '[' && begin[0] != '{' {
		return false
	}
	return facebookShape.Match(head) && (facebookPost.Match(head) || bytes.Contains(head, []byte(`"attachments"`)))
}

var (
	facebookShape = regexp.MustCompile(`"timestamp"\s*:\s*\d{9,11}\s*[,}]`)
	facebookPost  = regexp.MustCompile(`"data"\s*:\s*\[\s*\{\s*"post"\s*:`)
	facebookTitle = regexp.MustCompile(`^(.{1,80}?) (?:updated|shared|posted|added|wrote|published|was live)\b`)
)

// facebookEntry is a post of an export of Facebook.
type facebookEntry struct {
	Timestamp   int64
	Title       string
	Attachments []struct {
		Data []struct {
			Media struct {
				URI         string
				Description string
			}
			External struct {
				URL string
			} `json:"external_context"`
		}
	}
	Data []struct {
		Post    string
		Updated int64 `json:"update_timestamp"`
	}
}

// facebook hands over the posts of one file: an array of them, one post alone,
// or an object that holds such an array.
func (c Container) facebook(yield func(Piece, error) bool) bool {
	w := newWalker(c.stream(), 0)
	n := 0
	each := func(e element) error {
		n++
		return enough(c.facebookEntry(e, n, yield))
	}
	first := make([]byte, 1024)
	k, _ := c.Bytes.ReadAt(first, 0)
	if begin := bytes.TrimSpace(bytes.TrimPrefix(first[:k], []byte("\uFEFF"))); len(begin) > 0 && begin[0] == '[' {
		return c.walked(w.array(each), yield)
	}
	if found, _ := keys(first[:k]); len(found) > 0 && (found[0] == "timestamp" || found[0] == "attachments" || found[0] == "data") {
		var one element
		err := w.Decode(&one.raw)
		if err == nil {
			one.span.End = int(w.InputOffset())
			one.span.Start = one.span.End - len(one.raw)
			err = each(one)
		}
		return c.walked(err, yield)
	}
	return c.walked(w.object(func(string) error {
		var value json.RawMessage
		if err := w.Decode(&value); err != nil {
			return err
		}
		if !bytes.HasPrefix(value, []byte("[")) {
			return nil
		}
		return newWalker(bytes.NewReader(value), int(w.InputOffset())-len(value)).array(each)
	}), yield)
}

func (c Container) facebookEntry(e element, n int, yield func(Piece, error) bool) bool {
	var f facebookEntry
	err := json.Unmarshal(e.raw, &f)
	if err == nil && f.Timestamp <= 0 {
		err = errors.New("has no time")
	}
	if err != nil {
		return yield(Piece{}, c.wrong(e.span, "post", err))
	}
	var about cairn.Post
	var text []string
	for _, d := range f.Data {
		if d.Post != "" {
			text = append(text, latin1(d.Post))
		}
		if d.Updated > 0 && d.Updated != f.Timestamp {
			about.Edited = minute(time.Unix(d.Updated, 0))
		}
	}
	for _, a := range f.Attachments {
		for _, d := range a.Data {
			if d.Media.URI != "" {
				about.Media = append(about.Media, d.Media.URI)
			}
			if said := latin1(d.Media.Description); said != "" && !containsText(text, said) {
				text = append(text, said)
			}
			if d.External.URL != "" {
				text = append(text, d.External.URL)
			}
		}
	}
	at := minute(time.Unix(f.Timestamp, 0))
	if m := facebookTitle.FindStringSubmatch(latin1(f.Title)); m != nil {
		about.Channel = m[1]
	}
	whole := strings.Join(text, "\n")
	p := post{ID: "facebook-" + fingerprint(strconv.FormatInt(f.Timestamp, 10), whole), Text: whole, Published: at, Source: about.Channel}
	return c.told(p, cairn.Within{Kind: Facebook, Span: &e.span, ID: strconv.Itoa(n), Tool: "Facebook"}, about, "", yield)
}

func containsText(all []string, s string) bool {
	for _, t := range all {
		if strings.Contains(t, s) {
			return true
		}
	}
	return false
}
