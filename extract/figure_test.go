package extract

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cairn-recorder/cairn"
)

// figuresOf writes the figures of text as op low-high, "-" for an open end.
func figuresOf(text, language string) string {
	r := New(Pack{})
	var out []string
	for _, f := range r.Spans(cairn.Document{ID: "f", Text: text, Language: language}, Figures).Figures {
		end := func(b cairn.Bound) string {
			if !b.Known {
				return "-"
			}
			return fmt.Sprint(b.N)
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Op, end(f.Low), end(f.High), f.Unit)))
	}
	return strings.Join(out, "; ")
}

func TestFiguresOfFiveLanguages(t *testing.T) {
	for _, test := range []struct{ language, text, want string }{
		{"en", "Rescuers counted one hundred and seven bodies in the valley", "exact 107 107"},
		{"en", "Some 2.5 million had fled", "about 2500000 2500000"},
		{"en", "At least 1,300 homes, greater than or equal to 40 wells", "at_least 1300 -; at_least 40 -"},
		{"en", "More than 20 but fewer than 35 came back", "between 21 34"},
		{"en", "Two thirds of them slept outside", ""},
		{"en", "Three and a half million people, 80 percent of the valley", "exact 3500000 3500000; exact 80 80 percent"},
		{"en", "Between two hundred and three hundred tents stood there, 40 or more by the river", "between 200 300; at_least 40 -"},
		{"en", "Several hundred, perhaps 12k", "vague - -; exact 12000 12000"},
		{"en", "Call 1-555-2222 for the 7-9 tents", "exact 1 1; exact 555 555; exact 2222 2222; between 7 9"},
		{"en", "20-30 thousand tents, a quarter of a million blankets", "between 20000 30000; exact 250000 250000"},
		{"en", "From 20 up to 30 carts, two or three hundred sheep", "between 20 30; between 200 300"},
		{"en", "It weighs 2.75, and 22,24,26 are rooms", "exact 22 22; exact 24 24; exact 26 26"},
		{"en", "The 98th tent, 3rd row, 180ml of water", "exact 180 180"},
		{"es", "Al menos treinta y cuatro vecinos y 1.300 casas", "at_least 34 -; exact 1300 1300"},
		{"es", "Entre 1,5 millones y dos millones de vecinos", "between 1500000 2000000"},
		{"es", "No más de doscientas familias, 80 por ciento del valle", "at_most - 200; exact 80 80 percent"},
		{"es", "Dos mil 500 tiendas, más de medio millón de pasos", "exact 2500 2500; more_than 500000 -"},
		{"es", "Varias decenas de vecinos", "vague - -"},
		{"ar", "خمسة وعشرون خيمة ومئتا بيت", "exact 25 25; exact 200 200"},
		{"ar", "ما لا يقل عن ١٬٣٠٠ منزل", "at_least 1300 -"},
		{"ar", "أكثر من ألفين وثلاثمئة وخمسة وأربعين شخصا", "more_than 2345 -"},
		{"ar", "بين مئة ومئة وعشرين خيمة", "between 100 120"},
		{"ar", "وبألف وخمسمئة دينار، ٨٠ في المئة", "exact 1500 1500; exact 80 80 percent"},
		{"ar", "١٫٥ مليون شخص وعشرات الآلاف من البيوت", "exact 1500000 1500000; vague - -"},
		{"ar", "ستة عشر بيتا وثلاثة عشر بئرا", "exact 16 16; exact 13 13"},
		{"ar", "عشرون وخمسة، مئة وخمسة", "exact 20 20; exact 5 5; exact 105 105"},
		{"ar", "ألفا خيمة وخمسة عشر ألفا في الوادي", "exact 2000 2000; exact 15000 15000"},
		{"ar", "مليونين ونصف، وثلاثة ملايين ونصف مليون", "exact 2500000 2500000; exact 3500000 3500000"},
		{"ar", "بين ثلاثة وأربعة آلاف خيمة، أو ٢٠ فأكثر", "between 3000 4000; at_least 20 -"},
		{"uk", "Півтора мільйона людей, близько сотні наметів", "exact 1500000 1500000; about 100 100"},
		{"uk", "Щонайменше двадцять п’ять будинків і понад 1 300 наметів", "at_least 25 -; more_than 1300 -"},
		{"uk", "Від ста двадцяти до двохсот родин", "between 120 200"},
		{"uk", "1,5 млн людей, 80 відсотків долини, кілька сотень", "exact 1500000 1500000; exact 80 80 percent; vague - -"},
		{"uk", "Між трьома тисячами та чотирма тисячами кроків", "between 3000 4000"},
		{"uk", "Троє сусідів, тисячі людей", "exact 3 3; vague - -"},
		{"ru", "Около полутора десятков домов, более сотни палаток, 2–3 тысячи жителей", "about 15 15; more_than 100 -; between 2000 3000"},
		{"ru", "Не менее сорока двух домов, более 1 300 палаток", "at_least 42 -; more_than 1300 -"},
		{"ru", "От ста двадцати до двухсот семей", "between 120 200"},
		{"ru", "Около двух тысяч трёхсот человек, десятки тысяч палаток", "about 2300 2300; vague - -"},
		{"ru", "2,5 миллиона жителей, полмиллиона домов", "exact 2500000 2500000; exact 500000 500000"},
	} {
		if got := figuresOf(test.text, test.language); got != test.want {
			t.Errorf("%s: %q has %q, want %q", test.language, test.text, got, test.want)
		}
	}
}

func TestTheLanguageChoosesTheTables(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Hay al menos veinte casas", "at_least 20 -"},
		{"هناك عشرون بيتا", "exact 20 20"},
		{"Понад двадцять домов та палаток", "more_than 20 -"},
		{"Более двадцати палаток", "more_than 20 -"},
		{"More than twenty tents", "more_than 20 -"},
	} {
		if got := figuresOf(test.text, ""); got != test.want {
			t.Errorf("%q has %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzFigures(f *testing.F) {
	for _, text := range []string{"between 20 and 30", "1,234.5 million and a half", "خمسة وعشرون و٣٠", "1e99 22,24 10k~20k", "dos mil y medio", "two hundred and thirty fifths", "≥ 3 or equal to"} {
		for _, language := range []string{"en", "es", "ar", "uk", "ru"} {
			f.Add(text, language)
		}
	}
	r := New(Pack{})
	f.Fuzz(func(t *testing.T, text, language string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		end := 0
		for _, x := range r.Spans(cairn.Document{ID: "f", Text: text, Language: language}, Figures).Figures {
			if x.Span.Start < end || x.Span.End <= x.Span.Start || x.Span.Of(text) != x.Words {
				t.Errorf("%q stands at %v, behind %d", x.Words, x.Span, end)
			}
			end = x.Span.End
			if x.Low.Known && x.High.Known && x.Low.N > x.High.N || x.Low.N < 0 || x.High.N < 0 {
				t.Errorf("%q is %v to %v", x.Words, x.Low, x.High)
			}
		}
	})
}
