package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

const (
	fileMode   = 0o440
	folderMode = 0o750
)

// A folder keeps files on a disk.
type folder struct {
	dir  string
	lock *os.File // the folder itself, held shared for as long as it is in use

	folders sync.Mutex // held while a folder is made
}

func openFolder(dir string, keys Keys) (*Archive, error) {
	for _, name := range []string{bytesFolder, receiptFolder} {
		if err := os.MkdirAll(filepath.Join(dir, name), folderMode); err != nil {
			return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
		}
	}
	lock, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
	}
	f := &folder{dir: dir, lock: lock}
	a := &Archive{at: dir, title: titleOf(dir), place: f, remover: f, close: lock.Close}
	err = a.unlock(keys)
	if err == nil && lockAlone(lock) {
		err = f.sweep(a.place)
	}
	if err == nil {
		err = lockShared(lock)
	}
	if err != nil {
		lock.Close()
		return nil, fmt.Errorf("open archive %s: %w", dir, fault(err))
	}
	return a, nil
}

func titleOf(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return filepath.Base(abs)
	}
	return filepath.Base(dir)
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *folder) open(name string) (*reading, error) {
	opened, err := os.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	info, err := opened.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file: %w", name, fs.ErrNotExist)
	}
	if err != nil {
		opened.Close()
		return nil, err
	}
	return &reading{opened, opened, func() (io.ReaderAt, int64, error) { return opened, info.Size(), nil }}, nil
}

func (f *folder) list(prefix string) ([]entry, error) {
	dir, begin := path.Split(prefix)
	found, err := os.ReadDir(f.path(dir))
	if err != nil {
		return nil, err
	}
	first := sort.Search(len(found), func(i int) bool { return found[i].Name() >= begin })
	var entries []entry
	for _, e := range found[first:] {
		if !strings.HasPrefix(e.Name(), begin) {
			break
		}
		entries = append(entries, entry{e.Name(), e.Type().IsRegular(), e.IsDir()})
	}
	return entries, nil
}

func (f *folder) remove(name string) error {
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return flush(filepath.Dir(f.path(name)))
}

// keep writes files that all belong into one folder.
func (f *folder) keep(files []file, sound func(file) error) error {
	dir := filepath.Dir(f.path(files[0].name))
	if err := f.makeFolder(dir); err != nil {
		return err
	}
	var written []string
	defer func() {
		for _, path := range written {
			os.Remove(path)
		}
	}()
	for _, one := range files {
		passing := ""
		_, err := os.Lstat(f.path(one.name))
		switch {
		case err == nil:
			err = sound(one)
		case errors.Is(err, fs.ErrNotExist):
			passing, err = writeDown(dir, one)
		}
		if err != nil {
			return err
		}
		written = append(written, passing)
	}
	for i, one := range files {
		if written[i] == "" {
			continue
		}
		if err := os.Rename(written[i], f.path(one.name)); err != nil {
			return err
		}
		written[i] = ""
	}
	return flush(dir)
}

// writeDown writes a file under a passing name that begins with "." and its own,
// and flushes it to the disk.
func writeDown(dir string, f file) (_ string, err error) {
	t, err := os.CreateTemp(dir, "."+path.Base(f.name)+".*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	if _, err := io.Copy(t, f.content); err != nil {
		return "", err
	}
	if err := t.Chmod(fileMode); err != nil {
		return "", err
	}
	if err := t.Sync(); err != nil {
		return "", err
	}
	return t.Name(), t.Close()
}

func (f *folder) makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	f.folders.Lock()
	defer f.folders.Unlock()
	err := os.Mkdir(dir, folderMode)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return flush(filepath.Dir(dir))
}

func flush(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
