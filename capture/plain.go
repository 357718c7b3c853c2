package capture

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/cairn-recorder/cairn/warc"
)

// mostDepth is how far a page is followed without a browser: to its style
// sheets, and to what those are made with.
const mostDepth = 2

// plain captures a page without a browser: the page, along its redirects, and
// what it is made with as far as its text shows that.
func (r *run) plain(ctx context.Context, address string) {
	at := address
	for range mostRedirects + 1 {
		e := r.get(ctx, at, "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8")
		if e == nil || e.Err != nil {
			return
		}
		next := e.leadsTo()
		if next == "" {
			r.needed(ctx, e, map[string]bool{at: true}, 0)
			return
		}
		at = next
	}
}

// get asks for an address; nil where it is none.
func (r *run) get(ctx context.Context, address, accept string) *Exchange {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil
	}
	request.Header.Set("User-Agent", r.Agent)
	request.Header.Set("Accept", accept)
	request.Header.Set("Accept-Encoding", "gzip")
	request.Close = true
	return r.exchange(ctx, request)
}

// needed fetches what the page of an exchange is made with.
func (r *run) needed(ctx context.Context, e *Exchange, done map[string]bool, depth int) {
	if media := e.media(); depth >= mostDepth || ctx.Err() != nil || media != "text/html" && media != "text/css" {
		return
	}
	content, media := e.Content(r.MaxBytes)
	for _, need := range warc.Needs(e.Address, media, content) {
		if done[need] || !strings.HasPrefix(need, "http") {
			continue
		}
		done[need] = true
		if more := r.get(ctx, need, "*/*"); more != nil && more.Err == nil {
			r.needed(ctx, more, done, depth+1)
		}
	}
}

// Content returns the body with its codings undone, as far as that goes, and the
// media type that the server gave it.
func (e *Exchange) Content(most int64) (content []byte, media string) {
	m := warc.Message{Header: warc.Header{{Name: "Content-Encoding", Value: http.Header(e.Headers).Get("Content-Encoding")}}, Body: e.Body()}
	unpacked, err := m.Decoded()
	if err == nil {
		content, err = io.ReadAll(io.LimitReader(unpacked, most+1))
	}
	if err != nil && len(content) == 0 {
		content, _ = io.ReadAll(e.Body()) // as far as it goes
	}
	return content, e.media()
}

// media is the media type that the server gave an answer.
func (e *Exchange) media() string {
	media, _, _ := strings.Cut(strings.ToLower(http.Header(e.Headers).Get("Content-Type")), ";")
	return strings.TrimSpace(media)
}
