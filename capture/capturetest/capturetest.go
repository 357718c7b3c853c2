// Package capturetest gives tests of pages a real browser of their own.
package capturetest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn/capture"
)

// longest is how long one browser may run.
const longest = 8 * time.Minute

// Browser starts a browser for a test, which ends with it. Without one the test is
// skipped, or fails where everything is to be tested.
func Browser(t testing.TB, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := capture.FindBrowser()
	if path == "" {
		Missing(t, "no chromium to test with: apt-get install --no-install-recommends chromium")
	}
	limit, stop := context.WithTimeout(context.Background(), longest)
	t.Cleanup(stop)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("enable-unsafe-swiftshader", true))
	at, end := chromedp.NewExecAllocator(limit, append(options, flags...)...)
	t.Cleanup(end)
	first, closed := chromedp.NewContext(at)
	t.Cleanup(closed)
	if err := chromedp.Do(first); err != nil {
		t.Fatal(err)
	}
	return first
}

// Missing skips a test for want of something, or fails it where everything is to be
// tested.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}
