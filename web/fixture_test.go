package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/store"
	"github.com/cairn-recorder/cairn/store/storetest"
)

var ctx = context.Background()

var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

var versions = cairn.Versions{Extractor: "0.1.0", Lexicon: "en/1 ar/1", Places: "invented/1", Policy: "airwars/1"}

// shelf is an archive that holds what it was given.
type shelf map[cairn.Ref][]byte

func (s shelf) Get(ref cairn.Ref) ([]byte, error) {
	bytes, ok := s[ref]
	if !ok {
		return nil, fmt.Errorf("get %s: %w", ref, cairn.ErrNotFound)
	}
	return bytes, nil
}

// write does one act, an hour after the last.
func write(t testing.TB, s *store.Store, what, on, why string, do func(*store.Tx) error) {
	t.Helper()
	last, err := s.LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Write(ctx, cairn.Act{At: noon.Add(time.Duration(last) * time.Hour), Who: "Ada", What: what, On: on, Why: why}, do)
	if err != nil {
		t.Fatal(err)
	}
}

// report is an invented document: its text and its claims. Words that a claim
// rests on are found in the text.
type report struct {
	id, title, source, language, url string
	published                        cairn.Date
	text                             string
	claims                           []cairn.Claim
}

func (r report) document() cairn.Document {
	return cairn.Document{ID: r.id, Ref: cairn.RefOf([]byte(r.text)), Medium: "html", Title: r.title, Source: r.source, URL: r.url,
		Language: r.language, Published: r.published, Byline: "Invented correspondent", Text: r.text, Map: []cairn.Anchor{{Text: 0, Original: 12}}}
}

func (r report) reading() cairn.Reading {
	return cairn.Reading{ID: cairn.ReadingID(r.id, versions), Document: r.id, Versions: versions, Language: r.language, Claims: r.claims}
}

func (r report) ref(n int) cairn.ClaimRef {
	return cairn.ClaimRef{Document: r.id, N: n, Reading: r.reading().ID}
}

// refs returns every claim of r.
func (r report) refs() []cairn.ClaimRef {
	var all []cairn.ClaimRef
	for _, c := range r.claims {
		all = append(all, r.ref(c.N))
	}
	return all
}

// words returns words of text and where they stand.
func words(text, of string) cairn.Phrase {
	at := strings.Index(text, of)
	if at < 0 {
		panic("no such words: " + of)
	}
	return cairn.Phrase{Words: of, Span: &cairn.Span{Start: at, End: at + len(of)}}
}

// harmed returns claim n: a harm to civilians whose figure and whole words
// stand in text.
func claimed(n int, h cairn.Harm, text, figure, whole string, op cairn.Op, r cairn.Range) cairn.Claim {
	return cairn.Claim{N: n, Harm: h, Figure: cairn.Figure{Phrase: words(text, figure), Op: op, Low: r.Min, High: r.Max}, Range: r,
		Victims: cairn.Victims{Class: cairn.Civilian}, Where: mill(), When: &cairn.When{Period: cairn.Period{From: "2031-05-04", To: "2031-05-04"}},
		Locator: cairn.Locator{Span: *words(text, whole).Span}, Rules: []string{string(h) + ".active.3", string(op)}, Policy: "airwars/1"}
}

// mill is an invented quarter of an invented town.
func mill() *cairn.Where {
	lat, lon := 35.25, 39.5
	return &cairn.Where{Name: "Hayy al-Tahuna", ID: "invented:7", Lat: &lat, Lon: &lon, Country: "SY", Admin1: "Upper Vale", Accuracy: cairn.Neighbourhood,
		Within: []string{"invented:3"}, Phrase: cairn.Phrase{Words: "Mill quarter"},
		Alternatives: []cairn.Alternative{{ID: "invented:9", Name: "Tahuna", Country: "IQ", Reason: "a village of 300 people, 410 km away"}}}
}

const englishText = `Zumra, 5 May – An air strike hit the Mill quarter of Zumra on Sunday, killing at least three civilians and injuring a dozen, a nurse at the town's hospital said.

“We counted seven bodies,” said a neighbour. The Northern Army denied that it flew on Sunday.

The strike also left several houses damaged. No bombs fell on the next day.`

const arabicText = `زُمرة – قُتل سبعة مدنيين بينهم طفلان في غارة جوية استهدفت حي الطاحونة مساء الأحد، وأُصيب اثنا عشر آخرون بجروح.

وقال شهود إن طائرة تابعة للجيش الشمالي نفذت الغارة.`

const hostileText = "An account <script>window.harmed=1</script> of <img src=x onerror=alert(1)> the strike.\nIt says \u202e31\u202c people were killed there.\x01"

// reports is the invented world of these tests.
func reports() map[string]report {
	vale := report{id: "vale-1", title: "Strike on Mill quarter kills three", source: "Vale News", language: "en", url: "https://vale.example/1", published: "2031-05-05", text: englishText}
	killed := claimed(1, cairn.Killed, englishText, "at least three", "killing at least three civilians", cairn.OpAtLeast, cairn.AtLeast(3))
	killed.Victims.Phrase = words(englishText, "civilians")
	killed.Says = []cairn.Saying{{Phrase: words(englishText, "a nurse at the town's hospital"), Cue: "said", Stance: cairn.Asserts}}
	injured := claimed(2, cairn.Injured, englishText, "a dozen", "An air strike hit the Mill quarter of Zumra on Sunday, killing at least three civilians and injuring a dozen", cairn.OpVague, cairn.Between(12, 24))
	bodies := claimed(3, cairn.Killed, englishText, "seven", "We counted seven bodies", cairn.OpExact, cairn.Exactly(7))
	bodies.Says = []cairn.Saying{{Phrase: words(englishText, "a neighbour"), Cue: "said"}}
	bodies.By = []cairn.Attacker{{Phrase: words(englishText, "The Northern Army"), Name: "Northern Army", Strength: cairn.Denied}}
	houses := claimed(4, cairn.Damaged, englishText, "several", "left several houses damaged", cairn.OpVague, cairn.Range{})
	houses.Victims.Class = cairn.Buildings
	vale.claims = []cairn.Claim{killed, injured, bodies, houses}

	arabic := report{id: "shabaka-1", title: "غارة على حي الطاحونة في زُمرة", source: "شبكة الوادي", language: "ar", url: "https://shabaka.example/a", published: "2031-05-04", text: arabicText}
	dead := claimed(1, cairn.Killed, arabicText, "سبعة", "قُتل سبعة مدنيين", cairn.OpExact, cairn.Exactly(7))
	dead.By = []cairn.Attacker{{Phrase: words(arabicText, "للجيش الشمالي"), Name: "Northern Army", Strength: cairn.Accused}}
	children := claimed(2, cairn.Killed, arabicText, "طفلان", "بينهم طفلان", cairn.OpExact, cairn.Exactly(2))
	children.Victims.Class, children.SubsetOf, children.Scope = cairn.Child, 1, []cairn.Scope{cairn.Subset}
	arabic.claims = []cairn.Claim{dead, children, claimed(3, cairn.Injured, arabicText, "اثنا عشر", "وأُصيب اثنا عشر آخرون", cairn.OpExact, cairn.Exactly(12))}

	copied := report{id: "vale-2", title: "Strike on Mill quarter kills three (repeated)", source: "Vale Mirror", language: "en", url: "javascript:alert(1)", published: "2031-05-05", text: "Killing at least three civilians, as Vale News reports."}
	copied.claims = []cairn.Claim{claimed(1, cairn.Killed, copied.text, "at least three", "Killing at least three civilians", cairn.OpAtLeast, cairn.AtLeast(3))}

	campaign := report{id: "year-book", title: "The year in Zumra", source: "Vale Monitor", language: "en", published: "2031-12-31", text: "In all, 1,300 civilians were killed in Zumra between June and October."}
	toll := claimed(1, cairn.Killed, campaign.text, "1,300", "1,300 civilians were killed in Zumra", cairn.OpExact, cairn.Exactly(1300))
	toll.Scope = []cairn.Scope{cairn.Cumulative}
	toll.When.Period = cairn.Period{From: "2031-06", To: "2031-10"}
	campaign.claims = []cairn.Claim{toll}

	hostile := report{id: "odd/1?x=#y", title: "\u202e<script>alert('title')</script>", source: "\"><script>alert(2)</script>", language: "en", url: "javascript:alert(3)", published: "2031-06", text: hostileText}
	hostile.claims = []cairn.Claim{claimed(1, cairn.Killed, hostileText, "\u202e31\u202c people", "It says \u202e31\u202c people were killed there", cairn.OpExact, cairn.Exactly(31))}
	hostile.claims[0].When.Period = cairn.Period{From: "2031-06", To: "2031-06"}
	return map[string]report{"vale": vale, "arabic": arabic, "copied": copied, "campaign": campaign, "hostile": hostile}
}

// world fills a store with the invented reports and what is made of them: one
// incident that is contradicted, one whose toll is unknown, and one that was
// signed and has changed since.
func world(t testing.TB, s *store.Store) {
	t.Helper()
	all := reports()
	write(t, s, "project", "zumra", "", func(tx *store.Tx) error {
		return errors.Join(tx.PutProject(ctx, cairn.Project{Name: "zumra", Title: "Harm in Zumra", Policy: "airwars/1", Prefix: "Z",
			Scope:    "Civilians harmed by strikes and shelling in the invented district of Zumra.",
			Coverage: []cairn.Coverage{{Place: "Zumra", Monitored: cairn.Period{From: "2031-02"}}}}),
			tx.PutSource(ctx, cairn.Source{ID: "vale", Name: "Vale News"}))
	})
	for _, name := range []string{"vale", "arabic", "copied", "campaign", "hostile"} {
		r := all[name]
		write(t, s, "take", r.id, "", func(tx *store.Tx) error {
			d := r.document()
			return errors.Join(tx.PutReceipt(ctx, d.Ref, 1, cairn.Receipt{Ref: d.Ref, From: "https://vale.example/" + name, How: "http", At: noon,
				Who: "Ada", Outcome: cairn.Fetched, Status: 200, Media: "text/html", Size: int64(len(r.text))}),
				tx.PutDocument(ctx, d), tx.PutReading(ctx, "zumra", r.reading()))
		})
	}
	write(t, s, "take", "locked", "", func(tx *store.Tx) error {
		return tx.PutDocument(ctx, cairn.Document{ID: "locked", Ref: cairn.RefOf([]byte("locked")), Title: "Annual tables", Source: "Ministry", Published: "2031",
			Problem: &cairn.Problem{Kind: cairn.Encrypted, Reason: "the file asks for a password"}})
	})
	first, second, third := incidents(all)
	for _, one := range []struct {
		incident   cairn.Incident
		assessment cairn.Assessment
	}{first, second, third} {
		write(t, s, "take", one.incident.Code, "", func(tx *store.Tx) error { return put(tx, one.incident, one.assessment) })
	}
	signed := third.assessment
	signed.Signed = &cairn.Signature{Who: "Bea", At: noon, Why: "read both accounts"}
	write(t, s, "sign", "Z3", "read both accounts", func(tx *store.Tx) error { return put(tx, third.incident, signed) })
	later := third.assessment
	later.Tallies = []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(1, 31), MinFrom: []cairn.ClaimRef{all["hostile"].ref(1)}, MaxFrom: []cairn.ClaimRef{all["hostile"].ref(1)}}}
	write(t, s, "redo", "Z3", "a newer lexicon", func(tx *store.Tx) error { return put(tx, third.incident, later) })
}

type judged = struct {
	incident   cairn.Incident
	assessment cairn.Assessment
}

func put(tx *store.Tx, i cairn.Incident, a cairn.Assessment) error {
	_, err := tx.PutIncident(ctx, i)
	_, failed := tx.PutAssessment(ctx, "zumra", a)
	return errors.Join(err, failed)
}

// incidents returns the three incidents of the world, as they are proposed.
func incidents(all map[string]report) (first, second, third judged) {
	vale, arabic, copied, hostile := all["vale"], all["arabic"], all["copied"], all["hostile"]
	day := cairn.Period{From: "2031-05-04", To: "2031-05-04"}
	claims := append(append(vale.refs(), arabic.refs()...), copied.refs()...)
	first = judged{cairn.Incident{Code: "Z1", Project: "zumra", Former: []string{"ZX9"}, Where: mill(), When: day, Means: cairn.Airstrike, Claims: claims,
		By: []cairn.Attacker{{Name: "Northern Army", Strength: cairn.Accused}}, Reasons: []string{"same quarter, same day, same means"}},
		cairn.Assessment{Incident: "Z1", Policy: "airwars/1", Origins: [][]string{{"vale-1", "vale-2"}, {"shabaka-1"}},
			Grading: cairn.Grading{Grade: cairn.Fair, Strike: cairn.Likely, Reasons: []string{"two independent origins name a death toll"}},
			Tallies: []cairn.Tally{
				{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Between(3, 7), MinFrom: []cairn.ClaimRef{vale.ref(1)}, MaxFrom: []cairn.ClaimRef{vale.ref(3), arabic.ref(1)}},
				{Harm: cairn.Killed, Class: cairn.Child, Range: cairn.Exactly(2), MinFrom: []cairn.ClaimRef{arabic.ref(2)}, MaxFrom: []cairn.ClaimRef{arabic.ref(2)}},
				{Harm: cairn.Injured, Class: cairn.Civilian, Range: cairn.Between(12, 24), MinFrom: []cairn.ClaimRef{arabic.ref(3)}, MaxFrom: []cairn.ClaimRef{vale.ref(2)}},
				{Harm: cairn.Damaged, Class: cairn.Buildings, MinFrom: []cairn.ClaimRef{vale.ref(4)}},
			},
			Contradictions: []cairn.Contradiction{{About: "killed", Sides: []cairn.Side{{Says: "3", Documents: []string{"vale-1"}}, {Says: "7", Documents: []string{"shabaka-1"}}}}},
			Warnings:       []string{"children killed: 8 at least, which is more than 7 in all"},
			Positions: []cairn.Position{{Party: "Northern Army", Result: cairn.NonCredible, Conceded: map[string]cairn.Range{"combatants_killed": cairn.Exactly(1)}, On: "2031-05-09",
				Statement: "We struck fighters.", Link: "https://army.example/statement"}}}}
	second = judged{cairn.Incident{Code: "Z2", Project: "zumra", When: cairn.Period{From: "2031-04"}, Claims: []cairn.ClaimRef{copied.ref(1)}},
		cairn.Assessment{Incident: "Z2", Policy: "airwars/1", Origins: [][]string{{"vale-2"}}, Grading: cairn.Grading{Grade: cairn.Weak, Strike: cairn.ContestedStrike, Reasons: []string{"one origin"}},
			Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, MinFrom: []cairn.ClaimRef{copied.ref(1)}}}}}
	third = judged{cairn.Incident{Code: "Z3", Project: "zumra", Where: mill(), When: cairn.Period{From: "2031-06", To: "2031-06"}, Means: cairn.Artillery, Claims: hostile.refs()},
		cairn.Assessment{Incident: "Z3", Policy: "airwars/1", Origins: [][]string{{hostile.id}}, Grading: cairn.Grading{Grade: cairn.Confirmed, Strike: cairn.Declared, Reasons: []string{"a party admits it"}},
			Tallies: []cairn.Tally{{Harm: cairn.Killed, Class: cairn.Civilian, Range: cairn.Range{Min: cairn.N(31), Max: cairn.N(31), Open: true},
				MinFrom: []cairn.ClaimRef{hostile.ref(1)}, MaxFrom: []cairn.ClaimRef{hostile.ref(1)}}}}}
	return first, second, third
}

// pages returns the pages of the invented world.
func pages(t testing.TB) http.Handler {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t))
	world(t, s)
	return handler(t, s)
}

func handler(t testing.TB, s *store.Store) http.Handler {
	t.Helper()
	originals := shelf{}
	for _, r := range reports() {
		originals[cairn.RefOf([]byte(r.text))] = []byte(r.text)
	}
	h, err := New(s.ReadOnly(), originals, Settings{Project: "zumra", Now: func() time.Time { return noon.AddDate(1, 0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks h for path.
func get(t testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}
