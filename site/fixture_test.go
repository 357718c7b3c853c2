package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/recorder"
)

var ctx = context.Background()

// noon is when the invented release is made.
var noon = time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC)

// invented is a project in an invented country, with a place that is known to the
// point, and all languages.
func invented() cairn.Project {
	return cairn.Project{Name: "tarn", Title: "Harm in Tarn", Naming: cairn.Consented, Scope: "People harmed in Tarn, which is invented.", Policy: "airwars/1", Prefix: "T",
		Coverage:  []cairn.Coverage{{Monitored: cairn.Period{From: "2031-03", To: "2031-06"}}},
		Publicity: cairn.Publicity{Victims: cairn.Initials, Languages: []string{"en", "ar", "es", "uk", "ru"}, Address: "https://tarn.example/", Contact: "desk@tarn.example", Licence: "CC BY 4.0"},
		Places: []cairn.Place{
			{ID: "project:orvane", Name: "Orvane", Names: map[string]string{"ar": "أورفان"}, Country: "XA", Accuracy: cairn.Exact, Point: &cairn.Point{Lat: 40.1234567, Lon: 50.7654321}},
			{ID: "project:selm", Name: "Selm Bridge", Country: "XA", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 41.5, Lon: 51.25}},
		},
		Parties: []cairn.Belligerent{{ID: "air", Name: "Tarn Air Force", Aliases: []string{"the air force"}}}}
}

// reports are what the release rests on, what is signed of them and what is not.
const reports = `{"id":"secret-file-name.docx","source":"Tarn Wire","url":"file:///home/staff/secret-file-name.docx","title":"Tamsin Orrelby among seven dead","published":"2031-05-04","language":"en","text":"Seven civilians were killed in an airstrike on Orvane on 3 May 2031, the mayor said. Among the dead was Tamsin Orrelby, a teacher. The air force carried out the strike. The phone of the desk is 555-0199."}
{"id":"herald","source":"Orvane Herald","url":"https://herald.example/2031/tamsin-orrelby-buried","title":"Nine dead, Orrelby family says","published":"2031-05-05","language":"en","text":"Doctors in Orvane counted nine dead after the airstrike of 3 May 2031, and Orrelby was among them. At least 12 people were injured."}
{"id":"shabaka","source":"شبكة أورفان","url":"https://shabaka.example/1","title":"غارة على أورفان","published":"2031-05-04","language":"ar","text":"قُتل ثمانية مدنيين وأصيب 15 آخرون في غارة جوية على أورفان يوم 3 أيار 2031. وقُتل المواطن سامر الحلواني."}
{"id":"selm","source":"Orvane Herald","title":"Shell at the bridge","published":"2031-05-12","language":"en","text":"Two civilians were killed when a shell hit Selm Bridge on 11 May 2031."}
{"id":"draftsource","source":"Draft Gazette","title":"Drafted headline","published":"2031-04-12","language":"en","text":"Forty-four civilians were killed in a rocket attack on Selm Bridge on 10 April 2031."}
{"id":"hidden","source":"Hidden Courier","title":"Suppressed headline","published":"2031-03-12","language":"en","text":"Three civilians were killed by a mine near Selm Bridge on 9 March 2031, Ottoline Vask said."}
{"id":"page","source":"Page of Tamsin Orrelby","published":"2031-05-06","language":"en","text":"Nine people were killed in the airstrike on Orvane on 3 May 2031, Staffa Inward writes."}
{"id":"neighbour","source":"Bram Untold","title":"A letter","published":"2031-05-13","language":"en","text":"Three civilians were killed when a shell hit Selm Bridge on 11 May 2031."}
`

// told are the texts of the incident of the Herald, of which one names a victim.
var told = map[string]string{
	"en": "A raid hit Orvane [[secret-file-name.docx#1]]. Tamsin Orrelby was among the dead, and so was Rowan Ashgrove.\n\nDoctors counted nine [[herald#1]].",
	"ar": "غارة على أورفان [[shabaka#1]].",
}

// secrets are what no reader may find: names of victims, a draft, what was
// suppressed, an exact point, who works on it, files, a witness, a device.
var secrets = []string{"Tamsin", "Orrelby", "tamsin", "orrelby", "الحلواني", "سامر", "Forty-four", "Draft Gazette", "Drafted headline", "Suppressed headline", "Hidden Courier", "Ottoline",
	"40.1234", "50.7654", "40.12345", "Staffa Inward", "reason that stays inside", "secret-file-name", "/home/staff", "draftsource", "Bram Untold", "555-0199", "GPSLatitude", "Canon", "39.000111", "\uE000", "\uE002"}

// record makes the invented record, signs what is to be signed and publishes it.
func record(t testing.TB) *recorder.Recorder {
	t.Helper()
	folder := t.TempDir()
	r, err := recorder.Open(ctx, recorder.Settings{Data: folder, Project: "tarn", Who: "Staffa Inward", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	must(t, r.PutProject(ctx, invented(), "to begin with"))
	must(t, r.PutSource(ctx, cairn.Source{ID: "bram", Name: "Bram Untold", Kind: cairn.Witness}, "asked not to be named"))
	path := filepath.Join(folder, "reports.jsonl")
	must(t, os.WriteFile(path, []byte(reports), 0o600))
	if _, err := r.Import(ctx, []string{path}, cairn.Given{}, recorder.Progress{}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Take(ctx, collect.Item{Bytes: []byte(`{"id":"photo","source":"Orvane Herald","published":"2031-05-12","language":"en","text":"Two civilians were killed when a shell hit Selm Bridge on 11 May 2031."}`),
		Receipt: cairn.Receipt{From: "/home/staff/photo.jpg", How: "file", At: noon, Outcome: cairn.Fetched, Private: map[string]string{"exif.GPSLatitude": "39.000111", "exif.Model": "Canon"}}}); err != nil {
		t.Fatal(err)
	}
	register(t, r, folder)
	for _, document := range []string{"herald", "selm", "hidden"} {
		sign(t, r, document)
	}
	code := codeOf(t, r, "herald")
	_, err = r.TakePosition(ctx, code, cairn.Position{Party: "Tarn Air Force", Result: cairn.Credible, Conceded: map[string]cairn.Range{"killed": cairn.Exactly(2)}, On: "2031-05-20", Statement: "Two civilians died, Tamsin Orrelby among them.", Link: "https://force.example/tamsin-orrelby"}, "reason that stays inside")
	must(t, err)
	_, err = r.Override(ctx, codeOf(t, r, "selm"), "strike_status", "likely", "reason that stays inside")
	must(t, err)
	_, err = r.Relate(ctx, cairn.Related{As: cairn.OverlappingToll, Incidents: []string{code, codeOf(t, r, "draftsource"), codeOf(t, r, "selm")}, Toll: map[string]cairn.Range{"killed": cairn.Exactly(99)}}, "reason that stays inside")
	must(t, err)
	for language, text := range told {
		_, err = r.Narrate(ctx, code, language, text, "reason that stays inside")
		must(t, err)
	}
	_, err = r.Tag(ctx, code, []string{"market day", "the Orrelby case", "_Perrin rings back"}, "reason that stays inside")
	must(t, err)
	_, err = r.Refer(ctx, code, cairn.Reference{Kind: cairn.ByPress, Title: "Who was Tamsin Orrelby?", By: "Friends of Tamsin Orrelby", On: "2031-06-01", Where: "page 3, on Orrelby", Link: "https://wire.example/tamsin-orrelby"}, "reason that stays inside")
	must(t, err)
	sign(t, r, "herald")
	sign(t, r, "selm")
	_, err = r.PutCircumstance(ctx, cairn.Circumstance{Kind: cairn.Ceasefire, Title: "A truce is agreed, at the funeral of Tamsin Orrelby", When: cairn.Period{From: "2031-05-06"}, Place: "Orvane", Link: "https://herald.example/tamsin-orrelby"}, "")
	must(t, err)
	signedEstimate(t, r)
	_, err = r.Publish(ctx, "monthly")
	must(t, err)
	_, err = r.Suppress(ctx, cairn.ClaimRef{Document: codeOf(t, r, "hidden")}, "reason that stays inside")
	must(t, err)
	return r
}

// onList are what a list of victims says that no reader may find: identifiers,
// names of those who have not agreed, a place, and by whose authority somebody is
// shown.
var onList = []string{"990011223", "990011224", "register/", "Pelham", "Quillon", "Isolde", "Marchetti", "Wendel", "kin that stays inside", "12 Fullers Row"}

// register brings in a list of victims of the incident of the Herald: one person
// who is named by consent, two of one family, one of whom nothing is said, one of
// whom nothing but that they are one may be said.
func register(t testing.TB, r *recorder.Recorder, folder string) {
	t.Helper()
	code := codeOf(t, r, "herald")
	path := filepath.Join(folder, "register.csv")
	list := "id,name,age,sex,place,date,incident,address\n"
	for _, row := range []string{"990011223,Rowan Ashgrove,41,f", "990011224,Pelham Quillon,34,m", "990011225,Lowri Quillon,6,f", "990011226,Isolde Marchetti,29,f", "990011227,Wendel Harrow,70,m"} {
		list += row + ",Orvane,2031-05-03," + code + ",12 Fullers Row\n"
	}
	must(t, os.WriteFile(path, []byte(list), 0o600))
	_, err := r.ImportList(ctx, []string{path}, recorder.Roll{Of: "Register"}, recorder.Progress{})
	must(t, err)
	_, err = r.LinkPersons(ctx, func(string) {})
	must(t, err)
	for person, s := range map[string]cairn.Showing{"p1": {Display: cairn.FullName, Authority: "kin that stays inside"}, "p5": {Display: cairn.OnlyCounted, Authority: "kin that stays inside"}} {
		_, err = r.ShowPerson(ctx, person, s, "reason that stays inside")
		must(t, err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func codeOf(t testing.TB, r *recorder.Recorder, document string) string {
	t.Helper()
	found, err := r.View().IncidentsOf(ctx, "tarn", document)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s is of no incident: %v", document, err)
	}
	return found[0].Code
}

func sign(t testing.TB, r *recorder.Recorder, document string) {
	t.Helper()
	_, err := r.Sign(ctx, codeOf(t, r, document), "reason that stays inside")
	must(t, err)
}

// pages returns the public pages of a record.
func pages(t testing.TB, r *recorder.Recorder, settings Settings) *Site {
	t.Helper()
	settings.Credits, settings.Basemap = []string{Credits}, r.Basemap
	s, err := New(r.Public(), settings)
	must(t, err)
	return s
}

func get(t testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// body returns what a page answers, which must be a page.
func body(t testing.TB, h http.Handler, path string) string {
	t.Helper()
	w := get(t, h, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s answers %d: %s", path, w.Code, w.Body.String())
	}
	return strings.ReplaceAll(w.Body.String(), "\u00a0", " ")
}
