package site

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// view is what a page shows.
type view interface {
	title(*tongue) string
}

// A visit is one page that is asked for.
type visit struct {
	site      *Site
	index     *index
	words     *tongue
	request   *http.Request
	root      bool // the page stands at the root of the site
	selection selection
	wrong     []string // of the selection
}

func (v *visit) name() string { return strings.TrimSuffix(v.request.PathValue("name"), ".html") }

// A frame is a view and what stands around it on every page.
type frame struct {
	*tongue
	Site      string
	Title     string
	Here      string // the template
	Page      string // the address of the page below its language
	Root      string // leads to the root of the site
	Base      string // leads to the pages of the language
	Query     string
	Static    bool
	Policy    string
	Release   cairn.Release
	Empty     bool
	Others    []other
	Contact   string
	Credits   []string
	Ground    groundView
	Permanent string
	View      view
}

// An other is the page in another language.
type other struct{ Tag, Name, Address string }

// show answers with a page in a language, that of the front page where it is "".
func (s *Site) show(r route, tag string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		v, err := s.visit(req, tag)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		if s.unchanged(w, req, v.index) {
			return
		}
		page, err := s.page(v, r, tag)
		if err != nil {
			s.fail(w, req, err)
			return
		}
		send(w, http.StatusOK, page)
	}
}

// page returns a page, one that chooses nothing as it was made for the first who
// asked.
func (s *Site) page(v *visit, r route, tag string) ([]byte, error) {
	key := tag + "/" + r.path
	same := r.names == nil && v.request.URL.RawQuery == "" && !s.settings.Static
	if page, ok := v.index.rendered.Load(key); ok && same {
		return page.([]byte), nil
	}
	shown, err := r.read(v)
	if err != nil {
		return nil, err
	}
	page, err := s.render(v, r, shown)
	if err == nil && same {
		v.index.rendered.Store(key, page)
	}
	return page, err
}

// unchanged tells a reader who has the page of this release that it still stands.
func (s *Site) unchanged(w http.ResponseWriter, req *http.Request, x *index) bool {
	tag := fmt.Sprintf(`W/"%s-%d-%d"`, s.assets.hash, x.release.Number, x.release.Withheld)
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	if !strings.Contains(req.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func (s *Site) visit(req *http.Request, tag string) (*visit, error) {
	x, err := s.index(req.Context())
	if err != nil {
		return nil, err
	}
	v := &visit{site: s, index: x, words: s.tongues[cmp.Or(tag, x.tags[0])], request: req, root: tag == ""}
	v.selection, v.wrong = selectionOf(req.URL.Query())
	return v, nil
}

// render makes a page of a view.
func (s *Site) render(v *visit, r route, shown view) ([]byte, error) {
	var b bytes.Buffer
	err := v.words.pages[r.template].Execute(&b, v.frame(r, shown))
	return b.Bytes(), err
}

// send answers with a page. Nothing is sent before all of it is made.
func send(w http.ResponseWriter, status int, page []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(status)
	w.Write(page)
}

func (v *visit) frame(r route, shown view) frame {
	page := strings.Replace(r.path, "{name}", v.request.PathValue("name"), 1)
	root := ""
	if !v.root {
		root = strings.Repeat("../", 1+strings.Count(page, "/"))
	}
	f := frame{tongue: v.words, Site: cmp.Or(v.site.settings.Title, v.index.release.Title, v.index.release.Project, "cairn"), Title: shown.title(v.words), Here: r.template,
		Page: page, Root: root, Base: root + v.words.Tag + "/", Query: v.selection.Query(), Static: v.site.settings.Static, Release: v.index.release, Empty: v.index.empty,
		Contact: v.index.release.Publicity.Contact, Credits: v.site.settings.Credits, Ground: groundOf(v.index.release.Publicity.Basemap), View: shown}
	if f.Static {
		f.Policy = folderPolicy
	}
	if home := strings.TrimSuffix(v.index.release.Publicity.Address, "/"); home != "" {
		f.Permanent = home + "/" + v.words.Tag + "/" + page + f.Query
	}
	for _, tag := range v.index.tags {
		if tag != v.words.Tag {
			f.Others = append(f.Others, other{tag, v.site.tongues[tag].Name, root + tag + "/" + page + f.Query})
		}
	}
	return f
}

// faultView is the page of an error.
type faultView struct{ Heading, Words string }

func (f faultView) title(*tongue) string { return f.Heading }

// fail answers with what went wrong, in words that give nothing away.
func (s *Site) fail(w http.ResponseWriter, req *http.Request, err error) {
	if errors.Is(err, context.Canceled) && req.Context().Err() != nil {
		return
	}
	status, key := http.StatusInternalServerError, "fault.made"
	if errors.Is(err, cairn.ErrNotFound) {
		status, key = http.StatusNotFound, "fault.missing"
	}
	v, failed := s.visit(req, languageOf(req.URL.Path))
	if failed != nil {
		v = &visit{site: s, index: &index{empty: true, tags: []string{"en"}}, words: s.tongues["en"], request: req}
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Del("ETag")
	f := v.frame(route{path: "index.html", template: "fault"}, faultView{v.words.say(key), v.words.say(key + ".why")})
	f.Root = "/"
	f.Base = "/" + v.words.Tag + "/"
	var b bytes.Buffer
	if err := v.words.pages["fault"].Execute(&b, f); err != nil {
		http.Error(w, f.Title, status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// languageOf returns the language that a path begins with, "" where it is none.
func languageOf(path string) string {
	tag, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if slices.Contains(languages, tag) {
		return tag
	}
	return ""
}

// nowhere answers for every address that has no page: one that names an incident
// alone leads to it, and so does a code that it once had.
func (s *Site) nowhere(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "these pages are for reading", http.StatusMethodNotAllowed)
		return
	}
	x, err := s.index(req.Context())
	if err != nil {
		s.fail(w, req, err)
		return
	}
	if strings.Trim(req.URL.Path, "/") == "api" {
		http.Redirect(w, req, "/api/openapi.json", http.StatusFound)
		return
	}
	if tag := strings.Trim(req.URL.Path, "/"); s.tongues[tag] != nil {
		http.Redirect(w, req, "/"+tag+"/index.html", http.StatusFound)
		return
	}
	if i, ok := x.codes[strings.Trim(req.URL.Path, "/")]; ok {
		http.Redirect(w, req, "/"+x.tags[0]+"/incidents/"+x.slugs[x.listings[i].Code]+".html", http.StatusFound)
		return
	}
	s.fail(w, req, cairn.ErrNotFound)
}
