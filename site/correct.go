package site

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// correctView is the form by which readers write.
type correctView struct {
	About string
	Kinds []cairn.LetterKind
	Form  bool // whether the pages are served and somebody takes letters in
	Sent  bool
	Wrong string
	Text  string
}

func (correctView) title(t *tongue) string { return t.say("nav.correct") }

func readCorrect(v *visit) (view, error) {
	about := v.request.URL.Query().Get("about")
	return correctView{About: about[:min(len(about), 300)], Kinds: cairn.LetterKinds, Form: v.site.settings.Letters != nil}, nil
}

const (
	longestLetter = 8000 // letters
	largestForm   = 64 << 10
	lettersAnHour = 60
)

// A limiter bounds how many letters come in an hour, of all readers: who they are
// is not looked at.
type limiter struct {
	mu    sync.Mutex
	since time.Time
	count int
}

func (l *limiter) takes(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) > time.Hour {
		l.since, l.count = now, 0
	}
	l.count++
	return l.count <= lettersAnHour
}

// receive takes in what a reader wrote. Nothing of who sent it is kept but what
// they wrote themselves.
func (s *Site) receive(w http.ResponseWriter, req *http.Request) {
	if s.settings.Letters == nil {
		s.fail(w, req, cairn.ErrNotFound)
		return
	}
	if site := req.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		http.Error(w, "write on the page itself", http.StatusForbidden)
		return
	}
	req.Body = http.MaxBytesReader(w, req.Body, largestForm)
	v, err := s.visit(req, languageOf(req.URL.Path))
	if err == nil {
		err = req.ParseForm()
	}
	if err != nil {
		http.Error(w, "the form could not be read", http.StatusBadRequest)
		return
	}
	shown, status := s.letter(v)
	route := routes[0]
	for _, r := range routes {
		if r.template == "correct" {
			route = r
		}
	}
	s.write(w, v, status, route, shown)
}

// letter checks a letter and hands it on.
func (s *Site) letter(v *visit) (correctView, int) {
	form := v.request.PostForm
	shown := correctView{About: form.Get("about"), Kinds: cairn.LetterKinds, Form: true, Text: form.Get("text")}
	letter := cairn.Letter{Kind: cairn.LetterKind(form.Get("kind")), About: shown.About, Text: strings.TrimSpace(shown.Text), Contact: strings.TrimSpace(form.Get("contact"))}
	switch {
	case form.Get("website") != "": // a field that no person sees
		shown.Sent = true
		return shown, http.StatusOK
	case letter.Text == "", !slices.Contains(cairn.LetterKinds, letter.Kind), utf8.RuneCountInString(letter.Text) > longestLetter, len(letter.Contact) > 300, len(letter.About) > 300:
		shown.Wrong = "correct.length"
		return shown, http.StatusBadRequest
	case !s.limit.takes(s.settings.Now()):
		shown.Wrong = "correct.busy"
		return shown, http.StatusTooManyRequests
	}
	if err := s.settings.Letters.Receive(v.request.Context(), letter); err != nil {
		shown.Wrong = "correct.failed"
		if errors.Is(err, cairn.ErrBusy) {
			shown.Wrong = "correct.busy"
		}
		return shown, http.StatusServiceUnavailable
	}
	shown.Sent, shown.Text = true, ""
	return shown, http.StatusOK
}
