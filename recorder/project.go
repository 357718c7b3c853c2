package recorder

import (
	"context"
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
	conv, err := Policy(p.Policy)
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
// from then on.
func (r *Recorder) PutProject(ctx context.Context, p cairn.Project, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	if _, err := Policy(p.Policy); err != nil {
		return err
	}
	if _, err := r.store.Write(ctx, r.act("project", p.Name, why), func(tx *store.Tx) error { return tx.PutProject(ctx, p) }); err != nil {
		return hinted(err)
	}
	return r.use(ctx, p)
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

// Policies returns every built-in policy.
func Policies() []policy.Policy { return policy.All() }
