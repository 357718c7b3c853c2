package recorder

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/store"
)

// photographed is a record with a photo, what a machine read off it, translated,
// and a copy of it with a part unseen.
func photographed(t *testing.T, r *Recorder) (photo, copied cairn.Ref, read string) {
	t.Helper()
	if _, err := r.Import(ctx, []string{file(t, "photos.zip", string(photos(t)))}, cairn.Given{}, Progress{}); err != nil {
		t.Fatal(err)
	}
	all, err := r.View().Likenesses(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.Fault == "" {
			photo = l.Ref
		}
	}
	copy, err := r.Redact(ctx, string(photo), []cairn.Box{{Right: .5, Bottom: .5}}, "a face")
	if err != nil {
		t.Fatal(err)
	}
	s := cairn.Scan{Form: cairn.ScanForm, Of: photo, Tool: "tesseract 5", Languages: []string{"eng"}, Pages: []cairn.ScanPage{{Page: 1, Width: 100, Height: 100, Lines: [][]cairn.ScanWord{{}}}}}
	for _, word := range strings.Fields("Four people were killed in Orvane on 3 May 2031 said Marta Invented") {
		s.Pages[0].Lines[0] = append(s.Pages[0].Lines[0], cairn.ScanWord{Text: word, Confidence: 90})
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	receipt := cairn.Receipt{Ref: cairn.RefOf(text), From: "scan:" + string(photo), How: howScan, At: noon, Who: "Ana", Outcome: cairn.Fetched, Media: "application/json",
		Size: int64(len(text)), Within: &cairn.Within{Ref: photo, Kind: howScan, At: noon}}
	if _, err := r.Take(ctx, collect.Item{Receipt: receipt, Bytes: text}); err != nil {
		t.Fatal(err)
	}
	read = documentOf(t, r, receipt.Ref)
	if _, err := r.PutTranslation(ctx, cairn.Translation{Document: read, Language: "uk", Tool: "mt 1", Text: "Сказала Марта Вигадана."}, ""); err != nil {
		t.Fatal(err)
	}
	return photo, copy.Ref, read
}

func TestWhatWasMadeOfSomethingGoesWithIt(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		photo, copied, read := photographed(t, r)
		for range 2 { // the second ends what a kill may have left
			removal, err := r.Remove(ctx, string(photo), "at the wish of Marta's family", "Court of Orvane, order 7")
			if err != nil || removal.Ref != photo || removal.Who != "Ana" {
				t.Fatalf("%+v, %v", removal, err)
			}
		}
		d, err := r.View().Document(ctx, read)
		if err != nil || !d.TakenOut() || d.Text != "" {
			t.Errorf("what was read off it: %+v, %v", d, err)
		}
		if translations, err := r.View().Translations(ctx, read); err != nil || len(translations) != 1 || translations[0].Text != "" || translations[0].Tool != "mt 1" {
			t.Errorf("its translations: %+v, %v", translations, err)
		}
		for _, ref := range []cairn.Ref{photo, copied, d.Ref} {
			if tomb, err := r.Originals().Tombstone(ref); r.Originals().Has(ref) || err != nil || tomb.Authority != "Court of Orvane, order 7" {
				t.Errorf("%s: %+v, %v", ref.Short(), tomb, err)
			}
		}
		chain, err := CustodyOf(ctx, r.View(), string(photo))
		if err != nil || len(chain) != 3 || !strings.HasSuffix(chain[1].Why, ")") {
			t.Errorf("the chain of custody is %+v, %v", chain, err)
		}
		verified, err := r.Verify(ctx, func(f Fault) { t.Errorf("after it: %s", f) })
		if err != nil || verified.Tombstones != 3 {
			t.Errorf("%+v, %v", verified, err)
		}
		if sum, err := r.Import(ctx, []string{file(t, "photos.zip", string(photos(t)))}, cairn.Given{}, Progress{}); err != nil || r.Originals().Has(photo) {
			t.Errorf("taken in again: %+v, %v", sum, err)
		}
	})
}

// A copy with a face unseen may be what stays when the photo has to go.
func TestACopyMayStayWhenTheOriginalGoes(t *testing.T) {
	r := local(t)
	photo, copied, _ := photographed(t, r)
	var invalid cairn.Invalid
	if _, err := r.Remove(ctx, string(photo), "a wish", "a court", "nothing"); !errors.As(err, &invalid) || invalid.Field != "keep" {
		t.Errorf("kept is what was not made of it: %v", err)
	}
	removal, err := r.Remove(ctx, string(photo), "a wish", "a court", string(copied))
	if err != nil || len(removal.Made) != 1 || !r.Originals().Has(copied) || r.Originals().Has(photo) {
		t.Errorf("%+v, %v", removal, err)
	}
	if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("after it: %s", f) }); err != nil {
		t.Error(err)
	}
}

// A document of which no bytes came is one of many, and goes alone.
func TestADocumentWithoutBytesGoesAlone(t *testing.T) {
	r := local(t)
	for _, address := range []string{"https://orvane.example/a", "https://orvane.example/b"} {
		if _, err := r.Take(ctx, collect.Item{Receipt: cairn.Receipt{From: address, How: "http", At: noon, Who: "Ana", Outcome: cairn.Gone}}); err != nil {
			t.Fatal(err)
		}
	}
	shelved, err := r.View().Documents(ctx, store.DocumentFilter{ByID: true})
	if err != nil || len(shelved) != 2 {
		t.Fatalf("%+v, %v", shelved, err)
	}
	if _, err := r.Remove(ctx, shelved[0].Document.ID, "a wish", "a court"); err != nil {
		t.Fatal(err)
	}
	if left, err := r.View().Document(ctx, shelved[1].Document.ID); err != nil || left.TakenOut() {
		t.Errorf("the other is %+v, %v", left, err)
	}
}
