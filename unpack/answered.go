package unpack

import (
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/warc"
)

// mostHops is how many redirects are followed within an archive.
const mostHops = 10

// Answered returns what the archive has as the answer of an address, of at most so
// many bytes, with its media type as the server told it: the last that was a
// success, redirects followed within the archive. It is cairn.ErrNotFound where
// there is none.
func (r *Records) Answered(address string, most int64) (content []byte, media string, err error) {
	for range mostHops {
		content, media, next, err := r.answer(address, most)
		if err != nil || next == "" {
			return content, media, err
		}
		address = next
	}
	return nil, "", fmt.Errorf("%s: leads on without end: %w", address, cairn.ErrNotFound)
}

// answer returns one answer, or the address that it leads to.
func (r *Records) answer(address string, most int64) (content []byte, media, next string, err error) {
	all := r.at[address]
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].kind == warc.Request {
			continue
		}
		record, err := warc.NewReader(io.NewSectionReader(r.file, all[i].offset, 1<<62-all[i].offset)).Next()
		if err != nil {
			return nil, "", "", err
		}
		if record.Type() == warc.Revisit {
			if same := record.Header.Get(warc.RefersToURIField); same != "" && same != address {
				return nil, "", same, nil
			}
			continue
		}
		m, err := record.Message()
		if err != nil {
			content, err = io.ReadAll(io.LimitReader(record, most))
			return content, record.Media(), "", err
		}
		if to := m.Header.Get("Location"); to != "" && m.Status >= 300 && m.Status < 400 {
			if base, err := url.Parse(address); err == nil {
				if led, err := base.Parse(to); err == nil {
					return nil, "", led.String(), nil
				}
			}
		}
		if m.Status != http.StatusOK {
			continue
		}
		body, err := m.Decoded()
		if err != nil {
			return nil, "", "", err
		}
		content, err = io.ReadAll(io.LimitReader(body, most))
		return content, m.Header.Get("Content-Type"), "", err
	}
	return nil, "", "", fmt.Errorf("%s: %w", address, cairn.ErrNotFound)
}
