package scan

import (
	"strings"
	"testing"
)

const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
	"1\t1\t0\t0\t0\t0\t0\t0\t1240\t900\t-1\t\n" +
	"5\t1\t1\t1\t1\t1\t61\t60\t90\t30\t96.41\tSeven\n5\t1\t1\t1\t1\t2\t160\t60\t90\t30\t41\tpeop1e\n" +
	"5\t1\t1\t1\t2\t1\t61\t99\t90\t30\t0\tdied\n5\t1\t2\t1\t1\t1\t61\t300\t90\t30\t88\tAgain\n5\t1\t2\t1\t1\t2\tx\t300\t90\t30\t88\tbroken\n"

func TestATableIsParsed(t *testing.T) {
	p := parse(table, 3)
	if p.Page != 3 || p.Width != 1240 || p.Height != 900 || len(p.Lines) != 3 || len(p.Lines[0]) != 2 || len(p.Breaks) != 1 || p.Breaks[0] != 2 {
		t.Fatalf("%+v", p)
	}
	if w := p.Lines[0][1]; w.Text != "peop1e" || w.Confidence != 41 || w.Box != [4]int{160, 60, 90, 30} {
		t.Errorf("%+v", w)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(table)
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range parse(text, 1).Lines {
			for _, w := range l {
				if strings.TrimSpace(w.Text) == "" || w.Confidence < 0 || w.Confidence > 100 {
					t.Errorf("%q gives %+v", text, w)
				}
			}
		}
	})
}
