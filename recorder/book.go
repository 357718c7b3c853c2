package recorder

import (
	"context"
	"slices"
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
// Figures are kept in numbers, see [total.Figure], on pages in the order of their
// codes, so that a change touches one page.
type Book struct {
	view    store.View
	project string

	mu      sync.RWMutex
	act     int // up to which the figures are at hand
	words   *total.Words
	places  total.Lists // the keys of a place and of all that hold it
	pages   []page
	grounds total.Grounds
	tolls   []*toll // in the order of compareTolls
	refused map[string][]store.Rejected
	backlog total.Backlog
}

// A figure is one that totals count, while it stands from one act to another.
type figure struct {
	total.Figure
	stage          uint8 // its place in stages
	places         uint32
	from, to       int32 // the first and the last day that its dates can mean; 0 is unknown
	made, replaced int32 // 0 while it stands
}

// stages are those that totals know.
var stages = []store.Stage{store.Proposed, store.Signed, store.Published}

// NewBook begins a book of a project. It reads nothing yet.
func NewBook(view store.View, project string) *Book {
	return &Book{view: view, project: project, words: new(total.Words)}
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
	answer.Backlog, answer.Campaigns = b.backlog, b.campaigns(q, s.Places, act)
	b.mu.RUnlock()
	answer.ID = identity(s, q, act)
	return answer, nil
}

// chosen yields the figures that q chooses as they stood after an act, in as many
// parts as there are processors.
func (b *Book) chosen(q Query, places []string, act int) total.Figures {
	w := b.wish(q, places, act)
	chosen := total.Figures{Words: b.words}
	for some := range slices.Chunk(b.pages, len(b.pages)/workers()+1) {
		chosen.Parts = append(chosen.Parts, func(yield func(*total.Figure) bool) {
			for _, p := range some {
				for k := range p {
					if w.takes(&p[k]) && !yield(&p[k].Figure) {
						return
					}
				}
			}
		})
	}
	return chosen
}

// A wish is what a query asks of figures. Here says of each list of places
// whether it is among those asked for; nil asks for any.
type wish struct {
	stage    uint8
	act      int32
	from, to int32
	here     []bool
}

func (b *Book) wish(q Query, places []string, act int) wish {
	w := wish{stage: uint8(slices.Index(stages, q.stage())), act: int32(min(act, 1<<31-1)), to: 1<<31 - 1}
	if q.From.Known() {
		w.from = number(string(cairn.DayOf(q.From.First())))
	}
	if q.To.Known() {
		w.to = number(string(cairn.DayOf(q.To.Last())))
	}
	wanted := store.PlaceKeys(places...)
	if len(wanted) == 0 {
		return w
	}
	w.here = make([]bool, len(b.places.All())+1)
	for n, of := range b.places.All() {
		w.here[n] = slices.ContainsFunc(wanted, func(p string) bool { return slices.Contains(of, p) })
	}
	return w
}

func (w *wish) takes(f *figure) bool {
	return f.stage == w.stage && w.stands(f.made, f.replaced, f.from, f.to, f.places)
}

// stands reports whether what was made and replaced by two acts stands at the act
// asked for, on some of its days and at one of its places.
func (w *wish) stands(made, replaced, from, to int32, places uint32) bool {
	switch {
	case made > w.act || replaced != 0 && replaced <= w.act:
		return false
	case from > w.to || to != 0 && to < w.from:
		return false
	}
	return w.here == nil || w.here[places]
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
	return b.read(ctx, last)
}

// read takes in what is counted, or is counted no more, after the acts at hand: all
// of it or, where something cannot be read, nothing that counts.
func (b *Book) read(ctx context.Context, last int) error {
	var fresh []figure
	for c, err := range b.view.CountedSince(ctx, b.project, b.act, last) {
		switch {
		case err != nil:
			return err
		case c.Made <= b.act:
			b.ended(c)
		default:
			fresh = append(fresh, b.figureOf(c))
		}
	}
	tolls, err := b.readTolls(ctx, last)
	if err != nil {
		return err
	}
	rejected, err := b.view.RejectedReports(ctx, b.project)
	if err != nil {
		return err
	}
	backlog, err := backlogOf(ctx, b.view, b.project)
	if err != nil {
		return err
	}
	b.add(fresh)
	b.refused = map[string][]store.Rejected{}
	for _, r := range rejected {
		b.refused[r.Document] = append(b.refused[r.Document], r)
	}
	b.tolls, b.backlog, b.act = tolls, backlog, last
	return nil
}

// ended notes that a figure at hand stands no more.
func (b *Book) ended(c store.CountedFrom) {
	was := b.figureOf(c)
	p := b.pages[b.pageOf(was.Code)]
	for k := range p {
		f := &p[k]
		if f.Code == was.Code && f.stage == was.stage && f.Harm == was.Harm && f.Class == was.Class && f.made == was.made {
			f.replaced = was.replaced
		}
	}
}

func (b *Book) figureOf(c store.CountedFrom) figure {
	return figure{
		Figure: b.words.Figure(&c.Counted), stage: uint8(slices.Index(stages, c.Stage)), places: b.places.Of(c.Places),
		from: number(c.FromDay), to: number(c.ToDay), made: int32(c.Made), replaced: int32(c.Replaced),
	}
}
