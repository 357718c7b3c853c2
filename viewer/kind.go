package viewer

import (
	"bytes"
	"mime"
	"net/http"
	"strings"

	"golang.org/x/net/html/charset"
)

// picture is the media types that browsers show as a picture and that run nothing.
var picture = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/avif": true, "image/bmp": true, "image/x-icon": true}

// kindOf returns the media type by which p is shown: that of its bytes where they
// show it, whatever the server said, and else the one that was told.
func kindOf(p Page) string {
	seen, _, _ := mime.ParseMediaType(http.DetectContentType(p.Content))
	told, _, _ := mime.ParseMediaType(p.Media)
	switch {
	case seen == "image/vnd.microsoft.icon":
		return "image/x-icon"
	case picture[seen]:
		return seen
	case told == "application/xhtml+xml", seen == "text/html":
		return "text/html"
	case strings.HasPrefix(seen, "audio/"), strings.HasPrefix(seen, "video/"), strings.HasPrefix(seen, "font/"):
		return seen
	case told == "" || picture[told]:
		return seen
	}
	return told
}

// decoded returns the text of p in UTF-8.
func decoded(p Page) []byte {
	encoding, _, _ := charset.DetermineEncoding(p.Content, p.Media)
	text, err := encoding.NewDecoder().Bytes(p.Content)
	if err != nil {
		text = p.Content
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD"))
}

// asText returns p as text where it is text.
func asText(p Page) []byte {
	seen := http.DetectContentType(p.Content)
	if strings.HasPrefix(seen, "text/") || strings.HasSuffix(strings.ToLower(p.Media), "json") {
		return decoded(p)
	}
	return []byte("These bytes are no page and no picture (" + seen + "), and are not shown. The desk gives them out as a file.\n")
}
