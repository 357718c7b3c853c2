package capture

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/cairn-recorder/cairn/warc"
)

// A Stored is where the answers of a page, and what was made of it, stand in its
// WARC file, by address.
type Stored struct {
	Main warc.Placed
	Made map[string]warc.Placed
}

// The addresses under which what a browser shows is kept, as other tools do.
const (
	ViewPrefix = "urn:view:"
	PDFPrefix  = "urn:pdf:"
	TextPrefix = "urn:text:"
	DOMPrefix  = "urn:dom:"
)

// Write writes all that was captured as a WARC file, packed record by record.
func (c *Captured) Write(w io.Writer, o Options) (Stored, error) {
	out, stored := warc.NewWriter(w, true), Stored{Made: map[string]warc.Placed{}}
	about := warc.Header{{Name: "software", Value: o.Tool}, {Name: "format", Value: "WARC File Format 1.1"}, {Name: "http-header-user-agent", Value: o.Agent}, {Name: "via", Value: o.Line.String()}}
	if c.Browser != "" {
		about = append(about, warc.Field{Name: "browser", Value: c.Browser})
	}
	if _, err := out.Info(c.At, "", about); err != nil {
		return stored, err
	}
	for _, e := range c.Exchanges {
		placed, err := e.write(out)
		if err != nil {
			return stored, err
		}
		if e == c.Main {
			stored.Main = placed
		}
	}
	for _, m := range []struct {
		prefix, media string
		content       []byte
	}{{ViewPrefix, "image/png", c.Screenshot}, {PDFPrefix, "application/pdf", c.Print}, {TextPrefix, "text/plain", c.Text}, {DOMPrefix, "text/html", c.DOM}} {
		if len(m.content) == 0 {
			continue
		}
		placed, err := out.WriteBytes(head(warc.Resource, m.prefix+c.Address, c.At, m.media), m.content)
		if err != nil {
			return stored, err
		}
		stored.Made[m.prefix] = placed
	}
	return stored, c.notes(out, o)
}

func head(kind, address string, at time.Time, media string) warc.Header {
	return warc.Header{{Name: warc.TypeField, Value: kind}, {Name: warc.TargetField, Value: address}, {Name: warc.DateField, Value: at.Format(time.RFC3339Nano)}, {Name: warc.MediaField, Value: media}}
}

// write writes what went over the line, both ways.
func (e *Exchange) write(out *warc.Writer) (warc.Placed, error) {
	if e.Raw == nil {
		return warc.Placed{}, nil
	}
	h := head(warc.Response, e.Address, e.At, "application/http;msgtype=response")
	if e.Peer != "" {
		h = append(h, warc.Field{Name: warc.AddressField, Value: e.Peer})
	}
	if e.Cut != "" {
		h = append(h, warc.Field{Name: warc.TruncatedField, Value: e.Cut})
	}
	if e.TLS != nil {
		h = append(h, warc.Field{Name: "WARC-Cipher-Suite", Value: e.TLS.Cipher})
	}
	placed, err := out.Write(h, io.NewSectionReader(e.Raw, 0, e.Raw.Size()))
	if err != nil {
		return placed, err
	}
	asked := append(head(warc.Request, e.Address, e.At, "application/http;msgtype=request"), warc.Field{Name: warc.ConcurrentField, Value: "<" + placed.ID + ">"})
	_, err = out.WriteBytes(asked, e.Request)
	return placed, err
}

// asked is what the notes of a capture say of one exchange.
type asked struct {
	Address      string   `json:"address"`
	Status       int      `json:"status,omitempty"`
	Peer         string   `json:"peer,omitempty"`
	Resolved     []string `json:"resolved,omitempty"`
	TLS          string   `json:"tls,omitempty"`
	Cipher       string   `json:"cipher,omitempty"`
	Certificates []string `json:"certificates,omitempty"` // DER as base64
	Cut          string   `json:"cut,omitempty"`
	Failed       string   `json:"failed,omitempty"`
}

// notes writes what no other record says: who captured, by which way, where names
// led, which certificates were shown, what failed.
func (c *Captured) notes(out *warc.Writer, o Options) error {
	all := struct {
		Address   string   `json:"address"`
		Redirects []string `json:"redirects,omitempty"`
		Who       string   `json:"who,omitempty"`
		Tool      string   `json:"tool"`
		Via       string   `json:"via"`
		Browser   string   `json:"browser,omitempty"`
		Clock     string   `json:"clock,omitempty"`
		Note      string   `json:"note,omitempty"`
		Asked     []asked  `json:"asked"`
	}{c.Address, c.Redirects, o.Who, o.Tool, o.Line.String(), c.Browser, c.Clock(), c.Note, nil}
	seen := map[string]bool{}
	for _, e := range c.Exchanges {
		a := asked{Address: e.Address, Status: e.Status, Peer: e.Peer, Resolved: e.Resolved, Cut: e.Cut}
		if e.Err != nil {
			a.Failed = e.Err.Error()
		}
		if e.TLS != nil {
			a.TLS, a.Cipher = e.TLS.Version, e.TLS.Cipher
			for _, der := range e.TLS.Certificates {
				if text := base64.StdEncoding.EncodeToString(der); !seen[text] {
					seen[text] = true
					a.Certificates = append(a.Certificates, text)
				}
			}
		}
		all.Asked = append(all.Asked, a)
	}
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := out.WriteBytes(head(warc.Metadata, c.Address, c.At, "application/json"), body.Bytes())
	return err
}

// Clock is by how much this machine's clock is behind that of the server, as far
// as its answer tells, to the second; "" where it does not tell.
func (c *Captured) Clock() string {
	if c.Main == nil || c.Main.Err != nil {
		return ""
	}
	theirs, err := http.ParseTime(http.Header(c.Main.Headers).Get("Date"))
	if err != nil {
		return ""
	}
	return theirs.Sub(c.Main.At.Truncate(time.Second)).String() + " by the server's Date"
}
