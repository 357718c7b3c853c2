package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn/ledger"
)

// The files that every dossier has.
const (
	pageFile       = "index.html"
	contentsFile   = "contents.json"
	rowsFile       = "rows.jsonl"
	actsFile       = "acts.jsonl"
	stampsFile     = "stamps.jsonl" // only where there are stamps
	checkpointFile = "log/checkpoint"
	keyFile        = "log/key"
	manifestFile   = "manifest"
	bytesFolder    = "bytes/"
	stampsFolder   = "stamps/"
)

// Material is what a dossier is made of. Files are originals and policies, and the
// checkpoints and proofs that Stamps name.
type Material struct {
	Contents   Contents
	Rows       []Row
	Acts       []Act
	Stamps     []Stamp
	Checkpoint []byte // signed
	Files      []File
}

// Bytes names the file of the original of a hash.
func Bytes(digits string) string { return bytesFolder + digits }

// StampFile names a file that a stamp needs.
func StampFile(name string) string { return stampsFolder + name }

// Write writes a dossier and signs its manifest. The same material and key give
// the same bytes.
func Write(w io.Writer, m Material, key ledger.Key) error {
	contents, err := json.MarshalIndent(m.Contents, "", " ")
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
	}
	rows, err := Lines(m.Rows)
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
	}
	acts, err := Lines(m.Acts)
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
	}
	page, err := page(m)
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
	}
	files := append(slices.Clone(m.Files), Fixed(pageFile, page), Fixed(contentsFile, append(contents, '\n')), Fixed(rowsFile, rows),
		Fixed(actsFile, acts), Fixed(checkpointFile, m.Checkpoint), Fixed(keyFile, []byte(key.Public()+"\n")))
	if len(m.Stamps) > 0 {
		stamps, err := Lines(m.Stamps)
		if err != nil {
			return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
		}
		files = append(files, Fixed(stampsFile, stamps))
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	z := zip.NewWriter(w)
	manifest := manifestHead
	for _, f := range files {
		content, err := f.Bytes()
		if err != nil {
			return fmt.Errorf("dossier of %s: %s: %w", m.Contents.ID, f.Name, err)
		}
		if err := put(z, f.Name, content); err != nil {
			return fmt.Errorf("dossier of %s: %s: %w", m.Contents.ID, f.Name, err)
		}
		manifest += line(f.Name, content)
	}
	signed, err := key.Sign(manifest)
	if err == nil {
		err = put(z, manifestFile, signed)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("dossier of %s: %w", m.Contents.ID, err)
	}
	return nil
}

const manifestHead = "cairn dossier/1\n"

// line is what the manifest says of a file.
func line(name string, content []byte) string {
	sum := sha256.Sum256(content)
	return fmt.Sprintf("%s %d %s\n", hex.EncodeToString(sum[:]), len(content), name)
}

// put adds a file as it is, at no time.
func put(z *zip.Writer, name string, content []byte) error {
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(content),
		//lint:ignore SA1019 CreateRaw leaves Modified unread
		ModifiedDate:     1<<5 | 1, // the first day of ZIP
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
	})
	if err == nil {
		_, err = io.Copy(w, bytes.NewReader(content))
	}
	return err
}
