package unpack

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// A packed folder may hold, unpacked, so many times its own size, and this much
// in any case.
const (
	mostRatio    = 200
	leastAllowed = 1 << 30
)

// folder hands over the files of a packed folder, in order of name.
func (c Container) folder(yield func(Piece, error) bool) bool {
	z, err := zip.NewReader(c.Bytes, c.Size)
	if err != nil {
		return yield(Piece{}, c.invalid(0, "container", err.Error()))
	}
	files := slices.Clone(z.File)
	slices.SortStableFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	if posts := xPosts(files); posts != nil {
		return c.xFolder(files, posts, yield)
	}
	left := max(leastAllowed, mostRatio*c.Size)
	for _, f := range files {
		if !c.file(f, &left, yield) {
			return false
		}
		if left < 0 {
			return yield(Piece{}, c.invalid(0, "container", fmt.Sprintf("holds more than %d times its own size; what stands behind %s is left out", mostRatio, shown(f.Name))))
		}
	}
	return true
}

// inner is the path of a file of c from the outermost container.
func (c Container) inner(name string) string {
	if c.path != "" {
		return c.path + "!" + shown(name)
	}
	return shown(name)
}

// shown writes a name so that it looks like what it is: without letters that
// turn the writing round, control it or cannot be seen.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return '␦'
		}
		return r
	}, strings.ToValidUTF8(name, "␦"))
}

// passedOver says why a file of a packed folder is no report, "" where it may be.
func passedOver(f *zip.File) string {
	name := f.Name[strings.LastIndexByte(f.Name, '/')+1:]
	switch {
	case strings.HasPrefix(name, "."):
		return "hidden"
	case strings.HasPrefix(f.Name, "__MACOSX/"), strings.EqualFold(name, "thumbs.db"), strings.EqualFold(name, "desktop.ini"):
		return "put there by a file manager"
	case !f.Mode().IsRegular():
		return "not a file"
	}
	return ""
}

// file hands over one file of a packed folder.
func (c Container) file(f *zip.File, left *int64, yield func(Piece, error) bool) bool {
	if strings.HasSuffix(f.Name, "/") {
		return true
	}
	from := c.From + "!" + shown(f.Name)
	if why := passedOver(f); why != "" {
		return yield(Piece{From: from, Passed: why}, nil)
	}
	if f.Flags&1 != 0 {
		return yield(Piece{}, cairn.Invalid{File: from, Field: "file", Reason: "is encrypted"})
	}
	if inside, ok := c.standing(f); ok && c.depth < mostDepth {
		if kind := Kind(inside.Bytes, inside.Size); kind != "" && kind != ZIP {
			return inside.pieces(kind, yield)
		}
	}
	content, err := c.content(f)
	*left -= int64(len(content))
	if err != nil {
		return yield(Piece{}, cairn.Invalid{File: from, Field: "file", Reason: "cannot be unpacked: " + err.Error()})
	}
	if int64(len(content)) > c.MaxBytes {
		return yield(Piece{From: from, TooLarge: max(int64(len(content)), int64(f.UncompressedSize64)), Within: c.within(ZIP, f.Name)}, nil)
	}
	return c.arrived(f, from, content, yield)
}

// standing is a file that stands unpacked in the container, and so can be read
// where it is, however large.
func (c Container) standing(f *zip.File) (Container, bool) {
	at, err := f.DataOffset()
	if f.Method != zip.Store || err != nil {
		return Container{}, false
	}
	size := int64(f.UncompressedSize64)
	if size < 0 || at+size > c.Size {
		return Container{}, false
	}
	return c.nested(f.Name, io.NewSectionReader(c.Bytes, at, size), size), true
}

func (c Container) nested(name string, bytes io.ReaderAt, size int64) Container {
	return Container{From: c.From + "!" + shown(name), Ref: c.Ref, Bytes: bytes, Size: size, MaxBytes: c.MaxBytes, DayFirst: c.DayFirst, depth: c.depth + 1, path: c.inner(name)}
}

func (c Container) within(kind, name string) cairn.Within {
	return cairn.Within{Ref: c.Ref, Kind: kind, Path: c.inner(name)}
}

// content returns the bytes of a file, up to one over the most.
func (c Container) content(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, c.MaxBytes+1))
}

func (c Container) arrived(f *zip.File, from string, content []byte, yield func(Piece, error) bool) bool {
	inside := c.nested(f.Name, bytes.NewReader(content), int64(len(content)))
	if kind := Kind(inside.Bytes, inside.Size); kind != "" {
		if inside.depth > mostDepth {
			return yield(Piece{From: from, Passed: fmt.Sprintf("a container, %d deep", inside.depth)}, nil)
		}
		return inside.pieces(kind, yield)
	}
	p := Piece{From: from, Bytes: content, Within: c.within(ZIP, f.Name)}
	media := mediaOf(content)
	switch {
	case isMedia(media):
		p.Original, p.Private = true, exif(content)
	case furniture[extension(f.Name)] || media == "application/json" || media == "text/javascript":
		return yield(Piece{From: from, Passed: "holds no report that is known"}, nil)
	}
	return yield(p, nil)
}

// furniture are the endings of files that exports bring along to be looked at
// with.
var furniture = map[string]bool{"js": true, "css": true, "json": true, "xml": true, "svg": true, "woff": true, "woff2": true, "ttf": true, "map": true, "ico": true, "vcf": true, "tgs": true, "opus": true}

func extension(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return strings.ToLower(name[i+1:])
	}
	return ""
}
