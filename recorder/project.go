package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/policy"
	"github.com/cairn-recorder/cairn/store"
)

// The project of a new record.
const (
	defaultProject = "default"
	defaultPolicy  = "airwars"
	defaultPrefix  = "i"
)

// findProject finds the project that the settings name, or the only one, and
// makes one in an empty store.
func (r *Recorder) findProject(ctx context.Context) error {
	p, err := r.chosenProject(ctx)
	if errors.Is(err, cairn.ErrNotFound) && r.store != nil {
		p, err = r.firstProject(ctx)
	}
	if err != nil {
		return err
	}
	return r.use(ctx, p)
}

// use makes p the project, with its policy and, where it may write, with what
// it adds to reading.
func (r *Recorder) use(ctx context.Context, p cairn.Project) error {
	conv, err := PolicyOf(p)
	if err != nil {
		return err
	}
	r.project, r.policy = p, conv
	if r.parties, err = r.Belligerents(ctx); err != nil {
		return err
	}
	if r.store == nil {
		return nil // reads no documents
	}
	step, err := r.Step(ctx)
	if err != nil {
		return err
	}
	r.reader = step.reader()
	return nil
}

// Step returns what a step that runs alone reads with, so that it reads as the
// walk of the project does.
func (r *Recorder) Step(ctx context.Context) (Step, error) {
	packs, err := r.opened(ctx)
	if err != nil {
		return Step{}, err
	}
	return Step{Policy: r.policy, Places: r.project.Places, Packs: packs, Parties: r.parties}, nil
}

func (r *Recorder) chosenProject(ctx context.Context) (cairn.Project, error) {
	all, err := r.view.Projects(ctx)
	if err != nil {
		return cairn.Project{}, err
	}
	names := make([]string, len(all))
	for i, p := range all {
		if names[i] = p.Name; p.Name == r.settings.Project {
			return p, nil
		}
	}
	switch {
	case len(all) == 0:
		return cairn.Project{}, cairn.ErrNotFound
	case r.settings.Project != "":
		return cairn.Project{}, cairn.Invalid{Field: "project", Reason: "there is none called " + r.settings.Project + "; there is " + strings.Join(names, ", ")}
	case len(all) > 1:
		return cairn.Project{}, cairn.Hint{
			Err:  cairn.Invalid{Field: "project", Reason: "there are several (" + strings.Join(names, ", ") + ")"},
			Hint: "say which with --project NAME",
		}
	}
	return all[0], nil
}

// firstProject makes the first project of an empty store.
func (r *Recorder) firstProject(ctx context.Context) (cairn.Project, error) {
	conv, err := policy.Named(defaultPolicy)
	if err != nil {
		return cairn.Project{}, err
	}
	p := cairn.Project{Name: defaultProject, Policy: conv.ID(), Prefix: defaultPrefix}
	if r.settings.Project != "" {
		p.Name = r.settings.Project
	}
	_, err = r.store.Write(ctx, r.act("project", p.Name, "the first project of a new record"), func(tx *store.Tx) error {
		return tx.PutProject(ctx, p)
	})
	return p, err
}

// PutProject records p in the place of the project of its name, and works on it
// from then on. A policy that p names by a file is recorded whole, so that the
// record does not rest on that file.
func (r *Recorder) PutProject(ctx context.Context, p cairn.Project, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	p, err := r.governed(ctx, p)
	if err != nil {
		return err
	}
	for _, ref := range p.Publicity.Basemap.Refs() {
		if !r.archive.Has(ref) {
			return cairn.Hint{Err: cairn.Invalid{Field: "publicity.basemap", Reason: string(ref) + " is not in the archive"}, Hint: "leave basemap out, and bring files in with `cairn basemap`"}
		}
	}
	if _, err := r.store.Write(ctx, r.act("project", p.Name, why), func(tx *store.Tx) error {
		if err := tx.PutProject(ctx, p); err != nil {
			return err
		}
		return r.withhold(ctx, tx)
	}); err != nil {
		return hinted(err)
	}
	return r.use(ctx, p)
}

// governed returns p under the policy that it names. Two policies of one name and
// version must be alike, since readings are told apart by these.
func (r *Recorder) governed(ctx context.Context, p cairn.Project) (cairn.Project, error) {
	conv, err := policy.Named(p.Policy)
	if err == nil {
		p.Policy, p.Convention = conv.ID(), nil
		return p, nil
	}
	if conv, err = PolicyOf(p); err != nil {
		return p, err
	}
	if _, err := policy.Named(conv.ID()); err == nil {
		return p, cairn.Invalid{Field: "policy", Reason: conv.ID() + " is the name of a policy that is built in; give yours another"}
	}
	p.Policy = conv.ID()
	if p.Convention, err = json.Marshal(conv); err != nil {
		return p, err
	}
	all, err := r.view.Projects(ctx)
	for _, former := range all {
		if former.Policy == p.Policy && !bytes.Equal(former.Convention, p.Convention) {
			return p, cairn.Hint{
				Err:  cairn.Invalid{Field: "policy", Reason: p.Policy + " is recorded already, and not alike"},
				Hint: "raise its version: what was read under the earlier one stays as it was",
			}
		}
	}
	return p, err
}

// PolicyOf returns the policy of a project: its own, or the one that it names.
func PolicyOf(p cairn.Project) (policy.Policy, error) {
	if len(p.Convention) == 0 {
		return Policy(p.Policy)
	}
	conv, err := policy.Parse(p.Convention)
	if err != nil {
		return conv, fmt.Errorf("policy of project %s: %w", p.Name, err)
	}
	return conv, nil
}

// Policy returns the built-in policy of a name, such as "airwars" or
// "airwars/1", or the one in the file of that name.
func Policy(name string) (policy.Policy, error) {
	p, err := policy.Named(name)
	if err == nil {
		return p, nil
	}
	data, fileErr := os.ReadFile(name)
	if errors.Is(fileErr, fs.ErrNotExist) {
		var names []string
		for _, p := range policy.All() {
			names = append(names, p.Name)
		}
		return policy.Policy{}, cairn.Hint{Err: err, Hint: "there is " + strings.Join(names, ", ") + ", or the name of a file"}
	}
	if fileErr != nil {
		return policy.Policy{}, fmt.Errorf("policy %s: %w", name, fileErr)
	}
	p, err = policy.Parse(data)
	var invalid cairn.Invalid
	if errors.As(err, &invalid) {
		invalid.File = name
		return p, invalid
	}
	return p, err
}

// Policies returns the policies of files, or every built-in one where none is
// named.
func Policies(files ...string) ([]policy.Policy, error) {
	if len(files) == 0 {
		return policy.All(), nil
	}
	var all []policy.Policy
	for _, name := range files {
		p, err := Policy(name)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}
