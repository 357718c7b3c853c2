package warc

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

// The most bytes of the parts of a WACZ that are read whole.
const (
	mostPackage = 16 << 20
	mostPages   = 256 << 20
)

// An Opened is a WACZ that was opened for reading.
type Opened struct {
	About Package
	Pages []Page // of pages.jsonl and whatever stands beside it

	files     map[string]*zip.File
	resources []resource
	digest    string // that datapackage-digest.json states of datapackage.json
}

// IsPackage reports whether a ZIP file is a WACZ: it has a datapackage.json and
// a WARC in its folder for them.
func IsPackage(z *zip.Reader) bool {
	described, archived := false, false
	for _, f := range z.File {
		described = described || f.Name == packagePath
		archived = archived || isArchive(f.Name)
	}
	return described && archived
}

func isArchive(name string) bool {
	return strings.HasPrefix(name, archiveFolder) && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz"))
}

// OpenPackage opens a WACZ. What is wrong with it as a ZIP, or with its
// datapackage.json, is the error; pages that cannot be read are left out.
func OpenPackage(z *zip.Reader) (*Opened, error) {
	o := &Opened{files: map[string]*zip.File{}}
	for _, f := range z.File {
		o.files[f.Name] = f
	}
	body, err := o.whole(packagePath, mostPackage)
	if err != nil {
		return nil, fmt.Errorf("read WACZ: %w", err)
	}
	var d struct {
		Title, Description, Software, Created string
		MainPage                              string `json:"mainPageUrl"`
		Resources                             []resource
	}
	if err := json.Unmarshal(body, &d); err != nil {
		return nil, fmt.Errorf("read WACZ: %s: %w", packagePath, err)
	}
	created, _ := ParseDate(d.Created)
	o.About = Package{Title: d.Title, Description: d.Description, Software: d.Software, Created: created, MainPage: d.MainPage}
	o.resources = d.Resources
	if body, err := o.whole(digestPath, mostPackage); err == nil {
		var stated struct{ Hash string }
		_ = json.Unmarshal(body, &stated) // without a hash it states nothing
		o.digest = stated.Hash
	}
	o.readPages()
	return o, nil
}

func (o *Opened) whole(name string, most int64) ([]byte, error) {
	f := o.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s is not in it", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(len(body)) > most {
		return nil, fmt.Errorf("%s has more than %d MiB", name, most>>20)
	}
	return body, nil
}

func (o *Opened) readPages() {
	for _, name := range o.names(func(n string) bool { return strings.HasPrefix(n, "pages/") && strings.HasSuffix(n, ".jsonl") }) {
		body, err := o.whole(name, mostPages)
		if err != nil {
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(body))
		lines.Buffer(nil, len(body)+1)
		for lines.Scan() {
			var page struct {
				ID, URL, TS, Title, Text string
			}
			if json.Unmarshal(lines.Bytes(), &page) != nil || page.URL == "" {
				continue // the head, or what is no page
			}
			at, _ := ParseDate(page.TS)
			o.Pages = append(o.Pages, Page{ID: page.ID, URL: page.URL, At: at, Title: page.Title, Text: page.Text})
		}
	}
}

func (o *Opened) names(keep func(string) bool) []string {
	var names []string
	for name := range o.files {
		if keep(name) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// Archives are the names of the WARC files in it, in order.
func (o *Opened) Archives() []string { return o.names(isArchive) }

// Open opens a WARC file of the package; the caller closes it.
func (o *Opened) Open(name string) (io.ReadCloser, error) {
	f := o.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s is not in the WACZ", name)
	}
	return f.Open()
}

// Verify hashes every file that datapackage.json names, and that itself, and
// returns what is wrong, in words; nothing where all is as it states.
func (o *Opened) Verify() []string {
	var wrong []string
	named := map[string]bool{packagePath: true, digestPath: true}
	if o.digest != "" {
		wrong = append(wrong, o.verify(packagePath, o.digest)...)
	}
	for _, r := range o.resources {
		named[r.Path] = true
		wrong = append(wrong, o.verify(r.Path, r.Hash)...)
	}
	for _, name := range o.names(func(n string) bool { return !named[n] && !strings.HasSuffix(n, "/") }) {
		wrong = append(wrong, name+" is not named by "+packagePath)
	}
	return wrong
}

func (o *Opened) verify(path, stated string) []string {
	if !strings.HasPrefix(stated, "sha256:") {
		return nil // of an algorithm that the standard does not name
	}
	r, err := o.Open(path)
	if err != nil {
		return []string{err.Error()}
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil && !errors.Is(err, zip.ErrChecksum) {
		return []string{path + " cannot be read: " + err.Error()}
	}
	if got := hexDigest(sum.Sum(nil)); got != stated {
		return []string{path + " is not what " + packagePath + " says: its hash is " + got}
	}
	return nil
}

// Titled returns the title of the page that was captured at an address, "" where
// the package names none.
func (o *Opened) Titled(url string, at time.Time) string {
	title := ""
	for _, p := range o.Pages {
		if p.URL == url && (title == "" || p.At.Equal(at)) {
			title = p.Title
		}
	}
	return title
}
