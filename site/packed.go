package site

import (
	"compress/gzip"
	"net/http"
	"strings"
)

// packs reports whether an answer may be compressed. A part of a file is not, since
// it is counted in its own bytes.
func packs(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == ""
}

// A packed answer is compressed where it is text: a map's script is a third as long
// then.
type packed struct {
	http.ResponseWriter
	begun bool
	zip   *gzip.Writer // nil where it is sent as it is
}

// WriteHeader begins the answer.
func (p *packed) WriteHeader(status int) {
	if p.begun {
		return
	}
	p.begun = true
	h := p.Header()
	h.Add("Vary", "Accept-Encoding")
	if kind := h.Get("Content-Type"); status == http.StatusOK && h.Get("Content-Encoding") == "" &&
		(strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "javascript") || strings.Contains(kind, "svg")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		h.Del("Accept-Ranges")
		p.zip = gzip.NewWriter(p.ResponseWriter)
	}
	p.ResponseWriter.WriteHeader(status)
}

// Write sends some of the answer.
func (p *packed) Write(data []byte) (int, error) {
	p.WriteHeader(http.StatusOK)
	if p.zip == nil {
		return p.ResponseWriter.Write(data)
	}
	return p.zip.Write(data)
}

// Close ends the answer.
func (p *packed) Close() error {
	if p.zip == nil {
		return nil
	}
	return p.zip.Close()
}
