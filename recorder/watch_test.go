package recorder

import (
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
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/store"
)

// A clock is set by the test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// watcher is a record that looks around by a clock of its own.
func watcher(t testing.TB, c *clock) *Recorder {
	t.Helper()
	folder := t.TempDir()
	r, err := Open(ctx, Settings{Data: folder, Project: "tarn", Who: "Ana", Now: c.Now, Collect: collect.Options{AllowPrivate: true, Timeout: 250 * time.Millisecond, Interval: time.Nanosecond}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if err := r.PutProject(ctx, invented(), "to begin with"); err != nil {
		t.Fatal(err)
	}
	return r
}

// A newsroom is two hundred sources with the faults that sources have. Each
// publishes a notice a day and keeps it in its feed for three.
type newsroom struct {
	*clock
	begun time.Time

	mu      sync.Mutex
	asked   map[string]int  // how often each address was asked for
	offered map[string]bool // every version of every notice that could be had
}

const sources = 200

// notice is the text of a notice of a source as it stands at a day: that of one
// in ten sources is edited after a day.
func (n *newsroom) notice(source, day int) string {
	version := 0
	if source%10 == 9 && n.today()-day >= 1 {
		version = 1
	}
	return fmt.Sprintf("Notice %d of source %d, form %d.", day, source, version)
}

func (n *newsroom) today() int { return int(n.Now().Sub(n.begun) / (24 * time.Hour)) }

func (n *newsroom) count(path string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked[path]++
	return n.asked[path]
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var source, day int
	if _, err := fmt.Sscanf(r.URL.Path, "/notice/%d/%d", &source, &day); err == nil {
		if n.count(r.URL.Path) == 1 && (source+day)%7 == 0 {
			http.Error(w, "later", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, n.notice(source, day))
		return
	}
	moved := strings.HasPrefix(r.URL.Path, "/moved/")
	if _, err := fmt.Sscanf(strings.TrimPrefix(r.URL.Path, "/moved"), "/feed/%d", &source); err != nil {
		http.NotFound(w, r)
		return
	}
	n.feed(w, r, source, moved, n.count(r.URL.Path))
}

// feed answers for a feed as its source does on that day.
func (n *newsroom) feed(w http.ResponseWriter, r *http.Request, source int, moved bool, asked int) {
	tag := fmt.Sprintf(`"%d-%d"`, source, n.today())
	switch source % 10 {
	case 3:
		if asked%3 == 0 {
			fmt.Fprint(w, `<rss version="2.0"><channel><item><guid>x</guid><link>/noti`)
			return
		}
	case 4:
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	case 5:
		if asked%4 == 0 {
			w.Header().Set("Retry-After", "7200")
			http.Error(w, "too much", http.StatusInternalServerError)
			return
		}
		if asked%4 == 2 && source%20 == 5 {
			<-r.Context().Done() // never answers
			return
		}
	case 6:
		if n.today() >= 3 {
			w.WriteHeader(http.StatusGone)
			return
		}
	case 7:
		if n.today() >= 2 && !moved {
			http.Redirect(w, r, "/moved"+r.URL.Path, http.StatusMovedPermanently)
			return
		}
	}
	n.write(w, source)
}

// write writes the feed of a source in its form.
func (n *newsroom) write(w http.ResponseWriter, source int) {
	var rss, atom strings.Builder
	var items []map[string]string
	for day := max(0, n.today()-2); day <= n.today(); day++ {
		link := fmt.Sprintf("/notice/%d/%d", source, day)
		n.mu.Lock()
		n.offered[n.notice(source, day)] = true
		n.mu.Unlock()
		id := fmt.Sprint(day)
		if source%10 == 8 {
			id = "always the same"
			fmt.Fprintf(&rss, `<item><guid>%s</guid><link>%s</link><title>Notice %d</title></item>`, id, link, day) // and twice
		}
		fmt.Fprintf(&rss, `<item><guid>%s</guid><link>%s</link><title>Notice %d</title><description>%s</description></item>`, id, link, day, n.notice(source, day))
		fmt.Fprintf(&atom, `<entry><id>%s</id><link href="%s"/><title>Notice %d</title><summary>%s</summary></entry>`, id, link, day, n.notice(source, day))
		items = append(items, map[string]string{"id": id, "url": link, "content_text": n.notice(source, day)})
	}
	switch source % 10 {
	case 1:
		fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Source</title>%s</feed>`, atom.String())
	case 2:
		line, _ := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "Source", "items": items})
		w.Write(line)
	default:
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Source</title>%s</channel></rss>`, rss.String())
	}
}

// texts counts the documents of a record by their text.
func texts(t testing.TB, r *Recorder) map[string]int {
	t.Helper()
	found := map[string]int{}
	q := &shelf{view: r.View(), project: r.Project(), all: true}
	err := q.eachDocument(ctx, func(d store.Shelved) error {
		whole, err := r.View().Document(ctx, d.Document.ID)
		found[whole.Text]++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTwoHundredSourcesForAWeek(t *testing.T) {
	begun := noon
	c := &clock{now: begun}
	n := &newsroom{clock: c, begun: begun, asked: map[string]int{}, offered: map[string]bool{}}
	server := httptest.NewServer(n)
	t.Cleanup(server.Close)
	r := watcher(t, c)
	for source := range sources {
		w := cairn.Lookout{Name: fmt.Sprintf("source %03d", source), Kind: cairn.FeedLookout, Address: fmt.Sprintf("%s/feed/%d", server.URL, source), Minutes: 240}
		if err := r.PutLookout(ctx, w, ""); err != nil {
			t.Fatal(err)
		}
	}
	var taken int
	for ; c.Now().Before(begun.AddDate(0, 0, 7)); c.add(4 * time.Hour) {
		_, sum, _, err := r.LookAround(ctx, Progress{})
		if err != nil {
			t.Fatal(err)
		}
		taken += sum.Taken
	}
	found := texts(t, r)
	lost, twice := 0, 0
	for text := range n.offered {
		if found[text] == 0 {
			if lost++; lost < 5 {
				t.Errorf("lost: %s", text)
			}
		}
	}
	notices := 0
	for text, times := range found {
		if !strings.HasPrefix(text, "Notice ") {
			continue // the page of a server that said "later"
		}
		if notices++; times > 1 || !n.offered[text] {
			if twice++; twice < 5 {
				t.Errorf("%d times: %s", times, text)
			}
		}
	}
	if lost > 0 || twice > 0 || notices < 1000 {
		t.Errorf("of %d notices %d were lost, of %d documents %d came twice", len(n.offered), lost, notices, twice)
	}
	t.Logf("%d versions of notices offered by %d sources, %d documents, %d lost, %d twice", len(n.offered), sources, notices, lost, twice)
	stands(t, r, server.URL)
}

// stands checks what is said of the sources after the week.
func stands(t *testing.T, r *Recorder, site string) {
	t.Helper()
	sights, err := r.Lookouts(ctx)
	if err != nil || len(sights) != sources {
		t.Fatalf("%d sights, %v", len(sights), err)
	}
	for i, s := range sights {
		switch {
		case i%10 == 6 && (s.State.Outcome != cairn.Gone || s.State.Failures == 0 || s.State.Since.IsZero()):
			t.Errorf("%s is gone, and stands as %+v", s.Name, s.State)
		case i%10 == 7 && s.State.Moved != fmt.Sprintf("%s/moved/feed/%d", site, i):
			t.Errorf("%s moved, and stands as %+v", s.Name, s.State)
		case i%10 == 0 && (s.State.Outcome != cairn.Fetched || s.State.Failures != 0 || s.Silent):
			t.Errorf("%s is well, and stands as %+v", s.Name, s.State)
		}
	}
}

func TestASourceThatFallsSilentIsShown(t *testing.T) {
	c := &clock{now: noon}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><item><guid>1</guid><title>Two were injured in Orvane.</title><description>Two were injured in Orvane.</description></item></channel></rss>`)
	}))
	t.Cleanup(server.Close)
	r := watcher(t, c)
	if err := r.PutLookout(ctx, cairn.Lookout{Name: "page", Kind: cairn.FeedLookout, Address: server.URL, Minutes: 60, Given: cairn.Given{Source: "Orvane page"}}, ""); err != nil {
		t.Fatal(err)
	}
	for day := range 20 {
		_, sum, next, err := r.LookAround(ctx, Progress{})
		if err != nil || !next.After(c.Now()) || (sum.Taken == 1) != (day == 0) {
			t.Fatalf("day %d: %+v, next %s, %v", day, sum, next, err)
		}
		sights, err := r.Lookouts(ctx)
		if err != nil || sights[0].Silent != (day > 14) {
			t.Errorf("day %d: silent %t, %v", day, sights[0].Silent, err)
		}
		c.add(24 * time.Hour)
	}
}

func TestWhatBecomesOfAPage(t *testing.T) {
	c := &clock{now: noon}
	body, status := "<html><p>Two were injured in Orvane on 3 May 2031.", 200
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	r := watcher(t, c)
	if err := r.PutLookout(ctx, cairn.Lookout{Name: "page", Kind: cairn.PageLookout, Address: server.URL + "/report", Minutes: 60}, ""); err != nil {
		t.Fatal(err)
	}
	look := func() Sight {
		t.Helper()
		looked, _, _, err := r.LookAround(ctx, Progress{})
		if err != nil || len(looked) != 1 {
			t.Fatalf("%+v, %v", looked, err)
		}
		c.add(2 * time.Hour)
		return looked[0]
	}
	if s := look(); s.Found != 1 || s.State.Outcome != cairn.Fetched {
		t.Errorf("first: %+v", s)
	}
	if s := look(); s.Found != 0 {
		t.Errorf("unchanged: %+v", s)
	}
	body = "<html><p>Three were injured in Orvane on 3 May 2031."
	if s := look(); s.Found != 1 {
		t.Errorf("edited: %+v", s)
	}
	editions, err := r.Editions(ctx, "page")
	if err != nil || len(editions) != 2 || fmt.Sprint(editions[1].Changes) != "[{false Two were injured in Orvane on 3 May 2031.} {true Three were injured in Orvane on 3 May 2031.}]" {
		t.Errorf("%+v, %v", editions, err)
	}
	status = 404
	gone := c.Now()
	if s := look(); s.State.Outcome != cairn.Gone || !s.State.Since.Equal(gone) {
		t.Errorf("gone: %+v", s)
	}
	c.add(24 * time.Hour)
	if s := look(); s.State.Outcome != cairn.Gone || !s.State.Since.Equal(gone) || s.State.Failures != 2 {
		t.Errorf("gone since: %+v", s)
	}
}

func TestAFolderIsWatched(t *testing.T) {
	c := &clock{now: noon}
	r := watcher(t, c)
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.PutLookout(ctx, cairn.Lookout{Name: "in", Kind: cairn.FolderLookout, Address: dir, Minutes: 1}, ""); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name, text string
		want       int
	}{{"a.txt", "Two were injured in Orvane.", 1}, {"b.txt", "Three were injured in Orvane.", 1}, {"", "", 0}, {"a.txt", "Four were injured in Orvane, not two.", 1}, {".hidden", "Nine.", 0}} {
		if step.name != "" {
			write(step.name, step.text)
		}
		_, sum, _, err := r.LookAround(ctx, Progress{})
		if err != nil || sum.Taken != step.want || sum.Again != 0 {
			t.Errorf("%+v: %+v, %v", step, sum, err)
		}
		c.add(time.Hour)
	}
}

func TestLookoutsAreChecked(t *testing.T) {
	r := watcher(t, &clock{now: noon})
	for _, w := range []cairn.Lookout{{}, {Name: "a"}, {Name: "a", Address: "b", Kind: "rumour", Minutes: 1}, {Name: "a", Address: "b", Kind: cairn.FeedLookout},
		{Name: "a", Address: "b", Kind: cairn.LinksLookout, Minutes: 1}, {Name: "a", Address: "b", Kind: cairn.LinksLookout, Minutes: 1, Selector: "[["}} {
		if err := r.PutLookout(ctx, w, ""); err == nil {
			t.Errorf("%+v is taken", w)
		}
	}
	if err := r.DropLookout(ctx, "nobody", ""); err == nil {
		t.Error("a watch that there is not was ended")
	}
}
