package recorder

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// citationColumns are those of the sources that other recorders cite, and
// positionColumns those of what parties say, under the headers by which they come
// in again.
var (
	citationColumns = []column{
		{"incident", "#event+code", words}, {"source", "#meta+source+name", words}, {"title", "#meta+title", words}, {"url", "#meta+url", words},
		{"archive_url", "#meta+url+archive", words}, {"published", "#date+published", words}, {"language", "#meta+lang", words},
	}
	positionColumns = []column{
		{"incident", "#event+code", words}, {"belligerent", "#org+actor", words}, {"result", "#status+position", words},
		{"conceded_min", "#affected+killed+conceded+min", whole}, {"conceded_max", "#affected+killed+conceded+max", whole},
		{"injuries_conceded_min", "#affected+injured+conceded+min", whole}, {"injuries_conceded_max", "#affected+injured+conceded+max", whole},
		{"date", "#date", words}, {"statement", "#description", words}, {"url", "#meta+url", words},
	}
)

func (s *shelf) citationRows(_ context.Context, row func([]any) error) error {
	return s.eachElsewhere(func(code string, from *cairn.Elsewhere) error {
		for _, c := range from.Sources {
			if err := row([]any{code, c.Name, c.Title, c.Link, c.Archived, string(c.Published), c.Language}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *shelf) positionRows(_ context.Context, row func([]any) error) error {
	return s.eachElsewhere(func(code string, from *cairn.Elsewhere) error {
		for _, p := range from.Positions {
			killed, injured := p.Conceded["killed"], p.Conceded["injured"]
			if err := row([]any{code, p.Party, string(p.Result), bound(killed.Min), bound(killed.Max), bound(injured.Min), bound(injured.Max), string(p.On), p.Statement, p.Link}); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachElsewhere hands over each incident that was taken over from somebody.
func (s *shelf) eachElsewhere(do func(code string, from *cairn.Elsewhere) error) error {
	for _, i := range s.incidents {
		if i.Incident.Elsewhere == nil {
			continue
		}
		if err := do(i.Incident.Code, i.Incident.Elsewhere); err != nil {
			return err
		}
	}
	return nil
}
