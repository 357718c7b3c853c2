package recorder

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/identify"
)

// as lets somebody else act on the same record.
func as(r *Recorder, who string) *Recorder {
	other := *r
	other.settings.Who = who
	return &other
}

func TestTwoWhoLabelBlindlyAndAgreeDecide(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		enrolled(t, r, "Ministry", ministry1)
		enrolled(t, r, "Monitor", "name,age,sex,place,date\nSami Abd al-Rahman Haddad,,,,\nRami Najar,27,M,Selm Bridge,2031-05-12\n")
		links(t, r)
		p, err := r.People(ctx)
		if err != nil {
			t.Fatal(err)
		}
		pairs := identify.ToLabel(p.Matches, p.Decided, nil, "Ana")
		if len(pairs) == 0 {
			t.Fatalf("no pair is doubtful among %+v", p.Matches)
		}
		a, b := pairs[0].A, pairs[0].B
		if _, err := r.LabelPair(ctx, a, "monitor/none", cairn.SamePerson, ""); err == nil {
			t.Error("a pair that nobody proposed is labelled")
		}
		if j, err := as(r, "Ana").LabelPair(ctx, a, b, cairn.SamePerson, ""); err != nil || j.ID != "" {
			t.Fatalf("one label decides: %+v, %v", j, err)
		}
		j, err := as(r, "Omar").LabelPair(ctx, b, a, cairn.SamePerson, "the fathers agree")
		if err != nil || j.Decision != cairn.Merge || j.Value != "Ana, Omar" {
			t.Fatalf("two who agree decide %+v, %v", j, err)
		}
		if p, _ = r.People(ctx); !identify.Judged(p.Decided, a, b) {
			t.Error("nothing is decided")
		}
		notes := ""
		if _, err := r.LinkPersons(ctx, func(s string) { notes += s }); err != nil || !strings.Contains(notes, "pairs that people looked at teach the weights: 1") {
			t.Errorf("the linkage says %q, %v", notes, err)
		}
		if _, err := r.Undo(ctx, j.ID, "a mistake"); err != nil {
			t.Fatal(err)
		}
		if p, _ = r.People(ctx); identify.Judged(p.Decided, a, b) {
			t.Error("it is not undone")
		}
		all, err := r.Labels(ctx)
		if err != nil || len(all) != 2 {
			t.Errorf("labels are %+v, %v", all, err)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("verify: %+v", f) }); err != nil {
			t.Error(err)
		}
	})
}
