package recorder

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
	"github.com/cairn-recorder/cairn/total"
)

// A book answers what the store does, after every act and for every past moment.
func TestABookAnswersAsTheStoreDoes(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		random := rand.New(rand.NewPCG(3, 5))
		day := noon
		r.settings.Now = func() time.Time { return day }
		b := NewBook(r.View(), "tarn")
		bring(t, r, reports)
		for n := range 25 {
			day = day.Add(5 * time.Hour)
			switch {
			case n%5 == 0:
				bring(t, r, invention(random, n)+invention(random, n+1000))
			case n%5 == 1:
				split(t, r, random)
			case n%5 == 2:
				must(t)(r.Override(ctx, anyOf(t, r, random), "killed", "3–5", "as it seems"))
			case n%5 == 3:
				decide(t, r, random)
			default:
				if _, err := r.Sign(ctx, anyOf(t, r, random), ""); err != nil && n < 10 {
					t.Log(err)
				}
			}
			agree(t, r, b)
		}
	})
}

// A book of many pages follows changes on any of them, and parts those that fill.
func TestABookOfManyPagesFollows(t *testing.T) {
	folder := t.TempDir()
	where := filepath.Join(folder, "cairn.db")
	r := at(t, where, folder)
	storetest.Fill(t, where, "tarn", 2*pageFull)
	b := NewBook(r.View(), "tarn")
	agree(t, r, b)
	if len(b.pages) < 4 {
		t.Fatalf("%d figures stand on %d pages", 4*pageFull, len(b.pages))
	}
	random := rand.New(rand.NewPCG(7, 1))
	for range 4 {
		must(t)(r.Override(ctx, fmt.Sprintf("V%d", 1+random.IntN(2*pageFull)), "killed", "3–5", "as it seems"))
		bring(t, r, reports)
		agree(t, r, b)
	}
	for k, p := range b.pages {
		if len(p) == 0 || len(p) > pageFull+10 || k > 0 && b.compare(b.pages[k-1][len(b.pages[k-1])-1].Code, p[0].Code) >= 0 {
			t.Errorf("page %d of %d figures stands out of order", k, len(p))
		}
	}
}

func agree(t testing.TB, r *Recorder, b *Book) {
	t.Helper()
	queries := []Query{
		{}, {Place: "Orvane", Grades: cairn.Grades}, {From: "2031-05-05", To: "2031-05", Grades: cairn.Grades}, {Stage: store.Signed, Grades: cairn.Grades},
		{AsOf: "2031-06-02", Grades: cairn.Grades}, {Moment: store.Moment{Act: 4}, Grades: cairn.Grades},
	}
	for _, by := range total.Groupings {
		queries = append(queries, Query{By: string(by), Grades: cairn.Grades})
	}
	for _, q := range queries {
		q.Project = "tarn"
		want, err := Total(ctx, r.View(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := b.Total(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if asJSON(t, got) != asJSON(t, want) {
			t.Fatalf("of %+v the book says\n%s\nthe store\n%s", q, asJSON(t, got), asJSON(t, want))
		}
	}
}
