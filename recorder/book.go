package recorder

import (
	"cmp"
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
// A figure takes less than a hundred bytes and holds no pointer: its words are
// numbers of a dictionary, so that a million incidents cost the collector of
// garbage nothing.
type Book struct {
	view    store.View
	project string

	mu      sync.RWMutex
	act     int // up to which the figures are at hand
	figures []figure
	codes   dictionary
	words   dictionary
	parties lists
	places  lists // the keys of a place and of all that hold it
	backlog total.Backlog
}

// A figure is one that totals count, while it stands from one act to another. Its
// words are numbers of the book's dictionaries.
type figure struct {
	code, stage, grade, recorder, harm, class uint32
	first, place, admin1, country, means      uint32
	parties, places                           uint32
	from, to                                  int32 // the first and the last day that its dates can mean; 0 is unknown
	low, high                                 int32 // -1 is unknown
	made, replaced                            int32 // 0 while it stands
	open                                      bool
}

// A dictionary keeps each word once, by number.
type dictionary struct {
	words  []string
	number map[string]uint32
}

func (d *dictionary) of(s string) uint32 {
	if n, ok := d.number[s]; ok {
		return n
	}
	if d.number == nil {
		d.number = map[string]uint32{}
	}
	s = strings.Clone(s)
	d.words = append(d.words, s)
	d.number[s] = uint32(len(d.words) - 1)
	return d.number[s]
}

// lists keeps each list of words once, by number.
type lists struct {
	dictionary
	all [][]string
}

func (l *lists) of(words []string) uint32 {
	n := l.dictionary.of(strings.Join(words, "\x1f"))
	if int(n) == len(l.all) {
		l.all = append(l.all, slices.Clone(words))
	}
	return n
}

// NewBook begins a book of a project. It reads nothing yet.
func NewBook(view store.View, project string) *Book { return &Book{view: view, project: project} }

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
	w := b.wish(q, places, act)
	var parts []total.Figures
	for start := 0; start < len(b.figures); {
		end := min(len(b.figures), start+len(b.figures)/workers()+1)
		for end < len(b.figures) && b.figures[end].code == b.figures[end-1].code {
			end++
		}
		some := b.figures[start:end]
		parts = append(parts, func(yield func(*cairn.Counted) bool) {
			var c cairn.Counted
			for k := range some {
				if !w.takes(&some[k]) {
					continue
				}
				if b.spell(&some[k], &c); !yield(&c) {
					return
				}
			}
		})
		start = end
	}
	return parts
}

// spell writes a figure in words.
func (b *Book) spell(f *figure, c *cairn.Counted) {
	w := b.words.words
	c.Code, c.Grade, c.Recorder, c.Harm, c.Class = b.codes.words[f.code], cairn.Grade(w[f.grade]), w[f.recorder], cairn.Harm(w[f.harm]), cairn.Class(w[f.class])
	c.First, c.Place, c.Admin1, c.Country, c.Means = cairn.Date(w[f.first]), w[f.place], w[f.admin1], w[f.country], cairn.MeansClass(w[f.means])
	c.Parties, c.Range = b.parties.all[f.parties], cairn.Range{Min: boundOf(f.low), Max: boundOf(f.high), Open: f.open}
}

func boundOf(n int32) cairn.Bound {
	if n < 0 {
		return cairn.Bound{}
	}
	return cairn.N(int(n))
}

// A wish is what a query asks of figures. Here says of each list of places
// whether it is among those asked for; nil asks for any.
type wish struct {
	stage    uint32
	act      int32
	from, to int32
	here     []bool
}

func (b *Book) wish(q Query, places []string, act int) wish {
	stage, ok := b.words.number[string(q.stage())]
	if !ok {
		stage = 1<<32 - 1 // nothing stands there
	}
	w := wish{stage: stage, act: int32(min(act, 1<<31-1)), to: 1<<31 - 1}
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
	w.here = make([]bool, len(b.places.all))
	for n, of := range b.places.all {
		w.here[n] = slices.ContainsFunc(wanted, func(p string) bool { return slices.Contains(of, p) })
	}
	return w
}

func (w *wish) takes(f *figure) bool {
	switch {
	case f.made > w.act || f.replaced != 0 && f.replaced <= w.act || f.stage != w.stage:
		return false
	case f.from > w.to || f.to != 0 && f.to < w.from:
		return false
	}
	return w.here == nil || w.here[f.places]
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
	if len(fresh) > 0 {
		b.figures = append(b.figures, fresh...)
		b.sort()
	}
	return nil
}

// ended notes that a figure at hand stands no more.
func (b *Book) ended(c store.CountedFrom) {
	stage, harm, class := b.words.of(string(c.Stage)), b.words.of(string(c.Harm)), b.words.of(string(c.Class))
	k, _ := slices.BinarySearchFunc(b.figures, c.Code, func(f figure, code string) int { return strings.Compare(b.codes.words[f.code], code) })
	for ; k < len(b.figures) && b.codes.words[b.figures[k].code] == c.Code; k++ {
		f := &b.figures[k]
		if f.stage == stage && f.harm == harm && f.class == class && f.made == int32(c.Made) {
			f.replaced = int32(c.Replaced)
		}
	}
}

func (b *Book) figureOf(c store.CountedFrom) figure {
	w := &b.words
	return figure{
		code: b.codes.of(c.Code), stage: w.of(string(c.Stage)), grade: w.of(string(c.Grade)), recorder: w.of(c.Recorder), harm: w.of(string(c.Harm)), class: w.of(string(c.Class)),
		first: w.of(string(c.First)), place: w.of(c.Place), admin1: w.of(c.Admin1), country: w.of(c.Country), means: w.of(string(c.Means)),
		parties: b.parties.of(c.Parties), places: b.places.of(c.Places), from: number(c.FromDay), to: number(c.ToDay),
		low: numberOf(c.Range.Min), high: numberOf(c.Range.Max), made: int32(c.Made), replaced: int32(c.Replaced), open: c.Range.Open,
	}
}

func numberOf(b cairn.Bound) int32 {
	if !b.Known {
		return -1
	}
	return int32(min(b.N, 1<<31-1))
}

// sort puts the figures in the order of their codes, as totals take them.
func (b *Book) sort() {
	rank := ranks(b.codes.words)
	harm := ranks(b.words.words)
	slices.SortFunc(b.figures, func(x, y figure) int {
		return cmp.Or(cmp.Compare(rank[x.code], rank[y.code]), cmp.Compare(harm[x.harm], harm[y.harm]), cmp.Compare(harm[x.class], harm[y.class]))
	})
}

// ranks returns the place of each word in their order.
func ranks(words []string) []uint32 {
	order := make([]uint32, len(words))
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(words[x], words[y]) })
	rank := make([]uint32, len(words))
	for place, n := range order {
		rank[n] = uint32(place)
	}
	return rank
}
