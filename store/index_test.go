package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// told are invented reports in five languages.
var told = []cairn.Document{
	{ID: "d1", Title: "Shell on the market", Source: "Vale News", Text: "Seven people died near the old mill of Zumra, a nurse said."},
	{ID: "d2", Source: "شبكة الوادي", Text: "قُتل سبعة أشخاص قرب الطاحونة القديمة في زُمرة، وأُصيب آخرون بالشظايا."},
	{ID: "d3", Source: "Долина", Text: "Біля млина в Зумрі загинули семеро людей, їх відвезли до лікарні."},
	{ID: "d4", Source: "El Valle", Text: "Murieron siete personas junto al molino; el café quedó en ruinas."},
	{ID: "d5", Source: "Vale News", Text: "100% of the mill’s roof is gone: “nothing” is left (see d_1)."},
	{ID: "d7", Source: "الوادي", Text: "قال رسول الله ﷺ ⑴ ½ ﹰ"},
	{ID: "d6", Source: "Ёлкино", Text: "Ёлка у мельницы сгорела, погибли семеро."},
}

// ids are the documents that a text finds, the newest first.
func ids(t testing.TB, v store.View, text string) string {
	t.Helper()
	var all []string
	for _, s := range must[[]store.Shelved](t)(v.Documents(ctx, store.DocumentFilter{Text: text})) {
		all = append(all, s.Document.ID)
	}
	return strings.Join(all, " ")
}

func TestDocumentsAreFoundByTheirWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, d := range told {
			write(t, s, "take", func(tx *store.Tx) error { return tx.PutDocument(ctx, d) })
		}
		for text, want := range map[string]string{
			"nurse":            "d1",
			"NURSE Zumra":      "d1",
			"nurse zumra café": "",
			"mil":              "d5 d1", // the beginning of a word, the newest first
			"ill":              "",      // and not its middle
			"ark":              "d1",    // but the middle of a title
			"cafe":             "d4",
			"CAFÉ":             "d4",
			"طاحونه":           "d2", // without its article, with another letter
			"الطاحونة":         "d2",
			"زمرة":             "d2",
			"بالشظايا":         "d2",
			"شظايا":            "d2",
			"лікарн":           "d3",
			"елка":             "d6",
			"Загинули семеро":  "d3",
			"семеро":           "d6 d3",
			"vale":             "d5 d1",
			"100%":             "d5",
			"d_1":              "d5",
			`"nothing" (`:      "d5",
			`nurse' AND "x`:    "",
			"NOT nurse":        "",
			"*":                "",
			"d":                "d6 d7 d5 d4 d3 d2 d1",
			"ﷺ":                "d7",
			"⑴ ½":              "d7",
		} {
			if got := ids(t, s.View, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		changed := told[0]
		changed.Text = "Nobody died."
		write(t, s, "redo", func(tx *store.Tx) error { return tx.PutDocument(ctx, changed) })
		same(t, "what it said before", ids(t, s.View, "nurse"), "")
		same(t, "what it says", ids(t, s.View, "nobody"), "d1")
		write(t, s, "take out", func(tx *store.Tx) error { return tx.TakeOut(ctx, "d4", "a court", "asked") })
		same(t, "what was taken out", ids(t, s.View, "café"), "")
	})
}

func TestAnExcerptIsOfWhatWasFound(t *testing.T) {
	long := strings.Repeat("اشتعلت النيران في السوق ", 40)
	for _, test := range []struct{ text, sought, want string }{
		{"Seven people died near\n\nthe old mill of Zumra.", "mills MILL", "Seven people died near the old |mill| of Zumra."},
		{"قُتل سبعة قرب الطاحونة القديمة.", "طاحونه", "قُتل سبعة قرب |الطاحونة| القديمة."},
		{"Murieron en el café.", "cafe", "Murieron en el |café|."},
		{"nobody", "mill", "||"},
		{"nobody", "", "||"},
		{long + "الطاحونة " + long, "طاحونة", "… النيران في السوق اشتعلت النيران في السوق اشتعلت النيران في السوق |الطاحونة| اشتعلت النيران في السوق اشتعلت النيران في السوق اشتعلت النيران …"},
		{strings.Repeat("я", 200) + "mill", "яяя", "|" + strings.Repeat("я", 200) + "mill|"},
		{strings.Repeat("ж.", 200) + "mill", "mill", "… |mill|"},
	} {
		e := store.ExcerptOf(test.text, test.sought)
		got := e.Before + "|" + e.Words + "|" + e.After
		if !utf8.ValidString(got) || got != test.want {
			t.Errorf("%.60q for %q is %q, want %q", test.text, test.sought, got, test.want)
		}
	}
}

// People of the lists are invented.
func TestEntriesAreFoundByTheirNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		entries := []cairn.Entry{
			{List: "ministry", Key: "1", Number: 1, Values: map[string]string{"name": "Sami Haddad", "place": "Zumra"}, Written: map[string]string{"name": "سامي حدّاد"}},
			{List: "ministry", Key: "2", Number: 2, Values: map[string]string{"given_name": "Lina", "family_name": "al-Haddad"}},
			{List: "ministry", Key: "3", Number: 3, Values: map[string]string{"name": "Оксана Гаддад"}},
		}
		put := func() {
			write(t, s, "list", func(tx *store.Tx) error {
				return errors.Join(tx.PutProject(ctx, project("zumra")), tx.PutList(ctx, cairn.List{ID: "ministry", Project: "zumra"}), tx.PutEntries(ctx, "zumra", "ministry", entries))
			})
		}
		put()
		named := func(project, text string) string {
			var all []string
			for _, e := range must[[]cairn.Entry](t)(s.EntriesNamed(ctx, project, text, 10)) {
				all = append(all, e.Name())
			}
			return strings.Join(all, " ")
		}
		for text, want := range map[string]string{"haddad": "p1 p2", "lina had": "p2", "سامي": "p1", "حداد": "p1", "гадд": "p3", "zumra": "", "": "", `"`: ""} {
			same(t, text, named("zumra", text), want)
		}
		same(t, "another project", named("selm", "haddad"), "")
		entries[0].Values = map[string]string{"name": "Sami Najjar"}
		entries[0].Written = nil
		put()
		same(t, "another name", named("zumra", "haddad")+" "+named("zumra", "najjar"), "p2 p1")
	})
}

// A store that has no index, of an earlier cairn or a copy, gets one when it is opened.
func TestAnEarlierStoreIsIndexed(t *testing.T) {
	where := filepath.Join(t.TempDir(), "cairn.db")
	s, err := store.Open(ctx, where)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, "take", func(tx *store.Tx) error {
		for n := range 450 {
			if err := tx.PutDocument(ctx, cairn.Document{ID: fmt.Sprintf("n%03d", n), Text: "the mill"}); err != nil {
				return err
			}
		}
		return tx.PutEntries(ctx, "zumra", "ministry", []cairn.Entry{{List: "ministry", Key: "1", Number: 1, Values: map[string]string{"name": "Sami Haddad"}}})
	})
	if err := s.Forget(ctx); err != nil {
		t.Fatal(err)
	}
	same(t, "forgotten", ids(t, s.View, "mill"), "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := storetest.Open(t, where)
	if got := len(strings.Fields(ids(t, again.View, "mill"))); got != 450 {
		t.Errorf("%d documents are found, want 450", got)
	}
	if got := must[[]cairn.Entry](t)(again.EntriesNamed(ctx, "zumra", "haddad", 9)); len(got) != 1 {
		t.Errorf("%d entries are found, want 1", len(got))
	}
}

// Whatever is asked for is an answer, and the same one on both engines.
func FuzzDocumentsFoundByWords(f *testing.F) {
	for _, s := range []string{"mill", `"mill`, "mill*", "mill AND", "الطاحونة", "m'ill", "a\x00b", "≡6431", "Ё", "%", "\\", ":*", "ﷺ", "⑴", "ͺ", "½ ⒈"} {
		f.Add(s)
	}
	var stores []*store.Store
	for _, place := range []func(testing.TB) string{storetest.SQLite, storetest.Postgres} {
		s := storetest.Open(f, place(f))
		for _, d := range told {
			write(f, s, "take", func(tx *store.Tx) error { return tx.PutDocument(ctx, d) })
		}
		stores = append(stores, s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := ids(t, stores[1].View, text), ids(t, stores[0].View, text); got != want {
			t.Errorf("%q finds %q in PostgreSQL and %q in SQLite", text, got, want)
		}
	})
}

// BenchmarkSearch100000Documents asks for words that are rare, common and nowhere.
func BenchmarkSearch100000Documents(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s, random := storetest.Open(b, place(b)), rand.New(rand.NewPCG(1, 2))
			for n := 0; n < 100_000; n += 1000 {
				write(b, s, "take", func(tx *store.Tx) error {
					var err error
					for k := n; k < n+1000 && err == nil; k++ {
						var text strings.Builder
						for range 120 {
							fmt.Fprintf(&text, "w%d ", int(random.ExpFloat64()*2000))
						}
						err = tx.PutDocument(ctx, cairn.Document{ID: fmt.Sprintf("n%06d", k), Title: "Report", Source: "Vale News", Text: text.String()})
					}
					return err
				})
			}
			for what, text := range map[string]string{"common": "w17", "both": "w17 w1900", "rare": "w15999", "nowhere": "zumra"} {
				b.Run(what, func(b *testing.B) {
					for b.Loop() {
						must[[]store.Shelved](b)(s.Documents(ctx, store.DocumentFilter{Text: text, Limit: 21}))
					}
				})
			}
		})
	}
}
