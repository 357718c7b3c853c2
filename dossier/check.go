package dossier

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn/ledger"
)

// Checked is what a check found, besides faults.
type Checked struct {
	Items      int // files, rows and acts
	Contents   Contents
	Key        string // what checks the signatures
	Checkpoint ledger.Checkpoint
	Rows       int // that are there and proved
	Withheld   int // rows and originals
	Originals  int
	Stamps     []Attested
	known      bool
}

// Known is what a check has from elsewhere: the public key of the record, "" where
// it was not had, and the roots that vouch for authorities, nil for those of this
// machine.
type Known struct {
	Key   string
	Roots *x509.CertPool
}

// Check checks a dossier with nothing else at hand but what is known, and hands
// each fault to report.
func Check(r io.ReaderAt, size int64, known Known, report func(ledger.Finding)) Checked {
	c := &checking{report: report, roots: known.Roots, refs: map[string]bool{}, heads: map[int]ledger.Head{}}
	c.parcel = open(r, size, func(what, where, why string) {
		kind := "file"
		if where == "dossier" {
			kind, where = "dossier", ""
		}
		report(ledger.Finding{Kind: what, Of: kind, ID: where, Reason: why})
	})
	if c.parcel == nil {
		return c.found
	}
	if c.key(known.Key) {
		c.manifest()
		c.checkpoint()
	} else {
		c.notes()
	}
	c.contents()
	c.acts()
	c.rows()
	c.originals()
	c.stamps()
	return c.found
}

type checking struct {
	*parcel
	report   func(ledger.Finding)
	roots    *x509.CertPool
	verifier ledger.Verifier
	signed   bool // the checkpoint holds
	heads    map[int]ledger.Head
	refs     map[string]bool // the digits of originals that a proved row names
	found    Checked
}

func (c *checking) fault(kind, name, why string) {
	c.report(ledger.Finding{Kind: kind, Of: "file", ID: name, Reason: why})
}

// file returns a file that every dossier has.
func (c *checking) file(name string) ([]byte, bool) {
	content, ok := c.files[name]
	if !ok {
		c.fault("missing", name, "it is not there")
	}
	return content, ok
}

func (c *checking) key(known string) bool {
	text, ok := c.file(keyFile)
	if !ok {
		return false
	}
	v, err := ledger.ParsePublic(strings.TrimSuffix(string(text), "\n"))
	if err != nil || v.Public()+"\n" != string(text) {
		c.fault("damaged", keyFile, "it is no public key as it was written")
		return false
	}
	if known = strings.TrimSpace(known); known != "" && v.Public() != known {
		c.fault("altered", keyFile, "it is not the key that was given: whoever made this dossier is somebody else")
	}
	c.verifier, c.found.Key, c.found.known = v, v.Public(), known == v.Public()
	return true
}

// notes checks the form of what is signed, where no key can check more.
func (c *checking) notes() {
	for _, name := range []string{manifestFile, checkpointFile} {
		if content, ok := c.file(name); ok && !bytes.Contains(content, []byte("\n\n— ")) {
			c.fault("damaged", name, "it bears no signature")
		}
	}
}

// manifest checks that the files are those that were signed.
func (c *checking) manifest() {
	signed, ok := c.file(manifestFile)
	if !ok {
		return
	}
	text, err := c.verifier.Open(signed)
	if err != nil {
		c.fault("altered", manifestFile, err.Error())
		return
	}
	listed := map[string]bool{manifestFile: true}
	lines, ok := strings.CutPrefix(text, manifestHead)
	if !ok {
		c.fault("altered", manifestFile, "it is of no dossier that this cairn knows")
	}
	for entry := range strings.Lines(lines) {
		parts := strings.SplitN(strings.TrimSuffix(entry, "\n"), " ", 3)
		if len(parts) != 3 {
			c.fault("altered", manifestFile, "a line names no file")
			continue
		}
		c.found.Items++
		name := parts[2]
		listed[name] = true
		if content, ok := c.files[name]; !ok {
			c.fault("missing", name, "the manifest has it")
		} else if line(name, content) != entry {
			c.fault("altered", name, "its bytes are not those of the manifest")
		}
	}
	for _, name := range c.names {
		if !listed[name] {
			c.fault("unknown", name, "the manifest does not have it")
		}
	}
}

func (c *checking) checkpoint() {
	signed, ok := c.file(checkpointFile)
	if !ok {
		return
	}
	checkpoint, err := c.verifier.OpenCheckpoint(signed)
	if err != nil {
		c.fault("altered", checkpointFile, err.Error())
		return
	}
	c.found.Checkpoint, c.signed = checkpoint, true
}

func (c *checking) contents() {
	text, ok := c.file(contentsFile)
	if !ok {
		return
	}
	if err := json.Unmarshal(text, &c.found.Contents); err != nil {
		c.fault("altered", contentsFile, err.Error())
	}
	c.found.Withheld += len(c.found.Contents.Withheld)
	if _, ok := c.file(pageFile); !ok {
		return
	}
}

// acts checks that the leaf of each act is in the log that the checkpoint is of.
func (c *checking) acts() {
	each(c, actsFile, func(n int, a Act) {
		where := fmt.Sprintf("act %d (line %d)", a.Act, n)
		hash := a.head().Hash()
		switch size := int64(c.found.Checkpoint.Size); {
		case !c.signed:
		case a.Act < 1 || int64(a.Act) > size:
			c.fault("altered", actsFile, where+": the log that was signed has no such act")
			return
		case tlog.CheckRecord(a.Path, size, c.found.Checkpoint.Root, int64(a.Act-1), hash) != nil:
			c.fault("altered", actsFile, where+": it is not in the log that was signed")
			return
		}
		c.heads[a.Act] = a.head()
	})
}

// rows checks that each row is in the leaf of its act.
func (c *checking) rows() {
	each(c, rowsFile, func(n int, r Row) {
		where := fmt.Sprintf("%s %s of act %d (line %d)", r.Table, r.Key, r.Act, n)
		hash, err := r.hash()
		head, ok := c.heads[r.Act]
		switch {
		case err != nil:
			c.fault("altered", rowsFile, where+": "+err.Error())
		case !ok:
			c.fault("altered", rowsFile, where+": nothing proves the act")
		case !r.Proof.Check(head, r.Kind, r.Table, hash):
			c.fault("altered", rowsFile, where+": it is not what the act wrote")
		case r.Why != "":
			c.found.Withheld++
		default:
			c.found.Rows++
			c.name(r)
		}
	})
}

// hash returns the hash that a row has in its leaf: of its columns, or the one
// that stands in their place.
func (r Row) hash() (ledger.Hash, error) {
	if r.Why != "" {
		return ledger.ParseHash(r.Hash)
	}
	salt, err := ledger.ParseHash(r.Salt)
	if err != nil {
		return ledger.Hash{}, err
	}
	values, err := columns(r.Columns)
	if err != nil {
		return ledger.Hash{}, err
	}
	row := ledger.Row{Mark: ledger.Mark{Kind: r.Kind, Table: r.Table, Key: r.Key}, Columns: values}
	return row.Hash(salt[:]), nil
}

// name notes which original a proved row names.
func (c *checking) name(r Row) {
	for _, cell := range r.Columns {
		if digits, ok := strings.CutPrefix(cell[2], "sha256-"); ok && cell[0] == "ref" {
			c.refs[digits] = true
		}
	}
}

// originals checks that each original is what its name says, and that a proved
// row names it.
func (c *checking) originals() {
	for _, name := range c.names {
		digits, ok := strings.CutPrefix(name, bytesFolder)
		if !ok {
			continue
		}
		c.found.Originals++
		sum := sha256.Sum256(c.files[name])
		if hex.EncodeToString(sum[:]) != digits {
			c.fault("damaged", name, "the bytes now hash to "+hex.EncodeToString(sum[:]))
		} else if !c.refs[digits] {
			c.fault("unknown", name, "no row that is proved names these bytes")
		}
	}
}

// each reads a file of JSON Lines.
func each[T any](c *checking, name string, do func(n int, value T)) {
	text, ok := c.file(name)
	if !ok {
		return
	}
	n := 0
	for line := range bytes.Lines(text) {
		n++
		c.found.Items++
		var value T
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&value); err != nil {
			c.fault("altered", name, fmt.Sprintf("line %d: %v", n, err))
			continue
		}
		do(n, value)
	}
}

func name(public string) string {
	name, _, _ := strings.Cut(public, "+")
	return name
}

// Reasons returns the reasons for which something was withheld, each with how
// many there are of it.
func Reasons(rows []Row, originals []Withheld) []Reason {
	var all []Reason
	count := func(why string) {
		if i := slices.IndexFunc(all, func(r Reason) bool { return r.Why == why }); i >= 0 {
			all[i].Count++
		} else {
			all = append(all, Reason{why, 1})
		}
	}
	for _, r := range rows {
		if r.Why != "" {
			count(r.Why)
		}
	}
	for _, o := range originals {
		count(o.Why)
	}
	return all
}

// A Reason is why things were withheld, and how many.
type Reason struct {
	Why   string
	Count int
}
