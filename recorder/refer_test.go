package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAReferenceMovesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		code, other := codeOf(t, r, "wire"), codeOf(t, r, "selm")
		signs(t, r, code)
		signs(t, r, other)
		publishes(t, r, 1)
		ref := cairn.Reference{Kind: cairn.ByUnitedNations, Title: "Report of the commission", By: "Commission on Tarn", On: "2032", Where: "annex 2", Link: "https://commission.example/2"}
		if _, err := r.Refer(ctx, code, ref, ""); err != nil {
			t.Fatal(err)
		}
		publishes(t, r, 2)
		f := form(t, r, 2, code)
		if len(f.References) != 1 || f.References[0] != ref || f.Review || len(f.History) != 1 {
			t.Errorf("the form is %s", asJSON(t, f))
		}
		if f := form(t, r, 2, other); len(f.References) != 0 {
			t.Errorf("another has %s", asJSON(t, f.References))
		}
		if _, err := r.Merge(ctx, other, []string{code}, "they are one"); err != nil {
			t.Fatal(err)
		}
		signs(t, r, other)
		publishes(t, r, 3)
		if f := form(t, r, 3, other); len(f.References) != 1 {
			t.Errorf("merged, it has %s", asJSON(t, f.References))
		}
	})
}

func TestReferencesThatAreNone(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	code := codeOf(t, r, "wire")
	for _, test := range []struct {
		name string
		ref  cairn.Reference
		says string
	}{
		{"of no kind", cairn.Reference{Kind: "blog", Title: "A", By: "B"}, "as: want one of"},
		{"without a title", cairn.Reference{Kind: cairn.ByPress, By: "B"}, "title: is missing"},
		{"by nobody", cairn.Reference{Kind: cairn.ByPress, Title: "A"}, "by: is missing"},
		{"in a file", cairn.Reference{Kind: cairn.ByPress, Title: "A", By: "B", Link: "judgment.pdf"}, "link: want the address of a web page"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := r.Refer(ctx, code, test.ref, ""); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("it says %v, want %q", err, test.says)
			}
		})
	}
	if _, err := r.Refer(ctx, "none", cairn.Reference{Kind: cairn.ByPress, Title: "A", By: "B"}, ""); err == nil {
		t.Error("a reference to no incident is recorded")
	}
}
