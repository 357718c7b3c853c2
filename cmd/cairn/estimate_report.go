package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/estimate"
)

// mostPrinting is how long a page may take to be printed.
const mostPrinting = 2 * time.Minute

// writeReport writes the report of an estimate, in the format of the file's ending.
func writeReport(ctx context.Context, path, flag string, e cairn.Estimate) error {
	var text bytes.Buffer
	if err := estimate.Report(&text, e); err != nil {
		return err
	}
	content := text.Bytes()
	switch filepath.Ext(path) {
	case ".html":
	case ".pdf":
		var err error
		if content, err = printed(ctx, content); err != nil {
			return err
		}
	default:
		return cairn.Invalid{Field: flag, Reason: "want a file that ends in .html or .pdf, not " + strconv.Quote(path)}
	}
	return create(path, func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	})
}

// printed is a page as PDF, by a Chromium that is installed. It reaches nothing.
func printed(ctx context.Context, content []byte) (pdf []byte, err error) {
	browser := collect.FindBrowser()
	if browser == "" {
		return nil, cairn.Hint{Err: cairn.Invalid{Reason: "no Chromium is installed, which prints the page as PDF"}, Hint: "write FILE.html and print it from any browser; its form for paper is built in"}
	}
	folder, err := os.MkdirTemp("", "cairn-report-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "report.html")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, mostPrinting)
	defer cancel()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"), chromedp.Flag("disable-component-update", true))
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox)
	}
	allocator, end := chromedp.NewExecAllocator(ctx, flags...)
	defer end()
	tab, done := chromedp.NewContext(allocator)
	defer done()
	if err := chromedp.Do(tab, chromedp.Navigate("file://"+file)); err != nil {
		return nil, fmt.Errorf("print the report: %w", err)
	}
	print, err := chromedp.Call(tab, page.PrintToPDF, page.PrintToPDFParams{PrintBackground: new(true), PreferCSSPageSize: new(true)})
	if err != nil {
		return nil, fmt.Errorf("print the report: %w", err)
	}
	return print.Data, nil
}
