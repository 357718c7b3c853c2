package second

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/extract"
	"github.com/cairn-recorder/cairn/policy"
)

// figures is cairn's own reader of figures.
func figures(text string) []Figure {
	var out []Figure
	for _, f := range extract.New(extract.Pack{}).Spans(cairn.Document{Text: text}, extract.Figures).Figures {
		out = append(out, Figure{Span: f.Span, Op: f.Op, Low: f.Low, High: f.High, Unit: f.Unit})
	}
	return out
}

// A server replays recorded replies, one a request and the last for all that
// follow, and keeps what it was asked.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	replies []recorded
	asked   []*http.Request
	bodies  []question
}

// A recorded reply is a status and a body, after a wait.
type recorded struct {
	status int
	body   string
	wait   time.Duration
	cut    bool // the connection ends in the middle
}

func replays(t *testing.T, replies ...recorded) *server {
	t.Helper()
	s := &server{replies: replies}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	now := s.replies[min(len(s.asked), len(s.replies)-1)]
	var q question
	_ = json.NewDecoder(r.Body).Decode(&q)
	s.asked, s.bodies = append(s.asked, r), append(s.bodies, q)
	s.mu.Unlock()
	select {
	case <-time.After(now.wait):
	case <-r.Context().Done():
		return
	}
	if now.cut {
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write([]byte(now.body))
		panic(http.ErrAbortHandler)
	}
	if now.status == http.StatusFound {
		w.Header().Set("Location", "/elsewhere")
	}
	w.WriteHeader(now.status)
	_, _ = w.Write([]byte(now.body))
}

// kept is a reply that was recorded in testdata.
func kept(t testing.TB, name string) recorded {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return recorded{status: http.StatusOK, body: string(body)}
}

// saying is a reply in which the model says content.
func saying(content string) recorded {
	body, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"message": message{"assistant", content}, "finish_reason": "stop"}}})
	return recorded{status: http.StatusOK, body: string(body)}
}

func reader(t testing.TB, address string, change func(*Settings)) *Reader {
	t.Helper()
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	s := Settings{Address: address + "/v1", Model: "tiny", Key: "key-of-nobody", Policy: p, Figures: figures, Timeout: 5 * time.Second,
		Pause: func(context.Context, time.Duration) error { return nil }}
	if change != nil {
		change(&s)
	}
	r, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func doc(text string) cairn.Document { return cairn.Document{ID: "d1", Language: "en", Text: text} }

// notation writes how a reading went, and what was kept and dropped, in lines.
func notation(how cairn.SecondReading, reading cairn.Reading) []string {
	lines := []string{fmt.Sprintf("%s, %d tries, %d kept", how.Outcome, how.Tries, how.Kept)}
	for _, c := range reading.Claims {
		line := fmt.Sprintf("%d %s %q %s", c.N, c.Harm, c.Figure.Words, c.Range)
		for i, p := range phrases(c)[1:] {
			if p.Words != "" {
				line += " " + []string{"victims", "where", "when", "by", "says"}[i] + "=" + p.Words
			}
		}
		lines = append(lines, line)
	}
	for _, d := range how.Dropped {
		lines = append(lines, strings.TrimSpace("dropped "+string(d.Harm)+" "+d.Field)+": "+d.Reason)
	}
	return lines
}

// phrases returns the words of the figure, the victims, the place, the time, the
// party and the speaker of c; empty where there are none.
func phrases(c cairn.Claim) []cairn.Phrase {
	out := []cairn.Phrase{c.Figure.Phrase, c.Victims.Phrase, {}, {}, {}, {}}
	if c.Where != nil {
		out[2] = c.Where.Phrase
	}
	if c.When != nil {
		out[3] = c.When.Phrase
	}
	for _, b := range c.By {
		out[4] = b.Phrase
	}
	for _, s := range c.Says {
		out[5] = s.Phrase
	}
	return out
}
