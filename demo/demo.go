// Package demo is the examples that come with cairn: an invented valley, with
// its papers, its armies and 27 reports about them, in English and Arabic, of
// every kind that cairn reads and with the troubles that recorders meet, none of
// which happened; and Raqqa in 2017 as UCDP recorded it, which did.
package demo

import (
	"embed"
	"encoding/json"
	"io/fs"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

//go:embed project.json reports raqqa
var files embed.FS

// An Example is a project with what it is made from.
type Example struct {
	Project cairn.Project
	Files   fs.FS  // in the order of their names
	As      string // the codebook of a table; empty for reports
	Note    string // what to know of it
}

// Collected is when the examples came in, so that they are the same on every
// machine and day.
var Collected = time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC)

// Names are those of the examples, the usual one first.
func Names() []string { return []string{"valley", "raqqa"} }

// Named returns the example of a name.
func Named(name string) (Example, error) {
	switch name {
	case "valley":
		return example("project.json", "reports", "", "two of the reports are a broken file and a page that asks for a password, as they come")
	case "raqqa":
		return example("raqqa/project.json", "raqqa", "ucdp", "the rows are UCDP's, under CC BY 4.0; their ranges are its own")
	}
	return Example{}, cairn.Invalid{Field: "demo", Reason: "there is no example " + name + "; there are " + strings.Join(Names(), ", ")}
}

func example(project, folder, as, note string) (Example, error) {
	e := Example{As: as, Note: note}
	data, err := files.ReadFile(project)
	if err == nil {
		err = json.Unmarshal(data, &e.Project)
	}
	if err == nil {
		e.Files, err = fs.Sub(files, folder)
	}
	return e, err
}

// Targets are the files that are brought in.
func (e Example) Targets() ([]string, error) {
	if e.As == "" {
		return []string{"."}, nil
	}
	names, err := fs.Glob(e.Files, "*.csv")
	return names, err
}
