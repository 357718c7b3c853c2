package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

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
	line, err := json.Marshal(receipt)
	if err != nil {
		return "", err
	}
	folder := a.folder(bytesFolder, hash)
	if err := a.makeFolder(folder); err != nil {
		return "", err
	}
	if err := keepFrom(folder, hash, r); err != nil {
		return "", err
	}
	line = append(line, '\n')
	return ref, a.keep(folder, file{hash + "." + hashOf(line) + ".json", line})
}

func hashAll(r io.ReadSeeker) (hash string, size int64, err error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	size, err = io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), size, err
}

// keepFrom writes what r reads into folder under its hash, unless it is there.
func keepFrom(folder, hash string, r io.ReadSeeker) (err error) {
	path := filepath.Join(folder, hash)
	if got, err := hashFile(path); !errors.Is(err, fs.ErrNotExist) {
		if err == nil && got != hash {
			err = fmt.Errorf("%s was kept before and has changed since: %w", hash, cairn.ErrDamaged)
		}
		return err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t, err := os.CreateTemp(folder, "."+hash+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(t, sum), r); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return errors.New("it changed while it was read")
	}
	if err := t.Chmod(fileMode); err != nil {
		return err
	}
	if err := t.Sync(); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	if err := os.Rename(t.Name(), path); err != nil {
		return err
	}
	return flush(folder)
}

// File opens the bytes that ref names for reading at any place, without hashing
// them; the caller closes it. It is cairn.ErrNotFound where there are none.
func (a *Archive) File(ref cairn.Ref) (*os.File, error) {
	path, err := a.path(ref)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", ref, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", ref, fault(err))
	}
	return f, nil
}
