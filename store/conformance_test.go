package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

// odd is text that engines are known to treat each in its own way.
const odd = "Ärger 'quoted' \"twice\" \\ % _ ! $1 ? \x00 قتيل 🕊\u2028\r\n"

func TestEveryNounComesBackAsItWasPut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("zumra")
		p.Scope = odd
		pack := cairn.PlacePack{Name: "vale '%", Source: odd, Ref: cairn.RefOf([]byte("pack")), Places: 3, Files: []cairn.Ref{cairn.RefOf([]byte("file"))}}
		party := cairn.Belligerent{ID: "army", Name: odd, Aliases: []string{odd, "الجيش"}, Country: "ZZ", Active: period("2031", "2032-01")}
		source := cairn.Source{ID: "vale", Name: "Vale News", Names: map[string]string{"ar": "أخبار الوادي"}, Kind: cairn.Outlet, Languages: []string{"en"}}
		d := document("d1")
		d.Text, d.Title, d.Cells = odd, odd, []cairn.Cell{{Span: cairn.Span{Start: 1, End: 2}, Table: 1, Row: 2, Column: 3}}
		d.Problem = &cairn.Problem{Kind: cairn.BadDate, Reason: odd}
		receipt := cairn.Receipt{Ref: d.Ref, From: "https://vale.example/d1", How: "http", At: noon.Add(123456789), Who: odd, Outcome: cairn.Fetched,
			Headers: map[string][]string{"Date": {odd}}, Size: 12}
		r := reading("d1", everyBound()...)
		i := incident("Z1", period("2031-05", "2031-05-03T10:00"), refs(r)...)
		i.Former, i.Reasons = []string{"Old 1", "Old 1"}, []string{odd}
		a := assessment("Z1", cairn.Range{Min: cairn.N(0), Open: true}, cairn.Fair)
		a = signed(a)
		a.Origins = [][]string{{"d1", odd}, {"d2"}}
		span := cairn.Span{Start: 3, End: 9}
		j := cairn.Judgement{ID: "j1", Project: "zumra", Decision: cairn.Correct, Incident: "Z1", Document: "d1", Harm: cairn.Killed, Span: &span, Words: odd,
			Field: "figure", Value: `{"low":3}`, Others: []string{"Z2"}, Who: "Ada", At: noon, Why: odd}
		write(t, s, "take", func(tx *store.Tx) error {
			return errors.Join(tx.PutProject(ctx, p), tx.PutSource(ctx, source), tx.PutPlacePack(ctx, "zumra", pack), tx.PutBelligerent(ctx, party), tx.PutReceipt(ctx, d.Ref, 1, receipt), tx.PutDocument(ctx, d),
				tx.PutReading(ctx, "zumra", r), second(tx.PutIncident(ctx, i)), second(tx.PutAssessment(ctx, "zumra", a)), tx.PutJudgement(ctx, j))
		})
		a.Revision = 1
		same(t, "project", must[cairn.Project](t)(s.Project(ctx, "zumra")), p)
		same(t, "projects", must[[]cairn.Project](t)(s.Projects(ctx)), []cairn.Project{p})
		for _, name := range []string{"vale", "Vale News", "  vale  NEWS", "أخبار الوادي"} {
			same(t, "source "+name, must[cairn.Source](t)(s.Source(ctx, name)), source)
		}
		same(t, "sources", must[[]cairn.Source](t)(s.Sources(ctx)), []cairn.Source{source})
		same(t, "packs of places", must[[]cairn.PlacePack](t)(s.PlacePacks(ctx, "zumra")), []cairn.PlacePack{pack})
		same(t, "packs of another project", must[[]cairn.PlacePack](t)(s.PlacePacks(ctx, "x")), []cairn.PlacePack{})
		same(t, "belligerents", must[[]cairn.Belligerent](t)(s.Belligerents(ctx)), []cairn.Belligerent{party})
		same(t, "receipts", must[[]cairn.Receipt](t)(s.Receipts(ctx, d.Ref)), []cairn.Receipt{receipt})
		same(t, "document", must[cairn.Document](t)(s.Document(ctx, "d1")), d)
		same(t, "document by its bytes", must[cairn.Document](t)(s.DocumentByRef(ctx, d.Ref)), d)
		same(t, "documents by their bytes", must[[]cairn.Document](t)(s.DocumentsByRef(ctx, d.Ref)), []cairn.Document{d})
		same(t, "bytes of a document", must[cairn.Ref](t)(s.DocumentRef(ctx, "d1")), d.Ref)
		same(t, "reading", must[cairn.Reading](t)(s.Reading(ctx, r.ID)), r)
		same(t, "current reading", must[cairn.Reading](t)(s.CurrentReading(ctx, "zumra", "d1")), r)
		same(t, "readings of a document", must[[]cairn.Reading](t)(s.ReadingsOf(ctx, "d1")), []cairn.Reading{r})
		same(t, "readings", must[[]cairn.Reading](t)(s.Readings(ctx, "zumra", "", 0)), []cairn.Reading{r})
		same(t, "incident", must[cairn.Incident](t)(s.Incident(ctx, "zumra", "Z1")), i)
		same(t, "incidents of a document", must[[]cairn.Incident](t)(s.IncidentsOf(ctx, "zumra", "d1")), []cairn.Incident{i})
		same(t, "assessment", must[cairn.Assessment](t)(s.Assessment(ctx, "zumra", "Z1")), a)
		same(t, "signed assessment", must[cairn.Assessment](t)(s.SignedAssessment(ctx, "zumra", "Z1")), a)
		same(t, "assessed", must[store.Assessed](t)(s.Assessed(ctx, "zumra", "Old 1")), store.Assessed{Incident: i, Revision: 1, Assessment: &a, Signed: 1})
		same(t, "judgements", must[[]cairn.Judgement](t)(s.Judgements(ctx, "zumra")), []cairn.Judgement{j})
		same(t, "judgements of the incident beside", must[[]cairn.Judgement](t)(s.JudgementsOf(ctx, "zumra", "Z2")), []cairn.Judgement{j})
		same(t, "judgements on a document", must[[]cairn.Judgement](t)(s.JudgementsOn(ctx, "d1")), []cairn.Judgement{j})
		testimonies := must[[]cairn.Testimony](t)(s.Testimonies(ctx, "zumra", "Z1"))
		d.Text, d.Map, d.Cells = "", nil, nil
		for n, c := range r.Claims {
			same(t, fmt.Sprint("testimony ", n+1), testimonies[n], cairn.Testimony{Ref: refs(r)[n], Claim: c, Document: d})
		}
	})
}

// everyBound is claims whose bounds are unknown, zero and large, at either end.
func everyBound() []cairn.Claim {
	var claims []cairn.Claim
	bounds := []cairn.Bound{{}, cairn.N(0), cairn.N(3), cairn.N(4_000_000_000)}
	for i, low := range bounds {
		for _, high := range bounds[i:] {
			c := claim(len(claims)+1, 1, period("", "2031"))
			c.Figure.Low, c.Figure.High, c.Range = low, high, cairn.Range{Min: low, Max: high, Open: len(claims)%2 == 0}
			if !c.Range.Known() {
				c.Range = cairn.Range{} // says nothing, however open
			}
			claims = append(claims, c)
		}
	}
	claims[0].Where, claims[0].When, claims[0].By, claims[0].Means = nil, nil, nil, nil
	claims[1].Note, claims[1].Victims.Names = odd, []string{odd}
	return claims
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		notFound(t, "project", second(s.Project(ctx, "x")))
		notFound(t, "source", second(s.Source(ctx, "x\x00")))
		notFound(t, "document", second(s.Document(ctx, "x")))
		notFound(t, "document by its bytes", second(s.DocumentByRef(ctx, "x")))
		notFound(t, "bytes of a document", second(s.DocumentRef(ctx, "x")))
		notFound(t, "reading", second(s.Reading(ctx, "x")))
		notFound(t, "current reading", second(s.CurrentReading(ctx, "x", "x")))
		notFound(t, "incident", second(s.Incident(ctx, "x", "\xff")))
		notFound(t, "assessed", second(s.Assessed(ctx, "x", "x")))
		notFound(t, "assessment", second(s.Assessment(ctx, "x", "x")))
		notFound(t, "signed assessment", second(s.SignedAssessment(ctx, "x", "x")))
		notFound(t, "act", second(s.Act(ctx, 1)))
		notFound(t, "page after nobody", second(s.Incidents(ctx, store.Filter{Project: "x", Newest: true, After: "x"})))
		notFound(t, "page of documents after nobody", second(s.Documents(ctx, store.DocumentFilter{After: "x"})))
		if found := must[[]store.Assessed](t)(s.Incidents(ctx, store.Filter{Project: "x"})); found == nil || len(found) != 0 {
			t.Errorf("incidents of an empty store = %#v, want none", found)
		}
	})
}

func TestAnActThatFailsLeavesNothingAndNoGap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		before := dump(t, s.View)
		fault := errors.New("the walk failed")
		for name, fail := range map[string]func(*store.Tx) error{
			"an error": func(*store.Tx) error { return fault },
			"an incident of unknown claims": func(tx *store.Tx) error {
				return second(tx.PutIncident(ctx, incident("Z2", period("2031", ""), cairn.ClaimRef{Document: "d", N: 1, Reading: "r"})))
			},
			"a fault that is passed over": func(tx *store.Tx) error {
				tx.PutIncident(ctx, incident("Z2", period("2031", ""), cairn.ClaimRef{Document: "d", N: 1, Reading: "r"}))
				return nil
			},
		} {
			_, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "take"}, func(tx *store.Tx) error {
				if err := errors.Join(tx.PutProject(ctx, project("zumra")), tx.PutDocument(ctx, document("d1"))); err != nil {
					t.Fatal(err)
				}
				return fail(tx)
			})
			if err == nil {
				t.Errorf("%s: the act was recorded", name)
			}
			if got := dump(t, s.View); got != before {
				t.Errorf("%s left\n%s", name, got)
			}
		}
		panics(t, s)
		if act := write(t, s, "project", func(tx *store.Tx) error { return tx.PutProject(ctx, project("zumra")) }); act.Number != 1 {
			t.Errorf("the first act that succeeds has number %d, want 1", act.Number)
		}
	})
}

// panics checks that an act that panics frees the store for the next.
func panics(t *testing.T, s *store.Store) {
	defer func() {
		if recover() == nil {
			t.Error("the panic was swallowed")
		}
	}()
	s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "take"}, func(tx *store.Tx) error {
		tx.PutProject(ctx, project("zumra"))
		panic("a fault of the program")
	})
}

func TestAnActSaysWhenWhoAndWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, act := range []cairn.Act{{}, {At: noon, Who: "Ada"}, {At: noon, What: "take"}, {Who: "Ada", What: "take"}} {
			var invalid cairn.Invalid
			if _, err := s.Write(ctx, act, func(*store.Tx) error { return nil }); !errors.As(err, &invalid) {
				t.Errorf("%+v: %v, want an invalid act", act, err)
			}
		}
		zone := time.FixedZone("there", 3*3600)
		act, err := s.Write(ctx, cairn.Act{Number: 9, At: noon.In(zone).Add(1234567), Who: "Ada", What: "take", On: "x", Why: odd}, func(tx *store.Tx) error {
			if tx.Act().Number != 1 {
				t.Errorf("within the act its number is %d", tx.Act().Number)
			}
			tx.About("Z1", "")
			return nil
		})
		want := cairn.Act{Number: 1, At: noon.Add(time.Millisecond), Who: "Ada", What: "take", On: "Z1", Why: odd}
		if err != nil || act != want {
			t.Errorf("write = %+v, %v, want %+v", act, err, want)
		}
		want.Why = strings.ReplaceAll(odd, "\x00", "\uFFFD") // the one text that has no JSON beside it
		same(t, "act", must[cairn.Act](t)(s.Act(ctx, 1)), want)
		for range 4 {
			write(t, s, "sign", func(*store.Tx) error { return nil })
		}
		acts := must[[]cairn.Act](t)(s.Acts(ctx, 2, 2))
		if len(acts) != 2 || acts[0].Number != 3 || acts[1].Number != 4 {
			t.Errorf("two acts after the second = %+v", acts)
		}
		if acts := must[[]cairn.Act](t)(s.Acts(ctx, 0, 0)); len(acts) != 5 {
			t.Errorf("all acts = %+v", acts)
		}
	})
}

func TestWritersAtOnceLoseNoActAndLeaveNoGap(t *testing.T) {
	storetest.EachPlace(t, func(t *testing.T, where string) {
		const writers, acts = 4, 25
		storetest.Open(t, where)
		var group sync.WaitGroup
		for w := range writers {
			s := storetest.Open(t, where)
			group.Go(func() {
				for n := range acts {
					_, err := s.Write(ctx, cairn.Act{At: noon, Who: fmt.Sprint(w), What: "take"}, func(tx *store.Tx) error {
						next, err := tx.NextNumber(ctx, "zumra")
						return errors.Join(err, second(tx.PutIncident(ctx, incident(fmt.Sprintf("Z%03d", next), period("2031", "")))),
							tx.PutDocument(ctx, document(fmt.Sprintf("d%d.%d", w, n))))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		s := storetest.Open(t, where)
		found := must[[]cairn.Act](t)(s.Acts(ctx, 0, 0))
		if len(found) != writers*acts || found[len(found)-1].Number != writers*acts {
			t.Errorf("%d acts, the last with number %d, want %d", len(found), found[len(found)-1].Number, writers*acts)
		}
		if found := must[[]store.Assessed](t)(s.Incidents(ctx, store.Filter{Project: "zumra"})); len(found) != writers*acts || found[len(found)-1].Incident.Code != "Z100" {
			t.Errorf("%d incidents, want %d", len(found), writers*acts)
		}
	})
}

func TestToPutWhatStandsWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, "d1", "Z1", period("2031-05-01", ""), 3, cairn.Fair)
		r := reading("d1", claim(1, 3, period("2031-05-01", "")), claim(2, 4, period("2031-05-01", "")))
		receipt := cairn.Receipt{Ref: "r", At: noon, From: "x", Outcome: cairn.Fetched}
		j := cairn.Judgement{ID: "j", Project: "zumra", Decision: cairn.Accept, At: noon}
		source := cairn.Source{ID: "s", Name: "S"}
		again := func(tx *store.Tx) error {
			return errors.Join(tx.PutProject(ctx, project("zumra")), tx.PutSource(ctx, source), tx.PutReceipt(ctx, "r", 1, receipt), tx.PutDocument(ctx, document("d1")),
				tx.PutReading(ctx, "zumra", r), second(tx.PutIncident(ctx, incident("Z1", period("2031-05-01", ""), refs(r)...))), tx.PutJudgement(ctx, j))
		}
		write(t, s, "take", again)
		before := dump(t, s.View)
		write(t, s, "take", again)
		if got := strings.Split(dump(t, s.View), "\n"); strings.Join(got[1:], "\n") != strings.Join(strings.Split(before, "\n")[1:], "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), before)
		}
		other := r
		other.Claims = other.Claims[:1]
		for name, change := range map[string]func(*store.Tx) error{
			"receipt": func(tx *store.Tx) error {
				return tx.PutReceipt(ctx, "r", 1, cairn.Receipt{Ref: "r", At: noon, From: "y"})
			},
			"reading":   func(tx *store.Tx) error { return tx.PutReading(ctx, "zumra", other) },
			"judgement": func(tx *store.Tx) error { return tx.PutJudgement(ctx, cairn.Judgement{ID: "j", Decision: cairn.Merge}) },
		} {
			if _, err := s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "take"}, change); !errors.Is(err, cairn.ErrConflict) {
				t.Errorf("another %s in its place: %v, want %v", name, err, cairn.ErrConflict)
			}
		}
	})
}

// dump is everything that a View shows of the project zumra, in the order of an
// export.
func dump(t testing.TB, v store.View) string {
	t.Helper()
	var b strings.Builder
	add := func(shown any) { b.WriteString(form(t, shown) + "\n") }
	add(must[[]cairn.Act](t)(v.Acts(ctx, 0, 0)))
	add(must[[]cairn.Project](t)(v.Projects(ctx)))
	add(must[[]cairn.Source](t)(v.Sources(ctx)))
	add(must[[]cairn.PlacePack](t)(v.PlacePacks(ctx, "zumra")))
	add(must[[]cairn.Belligerent](t)(v.Belligerents(ctx)))
	add(must[store.Backlog](t)(v.Backlog(ctx, "zumra")))
	for _, d := range must[[]store.Shelved](t)(v.Documents(ctx, store.DocumentFilter{ByID: true})) {
		add(d)
		add(must[cairn.Document](t)(v.Document(ctx, d.Document.ID)))
		add(must[[]cairn.Receipt](t)(v.Receipts(ctx, d.Document.Ref)))
		add(must[[]cairn.Reading](t)(v.ReadingsOf(ctx, d.Document.ID)))
	}
	add(must[[]cairn.Reading](t)(v.Readings(ctx, "zumra", "", 0)))
	add(must[[]cairn.Testimony](t)(v.Campaigns(ctx, store.CampaignFilter{Project: "zumra"})))
	for _, stage := range []store.Stage{store.Proposed, store.Signed, store.Published} {
		for _, i := range must[[]store.Assessed](t)(v.Incidents(ctx, store.Filter{Project: "zumra", Stage: stage})) {
			add(i)
			add(must[[]store.IncidentRevision](t)(v.IncidentHistory(ctx, "zumra", i.Incident.Code)))
			add(must[[]cairn.Testimony](t)(v.Testimonies(ctx, "zumra", i.Incident.Code)))
			add(must[[]store.AssessmentRevision](t)(v.AssessmentHistory(ctx, "zumra", i.Incident.Code)))
		}
	}
	add(must[[]cairn.Judgement](t)(v.Judgements(ctx, "zumra")))
	return b.String()
}

func TestASecondReadingStandsBesideAndIsCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		cairns := reading("d1", claim(1, 3, period("2031", "")))
		write(t, s, "take", func(tx *store.Tx) error {
			return errors.Join(tx.PutProject(ctx, project("zumra")), tx.PutDocument(ctx, document("d1")), tx.PutReading(ctx, "zumra", cairns))
		})
		versions := cairn.Versions{Extractor: "second/1 tiny", Lexicon: "none", Places: "none", Policy: "airwars/1"}
		other := cairn.Reading{ID: cairn.ReadingID("d1", versions), Document: "d1", Versions: versions, Claims: []cairn.Claim{claim(1, 9, period("2031", ""))}}
		put := func(how cairn.SecondReading, r cairn.Reading) {
			write(t, s, "second", func(tx *store.Tx) error { return tx.PutSecondReading(ctx, how, r) })
		}
		put(cairn.SecondReading{Document: "d1", Extractor: "second/1 tiny", Outcome: cairn.SecondTimedOut, Tries: 3, Reason: odd}, cairn.Reading{})
		same(t, "counts", must[[]store.SecondCount](t)(s.SecondCounts(ctx)), []store.SecondCount{{Extractor: "second/1 tiny", Outcome: cairn.SecondTimedOut, Documents: 1, Tries: 3}})
		how := cairn.SecondReading{Document: "d1", Extractor: "second/1 tiny", Outcome: cairn.SecondPartly, Tries: 1, Kept: 1, Reading: other.ID, Dropped: []cairn.Dropped{{Harm: cairn.Killed, Words: odd, Reason: odd}}}
		put(how, other)
		put(how, other)
		same(t, "second readings", must[[]cairn.SecondReading](t)(s.SecondReadings(ctx, "d1")), []cairn.SecondReading{how})
		same(t, "counts after the answer", must[[]store.SecondCount](t)(s.SecondCounts(ctx)), []store.SecondCount{{Extractor: "second/1 tiny", Outcome: cairn.SecondPartly, Documents: 1, Tries: 1, Kept: 1, Dropped: 1}})
		same(t, "what the project goes by", must[cairn.Reading](t)(s.CurrentReading(ctx, "zumra", "d1")), cairns)
		same(t, "what was kept", must[cairn.Reading](t)(s.Reading(ctx, other.ID)), other)
		same(t, "backlog", must[store.Backlog](t)(s.Backlog(ctx, "zumra")).Claims, 1)
	})
}

func TestAPackOfPlacesIsReplacedAndTakenOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put := func(p cairn.PlacePack) {
			write(t, s, "places", func(tx *store.Tx) error { return tx.PutPlacePack(ctx, "zumra", p) })
		}
		first := cairn.PlacePack{Name: "vale", Ref: cairn.RefOf([]byte("1")), Places: 1}
		later := cairn.PlacePack{Name: "vale", Ref: cairn.RefOf([]byte("2")), Places: 2}
		put(first)
		put(later)
		put(later)
		same(t, "packs", must[[]cairn.PlacePack](t)(s.PlacePacks(ctx, "zumra")), []cairn.PlacePack{later})
		put(cairn.PlacePack{Name: "vale"})
		same(t, "packs of which one is taken out", must[[]cairn.PlacePack](t)(s.PlacePacks(ctx, "zumra")), []cairn.PlacePack{})
		put(first)
		same(t, "packs after all", must[[]cairn.PlacePack](t)(s.PlacePacks(ctx, "zumra")), []cairn.PlacePack{first})
		err := second(s.Write(ctx, cairn.Act{At: noon, Who: "Ada", What: "places"}, func(tx *store.Tx) error { return tx.PutPlacePack(ctx, "zumra", cairn.PlacePack{}) }))
		if !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("a pack without a name: %v", err)
		}
	})
}

func TestCircumstancesOfPlaceAndDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		blackout := cairn.Circumstance{ID: "c1", Project: "zumra", Kind: cairn.Blackout, Title: odd, When: period("2031-05-02", "2031-05-20")}
		moved := cairn.Circumstance{ID: "c2", Project: "zumra", Kind: cairn.ChangesHands, Title: "the mill", When: period("2031-05-01", "2031-05-01"), Place: "Old Mill"}
		write(t, s, "context", func(tx *store.Tx) error {
			return errors.Join(tx.PutCircumstance(ctx, blackout), tx.PutCircumstance(ctx, moved))
		})
		of := func(f store.Filter) []cairn.Circumstance {
			f.Project = "zumra"
			return must[[]cairn.Circumstance](t)(s.Circumstances(ctx, f))
		}
		same(t, "all, by day", of(store.Filter{}), []cairn.Circumstance{moved, blackout})
		same(t, "of another place", of(store.Filter{Places: []string{"Selm"}}), []cairn.Circumstance{blackout})
		same(t, "of the place", of(store.Filter{Places: []string{"OLD MILL"}, To: "2031-05-01"}), []cairn.Circumstance{moved})
		write(t, s, "context", func(tx *store.Tx) error { return tx.DropCircumstance(ctx, "zumra", "c2") })
		same(t, "taken out", of(store.Filter{}), []cairn.Circumstance{blackout})
		same(t, "as it was", of(store.Filter{AsOf: store.Moment{Act: 1}}), []cairn.Circumstance{moved, blackout})
		write(t, s, "context", func(tx *store.Tx) error { return tx.PutCircumstance(ctx, moved) })
		same(t, "put again", of(store.Filter{}), []cairn.Circumstance{moved, blackout})
	})
}
