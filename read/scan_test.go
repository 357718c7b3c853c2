package read

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func word(text string, sure int) cairn.ScanWord { return cairn.ScanWord{Text: text, Confidence: sure} }

// sheet is a scan of two pages.
var sheet = cairn.Scan{Form: cairn.ScanForm, Of: cairn.RefOf([]byte("pictures")), Title: "Letter", Tool: "tesseract 5", Languages: []string{"eng"}, Pages: []cairn.ScanPage{
	{Page: 1, Lines: [][]cairn.ScanWord{{word("Seven", 96), word("people", 90)}, {word("were", 88), word("ki1led.", 41)}, {word("Others", 95), word("fled.", 93)}}, Breaks: []int{2}},
	{Page: 3, Lines: [][]cairn.ScanWord{{word("The", 97), word("end.", 99)}}},
}}

func scanOf(t *testing.T, s cairn.Scan) []byte {
	t.Helper()
	content, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestAScanIsOfAMachineThroughout(t *testing.T) {
	content := scanOf(t, sheet)
	d := Document(cairn.RefOf(content), content, cairn.Receipt{Outcome: cairn.Fetched, Given: cairn.Given{Source: "Tarn Wire"}})
	if want := "Seven people\nwere ki1led.\n\nOthers fled.\n\nThe end."; d.Text != want || d.Medium != "scan" || d.Title != "Letter" || d.Source != "Tarn Wire" {
		t.Fatalf("%+v", d)
	}
	m := d.Machine
	if m == nil || m.Of != sheet.Of || m.Tool != "tesseract 5" || m.Confidence != (96+90+88+41+95+93+97+99)/8 {
		t.Fatalf("%+v", m)
	}
	for words, want := range map[string]struct{ page, sure int }{"Seven people": {1, 90}, "ki1led": {1, 41}, "people\nwere": {1, 41}, "Others": {1, 93}, "end": {3, 97}} {
		at := strings.Index(d.Text, words)
		page, ok := d.Page(at)
		if sure := m.Least(cairn.Span{Start: at, End: at + len(words)}); sure != want.sure || page != want.page || !ok {
			t.Errorf("%q: sure %d on page %d, want %d on %d", words, sure, page, want.sure, want.page)
		}
	}
}

func TestAScanWithoutAWord(t *testing.T) {
	content := scanOf(t, cairn.Scan{Form: cairn.ScanForm, Of: sheet.Of, Tool: "tesseract 5"})
	if d := Document(cairn.RefOf(content), content, cairn.Receipt{Outcome: cairn.Fetched}); d.Problem == nil || d.Problem.Kind != cairn.NoText || d.Machine == nil {
		t.Errorf("%+v", d)
	}
}

// TestWhatAMachineReadStaysSo hands a document on as a contract document, and takes
// it in again.
func TestWhatAMachineReadStaysSo(t *testing.T) {
	line := []byte(`{"id":"d1","text":"Seven people were killed.","machine":{"of":"` + string(sheet.Of) + `","tool":"tesseract 5","confidence":88,"lines":[{"span":[0,25],"confidence":61}]}}`)
	d := Document(cairn.RefOf(line), line, cairn.Receipt{Outcome: cairn.Fetched})
	if d.Machine == nil || d.Machine.Least(cairn.Span{Start: 3, End: 9}) != 61 || d.Medium != "contract" {
		t.Errorf("%+v", d)
	}
	if at, ok := d.Original(0); !ok || string(line[at:at+5]) != "Seven" {
		t.Errorf("offset %d, %t", at, ok)
	}
	typed := []byte(`{"id":"d1","text":"Seven people were killed.","machine":{}}`)
	if d := Document(cairn.RefOf(typed), typed, cairn.Receipt{Outcome: cairn.Fetched}); d.Machine != nil {
		t.Errorf("typed, and said to be read: %+v", d.Machine)
	}
}

func TestLeastOfNoLine(t *testing.T) {
	m := &cairn.MachineText{Lines: []cairn.MachineLine{{Span: cairn.Span{Start: 5, End: 9}, Confidence: 0}}}
	for _, c := range []struct {
		span cairn.Span
		want int
	}{{cairn.Span{Start: 0, End: 5}, 100}, {cairn.Span{Start: 0, End: 6}, 1}, {cairn.Span{Start: 8, End: 12}, 1}, {cairn.Span{Start: 9, End: 12}, 100}} {
		if got := m.Least(c.span); got != c.want {
			t.Errorf("%v: %d, want %d", c.span, got, c.want)
		}
	}
}
