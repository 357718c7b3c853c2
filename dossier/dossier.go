// Package dossier is one file that proves itself: a ZIP with everything behind an
// incident or a document, which anybody can check on another machine, with no
// record at hand.
//
// In the file
//
//	index.html       the same for reading, on a screen or on paper
//	contents.json    the incident, its assessments, documents, claims, judgements
//	rows.jsonl       each row of the record that they come from, with the salt of
//	                 its hash and its path in the leaf of the act; of a row that is
//	                 withheld, the hash and the reason
//	acts.jsonl       the leaf of each of these acts, with its path in the log
//	log/checkpoint   how far the log had come, signed
//	log/key          what checks that signature, and that of the manifest
//	stamps.jsonl     what others attest of earlier checkpoints: the stamp, and the
//	                 path by which the log has grown out of the checkpoint
//	stamps/          these checkpoints, and the tokens and proofs, as other
//	                 programs read them
//	bytes/           originals under their hash
//	policy/          the conventions that ranges were read by
//	manifest         the hash of each of these files, signed
//
// Everything is stored as it is and in one order, so that the same contents make
// the same bytes, and a check can make the file again and compare it bit by bit.
package dossier

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/ledger"
)

// An Audience is whom a dossier is for.
type Audience string

// The audiences, from the one that may see most.
const (
	Staff  Audience = "staff"  // all there is
	Court  Audience = "court"  // all evidence; not what is held of sources
	Public Audience = "public" // no private name, nobody who worked on it, no original
)

// Contents are what a dossier says, as a person reads it; every value also stands
// in a row that is proved. Published is the public form, which a public dossier
// has in place of all else.
type Contents struct {
	ID          string             `json:"id"` // of the incident or document
	For         Audience           `json:"for"`
	Project     string             `json:"project"`
	Title       string             `json:"title,omitempty"` // of the project
	Policy      string             `json:"policy"`
	Version     string             `json:"cairn"`
	Acts        int                `json:"acts"` // that the log had
	Published   []cairn.Published  `json:"published,omitempty"`
	Incident    *cairn.Incident    `json:"incident,omitempty"`
	Assessments []cairn.Assessment `json:"assessments,omitempty"` // every revision, the earliest first
	Documents   []Document         `json:"documents,omitempty"`
	Judgements  []cairn.Judgement  `json:"judgements,omitempty"`
	Withheld    []Withheld         `json:"withheld,omitempty"` // originals; the rows are in rows.jsonl
}

// A Document is a document with how it came, what was read in it and what
// happened to it since.
type Document struct {
	cairn.Document
	Receipts []cairn.Receipt `json:"receipts"`
	Claims   []cairn.Claim   `json:"claims"`
	Custody  []cairn.Custody `json:"custody,omitempty"`

	Translations []cairn.Translation `json:"translations,omitempty"`
}

// Withheld is an original that is not in a dossier: its hash and why not.
type Withheld struct {
	Ref cairn.Ref `json:"ref"`
	Why string    `json:"why"`
}

// A Row is a row of the record with its proof: what Act did to it is in the leaf
// of the act. Where it is withheld, Why says so, and its hash stands in the place
// of its key, columns and salt.
type Row struct {
	Act     int             `json:"act"`
	Kind    ledger.Kind     `json:"kind"`
	Table   string          `json:"table"`
	Key     string          `json:"key,omitempty"`
	Columns []Cell          `json:"columns,omitempty"`
	Salt    string          `json:"salt,omitempty"`
	Hash    string          `json:"hash,omitempty"` // of a row that is withheld
	Why     string          `json:"why,omitempty"`
	Proof   ledger.RowProof `json:"proof"`
}

// A Cell is one value of a row: the name of its column, the sort of its value (t
// for text, i for an integer, f for a float), and the value as text.
type Cell [3]string

// CellsOf returns the columns of a row as cells; those that are not known have
// none.
func CellsOf(columns []ledger.Column) []Cell {
	var cells []Cell
	for _, c := range columns {
		if sort, text, ok := ledger.Plain(c.Value); ok {
			cells = append(cells, Cell{c.Name, string(sort), text})
		}
	}
	return cells
}

// columns returns cells as columns of a row.
func columns(cells []Cell) ([]ledger.Column, error) {
	all := make([]ledger.Column, 0, len(cells))
	for _, c := range cells {
		var value any = c[2]
		var err error
		switch c[1] {
		case "i":
			value, err = strconv.ParseInt(c[2], 10, 64)
		case "f":
			value, err = strconv.ParseFloat(c[2], 64)
		case "t":
		default:
			err = fmt.Errorf("no sort of value: %q", c[1])
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c[0], err)
		}
		all = append(all, ledger.Column{Name: c[0], Value: value})
	}
	return all, nil
}

// An Act is the leaf of an act in short, with its path in the log.
type Act struct {
	Act  int           `json:"act"`
	Seed ledger.Hash   `json:"seed"` // its hash
	Rows int           `json:"rows"`
	Root ledger.Hash   `json:"root"`
	Path []ledger.Hash `json:"path"`
}

func (a Act) head() ledger.Head {
	return ledger.Head{Act: a.Act, Seeded: a.Seed, Rows: a.Rows, Root: a.Root}
}

// A Stamp is what somebody outside attests of a checkpoint of the log. Its own
// Proof is nil: it is in File, as the checkpoint is in Checkpoint. Path shows that the
// log has grown out of it (RFC 6962, 2.1.2).
type Stamp struct {
	cairn.Stamp
	Checkpoint string        `json:"checkpoint"`
	File       string        `json:"file"`
	Path       []ledger.Hash `json:"path"`
}

// A File is one file of a dossier. Its bytes are asked for when it is written.
type File struct {
	Name  string
	Bytes func() ([]byte, error)
}

// Fixed returns a file whose bytes are at hand.
func Fixed(name string, content []byte) File {
	return File{name, func() ([]byte, error) { return content, nil }}
}

// Lines writes values as JSON Lines.
func Lines[T any](values []T) ([]byte, error) {
	var all []byte
	for _, v := range values {
		line, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		all = append(append(all, line...), '\n')
	}
	return all, nil
}
