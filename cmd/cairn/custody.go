package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type custodyCommand struct {
	writing
	Add      string `enum:",viewed,exported,copied,transferred" default:"" help:"Record that this happened: viewed, exported, copied or transferred."`
	To       string `placeholder:"NAME" help:"With --add: who was given it."`
	Why      string `placeholder:"TEXT" help:"With --add: why."`
	JSON     bool   `name:"json" help:"Print the chain as JSON Lines."`
	Document string `arg:"" help:"The identifier of a document, or sha256-… of bytes that are none, such as a photo."`
}

// Run records a link of the chain of custody, or prints the chain.
func (c *custodyCommand) Run(ctx context.Context, w *world) error {
	if c.Add != "" {
		r, err := c.write(ctx, w)
		if err != nil {
			return err
		}
		defer r.Close()
		link, err := r.PutCustody(ctx, cairn.Custody{Document: c.Document, What: cairn.CustodyKind(c.Add), Whom: c.To, Why: c.Why})
		if err != nil {
			return err
		}
		return c.print(w, link)
	}
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	chain, err := recorder.CustodyOf(ctx, r.View(), c.Document)
	for _, link := range chain {
		if err == nil {
			err = c.print(w, link)
		}
	}
	return err
}

func (c *custodyCommand) print(w *world, link cairn.Custody) error {
	if c.JSON {
		return json.NewEncoder(w.stdout).Encode(link)
	}
	line := fmt.Sprintf("%d  %s  %s by %s", link.N, link.At.Format("2006-01-02 15:04:05"), link.What, link.Who)
	for _, part := range []struct{ before, text string }{{", to ", link.Whom}, {", on the authority of ", link.Authority}, {": ", link.Why}} {
		if part.text != "" {
			line += part.before + part.text
		}
	}
	_, err := fmt.Fprintln(w.stdout, line)
	return err
}

type removeCommand struct {
	writing
	Why       string   `required:"" placeholder:"TEXT" help:"Why it is taken out."`
	Authority string   `required:"" placeholder:"NAME" help:"On whose authority: a court by its order, the person concerned, a rule of the project."`
	Keep      []string `placeholder:"NAME" help:"What was made of it and stays, such as a copy with parts unseen; give it again for several."`
	Document  string   `arg:"" help:"The identifier of a document, or sha256-… of bytes that are none, such as a photo."`
}

// Run takes a document out, with what was made of it, and says what is left.
func (c *removeCommand) Run(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	removal, err := r.Remove(ctx, c.Document, c.Why, c.Authority, c.Keep...)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.stdout, "%s taken out; its tombstone keeps %s\n", c.Document, removal.Ref)
	for _, m := range removal.Made {
		fmt.Fprintf(w.stdout, "made of it and taken out too: %s (%s)\n", m.Name, m.How)
	}
	for _, name := range c.Keep {
		fmt.Fprintf(w.stdout, "made of it and still there: %s\n", name)
	}
	return err
}
