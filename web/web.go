// Package web is the pages that cairn serve shows: what was collected, what the
// documents say, which incidents that makes and what they add up to. Every
// number on a page is a link towards the words it came from.
//
// A page is three neighbours: incident.go reads its view, incident.html shows
// it, incident_test.go checks it. The same view is the page's JSON twin, at the
// same path with .json, so that the two cannot say different things.
//
// The archived texts are the work of strangers, some of them hostile. They are
// only ever shown as text, under a policy that runs no script and no style but
// the package's own.
package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// Originals is where the bytes of documents are kept. Get returns the bytes of
// ref, [cairn.ErrNotFound] or [cairn.ErrDamaged]; package archive's Archive is
// one.
type Originals interface {
	Get(ref cairn.Ref) ([]byte, error)
}

// Settings says what is shown and to whom it belongs. Project must be given.
type Settings struct {
	Project string           // the name of the project
	Title   string           // over every page; the project's own title where empty
	Now     func() time.Time // the clock; time.Now where nil
}

// site is the pages of one project.
type site struct {
	view      store.View
	originals Originals
	settings  Settings
	assets    assets
	pages     templates
	kept      remembered
	book      *recorder.Book
}

// route is one page: where it is, where its JSON twin is, its template, and
// what reads its view.
type route struct {
	path, twin, template string
	read                 func(*site, *http.Request) (view, error)
}

// routes is every page. The twin of a path that ends in a name is read by the
// same pattern, as the last part of the name is then .json.
var routes = []route{
	{"/{$}", "/.json", "overview", (*site).overview},
	{"/documents", "/documents.json", "documents", (*site).documents},
	{"/documents/{id}", "", "document", (*site).document},
	{"/incidents", "/incidents.json", "incidents", (*site).incidents},
	{"/incidents/{code}", "", "incident", (*site).incident},
	{"/totals", "/totals.json", "totals", (*site).totals},
}

// New returns the pages of a project, read from view and never written to.
// Whatever has been recorded by then is on the next page that is asked for.
func New(view store.View, originals Originals, settings Settings) (http.Handler, error) {
	if settings.Project == "" {
		return nil, cairn.Invalid{Field: "project", Reason: "the pages are of one project, which must be named"}
	}
	if settings.Now == nil {
		settings.Now = time.Now
	}
	s := &site{view: view, originals: originals, settings: settings, book: recorder.NewBook(view, settings.Project)}
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	if s.pages, err = parseTemplates(s.assets); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return guarded(s.mux()), nil
}

func (s *site) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range routes {
		mux.HandleFunc("GET "+r.path, s.show(r))
		if r.twin != "" {
			mux.HandleFunc("GET "+r.twin, s.show(r))
		}
	}
	mux.HandleFunc("GET /originals/{ref}", s.original)
	mux.HandleFunc("GET /static/{hash}/{name}", s.assets.serve)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("/", s.nowhere)
	return mux
}

// health answers whether the store can be read.
func (s *site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.view.LastAct(r.Context()); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "the record cannot be read")
		return
	}
	fmt.Fprintln(w, "ok")
}
