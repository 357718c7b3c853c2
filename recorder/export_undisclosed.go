package recorder

import (
	"context"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
)

// undisclosed are the names of the sources that what is exported does not name.
type undisclosed struct {
	names map[string]bool
	words *strings.Replacer
}

func undisclosedIn(ctx context.Context, view store.View) (undisclosed, error) {
	sources, err := view.Sources(ctx)
	u := undisclosed{names: map[string]bool{}}
	var pairs []string
	for _, s := range sources {
		if !s.Withheld() {
			continue
		}
		for _, name := range s.Called() {
			u.names[name] = true
			pairs = append(pairs, name, cairn.Undisclosed)
		}
	}
	u.words = strings.NewReplacer(pairs...)
	return u, err
}

// document is d as it is exported: without what tells who an undisclosed source
// is, apart from its text.
func (u undisclosed) document(d cairn.Document) cairn.Document {
	if u.names[d.Source] {
		d.Source, d.Title, d.Byline, d.URL = cairn.Undisclosed, "", "", ""
	}
	return d
}

// assessed is an incident whose reasons name no undisclosed source.
func (u undisclosed) assessed(i store.Assessed) store.Assessed {
	i.Incident.Reasons = u.reasons(i.Incident.Reasons)
	if i.Assessment != nil {
		a := *i.Assessment
		a.Reasons = u.reasons(a.Reasons)
		i.Assessment = &a
	}
	return i
}

func (u undisclosed) reasons(all []string) []string {
	if len(u.names) == 0 {
		return all
	}
	var told []string
	for _, reason := range all {
		told = append(told, u.words.Replace(reason))
	}
	return told
}
