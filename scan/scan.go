// Package scan has programs that are installed read words off pictures: Tesseract,
// and for the pages of a PDF pdftoppm of Poppler. What they read is a machine's
// reading, with how sure the machine is of each word, and is never taken for typed
// text. The pictures may be hostile: each program is confined, has one thread and a
// folder of its own that is removed.
package scan

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/confine"
)

// Tools are the programs that are installed, and what they may spend.
type Tools struct {
	Tesseract string // the path
	Pdftoppm  string // "" where it is not installed: PDFs are then not read
	Version   string
	Languages []string      // that Tesseract knows, of those that cairn reads
	Timeout   time.Duration // for one picture
	room      confine.Room
}

// languages are those that cairn reads, as Tesseract names them.
var languages = map[string]string{"en": "eng", "ar": "ara", "es": "spa", "uk": "ukr", "ru": "rus"}

// The bounds of a reading.
const (
	resolution  = 200 // points to the inch, of pages of a PDF
	mostPages   = 400
	pictureTime = 2 * time.Minute
	mostMemory  = 4 << 30
	mostWritten = 1 << 30
)

// ErrNotInstalled says that Tesseract is not there, or knows none of the languages.
var ErrNotInstalled = errors.New("tesseract is not installed")

// Find finds the programs.
func Find(ctx context.Context) (Tools, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return Tools{}, ErrNotInstalled
	}
	t := Tools{Tesseract: path, Timeout: pictureTime, room: confine.Find(ctx)}
	t.Pdftoppm, _ = exec.LookPath("pdftoppm") // without it pictures are read all the same
	version, err := t.run(ctx, "", path, "--version")
	if err != nil {
		return Tools{}, fmt.Errorf("tesseract: %w", err)
	}
	first, _, _ := strings.Cut(version, "\n")
	t.Version = strings.TrimSpace(first)
	known, err := t.run(ctx, "", path, "--list-langs")
	if err != nil {
		return Tools{}, fmt.Errorf("tesseract: %w", err)
	}
	for _, name := range strings.Fields(known) {
		for _, ours := range languages {
			if name == ours {
				t.Languages = append(t.Languages, name)
			}
		}
	}
	slices.Sort(t.Languages)
	if len(t.Languages) == 0 {
		return Tools{}, fmt.Errorf("%w with a language that cairn reads", ErrNotInstalled)
	}
	return t, nil
}

// For returns what Tesseract is told to read: the language of a tag as documents
// have it, where it is installed, and else all that are.
func (t Tools) For(tag string) []string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if name := languages[base]; slices.Contains(t.Languages, name) {
		return []string{name}
	}
	return t.Languages
}

// Picture reads a picture.
func (t Tools) Picture(ctx context.Context, content []byte, of []string) (cairn.Scan, error) {
	return t.within(cairn.RefOf(content), content, of, func(folder, path string, s *cairn.Scan) error {
		page, err := t.page(ctx, folder, path, of, 1)
		s.Pages = append(s.Pages, page)
		return err
	})
}

// Pages reads the pages of a PDF, from 1, that wanted reports.
func (t Tools) Pages(ctx context.Context, content []byte, of []string, wanted func(page int) bool) (cairn.Scan, error) {
	if t.Pdftoppm == "" {
		return cairn.Scan{}, errors.New("pdftoppm is not installed, which makes pictures of the pages of a PDF")
	}
	return t.within(cairn.RefOf(content), content, of, func(folder, path string, s *cairn.Scan) error {
		for n := 1; n <= mostPages; n++ {
			if !wanted(n) {
				continue
			}
			drawn, err := t.drawn(ctx, folder, path, n)
			if err != nil || drawn == "" {
				return err
			}
			page, err := t.page(ctx, folder, drawn, of, n)
			if err != nil {
				return fmt.Errorf("page %d: %w", n, err)
			}
			s.Pages = append(s.Pages, page)
			_ = os.Remove(drawn) // the folder goes at the end in any case
		}
		return nil
	})
}

// within does its work in a folder that is removed at the end.
func (t Tools) within(ref cairn.Ref, content []byte, of []string, do func(folder, path string, s *cairn.Scan) error) (cairn.Scan, error) {
	s := cairn.Scan{Form: cairn.ScanForm, Of: ref, Tool: t.Version, Languages: of}
	folder, err := os.MkdirTemp("", "cairn-scan-")
	if err != nil {
		return s, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "scan")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return s, err
	}
	if err := do(folder, path, &s); err != nil {
		return s, fmt.Errorf("read %s off its pictures: %w", ref.Short(), err)
	}
	return s, nil
}

// drawn makes a picture of a page; "" where there is no such page.
func (t Tools) drawn(ctx context.Context, folder, path string, n int) (string, error) {
	number := strconv.Itoa(n)
	said, err := t.run(ctx, folder, t.Pdftoppm, "-q", "-png", "-gray", "-singlefile", "-r", strconv.Itoa(resolution), "-f", number, "-l", number, path, filepath.Join(folder, "page"))
	name := filepath.Join(folder, "page.png")
	if _, missing := os.Stat(name); missing != nil {
		if err != nil && n == 1 {
			return "", fmt.Errorf("its pages cannot be drawn: %w: %s", err, said)
		}
		return "", nil // past the last
	}
	return name, nil
}

// ways are the ways in which Tesseract tells ink from paper: by one shade for all,
// and, where that finds nothing, by the shade of each part, as for a grey page on a
// white one.
var ways = []string{"thresholding_method=0", "thresholding_method=2"}

// page has Tesseract read one picture.
func (t Tools) page(ctx context.Context, folder, path string, of []string, n int) (page cairn.ScanPage, err error) {
	for _, way := range ways {
		table, err := t.run(ctx, folder, t.Tesseract, path, "stdout", "-l", strings.Join(of, "+"), "--psm", "3", "-c", way, "tsv")
		if err != nil {
			return page, err
		}
		if page = parse(table, n); len(page.Lines) > 0 {
			break
		}
	}
	return page, nil
}

// run runs a program and returns what it said.
func (t Tools) run(ctx context.Context, folder, path string, args ...string) (string, error) {
	out, err := t.room.Run(ctx, confine.Bounds{Time: t.Timeout, Memory: mostMemory, Written: mostWritten}, folder, path, args...)
	return string(out), err
}
