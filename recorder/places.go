package recorder

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/survey"
)

// placesOf returns the places of a pack.
func (r *Recorder) placesOf(pack cairn.PlacePack) ([]cairn.Place, error) {
	content, err := r.archive.Get(pack.Ref)
	if err != nil {
		return nil, fmt.Errorf("places %s: %w", pack.Name, hinted(err))
	}
	places, err := survey.Unpack(content)
	if err != nil {
		return nil, fmt.Errorf("places %s: %w", pack.Name, err)
	}
	return places, nil
}

// shelf keeps bytes, with a receipt where they are new.
func (r *Recorder) shelf(from, how string, content []byte) (cairn.Ref, error) {
	ref := cairn.RefOf(content)
	if r.archive.Has(ref) {
		return ref, nil
	}
	return r.archive.Put(cairn.Receipt{From: from, How: how, At: r.settings.Now(), Who: r.settings.Who, Outcome: cairn.Fetched}, content)
}

// DropPlaces takes the project's pack of a name out. Its bytes stay in the
// archive.
func (r *Recorder) DropPlaces(ctx context.Context, name, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	packs, err := r.view.PlacePacks(ctx, r.project.Name)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(packs, func(p cairn.PlacePack) bool { return p.Name == name }) {
		return cairn.Invalid{Field: "pack", Reason: "there is no pack " + name + "; `cairn places` lists them"}
	}
	_, err = r.store.Write(ctx, r.act("places", name, why), func(tx *store.Tx) error {
		return tx.PutPlacePack(ctx, r.project.Name, cairn.PlacePack{Name: name})
	})
	if err != nil {
		return hinted(err)
	}
	return r.use(ctx, r.project)
}

// PlacePacks returns the packs of places of the project, by name.
func (r *Recorder) PlacePacks(ctx context.Context) ([]cairn.PlacePack, error) {
	return r.view.PlacePacks(ctx, r.project.Name)
}

// Places hands each place of the project to each: its own, and those of its
// packs with the name of the pack.
func (r *Recorder) Places(ctx context.Context, each func(pack string, p cairn.Place) error) error {
	for _, p := range r.project.Places {
		if err := each("", p); err != nil {
			return err
		}
	}
	packs, err := r.PlacePacks(ctx)
	if err != nil {
		return err
	}
	for _, pack := range packs {
		places, err := r.placesOf(pack)
		if err != nil {
			return err
		}
		slices.SortFunc(places, func(a, b cairn.Place) int { return strings.Compare(a.ID, b.ID) })
		for _, p := range places {
			if err := each(pack.Name, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// FindPlaces returns the places that a name can stand for, the likeliest first,
// each with what speaks for it; where none has the name, those whose names sound
// like it.
func (r *Recorder) FindPlaces(ctx context.Context, name string) (found, alike []cairn.Where, err error) {
	step, err := r.Step(ctx)
	if err != nil {
		return nil, nil, err
	}
	reader := step.reader()
	if found = reader.Places(name); len(found) == 0 {
		alike = reader.Alike(name, mostAlike)
	}
	return found, alike, nil
}

// mostAlike is how many places are suggested.
const mostAlike = 10

// opened returns the packs of the project, ready to be looked up.
func (r *Recorder) opened(ctx context.Context) ([]*lexicon.Pack, error) {
	packs, err := r.view.PlacePacks(ctx, r.project.Name)
	if err != nil {
		return nil, err
	}
	var out []*lexicon.Pack
	for _, p := range packs {
		content, err := r.archive.Get(p.Ref)
		if err != nil {
			return nil, fmt.Errorf("places %s: %w", p.Name, hinted(err))
		}
		pack, err := lexicon.OpenPack(string(content))
		if err != nil {
			return nil, fmt.Errorf("places %s: %w: %w", p.Name, cairn.ErrDamaged, err)
		}
		out = append(out, pack)
	}
	return out, nil
}

// PackFiles returns the places of files as one pack, for a [Step] that reads
// without a record. Rows at fault are told to fault.
func PackFiles(files []string, o survey.Options, fault func(error)) (*lexicon.Pack, error) {
	s := survey.New(o)
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := s.Read(name, content); err != nil {
			return nil, err
		}
	}
	places, faults := s.Places()
	for _, f := range faults {
		fault(f)
	}
	content, err := survey.Pack(places)
	if err != nil {
		return nil, err
	}
	return lexicon.OpenPack(string(content))
}

// SurveyOptions say what is known of files of places, as survey has it.
type SurveyOptions = survey.Options

// A SurveyKind is a form of files of places, as survey has it.
type SurveyKind = survey.Kind
