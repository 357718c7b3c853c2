package site

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A citation is how a page is cited: by its release, so that whoever follows it
// finds the same numbers.
type citation struct {
	Author, Title, Site, Day, Address string
	Release                           int
	Digest                            string
}

func (v *visit) cite(title, page string) citation {
	r := v.index.release
	c := citation{Author: cmp.Or(r.Publicity.Citation, r.Title, r.Project), Title: cmp.Or(title, r.Title, r.Project), Site: cmp.Or(r.Title, r.Project), Day: string(r.Day), Release: r.Number}
	if len(r.Digest) > 12 {
		c.Digest = r.Digest[:12]
	}
	if !v.site.settings.Static && r.Number > 0 {
		page = "r/" + itoa(r.Number) + "/" + page
	}
	if r.Publicity.Address != "" { // elsewhere nobody would find it by less
		c.Address = strings.TrimSuffix(r.Publicity.Address, "/") + "/" + page
	}
	return c
}

// Text is the citation as a sentence.
func (c citation) Text() string {
	title := ""
	if c.Title != c.Author {
		title = c.Title + ". "
	}
	return strings.TrimSpace(fmt.Sprintf("%s (%s). %sRelease %d, %s (%s). %s", c.Author, year(c.Day), title, c.Release, c.Day, c.Digest, c.Address))
}

// BibTeX is the citation for LaTeX.
func (c citation) BibTeX() string { return bibtex(c) }

// RIS is the citation for programs that keep references.
func (c citation) RIS() string { return ris(c) }

// CSL is the citation as CSL-JSON.
func (c citation) CSL() string { return csl(c) }

func year(day string) string { return string(cairn.Date(day).First().Format("2006")) }

func bibtex(c citation) string {
	clean := strings.NewReplacer("{", "(", "}", ")", "\\", "/", "%", "\\%", "&", "\\&", "#", "\\#", "_", "\\_")
	at := ""
	if c.Address != "" {
		at = ",\n  url = {" + c.Address + "}"
	}
	return fmt.Sprintf("@misc{cairn-%d-%s,\n  author = {{%s}},\n  title = {%s},\n  howpublished = {%s, release %d},\n  year = {%s},\n  note = {Released %s, digest %s}%s\n}\n",
		c.Release, c.Digest, clean.Replace(c.Author), clean.Replace(c.Title), clean.Replace(c.Site), c.Release, year(c.Day), c.Day, c.Digest, at)
}

func ris(c citation) string {
	line := func(tag, value string) string {
		return tag + "  - " + strings.Join(strings.Fields(value), " ") + "\r\n"
	}
	at := ""
	if c.Address != "" {
		at = line("UR", c.Address)
	}
	return line("TY", "DATA") + line("AU", c.Author) + line("TI", c.Title) + line("T2", c.Site) + line("PY", year(c.Day)) + line("DA", strings.ReplaceAll(c.Day, "-", "/")) +
		line("ET", fmt.Sprintf("release %d", c.Release)) + line("ID", c.Digest) + at + "ER  - \r\n"
}

func csl(c citation) string {
	first := cairn.Date(c.Day).First()
	dataset := map[string]any{"id": "cairn-" + c.Digest, "type": "dataset", "author": []map[string]string{{"literal": c.Author}}, "title": c.Title, "container-title": c.Site,
		"version": fmt.Sprint(c.Release), "issued": map[string]any{"date-parts": [][]int{{first.Year(), int(first.Month()), first.Day()}}}}
	if c.Address != "" {
		dataset["URL"] = c.Address
	}
	text, err := json.MarshalIndent([]map[string]any{dataset}, "", "  ")
	if err != nil {
		return ""
	}
	return string(text) + "\n"
}
