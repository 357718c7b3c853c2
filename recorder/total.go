package recorder

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// Credits is what the licences of the places and names built into cairn ask to be
// shown where they are used.
const Credits = lexicon.Attribution

// Ungraded is what the total counts the incidents under that have no grade yet.
const Ungraded = total.Ungraded

// A Query says what to add up, or to export. Only Project must be given.
type Query struct {
	Project  string
	Place    string // a name or an identifier
	From, To cairn.Date
	Grades   []cairn.Grade // none takes the project's headline, or else the policy's
	Stage    store.Stage   // store.Proposed where empty
	By       string
	AsOf     cairn.Date // as the record stood at the end of that day, UTC
	Moment   store.Moment

	headline bool // Grades are those of a headline that was asked for at the time
}

// Headline returns the grades that a total of p takes in unless it is told: the
// project's own, or else those of its policy.
func Headline(p cairn.Project) ([]cairn.Grade, error) {
	if len(p.Grades) > 0 {
		return p.Grades, nil
	}
	conv, err := PolicyOf(p)
	return conv.Grades, err
}

// Total adds up what q chooses of what view shows.
func Total(ctx context.Context, view store.View, q Query) (total.Answer, error) {
	s, err := selection(ctx, view, q)
	if err != nil {
		return total.Answer{}, err
	}
	var broken error
	s.Counted = counted(&broken, view.Counted(ctx, q.filter(s.Places)))
	answer := total.Of(s)
	if broken != nil {
		return total.Answer{}, broken
	}
	if answer.Backlog, err = backlogOf(ctx, view, q.Project); err != nil {
		return total.Answer{}, err
	}
	act, err := view.ActAt(ctx, q.moment())
	if err != nil {
		return total.Answer{}, err
	}
	answer.ID = identity(s, q, act)
	answer.Campaigns, err = campaignsOf(ctx, view, q, s.Places)
	return answer, err
}

// counted are the figures that a store yields, up to its first error.
func counted(broken *error, all iter.Seq2[cairn.Counted, error]) total.Figures {
	return total.Numbered(func(yield func(*cairn.Counted) bool) {
		for c := range until(broken, all) {
			if !yield(&c) {
				return
			}
		}
	})
}

func backlogOf(ctx context.Context, view store.View, project string) (total.Backlog, error) {
	b, err := view.Backlog(ctx, project)
	return total.Backlog{Collected: b.Collected, InReview: b.InReview, Published: b.Published}, err
}

// Distributions simulates what the sum of each row of the total of q may be, see
// [total.Distribution].
func Distributions(ctx context.Context, view store.View, q Query, draws int, seed uint64) ([]total.Distribution, error) {
	if draws < 100 || draws > 1_000_000 {
		return nil, cairn.Invalid{Field: "draws", Reason: "want 100 to 1,000,000"}
	}
	s, err := selection(ctx, view, q)
	if err != nil {
		return nil, err
	}
	var broken error
	s.Counted = counted(&broken, view.Counted(ctx, q.filter(s.Places)))
	return total.Distributions(s, draws, seed), broken
}

// selection says what q adds up, without the figures themselves.
func selection(ctx context.Context, view store.View, q Query) (total.Selection, error) {
	by, err := total.ParseBy(q.By)
	if err != nil {
		return total.Selection{}, err
	}
	p, err := view.Project(ctx, q.Project)
	if err != nil {
		return total.Selection{}, err
	}
	s := total.Selection{Project: p, Policy: p.Policy, Stage: string(q.stage()), Place: q.Place, Places: places(p, q.Place), From: q.From, To: q.To, Grades: q.Grades, AsOf: string(q.AsOf), By: by}
	s.Headline = q.headline || len(s.Grades) == 0
	if len(s.Grades) == 0 {
		if s.Grades, err = Headline(p); err != nil {
			return s, err
		}
	}
	s.Shared, err = sharedTolls(ctx, view, q)
	return s, err
}

func (q Query) stage() store.Stage { return cmp.Or(q.Stage, store.Proposed) }

// filter returns the incidents that q chooses, of every grade.
func (q Query) filter(places []string) store.Filter {
	return store.Filter{Project: q.Project, Places: places, From: q.From, To: q.To, Stage: q.stage(), AsOf: q.moment()}
}

// moment is the end of the day of AsOf, or else Moment.
func (q Query) moment() store.Moment {
	if !q.AsOf.Known() {
		return q.Moment
	}
	return EndOf(q.AsOf)
}

// EndOf is the end of a day, month or year, in UTC.
func EndOf(day cairn.Date) store.Moment {
	return store.Moment{At: day.Last().AddDate(0, 0, 1).Add(-time.Millisecond)}
}

// places returns what a place may be known by: what was said, and the
// identifiers that it names in the project's own places and in the gazetteer.
func places(p cairn.Project, said string) []string {
	if said == "" {
		return nil
	}
	all := []string{said}
	for _, own := range p.Places {
		if lexicon.KeyOf(own.Name) == lexicon.KeyOf(said) {
			all = append(all, own.ID)
		}
	}
	if known := lexicon.Places().PlaceOf(said); len(known) > 0 {
		all = append(all, lexicon.Places().Place(known[0]).ID)
	}
	return all
}

// DaysOf returns the days of a row of a total by year, month, week or day.
func DaysOf(row string) cairn.Period { return total.DaysOf(row) }

// An Answer is a total, as `cairn total` prints it.
type Answer = total.Answer

// A Distribution is what the sum of a row may be under stated assumptions.
type Distribution = total.Distribution
