package recorder

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/survey"
)

// PutBorders has the public maps draw the borders of a GeoJSON file in the place of
// those that are built in, from the next release on, with credit on every map. The
// file is kept, and what was read of it.
func (r *Recorder) PutBorders(ctx context.Context, file, credit, why string) (cairn.BorderMap, error) {
	b := cairn.BorderMap{Name: filepath.Base(file), Credit: credit}
	if file == "-" {
		b.Name = "standard input"
	}
	if err := r.writable(); err != nil {
		return b, err
	}
	if credit == "" {
		return b, noCredit("borders")
	}
	content, err := r.bytesOf(file)
	if err != nil {
		return b, err
	}
	read, err := survey.Borders(file, content)
	if err != nil {
		return b, err
	}
	b.Lines, b.Disputed, b.Provinces = len(read.Settled), len(read.Disputed), len(read.Provinces)
	drawn, err := json.Marshal(read)
	if err != nil {
		return b, err
	}
	if b.File, err = r.shelf(b.Name, "file", content); err != nil {
		return b, hinted(err)
	}
	if b.Ref, err = r.shelf("borders "+b.Name, "borders", drawn); err != nil {
		return b, hinted(err)
	}
	return b, r.putBasemap(ctx, why, func(m *cairn.Basemap) { m.Borders = &b })
}

// PutStreets has the public maps draw the vector tiles of a file (PMTiles) under
// their marks where a reader comes close, from the next release on. Its name is that
// of the file; one of that name is replaced. The credit is what the file itself asks
// for where none is given.
func (r *Recorder) PutStreets(ctx context.Context, file, credit, why string) (cairn.StreetMap, error) {
	if err := r.writable(); err != nil {
		return cairn.StreetMap{}, err
	}
	f, err := os.Open(file)
	if err != nil {
		return cairn.StreetMap{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return cairn.StreetMap{}, err
	}
	s, err := survey.Streets(file, f, info.Size())
	if err != nil {
		return s, err
	}
	s.Name, s.Credit = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), cmp.Or(credit, s.Credit)
	switch {
	case s.Credit == "":
		return s, noCredit("streets")
	case s.Name == "borders":
		return s, cairn.Invalid{Field: "name", Reason: "cannot be borders; rename the file"}
	}
	if s.Ref, err = r.shelfFrom(filepath.Base(file), f); err != nil {
		return s, hinted(err)
	}
	return s, r.putBasemap(ctx, why, func(m *cairn.Basemap) {
		m.Streets = append(slices.DeleteFunc(slices.Clone(m.Streets), func(o cairn.StreetMap) bool { return o.Name == s.Name }), s)
		slices.SortFunc(m.Streets, func(a, b cairn.StreetMap) int { return strings.Compare(a.Name, b.Name) })
	})
}

// shelfFrom keeps what a file holds, without having it in memory, with a receipt
// where it is new.
func (r *Recorder) shelfFrom(from string, f io.ReadSeeker) (cairn.Ref, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	ref := cairn.Ref("sha256-" + hex.EncodeToString(sum.Sum(nil)))
	if r.archive.Has(ref) {
		return ref, nil
	}
	return r.archive.PutFrom(cairn.Receipt{From: from, How: "file", At: r.settings.Now(), Who: r.settings.Who, Outcome: cairn.Fetched}, f)
}

func noCredit(of string) error {
	return cairn.Hint{Err: cairn.Invalid{Field: "credit", Reason: "is missing: a map says whose " + of + " it draws"}, Hint: "--credit TEXT names who made them, and under which licence"}
}

// DropBasemap has the public maps draw the built-in borders again, where what is
// "borders", or leave out the streets of that name. The bytes stay in the archive.
func (r *Recorder) DropBasemap(ctx context.Context, what, why string) error {
	if err := r.writable(); err != nil {
		return err
	}
	m := r.project.Publicity.Basemap
	if what == "borders" && m.Borders != nil {
		return r.putBasemap(ctx, why, func(m *cairn.Basemap) { m.Borders = nil })
	}
	named := func(s cairn.StreetMap) bool { return s.Name == what }
	if !slices.ContainsFunc(m.Streets, named) {
		return cairn.Invalid{Field: "basemap", Reason: "there is no " + what + "; `cairn basemap` says what there is"}
	}
	return r.putBasemap(ctx, why, func(m *cairn.Basemap) { m.Streets = slices.DeleteFunc(slices.Clone(m.Streets), named) })
}

// putBasemap records the project with another basemap.
func (r *Recorder) putBasemap(ctx context.Context, why string, change func(*cairn.Basemap)) error {
	p := r.project
	change(&p.Publicity.Basemap)
	return r.PutProject(ctx, p, why)
}

// Basemap opens bytes of a basemap, for public pages that read at any place of
// them; whoever asks closes it.
func (r *Recorder) Basemap(ref cairn.Ref) (io.ReadSeekCloser, error) {
	f, err := r.archive.File(ref)
	if err != nil {
		return nil, fmt.Errorf("basemap: %w", hinted(err))
	}
	return f, nil
}
