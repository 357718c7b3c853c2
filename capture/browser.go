package capture

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// quiet is how long nothing is asked for before a page counts as whole, and
// mostWait how long that is waited for.
const (
	quiet    = 700 * time.Millisecond
	mostWait = 12 * time.Second
)

// FindBrowser returns the path of an installed Chromium, "" where there is none.
func FindBrowser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	return ""
}

// browse captures a page with a browser of its own, which knows nothing of any
// page before and reaches the world through a relay alone.
func (r *run) browse(ctx context.Context, address string) error {
	relay, err := newRelay(ctx, r)
	if err != nil {
		return err
	}
	defer relay.Close()
	allocator, end := chromedp.NewExecAllocator(ctx, r.flags(relay)...)
	defer end()
	tab, close := chromedp.NewContext(allocator)
	defer close()
	if err := chromedp.Do(tab, chromedp.EmulateViewport(1280, 900)); err != nil {
		return fmt.Errorf("%w: %w", ErrNoBrowser, err)
	}
	r.listen(tab)
	if v, err := chromedp.CallBrowser(tab, browser.GetVersion, cdp.Empty{}); err == nil {
		r.captured.Browser = v.Product
	}
	until := time.Now().Add(r.Timeout * 6 / 10)
	if d, ok := ctx.Deadline(); ok && d.Before(until) {
		until = d
	}
	loading, stop := context.WithDeadline(tab, until)
	err = chromedp.Do(loading, chromedp.Navigate(address))
	stop()
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		r.note("the browser did not show it: " + err.Error())
		return nil
	}
	relay.settle(ctx)
	_, _ = chromedp.Run(tab, chromedp.Evaluate[bool](scrolling, chromedp.EvalAwaitPromise)) // pictures that load as they are reached; without them the page stays as it is
	relay.settle(ctx)
	r.take(tab)
	return nil
}

// scrolling goes down the page step by step and back to its top.
const scrolling = `(async () => { for (let y = 0; y < Math.min(document.body ? document.body.scrollHeight : 0, 30000); y += 800) { window.scrollTo(0, y); await new Promise(f => setTimeout(f, 60)) } window.scrollTo(0, 0); return true })()`

func (r *run) flags(relay *relay) []chromedp.ExecAllocatorOption {
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(r.Browser), chromedp.UserAgent(r.Agent),
		chromedp.ProxyServer("http://"+relay.listener.Addr().String()),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"), // the relay is asked for this machine too, and refuses it
		chromedp.Flag("ignore-certificate-errors-spki-list", relay.fingerprint()),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("dns-prefetch-disable", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-features", "OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions"))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	return flags
}

// listen closes what a page opens to be clicked away.
func (r *run) listen(tab context.Context) {
	err := chromedp.Listen(tab, func(ev any) {
		if _, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			go chromedp.Call(tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
		}
	})
	if err != nil {
		r.note("windows of the page stay open: " + err.Error())
	}
}

func (r *run) note(why string) {
	if r.captured.Note != "" {
		why = r.captured.Note + "; " + why
	}
	r.captured.Note = why
}

// take keeps what the browser shows.
func (r *run) take(tab context.Context) {
	c := r.captured
	text := func(expression string) []byte {
		s, err := chromedp.Run(tab, chromedp.Evaluate[string](expression))
		if err != nil {
			r.note("the browser did not tell what it shows: " + err.Error())
		}
		return []byte(s)
	}
	c.DOM = text(`document.documentElement ? document.documentElement.outerHTML : ""`)
	c.Text = text(`document.body ? document.body.innerText : ""`)
	var err error
	if c.Screenshot, err = chromedp.Run(tab, chromedp.FullScreenshot(100)); err != nil {
		r.note("no picture of it: " + err.Error())
	}
	if c.Print, err = chromedp.Run(tab, chromedp.PrintToPDF()); err != nil {
		r.note("no print of it: " + err.Error())
	}
}

// settle waits until the page has asked for nothing for a while.
func (p *relay) settle(ctx context.Context) {
	for end := time.Now().Add(mostWait); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
		if p.busy.Load() == 0 && time.Now().UnixNano()-p.last.Load() > int64(quiet) {
			return
		}
	}
}
