package dossier

import (
	"archive/zip"
	"fmt"
	"io"
	"sort"
)

// parcel is a dossier taken apart: its files, by name.
type parcel struct {
	names []string
	files map[string][]byte
}

// mostNames bounds how many files a dossier may hold.
const mostNames = 1 << 20

// open takes a dossier apart and makes it again, to find any bit of it that is
// not as it was written; report is told where. It is nil where there is no ZIP.
func open(r io.ReaderAt, size int64, report func(what, where, why string)) *parcel {
	z, err := zip.NewReader(r, size)
	if err != nil {
		report("damaged", "dossier", "it is no whole ZIP file: "+err.Error())
		return nil
	}
	p := &parcel{files: map[string][]byte{}}
	again := &comparison{with: r, size: size, differs: -1}
	w := zip.NewWriter(again)
	left := size
	for _, f := range z.File {
		if left -= int64(f.CompressedSize64); f.Method != zip.Store || f.CompressedSize64 != f.UncompressedSize64 || left < 0 || len(p.names) >= mostNames {
			report("damaged", f.Name, "it is not stored as a dossier stores it")
			return nil
		}
		content, err := raw(f)
		if err != nil {
			report("damaged", f.Name, "it cannot be read: "+err.Error())
			return nil
		}
		if _, twice := p.files[f.Name]; twice {
			report("unknown", f.Name, "it stands there twice")
		}
		p.names, p.files[f.Name] = append(p.names, f.Name), content
		if err := w.Flush(); err == nil {
			again.begins = append(again.begins, again.at)
		}
		if err := put(w, f.Name, content); err != nil {
			report("damaged", f.Name, err.Error())
			return nil
		}
	}
	_ = w.Flush() // it writes to memory
	again.begins = append(again.begins, again.at)
	_ = w.Close()
	if again.differs < 0 && again.at != size {
		again.differs = min(again.at, size)
	}
	if again.differs >= 0 {
		where, why := again.where(p.names)
		report("altered", where, why)
	}
	return p
}

func raw(f *zip.File) ([]byte, error) {
	r, err := f.OpenRaw()
	if err != nil {
		return nil, err
	}
	content := make([]byte, f.CompressedSize64)
	_, err = io.ReadFull(r, content)
	return content, err
}

// comparison is what writes a dossier again, held against the one there is.
type comparison struct {
	with    io.ReaderAt
	size    int64
	at      int64
	begins  []int64 // where each file begins, and the directory
	differs int64   // where the first difference is; -1 for none
}

// Write compares.
func (c *comparison) Write(made []byte) (int, error) {
	if c.differs < 0 {
		there := make([]byte, len(made))
		n, _ := c.with.ReadAt(there, c.at)
		for i := range made {
			if i >= n || there[i] != made[i] {
				c.differs = c.at + int64(i)
				break
			}
		}
	}
	c.at += int64(len(made))
	return len(made), nil
}

// where names the file in which the first difference is.
func (c *comparison) where(names []string) (name, why string) {
	i := sort.Search(len(c.begins), func(i int) bool { return c.begins[i] > c.differs }) - 1
	why = fmt.Sprintf("byte %d of the dossier is not as it was written", c.differs)
	if i < 0 || i >= len(names) {
		return "dossier", why + ", in the directory of the ZIP"
	}
	return names[i], why
}
