package collect

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture"
	"github.com/cairn-recorder/cairn/unpack"
)

const (
	mostRedirects   = 10
	mostHeaderBytes = 256 << 10
)

// address fetches one address. Whatever happens is an Item: the receipt says
// what came and, where the outcome is not Fetched, why.
func (c *collector) address(address string) bool {
	ctx, cancel := context.WithTimeout(c.ctx, c.Timeout)
	defer cancel()
	f := fetch{collector: c, ctx: ctx, client: c.client(), receipt: c.receipt(address, "http")}
	defer f.client.CloseIdleConnections()
	f.receipt.Agent = c.Agent
	if c.Via != "" && c.Via != capture.Direct {
		f.receipt.Line = &cairn.Line{Via: c.out.String()}
	}
	came := f.follow(address)
	if err := c.ctx.Err(); err != nil {
		c.fail(err)
		return false
	}
	switch f.receipt.Outcome {
	case cairn.TooLarge:
		return c.yield(Item{Receipt: f.receipt}, nil)
	case cairn.Fetched, cairn.NotText:
		if held := reader(came); unpack.Kind(held, held.Size()) != "" {
			return c.container(f.receipt, held, held.Size(), reopened(came))
		}
		buffer := bufio.NewReader(bytes.NewReader(came))
		if first, isLines, _ := c.firstLine(buffer); isLines {
			return c.lines(f.receipt, first, buffer)
		}
	}
	return c.keep(f.receipt, came)
}

// client asks one address at a time and follows nothing by itself. Whether an
// IP address may be gone to is checked as it is dialled, so that neither a
// redirect nor a name that changes its address gets around it.
func (c *collector) client() *http.Client {
	jar, _ := cookiejar.New(nil) // fails on no options
	return &http.Client{
		Jar: jar,
		Transport: &http.Transport{
			DialContext:            c.out.Dial,
			TLSHandshakeTimeout:    min(c.Timeout, 20*time.Second),
			ResponseHeaderTimeout:  c.Timeout,
			MaxResponseHeaderBytes: mostHeaderBytes,
			DisableCompression:     true, // what comes packed is unpacked here, within the bound
			ForceAttemptHTTP2:      true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type fetch struct {
	*collector
	ctx     context.Context
	client  *http.Client
	receipt cairn.Receipt
	more    http.Header // of the request
}

// follow goes from address along its redirects and returns what stands at their
// end.
func (f *fetch) follow(address string) []byte {
	at, err := url.Parse(address)
	if err != nil {
		return f.end(cairn.Failed, "no address: "+err.Error())
	}
	for range mostRedirects + 1 {
		if at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
			return f.end(cairn.Failed, "leads to what is no http or https address: "+at.String())
		}
		f.receipt.Robots = f.allowed(at)
		if f.receipt.Robots == disallowed && !f.IgnoreRobots {
			return f.end(cairn.Blocked, "robots.txt of "+at.Host+" does not allow "+at.RequestURI())
		}
		response, err := f.ask(at, "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8")
		if err != nil {
			return f.end(cairn.Failed, f.why(err))
		}
		next, err := response.Location()
		if response.StatusCode/100 != 3 || err != nil {
			defer response.Body.Close()
			return f.arrive(response)
		}
		response.Body.Close()
		at = next
		f.receipt.Final = at.String()
		f.receipt.Redirects = append(f.receipt.Redirects, at.String())
	}
	return f.end(cairn.Failed, fmt.Sprintf("more than %d redirects", mostRedirects))
}

func (f *fetch) ask(at *url.URL, accept string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(f.ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.Agent)
	request.Header.Set("Accept", accept)
	request.Header.Set("Accept-Encoding", "gzip")
	for name, values := range f.more {
		request.Header[name] = values
	}
	return f.client.Do(request)
}

func (f *fetch) end(outcome cairn.Outcome, note string) []byte {
	f.receipt.Outcome, f.receipt.Note = outcome, note
	return nil
}

// why says in words what kept an answer from coming.
func (f *fetch) why(err error) string {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, capture.ErrPrivate):
		return capture.ErrPrivate.Error()
	case err == nil:
		return ""
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host: " + dns.Name
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer within " + f.Timeout.String()
	}
	return err.Error()
}

// arrive reads the answer at the end of the way.
func (f *fetch) arrive(response *http.Response) []byte {
	r := &f.receipt
	r.Status, r.Headers = response.StatusCode, response.Header
	if response.ContentLength > f.MaxBytes {
		r.Size = response.ContentLength
		return f.end(cairn.TooLarge, fmt.Sprintf("over the bound of %d bytes", f.MaxBytes))
	}
	came, err := f.body(response)
	if int64(len(came)) > f.MaxBytes {
		return f.end(cairn.TooLarge, fmt.Sprintf("over the bound of %d bytes", f.MaxBytes))
	}
	if len(came) > 0 {
		r.Media = media(came)
	}
	r.Outcome, r.Note = statusOutcome(response.StatusCode)
	switch {
	case r.Outcome == cairn.Gone || r.Outcome == cairn.Failed:
	case err != nil:
		r.Outcome, r.Note = cairn.BrokenOff, fmt.Sprintf("broken off after %d bytes: %s", len(came), f.why(err))
	default:
		f.look(came, response)
	}
	return came
}

// look sets the outcome of what came whole from how it looks.
func (f *fetch) look(came []byte, response *http.Response) {
	r := &f.receipt
	r.Outcome, r.Note = lookedOutcome(r.Outcome, r.Note, came, r.Media, response.Header.Get("Content-Type"), r.From, response.Request.URL.String())
}

// lookedOutcome is the outcome of what came whole under a status that makes it
// outcome, "" where the content decides: a refusal may be a test for persons or
// a wall.
func lookedOutcome(outcome cairn.Outcome, note string, came []byte, media, contentType, from, at string) (cairn.Outcome, string) {
	if outcome == "" {
		return shownOutcome(came, media, contentType, from, at)
	}
	if why := loginWall(came, contentType, at); why != "" {
		return cairn.LoginWall, why
	}
	if shown, why := pageOutcome(came, contentType, from, at); shown == cairn.Captcha {
		return shown, why
	}
	return outcome, note
}

// body reads and unpacks the body, a byte further than the bound at most. What
// came before an error comes with it.
func (f *fetch) body(response *http.Response) ([]byte, error) {
	reader := io.Reader(response.Body)
	switch encoding := strings.ToLower(response.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(reader)
		if errors.Is(err, io.EOF) {
			return nil, nil // an empty body that says it is packed
		}
		if err != nil {
			return nil, err
		}
		reader = unpacked
	default:
		return nil, errors.New("packed as " + encoding + ", which was not asked for")
	}
	return io.ReadAll(io.LimitReader(reader, f.MaxBytes+1))
}
