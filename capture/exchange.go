package capture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

const (
	mostRedirects = 10
	mostRequests  = 2000 // of one page
	mostHead      = 1 << 20
)

// A run is one page on its way.
type run struct {
	Options

	mu       sync.Mutex
	captured *Captured
	asked    int
	total    int64 // bytes of all answers
}

// exchange asks for one address and keeps what came, byte by byte. The
// connection carries nothing else.
func (r *run) exchange(ctx context.Context, request *http.Request) *Exchange {
	e := &Exchange{Address: request.URL.String(), Method: request.Method, At: r.Now().UTC()}
	if !r.may() {
		e.Err = errors.New("the page asks for more than it is allowed")
	} else if request.URL.Scheme != "http" && request.URL.Scheme != "https" {
		e.Err = errors.New("is no http or https address")
	} else {
		e.Err = r.speak(ctx, e, request)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.captured.Exchanges = append(r.captured.Exchanges, e)
	return e
}

// may reports whether the page may ask for one more address.
func (r *run) may() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	return r.asked <= mostRequests && r.total < r.MaxTotal
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		if port = "80"; u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// speak sends a request and reads the answer to it.
func (r *run) speak(ctx context.Context, e *Exchange, request *http.Request) error {
	w, err := r.Line.dial(ctx, hostPort(request.URL))
	e.Peer, e.Resolved = w.peer, w.resolved
	if err != nil {
		return err
	}
	defer w.Close()
	stop := context.AfterFunc(ctx, func() { w.Close() })
	defer stop()
	conn := w.Conn
	if request.URL.Scheme == "https" {
		secured, shown, err := r.Line.secure(ctx, w, request.URL.Hostname())
		e.TLS = shown
		if err != nil {
			return err
		}
		conn = secured
	}
	var sent bytes.Buffer
	if err := request.Write(&sent); err != nil {
		return err
	}
	e.Request = sent.Bytes()
	if _, err := conn.Write(e.Request); err != nil {
		return err
	}
	return r.hear(ctx, e, conn, request)
}

// hear reads an answer, up to the bound. What came before it broke off is kept.
func (r *run) hear(ctx context.Context, e *Exchange, conn io.Reader, request *http.Request) error {
	heard := &hearing{in: io.LimitReader(conn, r.MaxBytes+mostHead), kept: Spool{Most: mostHeard}}
	defer heard.kept.Close()
	text := bufio.NewReader(heard)
	begin := int64(0)
	answer, err := http.ReadResponse(text, request)
	for err == nil && answer.StatusCode/100 == 1 && answer.StatusCode != http.StatusSwitchingProtocols {
		begin = heard.kept.Size() - int64(text.Buffered())
		answer, err = http.ReadResponse(text, request)
	}
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	defer answer.Body.Close()
	e.Status, e.Headers = answer.StatusCode, answer.Header
	e.length, err = io.Copy(io.Discard, io.LimitReader(answer.Body, r.MaxBytes+1))
	switch {
	case heard.fault != nil:
		return heard.fault
	case e.length > r.MaxBytes:
		e.Cut, e.length = "length", r.MaxBytes
	case err != nil && ctx.Err() != nil:
		e.Cut = "time"
	case err != nil:
		e.Cut = "disconnect"
	}
	e.Raw, err = r.keep(heard.kept.Section(begin))
	return err
}

// mostHeard is how much of an answer is in memory while it comes.
const mostHeard = 256 << 10

// keep puts an answer beside those that are whole.
func (r *run) keep(answer *io.SectionReader) (*io.SectionReader, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	begin := r.captured.spool.Size()
	n, err := io.Copy(&r.captured.spool, answer)
	r.total += n
	if err != nil {
		return nil, err
	}
	return r.captured.spool.Section(begin), nil
}

// Body is the answer without its head, transfer coding undone. It is empty where
// there is none.
func (e *Exchange) Body() io.Reader {
	if e.Raw == nil {
		return strings.NewReader("")
	}
	answer, err := http.ReadResponse(bufio.NewReader(io.NewSectionReader(e.Raw, 0, e.Raw.Size())), &http.Request{Method: e.Method})
	if err != nil {
		return strings.NewReader("")
	}
	return io.LimitReader(answer.Body, e.length)
}

// hearing keeps everything that is read.
type hearing struct {
	in    io.Reader
	kept  Spool
	fault error // why it cannot be kept
}

// Read reads as io.Reader does.
func (h *hearing) Read(p []byte) (int, error) {
	n, err := h.in.Read(p)
	if _, h.fault = h.kept.Write(p[:n]); h.fault != nil {
		return 0, h.fault
	}
	return n, err
}

// leadsTo returns where a redirect leads, "" where the answer is none.
func (e *Exchange) leadsTo() string {
	if e.Err != nil || e.Status/100 != 3 {
		return ""
	}
	at, err := url.Parse(e.Address)
	if err != nil {
		return ""
	}
	to, err := at.Parse(http.Header(e.Headers).Get("Location"))
	if err != nil || http.Header(e.Headers).Get("Location") == "" {
		return ""
	}
	return to.String()
}

// sameAddress compares addresses without their fragments, and a host alone with
// the same behind a slash.
func sameAddress(a, b string) bool {
	plain := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		if u, err := url.Parse(s); err == nil && u.Path == "" {
			u.Path = "/"
			s = u.String()
		}
		return s
	}
	return plain(a) == plain(b)
}
