package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/cairn-recorder/cairn"
)

// PutFrom keeps what r reads with the receipt of its coming, as Put does, and
// never holds it in memory. It reads r twice, from its beginning.
func (a *Archive) PutFrom(receipt cairn.Receipt, r io.ReadSeeker) (cairn.Ref, error) {
	ref, err := a.putFrom(receipt, r)
	if err != nil {
		return "", fmt.Errorf("put %s: %w", receipt.From, fault(err))
	}
	return ref, nil
}

func (a *Archive) putFrom(receipt cairn.Receipt, r io.ReadSeeker) (cairn.Ref, error) {
	hash, size, err := hashAll(r)
	if err != nil {
		return "", err
	}
	ref := cairn.Ref("sha256-" + hash)
	if receipt.Ref != "" && receipt.Ref != ref {
		return "", cairn.Invalid{Field: "ref", Reason: "names other bytes than those that came"}
	}
	receipt.At, receipt.Ref, receipt.Size = receipt.At.UTC(), ref, size
	line, err := written(receipt)
	if err != nil {
		return "", err
	}
	name, err := bytesName(ref)
	if err != nil {
		return "", err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	return ref, a.keep(file{name, hash, size, unchanged(r, hash)}, inMemory(receiptBeside(name, line), line))
}

func hashAll(r io.ReadSeeker) (hash string, size int64, err error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	size, err = io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), size, err
}

var errChanged = errors.New("it changed while it was read")

// A checked reader fails at its end where what it read does not have the hash.
type checked struct {
	io.Reader
	sum  hash.Hash
	hash string
}

func unchanged(r io.Reader, hash string) io.Reader { return &checked{r, sha256.New(), hash} }

// Read reads on.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(c.sum.Sum(nil)) != c.hash {
		err = errChanged
	}
	return n, err
}

// A File is bytes of the archive, to be read at any place. It is to be closed.
type File struct {
	*io.SectionReader
	io.Closer
}

// File opens the bytes that ref names for reading at any place, without hashing
// them; the caller closes it. It is cairn.ErrNotFound where there are none.
func (a *Archive) File(ref cairn.Ref) (*File, error) {
	name, err := bytesName(ref)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", ref, err)
	}
	r, err := a.place.open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", ref, fault(err))
	}
	bytes, size, err := r.at()
	if err != nil {
		r.Close()
		return nil, fmt.Errorf("open %s: %w", ref, fault(err))
	}
	return &File{io.NewSectionReader(bytes, 0, size), r}, nil
}
