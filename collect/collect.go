// Package collect brings bytes in: from files, folders, standard input and
// addresses of the web. With the bytes comes a Receipt that says honestly what
// was got; a page that is gone, refused or behind a login is an outcome and not
// a success. It decides nothing about what the bytes say.
//
// It alone among the verbs meets the world. From the web it asks under its own
// name, notes what robots.txt allows, and does not go to private addresses
// unless it is told to.
package collect

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/netip"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture"
	"github.com/cairn-recorder/cairn/unpack"
)

// Agent is the User-Agent that addresses are asked under unless Options say
// otherwise.
const Agent = "cairn/" + cairn.Version + " (casualty recording; +https://github.com/cairn-recorder/cairn)"

// Options say on whose behalf and within what bounds things are collected. Only
// Now is required.
type Options struct {
	Now   func() time.Time // the clock that receipts are dated by
	Who   string           // the person or version that collects
	Agent string           // the User-Agent; Agent where empty
	Given cairn.Given      // what the person says about all that is brought in
	Stdin io.Reader        // what "-" stands for; nil is nothing
	Files fs.FS            // where paths are looked for; nil is the disk

	MaxBytes     int64          // the most of one document; 64 MiB where 0
	Timeout      time.Duration  // for one address, redirects and body included; a minute where 0
	AllowPrivate bool           // go to private, loopback and link-local addresses too
	Allowed      []netip.Prefix // private networks that may be gone to all the same
	IgnoreRobots bool           // fetch what robots.txt forbids, and still note it

	Via      string                                     // the way out: direct where empty, socks5://host:port or http://host:port
	Browser  string                                     // the path of a Chromium for captures; "" goes without
	Interval time.Duration                              // between two captures of one host; a second where 0
	Asked    map[string]time.Time                       // when each host was last asked, kept from one call to the next; may be nil
	Pause    func(context.Context, time.Duration) error // waits; nil waits by the clock of the machine

	DayFirst *bool // how a chat's 03/04/2024 is read; nil leaves it to what the chat itself shows

	Skipped func(path, why string) // told of each file of a folder that is passed over; may be nil
}

// An Item is one thing brought in: its Receipt and, where any came, its bytes.
// Line is its line in a JSON Lines file, from 1, and 0 for a thing of its own.
//
// An Original is kept and is no report: a container, a picture, a film. One that
// may be long has no Bytes but is opened. Where there are neither, and the
// receipt names bytes all the same, they are those of an earlier Item.
type Item struct {
	Receipt  cairn.Receipt
	Bytes    []byte
	Line     int
	Original bool
	Open     func() (io.ReadSeekCloser, error)
}

// All brings in targets one after another: paths of files and folders, http and
// https addresses, and "-" for standard input. A folder is walked whole, in
// order of name. A JSON Lines file of documents yields one Item a line, the
// bytes of each line being its evidence. A container (an archive of web pages,
// the export of a platform, a packed folder) yields itself and then each thing in
// it.
//
// What cannot be had from the world at all (a file that cannot be read) and a
// bad line, which is a cairn.Invalid, are yielded as errors that name them, and
// the rest goes on. It ends early only when ctx does.
func All(ctx context.Context, options Options, targets ...string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		c := newCollector(ctx, options, yield)
		for _, target := range targets {
			if !c.target(target) {
				return
			}
		}
	}
}

func newCollector(ctx context.Context, options Options, yield func(Item, error) bool) *collector {
	c := &collector{Options: options.filled(), ctx: ctx, yield: yield, robots: map[string]rules{}, handed: map[cairn.Ref]handed{}}
	c.out, c.closed = capture.NewLine(c.Via, c.AllowPrivate, c.Allowed...)
	return c
}

func (o Options) filled() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 64 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.Agent == "" {
		o.Agent = Agent
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	if o.Interval <= 0 {
		o.Interval = time.Second
	}
	if o.Pause == nil {
		o.Pause = pause
	}
	if o.Skipped == nil {
		o.Skipped = func(string, string) {}
	}
	return o
}

type collector struct {
	Options
	ctx    context.Context
	yield  func(Item, error) bool
	robots map[string]rules     // by origin, for this run
	handed map[cairn.Ref]handed // of the container at hand
	out    *capture.Line        // the way out; nil where it is none
	closed error                // why there is no way out
	link   *unpack.Piece        // the row of a table of links that is fetched; nil otherwise
}

// target brings one target in; false means that nobody wants more.
func (c *collector) target(target string) bool {
	if err := c.ctx.Err(); err != nil {
		c.yield(Item{}, err)
		return false
	}
	scheme, _, isAddress := strings.Cut(target, "://")
	switch {
	case target == "-":
		return c.stream("-", "stdin", c.Stdin)
	case isAddress && c.closed != nil:
		return c.fail(fmt.Errorf("collect %s: %w", target, cairn.Invalid{Field: "via", Reason: c.closed.Error()}))
	case isAddress && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")):
		return c.address(target)
	case isAddress && !strings.ContainsAny(scheme, `/\.`):
		return c.fail(fmt.Errorf("collect %s: %w", target,
			cairn.Invalid{Field: "address", Reason: "want http or https, not " + scheme}))
	}
	return c.path(target)
}

func (c *collector) fail(err error) bool { return c.yield(Item{}, err) }

// receipt begins the receipt of something from and how.
func (c *collector) receipt(from, how string) cairn.Receipt {
	return c.linked(cairn.Receipt{From: from, How: how, At: c.Now().UTC(), Who: c.Who, Given: c.Given})
}

// document yields bytes that came whole, with the outcome that they show.
func (c *collector) document(receipt cairn.Receipt, bytes []byte) bool {
	if held := reader(bytes); unpack.Kind(held, held.Size()) != "" {
		return c.container(receipt, held, held.Size(), reopened(bytes))
	}
	receipt.Media = media(bytes)
	receipt.Outcome, receipt.Note = shownOutcome(bytes, receipt.Media, "", "", "")
	return c.keep(receipt, bytes)
}

func reader(content []byte) *bytes.Reader { return bytes.NewReader(content) }

// reopened opens bytes that are in memory.
func reopened(content []byte) func() (io.ReadSeekCloser, error) {
	return func() (io.ReadSeekCloser, error) { return unclosed{bytes.NewReader(content)}, nil }
}

type unclosed struct{ io.ReadSeeker }

// Close does nothing.
func (unclosed) Close() error { return nil }

// keep yields receipt with bytes, if there are any.
func (c *collector) keep(receipt cairn.Receipt, bytes []byte) bool {
	if len(bytes) > 0 {
		receipt.Ref = cairn.RefOf(bytes)
		receipt.Size = int64(len(bytes))
	}
	return c.yield(Item{Receipt: receipt, Bytes: bytes}, nil)
}
