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
	documents map[string]cairn.Document
	assessed  map[string]cairn.Assessment
	next      int // the act that is expected
}

// mostAtHand is how many incidents, and documents, are kept at hand.
const mostAtHand = 4000

func newDesk(r *Recorder) *desk {
	d := &desk{recorder: r}
	d.forget()
	return d
}

func (d *desk) forget() {
	d.incidents, d.documents, d.assessed = map[string]link.Known{}, map[string]cairn.Document{}, map[string]cairn.Assessment{}
	d.next = 0
}

// begin readies the desk for an act.
func (d *desk) begin(tx *store.Tx) {
	if d.next != tx.Act().Number || len(d.incidents) > mostAtHand || len(d.documents) > mostAtHand {
		d.forget()
	}
	d.next = tx.Act().Number + 1
}

// lay lays a document at hand.
func (d *desk) lay(doc cairn.Document) { d.documents[doc.ID] = bare(doc) }

// bare is a document without the map that only highlighting needs.
func bare(doc cairn.Document) cairn.Document {
	doc.Map, doc.Cells = nil, nil
	return doc
}

func (d *desk) document(ctx context.Context, v store.View, id string) (cairn.Document, error) {
	if doc, ok := d.documents[id]; ok {
		return doc, nil
	}
	doc, err := v.Document(ctx, id)
	if err != nil {
		return doc, err
	}
	d.documents[id] = bare(doc)
	return d.documents[id], nil
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
	d.incidents[i.Code] = link.Known{Incident: i, Testimonies: testimonies}
	return d.incidents[i.Code], nil
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
