package recorder

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/link"
	"github.com/cairn-recorder/cairn/store"
)

// codes writes the incidents that are shown, each with its documents.
func codes(t testing.TB, r *Recorder) string {
	t.Helper()
	found, err := r.View().Incidents(ctx, storeFilter(r))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range found {
		var of []string
		for _, c := range f.Incident.Claims {
			of = append(of, fmt.Sprintf("%s#%d", c.Document, c.N))
		}
		all = append(all, f.Incident.Code+": "+strings.Join(of, " "))
	}
	return strings.Join(all, "\n")
}

// must is for judgements that a test cannot do without.
func must(t testing.TB) func(cairn.Judgement, error) cairn.Judgement {
	return func(j cairn.Judgement, err error) cairn.Judgement {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
}

func TestMergeAndItsUndoing(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before, whole := codes(t, r), everything(t, r)
		j := must(t)(r.Merge(ctx, "T1", []string{"T2"}, "one attack on the road"))
		if got, want := codes(t, r), "T1: wire#1 herald#1 herald#2 selm#1"; got != want {
			t.Errorf("merged they are\n%s\nwant\n%s", got, want)
		}
		i, err := r.View().Incident(ctx, "tarn", "T2")
		if err != nil || i.Code != "T1" || len(i.Former) != 1 {
			t.Errorf("T2 answers with %s, formerly %v, %v", i.Code, i.Former, err)
		}
		if reasons := strings.Join(i.Reasons, "; "); !strings.Contains(reasons, "T2 was merged into it by Ana on 2031-06-01: one attack on the road") {
			t.Errorf("the reasons are %s", reasons)
		}

		// What comes later goes where the merge says, and undoes nothing.
		bring(t, r, `{"id":"late","source":"Selm Post","published":"2031-05-13","language":"en","text":"Two civilians were killed by a shell at Selm Bridge on 11 May 2031, its council said."}`)
		if got, want := codes(t, r), "T1: wire#1 herald#1 herald#2 selm#1 late#1"; got != want {
			t.Errorf("after an import they are\n%s\nwant\n%s", got, want)
		}
		if faults := verified(t, r); faults != "" {
			t.Errorf("faults: %s", faults)
		}
		must(t)(r.Undo(ctx, j.ID, "two roads"))
		if got, want := codes(t, r), "T1: wire#1 herald#1 herald#2\nT2: selm#1 late#1"; got != want {
			t.Errorf("undone they are\n%s\nwant\n%s, as before %s", got, want, before)
		}
		if i, err := r.View().Incident(ctx, "tarn", "T1"); err != nil || len(i.Former) > 0 || i.Judged {
			t.Errorf("undone, T1 is %+v, %v", i, err)
		}
		if strings.Contains(everything(t, r), "merged") || !strings.Contains(whole, "T2") {
			t.Error("what was undone left words behind")
		}
		if _, err := r.Undo(ctx, j.ID, ""); err == nil || !strings.Contains(err.Error(), "undone already") {
			t.Errorf("to undo twice is %v", err)
		}
	})
}

func TestSplit(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	before := everything(t, r)
	j := must(t)(r.Split(ctx, "T1", []cairn.ClaimRef{{Document: "herald"}}, "", "another street"))
	if got, want := codes(t, r), "T1: wire#1\nT1a: herald#1 herald#2\nT2: selm#1"; got != want {
		t.Errorf("split they are\n%s\nwant\n%s", got, want)
	}
	must(t)(r.Merge(ctx, "T2", []string{"T1a"}, ""))
	if got, want := codes(t, r), "T1: wire#1\nT2: herald#1 herald#2 selm#1"; got != want {
		t.Errorf("merged elsewhere they are\n%s\nwant\n%s", got, want)
	}
	must(t)(r.Split(ctx, "T2", []cairn.ClaimRef{{Document: "herald", N: 2}}, "T1", ""))
	if got, want := codes(t, r), "T1: wire#1 herald#2\nT2: herald#1 selm#1"; got != want {
		t.Errorf("one claim split they are\n%s\nwant\n%s", got, want)
	}
	wantInvalid(t, errOf(r.Split(ctx, "T1", []cairn.ClaimRef{{Document: "selm"}}, "", "")), "says nothing of T1")
	wantInvalid(t, errOf(r.Split(ctx, "T1", []cairn.ClaimRef{{Document: "wire"}, {Document: "herald"}}, "", "")), "without a claim")
	for _, id := range taken(t, r) {
		must(t)(r.Undo(ctx, id, ""))
	}
	if after := everything(t, r); after != before {
		t.Errorf("undone it is\n%s\nwant\n%s", after, before)
	}
	if i, err := r.View().Incident(ctx, "tarn", "T1a"); err != nil || i.Code != "T1" {
		t.Errorf("%s of old answers with %s, %v", j.Others, i.Code, err)
	}
}

func errOf(_ cairn.Judgement, err error) error { return err }

// taken returns the judgements that stand, the last first.
func taken(t testing.TB, r *Recorder) []string {
	t.Helper()
	all, stands, err := r.Judgements(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, j := range all {
		if stands(j) && !strings.Contains(j.ID, ".") {
			ids = append([]string{j.ID}, ids...)
		}
	}
	return ids
}

func TestOverride(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	before := sums(t, r, Query{})
	j := must(t)(r.Override(ctx, "T1", "killed", "8–9", "the mayor's list has eight names"))
	must(t)(r.Override(ctx, "T1", "grading", "confirmed", "the air force concedes it"))
	a, err := r.View().Assessment(ctx, "tarn", "T1")
	if err != nil {
		t.Fatal(err)
	}
	killed, _ := a.Tally(cairn.Killed, cairn.Civilian)
	if killed.Range.String() != "8–9" || a.Grade != cairn.Confirmed || len(a.Overrides) != 2 {
		t.Errorf("overridden it is %s %s, %+v", killed.Range, a.Grade, a.Overrides)
	}
	if len(killed.MinFrom) > 0 || len(killed.MaxFrom) == 0 {
		t.Errorf("the floor that a person set names %v, the ceiling that stays as computed %v", killed.MinFrom, killed.MaxFrom)
	}
	if o := a.Overrides[1]; o.Field != "killed" || o.Computed != "7–9" || o.Why == "" {
		t.Errorf("beside it stands %+v, want the computed 7–9", o)
	}
	// It goes on holding when more becomes known, and what is computed beside it moves.
	bring(t, r, `{"id":"late","source":"Selm Post","published":"2031-05-13","language":"en","text":"Eleven people were killed in the airstrike on Orvane on 3 May 2031, relatives said."}`)
	if a, err = r.View().Assessment(ctx, "tarn", "T1"); err != nil || a.Overrides[1].Computed != "7–11" {
		t.Errorf("after an import beside it stands %+v, %v", a.Overrides, err)
	}
	must(t)(r.Undo(ctx, j.ID, ""))
	if got := sums(t, r, Query{}); got == before || !strings.Contains(got, "killed civilian 9–13 of 2") && !strings.Contains(got, "7–11") {
		t.Errorf("undone the total is %s", got)
	}
	wantInvalid(t, errOf(r.Override(ctx, "T1", "killed", "9–8", "")), "killed")
	wantInvalid(t, errOf(r.Override(ctx, "T1", "grading", "certain", "")), "want confirmed")
	wantInvalid(t, errOf(r.Override(ctx, "T1", "weather", "3", "")), "cannot be overridden")
	if _, err := r.Override(ctx, "T9", "killed", "3", ""); !errors.Is(err, cairn.ErrNotFound) {
		t.Errorf("of an unknown incident it is %v", err)
	}
}

// Incidents that may be one are proposed, with those of other recorders, until a
// person decides.
func TestPairs(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	table := file(t, "others.csv", "code,date,place_en,lat,lon,loc_accuracy,belligerent,civilians_killed_min,civilians_killed_max\nX1,2031-05-03,Orvane,40,50,City,Tarn Air Force,7,9\nX2,2031-05-03,Orvane,40,50,City,Tarn Air Force,7,9\n")
	if _, err := r.ImportRows(ctx, []string{table}, Rows{As: "airwars", Of: "Other Monitor"}, Progress{}); err != nil {
		t.Fatal(err)
	}
	pairs := func() string {
		found, err := Pairs(ctx, r.View(), Query{Project: "tarn"})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range found {
			all = append(all, p.A+" "+p.B)
			if p.Score < link.Proposed || len(p.Reasons) < 2 {
				t.Errorf("%s and %s: %.1f, %v", p.A, p.B, p.Score, p.Reasons)
			}
		}
		return strings.Join(all, ", ")
	}
	if got, want := pairs(), "T1 X1, T1 X2"; got != want {
		t.Errorf("pairs are %s, want %s", got, want)
	}
	j := must(t)(r.NotSame(ctx, "T1", []string{"X2"}, "another house"))
	if got, want := pairs(), "T1 X1"; got != want {
		t.Errorf("pairs are %s, want %s", got, want)
	}
	must(t)(r.Merge(ctx, "T1", []string{"X1"}, "the same house"))
	must(t)(r.Undo(ctx, j.ID, ""))
	if got, want := pairs(), "T1 X2"; got != want {
		t.Errorf("pairs are %s, want %s", got, want)
	}
	// What another recorder says counts as one account more, and not twice.
	a, err := r.View().Assessment(ctx, "tarn", "T1")
	if killed, _ := a.Tally(cairn.Killed, cairn.Civilian); err != nil || killed.Range.String() != "7–9" {
		t.Errorf("merged with the other recorder's it is %s, %v", killed.Range, err)
	}
}

// invention is a report of an invented strike, one of many on a few days and
// towns.
func invention(random *rand.Rand, n int) string {
	town := []string{"Orvane", "Selm Bridge"}[random.IntN(2)]
	day := 1 + random.IntN(24)
	source := []string{"Tarn Wire", "Orvane Herald", "Selm Post"}[random.IntN(3)]
	return fmt.Sprintf(`{"id":"d%d","source":%q,"published":"2031-05-%02d","language":"en","text":"%d people were killed and %d injured in an airstrike on %s on %d May 2031, doctors said."}`+"\n",
		n, source, day+1, 1+random.IntN(9), 1+random.IntN(20), town, day)
}

// Judgements taken and undone in any order, between imports, leave the record
// that the imports alone make, to the byte.
func TestJudgementsUndoneLeaveNothingBehind(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	judged, plain := local(t), local(t)
	for n := range steps(t) {
		switch k := random.IntN(8); {
		case n%12 == 0:
			text := invention(random, n) + invention(random, n+100000)
			bring(t, judged, text)
			bring(t, plain, text)
		case k < 3:
			decide(t, judged, random)
		case k < 5:
			split(t, judged, random)
		case k < 7:
			set := [][2]string{{"grading", "weak"}, {"killed", "3–5"}, {"children_injured", "2"}, {"strike_status", "declared"}}[random.IntN(4)]
			must(t)(judged.Override(ctx, anyOf(t, judged, random), set[0], set[1], "as it seems"))
		default:
			if ids := taken(t, judged); len(ids) > 0 {
				must(t)(judged.Undo(ctx, ids[random.IntN(len(ids))], "no"))
			}
		}
	}
	if everything(t, judged) == everything(t, plain) {
		t.Fatal("the judgements changed nothing, so that this test shows nothing")
	}
	if faults := verified(t, judged); faults != "" {
		t.Errorf("faults: %s", faults)
	}
	ids := taken(t, judged)
	random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	for _, id := range ids {
		must(t)(judged.Undo(ctx, id, "all of it"))
	}
	if got, want := everything(t, judged), everything(t, plain); got != want {
		t.Errorf("undone the record is\n%s\nwant\n%s", firstDifference(got, want), firstDifference(want, got))
	}
	for _, by := range []string{"", "month", "grade", "place"} {
		if got, want := sums(t, judged, Query{By: by, Grades: cairn.Grades}), sums(t, plain, Query{By: by, Grades: cairn.Grades}); got != want {
			t.Errorf("by %q the total is %s, want %s", by, got, want)
		}
	}
}

// anyOf returns the code of some incident that is shown.
func anyOf(t testing.TB, r *Recorder, random *rand.Rand) string {
	t.Helper()
	found, err := r.View().Incidents(ctx, storeFilter(r))
	if err != nil || len(found) == 0 {
		t.Fatal("no incidents: ", err)
	}
	return found[random.IntN(len(found))].Incident.Code
}

func decide(t testing.TB, r *Recorder, random *rand.Rand) {
	a, b := anyOf(t, r, random), anyOf(t, r, random)
	if a == b {
		return
	}
	if random.IntN(4) == 0 {
		must(t)(r.NotSame(ctx, a, []string{b}, ""))
		return
	}
	must(t)(r.Merge(ctx, a, []string{b}, ""))
}

func split(t testing.TB, r *Recorder, random *rand.Rand) {
	i, err := r.View().Incident(ctx, "tarn", anyOf(t, r, random))
	if err != nil {
		t.Fatal(err)
	}
	claim := i.Claims[random.IntN(len(i.Claims))]
	to := ""
	if other := anyOf(t, r, random); random.IntN(2) == 0 && other != i.Code {
		to = other
	}
	if _, err := r.Split(ctx, i.Code, []cairn.ClaimRef{{Document: claim.Document, N: claim.N}}, to, ""); err != nil && !errors.As(err, new(cairn.Invalid)) {
		t.Fatal(err)
	}
}

// firstDifference is the line of a that b does not have.
func firstDifference(a, b string) string {
	has := map[string]bool{}
	for line := range strings.Lines(b) {
		has[line] = true
	}
	for line := range strings.Lines(a) {
		if !has[line] {
			return line
		}
	}
	return ""
}

// steps are how many acts the random test takes: a thousand where there is time.
func steps(t testing.TB) int {
	t.Helper()
	if os.Getenv("CAIRN_SOAK") == "1" {
		return 1000
	}
	return 150
}

// verified writes the faults that verify finds.
func verified(t testing.TB, r *Recorder) string {
	t.Helper()
	var faults []string
	if _, err := r.Verify(ctx, func(f Fault) { faults = append(faults, f.String()) }); err != nil {
		t.Fatal(err)
	}
	return strings.Join(faults, "\n")
}

func storeFilter(r *Recorder) store.Filter { return store.Filter{Project: r.Project().Name} }
