package recorder

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// A Format is a form in which a record is handed on.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	JSONL   Format = "jsonl"
	GeoJSON Format = "geojson"
	Parquet Format = "parquet"
	HXL     Format = "hxl"    // CSV with a row of hashtags
	SQLite  Format = "sqlite" // one file with three tables
)

// Export writes the incidents that q chooses, with the documents and claims they
// rest on, as files into the folder dir, which is made where it is missing. Where
// q asks for no place, period or grading, every document and claim is written.
// Each file is whole or absent. It returns the names of the files.
func Export(ctx context.Context, view store.View, q Query, format Format, dir string) ([]string, error) {
	s, err := shelfOf(ctx, view, q)
	if err != nil {
		return nil, err
	}
	files := s.sheets(format)
	if files == nil {
		return nil, cairn.Invalid{Field: "format", Reason: "want csv, jsonl, geojson, parquet, hxl or sqlite, not " + string(format)}
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("export to %s: %w", dir, fault(err))
	}
	var names []string
	for _, f := range files {
		if err := f.write(ctx, dir); err != nil {
			return names, fmt.Errorf("export to %s: %w", dir, fault(err))
		}
		names = append(names, f.name)
	}
	return names, nil
}

// sheets are the files of a format; none where there is no such format.
func (s *shelf) sheets(format Format) []sheet {
	switch format {
	case JSONL:
		return []sheet{{"incidents.jsonl", s.incidentsJSONL}, {"documents.jsonl", s.documentsJSONL}, {"claims.jsonl", s.claimsJSONL}}
	case GeoJSON:
		return []sheet{{"incidents.geojson", s.incidentsGeoJSON}}
	case SQLite:
		return []sheet{{"cairn.sqlite", sqlite(s.tables())}}
	}
	var all []sheet
	for _, t := range s.tables() {
		switch format {
		case CSV:
			all = append(all, sheet{t.name + ".csv", t.csv(false)})
		case HXL:
			all = append(all, sheet{t.name + ".hxl.csv", t.csv(true)})
		case Parquet:
			all = append(all, sheet{t.name + ".parquet", t.parquet})
		}
	}
	return all
}

// A sheet is one file of an export.
type sheet struct {
	name string
	fill func(context.Context, io.Writer) error
}

// write writes the file under a passing name, flushes it, and renames it.
func (s sheet) write(ctx context.Context, dir string) (err error) {
	f, err := os.CreateTemp(dir, "."+s.name+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := s.fill(ctx, w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o640); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, s.name))
}

// A shelf is what is exported.
type shelf struct {
	view      store.View
	project   cairn.Project
	incidents []store.Assessed
	all       bool                        // every document and claim, whatever the incidents
	of        map[cairn.ClaimRef][]string // the incidents of a claim
	documents map[string]map[string]bool  // chosen documents, and the readings of them that claims are of
	hidden    undisclosed
}

func shelfOf(ctx context.Context, view store.View, q Query) (*shelf, error) {
	p, err := view.Project(ctx, q.Project)
	if err != nil {
		return nil, err
	}
	f := q.filter(places(p, q.Place))
	f.Grades = q.Grades
	s := &shelf{view: view, project: p, all: q.Place == "" && !q.From.Known() && !q.To.Known() && len(q.Grades) == 0 && q.stage() == store.Proposed,
		of: map[cairn.ClaimRef][]string{}, documents: map[string]map[string]bool{}}
	if s.incidents, err = view.Incidents(ctx, f); err != nil {
		return nil, err
	}
	if s.hidden, err = undisclosedIn(ctx, view); err != nil {
		return nil, err
	}
	for k, i := range s.incidents {
		i = s.hidden.assessed(i)
		s.incidents[k] = i
		if a := i.Assessment; a != nil && a.Signed == nil {
			unsigned := *a
			unsigned.Revision = 0 // it counts what was tried and taken back, which says nothing of the incident
			s.incidents[k].Assessment = &unsigned
		}
		for _, c := range i.Incident.Claims {
			s.of[c] = append(s.of[c], i.Incident.Code)
			if s.documents[c.Document] == nil {
				s.documents[c.Document] = map[string]bool{}
			}
			s.documents[c.Document][c.Reading] = true
		}
	}
	return s, nil
}

// eachDocument hands over every chosen document, by identifier.
func (s *shelf) eachDocument(ctx context.Context, do func(store.Shelved) error) error {
	for after := ""; ; {
		page, err := s.view.Documents(ctx, store.DocumentFilter{Project: s.project.Name, ByID: true, After: after, Limit: pageOfDocuments})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, d := range page {
			if !s.all && s.documents[d.Document.ID] == nil {
				continue
			}
			if err := do(d); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Document.ID
	}
}

// A statement is a claim as it is exported: with what it is of.
type statement struct {
	ID        string   `json:"id"`
	Document  string   `json:"document"`
	Reading   string   `json:"reading"`
	Incidents []string `json:"incidents"`
	cairn.Claim
}

// eachClaim hands over the claims of the chosen documents: those of the reading
// that the project goes by, and those of other readings that a chosen incident
// rests on.
func (s *shelf) eachClaim(ctx context.Context, do func(statement) error) error {
	return s.eachDocument(ctx, func(d store.Shelved) error {
		readings, err := s.readings(ctx, d.Document.ID)
		if err != nil {
			return err
		}
		for _, r := range readings {
			for _, c := range r.Claims {
				ref := cairn.ClaimRef{Document: r.Document, N: c.N, Reading: r.ID}
				of := s.of[ref]
				if !s.all && len(of) == 0 {
					continue
				}
				if of == nil {
					of = []string{}
				}
				if err := do(statement{fmt.Sprintf("%s#%d@%s", r.Document, c.N, r.ID), r.Document, r.ID, of, c}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (s *shelf) readings(ctx context.Context, document string) ([]cairn.Reading, error) {
	all, err := s.view.ReadingsOf(ctx, document)
	if err != nil {
		return nil, err
	}
	current, err := s.view.CurrentReading(ctx, s.project.Name, document)
	var chosen []cairn.Reading
	for _, r := range all {
		if err == nil && r.ID == current.ID || s.documents[document][r.ID] {
			chosen = append(chosen, r)
		}
	}
	return chosen, nil
}
