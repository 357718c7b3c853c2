package web

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

func TestADocumentShowsEachClaimInItsWords(t *testing.T) {
	h := pages(t)
	n := page(t, h, "/documents/vale-1", http.StatusOK)
	for id, want := range map[string]string{"claim-1": "at least three", "claim-2": "a dozen", "claim-3": "seven", "claim-4": "several"} {
		if got := one(t, n, ".paper mark#"+id); got != want {
			t.Errorf("#%s marks %q, want %q", id, got, want)
		}
	}
	for _, card := range []struct{ id, want string }{
		{"card-1", "at least three: at least 3"},
		{"card-1", "floor 3, ceiling unknown by airwars/1"},
		{"card-1", "a nurse at the town's hospital “said” asserts"},
		{"card-1", "killed.active.3, at_least"},
		{"card-1", "Tahuna, Iraq: a village of 300 people, 410 km away"},
		{"card-2", "a dozen: a vague number word, 12 to 24"},
		{"card-3", "The Northern Army: Northern Army, denies it"},
		{"card-4", "unknown: no number is made of it"},
		{"card-4", "buildings"},
	} {
		if got := one(t, n, "#"+card.id); !strings.Contains(got, card.want) {
			t.Errorf("#%s does not say %q: %s", card.id, card.want, got)
		}
	}
	text := wordsOf(n)
	for _, want := range []string{"Invented correspondent", "Vale News", "fetched whole", string(cairn.RefOf([]byte(englishText))), reports()["vale"].reading().ID, "lexicon en/1 ar/1"} {
		if !strings.Contains(text, want) {
			t.Errorf("where it comes from does not say %q", want)
		}
	}
}

func TestATranslationStandsBesideTheOriginal(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	original := cairn.RefOf([]byte(englishText))
	for _, one := range []cairn.Translation{
		{Language: "ar", Tool: "mt 1.2", By: "Lina <i>", Title: "عنوان", Text: "قُتل ثلاثة.\n\nفقرة ثانية.", Of: original},
		{Language: "es", By: "Lina", Text: "Tres muertos.", Of: cairn.RefOf([]byte("as it was read before"))},
	} {
		one.Document, one.Who, one.At = "vale-1", "Ana", noon
		if _, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ana", What: "translate", On: "vale-1"}, func(tx *store.Tx) error {
			_, err := tx.PutTranslation(ctx, one)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	h := handler(t, s)
	n := page(t, h, "/documents/vale-1", http.StatusOK)
	told := all(t, n, ".translation .notice")
	if len(told) != 2 || !strings.Contains(told[0], "Arabic · Translated by a machine mt 1.2 looked over by Lina <i>. It is not the source") || strings.Contains(told[0], "otherwise since") ||
		!strings.Contains(told[1], "Spanish · Translated by Lina. It is not the source: no claim is read from it. The document is read otherwise since.") {
		t.Errorf("the translations are told as %q", told)
	}
	if got := all(t, n, `.translation .paper[lang="ar"] p`); len(got) != 3 || got[2] != "فقرة ثانية." {
		t.Errorf("the Arabic is %q", got)
	}
	if got := all(t, n, ".translation mark"); len(got) != 0 {
		t.Errorf("claims are marked in a translation: %q", got)
	}
	var twin struct {
		Translations []struct {
			N      int
			Tool   string
			Behind bool
		}
	}
	twinAt(t, h, "/documents/vale-1.json", &twin)
	if len(twin.Translations) != 2 || twin.Translations[0].Tool != "mt 1.2" || !twin.Translations[1].Behind {
		t.Errorf("the twin has %+v", twin)
	}
}

func TestADocumentSaysWhyEachClaimWasReadSo(t *testing.T) {
	n := page(t, pages(t), "/documents/vale-1", http.StatusOK)
	if got := one(t, n, "#card-1 .why summary"); got != "Why claim 1 was read so" {
		t.Errorf("the explanation is headed %q", got)
	}
	if got := all(t, n, "#card-1 .bracketed .part"); len(got) == 0 || got[0] != "figure at least three" {
		t.Errorf("the parts of the sentence are %q", got)
	}
	if got := isolates.Replace(one(t, n, "#card-1 .why dl")); !strings.Contains(got, "for which less spoke: a village of 300 people, 410 km away") {
		t.Errorf("it does not say why another place was not chosen: %s", got)
	}
	var twin struct {
		Claims []struct {
			Explanation struct {
				Sentences []string
				Reasons   []struct{ Of, Why string }
			}
		}
	}
	twinAt(t, pages(t), "/documents/vale-1.json", &twin)
	if e := twin.Claims[0].Explanation; len(e.Sentences) == 0 || !strings.Contains(e.Sentences[0], "[figure: at least three]") || len(e.Reasons) < 5 {
		t.Errorf("the twin explains %+v", e)
	}
}

func TestADocumentAndItsTwinHaveTheSameNumbers(t *testing.T) {
	h := pages(t)
	for _, path := range []string{"/documents/vale-1", "/documents/shabaka-1", "/documents/odd%2F1%3Fx=%23y", "/documents/locked"} {
		n := page(t, h, path, http.StatusOK)
		var twin struct {
			Document cairn.Document
			Claims   []struct {
				N     int
				Harm  cairn.Harm
				Range cairn.Range
			}
			Receipts []cairn.Receipt
		}
		twinAt(t, h, path+".json", &twin)
		var claims []string
		for _, c := range twin.Claims {
			claims = append(claims, count(c.N)+" "+harm(c.Harm)+" "+figure(c.Range))
		}
		equal(t, path, append([]string(nil), all(t, n, ".claim-card h3")...), claims)
		if got := attributes(n, `a[download]`, "href"); got[0] != "/originals/"+string(twin.Document.Ref) {
			t.Errorf("%s: the original is at %q", path, got)
		}
	}
}

func TestRightToLeftTextIsShownRight(t *testing.T) {
	n := page(t, pages(t), "/documents/shabaka-1", http.StatusOK)
	if got := attributes(n, ".paper", "lang"); len(got) != 1 || got[0] != "ar" {
		t.Errorf("the text is in language %q", got)
	}
	for _, dir := range attributes(n, ".paper p", "dir") {
		if dir != "auto" {
			t.Errorf("a paragraph runs %q", dir)
		}
	}
}

func TestOnlyAWebAddressIsALink(t *testing.T) {
	h := pages(t)
	if got := attributes(page(t, h, "/documents/vale-1", 200), `.provenance a[rel~="external"]`, "href"); len(got) != 1 || got[0] != "https://vale.example/1" {
		t.Errorf("the address of a page leads to %q", got)
	}
	if got := attributes(page(t, h, "/documents/vale-2", 200), `.provenance a[rel~="external"]`, "href"); len(got) != 0 {
		t.Errorf("an address that is a script leads to %q", got)
	}
}

func TestEveryReadingOfADocumentCanBeShown(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	vale := reports()["vale"]
	later := versions
	later.Lexicon = "en/2 ar/1"
	second := cairn.Reading{ID: cairn.ReadingID("vale-1", later), Document: "vale-1", Versions: later, Claims: vale.claims[:1]}
	write(t, s, "redo", "vale-1", "", func(tx *store.Tx) error { return tx.PutReading(ctx, "zumra", second) })
	h := handler(t, s)
	now := page(t, h, "/documents/vale-1", http.StatusOK)
	equal(t, "claims of the later reading", all(t, now, ".claim-card h3 .n"), []string{"1"})
	before := page(t, h, "/documents/vale-1?reading="+vale.reading().ID, http.StatusOK)
	equal(t, "claims of the earlier reading", all(t, before, ".claim-card h3 .n"), []string{"1", "2", "3", "4"})
	if got := one(t, before, ".notice"); !strings.Contains(got, "an earlier reading") {
		t.Errorf("the earlier reading says %q", got)
	}
	link := attributes(page(t, h, "/incidents/Z1", http.StatusOK), ".tally figcaption a", "href")[0]
	if want := "/documents/vale-1?reading=" + vale.reading().ID + "#claim-1"; link != want {
		t.Errorf("the incident, made of the earlier reading, leads to %s, want %s", link, want)
	}
}

func TestADocumentMayBeCalledLikeATwin(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	write(t, s, "take", "x.json", "", func(tx *store.Tx) error {
		return errors.Join(tx.PutDocument(ctx, cairn.Document{ID: "x.json", Title: "A report called x.json", Text: "x"}))
	})
	h := handler(t, s)
	if got := one(t, page(t, h, "/documents/x.json", 200), "h1"); got != "A report called x.json" {
		t.Errorf("shows %q", got)
	}
	var twin struct{ Document cairn.Document }
	if twinAt(t, h, "/documents/x.json.json", &twin); twin.Document.ID != "x.json" {
		t.Errorf("its twin is of %q", twin.Document.ID)
	}
}

func TestWhatASecondReaderSaidIsShownBeside(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	vale := reports()["vale"]
	of := cairn.Versions{Extractor: "second/1 tiny prompt-0", Lexicon: "none", Places: "none", Policy: "airwars/1"}
	kept := cairn.Reading{ID: cairn.ReadingID("vale-1", of), Document: "vale-1", Versions: of, Claims: vale.claims[:1]}
	write(t, s, "second", "vale-1", "", func(tx *store.Tx) error {
		return tx.PutSecondReading(ctx, cairn.SecondReading{Document: "vale-1", Extractor: of.Extractor, Outcome: cairn.SecondPartly, Tries: 2, Kept: 1, Reading: kept.ID,
			Dropped: []cairn.Dropped{{Harm: cairn.Killed, Words: "fifty", Reason: "cairn reads no such number in these words"}}}, kept)
	})
	h := handler(t, s)
	n := page(t, h, "/documents/vale-1", http.StatusOK)
	equal(t, "claims that the project goes by", all(t, n, ".claim-card h3 .n"), []string{"1", "2", "3", "4"})
	text := wordsOf(n)
	for _, want := range []string{"some of what it said stands in the text", "second/1 tiny prompt-0, 2 tries", "1 thing that it said and the text does not bear out", "fifty: cairn reads no such number in these words"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	other := page(t, h, "/documents/vale-1?reading="+kept.ID, http.StatusOK)
	if got := one(t, other, ".notice"); !strings.Contains(got, "a second reader, a language model") {
		t.Errorf("the reading of a second reader says %q", got)
	}
}
