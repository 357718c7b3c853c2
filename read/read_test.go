package read

import (
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
)

func TestContract(t *testing.T) {
	for _, test := range []struct {
		name, line string
		want       cairn.Document
	}{
		{"all fields", `{"id":"d1","text":"Seven died.","published":"2017-10","language":"en","source":"Delta Courier","url":"https://delta.example/1","place":"Marun","title":"The mill","byline":"Lina"}`,
			cairn.Document{ID: "d1", Text: "Seven died.", Published: "2017-10", Language: "en", Source: "Delta Courier", URL: "https://delta.example/1", Place: "Marun", Title: "The mill", Byline: "Lina"}},
		{"what must be there", `{"id":"d1","text":"Seven died."}`, cairn.Document{ID: "d1", Text: "Seven died."}},
		{"nulls and numbers", `{"id":"d1","text":"Seven died.","published":2017,"source":null,"place":7}`,
			cairn.Document{ID: "d1", Text: "Seven died.", Published: "2017", Place: "7"}},
		{"a field of another case is another field", `{"ID":"d2","id":"d1","Text":"No.","text":"Seven died."}`, cairn.Document{ID: "d1", Text: "Seven died."}},
		{"white space stays", `{"id":"d1","text":"  Seven\n\n died. "}`, cairn.Document{ID: "d1", Text: "  Seven\n\n died. "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := readBytes(test.line)
			if d.Problem != nil || d.Medium != mediumContract {
				t.Errorf("a %s with %+v", d.Medium, d.Problem)
			}
			d.Medium, d.Ref, d.Map = "", "", nil
			if want := test.want; d.ID != want.ID || d.Text != want.Text || d.Published != want.Published || d.Language != want.Language ||
				d.Source != want.Source || d.URL != want.URL || d.Place != want.Place || d.Title != want.Title || d.Byline != want.Byline {
				t.Errorf("read as %+v, want %+v", d, want)
			}
		})
	}
}

func TestContractMapsToItsBytes(t *testing.T) {
	const line = `{"text":"no","id":"d1","about":{"text":"not this"},"text":"Сім \"людей\" \u0437\u0430\u0433\u0438\u043d\u0443\u043b\u043e \ud83d\ude22 at the mill\nof Marun"}`
	d := readBytes(line)
	for _, test := range []struct{ words, at string }{
		{"Сім", `Сім \"`}, {`"людей"`, `\"людей`}, {"загинуло", `\u0437`}, {"at the", "at the mill"}, {"of Marun", `of Marun"}`},
	} {
		at, ok := d.Original(strings.Index(d.Text, test.words))
		if !ok || !strings.HasPrefix(line[at:], test.at) {
			t.Errorf("%q is said to stand at %d, where there is %.20q", test.words, at, line[at:])
		}
	}
}

func TestContractProblems(t *testing.T) {
	d := readBytes(`{"id":"d1","text":"Seven died.","published":"yesterday"}`)
	if d.Problem == nil || d.Problem.Kind != cairn.BadDate || d.Text != "Seven died." {
		t.Errorf("a date that is none gives %+v", d)
	}
	for _, line := range []string{`{"id":"d1"}`, `{"text":"Seven died."}`, `{"id":1,"text":"x"}`, `{"id":"d1","text":7}`, `{"id":"d1","text":"x"} and more`} {
		if d := readBytes(line); d.Medium == mediumContract {
			t.Errorf("%s is taken for a document of the contract", line)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, test := range []struct{ name, text, title, byline, published string }{
		{"title, author, date", "Shells hit mill\nJane Doe\n23 October 2017\n\nSeven people died at the mill of Marun on Monday.", "Shells hit mill", "Jane Doe", "2017-10-23"},
		{"author and date", "Jane Doe\n23 October 2017\n\nSeven people died at the mill of Marun on Monday.", "", "Jane Doe", "2017-10-23"},
		{"by, and an American date", "Shells hit mill\nBy Jane Doe\nOct. 23, 2017\n\nSeven people died.", "Shells hit mill", "Jane Doe", "2017-10-23"},
		{"date first", "2017-10-23\n\nSeven people died at the mill of Marun.", "", "", "2017-10-23"},
		{"Spanish", "Mueren siete en el molino\nPor Ana Ruas\n23 de octubre de 2017\n\nSiete personas murieron.", "Mueren siete en el molino", "Ana Ruas", "2017-10-23"},
		{"Ukrainian", "Сім загиблих на млині\n23 жовтня 2017\n\nСім людей загинуло у Маруні.", "Сім загиблих на млині", "", "2017-10-23"},
		{"Arabic", "مقتل سبعة في الطاحونة\nبقلم: لينا فاروق\n٢٣ أكتوبر ٢٠١٧\n\nقتل سبعة أشخاص.", "مقتل سبعة في الطاحونة", "لينا فاروق", "2017-10-23"},
		{"nothing but prose", "Seven people died at the mill of Marun on 23 October 2017, the owner said, when shells hit it.", "", "", ""},
		{"a date within the text is not its date", "The mill of Marun was shelled.\nOn 23 October 2017 seven people died there, as the owner told us when we visited the place.\n", "", "", ""},
	} {
		d := readBytes(test.text)
		if d.Text != test.text {
			t.Errorf("%s: the text is %q", test.name, d.Text)
		}
		if d.Title != test.title || d.Byline != test.byline || string(d.Published) != test.published {
			t.Errorf("%s: title %q, byline %q, published %q", test.name, d.Title, d.Byline, d.Published)
		}
	}
}

func TestTable(t *testing.T) {
	const rows = "district,killed,note\r\nSelle,23,\"two, at least\"\r\nMarun,,none\r\n"
	d := readBytes(rows)
	if want := "district, killed, note\nSelle, 23, two, at least\nMarun, , none"; d.Text != want || d.Medium != mediumTable {
		t.Errorf("read as %q, a %s; want %q", d.Text, d.Medium, want)
	}
	at := strings.Index(d.Text, "two, at")
	cell, ok := d.CellAt(cairn.Span{Start: at, End: at + 3})
	if !ok || cell.Row != 2 || cell.Column != 3 {
		t.Errorf("the note stands in %+v", cell)
	}
	if original, _ := d.Original(at); !strings.HasPrefix(rows[original:], "two, at least") {
		t.Errorf("the note is said to stand at %d", original)
	}
}

// TestProblems holds what no report is, and the outcomes of its collection.
func TestProblems(t *testing.T) {
	for _, test := range []struct {
		name, content string
		receipt       cairn.Receipt
		kind          cairn.ProblemKind
		text          string
	}{
		{"nothing", "", cairn.Receipt{}, cairn.NoText, ""},
		{"white space", " \n\t \r\n", cairn.Receipt{}, cairn.NoText, ""},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", cairn.Receipt{}, cairn.Unsupported, ""},
		{"a program", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00", cairn.Receipt{}, cairn.Unsupported, ""},
		{"a page without words", "<html><body><img src=x><script>f()</script></body></html>", cairn.Receipt{}, cairn.NoText, ""},
		{"a wall", "<html><body>Log in</body></html>", cairn.Receipt{Outcome: cairn.LoginWall}, cairn.CaptureFault, ""},
		{"gone", "", cairn.Receipt{Outcome: cairn.Gone}, cairn.CaptureFault, ""},
		{"too large", "", cairn.Receipt{Outcome: cairn.TooLarge}, cairn.TooMuch, ""},
		{"broken off", "Seven people died at the mi", cairn.Receipt{Outcome: cairn.BrokenOff}, cairn.Broken, "Seven people died at the mi"},
		{"NUL bytes", "Seven\x00 people died at the mill of Marun, says its owner.", cairn.Receipt{}, cairn.NoProblem, "Seven people died at the mill of Marun, says its owner."},
		{"an escaped NUL in a contract", `{"id":"d1","text":"Seven\u0000died."}`, cairn.Receipt{}, cairn.NoProblem, "Seven died."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := Document(cairn.RefOf([]byte(test.content)), []byte(test.content), test.receipt)
			kind := cairn.NoProblem
			if d.Problem != nil {
				kind = d.Problem.Kind
			}
			if kind != test.kind || d.Text != test.text {
				t.Errorf("the problem is %+v and the text %q; want %q and %q", d.Problem, d.Text, test.kind, test.text)
			}
			if d.ID == "" || d.Ref == "" {
				t.Error("the document has no identifier, or does not say of which bytes it is")
			}
		})
	}
}

func TestDatesOfPublication(t *testing.T) {
	came := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, content string
		given         cairn.Date
		want          cairn.Date
		kind          cairn.ProblemKind
	}{
		{"in the future", `<html><head><meta name="date" content="2031-01-01"></head><body><p>Seven people died at the mill.</p></body></html>`, "", "", cairn.BadDate},
		{"in the future, but given", `<html><head><meta name="date" content="2031-01-01"></head><body><p>Seven people died at the mill.</p></body></html>`, "2024-04-30", "2024-04-30", cairn.BadDate},
		{"tomorrow, in another zone", `<html><head><meta name="date" content="2024-05-02T01:00:00+10:00"></head><body><p>Seven people died.</p></body></html>`, "", "2024-05-02", cairn.NoProblem},
		{"stated before given", `<html><head><meta name="date" content="2024-04-01"></head><body><p>Seven people died at the mill.</p></body></html>`, "2024-04-30", "2024-04-01", cairn.NoProblem},
		{"given", "Seven people died at the mill.", "2024-04", "2024-04", cairn.NoProblem},
		{"a month in a contract", `{"id":"a","text":"x","published":"2024-05"}`, "", "2024-05", cairn.NoProblem},
	} {
		receipt := cairn.Receipt{At: came}
		receipt.Given.Published = test.given
		d := Document("", []byte(test.content), receipt)
		kind := cairn.NoProblem
		if d.Problem != nil {
			kind = d.Problem.Kind
		}
		if d.Published != test.want || kind != test.kind || d.Text == "" {
			t.Errorf("%s: published %q with %q, want %q with %q", test.name, d.Published, kind, test.want, test.kind)
		}
	}
}

func TestDateIn(t *testing.T) {
	for _, test := range []struct {
		words    string
		american bool
		want     cairn.Date
	}{
		{"Published on 4 March 2019 at 10:00", false, "2019-03-04"},
		{"March 4th, 2019", false, "2019-03-04"},
		{"Mon, Sept. 4, 2017", false, "2017-09-04"},
		{"04/03/2019", false, "2019-03-04"},
		{"04/03/2019", true, "2019-04-03"},
		{"13/03/2019", true, "2019-03-13"},
		{"4.3.2019", true, "2019-03-04"},
		{"2019-03-04T10:00:00Z", false, "2019-03-04"},
		{"2019/3/4", false, "2019-03-04"},
		{"4 de marzo de 2019", false, "2019-03-04"},
		{"1er mars 2019", false, "2019-03-01"},
		{"4. März 2019", false, "2019-03-04"},
		{"4 марта 2019 г.", false, "2019-03-04"},
		{"4 березня 2019 року", false, "2019-03-04"},
		{"٤ مارس ٢٠١٩", false, "2019-03-04"},
		{"الاثنين 4 آذار/مارس 2019", false, "2019-03-04"},
		{"4 كانون الأول 2019", false, "2019-12-04"},
		{"31 February 2019", false, ""},
		{"1,300 people in 2019", false, ""},
		{"room 4 march", false, ""},
	} {
		if got := dateIn(test.words, test.american); got != test.want {
			t.Errorf("dateIn(%q, %v) = %q, want %q", test.words, test.american, got, test.want)
		}
	}
}

// TestPagesThatCostTooMuch reads what a page can do to its reader: each takes a
// second at most, and none is lost.
func TestPagesThatCostTooMuch(t *testing.T) {
	for _, test := range []struct {
		name, content, last string
	}{
		{"text deep within bylines", strings.Repeat("<div class=author>", 500) + strings.Repeat("some words of it ", 50_000) + "end", "end"},
		{"elements that never close", strings.Repeat("<div><span>", 600) + "Seven people died at the mill of Marun.<p>It burned down within the hour.</p>", "within the hour."},
		{"nothing but a table", "<table>" + strings.Repeat("<tr><td>Marun<td>7", 20_000) + "</table>", "Marun, 7"},
		{"headings without end", strings.Repeat("<h2>a b</h2>", 50_000) + "<p>Seven people died at the mill of Marun.</p>", "mill of Marun."},
	} {
		d := readBytes("<html><body>" + test.content + "</body></html>")
		if !strings.HasSuffix(d.Text, test.last) {
			t.Errorf("%s: %d bytes of text that end in %q", test.name, len(d.Text), d.Text[max(0, len(d.Text)-40):])
		}
	}
}
