package collect

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture"
	"github.com/cairn-recorder/cairn/unpack"
	"github.com/cairn-recorder/cairn/warc"
)

// Tool names what captures.
const Tool = "cairn " + cairn.Version

// Addresses brings in addresses one after another, no two of a host closer than
// Options.Interval. Where whole, each is captured, and yields a WARC file of everything that came over the line
// as an Original, the page as a document out of it and, where a browser showed
// it, pictures and a print; else it is fetched as All does. A page that did not come is an Item too, whose
// receipt says why.
func Addresses(ctx context.Context, options Options, addresses iter.Seq[string], whole bool) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		c := newCollector(ctx, options, yield)
		if c.closed != nil {
			c.fail(cairn.Invalid{Field: "via", Reason: c.closed.Error()})
			return
		}
		last := c.Asked
		if last == nil {
			last = map[string]time.Time{}
		}
		for address := range addresses {
			if err := c.wait(last, address); err != nil {
				c.fail(err)
				return
			}
			bring := c.address
			if whole {
				bring = c.capture
			}
			if !bring(address) {
				return
			}
		}
	}
}

// pause waits by the clock of the machine.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// wait keeps the captures of one host apart.
func (c *collector) wait(last map[string]time.Time, address string) error {
	host := hostOf(address)
	if at, ok := last[host]; ok {
		if left := c.Interval - c.Now().Sub(at); left > 0 {
			if err := c.Pause(c.ctx, left); err != nil {
				return err
			}
		}
	}
	last[host] = c.Now()
	return c.ctx.Err()
}

// hostOf is the host of an address, "" for one that is none, which its capture
// says.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return ""
}

// capture captures one address.
func (c *collector) capture(address string) bool {
	r := c.receipt(address, "http")
	r.Agent = c.Agent
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return c.fail(fmt.Errorf("capture %s: %w", address, cairn.Invalid{Field: "address", Reason: "want http or https"}))
	}
	if r.Robots = c.robotsOf(u); r.Robots == disallowed && !c.IgnoreRobots {
		r.Outcome, r.Note = cairn.Blocked, "robots.txt of "+u.Host+" does not allow "+u.RequestURI()
		return c.yield(Item{Receipt: r}, nil)
	}
	o := capture.Options{Now: c.Now, Agent: c.Agent, Who: c.Who, Tool: Tool, Line: c.out, Browser: c.Browser, Timeout: c.Timeout, MaxBytes: c.MaxBytes}
	page, err := capture.Page(c.ctx, address, o)
	if errors.Is(err, capture.ErrNoBrowser) {
		return c.fail(fmt.Errorf("capture %s: %w", address, err))
	}
	if err != nil {
		c.fail(err)
		return false
	}
	defer page.Close()
	return c.captured(page, o, r)
}

// robotsOf says what robots.txt makes of an address, asked for by the same way
// out.
func (c *collector) robotsOf(u *url.URL) string {
	ctx, cancel := context.WithTimeout(c.ctx, c.Timeout)
	defer cancel()
	f := fetch{collector: c, ctx: ctx, client: c.client()}
	defer f.client.CloseIdleConnections()
	return f.allowed(u)
}

// captured yields what a capture brought.
func (c *collector) captured(page *capture.Captured, o capture.Options, r cairn.Receipt) bool {
	file, sum := new(capture.Spool), sha256.New()
	stored, err := page.Write(io.MultiWriter(file, sum), o)
	if err != nil {
		return c.fail(fmt.Errorf("capture %s: %w", page.Address, err))
	}
	r.At, r.Redirects = page.At, page.Redirects
	if len(r.Redirects) > 0 {
		r.Final = r.Redirects[len(r.Redirects)-1]
	}
	r.Line = &cairn.Line{Via: c.out.String(), Clock: page.Clock(), Browser: page.Browser}
	holder := r
	holder.Ref, holder.Size, holder.Media, holder.Outcome, holder.How = cairn.Ref("sha256-"+hex.EncodeToString(sum.Sum(nil))), file.Size(), "application/gzip", cairn.Fetched, "capture"
	open := func() (io.ReadSeekCloser, error) { return spooled{file.Section(0)}, nil }
	if !c.yield(Item{Receipt: holder, Open: open, Original: true}, nil) {
		return false
	}
	within := func(p warc.Placed) *cairn.Within {
		w := &cairn.Within{Ref: holder.Ref, Kind: unpack.WARC, Tool: Tool, At: page.At, ID: p.ID, Digest: string(warc.Holds)}
		if p.Length > 0 {
			w.Span = &cairn.Span{Start: int(p.Offset), End: int(p.Offset + p.Length)}
		}
		return w
	}
	return c.made(page, stored, r, within) && c.shown(page, stored, r, within)
}

// spooled reads a file that ends with the last that could read it.
type spooled struct{ *io.SectionReader }

// Close does nothing: what reads the file next begins anew.
func (s spooled) Close() error { return nil }

// made yields what a browser made of a page: the picture and the print.
func (c *collector) made(page *capture.Captured, stored capture.Stored, r cairn.Receipt, within func(warc.Placed) *cairn.Within) bool {
	for _, m := range []struct {
		prefix  string
		content []byte
	}{{capture.ViewPrefix, page.Screenshot}, {capture.PDFPrefix, page.Print}} {
		if len(m.content) == 0 {
			continue
		}
		one := r
		one.From, one.How, one.Final, one.Redirects, one.Outcome = m.prefix+page.Address, "capture", "", nil, cairn.Fetched
		one.Ref, one.Size, one.Media, one.Within = cairn.RefOf(m.content), int64(len(m.content)), media(m.content), within(stored.Made[m.prefix])
		if !c.yield(Item{Receipt: one, Bytes: m.content, Original: true}, nil) {
			return false
		}
	}
	return true
}

// shown yields the page itself: the answer, or what scripts made of it where the
// answer is no more than a frame for them.
func (c *collector) shown(page *capture.Captured, stored capture.Stored, r cairn.Receipt, within func(warc.Placed) *cairn.Within) bool {
	e := page.Main
	if e == nil || e.Err != nil {
		r.Outcome, r.Note = cairn.Failed, "no answer"
		if e != nil {
			r.Line.Peer, r.Line.Resolved = e.Peer, e.Resolved
			f := fetch{collector: c}
			r.Note = f.why(e.Err)
		}
		return c.yield(Item{Receipt: r}, nil)
	}
	lineOf(r.Line, e)
	r.Status, r.Headers, r.Within = e.Status, e.Headers, within(stored.Main)
	content, _ := e.Content(c.MaxBytes)
	if len(content) > 0 {
		r.Media = media(content)
	}
	at := cmp.Or(r.Final, r.From)
	r.Outcome, r.Note = statusOutcome(e.Status)
	switch {
	case e.Cut == "length" || int64(len(content)) > c.MaxBytes:
		r.Outcome, r.Note = cairn.TooLarge, fmt.Sprintf("over the bound of %d bytes", c.MaxBytes)
		return c.yield(Item{Receipt: r}, nil)
	case r.Outcome == cairn.Gone || r.Outcome == cairn.Failed:
	case e.Cut != "":
		r.Outcome, r.Note = cairn.BrokenOff, fmt.Sprintf("broken off after %d bytes (%s)", len(content), e.Cut)
	case e.Status/100 == 3:
		r.Outcome, r.Note = cairn.Failed, "more redirects than are followed"
	default:
		r.Outcome, r.Note = lookedOutcome(r.Outcome, r.Note, content, r.Media, contentType(e.Headers), r.From, at)
	}
	if scripted := page.DOM; (r.Outcome == cairn.Shell || r.Outcome == cairn.Captcha) && len(scripted) > 0 {
		made := []byte("<!doctype html>" + string(scripted))
		if outcome, _ := shownOutcome(made, media(made), "text/html; charset=utf-8", r.From, at); outcome == cairn.Fetched || outcome == cairn.Shell && grown(content, made) {
			content, r.Media, r.Within = scripted, media(made), within(stored.Made[capture.DOMPrefix])
			r.Outcome, r.Note, r.Headers = cairn.Fetched, "", map[string][]string{"Content-Type": {"text/html; charset=utf-8"}}
		}
	}
	return c.keep(r, content)
}

// mostAdded is the most letters that scripts add to a frame that stays one.
const mostAdded = 40

// grown reports whether scripts have made more than a frame of a page.
func grown(before, after []byte) bool {
	b, _ := visible(before, "")
	a, _ := visible(after, "text/html; charset=utf-8")
	return utf8.RuneCountInString(a)-utf8.RuneCountInString(b) > mostAdded
}

// lineOf says how an answer came over the network.
func lineOf(l *cairn.Line, e *capture.Exchange) {
	l.Peer, l.Resolved = e.Peer, e.Resolved
	if e.TLS == nil {
		return
	}
	l.TLS, l.Cipher = e.TLS.Version, e.TLS.Cipher
	for _, der := range e.TLS.Certificates {
		sum := sha256.Sum256(der)
		l.Certificates = append(l.Certificates, hex.EncodeToString(sum[:]))
	}
}

// Listed yields the addresses of a text with one on each line; blank lines and
// those that begin with # are passed over.
func Listed(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

// FindBrowser returns the path of an installed Chromium, "" where there is none.
func FindBrowser() string { return capture.FindBrowser() }
