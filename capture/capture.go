// Package capture takes a page as it is on the web: every answer that came, byte
// by byte as it came, with the address that the name led to, the certificates
// that were shown, and, where a browser is at hand, a picture of the whole page,
// a print of it and the text that a reader sees. All of it is one WARC file.
//
// Whatever asks, a browser included, asks through one line, which keeps away from
// private addresses and never takes another way out than the one it was told.
package capture

import (
	"context"
	"errors"
	"io"
	"time"
)

// Options say how pages are captured. Now and Agent are required.
type Options struct {
	Now   func() time.Time
	Agent string // the User-Agent shown
	Who   string // who captures
	Tool  string // what captures, with its version
	Line  *Line

	Browser  string        // the path of a Chromium; "" goes without
	Timeout  time.Duration // for one page; a minute where 0
	MaxBytes int64         // the most of one answer; 64 MiB where 0
	MaxTotal int64         // the most of all answers of a page; 512 MiB where 0
}

// A Captured is one page as it was captured. It is to be closed.
type Captured struct {
	Address   string // that was asked for
	At        time.Time
	Exchanges []*Exchange // in the order in which they ended
	Main      *Exchange   // the answer at the end of the redirects; nil where none came
	Redirects []string    // each address on the way

	// Of a browser; all empty without one.
	DOM        []byte // the page as scripts have made it
	Text       []byte // what a reader sees
	Screenshot []byte // of the whole page, PNG
	Print      []byte // PDF
	Browser    string // its name and version
	Note       string // why something of this is missing

	spool Spool // the answers
}

// Close throws away the answers.
func (c *Captured) Close() error { return c.spool.Close() }

// An Exchange is one request and what came back, as it went over the line.
type Exchange struct {
	Address  string
	Method   string
	At       time.Time
	Request  []byte            // as it was sent
	Raw      *io.SectionReader // the answer as it came, its head and its codings included; nil where none came
	Status   int
	Headers  map[string][]string
	Peer     string // the IP address that answered; "" through a proxy
	Resolved []string
	TLS      *TLS
	Cut      string // why the answer is not whole: length, time, disconnect
	Err      error  // why there is none

	length int64 // of its body, transfer coding undone
}

// A TLS is what a server showed of itself.
type TLS struct {
	Version      string
	Cipher       string
	Certificates [][]byte // DER, the server's own first
}

// ErrNoBrowser says that there is no browser where there should be one.
var ErrNoBrowser = errors.New("no browser answers")

func (o Options) filled() Options {
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 64 << 20
	}
	if o.MaxTotal <= 0 {
		o.MaxTotal = 512 << 20
	}
	return o
}

// Page captures the page at an address. What goes wrong on the web stands in the
// exchanges; the error is of ctx, or [ErrNoBrowser].
func Page(ctx context.Context, address string, options Options) (*Captured, error) {
	o := options.filled()
	limited, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	run := &run{Options: o, captured: &Captured{Address: address, At: o.Now().UTC()}}
	var err error
	if o.Browser == "" {
		run.plain(limited, address)
	} else {
		err = run.browse(limited, address)
	}
	if ended := ctx.Err(); ended != nil {
		return nil, errors.Join(ended, run.captured.Close())
	}
	run.follow()
	return run.captured, err
}

// follow finds the way from the address that was asked for to the page.
func (r *run) follow() {
	c := r.captured
	at := c.Address
	for range mostRedirects + 1 {
		e := r.last(at)
		if e == nil {
			return
		}
		c.Main = e
		next := e.leadsTo()
		if next == "" {
			return
		}
		c.Redirects = append(c.Redirects, next)
		at = next
	}
}

// last returns the last exchange of an address that brought an answer, or else
// the last of all.
func (r *run) last(address string) *Exchange {
	var found *Exchange
	for _, e := range r.captured.Exchanges {
		if sameAddress(e.Address, address) && e.Method == "GET" && (found == nil || e.Err == nil) {
			found = e
		}
	}
	return found
}
