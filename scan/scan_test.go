package scan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/scan/scantest"
)

var ctx = context.Background()

// words returns what was read, and how sure the program is in the mean.
func words(s cairn.Scan) (text string, sure int) {
	n := 0
	for _, p := range s.Pages {
		for _, l := range p.Lines {
			for _, w := range l {
				text += w.Text + " "
				sure, n = sure+w.Confidence, n+1
			}
		}
	}
	return text, sure / max(1, n)
}

func TestPicturesAreRead(t *testing.T) {
	tools := scantest.Tools(t)
	for language, line := range map[string]string{
		"en": "Seven people were killed in an airstrike on Orvane, the mayor said.",
		"es": "Siete personas murieron en un ataque contra Orvane, dijo el alcalde.",
		"ru": "Семь человек погибли при ударе по городу, сообщил мэр.",
		"uk": "Семеро людей загинули внаслідок удару по місту, повідомив мер.",
		"ar": "قتل سبعة أشخاص في غارة على المدينة بحسب رئيس البلدية",
	} {
		picture := scantest.Picture(t, language, line)
		read, err := tools.Picture(ctx, picture, tools.For(language))
		if err != nil {
			t.Errorf("%s: %v", language, err)
			continue
		}
		got, sure := words(read)
		found := 0
		wanted := strings.Fields(line)
		for _, w := range wanted {
			if strings.Contains(got, w) {
				found++
			}
		}
		t.Logf("%s: %d of %d words, sure %d", language, found, len(wanted), sure)
		if found*10 < len(wanted)*8 || sure < 60 || sure > 100 || read.Of != cairn.RefOf(picture) || read.Pages[0].Width == 0 {
			t.Errorf("%s: %d of %d words, sure %d: %s", language, found, len(wanted), sure, got)
		}
		again, err := tools.Picture(ctx, picture, tools.For(language))
		one, _ := json.Marshal(read)
		other, _ := json.Marshal(again)
		if err != nil || !bytes.Equal(one, other) {
			t.Errorf("%s: read twice, and not the same", language)
		}
	}
}

func TestPagesOfAPDFAreRead(t *testing.T) {
	tools := scantest.Tools(t)
	file := scantest.PDF(t, scantest.Picture(t, "en", "The first page tells of seven people."), scantest.Picture(t, "en", "The second page tells of twelve."))
	read, err := tools.Pages(ctx, file, []string{"eng"}, func(page int) bool { return page > 1 })
	if err != nil {
		t.Fatal(err)
	}
	got, _ := words(read)
	if len(read.Pages) != 1 || read.Pages[0].Page != 2 || !strings.Contains(got, "second page") || strings.Contains(got, "first") {
		t.Errorf("%d pages: %s", len(read.Pages), got)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	tools := scantest.Tools(t)
	for name, content := range map[string]string{"nothing": "", "words": "no picture", "a picture cut short": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"} {
		if read, err := tools.Picture(ctx, []byte(content), []string{"eng"}); err == nil {
			t.Errorf("%s was read: %+v", name, read)
		}
	}
	if _, err := tools.Pages(ctx, []byte("%PDF-1.7 and nothing"), []string{"eng"}, func(int) bool { return true }); err == nil {
		t.Error("a PDF without a page was read")
	}
	tools.Timeout = time.Nanosecond
	if _, err := tools.Picture(ctx, []byte("x"), []string{"eng"}); err == nil {
		t.Error("a program without time answered")
	}
}
