package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

type projectCommand struct {
	writing
	Policy string `placeholder:"NAME|FILE" help:"Count under this convention from now on: a built-in one, or that of a file."`
	Why    string `placeholder:"TEXT" help:"Why it is changed."`
	File   string `arg:"" optional:"" help:"The project as JSON, as this command prints it; - is standard input."`
}

// Run prints the project, or puts the one of a file in its place: its scope, its
// policy, the places and belligerents that it adds, and what it watched when.
func (c *projectCommand) Run(ctx context.Context, w *world) error {
	if c.File == "" && c.Policy == "" {
		return c.print(ctx, w)
	}
	if c.File == "" {
		return c.govern(ctx, w)
	}
	p, err := c.read(w)
	if err != nil {
		return err
	}
	if c.Project != "" && c.Project != p.Name {
		return cairn.Invalid{File: c.File, Field: "name", Reason: p.Name + " is not the project that --project names"}
	}
	c.Project = p.Name
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	return c.put(ctx, w, r, p)
}

// govern changes the policy of the project, and nothing else.
func (c *projectCommand) govern(ctx context.Context, w *world) error {
	r, err := c.write(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	p := r.Project()
	p.Policy, p.Convention = c.Policy, nil
	return c.put(ctx, w, r, p)
}

func (c *projectCommand) put(ctx context.Context, w *world, r *recorder.Recorder, p cairn.Project) error {
	if err := r.PutProject(ctx, p, c.Why); err != nil {
		return fmt.Errorf("project %s: %w", p.Name, err)
	}
	p = r.Project()
	_, err := fmt.Fprintf(w.stdout, "%s: %s, %s, %s\nwhat was read before stands as it is; `cairn redo` reads it again\n",
		p.Name, p.Policy, many(len(p.Places), "place"), many(len(p.Parties), "belligerent"))
	return err
}

func (c *projectCommand) print(ctx context.Context, w *world) error {
	r, err := c.record.read(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	encoder := json.NewEncoder(w.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r.Project())
}

// read reads the file, whose faults name the line.
func (c *projectCommand) read(w *world) (cairn.Project, error) {
	var p cairn.Project
	data, err := c.bytes(w)
	if err != nil {
		return p, fmt.Errorf("read the project: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&p); err != nil {
		at := decoder.InputOffset()
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = syntax.Offset
		}
		return p, cairn.Invalid{File: c.File, Line: 1 + bytes.Count(data[:min(int(at), len(data))], []byte("\n")), Field: "project", Reason: err.Error()}
	}
	if c.Policy != "" {
		p.Policy, p.Convention = c.Policy, nil
	}
	return p, c.check(p)
}

func (c *projectCommand) bytes(w *world) ([]byte, error) {
	if c.File == "-" {
		return io.ReadAll(w.stdin)
	}
	return os.ReadFile(c.File)
}

// check names what is missing that nothing else would miss.
func (c *projectCommand) check(p cairn.Project) error {
	invalid := func(field, reason string) error {
		return cairn.Invalid{File: c.File, Field: field, Reason: reason}
	}
	switch {
	case p.Name == "":
		return invalid("name", "is missing")
	case p.Policy == "" && c.Policy == "":
		return invalid("policy", "is missing; `cairn policies` lists them")
	}
	seen := map[string]bool{}
	for i, place := range p.Places {
		field := fmt.Sprintf("places[%d]", i)
		if place.ID == "" || place.Name == "" {
			return invalid(field, "wants an id and a name")
		}
		if seen[place.ID] {
			return invalid(field, "has the id "+place.ID+", as another place has")
		}
		seen[place.ID] = true
	}
	for i, b := range p.Parties {
		if b.Name == "" {
			return invalid(fmt.Sprintf("belligerents[%d]", i), "wants a name")
		}
	}
	return nil
}
