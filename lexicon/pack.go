package lexicon

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// An Entry is a place of a [Pack]: under which names it is looked up, which
// built-in place it is where that is known, and whatever else is kept of it,
// which the pack hands back as it was.
type Entry struct {
	NamedPlace
	SameAs string // the identifier of the built-in place that it is; "" where none is known
	Kept   []byte
}

// A Pack is a file of places that is used in place: a gazetteer, and behind it
// what is kept of each of its places. Opening one reads its head alone, so that
// a pack of fifty thousand places costs a command nothing. The zero Pack is
// empty.
type Pack struct {
	*Gazetteer
	kept string // offsets of each place's SameAs and Kept, then these
}

const packMagic = "cairnpk1"

var errPack = errors.New("not a pack of places of this version, or broken")

// WritePack writes the file that [OpenPack] reads, the same bytes for the same
// entries in any order.
func WritePack(w io.Writer, entries []Entry) error {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Population, a.Population), strings.Compare(a.ID, b.ID))
	})
	named := make([]NamedPlace, len(entries))
	for i, e := range entries {
		named[i] = e.NamedPlace
	}
	var gazetteer strings.Builder
	if err := WriteGazetteer(&gazetteer, named); err != nil {
		return err
	}
	file := []byte(packMagic)
	file = binary.LittleEndian.AppendUint32(file, uint32(gazetteer.Len()))
	file = append(file, gazetteer.String()...)
	var texts []byte
	for _, e := range entries {
		texts = append(texts, e.SameAs...)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(texts)))
		texts = append(texts, e.Kept...)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(texts)))
	}
	_, err := w.Write(append(file, texts...))
	return err
}

// OpenPack returns the pack that data holds, as [WritePack] writes it. A damaged
// file is refused, or answers wrongly; it does not panic.
func OpenPack(data string) (*Pack, error) {
	const head = len(packMagic) + 4
	if len(data) < head || !strings.HasPrefix(data, packMagic) {
		return nil, errPack
	}
	size := int(u32(data, len(packMagic)))
	if size < 0 || size > len(data)-head {
		return nil, errPack
	}
	g, err := OpenGazetteer(data[head : head+size])
	if err != nil {
		return nil, errPack
	}
	kept := data[head+size:]
	if len(kept) < g.Len()*keptWidth {
		return nil, errPack
	}
	return &Pack{Gazetteer: g, kept: kept}, nil
}

// keptWidth is the bytes of the two ends of a place.
const keptWidth = 8

// ends returns where the texts of the i-th place begin, part and end.
func (p *Pack) ends(i int32) (start, middle, end int) {
	at, texts := int(i)*keptWidth, p.Len()*keptWidth
	if i > 0 {
		start = int(u32(p.kept, at-4))
	}
	return texts + start, texts + int(u32(p.kept, at)), texts + int(u32(p.kept, at+4))
}

// SameAs returns the identifier of the built-in place that the i-th place is,
// "" where none is known.
func (p *Pack) SameAs(i int32) string {
	start, middle, _ := p.ends(i)
	return p.text(start, middle)
}

// Kept returns what else is kept of the i-th place.
func (p *Pack) Kept(i int32) string {
	_, middle, end := p.ends(i)
	return p.text(middle, end)
}

func (p *Pack) text(start, end int) string {
	if start < 0 || start > end || end > len(p.kept) {
		return ""
	}
	return p.kept[start:end]
}
