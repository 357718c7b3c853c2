package recorder

import (
	"context"
	"errors"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// A desk is what one run of walks has at hand of what is recorded, so that it
// need not be read again for every document. It holds only what stood after the
// last act that it saw; an act of anybody else clears it.
type desk struct {
	recorder  *Recorder
	incidents map[string]link.Known
	documents map[string]shelved
	assessed  map[string]cairn.Assessment
	voices    map[string]string // the publishers of documents, as they are weighed
	copies    []cairn.Judgement // which documents repeat one original; nil where not yet read
	next      int               // the act that is expected
}

// mostAtHand is how many incidents, and documents, are kept at hand.
const mostAtHand = 4000

func newDesk(r *Recorder) *desk {
	d := &desk{recorder: r}
	d.forget()
	return d
}

func (d *desk) forget() {
	d.incidents, d.documents, d.assessed = map[string]link.Known{}, map[string]shelved{}, map[string]cairn.Assessment{}
	d.voices, d.copies = map[string]string{}, nil
	d.next = 0
}

// begin readies the desk for an act.
func (d *desk) begin(tx *store.Tx) {
	if d.next != tx.Act().Number || len(d.incidents) > mostAtHand || len(d.documents) > mostAtHand {
		d.forget()
	}
	d.next = tx.Act().Number + 1
}

// shelved is a document with what its text is known by.
type shelved struct {
	cairn.Document
	words *link.Words
}

// lay lays a document at hand.
func (d *desk) lay(doc cairn.Document) shelved {
	d.documents[doc.ID] = shelved{bare(doc), link.WordsOf(doc.Text)}
	return d.documents[doc.ID]
}

// bare is a document without the map that only highlighting needs.
func bare(doc cairn.Document) cairn.Document {
	doc.Map, doc.Cells = nil, nil
	return doc
}

func (d *desk) document(ctx context.Context, v store.View, id string) (shelved, error) {
	if doc, ok := d.documents[id]; ok {
		return doc, nil
	}
	doc, err := v.Document(ctx, id)
	if err != nil {
		return shelved{}, err
	}
	return d.lay(doc), nil
}

// known returns an incident with its testimonies.
func (d *desk) known(ctx context.Context, v store.View, i cairn.Incident) (link.Known, error) {
	if k, ok := d.incidents[i.Code]; ok {
		return k, nil
	}
	testimonies, err := v.Testimonies(ctx, i.Project, i.Code)
	if err != nil {
		return link.Known{}, err
	}
	k := link.Known{Incident: i, Testimonies: testimonies}
	seen := map[string]bool{}
	for _, t := range testimonies {
		if seen[t.Ref.Document] {
			continue
		}
		seen[t.Ref.Document] = true
		doc, err := d.document(ctx, v, t.Ref.Document)
		if err != nil {
			return k, err
		}
		k.Words = append(k.Words, doc.words)
	}
	d.incidents[i.Code] = k
	return k, nil
}

// newest returns the newest assessment of an incident; the zero Assessment where
// there is none.
func (d *desk) newest(ctx context.Context, v store.View, project, code string) (cairn.Assessment, error) {
	if a, ok := d.assessed[code]; ok {
		return a, nil
	}
	a, err := v.Assessment(ctx, project, code)
	if errors.Is(err, cairn.ErrNotFound) {
		return cairn.Assessment{}, nil
	}
	return a, err
}
