// Package demo is an invented project: a district, its papers, its armies and
// 27 reports about them, in English and Arabic, of every kind that cairn reads
// and with the troubles that recorders meet. Nothing in it happened.
package demo

import (
	"embed"
	"encoding/json"
	"io/fs"
	"time"

	"github.com/cairn-recorder/cairn"
)

//go:embed project.json reports
var files embed.FS

// Project returns the invented project.
func Project() (cairn.Project, error) {
	var p cairn.Project
	data, err := files.ReadFile("project.json")
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(data, &p)
}

// Reports returns the reports, as files in the order of their names.
func Reports() (fs.FS, error) { return fs.Sub(files, "reports") }

// Collected is when the reports came in, so that the demo is the same on every
// machine and day.
var Collected = time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC)
