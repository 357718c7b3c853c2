// Package archive keeps evidence: bytes once, under their SHA-256, each with
// the receipts that say how they came. Nothing in it is ever changed or
// deleted, and it can check itself without any other record.
//
// Under the folder of the archive, or the prefix in a bucket of an S3-compatible
// store,
//
//	sha256/ab/ab12…                the bytes whose hash is ab12…
//	sha256/ab/ab12….cd34….json     one receipt of them, whose own hash is cd34…
//	receipts/ef/ef56….json         a receipt of a collection that brought nothing
//	recipients                     who can read it, where it is encrypted
//
// Every file is written once. In a folder it is written under a name that begins
// with a dot, flushed, and then renamed; what a killed process leaves behind is
// finished or removed by the next Open. In a bucket it is put on condition that
// nothing has its name.
//
// An encrypted archive holds every file but recipients in the format of age, to
// each of the recipients. The names stay the hashes of what was encrypted.
package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"path"
	"strings"

	"github.com/cairn-recorder/cairn"
)

const (
	bytesFolder   = "sha256"
	receiptFolder = "receipts"
)

// Keys are what opens an archive that is not a plain folder. The zero Keys open
// one that is.
type Keys struct {
	Access, Secret, Session string // of an S3-compatible store; Session may be empty
	Identities              string // of age, one a line, any of which opens an encrypted archive
}

// An Archive is a place of evidence. Several goroutines, and several processes,
// may use one at a time.
type Archive struct {
	at         string // the address, in messages
	title      string // what stands before the names in faults
	place      place
	remover    remover
	recipients []string
	close      func() error
}

// Open opens the archive at where: a folder, which is made where there is none,
// or s3://BUCKET/PREFIX?endpoint=…&region=…, whose bucket must be there. What a
// killed process left half done in a folder is finished or swept away, unless
// another process is at work in it. A folder that cannot be made gives
// cairn.ErrReadOnly or cairn.ErrFull; one that can only be read opens, and Put
// then fails. An encrypted archive that none of the keys opens is refused, and
// nothing in it is touched.
func Open(where string, keys Keys) (*Archive, error) {
	if isBucket(where) {
		return openBucket(where, keys)
	}
	return openFolder(where, keys)
}

// Close gives the archive up, so that another process may sweep it.
func (a *Archive) Close() error { return a.close() }

// Recipients returns who can read the archive, each a public key of age; none
// where it is not encrypted.
func (a *Archive) Recipients() []string { return a.recipients }

// Get returns the bytes that ref names, hashed anew: cairn.ErrNotFound where
// there are none, cairn.ErrDamaged where they are no longer what was kept.
func (a *Archive) Get(ref cairn.Ref) ([]byte, error) {
	name, err := bytesName(ref)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", ref, err)
	}
	bytes, err := readAll(a.place, name)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", ref, fault(err))
	}
	if cairn.RefOf(bytes) != ref {
		return nil, fmt.Errorf("get %s: bytes do not match their name: %w", ref, cairn.ErrDamaged)
	}
	return bytes, nil
}

// Has reports whether bytes are kept under ref, without hashing them.
func (a *Archive) Has(ref cairn.Ref) bool {
	name, err := bytesName(ref)
	if err != nil {
		return false
	}
	return has(a.place, name)
}

func has(p place, name string) bool {
	r, err := p.open(name)
	if err != nil {
		return false
	}
	r.Close()
	return true
}

// readAll returns a file whole.
func readAll(p place, name string) ([]byte, error) {
	r, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// hashAt returns the hash of a file, as digits.
func hashAt(p place, name string) (string, error) { return hashedBy(sha256.New(), p, name) }

func hashedBy(sum hash.Hash, p place, name string) (string, error) {
	r, err := p.open(name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	if _, err := io.Copy(sum, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func bytesName(ref cairn.Ref) (string, error) {
	if _, err := cairn.ParseRef(string(ref)); err != nil {
		return "", err
	}
	return path.Join(bytesFolder, digits(ref)[:2], digits(ref)), nil
}

// aloneName returns the name of a receipt that stands without bytes.
func aloneName(hash string) string { return path.Join(receiptFolder, hash[:2], hash+".json") }

func digits(ref cairn.Ref) string { return strings.TrimPrefix(string(ref), "sha256-") }

func hashOf(bytes []byte) string {
	sum := sha256.Sum256(bytes)
	return hex.EncodeToString(sum[:])
}

// isHash reports whether s is 64 hexadecimal digits.
func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}
