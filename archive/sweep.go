package archive

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// passing reports whether e is a file on its way in: "." and the name it is to
// have, with a random end.
func passing(e entry) bool {
	name, ok := target(e.name)
	if !ok || !e.isFile {
		return false
	}
	_, _, isReceipt := receiptName(name)
	return isReceipt || isTombstone(name) || isHash(name) || isHash(strings.TrimSuffix(name, ".json")) || name == recipientsFile
}

// target returns the name that a passing file is to have.
func target(name string) (string, bool) {
	name, ok := strings.CutPrefix(name, ".")
	end := strings.LastIndexByte(name, '.')
	if !ok || end < 0 {
		return "", false
	}
	return name[:end], true
}

// sweep puts right what a killed process left behind: a whole receipt whose
// bytes are kept takes its place, anything else on its way in is removed. A
// folder that can only be read is left as it is. as reads what is kept.
func (f *folder) sweep(as place) error {
	if err := f.sweepFolder("", as); err != nil {
		return err
	}
	for _, kind := range []string{bytesFolder, receiptFolder} {
		folders, err := f.list(kind + "/")
		if err != nil {
			return err
		}
		for _, e := range folders {
			if !e.isDir {
				continue
			}
			if err := f.sweepFolder(path.Join(kind, e.name), as); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *folder) sweepFolder(dir string, as place) error {
	entries, err := os.ReadDir(f.path(dir))
	if err != nil {
		return err
	}
	changed := false
	for _, e := range entries {
		if !passing(entry{name: e.Name(), isFile: e.Type().IsRegular()}) {
			continue
		}
		if !f.settle(dir, e.Name(), as) {
			break // a folder that can only be read is swept by whoever can write to it
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return flush(filepath.Clean(f.path(dir)))
}

// settle gives a passing file its name or removes it, and reports whether it
// could.
func (f *folder) settle(dir, passing string, as place) bool {
	at := f.path(path.Join(dir, passing))
	name, _ := target(passing)
	hash, receipt, isReceipt := receiptName(name)
	if isReceipt && exists(f.path(path.Join(dir, hash))) && isWhole(as, path.Join(dir, passing), receipt) {
		return os.Rename(at, f.path(path.Join(dir, name))) == nil
	}
	return os.Remove(at) == nil
}

// isWhole reports whether the receipt of a name is all of what it is to be.
func isWhole(as place, name, receipt string) bool {
	got, err := hashAt(as, name)
	return err == nil && got == receipt
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
