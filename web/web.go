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
	"github.com/cairn-recorder/cairn/desk"
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
	Viewer  string           // the origin on which archived pages are shown; "" where they are not

	// Desk is the record to be written to; nil for pages that are for reading alone,
	// by whoever asks.
	Desk     *recorder.Recorder
	Provider *desk.Provider // says who somebody is, beside passwords and passkeys; nil for none
	Jobs     *recorder.Jobs // what runs the long work of the desk; must be given where Desk is
	Local    bool           // the pages are for this machine alone
	Origin   string         // where browsers find them, as https://desk.example.org; where they are asked for, if empty
	Checked  time.Duration  // how often the record is checked; 0 where nobody said
	Two      bool           // whoever submits an incident may not be the one who signs it
}

// site is the pages of one project.
type site struct {
	view      store.View
	originals Originals
	settings  Settings
	assets    assets
	pages     templates
	tongues   map[string]*tongue // by language tag; English has none
	kept      remembered
	book      *recorder.Book
	doorman   *doorman
	proposals *recorder.Proposals
	current   *recorder.Current // nil where there is no desk
	persons   crowd
}

// route is one page: where it is, where its JSON twin is, its template, what
// reads its view, and the least role that it is for.
type route struct {
	path, twin, template string
	read                 func(*site, *http.Request) (view, error)
	least                cairn.DeskRole
}

// action is what a form does: where it is sent, the page of the form, and the
// least role that it is for. do returns where it leads; "" where it has answered
// itself.
type action struct {
	path, page string
	do         func(*site, http.ResponseWriter, *http.Request) (to string, err error)
	least      cairn.DeskRole
}

// routes is every page. The twin of a path that ends in a name is read by the
// same pattern, as the last part of the name is then .json.
var routes = []route{
	{"/{$}", "/.json", "overview", (*site).overview, cairn.DataViewer},
	{"/documents", "/documents.json", "documents", (*site).documents, cairn.DataViewer},
	{"/documents/{id}", "", "document", (*site).document, cairn.DataViewer},
	{"/incidents", "/incidents.json", "incidents", (*site).incidents, cairn.DataViewer},
	{"/incidents/{code}", "", "incident", (*site).incident, cairn.DataViewer},
	{"/totals", "/totals.json", "totals", (*site).totals, cairn.DataViewer},
}

// deskRoutes is every page of the desk, where recorders work.
var deskRoutes = []route{
	{"/sign-in", "", "signin", (*site).signInPage, cairn.NoRole},
	{"/join/{key}", "", "join", (*site).joinPage, cairn.NoRole},
	{"/account", "", "account", (*site).accountPage, anyAccount},
	{"/people", "", "people", (*site).peoplePage, cairn.Administrator},
	{"/inbox", "/inbox.json", "inbox", (*site).inboxPage, cairn.Researcher},
	{"/code/{id}", "", "coding", (*site).codingPage, cairn.Researcher},
	{"/import", "", "import", (*site).importPage, cairn.Researcher},
	{"/jobs", "/jobs.json", "jobs", (*site).jobsPage, cairn.Researcher},
	{"/review", "/review.json", "review", (*site).reviewPage, cairn.Researcher},
	{"/incidents/{code}/work", "", "work", (*site).workPage, cairn.Researcher},
	{"/incidents/{code}/place", "", "place", (*site).placePage, cairn.Researcher},
	{"/search", "/search.json", "search", (*site).searchPage, cairn.DataViewer},
	{"/coding", "/coding.json", "codings", (*site).codingsPage, cairn.Researcher},
	{"/coding/{id}", "", "blind", (*site).blindPage, cairn.Researcher},
	{"/coding/{id}/compare", "", "compare", (*site).comparePage, cairn.Reviewer},
	{"/trust", "/trust.json", "trust", (*site).trustPage, cairn.Researcher},
	{"/estimates", "/estimates.json", "estimates", (*site).estimatesPage, cairn.Researcher},
	{"/estimates/{id}", "", "estimate", (*site).estimatePage, cairn.Researcher},
	{"/persons", "/persons.json", "persons", (*site).personsPage, cairn.Researcher},
	{"/persons/{id}", "", "persons_one", (*site).personPage, cairn.Researcher},
	{"/persons/pairs", "/persons/pairs.json", "persons_pairs", (*site).pairPage, cairn.Researcher},
	{"/persons/agreement", "/persons/agreement.json", "persons_agreement", (*site).agreementPage, cairn.Reviewer},
	{"/persons/requests", "/persons/requests.json", "persons_requests", (*site).requestsPage, cairn.Researcher},
}

// actions is everything that the forms of the desk do.
var actions = []action{
	{"/sign-in", "/sign-in", (*site).enter, cairn.NoRole},
	{"/sign-in/passkey/ask", "/sign-in", (*site).askPasskey, cairn.NoRole},
	{"/sign-in/passkey", "/sign-in", (*site).enterByPasskey, cairn.NoRole},
	{"/join/{key}", "/join/{key}", (*site).join, cairn.NoRole},
	{"/sign-out", "", (*site).leave, anyAccount},
	{"/account/password", "/account", (*site).changePassword, anyAccount},
	{"/account/language", "/account", (*site).changeLanguage, anyAccount},
	{"/account/provider/drop", "/account", (*site).dropProvider, anyAccount},
	{"/account/codes", "/account", (*site).setCodes, anyAccount},
	{"/account/passkeys/ask", "/account", (*site).askNewPasskey, anyAccount},
	{"/account/passkeys", "/account", (*site).takePasskey, anyAccount},
	{"/account/passkeys/drop", "/account", (*site).dropPasskey, anyAccount},
	{"/account/sessions/end", "/account", (*site).endSession, anyAccount},
	{"/account/tokens", "/account", (*site).makeToken, cairn.DataViewer},
	{"/account/tokens/end", "/account", (*site).endToken, anyAccount},
	{"/people", "/people", (*site).invite, cairn.Administrator},
	{"/people/{id}", "/people", (*site).changePerson, cairn.Administrator},
	{"/filters", "", (*site).keepFilter, cairn.DataViewer},
	{"/filters/drop", "", (*site).dropFilter, cairn.DataViewer},
	{"/drafts", "", (*site).keepDraft, cairn.Researcher},
	{"/drafts/discard", "", (*site).discard, cairn.Researcher},
	{"/import", "/import", (*site).bringIn, cairn.Researcher},
	{"/jobs", "/jobs", (*site).startJob, cairn.Researcher},
	{"/jobs/{id}", "/jobs", (*site).askJob, cairn.Researcher},
	{"/inbox", "/inbox", (*site).answer, cairn.Researcher},
	{"/undo", "/inbox", (*site).undo, cairn.Researcher},
	{"/media/{ref}/flag", "", (*site).flag, cairn.Researcher},
	{"/code/{id}/correct", "/code/{id}", (*site).correct, cairn.Researcher},
	{"/code/{id}/preview", "", (*site).preview, cairn.Researcher},
	{"/code/{id}/add", "/code/{id}", (*site).add, cairn.Researcher},
	{"/code/{id}/attach", "/code/{id}", (*site).attach, cairn.Researcher},
	{"/code/{id}/submit", "/code/{id}", (*site).submit, cairn.Researcher},
	{"/persons/link", "/persons", (*site).linkLists, cairn.Researcher},
	{"/persons/pairs", "/persons/pairs", (*site).labelPair, cairn.Researcher},
	{"/persons/agreement", "/persons/agreement", (*site).settlePair, cairn.Reviewer},
	{"/persons/{id}/judge", "/persons/{id}", (*site).judgePerson, cairn.Researcher},
	{"/persons/{id}/show", "/persons/{id}", (*site).showPerson, cairn.Reviewer},
	{"/persons/requests/{id}/check", "/persons/requests", (*site).checkRequest, cairn.Researcher},
	{"/persons/requests/{id}/decide", "/persons/requests", (*site).decideRequest, cairn.Reviewer},
	{"/coding", "/coding", (*site).assignCoding, cairn.Reviewer},
	{"/coding/{id}/add", "/coding/{id}", (*site).code, cairn.Researcher},
	{"/coding/{id}/drop", "/coding/{id}", (*site).uncode, cairn.Researcher},
	{"/coding/{id}/submit", "/coding/{id}", (*site).handIn, cairn.Researcher},
	{"/coding/{id}/decide", "/coding/{id}/compare", (*site).decide, cairn.Reviewer},
	{"/incidents/{code}/assign", "/incidents/{code}/work", (*site).assign, cairn.Researcher},
	{"/incidents/{code}/submit", "/incidents/{code}/work", (*site).put, cairn.Researcher},
	{"/incidents/{code}/judge", "/incidents/{code}/work", (*site).judge, cairn.Researcher},
	{"/incidents/{code}/narrative", "/incidents/{code}/work", (*site).tell, cairn.Researcher},
	{"/incidents/{code}/tags", "/incidents/{code}/work", (*site).tag, cairn.Researcher},
	{"/incidents/{code}/place", "/incidents/{code}/place", (*site).locate, cairn.Researcher},
	{"/incidents/{code}/comment", "/incidents/{code}/work", (*site).comment, cairn.Researcher},
	{"/incidents/{code}/sign", "/incidents/{code}/work", (*site).sign, cairn.Reviewer},
	{"/estimates", "/estimates", (*site).makeEstimate, cairn.Researcher},
	{"/estimates/{id}/propose", "/estimates/{id}", (*site).proposeEstimate, cairn.Researcher},
	{"/estimates/{id}/sign", "/estimates/{id}", (*site).signEstimate, cairn.Reviewer},
	{"/estimates/{id}/withdraw", "/estimates/{id}", (*site).withdrawEstimate, cairn.Reviewer},
}

// New returns the pages of a project, read from view; what is done at the desk is
// written by settings.Desk.
// Whatever has been recorded by then is on the next page that is asked for.
func New(view store.View, originals Originals, settings Settings) (http.Handler, error) {
	if settings.Project == "" {
		return nil, cairn.Invalid{Field: "project", Reason: "the pages are of one project, which must be named"}
	}
	if settings.Desk != nil && settings.Jobs == nil {
		return nil, cairn.Invalid{Field: "jobs", Reason: "a desk needs what runs its long work"}
	}
	if settings.Now == nil {
		settings.Now = time.Now
	}
	s := &site{view: view, originals: originals, settings: settings, book: recorder.NewBook(view, settings.Project),
		proposals: recorder.NewProposals(view, settings.Project),
		doorman:   &doorman{failed: map[string][]time.Time{}, trying: make(chan struct{}, atOnce)}}
	if settings.Desk != nil {
		s.current = settings.Desk.Current()
	}
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	if s.tongues, err = readTongues(); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	if s.pages, err = parseTemplates(s.assets); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return guarded(http.NewCrossOriginProtection().Handler(s.mux())), nil
}

func (s *site) mux() *http.ServeMux {
	mux := http.NewServeMux()
	pages := routes
	if s.settings.Desk != nil {
		pages = append(routes[:len(routes):len(routes)], deskRoutes...)
		for _, a := range actions {
			mux.HandleFunc("POST "+a.path, s.gate(a.least, s.take(a)))
		}
		if s.settings.Provider != nil {
			mux.HandleFunc("GET /sign-in/provider", s.gate(cairn.NoRole, s.askProvider))
			mux.HandleFunc("GET /sign-in/provider/back", s.gate(cairn.NoRole, s.answerProvider))
		}
		mux.HandleFunc("GET /media/{ref}", s.gate(cairn.Researcher, s.media))
		mux.HandleFunc("GET /jobs/{id}/{name}", s.gate(cairn.Researcher, s.jobFile))
		mux.HandleFunc("GET /estimates/{id}/{name}", s.gate(cairn.Researcher, s.estimateFile))
	}
	for _, r := range pages {
		mux.HandleFunc("GET "+r.path, s.gate(r.least, s.show(r)))
		if r.twin != "" {
			mux.HandleFunc("GET "+r.twin, s.gate(r.least, s.show(r)))
		}
	}
	mux.HandleFunc("GET /originals/{ref}", s.gate(cairn.DataViewer, s.original))
	mux.HandleFunc("GET /static/{hash}/{name}", s.assets.serve)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /healthz/fixity", s.fixity)
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
