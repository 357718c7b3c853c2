package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// view is what a page shows, and what its JSON twin holds.
type view interface {
	title() string
}

// frame is a view and what stands around it on every page.
type frame struct {
	Site   string // the title over the page
	Credit string // what the licences of the data ask to be shown
	Title  string
	Here   string // the part of the site, for its navigation
	Twin   string // the address of the JSON twin
	Act    int    // the last act that is in the page
	Day    cairn.Date
	View   view

	Visitor visitor
	Desk    bool   // there is a desk behind the pages
	Work    string // where the visitor may work on what the page shows; empty for nowhere
	Kept    []keptFilter
	Keep    string // the address of the selection that can be kept; empty where none can
}

const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded sets on every answer what keeps archived text from doing anything.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// show answers with the page of route or its twin. What a page shows changes
// with the last act, so that a reader who has the page of that act is told so.
func (s *site) show(p route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.settings.Desk != nil {
			s.showTo(w, r, p)
			return
		}
		act, err := s.view.LastAct(r.Context())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		day := cairn.DayOf(s.settings.Now())
		tag := fmt.Sprintf(`W/"%s-%d-%s-%s"`, s.assets.hash, act, day, s.tongueOf(r).tag())
		w.Header().Set("Vary", "Accept-Language")
		w.Header().Set("Cache-Control", "no-cache")
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		v, err := p.read(s, r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		status := statusOf(v)
		if status == http.StatusOK {
			w.Header().Set("ETag", tag)
		}
		s.write(w, r, status, p.template, frame{Here: partOf(p.path), Title: v.title(), Act: act, Day: day, View: v})
	}
}

// showTo answers with the page of p for one visitor, which nothing keeps for
// another.
func (s *site) showTo(w http.ResponseWriter, r *http.Request, p route) {
	w.Header().Set("Cache-Control", "private, no-store")
	v, err := p.read(s, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	act, err := s.view.LastAct(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if visitorOf(r).Role == cairn.DataViewer {
		names, err := s.staff(r.Context())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		v = unstaffed(v, names)
	}
	f := frame{Here: partOf(p.path), Title: v.title(), Act: act, Day: cairn.DayOf(s.settings.Now()), View: v}
	if keepable(p.path) && visitorOf(r).Name != "" {
		if f.Kept, err = s.keptFilters(r, p.path); err != nil {
			s.fail(w, r, err)
			return
		}
		f.Keep = r.URL.RequestURI()
	}
	s.write(w, r, statusOf(v), p.template, f)
}

// partOf returns the part of the site that path lies in: its first name.
func partOf(path string) string {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return part
}

// statusOf returns the status of a page that was read: a form that was filled
// in wrongly is shown again, with its faults.
func statusOf(v view) int {
	if f, ok := v.(interface{ faults() []cairn.Invalid }); ok && len(f.faults()) > 0 {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// twin reports whether r asks for JSON.
func twin(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, ".json") }

// write answers with the view of f. Nothing is sent before all of it is made.
func (s *site) write(w http.ResponseWriter, r *http.Request, status int, template string, f frame) {
	page, kind, err := s.render(r, template, f)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	send(w, status, kind, page)
}

func send(w http.ResponseWriter, status int, kind string, page []byte) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(page)
}

// render returns f as a page, or its view as JSON where r asks for that, and
// which of the two it is.
func (s *site) render(r *http.Request, template string, f frame) (page []byte, kind string, err error) {
	var b bytes.Buffer
	if twin(r) {
		err := json.NewEncoder(&b).Encode(f.View)
		return b.Bytes(), "application/json; charset=utf-8", err
	}
	f.Site, f.Credit = s.heading(r)
	if f.Twin = twinOf(r); r.Method != http.MethodGet || ofDesk(template) {
		f.Twin = ""
	}
	if visitorOf(r).Works() {
		f.Work = workOn(f.View)
	}
	f.Visitor, f.Desk = visitorOf(r), s.settings.Desk != nil
	err = s.pages.execute(&b, template, f)
	if t := s.tongueOf(r); t != nil && err == nil {
		return t.page(b.Bytes(), nil), "text/html; charset=utf-8", nil
	}
	return b.Bytes(), "text/html; charset=utf-8", err
}

// workOn returns the address where what a view shows is worked on; "" where it is
// not.
func workOn(v view) string {
	switch v := v.(type) {
	case incidentView:
		return address("incidents", v.Incident.Code, "work")
	case documentView:
		return address("code", v.Document.ID)
	}
	return ""
}

// ofDesk reports whether a template is of the desk, whose pages have no twin to
// link to.
func ofDesk(template string) bool {
	for _, p := range deskRoutes {
		if p.template == template {
			return p.twin == ""
		}
	}
	return false
}

// heading returns what stands over every page, and the credit under it.
func (s *site) heading(r *http.Request) (title, credit string) {
	title = s.settings.Title
	p, err := s.view.Project(r.Context(), s.settings.Project)
	if err != nil {
		return cmp.Or(title, s.settings.Project), ""
	}
	return cmp.Or(title, p.Title, s.settings.Project), p.Credit
}

// twinOf returns the address of the JSON twin of the page that r asks for.
func twinOf(r *http.Request) string {
	twin := *r.URL
	twin.Path += ".json"
	if twin.RawPath != "" {
		twin.RawPath += ".json"
	}
	return twin.RequestURI()
}
