package archive

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// passing reports whether e is a file on its way in: "." and the name it is to
// have, with a random end.
func passing(e fs.DirEntry) bool {
	name, ok := target(e.Name())
	if !ok || !e.Type().IsRegular() {
		return false
	}
	_, _, isReceipt := receiptName(name)
	return isReceipt || isTombstone(name) || isHash(name) || isHash(strings.TrimSuffix(name, ".json"))
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
// folder that can only be read is left as it is.
func (a *Archive) sweep() error {
	for _, kind := range []string{bytesFolder, receiptFolder} {
		folders, err := os.ReadDir(filepath.Join(a.dir, kind))
		if err != nil {
			return err
		}
		for _, folder := range folders {
			if !folder.IsDir() {
				continue
			}
			if err := a.sweepFolder(filepath.Join(a.dir, kind, folder.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Archive) sweepFolder(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	changed := false
	for _, e := range entries {
		if !passing(e) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		name, _ := target(e.Name())
		if hash, _, ok := receiptName(name); ok && whole(path, name) && exists(filepath.Join(folder, hash)) {
			err = os.Rename(path, filepath.Join(folder, name))
		} else {
			err = os.Remove(path)
		}
		if err != nil {
			//lint:ignore nilerr a folder that can only be read is swept by whoever can write to it
			return nil
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return flush(folder)
}

// whole reports whether the receipt at path is all of what it is to be.
func whole(path, name string) bool {
	_, receipt, ok := receiptName(name)
	got, err := hashFile(path)
	return ok && err == nil && got == receipt
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
