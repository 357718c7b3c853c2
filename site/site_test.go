package site

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/publish"
	"github.com/cairn-recorder/cairn/recorder"
	"github.com/cairn-recorder/cairn/store"
)

// everyAnswer calls look with every byte that the site serves: each page and file
// that it names, the faults, and selections.
func everyAnswer(t *testing.T, s *Site, look func(path, answer string)) {
	t.Helper()
	paths, err := s.Paths(ctx)
	must(t, err)
	if len(paths) < 80 {
		t.Fatalf("only %d paths", len(paths))
	}
	paths = append(paths, "en/map.html?text=a", "en/map.html?place=orvane&grade=all", "en/totals.html?by=belligerent&grade=all", "data/incidents.csv?text=selm", "no/such/page", "en/incidents/none.html", "draftsource")
	for _, path := range paths {
		if strings.HasSuffix(path, ".woff2") || strings.Contains(path, "map.") {
			continue
		}
		w := get(t, s, "/"+path)
		look(path, w.Body.String())
		look(path+", in what stands before it", fmt.Sprint(w.Code, w.Header()))
	}
}

// TestWhatIsHiddenIsAsIfItHadNeverBeen holds the answer for an incident that was
// suppressed or never released to that for one that nobody ever recorded.
func TestWhatIsHiddenIsAsIfItHadNeverBeen(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	for _, form := range []string{"/en/incidents/%s.html", "/r/1/ar/incidents/%s.html", "/incidents/%s.json", "/incidents/%s", "/%s", "/en/map.html?text=%s&grade=all", "/data/incidents.csv?text=%s"} {
		answer := func(code string) string {
			w := get(t, s, fmt.Sprintf(form, code))
			return strings.ReplaceAll(fmt.Sprint(w.Code, w.Header(), w.Body), code, "CODE")
		}
		never := answer("T999")
		for _, document := range []string{"hidden", "draftsource"} {
			if got := answer(codeOf(t, r, document)); got != never {
				t.Errorf(form+" tells %s from what never was:\n%s", "CODE", document, got[:min(len(got), 300)])
			}
		}
	}
}

// TestTheSourceThatNobodyNamesIsSuppressedToo holds what a witness said to what was
// judged of the witness, of whom no page gives the name.
func TestTheSourceThatNobodyNamesIsSuppressedToo(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	path := "/en/incidents/" + slugOf(codeOf(t, r, "selm")) + ".html"
	said := func(page string) int { return strings.Count(page, "when a shell hit") }
	before := said(body(t, s, path))
	j, err := r.Suppress(ctx, cairn.ClaimRef{Document: "Bram Untold"}, "he is in danger")
	must(t, err)
	for _, path := range []string{path, "/r/1" + path} {
		if after := said(body(t, s, path)); after >= before {
			t.Errorf("%s still quotes him: %d sentences, %d before", path, after, before)
		}
	}
	_, err = r.Undo(ctx, j.ID, "he is safe")
	must(t, err)
	if said(body(t, s, path)) != before {
		t.Error("his words did not come back")
	}
}

func TestNoSecretIsServedOrWritten(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	secrets := append(append(slices.Clone(secrets), onList...), `"`+codeOf(t, r, "draftsource")+`"`, ">"+codeOf(t, r, "draftsource")+"<")
	if page := body(t, s, "/incidents/"+slugOf(codeOf(t, r, "selm"))+".json"); !strings.Contains(page, "overlapping_toll") {
		t.Error("no relation is published, so that the search for a draft's code proves nothing")
	}
	everyAnswer(t, s, func(path, answer string) {
		unescaped, _ := url.QueryUnescape(answer)
		for _, secret := range secrets {
			if strings.Contains(answer, secret) || strings.Contains(unescaped, secret) {
				at := max(0, strings.Index(answer, secret)-80)
				t.Errorf("%s holds %q: …%s…", path, secret, answer[at:min(len(answer), at+200)])
			}
		}
	})
	if !strings.Contains(body(t, s, "/en/incidents/"+slugOf(codeOf(t, r, "herald"))+".html"), `class="masked"`) {
		t.Error("nothing is masked, so that the search proves nothing")
	}
	dir := written(t, r)
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, secret := range secrets {
			if strings.HasSuffix(path, ".woff2") || strings.HasSuffix(path, "map.js") {
				break
			}
			if strings.Contains(string(data), secret) || strings.Contains(path, secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		return err
	})
	must(t, err)
}

// written writes the site of a record to a folder.
func written(t testing.TB, r *recorder.Recorder) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	s := pages(t, r, Settings{Static: true})
	paths, err := s.Paths(ctx)
	must(t, err)
	release, err := r.Public().Release(ctx, 0)
	must(t, err)
	_, err = publish.Folder(ctx, dir, s, paths, release)
	must(t, err)
	return dir
}

func TestClearedNamesMayStand(t *testing.T) {
	r := record(t)
	_, err := r.ClearNames(ctx, "herald", "the family gave the interview")
	must(t, err)
	_, err = r.Publish(ctx, "")
	must(t, err)
	if page := body(t, pages(t, r, Settings{}), "/en/incidents/"+slugOf(codeOf(t, r, "herald"))+".html"); !strings.Contains(page, "Orrelby family says") || strings.Contains(page, "Tamsin Orrelby among seven") {
		t.Error("the names of the document that was cleared are not shown, or those of another are")
	}
}

func TestTheSameSiteIsWrittenTwice(t *testing.T) {
	r := record(t)
	first, err := os.ReadFile(filepath.Join(written(t, r), publish.ManifestName))
	must(t, err)
	if again, err := r.Publish(ctx, ""); err != nil || again.Number != 1 {
		t.Fatalf("release %d: %v", again.Number, err)
	}
	second, err := os.ReadFile(filepath.Join(written(t, r), publish.ManifestName))
	must(t, err)
	if string(first) != string(second) {
		t.Error("the manifests differ")
	}
}

func TestASiteWithoutAReleaseSaysSo(t *testing.T) {
	r, err := recorder.Open(ctx, recorder.Settings{Data: t.TempDir(), Now: func() time.Time { return noon }})
	must(t, err)
	defer r.Close()
	s := pages(t, r, Settings{Static: true})
	paths, err := s.Paths(ctx)
	must(t, err)
	for _, path := range paths {
		if w := get(t, s, "/"+path); w.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
	if page := body(t, s, "/index.html"); !strings.Contains(page, "Nothing has been published yet") {
		t.Error("it does not say so")
	}
}

func TestPagesAgreeWithTheTotal(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	want, err := recorder.Total(ctx, r.View(), recorder.Query{Project: "tarn", Stage: store.Published, Grades: cairn.Grades})
	must(t, err)
	var raw struct{ Rows []json.RawMessage }
	text := body(t, s, "/data/totals.json?grade=all")
	must(t, json.Unmarshal([]byte(text), &raw))
	wanted, err := json.Marshal(want.Rows)
	must(t, err)
	rows, err := json.Marshal(raw.Rows)
	must(t, err)
	if string(rows) != string(wanted) {
		t.Errorf("the site adds up to\n%s\nthe record to\n%s", rows, wanted)
	}
	for _, row := range want.Rows {
		if row.Harm == cairn.Killed && row.Class == cairn.Civilian {
			figure := s.tongues["en"].figure(row.Range())
			if page := body(t, s, "/en/map.html?grade=all"); !strings.Contains(page, ">"+figure+"<") {
				t.Errorf("the page does not show %s", figure)
			}
		}
	}
}

func TestEveryLanguageSaysWhatItShows(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	for _, tag := range languages {
		for _, path := range []string{"/index.html", "/map.html", "/totals.html", "/places.html", "/data.html", "/incidents/" + slugOf(codeOf(t, r, "selm")) + ".html"} {
			page := body(t, s, "/"+tag+path)
			if !strings.Contains(page, `<html lang="`+tag+`" dir="`+s.tongues[tag].Dir+`"`) {
				t.Errorf("%s%s does not say its language", tag, path)
			}
			for _, key := range []string{">nav.", ">field.", ">range.", ">front.", ">sum."} {
				if strings.Contains(page, key) {
					t.Errorf("%s%s shows the name of a word, %s", tag, path, key)
				}
			}
		}
	}
	en, ar := s.tongues["en"], s.tongues["ar"]
	place := regexp.MustCompile(`\{\w+\}`)
	named := func(said string) []string {
		all := place.FindAllString(said, -1)
		slices.Sort(all)
		return all
	}
	for _, tag := range languages {
		for key, said := range en.Say {
			if strings.HasPrefix(key, "single.") { // only English counts one by another word here
				continue
			}
			if of := s.tongues[tag].Say[key]; of == "" || !slices.Equal(named(of), named(said)) {
				t.Errorf("%s says %q for %s, which is %q in English", tag, of, key, said)
			}
		}
		for noun := range en.Count {
			if s.tongues[tag].Count[noun]["other"] == "" {
				t.Errorf("%s cannot count %s", tag, noun)
			}
		}
	}
	if got := en.figure(cairn.Exactly(1)) + " " + en.ofFigure(cairn.Exactly(1), cairn.Killed, cairn.Child); got != "1 child killed" {
		t.Errorf("one child is %q", got)
	}
	if got := ar.figure(cairn.Between(3, 7)); strings.ContainsAny(got, "–-") || got != "3 إلى 7" {
		t.Errorf("an Arabic range is %q", got)
	}
	for _, c := range []struct {
		tag, want string
		n         int
	}{{"en", "1 incident", 1}, {"ar", "حادثتان", 2}, {"ar", "3 حوادث", 3}, {"uk", "5 випадків", 5}, {"ru", "2 случая", 2}, {"es", "1.200 incidentes", 1200}} {
		if got := s.tongues[c.tag].count("incidents", c.n); got != c.want {
			t.Errorf("%d in %s is %q, want %q", c.n, c.tag, got, c.want)
		}
	}
}

func TestPersonsAreShownAsFarAsTheyAgree(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{Letters: &letters{}})
	code := codeOf(t, r, "herald")
	if page := body(t, s, "/en/incidents/"+slugOf(code)+".html"); !strings.Contains(page, "I. M.") {
		t.Error("somebody is missing, so that taking them out proves nothing")
	}
	_, err := r.ShowPerson(ctx, "p4", cairn.Showing{Suppressed: true, Authority: "her own"}, "she is in hiding")
	must(t, err)
	for _, path := range []string{"/en/incidents/" + slugOf(code) + ".html", "/r/1/en/incidents/" + slugOf(code) + ".html"} {
		page := body(t, s, path)
		for _, want := range []string{"and so was Rowan Ashgrove.", "Rowan Ashgrove", "41 years", "P. Q.", "L. Q.", "6 years", "Family, 2", "1 more on lists", "Tell us about this person"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		if strings.Contains(page, "I. M.") {
			t.Errorf("%s still has somebody who was taken out", path)
		}
	}
	if page := body(t, s, "/ar/incidents/"+slugOf(code)+".html"); !strings.Contains(page, "41 سنة") {
		t.Error("the Arabic page does not say an age")
	}
	form, err := r.Public().Form(ctx, 0, code)
	must(t, err)
	ask := body(t, s, "/en/correct.html?about=x&person="+form.Victims[0].Key)
	for _, want := range []string{"This person is alive", "What are you to this person?", `value="` + form.Victims[0].Key + `"`} {
		if !strings.Contains(ask, want) {
			t.Errorf("the form about a person does not say %q", want)
		}
	}
	if plain := body(t, s, "/en/correct.html?about=x&person=p1"); strings.Contains(plain, "This person is alive") {
		t.Error("what is no key is taken for a person")
	}
	_, err = r.FoundAlive(ctx, "p1", "she telephoned")
	must(t, err)
	everyAnswer(t, s, func(path, answer string) {
		if strings.Contains(answer, "Ashgrove") {
			t.Errorf("%s still names somebody who is alive", path)
		}
	})
}

func TestNothingOfAListIsExported(t *testing.T) {
	r := record(t)
	_, err := r.JudgeVictim(ctx, cairn.Appears, "register/990011224", codeOf(t, r, "herald"), "reason that stays inside")
	must(t, err)
	for _, format := range []recorder.Format{"csv", "geojson", "jsonl", "parquet", "hxl", "sqlite", "dossier"} {
		dir := filepath.Join(t.TempDir(), string(format))
		if format == "dossier" {
			must(t, os.MkdirAll(dir, 0o700))
			must(t, unpacked(r, codeOf(t, r, "herald"), dir))
		} else if _, err := recorder.Export(ctx, r.View(), recorder.Query{Project: "tarn", Grades: cairn.Grades}, format, dir); err != nil {
			t.Fatal(err)
		}
		err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			for _, secret := range onList {
				if strings.Contains(string(data), secret) {
					t.Errorf("%s holds %q", path, secret)
				}
			}
			return err
		})
		must(t, err)
	}
}

// unpacked writes the files of a public dossier into a folder.
func unpacked(r *recorder.Recorder, code, dir string) error {
	var b bytes.Buffer
	if err := r.Dossier(ctx, code, dossier.Public, &b); err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return err
	}
	for i, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(in)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), data, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func TestSuppressionHoldsAtOnce(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	code := codeOf(t, r, "selm")
	path := "/en/incidents/" + slugOf(code) + ".html"
	body(t, s, path)
	_, err := r.Suppress(ctx, cairn.ClaimRef{Document: code}, "somebody is in danger")
	must(t, err)
	for _, gone := range []string{path, "/incidents/" + slugOf(code) + ".json", "/" + code} {
		if w := get(t, s, gone); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", gone, w.Code)
		}
	}
	old := pages(t, r, Settings{Release: 1})
	if text := body(t, old, "/data/site.js"); strings.Contains(text, `"`+code+`"`) {
		t.Error("a later build of the first release holds it")
	}
}

func TestEarlierReleasesStayWhereTheyAreCited(t *testing.T) {
	r := record(t)
	s := pages(t, r, Settings{})
	path := "en/incidents/" + slugOf(codeOf(t, r, "herald")) + ".html"
	first := body(t, s, "/r/1/"+path)
	_, err := r.Override(ctx, codeOf(t, r, "herald"), "killed", "4–40", "counted again")
	must(t, err)
	sign(t, r, "herald")
	if release, err := r.Publish(ctx, ""); err != nil || release.Number != 2 {
		t.Fatalf("release %d: %v", release.Number, err)
	}
	if now := body(t, s, "/"+path); !strings.Contains(now, "4–40") || !strings.Contains(now, "/r/2/en/") {
		t.Error("the page is not that of the new release")
	}
	if body(t, s, "/r/1/"+path) != first {
		t.Error("the page of the first release has changed")
	}
	if log := body(t, s, "/en/corrections.html"); !strings.Contains(log, "4–40") {
		t.Error("the correction is not named")
	}
	for _, wrong := range []string{"/r/3/" + path, "/r/0/" + path, "/r/x/" + path, "/r/1/r/1/" + path} {
		if w := get(t, s, wrong); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", wrong, w.Code)
		}
	}
}

// TestOnePlaceHasOneNumber holds the row of a place to its own page, where some
// accounts give its name alone.
func TestOnePlaceHasOneNumber(t *testing.T) {
	r := example(t, "raqqa")
	_, err := r.Publish(ctx, "")
	must(t, err)
	s := pages(t, r, Settings{})
	x, err := s.index(ctx)
	must(t, err)
	headings := map[string]bool{}
	for _, p := range x.places {
		called := p.Name + ", " + p.Admin1
		if headings[called] {
			t.Errorf("two pages are headed %s", called)
		}
		headings[called] = true
		if n := len((selection{Place: p.asked, All: true}).taken(x)); n != len(p.incidents) {
			t.Errorf("%s has %d incidents, its page %d", called, len(p.incidents), n)
		}
	}
	row, page := body(t, s, "/en/index.html"), body(t, s, "/en/places/"+slugOf("geonames:172955")+".html")
	if !strings.Contains(row, ">2,259<") || !strings.Contains(page, ">2,259<") {
		t.Error("the row of the town and its page differ")
	}
}

// letters keeps what readers wrote.
type letters struct{ all []cairn.Letter }

func (l *letters) Receive(_ context.Context, letter cairn.Letter) error {
	l.all = append(l.all, letter)
	return nil
}

func TestReadersWrite(t *testing.T) {
	box := &letters{}
	s := pages(t, record(t), Settings{Letters: box})
	send := func(form url.Values, headers ...string) int {
		ask := httptest.NewRequest(http.MethodPost, "/en/correct.html", strings.NewReader(form.Encode()))
		ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for i := 0; i+1 < len(headers); i += 2 {
			ask.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, ask)
		return w.Code
	}
	good := url.Values{"kind": {"wrong"}, "about": {"incidents/T1.html"}, "text": {"It was four, I was there."}}
	for _, c := range []struct {
		name    string
		form    url.Values
		headers []string
		want    int
		kept    int
	}{
		{"a letter", good, nil, http.StatusOK, 1},
		{"an empty one", url.Values{"kind": {"wrong"}, "text": {" "}}, nil, http.StatusBadRequest, 1},
		{"one that is too long", url.Values{"kind": {"more"}, "text": {strings.Repeat("a", 9000)}}, nil, http.StatusBadRequest, 1},
		{"of no kind", url.Values{"kind": {"spam"}, "text": {"a"}}, nil, http.StatusBadRequest, 1},
		{"from another site", good, []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden, 1},
		{"of a machine that fills every field", url.Values{"kind": {"wrong"}, "text": {"a"}, "website": {"b"}}, nil, http.StatusOK, 1},
	} {
		if got := send(c.form, c.headers...); got != c.want || len(box.all) != c.kept {
			t.Errorf("%s: status %d, %d kept; want %d and %d", c.name, got, len(box.all), c.want, c.kept)
		}
	}
	for range lettersAnHour {
		send(good)
	}
	if got := send(good); got != http.StatusTooManyRequests {
		t.Errorf("after many letters the status is %d", got)
	}
}

func TestNoPageLoadsAnythingFromElsewhere(t *testing.T) {
	s := pages(t, record(t), Settings{Static: true})
	everyAnswer(t, s, func(path, answer string) {
		if !strings.Contains(path, ".html") || strings.Contains(path, "none.html") { // a fault is only ever served
			return
		}
		for _, part := range strings.Split(answer, "<")[1:] {
			tag, _, _ := strings.Cut(part, ">")
			if strings.HasPrefix(tag, "script") && strings.Contains(tag, "src=") || strings.HasPrefix(tag, "link") && !strings.Contains(tag, "canonical") || strings.HasPrefix(tag, "img") {
				if strings.Contains(tag, "://") || strings.Contains(tag, `="//`) || strings.Contains(tag, `="/`) {
					t.Errorf("%s: <%s>", path, tag)
				}
			}
			if strings.Contains(tag, " style=") || strings.Contains(tag, " onclick=") {
				t.Errorf("%s: <%s> breaks the policy", path, tag)
			}
		}
	})
}

func TestAnswersArePackedAndKept(t *testing.T) {
	s := pages(t, record(t), Settings{})
	ask := func(path string, headers ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	whole := ask("/en/map.html")
	zip := ask("/en/map.html", "Accept-Encoding", "br, gzip")
	if zip.Header().Get("Content-Encoding") != "gzip" || zip.Body.Len()*2 > whole.Body.Len() {
		t.Errorf("%d bytes are packed into %d", whole.Body.Len(), zip.Body.Len())
	}
	reader, err := gzip.NewReader(zip.Body)
	must(t, err)
	if text, err := io.ReadAll(reader); err != nil || string(text) != whole.Body.String() {
		t.Errorf("unpacked it is another page, %v", err)
	}
	if again := ask("/en/map.html", "If-None-Match", whole.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("a page that the reader has is answered with %d", again.Code)
	}
	if gone := ask("/en/incidents/none.html"); gone.Header().Get("ETag") != "" || gone.Code != http.StatusNotFound {
		t.Errorf("a page that is not there: %d, %q", gone.Code, gone.Header().Get("ETag"))
	}
	if font := ask("/"+s.assets.address("cairn.svg"), "Accept-Encoding", "gzip", "Range", "bytes=0-9"); font.Code != http.StatusPartialContent || font.Header().Get("Content-Encoding") != "" {
		t.Errorf("a part is answered with %d, %q", font.Code, font.Header().Get("Content-Encoding"))
	}
	if w := ask("/api"); w.Code != http.StatusFound || w.Header().Get("Location") != "/api/openapi.json" {
		t.Errorf("/api leads to %q", w.Header().Get("Location"))
	}
}
