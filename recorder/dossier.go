package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
	"github.com/cairn-recorder/cairn/store"
)

// Dossier writes everything behind an incident, by its code, or behind a document,
// by its identifier, as one file that proves itself. The log is signed up to its
// last act before, and what audience may not see is left out, by its hash and the
// reason. The same record and key give the same bytes.
func (r *Recorder) Dossier(ctx context.Context, id string, audience dossier.Audience, w io.Writer) error {
	if err := r.Seal(ctx); err != nil {
		return err
	}
	b, err := r.bundle(ctx, id, audience)
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", id, hinted(err))
	}
	key, err := r.settings.key(true)
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", id, err)
	}
	return dossier.Write(w, b.Material, key)
}

// bundle is a dossier on its way.
type bundle struct {
	*Recorder
	dossier.Material
	behind store.Behind
	codes  []string // of the incidents: the one, or those of the document
	size   int      // of the log
}

// bundle gathers the material of a dossier.
func (r *Recorder) bundle(ctx context.Context, id string, audience dossier.Audience) (*bundle, error) {
	b := &bundle{Recorder: r, behind: store.Behind{Project: r.project.Name}}
	b.Contents = dossier.Contents{ID: id, For: audience, Project: r.project.Name, Title: r.project.Title, Policy: r.policy.ID(), Version: cairn.Version}
	if err := b.find(ctx, id); err != nil {
		return nil, err
	}
	last, err := r.view.LastCheckpoint(ctx)
	if err != nil {
		return nil, err
	}
	b.Material.Checkpoint, b.size, b.Contents.Acts = last.Note, last.Size, last.Size
	rows, err := b.rows(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.prove(ctx, rows); err != nil {
		return nil, err
	}
	if audience == dossier.Public {
		err = b.publicForms(ctx)
	} else {
		err = tell(&b.Contents, rows)
	}
	if err == nil {
		err = b.policyFiles()
	}
	if err == nil {
		err = b.originals(ctx, rows)
	}
	if err == nil {
		err = b.stamps(ctx)
	}
	return b, err
}

// rows reads the rows that stand behind the dossier, those of the pictures that a
// machine read documents off among them.
func (b *bundle) rows(ctx context.Context) ([]ledger.Standing, error) {
	rows, err := b.view.RowsBehind(ctx, b.behind)
	if err != nil {
		return nil, err
	}
	for _, s := range rows {
		var d cairn.Document
		if s.Table == "documents" && json.Unmarshal([]byte(textOf(s, "body")), &d) == nil && d.Machine != nil && !slices.Contains(b.behind.Pictures, d.Machine.Of) {
			b.behind.Pictures = append(b.behind.Pictures, d.Machine.Of)
		}
	}
	if len(b.behind.Pictures) > 0 {
		rows, err = b.view.RowsBehind(ctx, b.behind)
	}
	return rows, err
}

// find tells an incident from a document.
func (b *bundle) find(ctx context.Context, id string) error {
	i, err := b.view.Incident(ctx, b.project.Name, id)
	if err == nil {
		b.Contents.ID, b.behind.Code, b.codes = i.Code, i.Code, []string{i.Code}
		return nil
	}
	if !errors.Is(err, cairn.ErrNotFound) {
		return err
	}
	d, err := b.view.Document(ctx, id)
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Invalid{Field: id, Reason: "is no code of an incident and no identifier of a document here"}
	}
	if err != nil {
		return err
	}
	b.behind.Document = d.ID
	incidents, err := b.view.IncidentsOf(ctx, b.project.Name, d.ID)
	for _, i := range incidents {
		b.codes = append(b.codes, i.Code)
	}
	return err
}

// publicForms takes in the public forms of the incidents, of those that nobody
// signed yet what would be published.
func (b *bundle) publicForms(ctx context.Context) error {
	c, err := b.composer(ctx)
	if err != nil {
		return err
	}
	for _, code := range b.codes {
		a, err := b.view.Assessed(ctx, b.project.Name, code)
		if err != nil {
			return err
		}
		if a.Assessment == nil {
			continue
		}
		if a.Assessment.Signed == nil {
			draft := *a.Assessment
			draft.Signed, a.Assessment = &cairn.Signature{}, &draft
		}
		form, err := c.form(ctx, a)
		if err != nil {
			return err
		}
		form, ok, err := b.Public().Shown(ctx, form)
		if err != nil {
			return err
		}
		if ok {
			b.Contents.Published = append(b.Contents.Published, form)
		} else if b.behind.Code != "" {
			return cairn.Invalid{Field: code, Reason: "was suppressed: no dossier of it is for the public"}
		}
	}
	return nil
}

// policyFiles takes in the conventions by which ranges were read.
func (b *bundle) policyFiles() error {
	text, err := json.MarshalIndent(b.policy, "", " ")
	b.Files = append(b.Files, dossier.Fixed("policy/"+strings.ReplaceAll(b.policy.ID(), "/", "-")+".json", append(text, '\n')))
	return err
}
