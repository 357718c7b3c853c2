package recorder

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/total"
)

// A Book keeps what totals add up at hand, so that whoever shows many of them
// need not read the store for each. It follows the store: before each total it
// reads what acts changed since the last. Every total is what [Total] answers.
// It is safe for several goroutines at once.
//
// A figure takes about a hundred bytes: words that many figures share are kept
// once.
type Book struct {
	view    store.View
	project string

	mu      sync.RWMutex
	act     int // up to which the figures are at hand
	figures []figure
	at      map[string][]int // the figures of an incident that still stand
	words   map[string]string
	places  map[string][]string // the keys of a place and of all that hold it
	backlog total.Backlog
}

// A figure is one that totals count, while it stands from one act to another.
type figure struct {
	cairn.Counted
	stage    store.Stage
	days     days
	places   []string
	made     int
	replaced int // 0 while it stands
}

// days are the first and the last that the dates of an incident can mean, as
// numbers; 0 where they are unknown.
type days struct{ from, to int32 }

// NewBook begins a book of a project. It reads nothing yet.
func NewBook(view store.View, project string) *Book {
	return &Book{view: view, project: project, at: map[string][]int{}, words: map[string]string{}, places: map[string][]string{}}
}

// Total adds up what q chooses, as [Total] does.
func (b *Book) Total(ctx context.Context, q Query) (total.Answer, error) {
	q.Project = b.project
	s, err := selection(ctx, b.view, q)
	if err != nil {
		return total.Answer{}, err
	}
	act, err := b.view.ActAt(ctx, q.moment())
	if err != nil {
		return total.Answer{}, err
	}
	if err := b.follow(ctx); err != nil {
		return total.Answer{}, err
	}
	b.mu.RLock()
	s.Counted = b.chosen(q, s.Places, act)
	answer := total.Of(s)
	answer.Backlog = b.backlog
	b.mu.RUnlock()
	return besides(ctx, b.view, q, s, answer, act)
}

// chosen yields the figures that q chooses as they stood after an act, in as many
// parts as there are processors.
func (b *Book) chosen(q Query, places []string, act int) []total.Figures {
	w := wish{stage: q.stage(), act: act, to: 1<<31 - 1, places: store.PlaceKeys(places...)}
	if q.From.Known() {
		w.from = number(string(cairn.DayOf(q.From.First())))
	}
	if q.To.Known() {
		w.to = number(string(cairn.DayOf(q.To.Last())))
	}
	var parts []total.Figures
	for start := 0; start < len(b.figures); {
		end := min(len(b.figures), start+len(b.figures)/workers()+1)
		for end < len(b.figures) && b.figures[end].Code == b.figures[end-1].Code {
			end++
		}
		some := b.figures[start:end]
		parts = append(parts, func(yield func(*cairn.Counted) bool) {
			for k := range some {
				if w.takes(&some[k]) && !yield(&some[k].Counted) {
					return
				}
			}
		})
		start = end
	}
	return parts
}

// A wish is what a query asks of figures.
type wish struct {
	stage    store.Stage
	act      int
	from, to int32
	places   []string
}

func (w *wish) takes(f *figure) bool {
	switch {
	case f.made > w.act || f.replaced != 0 && f.replaced <= w.act || f.stage != w.stage:
		return false
	case f.days.from > w.to || f.days.to != 0 && f.days.to < w.from:
		return false
	}
	return len(w.places) == 0 || slices.ContainsFunc(w.places, func(p string) bool { return slices.Contains(f.places, p) })
}

// number is a day as a number that is greater for a later day.
func number(day string) int32 {
	if day == "" {
		return 0
	}
	n := int32(0)
	for _, r := range day {
		if r >= '0' && r <= '9' {
			n = n*10 + r - '0'
		}
	}
	return n
}

// follow reads what acts changed since the last total.
func (b *Book) follow(ctx context.Context) error {
	last, err := b.view.LastAct(ctx)
	if err != nil {
		return err
	}
	b.mu.RLock()
	current := b.act == last
	b.mu.RUnlock()
	if current {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.read(ctx, last); err != nil {
		return err
	}
	backlog, err := backlogOf(ctx, b.view, b.project)
	if err == nil {
		b.backlog, b.act = backlog, last
	}
	return err
}

// read takes in what was counted, or is counted no more, after the acts at hand.
func (b *Book) read(ctx context.Context, last int) error {
	fresh := len(b.figures)
	for c, err := range b.view.CountedSince(ctx, b.project, b.act, last) {
		if err != nil {
			return err
		}
		if c.Made <= b.act {
			b.ended(c)
			continue
		}
		b.add(c)
	}
	if len(b.figures) > fresh {
		b.sort()
	}
	return nil
}

// ended notes that a figure at hand stands no more.
func (b *Book) ended(c store.CountedFrom) {
	for _, k := range b.at[c.Code] {
		f := &b.figures[k]
		if f.stage == c.Stage && f.Harm == c.Harm && f.Class == c.Class && f.made == c.Made {
			f.replaced = c.Replaced
		}
	}
}

func (b *Book) add(c store.CountedFrom) {
	c.Code, c.Place, c.Admin1, c.Country = b.word(c.Code), b.word(c.Place), b.word(c.Admin1), b.word(c.Country)
	c.Recorder, c.First, c.Grade, c.Means = b.word(c.Recorder), cairn.Date(b.word(string(c.First))), cairn.Grade(b.word(string(c.Grade))), cairn.MeansClass(b.word(string(c.Means)))
	c.Harm, c.Class = cairn.Harm(b.word(string(c.Harm))), cairn.Class(b.word(string(c.Class)))
	for k, p := range c.Parties {
		c.Parties[k] = b.word(p)
	}
	c.When = cairn.Period{}
	b.figures = append(b.figures, figure{Counted: c.Counted, stage: store.Stage(b.word(string(c.Stage))), days: days{number(c.FromDay), number(c.ToDay)},
		places: b.held(c.Places), made: c.Made, replaced: c.Replaced})
}

// word returns s as it is kept once.
func (b *Book) word(s string) string {
	if kept, ok := b.words[s]; ok {
		return kept
	}
	s = strings.Clone(s)
	b.words[s] = s
	return s
}

// held returns the keys of places as they are kept once.
func (b *Book) held(places []string) []string {
	key := strings.Join(places, "\x1f")
	kept, ok := b.places[key]
	if !ok {
		for _, p := range places {
			kept = append(kept, b.word(p))
		}
		b.places[key] = kept
	}
	return kept
}

// sort puts the figures in the order of their codes, as totals take them.
func (b *Book) sort() {
	slices.SortFunc(b.figures, func(x, y figure) int {
		if c := strings.Compare(x.Code, y.Code); c != 0 {
			return c
		}
		if c := strings.Compare(string(x.Harm), string(y.Harm)); c != 0 {
			return c
		}
		return strings.Compare(string(x.Class), string(y.Class))
	})
	clear(b.at)
	for k, f := range b.figures {
		if f.replaced == 0 {
			b.at[f.Code] = append(b.at[f.Code], k)
		}
	}
}
