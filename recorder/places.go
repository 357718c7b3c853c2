package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/survey"
)

// A Surveyed says what an import of places did. Again are places that stood in
// the pack already, alike; Faults are rows and files that were not taken in.
type Surveyed struct {
	Pack    string `json:"pack"`
	New     int    `json:"new"`
	Changed int    `json:"changed"`
	Again   int    `json:"again"`
	Faults  int    `json:"faults"`
	Places  int    `json:"places"` // of the pack, now
}

// ImportPlaces takes the places of files into the project's pack of a name, and
// reads with them from then on. Rows at fault are told to fault; the rest goes
// in, as one act. Places that the pack has already and the files have not stay.
func (r *Recorder) ImportPlaces(ctx context.Context, name string, files []string, o survey.Options, fault func(error)) (Surveyed, error) {
	if err := r.writable(); err != nil {
		return Surveyed{}, err
	}
	p := placeImport{Recorder: r, pack: cairn.PlacePack{Name: name, Licence: o.Licence}, done: Surveyed{Pack: name}, fault: fault}
	if err := p.packs(ctx); err != nil {
		return p.done, err
	}
	o.Licence, o.Usual = cmp.Or(o.Licence, p.pack.Licence), p.pack.Source
	places, err := p.read(files, o)
	if err != nil {
		return p.done, err
	}
	merged := p.merge(places)
	p.done.Places = len(merged)
	if p.done.New+p.done.Changed == 0 {
		return p.done, nil
	}
	if err := p.keep(ctx, merged); err != nil {
		return p.done, hinted(err)
	}
	return p.done, r.use(ctx, r.project)
}

// placeImport is one import of places on its way.
type placeImport struct {
	*Recorder
	pack   cairn.PlacePack
	stands map[string]cairn.Place // in the pack, by identifier
	others map[string]string      // the packs of places of other packs
	files  []placeFile
	done   Surveyed
	fault  func(error)
}

type placeFile struct {
	name    string
	content []byte
}

// packs reads what the project's packs hold.
func (p *placeImport) packs(ctx context.Context) error {
	p.stands, p.others = map[string]cairn.Place{}, map[string]string{}
	all, err := p.view.PlacePacks(ctx, p.project.Name)
	if err != nil {
		return err
	}
	for _, pack := range all {
		places, err := p.placesOf(pack)
		if err != nil {
			return err
		}
		if pack.Name == p.pack.Name {
			p.pack.Files = pack.Files
			p.pack.Source, p.pack.Licence = pack.Source, pack.Licence
		}
		for _, place := range places {
			if pack.Name == p.pack.Name {
				p.stands[place.ID] = place
			} else {
				p.others[place.ID] = pack.Name
			}
		}
	}
	return nil
}

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

// read reads the files. Where none can be read, the error is that of the last.
func (p *placeImport) read(files []string, o survey.Options) ([]cairn.Place, error) {
	s := survey.New(o)
	for _, id := range sortedKeys(p.stands) {
		s.Know(p.stands[id])
	}
	var last error
	for _, name := range files {
		content, err := p.bytesOf(name)
		if err == nil {
			err = s.Read(name, content)
		}
		if err != nil {
			p.done.Faults++
			last = err
			p.fault(err)
			continue
		}
		p.files = append(p.files, placeFile{name, content})
	}
	if len(p.files) == 0 {
		return nil, last
	}
	places, faults := s.Places()
	for _, f := range faults {
		p.done.Faults++
		p.fault(f)
	}
	return places, nil
}

// bytesOf returns the bytes of a file; - is standard input.
func (r *Recorder) bytesOf(name string) ([]byte, error) {
	if name == "-" && r.settings.Collect.Stdin != nil {
		return io.ReadAll(r.settings.Collect.Stdin)
	}
	return os.ReadFile(name)
}

// merge returns the places of the pack with those that were read.
func (p *placeImport) merge(read []cairn.Place) []cairn.Place {
	for _, place := range read {
		if pack := p.others[place.ID]; pack != "" {
			p.done.Faults++
			p.fault(cairn.Invalid{Field: "id", Reason: "the place " + place.ID + " stands in the pack " + pack + " already; bring it in under that name"})
			continue
		}
		former, had := p.stands[place.ID]
		switch {
		case !had:
			p.done.New++
		case alike(former, place):
			p.done.Again++
			continue
		default:
			p.done.Changed++
		}
		p.stands[place.ID] = place
	}
	merged := make([]cairn.Place, 0, len(p.stands))
	for _, id := range sortedKeys(p.stands) {
		merged = append(merged, p.stands[id])
	}
	return merged
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// keep puts the pack and the files that it was read from into the archive, and
// records it. Bytes that were kept already get no second receipt.
func (p *placeImport) keep(ctx context.Context, merged []cairn.Place) error {
	content, err := survey.Pack(merged)
	if err != nil {
		return err
	}
	for _, f := range p.files {
		ref, err := p.shelf(f.name, "file", f.content)
		if err != nil {
			return err
		}
		if !slices.Contains(p.pack.Files, ref) {
			p.pack.Files = append(p.pack.Files, ref)
		}
	}
	if p.pack.Ref, err = p.shelf("places "+p.pack.Name, "places", content); err != nil {
		return err
	}
	p.pack.Places, p.pack.Source = len(merged), merged[0].Origin
	if p.pack.Licence == "" {
		p.pack.Licence = merged[0].Licence
	}
	_, err = p.store.Write(ctx, p.act("places", p.pack.Name, fmt.Sprintf("%d new, %d changed", p.done.New, p.done.Changed)), func(tx *store.Tx) error {
		return tx.PutPlacePack(ctx, p.project.Name, p.pack)
	})
	return err
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
// each with what speaks for it.
func (r *Recorder) FindPlaces(ctx context.Context, name string) ([]cairn.Where, error) {
	step, err := r.Step(ctx)
	if err != nil {
		return nil, err
	}
	return step.reader().Places(name), nil
}

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

// verifyPlaces checks that the bytes of the packs, and of the files that they
// were read from, are kept.
func (r *Recorder) verifyPlaces(ctx context.Context, report func(Fault)) (checked int, err error) {
	packs, err := r.view.PlacePacks(ctx, r.project.Name)
	for _, p := range packs {
		checked++
		for _, ref := range append([]cairn.Ref{p.Ref}, p.Files...) {
			if !r.archive.Has(ref) {
				report(Fault{"missing", "places", p.Name, "its bytes (" + string(ref) + ") are not in the archive"})
			}
		}
		content, err := r.archive.Get(p.Ref)
		if errors.Is(err, cairn.ErrNotFound) || errors.Is(err, cairn.ErrDamaged) {
			continue // told of already
		}
		if err != nil {
			return checked, err
		}
		if places, err := survey.Unpack(content); err != nil || len(places) != p.Places {
			report(Fault{"damaged", "places", p.Name, fmt.Sprintf("it holds %d places where %d were recorded", len(places), p.Places)})
		}
	}
	return checked, err
}

// SurveyOptions say what is known of files of places, as survey has it.
type SurveyOptions = survey.Options

// A SurveyKind is a form of files of places, as survey has it.
type SurveyKind = survey.Kind
