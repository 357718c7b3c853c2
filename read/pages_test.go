package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/cairn-recorder/cairn"
)

// A marked page is a page of testdata/pages with what a person reads in it: the
// facts it states, then a blank line, then its main text.
type markedPage struct {
	name    string
	content []byte
	facts   map[string]string
	text    string
}

// markedPages reads testdata/pages. A case is two files, NAME.html and NAME.txt.
func markedPages(t testing.TB) []markedPage {
	t.Helper()
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages:", err)
	}
	var pages []markedPage
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		marked, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		head, text, _ := strings.Cut(string(marked), "\n\n")
		p := markedPage{strings.TrimSuffix(filepath.Base(file), ".html"), content, map[string]string{}, text}
		for line := range strings.Lines(head) {
			name, value, _ := strings.Cut(line, ":")
			p.facts[name] = strings.TrimSpace(value)
		}
		pages = append(pages, p)
	}
	return pages
}

func (p markedPage) read() cairn.Document {
	receipt := cairn.Receipt{How: "file"}
	receipt.Given.URL = p.facts["url"]
	return Document(cairn.RefOf(p.content), p.content, receipt)
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

// tokenF is the harmonic mean of the shares of words that got and want have in
// common, each word as often as both have it.
func tokenF(got, want string) float64 {
	count := map[string]int{}
	gotWords, wantWords := words(got), words(want)
	for _, w := range wantWords {
		count[w]++
	}
	common := 0
	for _, w := range gotWords {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	if common == 0 {
		return 0
	}
	precision, recall := float64(common)/float64(len(gotWords)), float64(common)/float64(len(wantWords))
	return 2 * precision * recall / (precision + recall)
}

func TestPages(t *testing.T) {
	least, sum := 1.0, 0.0
	pages := markedPages(t)
	for _, p := range pages {
		t.Run(p.name, func(t *testing.T) {
			d := p.read()
			f := tokenF(d.Text, p.text)
			least, sum = min(least, f), sum+f
			if f < 0.95 {
				t.Errorf("F of the words is %.3f, want 0.95 at least; got:\n%s", f, d.Text)
			}
			if d.Problem != nil {
				t.Errorf("a problem: %+v", *d.Problem)
			}
			for _, fact := range []struct{ name, got string }{
				{"title", d.Title}, {"published", string(d.Published)}, {"language", d.Language}, {"byline", d.Byline},
			} {
				if fact.got != p.facts[fact.name] {
					t.Errorf("%s is %q, want %q", fact.name, fact.got, p.facts[fact.name])
				}
			}
		})
	}
	t.Logf("F of the words on %d pages: mean %.4f, least %.4f", len(pages), sum/float64(len(pages)), least)
}
