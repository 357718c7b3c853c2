// Package viewer shows archived pages, which may be hostile, on an origin of their
// own. A page is made anew of what a page may hold to be looked at: no script, no
// frame, no form, no link. Everything that it is made with is answered from the
// archive or not at all, and a policy is sent with it under which a browser would
// load nothing else, run nothing and give it no origin.
//
// The package knows no session and sets no cookie. Whoever reaches it sees what is
// archived, so that it is to listen where only staff do.
package viewer

import (
	"context"
	"crypto/hmac"
	"errors"
	"net/http"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A Page is an archived answer: its bytes, its media type as far as it is known,
// and the address that it was had from.
type Page struct {
	Content []byte
	Media   string
	Address string
}

// A Shelf is where archived pages stand. Page returns that of a document, and Part
// what the archive has for an address that the page is made with; both are
// cairn.ErrNotFound where there is nothing.
type Shelf interface {
	Page(ctx context.Context, document string) (Page, error)
	Part(ctx context.Context, document, address string) (Page, error)
}

// policy is under what every answer is shown: nothing is loaded but pictures,
// styles, sounds and films of this origin, nothing runs, nothing is sent, and nobody
// may frame it. Fonts are left out: a page without an origin may load none.
const policy = "default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; media-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"

// New returns the pages of a shelf: /pages/DOCUMENT, and what they are made with
// under /parts/DOCUMENT?of=ADDRESS&seal=SEAL. The seal is made with secret, which is
// drawn anew each time, so that no page of elsewhere can ask what is archived.
func New(shelf Shelf, secret []byte) http.Handler {
	v := viewing{shelf, secret}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /pages/{document}", v.page)
	mux.HandleFunc("GET /parts/{document}", v.part)
	return guarded(mux)
}

type viewing struct {
	shelf  Shelf
	secret []byte
}

// guarded sends the policy with every answer.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for name, value := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"X-DNS-Prefetch-Control": "off", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "cross-origin",
			"Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), clipboard-read=(), browsing-topics=()",
		} {
			h.Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// page shows a document: a page made anew, a picture as it is, and anything else as
// text.
func (v viewing) page(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("document")
	p, err := v.shelf.Page(r.Context(), id)
	if err != nil {
		fail(w, err)
		return
	}
	switch kind := kindOf(p); {
	case kind == "text/html":
		answer(w, "text/html; charset=utf-8", remade(p, v.parts(p, id)))
	case picture[kind]:
		answer(w, kind, p.Content)
	default:
		answer(w, "text/plain; charset=utf-8", asText(p))
	}
}

// part answers with what a page is made with. What is neither style, picture,
// sound nor film is not handed out.
func (v viewing) part(w http.ResponseWriter, r *http.Request) {
	id, address := r.PathValue("document"), r.URL.Query().Get("of")
	if !hmac.Equal([]byte(v.parts(Page{}, id).seal(address)), []byte(r.URL.Query().Get("seal"))) {
		http.Error(w, "no page that is shown here asks for it", http.StatusForbidden)
		return
	}
	p, err := v.shelf.Part(r.Context(), id, address)
	if err != nil {
		fail(w, err)
		return
	}
	p.Address = address
	switch kind := kindOf(p); {
	case kind == "text/css":
		answer(w, "text/css; charset=utf-8", []byte(styled(string(p.Content), v.parts(p, id))))
	case picture[kind], kind == "image/svg+xml", strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"):
		answer(w, kind, p.Content)
	default:
		http.Error(w, "the archive has something else there, which is not shown", http.StatusNotFound)
	}
}

func answer(w http.ResponseWriter, media string, content []byte) {
	w.Header().Set("Content-Type", media)
	_, _ = w.Write(content) // whoever has gone away needs no answer
}

func fail(w http.ResponseWriter, err error) {
	if errors.Is(err, cairn.ErrNotFound) {
		http.Error(w, "the archive does not have it", http.StatusNotFound)
		return
	}
	http.Error(w, "it cannot be shown: "+err.Error(), http.StatusInternalServerError)
}
