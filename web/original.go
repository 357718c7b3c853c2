package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/cairn-recorder/cairn"
)

// extensions is the ending of the file name of an original, by the medium of
// the document that was read from it.
var extensions = map[string]string{"text": ".txt", "html": ".html", "pdf": ".pdf", "docx": ".docx", "eml": ".eml", "contract": ".jsonl", "table": ".csv"}

// original answers with the bytes that were archived, as a file to be saved and
// never as a page: they may be hostile.
func (s *site) original(w http.ResponseWriter, r *http.Request) {
	ref, err := cairn.ParseRef(r.PathValue("ref"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if err := s.mayHave(r, ref); err != nil {
		s.fail(w, r, err)
		return
	}
	bytes, err := s.originals.Get(ref)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Length", strconv.Itoa(len(bytes)))
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s%s"`, ref, s.extension(r.Context(), ref)))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	w.Write(bytes)
}

// mayHave is errMayNot where bytes came with what is private, as the EXIF of a
// photo is, which they hold themselves, and the visitor does not work on the record.
func (s *site) mayHave(r *http.Request, ref cairn.Ref) error {
	if visitorOf(r).Works() {
		return nil
	}
	receipts, err := s.view.Receipts(r.Context(), ref)
	if err == nil && slices.ContainsFunc(receipts, func(r cairn.Receipt) bool { return len(r.Private) > 0 }) {
		return errMayNot
	}
	return err
}

func (s *site) extension(ctx context.Context, ref cairn.Ref) string {
	if d, err := s.view.DocumentByRef(ctx, ref); err == nil && extensions[d.Medium] != "" {
		return extensions[d.Medium]
	}
	return ".bin"
}
