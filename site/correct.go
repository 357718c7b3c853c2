package site

import (
	"errors"
	"net/http"
	"regexp"
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
	Kind  cairn.LetterKind // chosen; empty for the first

	Person        string // the key of the person whom it is about; empty for none
	Relation      string
	Relationships []string
	Contact       string
}

func (correctView) title(t *tongue) string { return t.say("nav.correct") }

func readCorrect(v *visit) (view, error) {
	asked := v.request.URL.Query()
	shown := correctOf(v, asked.Get("about"), asked.Get("person"))
	if kind := cairn.LetterKind(asked.Get("kind")); slices.Contains(shown.Kinds, kind) {
		shown.Kind = kind
	}
	return shown, nil
}

// correctOf is the form for a letter about a page, or about one person on it.
func correctOf(v *visit, about, person string) correctView {
	shown := correctView{About: about[:min(len(about), 300)], Kinds: cairn.LetterKinds, Form: v.site.settings.Letters != nil, Relation: "other", Relationships: cairn.Relationships}
	if personKey.MatchString(person) {
		shown.Person, shown.Kinds = person, cairn.PersonKinds
	}
	return shown
}

// personKey is the form of the key of a person.
var personKey = regexp.MustCompile(`^[0-9a-f]{16}$`)

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
	page, err := s.render(v, route, shown)
	if err != nil {
		s.fail(w, req, err)
		return
	}
	send(w, status, page)
}

// letter checks a letter and hands it on.
func (s *Site) letter(v *visit) (correctView, int) {
	form := v.request.PostForm
	shown := correctOf(v, form.Get("about"), form.Get("person"))
	shown.Text, shown.Contact, shown.Kind, shown.Relation = form.Get("text"), form.Get("contact"), cairn.LetterKind(form.Get("kind")), form.Get("relation")
	letter := cairn.Letter{Kind: shown.Kind, About: form.Get("about"), Text: strings.TrimSpace(shown.Text), Contact: strings.TrimSpace(shown.Contact), Person: shown.Person}
	if letter.Person != "" && slices.Contains(cairn.Relationships, shown.Relation) {
		letter.Relation = shown.Relation
	}
	switch {
	case form.Get("website") != "": // a field that no person sees
		shown.Sent = true
		return shown, http.StatusOK
	case letter.Text == "", !slices.Contains(shown.Kinds, letter.Kind), utf8.RuneCountInString(letter.Text) > longestLetter, len(letter.Contact) > 300, len(letter.About) > 300:
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
	shown.Sent, shown.Text, shown.Contact = true, "", ""
	return shown, http.StatusOK
}
