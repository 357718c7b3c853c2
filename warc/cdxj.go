package warc

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// A Line is one line of a CDXJ index: where a capture of an address stands.
type Line struct {
	Key       string // the address in the order of its domain, see [SURT]
	At        time.Time
	URL       string
	MediaType string
	Status    int // of HTTP; 0 where there is none
	Digest    string
	Filename  string
	Offset    int64
	Length    int64
}

// timestamp is the form of a moment in an index: to the second, without marks.
const timestamp = "20060102150405"

// indexed is the JSON of a line. Its numbers are strings, as other tools write
// and read them.
type indexed struct {
	URL      string `json:"url"`
	Mime     string `json:"mime,omitempty"`
	Status   string `json:"status,omitempty"`
	Digest   string `json:"digest,omitempty"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

// String writes l as one line, without its end.
func (l Line) String() string {
	fields := indexed{URL: l.URL, Mime: l.MediaType, Digest: l.Digest, Length: strconv.FormatInt(l.Length, 10), Offset: strconv.FormatInt(l.Offset, 10), Filename: l.Filename}
	if l.Status != 0 {
		fields.Status = strconv.Itoa(l.Status)
	}
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	_ = e.Encode(fields) // strings alone, which always encode
	return l.Key + " " + l.At.UTC().Format(timestamp) + " " + strings.TrimSpace(body.String())
}

// ParseLine reads a line of an index.
func ParseLine(s string) (Line, error) {
	key, rest, ok := strings.Cut(strings.TrimSpace(s), " ")
	at, body, more := strings.Cut(rest, " ")
	if !ok || !more {
		return Line{}, fmt.Errorf("%q is no line of an index: it wants a key, a time and an object", s)
	}
	var raw map[string]any
	if err := json.Unmarshal([]byte(body), &raw); err != nil {
		return Line{}, fmt.Errorf("line of %s: %w", key, err)
	}
	text := func(name string) string {
		switch v := raw[name].(type) {
		case string:
			return v
		case float64:
			return strconv.FormatInt(int64(v), 10)
		}
		return ""
	}
	l := Line{Key: key, URL: text("url"), MediaType: text("mime"), Digest: text("digest"), Filename: text("filename")}
	var err error
	if l.At, err = time.Parse(timestamp, at); err != nil {
		return Line{}, fmt.Errorf("line of %s: %w", key, err)
	}
	l.Status, _ = strconv.Atoi(text("status"))
	if l.Offset, err = strconv.ParseInt(text("offset"), 10, 64); err != nil {
		return Line{}, fmt.Errorf("line of %s: offset: %w", key, err)
	}
	if l.Length, err = strconv.ParseInt(text("length"), 10, 64); err != nil {
		return Line{}, fmt.Errorf("line of %s: length: %w", key, err)
	}
	return l, nil
}

// WriteIndex writes lines in the order that an index has.
func WriteIndex(w io.Writer, lines []Line) error {
	written := make([]string, len(lines))
	for i, l := range lines {
		written[i] = l.String()
	}
	sort.Strings(written)
	out := bufio.NewWriter(w)
	for _, l := range written {
		out.WriteString(l)
		out.WriteByte('\n')
	}
	return out.Flush()
}

var webPrefix = regexp.MustCompile(`^(https?://)www\d*\.`)

// SURT returns the key of an address: its host turned round, without www, in
// small letters and with its parameters sorted, so that the captures of a domain
// stand together. What is no address of the web is its own key.
func SURT(address string) string {
	if !strings.HasPrefix(address, "http:") && !strings.HasPrefix(address, "https:") {
		return address
	}
	u, err := url.Parse(strings.ToLower(webPrefix.ReplaceAllString(address, "$1")))
	if err != nil || u.Host == "" {
		return address
	}
	host := u.Hostname()
	parts := strings.Split(host, ".")
	slices.Reverse(parts) // those of an IP address too, as other tools have it
	host = strings.Join(parts, ",")
	if port := u.Port(); port != "" && !(u.Scheme == "http" && port == "80") && !(u.Scheme == "https" && port == "443") {
		host += ":" + port
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	key := host + ")" + path
	if u.RawQuery != "" {
		parameters := strings.Split(u.RawQuery, "&")
		sort.Strings(parameters)
		key += "?" + strings.Join(parameters, "&")
	}
	return strings.ReplaceAll(key, " ", "%20")
}
