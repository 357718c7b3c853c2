package recorder

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
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

func agree(t testing.TB, r *Recorder, b *Book) {
	t.Helper()
	for _, q := range []Query{
		{}, {By: "month"}, {By: "belligerent", Grades: cairn.Grades}, {By: "place", Grades: cairn.Grades}, {Place: "Orvane", Grades: cairn.Grades},
		{From: "2031-05-05", To: "2031-05", Grades: cairn.Grades}, {Stage: store.Signed, Grades: cairn.Grades}, {AsOf: "2031-06-02", Grades: cairn.Grades}, {Moment: store.Moment{Act: 4}, Grades: cairn.Grades},
	} {
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
