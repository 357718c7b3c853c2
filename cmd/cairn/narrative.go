package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// narrativeCommand is what happened in an incident, in words that cite its claims.
type narrativeCommand struct {
	Show  tellShowCommand  `cmd:"" help:"Print the texts of an incident, with the claims that they cite."`
	Draft tellDraftCommand `cmd:"" help:"Print a plain first text of an incident, made from its claims; nothing is kept."`
	Set   tellSetCommand   `cmd:"" help:"Keep the text of an incident in one language, in the place of the one before."`
	Tag   tellTagCommand   `cmd:"" help:"Say by which tags an incident is found, in the place of those before."`
	Tags  tellTagsCommand  `cmd:"" help:"List the tags in use, each with how many incidents bear it."`
}

type tellShowCommand struct {
	record
	Language string `placeholder:"TAG" help:"One language alone: en, ar, es, uk or ru."`
	Signed   bool   `help:"As it was signed last, not as it is now."`
	JSON     bool   `name:"json" help:"As JSON."`
	Incident string `arg:"" help:"The code of the incident."`
}

// Run prints the texts of an incident.
func (c *tellShowCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	i, err := r.View().Incident(ctx, r.Project().Name, c.Incident)
	if err != nil {
		return err
	}
	read := r.View().Assessment
	if c.Signed {
		read = r.View().SignedAssessment
	}
	a, err := read(ctx, r.Project().Name, i.Code)
	if err != nil {
		return err
	}
	all := []cairn.Narrative{}
	for _, n := range recorder.Tellings(i, &a) {
		if c.Language == "" || n.Language == c.Language {
			all = append(all, n)
		}
	}
	if c.JSON {
		encoder := json.NewEncoder(w.stdout)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(struct {
			Incident   string            `json:"incident"`
			Narratives []cairn.Narrative `json:"narratives"`
			Tags       []string          `json:"tags"`
		}{i.Code, all, append([]string{}, a.Tags...)})
	}
	for k, n := range all {
		if k > 0 {
			fmt.Fprintln(w.stdout)
		}
		if err := tell(ctx, w.stdout, r, n); err != nil {
			return err
		}
	}
	if len(a.Tags) > 0 {
		_, err = fmt.Fprintln(w.stdout, "tags:", strings.Join(a.Tags, ", "))
	}
	return err
}

// tell prints a text with the words that it cites under it.
func tell(ctx context.Context, out io.Writer, r *recorder.Recorder, n cairn.Narrative) error {
	by := n.Who + ", " + string(cairn.DayOf(n.At))
	switch {
	case n.Recorder != "":
		by = n.Recorder
	case n.Draft:
		by += ", as cairn drafted it"
	}
	fmt.Fprintf(out, "%s (%s)\n%s\n", n.Language, by, n.Text)
	for _, c := range n.Cites {
		d, err := r.View().Document(ctx, c.Ref.Document)
		if err != nil {
			return err
		}
		gone := ""
		if c.Gone {
			gone = ", which counts here no more"
		}
		if _, err := fmt.Fprintf(out, "  [[%s]] %s “%s”%s\n", c.Mark, c.Harm, c.Span.Of(d.Text), gone); err != nil {
			return err
		}
	}
	return nil
}

type tellDraftCommand struct {
	record
	Language string `default:"en" placeholder:"TAG" help:"en, ar, es, uk or ru."`
	Incident string `arg:"" help:"The code of the incident."`
}

// Run prints a draft.
func (c *tellDraftCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	text, err := r.DraftNarrative(ctx, r.View(), c.Incident, c.Language)
	if err == nil && text == "" {
		err = cairn.Invalid{Field: "--language", Reason: "there are drafts in " + strings.Join(cairn.NarrativeLanguages, ", ")}
	}
	if err == nil {
		_, err = fmt.Fprintln(w.stdout, text)
	}
	return err
}

type tellSetCommand struct {
	deciding
	Language string `default:"en" placeholder:"TAG" help:"en, ar, es, uk or ru."`
	Incident string `arg:"" help:"The code of the incident."`
	File     string `arg:"" default:"-" help:"The text, in UTF-8; - for standard input. A claim is cited as [[DOCUMENT#NUMBER]]. An empty text takes it away."`
}

// Run keeps the text of an incident.
func (c *tellSetCommand) Run(ctx context.Context, w *world) error {
	text, err := readText(w, c.File)
	if err != nil {
		return err
	}
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Narrate(ctx, c.Incident, c.Language, text, c.Why)
	})
}

func readText(w *world, name string) (string, error) {
	if name == "-" {
		text, err := io.ReadAll(w.stdin)
		return string(text), err
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

type tellTagCommand struct {
	deciding
	Incident string   `arg:"" help:"The code of the incident."`
	Tags     []string `arg:"" optional:"" help:"The tags; none take those away that there are. One that begins with an underscore is not published."`
}

// Run tags an incident.
func (c *tellTagCommand) Run(ctx context.Context, w *world) error {
	return c.decide(ctx, w, func(r *recorder.Recorder) (cairn.Judgement, error) {
		return r.Tag(ctx, c.Incident, c.Tags, c.Why)
	})
}

type tellTagsCommand struct{ record }

// Run lists the tags in use.
func (c *tellTagsCommand) Run(ctx context.Context, w *world) error {
	r, err := c.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	tags, err := r.View().Tags(ctx, r.Project().Name)
	for _, t := range tags {
		if _, err := fmt.Fprintf(w.stdout, "%s\t%d\n", t.Tag, t.Incidents); err != nil {
			return err
		}
	}
	return err
}
