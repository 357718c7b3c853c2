// Package second asks a second reader: a language model behind a server that
// speaks the chat protocol of OpenAI. It is never trusted. What it says counts
// as read only where its words stand in the document at one place and cairn's
// own reader of figures finds the same numbers in them; the rest is dropped and
// kept as dropped. What remains is the reading of another extractor, whose name
// holds the model and the hash of the prompt.
//
// The server is on this machine, unless it is allowed to be elsewhere. The key,
// where it needs one, is given by the caller and stands in no message.
package second

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
)

//go:embed prompt-1.txt
var prompt string

// Version names the code that asks and checks.
const Version = "second/1"

// Settings say which model is asked, and how patiently. The zero values of the
// last five are sensible.
type Settings struct {
	Address  string // of the server, up to its version: http://127.0.0.1:11434/v1
	Model    string
	Key      string // may be empty
	Anywhere bool   // the server may be on another machine
	Policy   policy.Policy
	Figures  func(text string) []Figure // cairn's own reader of figures

	Timeout    time.Duration // for one try; two minutes where it is zero
	Tries      int           // three where it is zero
	MostText   int           // bytes of the longest document; 48,000 where it is zero
	MostAnswer int64         // bytes of the longest answer; 1 MiB where it is zero
	Pause      func(context.Context, time.Duration) error
}

// A Figure is a figure of a text, as cairn reads it.
type Figure struct {
	Span      cairn.Span
	Op        cairn.Op
	Low, High cairn.Bound
	Unit      string
}

// A Reader asks one model. It may be used by several goroutines at once.
type Reader struct {
	settings Settings
	address  string
	client   *http.Client
}

// New returns a Reader. The error is of the settings: an address that is none, or
// of another machine without leave.
func New(s Settings) (*Reader, error) {
	at, err := url.Parse(s.Address)
	switch {
	case err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https":
		return nil, cairn.Invalid{Field: "second", Reason: "want the address of a server, such as http://127.0.0.1:11434/v1"}
	case at.User != nil:
		return nil, cairn.Invalid{Field: "second", Reason: "an address must not hold a key; give it by the environment alone"}
	case s.Model == "" || strings.ContainsAny(s.Model, " \t\r\n"):
		return nil, cairn.Invalid{Field: "model", Reason: "want the name of a model, as its server knows it"}
	case !s.Anywhere && !loopback(at.Hostname()):
		return nil, cairn.Hint{
			Err:  cairn.Invalid{Field: "second", Reason: "the server " + at.Hostname() + " is not on this machine"},
			Hint: "--second-anywhere lets documents leave this machine; think of the people in them first",
		}
	case s.Key != "" && at.Scheme == "http" && !loopback(at.Hostname()):
		return nil, cairn.Invalid{Field: "second", Reason: "a key goes to another machine only over https"}
	}
	s = s.filled()
	transport := &http.Transport{DialContext: (&dialer{anywhere: s.Anywhere}).dial, MaxIdleConnsPerHost: 4} // no proxy
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Reader{settings: s, address: strings.TrimRight(s.Address, "/") + "/chat/completions", client: client}, nil
}

func (s Settings) filled() Settings {
	if s.Timeout == 0 {
		s.Timeout = 2 * time.Minute
	}
	if s.Tries == 0 {
		s.Tries = 3
	}
	if s.MostText == 0 {
		s.MostText = 48_000
	}
	if s.MostAnswer == 0 {
		s.MostAnswer = 1 << 20
	}
	if s.Pause == nil {
		s.Pause = pause
	}
	return s
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// loopback reports whether a host is this machine by its name alone.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// A dialer keeps to this machine, whatever a name resolves to.
type dialer struct{ anywhere bool }

var errElsewhere = errors.New("the server is not on this machine")

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(ctx, network, address)
	if err != nil || d.anywhere {
		return conn, err
	}
	if at, ok := conn.RemoteAddr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		return conn, nil
	}
	return nil, errors.Join(errElsewhere, conn.Close())
}

// Extractor names what reads: the code, the model, and the hash of the prompt.
func (r *Reader) Extractor() string {
	sum := sha256.Sum256([]byte(prompt))
	return Version + " " + r.settings.Model + " prompt-" + hex.EncodeToString(sum[:6])
}

// Versions returns what the readings of r are made with. It knows neither lexicon
// nor places.
func (r *Reader) Versions() cairn.Versions {
	return cairn.Versions{Extractor: r.Extractor(), Lexicon: "none", Places: "none", Policy: r.settings.Policy.ID()}
}

// Read asks for the claims of a document, and returns how that went with what is
// left of the answer. The only error is that of ctx.
func (r *Reader) Read(ctx context.Context, d cairn.Document) (cairn.SecondReading, cairn.Reading, error) {
	how := cairn.SecondReading{Document: d.ID, Extractor: r.Extractor()}
	out := cairn.Reading{ID: cairn.ReadingID(d.ID, r.Versions()), Document: d.ID, Versions: r.Versions(), Language: d.Language, Claims: []cairn.Claim{}}
	if len(d.Text) > r.settings.MostText {
		how.Outcome, how.Reason = cairn.SecondTooLong, "the document is longer than what is asked about at once"
		return how, out, nil
	}
	answer, err := r.ask(ctx, d, &how)
	if err != nil || how.Outcome != "" {
		return how, out, err
	}
	r.check(d, answer, &how, &out)
	return how, out, nil
}
