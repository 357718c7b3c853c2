package table

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage"
)

// A Match is lists in files, and what is to be found and written of them.
type Match struct {
	Files   []string
	Columns Mapping
	Options linkage.Options
	JSON    bool   // JSON Lines, not CSV
	Persons string // the file to write every record's person to; none where it is empty

	// Fault is told of each row that cannot be read in full.
	Fault func(file string, f Fault)
	// Note is told what a person should know of the linkage: the plan, before it
	// runs, and records joined to one person that speak against one another.
	Note func(string)
}

// Run reads the lists, links them and writes the pairs to w.
func (m Match) Run(ctx context.Context, w io.Writer) error {
	lists, err := m.read()
	if err != nil {
		return err
	}
	m.Options.Plan = func(p linkage.Plan) {
		for line := range strings.Lines(p.String()) {
			m.Note("plan: " + strings.TrimSuffix(line, "\n"))
		}
	}
	found, err := linkage.Link(ctx, lists, m.Options)
	if err != nil {
		return err
	}
	for _, c := range found.Conflicts {
		m.Note(fmt.Sprintf("conflict: %s and %s are one person, and the %s", at(lists, c.Rows[0]), at(lists, c.Rows[1]), c.Reason))
	}
	if m.Persons != "" {
		if err := m.writePersons(lists, found); err != nil {
			return err
		}
	}
	if m.JSON {
		return WritePairsJSON(w, lists, found)
	}
	return WritePairs(w, lists, found)
}

func at(lists []*linkage.List, r linkage.Row) string {
	return fmt.Sprintf("%s row %d", lists[r.List].Name, r.Number+1)
}

func (m Match) read() ([]*linkage.List, error) {
	var lists []*linkage.List
	named, used := map[string]string{}, map[string]bool{}
	for _, file := range m.Files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if other, ok := named[name]; ok {
			return nil, fmt.Errorf("%s and %s are both the list %s; rename one", other, file, name)
		}
		named[name] = file
		l, err := m.readFile(name, file)
		if err != nil {
			return nil, err
		}
		for _, c := range l.Columns() {
			used[m.Columns.key(c.Header)] = true
		}
		lists = append(lists, l)
	}
	for header := range m.Columns {
		if !used[header] {
			return nil, fmt.Errorf("no list has a column %q", header)
		}
	}
	return lists, nil
}

func (m Match) readFile(name, file string) (*linkage.List, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l, faults, err := Read(name, f, m.Columns)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, fault := range faults {
		m.Fault(file, fault)
	}
	return l, nil
}

func (m Match) writePersons(lists []*linkage.List, found *linkage.Linkage) error {
	f, err := os.Create(m.Persons)
	if err != nil {
		return err
	}
	if err := WritePersons(f, lists, found); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
