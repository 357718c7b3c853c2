package collect

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A Looked is a source of news as it was found.
type Looked struct {
	Outcome  cairn.Outcome
	Note     string
	Same     bool // it says that nothing changed since
	Content  []byte
	At       string // where it was found, along redirects
	Moved    string // where it says that it stands from now on
	ETag     string
	Modified string
	Retry    time.Duration // when it asks not to be asked before
}

// Look asks for a source of news, and whether it changed since it had an ETag or
// a date. It follows redirects as All does and goes by the same way out.
func Look(ctx context.Context, options Options, address, etag, modified string) Looked {
	c := newCollector(ctx, options, nil)
	if c.closed != nil {
		return Looked{Outcome: cairn.Failed, Note: c.closed.Error()}
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	f := fetch{collector: c, ctx: ctx, client: c.client(), more: http.Header{}}
	defer f.client.CloseIdleConnections()
	if etag != "" {
		f.more.Set("If-None-Match", etag)
	}
	if modified != "" {
		f.more.Set("If-Modified-Since", modified)
	}
	return f.source(address)
}

func (f *fetch) source(address string) Looked {
	l := Looked{At: address}
	lasting := true
	for range mostRedirects + 1 {
		at, err := url.Parse(l.At)
		if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
			l.Outcome, l.Note = cairn.Failed, "leads to what is no http or https address: "+l.At
			return l
		}
		if f.allowed(at) == disallowed && !f.IgnoreRobots {
			l.Outcome, l.Note = cairn.Blocked, "robots.txt of "+at.Host+" does not allow "+at.RequestURI()
			return l
		}
		response, err := f.ask(at, "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/html;q=0.8,*/*;q=0.7")
		if err != nil {
			l.Outcome, l.Note = cairn.Failed, f.why(err)
			return l
		}
		next, err := response.Location()
		if response.StatusCode/100 != 3 || response.StatusCode == http.StatusNotModified || err != nil {
			defer response.Body.Close()
			f.looked(&l, response)
			return l
		}
		response.Body.Close()
		lasting = lasting && (response.StatusCode == http.StatusMovedPermanently || response.StatusCode == http.StatusPermanentRedirect)
		if l.At = next.String(); lasting {
			l.Moved = l.At
		}
	}
	l.Outcome, l.Note = cairn.Failed, "more than "+strconv.Itoa(mostRedirects)+" redirects"
	return l
}

// looked reads what a source answers.
func (f *fetch) looked(l *Looked, response *http.Response) {
	l.ETag, l.Modified = response.Header.Get("ETag"), response.Header.Get("Last-Modified")
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
		l.Retry = min(time.Duration(seconds)*time.Second, 7*24*time.Hour)
	}
	if response.StatusCode == http.StatusNotModified {
		l.Outcome, l.Same = cairn.Fetched, true
		return
	}
	l.Outcome, l.Note = statusOutcome(response.StatusCode)
	if l.Outcome != "" {
		return
	}
	content, err := f.body(response)
	switch {
	case err != nil:
		l.Outcome, l.Note = cairn.BrokenOff, f.why(err)
	case int64(len(content)) > f.MaxBytes:
		l.Outcome, l.Note = cairn.TooLarge, "over the bound of "+strconv.FormatInt(f.MaxBytes, 10)+" bytes"
	case len(strings.TrimSpace(string(content))) == 0:
		l.Outcome, l.Note = cairn.Empty, "nothing but white space"
	default:
		l.Outcome, l.Content = cairn.Fetched, content
	}
}

// A Found is a file of a folder, and a mark by which a changed one is told apart.
type Found struct{ Path, Mark string }

// Folder finds the files of a folder that may be reports, in order of name.
func Folder(ctx context.Context, options Options, root string) ([]Found, error) {
	c := newCollector(ctx, options, nil)
	var all []Found
	err := c.walk(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != root && passedOver(d) != "" {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if err != nil || d.IsDir() {
			return err
		}
		all = append(all, Found{path, cairn.RefOf([]byte(path + "\x00" + strconv.FormatInt(info.Size(), 10) + "\x00" + info.ModTime().UTC().Format(time.RFC3339Nano))).Short()})
		return ctx.Err()
	})
	return all, err
}

// Said is what a source says itself, as an Item of its own.
func Said(options Options, from string, content []byte) Item {
	c := newCollector(context.Background(), options, nil)
	r := c.receipt(from, "feed")
	r.Media, r.Outcome, r.Ref, r.Size = "application/json", cairn.Fetched, cairn.RefOf(content), int64(len(content))
	return Item{Receipt: r, Bytes: content}
}
