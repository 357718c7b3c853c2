package site

import (
	"slices"

	"github.com/cairn-recorder/cairn"
)

// compact is a release for the script of the pages that are written to a folder:
// all that filters, maps and totals need. Words that stand often are numbers of
// its Words.
type compact struct {
	Release  int                `json:"release"`
	Day      cairn.Date         `json:"day"`
	Grades   []cairn.Grade      `json:"grades"`
	Words    []string           `json:"words"`
	Places   []compactPlace     `json:"places"`
	Rows     [][]any            `json:"rows"` // code, page, grade, recorder, first, from, to, place, means, parties, figures, sources, review, strike status, origins, former codes, the period as it is given
	Shared   []cairn.SharedToll `json:"shared,omitempty"`
	Coverage []cairn.Coverage   `json:"coverage,omitempty"`
}

// A compactPlace is a place of it. Keys are numbers of words.
type compactPlace struct {
	Name   string            `json:"n,omitempty"`
	ID     string            `json:"i,omitempty"`
	Page   string            `json:"s,omitempty"`
	Names  map[string]string `json:"t,omitempty"`
	Point  *cairn.Point      `json:"p,omitempty"`
	Admin1 int               `json:"a"`
	State  int               `json:"c"`
	Pin    bool              `json:"e,omitempty"`
	Close  int               `json:"u"` // how closely the place is given, as a number of a word
	Reach  float64           `json:"m,omitempty"`
	Keys   []int             `json:"k"`
}

// wordbook numbers words.
type wordbook struct {
	words []string
	at    map[string]int
}

func (b *wordbook) of(s string) int {
	if n, ok := b.at[s]; ok {
		return n
	}
	if b.at == nil {
		b.at = map[string]int{}
	}
	b.at[s] = len(b.words)
	b.words = append(b.words, s)
	return b.at[s]
}

func (b *wordbook) all(many []string) []int {
	numbers := make([]int, 0, len(many))
	for _, s := range many {
		numbers = append(numbers, b.of(s))
	}
	return numbers
}

// writeCompact writes the release as a script, since a page of a folder may read
// no other file.
func writeCompact(_ *Site, x *index, _ selection) ([]byte, error) {
	c := compact{Release: x.release.Number, Day: x.release.Day, Grades: x.release.Grades, Shared: x.release.Shared, Coverage: x.release.Coverage, Places: []compactPlace{}, Rows: [][]any{}}
	var book wordbook
	book.of("")
	at := map[string]int{}
	for i, l := range x.listings {
		key := x.placeKey[i]
		page := ""
		if key != "" {
			page = slugOf(key)
		}
		form, err := encoded(l.Place)
		if err != nil {
			return nil, err
		}
		form = append(form, key...)
		k, ok := at[string(form)]
		if !ok {
			k = len(c.Places)
			at[string(form)] = k
			c.Places = append(c.Places, compactPlace{Name: l.Place.Name, ID: l.Place.ID, Page: page, Names: l.Place.Names, Point: l.Place.Point, Admin1: book.of(l.Place.Admin1), State: book.of(l.Place.Country), Pin: l.Place.Accuracy.Pin(), Close: book.of(string(l.Place.Accuracy)), Reach: l.Place.Accuracy.Metres(), Keys: book.all(l.Place.Keys)})
		}
		figures := [][]int{}
		for _, f := range l.Figures {
			open := 0
			if f.Range.Open {
				open = 1
			}
			figures = append(figures, []int{slices.Index(cairn.Harms, f.Harm), slices.Index(cairn.Classes, f.Class), bound(f.Range.Min), bound(f.Range.Max), open})
		}
		review := 0
		if l.Review {
			review = 1
		}
		slug := x.slugs[l.Code]
		if slug == l.Code {
			slug = ""
		}
		c.Rows = append(c.Rows, []any{l.Code, slug, book.of(string(l.Grade)), book.of(l.Recorder), book.of(string(l.First())), book.of(x.days[i][0]), book.of(x.days[i][1]), k, book.of(string(l.Means)), book.all(l.Parties), figures, l.Heard, review, book.of(string(l.Strike)), l.Origins, book.all(l.Former), book.of(string(l.When.From)), book.of(string(l.When.To))})
	}
	c.Words = book.words
	body, err := encoded(c)
	return append([]byte("window.cairnRelease="), body...), err
}

// bound is an end of a range as a number, -1 where it is unknown.
func bound(b cairn.Bound) int {
	if !b.Known {
		return -1
	}
	return b.N
}
