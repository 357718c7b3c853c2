package store_test

import (
	"fmt"
	"testing"

	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// A page of documents with a word is the same whether the word is common among the
// newest or stands in old ones alone.
func TestAPageOfAWordIsOfTheNewest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for n := range 30 {
			write(t, s, "take", func(tx *store.Tx) error {
				for k := range 25 {
					d := document(fmt.Sprintf("d%03d", n*25+k))
					d.Text = "Text"
					if k%3 == 0 {
						d.Text += " market"
					}
					if n < 5 {
						d.Text += " harbour"
					}
					if n == 29 && k < 4 || n == 2 {
						d.Source = "Bridge Post"
					}
					if err := tx.PutDocument(ctx, d); err != nil {
						return err
					}
				}
				return nil
			})
		}
		for _, text := range []string{"market", "harbour", "market harbour", "bridge", "bridge post", "text", "nowhere"} {
			all := must[[]store.Shelved](t)(s.Documents(ctx, store.DocumentFilter{Text: text}))
			for _, limit := range []int{1, 7, 50} {
				var paged []string
				for after := ""; ; {
					page := must[[]store.Shelved](t)(s.Documents(ctx, store.DocumentFilter{Text: text, Limit: limit, After: after}))
					for _, d := range page {
						paged = append(paged, d.Document.ID)
					}
					if len(page) < limit {
						break
					}
					after = page[limit-1].Document.ID
				}
				var want []string
				for _, d := range all {
					want = append(want, d.Document.ID)
				}
				same(t, fmt.Sprintf("%s by %d", text, limit), paged, want)
			}
		}
	})
}
