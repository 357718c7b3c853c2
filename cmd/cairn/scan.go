package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/scan"
)

type scanCommand struct {
	writing
	Languages string   `placeholder:"NAMES" help:"What Tesseract is told to read, as eng+ara; unless told, the language of the document, or all that are installed."`
	Show      bool     `help:"Read nothing: print what there is to read."`
	Of        []string `arg:"" optional:"" name:"document" help:"Documents by identifier or pictures by hash, read again even if they were; all that were not, unless told."`
}

// Run has words read off pictures, and says what came of each.
func (c *scanCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	pictures, err := r.ToScan(ctx, c.Of)
	if err != nil || len(pictures) == 0 {
		return err
	}
	if c.Show {
		for _, p := range pictures {
			fmt.Fprintf(w.stdout, "%s  %s\n", nameOf(p), p.Receipt.From)
		}
		return nil
	}
	tools, err := scan.Find(ctx)
	if errors.Is(err, scan.ErrNotInstalled) {
		return cairn.Hint{Err: err, Hint: "install tesseract-ocr with the languages of your documents (tesseract-ocr-ara and so on), and poppler-utils for PDFs"}
	}
	if err != nil {
		return err
	}
	failed := 0
	for _, p := range pictures {
		sum, err := r.Scan(ctx, p, tools, languagesOf(c.Languages))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			w.say(fmt.Errorf("%s: %w", nameOf(p), err))
			continue
		}
		fmt.Fprintf(w.stdout, "%s  %s\n", nameOf(p), came(sum))
	}
	if failed > 0 {
		return exitStatus(partly)
	}
	return nil
}

func languagesOf(names string) []string {
	return strings.FieldsFunc(names, func(c rune) bool { return c == '+' || c == ',' || c == ' ' })
}

func nameOf(p recorder.Pictured) string {
	if p.Document.ID != "" {
		return p.Document.ID
	}
	return string(p.Ref)
}

// came says in words what reading one picture brought.
func came(s recorder.Summary) string {
	switch {
	case s.Again > 0:
		return "read the same as before"
	case s.Originals > 0:
		return "hardly a word"
	case s.Taken == 0:
		return "no word"
	}
	return fmt.Sprintf("read by machine, %s in %s", many(s.Claims, "claim"), many(s.Incidents, "new incident"))
}
