package web

import (
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestARangeIsWrittenForAReader(t *testing.T) {
	for _, test := range []struct{ r, want string }{
		{"unknown", "unknown"}, {"0", "0"}, {"4", "4"}, {"3–7", "3–7"}, {"1300", "1,300"}, {"5+", "5 or more"}, {"–9", "up to 9"}, {"5–9+", "5–9 or more"}, {"5–5+", "5 or more"},
	} {
		r, err := cairn.ParseRange(test.r)
		if err != nil {
			t.Fatal(err)
		}
		if got := figure(r); got != test.want {
			t.Errorf("%s is written %q, want %q", test.r, got, test.want)
		}
	}
}

func TestADateIsWrittenAsPreciselyAsItIsKnown(t *testing.T) {
	for _, test := range []struct {
		from, to cairn.Date
		want     string
	}{
		{"", "", "date unknown"}, {"2031", "", "2031"}, {"2031-05", "2031-05", "May 2031"}, {"2031-05-04", "2031-05-04", "4 May 2031"},
		{"2031-05-04T14:07", "2031-05-04T14:07", "4 May 2031, 14:07"}, {"2031-05", "2031-06-02", "May 2031 to 2 June 2031"}, {"", "2031-06", "until June 2031"},
	} {
		if got := period(cairn.Period{From: test.from, To: test.to}); got != test.want {
			t.Errorf("%s to %s is written %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func TestEveryTermHasWords(t *testing.T) {
	for _, a := range cairn.Accuracies {
		if s := accuracy(a); strings.Contains(s, "_") || !strings.HasSuffix(s, ".") {
			t.Errorf("accuracy %s: %q", a, s)
		}
	}
	for _, g := range cairn.Grades {
		if gradeMeans(g) == "" {
			t.Errorf("grade %s has no definition", g)
		}
	}
	for _, s := range []cairn.StrikeStatus{cairn.Declared, cairn.Likely, cairn.ContestedStrike, cairn.SingleSource} {
		if strikeMeans(s) == "" {
			t.Errorf("strike status %s has no definition", s)
		}
	}
	for _, c := range cairn.Classes {
		for _, h := range cairn.Harms {
			if s := tallyWords(h, c); strings.Contains(s, "_") || s == "" {
				t.Errorf("%s of %s: %q", h, c, s)
			}
		}
	}
}
