package unpack

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// xPart is how a file of an archive of X begins: a script that sets a value.
var xPart = regexp.MustCompile(`^\s*window\.YTD\.(tweets?|deleted_tweets?|account)\.part\d+\s*=\s*`)

func isX(head []byte) bool {
	return xPart.Match(head) && !bytes.Contains(xPart.Find(head), []byte("account"))
}

// xName finds the posts of an archive of X, by where they stand in it.
var xName = regexp.MustCompile(`(?:^|/)data/(?:deleted-)?tweets?(?:-part\d+)?\.js$`)

// xPosts are the files of a packed archive of X that hold posts, nil where it is
// none.
func xPosts(files []*zip.File) []*zip.File {
	var posts []*zip.File
	for _, f := range files {
		if xName.MatchString(f.Name) {
			posts = append(posts, f)
		}
	}
	return posts
}

// xFolder hands over the posts of a packed archive of X, and the pictures and
// films that stand with them. What else is in it is of the person whose account
// it is, and stays in the container.
func (c Container) xFolder(files, posts []*zip.File, yield func(Piece, error) bool) bool {
	name := ""
	for _, f := range files {
		if strings.HasSuffix(f.Name, "data/account.js") {
			content, err := c.content(f)
			if err != nil {
				return yield(Piece{}, cairn.Invalid{File: c.From + "!" + shown(f.Name), Field: "file", Reason: err.Error()})
			}
			name = xAccount(content)
		}
	}
	left := int64(1 << 62)
	for _, f := range files {
		switch {
		case slices.Contains(posts, f):
			content, err := c.content(f)
			if err != nil || int64(len(content)) > c.MaxBytes {
				if !yield(Piece{}, cairn.Invalid{File: c.From + "!" + shown(f.Name), Field: "file", Reason: fmt.Sprintf("cannot be unpacked, or has more than %d bytes", c.MaxBytes)}) {
					return false
				}
				continue
			}
			if !c.nested(f.Name, bytes.NewReader(content), int64(len(content))).xTweets(name, yield) {
				return false
			}
		case strings.Contains(f.Name, "tweets_media/") || strings.Contains(f.Name, "tweet_media/"):
			if !c.file(f, &left, yield) {
				return false
			}
		}
	}
	return true
}

// xAccount is the name of the account whose archive it is, "" where it does not
// say.
func xAccount(content []byte) string {
	var all []struct{ Account struct{ Username string } }
	begin := xPart.FindIndex(content)
	if begin == nil || json.Unmarshal(content[begin[1]:], &all) != nil || len(all) == 0 {
		return ""
	}
	return all[0].Account.Username
}

// xTweet is a post of an archive of X.
type xTweet struct {
	ID      string `json:"id_str"`
	Created string `json:"created_at"`
	Text    string `json:"full_text"`
	Lang    string
	Answers string `json:"in_reply_to_status_id_str"`
	Deleted string `json:"deleted_at"`
	Links   struct {
		URLs []struct {
			URL      string
			Expanded string `json:"expanded_url"`
		}
	} `json:"entities"`
	Media struct {
		Media []struct {
			URL string `json:"media_url_https"`
		}
	} `json:"extended_entities"`
	Edits struct {
		Initial struct {
			IDs []string `json:"editTweetIds"`
		}
		Edit struct {
			Initial struct {
				IDs []string `json:"editTweetIds"`
			} `json:"editControlInitial"`
		}
	} `json:"edit_info"`
}

// xTweets hands over the posts of one file of an archive of X.
func (c Container) xTweets(name string, yield func(Piece, error) bool) bool {
	head := make([]byte, 256)
	n, err := c.Bytes.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return yield(Piece{}, fmt.Errorf("unpack %s: %w", c.From, err))
	}
	begin := xPart.FindIndex(head[:n])
	if begin == nil {
		return yield(Piece{}, c.invalid(0, "container", "does not begin as a file of an archive of X does"))
	}
	deleted := bytes.Contains(head[:begin[1]], []byte("deleted"))
	w := newWalker(io.NewSectionReader(c.Bytes, int64(begin[1]), c.Size-int64(begin[1])), begin[1])
	return c.walked(w.array(func(e element) error {
		var t struct{ Tweet xTweet }
		err := json.Unmarshal(e.raw, &t)
		if err == nil && t.Tweet.ID == "" {
			err = json.Unmarshal(e.raw, &t.Tweet) // as archives before 2020 had them
		}
		if err == nil && t.Tweet.ID == "" {
			err = errShape
		}
		if err != nil {
			return enough(yield(Piece{}, c.wrong(e.span, "post", err)))
		}
		return enough(c.xTold(t.Tweet, name, deleted, e.span, yield))
	}), yield)
}

func enough(wanted bool) error {
	if !wanted {
		return errEnough
	}
	return nil
}

var xRepeated = regexp.MustCompile(`^RT @(\w+): `)

func (c Container) xTold(t xTweet, name string, deleted bool, span cairn.Span, yield func(Piece, error) bool) bool {
	at, err := time.Parse(time.RubyDate, t.Created)
	if err != nil {
		return yield(Piece{}, c.wrong(span, "created_at", fmt.Errorf("%q is no date", t.Created)))
	}
	text := t.Text
	for _, link := range t.Links.URLs {
		if link.URL != "" && link.Expanded != "" {
			text = strings.ReplaceAll(text, link.URL, link.Expanded)
		}
	}
	text = html.UnescapeString(text)
	about := cairn.Post{Answers: t.Answers, Deleted: deleted || t.Deleted != ""}
	p := post{ID: "x-" + t.ID, Text: text, Published: minute(at)}
	if name != "" {
		about.Channel = "@" + name
		p.Source, p.URL = "@"+name, "https://x.com/"+name+"/status/"+t.ID
	}
	if t.Lang != "und" && len(t.Lang) == 2 {
		p.Language = t.Lang
	}
	if m := xRepeated.FindStringSubmatch(text); m != nil {
		about.Repeats, p.Text = "@"+m[1], text[len(m[0]):]
	}
	for _, m := range t.Media.Media {
		about.Media = append(about.Media, "tweets_media/"+t.ID+"-"+m.URL[strings.LastIndexByte(m.URL, '/')+1:])
	}
	if ids := append(t.Edits.Initial.IDs, t.Edits.Edit.Initial.IDs...); len(ids) > 1 {
		about.Edited = fmt.Sprintf("after %d earlier forms", len(ids)-1)
	}
	return c.told(p, cairn.Within{Kind: X, Span: &span, ID: t.ID, Tool: "X"}, about, "", yield)
}
