package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestWordsInArabic(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"Inbox":                 "الوارد",
		"  Inbox ":              "  الوارد ",
		"3–5":                   "3 إلى 5",
		"12 or more":            "12 أو أكثر",
		"7–9 or more":           "7 إلى 9 أو أكثر",
		"1,300":                 "1,300",
		"4 May 2031":            "4 أيار/مايو 2031",
		"May 2031":              "أيار/مايو 2031",
		"4 May 2031, 12:00 UTC": "4 أيار/مايو 2031، 12:00 بالتوقيت العالمي",
		"1 document":            "وثيقة واحدة",
		"2 documents":           "وثيقتان",
		"5 documents":           "5 وثائق",
		"1,300 documents":       "1,300 وثيقة",
		"Correct claim 3":       "صحّح الإفادة 3",
		" · signed, 4 May 2031": " · موقّعة، 4 أيار/مايو 2031",
		"Tarn Wire":             "Tarn Wire",
		"Merge them into T1":    "ادمجها في T1",
		"Civilians killed 7–9":  "مدنيون قتلى 7 إلى 9",
	} {
		if got, _ := tongues["ar"].say(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestWordsInSpanish(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"Inbox":                 "Entrada",
		"3–5":                   "3–5",
		"7–9 or more":           "7–9 o más",
		"1,300":                 "1.300",
		"4 May 2031":            "4 de mayo de 2031",
		"May 2031":              "mayo de 2031",
		"4 May 2031, 12:00 UTC": "4 de mayo de 2031, 12:00 UTC",
		"1 document":            "1 documento",
		"1,300 documents":       "1.300 documentos",
		"Correct claim 3":       "Corregir la afirmación 3",
		"Civilians killed 7–9":  "Civiles muertos 7–9",
		"0.62":                  "0,62",
	} {
		if got, _ := tongues["es"].say(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestWordsInUkrainian(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"Inbox":                           "Вхідні",
		"4 May 2031":                      "4 травня 2031",
		"May 2031":                        "травень 2031",
		"May 2031 to July 2031":           "травень 2031 – липень 2031",
		"1 claim":                         "1 твердження",
		"3 documents":                     "3 документи",
		"5 documents":                     "5 документів",
		"21 documents":                    "21 документ",
		"1,300 incidents":                 "1 300 випадків",
		"Children killed":                 "Загиблі діти",
		"Journalists injured 3–5 or more": "Поранені: журналісти 3–5 або більше",
		"Journalists injured":             "Поранені: журналісти",
		"journalists killed or injured":   "загинули чи поранені: журналісти",
		"text in English:":                "текст (англійська):",
		"Syria":                           "Сирія",
		"Syria, 4 May 2031":               "Сирія, 4 травня 2031",
		"at least 1,300":                  "щонайменше 1 300",
		"made revision 3 of the incident, of 2 claims": "створено редакцію 3 випадку: 2 твердження",
	} {
		if got, _ := tongues["uk"].say(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestWordsInRussian(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"Inbox":        "Входящие",
		"4 May 2031":   "4 мая 2031",
		"May 2031":     "май 2031",
		"1 incident":   "1 случай",
		"3 incidents":  "3 случая",
		"11 incidents": "11 случаев",
		"22 claims":    "22 утверждения",
		"Men missing":  "Пропали без вести: мужчины",
		"Yemen":        "Йемен",
		", release 1 of 6 May 2031: 2 rows, 2 added, 0 changed, 1,300 removed": ", выпуск 1 от 6 мая 2031: 2 строки, добавлено 2, изменено 0, изъято 1\u00a0300",
		"Ukrainian":             "украинский",
		"7–9 or more":           "7–9 или больше",
		"Correct claim 3":       "Исправить утверждение 3",
		"4 May 2031, 12:00 UTC": "4 мая 2031, 12:00 UTC",
	} {
		if got, _ := tongues["ru"].say(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestWhatIsDataStaysAsItIs(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	const page = `<!doctype html><html lang="en"><body><h1>Inbox</h1><p><bdi>Inbox</bdi>: <q dir="auto">Inbox</q></p><p dir="auto">Inbox<span>Inbox</span></p><input aria-label="Inbox" value="Inbox"><br><code>Inbox</code><span lang="en">Inbox</span><a href="/x?a=1&amp;b=2" title="Inbox">Inbox &amp; Tarn</a></body></html>`
	const want = `<!doctype html><html lang="ar" dir="rtl"><body><h1>الوارد</h1><p><bdi>Inbox</bdi>: <q dir="auto">Inbox</q></p><p dir="auto">Inbox<span>Inbox</span></p><input aria-label="الوارد" value="Inbox"><br><code>Inbox</code><span lang="ar">الوارد</span><a href="/x?a=1&amp;b=2" title="الوارد">Inbox &amp; Tarn</a></body></html>`
	if got := string(tongues["ar"].page([]byte(page), nil)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTheLanguageIsOfThePersonElseOfTheBrowser(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	ana := w.as("ana")
	asks := func(b *browserless, path, language string) string {
		r, err := http.NewRequest(http.MethodGet, b.server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", language)
		return b.ask(r).body
	}
	arabic := `<html lang="ar" dir="rtl">`
	for language, want := range map[string]bool{"ar": true, "ar-SY,en;q=0.5": true, "en,ar;q=0.5": false, "fr": false, "fr,ar;q=0.5": true, "": false, ";;": false} {
		if got := strings.Contains(asks(w.nobody(), "/sign-in", language), arabic); got != want {
			t.Errorf("a browser that asks for %q is shown Arabic: %v", language, got)
		}
	}
	if got := ana.post("/account/language", url.Values{"form": {"language"}, "language": {"tlh"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a language without words: %d", got.status)
	}
	ana.post("/account/language", url.Values{"form": {"language"}, "language": {"ar"}})
	if got := asks(ana, "/inbox", "en"); !strings.Contains(got, arabic) || !strings.Contains(got, "ما ورد وينتظر شخصًا") {
		t.Error("whoever asked for Arabic is shown English")
	}
	ana.post("/account/language", url.Values{"form": {"language"}, "language": {"en"}})
	if got := asks(ana, "/inbox", "ar"); strings.Contains(got, arabic) {
		t.Error("whoever asked for English is shown Arabic")
	}
}

func FuzzTonguePage(f *testing.F) {
	for _, s := range []string{"<p>Inbox</p>", "<p", "<bdi><p>Inbox</bdi></p></p>", `<a title="Inbox">`, "&lt;Inbox&gt;", "4 May 2031 · 3–5"} {
		f.Add(s)
	}
	tongues, err := readTongues()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if got := tongues["ar"].page([]byte(page), nil); strings.Count(string(got), "<script") > strings.Count(strings.ToLower(page), "<script") {
			t.Errorf("%q becomes %q", page, got)
		}
	})
}

// A reason is said whole or not at all, so that what a person wrote is never half of
// one language.
func TestReasonsAreSaidWholeOrNotAtAll(t *testing.T) {
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"the place is the same (Orvane)":                                "місце те саме (Orvane)",
		"herald: the day is the same (2031-05-03)":                      "herald: день той самий (2031-05-03)",
		"both say 7 killed":                                             "обидва кажуть: загинули 7",
		"three independent origins report harm":                         "незалежні першоджерела (три) повідомляють про шкоду",
		"killed: the floor 7 is the lowest figure named (wire)":         "загинули: мінімум 7 — найменше назване число (wire)",
		"Orvane and Selm lie 4.2 km apart, which their accuracy allows": "Orvane і Selm лежать за 4,2 км, що дозволяє їхня точність",
		"I asked the mayor, and the day is wrong.":                      "I asked the mayor, and the day is wrong.",
		"see the inbox: Inbox, yes":                                     "see the inbox: Inbox, yes",
	} {
		if got := tongues["uk"].reason(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// The reasons that cairn gives for a record have words in every language.
func TestReasonsHaveWordsInEveryLanguage(t *testing.T) {
	w := newWorkshop(t)
	w.account("ana", cairn.Researcher, "tarn")
	w.lists()
	ana := w.as("ana")
	reason := regexp.MustCompile(`data-reason>([^<]+)<`)
	found := map[string]bool{}
	for _, path := range []string{"/inbox", "/code/herald", "/code/shabaka", "/code/wire", "/incidents/T1", "/incidents/T2", "/persons", "/persons/" + idOf(t, w, "Faris Zaytun")} {
		for _, m := range reason.FindAllStringSubmatch(ana.get(path).body, -1) {
			found[html.UnescapeString(m[1])] = true
		}
	}
	if len(found) < 15 {
		t.Fatalf("only %d reasons were found", len(found))
	}
	tongues, err := readTongues()
	if err != nil {
		t.Fatal(err)
	}
	for tag, of := range tongues {
		for r := range found {
			if of.reason(r) == r {
				t.Errorf("%s has no words for %q", tag, r)
			}
		}
	}
}
