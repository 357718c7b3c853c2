package collect

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"github.com/cairn-recorder/cairn"
)

// readable are the media types, beside those of text, whose text is read.
var readable = []string{
	"application/pdf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/json", "application/xhtml+xml", "message/rfc822",
}

// media returns the media type that the bytes themselves show.
func media(bytes []byte) string { return mimetype.Detect(bytes).String() }

// contentOutcome is the outcome of bytes that came whole, and why.
func contentOutcome(content []byte, media string) (cairn.Outcome, string) {
	if len(bytes.TrimSpace(content)) == 0 {
		return cairn.Empty, "nothing but white space"
	}
	for m := mimetype.Lookup(strings.Split(media, ";")[0]); m != nil; m = m.Parent() {
		if m.Is("text/plain") {
			return cairn.Fetched, ""
		}
		for _, r := range readable {
			if m.Is(r) {
				return cairn.Fetched, ""
			}
		}
	}
	return cairn.NotText, "holds no text that is read: " + media
}

// statusOutcome is the outcome that an HTTP status alone decides; "" for one
// whose content decides.
func statusOutcome(status int) (cairn.Outcome, string) {
	note := strings.TrimSpace(http.StatusText(status))
	switch {
	case status == http.StatusNoContent, status == http.StatusResetContent:
		return cairn.Empty, note
	case status >= 200 && status < 300:
		return "", ""
	case status == http.StatusNotFound, status == http.StatusGone:
		return cairn.Gone, note
	case status == http.StatusUnauthorized, status == http.StatusPaymentRequired, status == http.StatusForbidden,
		status == http.StatusTooManyRequests, status == http.StatusUnavailableForLegalReasons:
		return cairn.Blocked, note
	}
	return cairn.Failed, note
}
