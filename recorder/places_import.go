package recorder

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/cairn-recorder/cairn"
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
