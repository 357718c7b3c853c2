package collect

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/unpack"
)

func (c *collector) path(path string) bool {
	info, err := c.stat(path)
	switch {
	case err != nil:
		return c.fail(fmt.Errorf("collect %w", err))
	case info.IsDir():
		return c.folder(path)
	}
	return c.file(path, "file")
}

// folder walks the folder at root, in order of name. What no recorder put there
// as a report is passed over, and said.
func (c *collector) folder(root string) bool {
	more := true
	err := c.walk(root, func(path string, d fs.DirEntry, err error) error {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err != nil {
			if more = c.fail(fmt.Errorf("collect %w", err)); !more {
				return fs.SkipAll
			}
			return fs.SkipDir
		}
		if why := passedOver(d); why != "" && path != root {
			c.Skipped(path, why)
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if more = c.file(path, "folder"); !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		c.fail(err)
		return false
	}
	return more
}

// passedOver says why an entry of a folder is no report, "" where it may be.
func passedOver(d fs.DirEntry) string {
	name := d.Name()
	switch {
	case strings.HasPrefix(name, "."):
		return "hidden"
	case strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"):
		return "a passing file of another program"
	case name == "__MACOSX", strings.EqualFold(name, "thumbs.db"), strings.EqualFold(name, "desktop.ini"):
		return "put there by a file manager"
	case d.Type()&fs.ModeSymlink != 0:
		return "a link"
	case !d.IsDir() && !d.Type().IsRegular():
		return "not a file"
	}
	return ""
}

func (c *collector) file(path, how string) bool {
	f, err := c.open(path)
	if err != nil {
		return c.fail(fmt.Errorf("collect %w", err))
	}
	defer f.Close()
	size, _ := sizeOf(f)
	if held, ok := f.(reading); ok && unpack.Kind(held, size) != "" {
		return c.container(c.receipt(path, how), held, size, func() (io.ReadSeekCloser, error) { return c.reopen(path) })
	}
	return c.stream(path, how, f)
}

func (c *collector) reopen(path string) (io.ReadSeekCloser, error) {
	f, err := c.open(path)
	if err != nil {
		return nil, err
	}
	if again, ok := f.(io.ReadSeekCloser); ok {
		return again, nil
	}
	f.Close()
	return nil, fmt.Errorf("%s cannot be read twice", path)
}

// stream brings in what r holds, which is one document or lines of documents.
// No more than MaxBytes of it is ever in memory.
func (c *collector) stream(from, how string, r io.Reader) bool {
	buffer := bufio.NewReaderSize(r, 64<<10)
	first, isLines, err := c.firstLine(buffer)
	if err != nil {
		return c.fail(fmt.Errorf("collect %s: %w", from, err))
	}
	receipt := c.receipt(from, how)
	if isLines {
		return c.lines(receipt, first, buffer)
	}
	bytes := first.bytes
	if int64(len(bytes)) <= c.MaxBytes {
		if size, known := sizeOf(r); known && size > c.MaxBytes {
			return c.tooLarge(receipt, size)
		}
		rest, err := io.ReadAll(io.LimitReader(buffer, c.MaxBytes+1-int64(len(bytes))))
		if err != nil {
			return c.fail(fmt.Errorf("collect %s: %w", from, err))
		}
		bytes = append(bytes, rest...)
	}
	if int64(len(bytes)) > c.MaxBytes {
		size, _ := sizeOf(r)
		return c.tooLarge(receipt, size)
	}
	return c.document(receipt, bytes)
}

func sizeOf(r io.Reader) (int64, bool) {
	f, ok := r.(fs.File)
	if !ok {
		return 0, false
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

// tooLarge yields the receipt of something of size bytes, 0 where not known,
// that is not kept.
func (c *collector) tooLarge(receipt cairn.Receipt, size int64) bool {
	receipt.Outcome = cairn.TooLarge
	receipt.Size = size
	receipt.Note = fmt.Sprintf("over the bound of %d bytes", c.MaxBytes)
	return c.yield(Item{Receipt: receipt}, nil)
}

// stat, walk and open look for a path where Options say: on the disk, or in a
// file system of their own.
func (c *collector) stat(path string) (fs.FileInfo, error) {
	if c.Files != nil {
		return fs.Stat(c.Files, path)
	}
	return os.Stat(path)
}

func (c *collector) walk(root string, each fs.WalkDirFunc) error {
	if c.Files != nil {
		return fs.WalkDir(c.Files, root, each)
	}
	return filepath.WalkDir(root, each)
}

func (c *collector) open(path string) (fs.File, error) {
	if c.Files != nil {
		return c.Files.Open(path)
	}
	return os.Open(path)
}
