package recorder

import (
	"errors"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestATranslationStandsBesideItsDocument(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before := everything(t, r)
		for _, wrong := range []struct {
			t     cairn.Translation
			field string
		}{
			{cairn.Translation{Document: "wire", Language: "xx-", Tool: "mt 1", Text: "…"}, "language"},
			{cairn.Translation{Document: "wire", Language: "en-GB", Tool: "mt 1", Text: "…"}, "language"},
			{cairn.Translation{Document: "wire", Language: "ar", Text: "…"}, "by"},
			{cairn.Translation{Document: "wire", Language: "ar", By: "Lina", Text: " "}, "text"},
		} {
			var invalid cairn.Invalid
			if _, err := r.PutTranslation(ctx, wrong.t, ""); !errors.As(err, &invalid) || invalid.Field != wrong.field {
				t.Errorf("%+v is told as %v, want %s", wrong.t, err, wrong.field)
			}
		}
		for _, one := range []cairn.Translation{{Language: "ar", Tool: "mt 1", Text: "قُتل سبعة أشخاص في أورفان."}, {Language: "es", By: "Lina", Text: "Siete personas murieron en Orvane, dijo el alcalde."}} {
			one.Document = "wire"
			if _, err := r.PutTranslation(ctx, one, "for the reviewers"); err != nil {
				t.Fatal(err)
			}
		}
		if after := everything(t, r); after != before {
			t.Error("a translation changed what is counted")
		}
		all, err := r.View().Translations(ctx, "wire")
		if err != nil || len(all) != 2 || all[0].N != 1 || !all[0].Machine() || all[1].Machine() || all[1].Who != "Ana" || all[1].Why != "for the reviewers" {
			t.Fatalf("%+v, %v", all, err)
		}
		d, err := r.View().Document(ctx, "wire")
		if err != nil || all[0].Behind(d) {
			t.Errorf("a fresh translation is behind its document: %v", err)
		}
		read, claims, err := r.ReadTranslation(ctx, "wire", 2)
		if err != nil || read.N != 2 || len(claims) != 1 || claims[0].Figure.Low != cairn.N(7) || claims[0].Figure.Span.Of(all[1].Text) != "Siete" {
			t.Errorf("read when asked: %+v, %v", claims, err)
		}
		if after := everything(t, r); after != before {
			t.Error("what was read from a translation counts")
		}
		if err := r.DropTranslation(ctx, "wire", 1, "nonsense"); err != nil {
			t.Fatal(err)
		}
		if err := r.DropTranslation(ctx, "wire", 1, "nonsense"); !errors.Is(err, cairn.ErrNotFound) {
			t.Errorf("dropped twice: %v", err)
		}
		if _, _, err := r.ReadTranslation(ctx, "wire", 1); !errors.Is(err, cairn.ErrNotFound) {
			t.Errorf("read after it was dropped: %v", err)
		}
		if next, err := r.PutTranslation(ctx, cairn.Translation{Document: "wire", Language: "ar", By: "Lina", Text: "نص"}, ""); err != nil || next.N != 3 {
			t.Errorf("the next is %+v, %v", next, err)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("%s", f) }); err != nil {
			t.Error(err)
		}
	})
}
