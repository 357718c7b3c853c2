package extract

import (
	"slices"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestCliticsAreWordsOfTheirOwn(t *testing.T) {
	for _, test := range []struct {
		words string
		want  []string
	}{
		{"بين ٢٠ و٣٠", []string{"بين", "٢٠", "و", "٣٠"}},
		{"الصفحة ال١٩٢", []string{"الصفحة", "ال", "١٩٢"}},
		{"وبـ٢٠ ثم ١٥مترا", []string{"و", "بـ", "٢٠", "ثم", "١٥", "مترا"}},
		{"خيمة٢٠", []string{"خيمة", "٢٠"}},
		{"واحد وواحد", []string{"واحد", "و", "واحد"}},
		{"والواحدا فكتاب", []string{"و", "الواحدا", "فكتاب"}},
	} {
		r := New(Pack{}).parse(cairn.Document{ID: "c", Text: test.words, Language: "ar"})
		var got []string
		for _, x := range r.toks {
			got = append(got, x.span.Of(test.words))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s is cut into %q, not %q", test.words, got, test.want)
		}
	}
}
