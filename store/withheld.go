package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// withheld is what is suppressed, and under which policy persons are shown now.
type withheld struct {
	rows    map[cairn.Withholding]bool
	project cairn.Project
	called  map[string][]cairn.Name // names of those who are not to be named, by incident; by "" those of all
	names   cairn.Names
}

func (p Public) held(ctx context.Context) (withheld, error) {
	rows, err := p.view.withheld(ctx, p.project)
	held := withheld{rows: map[cairn.Withholding]bool{}, called: map[string][]cairn.Name{}}
	for _, w := range rows {
		if words, ok := strings.CutPrefix(w.Key, cairn.Called); ok && w.Kind == cairn.OfPersons {
			name, code, _ := strings.Cut(words, "\t")
			held.called[code] = append(held.called[code], cairn.Name{Words: name})
			continue
		}
		held.rows[w] = true
	}
	held.names = cairn.NamesOf(held.called[""])
	if err == nil {
		held.project, err = p.view.Project(ctx, p.project)
	}
	return held, err
}

func (v View) withheld(ctx context.Context, project string) ([]cairn.Withholding, error) {
	rows, err := all(ctx, v, `SELECT kind, key FROM withheld WHERE project = $1 AND replaced IS NULL ORDER BY kind, key`, []any{project},
		func(rows *sql.Rows) (w cairn.Withholding, err error) { return w, rows.Scan(&w.Kind, &w.Key) })
	return rows, wrap("what is withheld", err)
}

func (w withheld) incident(code string) bool { return w.rows[cairn.Withholding{Key: code}] }

// victims returns persons with no more shown than their records and the policy of
// the project allow now, and how many are left out.
func (w withheld) victims(all []cairn.PublicVictim) (kept []cairn.PublicVictim, left int) {
	for _, v := range all {
		most := w.display(v)
		switch most {
		case "":
			continue
		case cairn.OnlyCounted:
			left++
			continue
		}
		kept = append(kept, v.Down(most))
	}
	return kept, left
}

// display returns how much of a person may be shown now.
func (w withheld) display(v cairn.PublicVictim) cairn.Display {
	most := v.Display
	if !v.Agreed || w.project.Naming == cairn.Nobody {
		most = most.Within(w.project.Displays(nil))
	}
	for _, key := range append([]string{v.Key}, v.Also...) {
		if w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: key}] {
			return ""
		}
		for _, d := range cairn.Displays {
			if w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: string(d) + ":" + key}] {
				most = most.Within(d)
			}
		}
	}
	return most
}

// strip takes out of a public form what was suppressed since.
func (w withheld) strip(form cairn.Published) cairn.Published {
	for i := range form.Sources {
		s := &form.Sources[i]
		if w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: s.Key}] || w.rows[cairn.Withholding{Kind: cairn.OfSources, Key: s.Name}] {
			s.Name, s.Title, s.Address, s.Withheld, s.Excerpts = "", "", "", len(s.Excerpts), []cairn.Excerpt{}
			continue
		}
		if w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: cairn.Uncleared + s.Key}] {
			s.Address = cairn.AddressWithout(s.Address, func(string) bool { return true })
		}
		quoted := len(s.Excerpts)
		s.Excerpts = slices.DeleteFunc(s.Excerpts, func(e cairn.Excerpt) bool { return w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: e.Key}] })
		s.Withheld = quoted - len(s.Excerpts)
	}
	var left int
	form.Victims, left = w.victims(form.Victims)
	form.Unshown += left
	if w.project.Naming == cairn.Nobody && w.project.Displays(nil) == "" {
		form.Unshown = 0
	}
	w.say(&form)
	form.Mentions = slices.DeleteFunc(form.Mentions, w.incident)
	form.Related = slices.DeleteFunc(form.Related, func(r cairn.Relative) bool { return w.incident(r.Code) })
	return form
}

// may reports whether somebody may be named now in quoted words.
func (w withheld) may(d cairn.Disclosed) bool {
	switch d.As {
	case cairn.ByDocument:
		return !w.rows[cairn.Withholding{Kind: cairn.OfDocuments, Key: cairn.Uncleared + d.Keys[0]}]
	case cairn.ByClearing:
		return !slices.ContainsFunc(d.Keys, func(key string) bool {
			return w.rows[cairn.Withholding{Kind: cairn.OfPersons, Key: cairn.Unnamed + key}]
		})
	}
	return w.display(cairn.PublicVictim{Key: d.Keys[0], Also: d.Keys[1:], Display: cairn.FullName, Agreed: d.As == cairn.ByConsent}) == cairn.FullName
}
