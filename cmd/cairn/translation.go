package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/cairn-recorder/cairn"
)

// translationCommand is what documents say in other languages, beside them.
type translationCommand struct {
	Show translationShow `cmd:"" default:"withargs" help:"Print the translations of a document."`
	Put  translationPut  `cmd:"" help:"Record a translation beside a document, with who or what made it."`
	Drop translationDrop `cmd:"" help:"Take a translation back; its history stays."`
	Read translationRead `cmd:"" help:"Read a translation for claims and print them; nothing is kept, and nothing counts."`
}

type translationShow struct {
	record
	JSON     bool   `name:"json" help:"As JSON Lines."`
	Document string `arg:"" help:"The identifier of a document."`
}

// Run prints the translations of a document.
func (c *translationShow) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	d, err := r.View().Document(ctx, c.Document)
	if err != nil {
		return err
	}
	all, err := r.View().Translations(ctx, d.ID)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	for k, t := range all {
		if c.JSON {
			if err := encoder.Encode(t); err != nil {
				return err
			}
			continue
		}
		if k > 0 {
			fmt.Fprintln(w.stdout)
		}
		printTranslation(w, d, t)
	}
	return nil
}

// printTranslation writes a translation under a line that says who made it.
func printTranslation(w *world, d cairn.Document, t cairn.Translation) {
	fmt.Fprintf(w.stdout, "%d  %s, %s", t.N, t.Language, translator(t))
	if t.Behind(d) {
		fmt.Fprint(w.stdout, "; the document is read otherwise since")
	}
	fmt.Fprintln(w.stdout)
	if t.Title != "" {
		fmt.Fprintln(w.stdout, t.Title)
	}
	fmt.Fprintln(w.stdout, t.Text)
}

// translator says who or what made a translation.
func translator(t cairn.Translation) string {
	said := "translated by " + t.By
	switch {
	case t.Machine() && t.By == "":
		said = "translated by a machine: " + t.Tool
	case t.Machine():
		said = "translated by a machine: " + t.Tool + ", looked over by " + t.By
	}
	return fmt.Sprintf("%s; recorded by %s on %s", said, t.Who, cairn.DayOf(t.At))
}

type translationPut struct {
	writing
	Language string `required:"" placeholder:"TAG" help:"The language that it was translated into, as en or ar."`
	By       string `placeholder:"NAME" help:"Who translated it or, with --machine, looked it over."`
	Machine  string `placeholder:"PROGRAM" help:"Which program translated it, with its version."`
	Title    string `placeholder:"TEXT" help:"Its title in that language."`
	Why      string `placeholder:"TEXT" help:"Why, for the history."`
	Document string `arg:"" help:"The identifier of a document."`
	File     string `arg:"" default:"-" help:"A file with the text; - is standard input."`
}

// Run records a translation.
func (c *translationPut) Run(ctx context.Context, w *world) error {
	in := w.stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	t, err := r.PutTranslation(ctx, cairn.Translation{Document: c.Document, Language: c.Language, By: c.By, Tool: c.Machine, Title: c.Title, Text: string(text)}, c.Why)
	if err == nil {
		_, err = fmt.Fprintf(w.stdout, "%s: translation %d, %s, %s\n", t.Document, t.N, t.Language, translator(t))
	}
	return err
}

type translationDrop struct {
	writing
	Why      string `required:"" placeholder:"TEXT" help:"Why."`
	Document string `arg:"" help:"The identifier of a document."`
	N        int    `arg:"" name:"number" help:"The number of the translation."`
}

// Run takes a translation back.
func (c *translationDrop) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.DropTranslation(ctx, c.Document, c.N, c.Why)
}

type translationRead struct {
	record
	Document string `arg:"" help:"The identifier of a document."`
	N        int    `arg:"" name:"number" help:"The number of the translation."`
}

// Run prints what a translation claims, in the form of `cairn extract`.
func (c *translationRead) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	t, claims, err := r.ReadTranslation(ctx, c.Document, c.N)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Document    string        `json:"document"`
		Translation int           `json:"translation"`
		Language    string        `json:"language"`
		Machine     string        `json:"machine,omitempty"`
		Claims      []cairn.Claim `json:"claims"`
	}{t.Document, t.N, t.Language, t.Tool, append([]cairn.Claim{}, claims...)})
}
