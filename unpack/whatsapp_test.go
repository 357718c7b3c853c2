package unpack

import (
	"strings"
	"testing"
)

func TestAChat(t *testing.T) {
	got := opened(t, file(t, "whatsapp.txt"))
	for i := range got {
		got[i] = strings.TrimPrefix(got[i], "in#")
	}
	same(t, got, []string{
		`2: "Two people were injured\nat the well of Selm.\n\nThey are at the clinic.", on 2031-03-04T10:11, privately by Sana K.`,
		`passed in#6: has no words; it stands with 00000012-PHOTO-2031-03-04.jpg`,
		`7: "This is the well.", on 2031-03-04T10:13, edited at a time that is not said, privately by Rami A.`,
		`passed in#8: was deleted`,
		`10: "Seven killed: five men, two women.", on 2031-03-15T11:01, privately by Omar`,
		`11: "Seven killed: five men, two women.", on 2031-03-15T11:01, privately by Omar`,
		`fault in:12: date: 25:01 is no time`,
	})
}

func TestDatesOfChats(t *testing.T) {
	for _, test := range []struct {
		name, lines string
		want        []string // of each message
	}{
		{"day first, by a day over 12", "04/03/2031, 10:11 - A: x\n13/03/2031, 10:12 - A: y", []string{"2031-03-04T10:11", "2031-03-13T10:12"}},
		{"month first, by a day over 12", "3/4/31, 10:11 PM - A: x\n3/13/31, 12:12 AM - A: y", []string{"2031-03-04T22:11", "2031-03-13T00:12"}},
		{"day first, since time goes on", "01/04/2031, 10:11 - A: x\n02/03/2032, 10:11 - A: y\n01/04/2032, 10:12 - A: z", []string{"2031-04-01T10:11", "2032-03-02T10:11", "2032-04-01T10:12"}},
		{"month first, since time goes on", "3/9/31, 10:11 - A: x\n4/2/31, 10:12 - A: y", []string{"2031-03-09T10:11", "2031-04-02T10:12"}},
		{"neither can be told", "03/03/2031, 10:11 - A: x\n04/04/2031, 10:12 - A: y", []string{"fault", "2031", "2031"}},
		{"the year first", "2031-03-04, 10:11 - A: x\n2031-03-05, 10:12 - A: y", []string{"2031-03-04T10:11", "2031-03-05T10:12"}},
		{"with dots", "04.03.31, 10:11 - A: x\n14.03.31, 10:12 - A: y", []string{"2031-03-04T10:11", "2031-03-14T10:12"}},
		{"noon and midnight", "13/03/2031, 12:00 p. m. - A: x\n13/03/2031, 12:30 a.m. - A: y", []string{"2031-03-13T12:00", "2031-03-13T00:30"}},
		{"narrow spaces", "3/13/31, 10:11\u202fPM - A: x\n3/13/31, 10:12\u202fPM - A: y", []string{"2031-03-13T22:11", "2031-03-13T22:12"}},
		{"Arabic digits and halves of the day", "\u200f١٣/٣/٢٠٣١، ١٠:١١ م - سنا: س\n\u200f١٣/٣/٢٠٣١، ٩:١١ ص - سنا: ص", []string{"2031-03-13T22:11", "2031-03-13T09:11"}},
		{"seconds and brackets", "[13/03/2031, 10:11:59] A: x\n[13/03/2031, 10:12:00] A: y", []string{"2031-03-13T10:11", "2031-03-13T10:12"}},
		{"a day that no month has", "13/03/2031, 10:11 - A: x\n31/02/2031, 10:12 - A: y", []string{"2031-03-13T10:11", "fault"}},
		{"thirteen in the afternoon", "13/03/2031, 13:11 PM - A: x\n13/03/2031, 10:12 - A: y", []string{"fault", "2031-03-13T10:12"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := opened(t, []byte(test.lines))
			if len(got) != len(test.want) {
				t.Fatalf("%q, want %q", got, test.want)
			}
			for i, want := range test.want {
				if want == "fault" && !strings.HasPrefix(got[i], "fault ") || want != "fault" && !strings.Contains(got[i], ", on "+want+", ") {
					t.Errorf("%q, want %s", got[i], want)
				}
			}
		})
	}
}

func TestTheOrderOfDatesCanBeSaid(t *testing.T) {
	for dayFirst, want := range map[bool]string{true: "2031-03-04T10:11", false: "2031-04-03T10:11"} {
		got := opened(t, []byte("04/03/2031, 10:11 - A: x\n04/03/2031, 10:12 - A: y"), func(c *Container) { c.DayFirst = &dayFirst })
		if len(got) != 2 || !strings.Contains(got[0], want) {
			t.Errorf("%q, want %s", got, want)
		}
	}
}
