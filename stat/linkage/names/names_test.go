package names_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

func TestPartsOfNames(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Samir Khalil Haddad", "samir|khalil|haddad"},
		{"Dr. Samir bin Khalil al-Haddad", "samir|khalil|al-haddad"},
		{"Abd al-Rahman Nasser", "abdurahman|nasser"},
		{"Abdel Rahman Nasser", "abdurahman|nasser"},
		{"Abdulrahman Nasser", "abdurahman|nasser"},
		{"Abderrahmane Nasser", "abdurahmane|nasser"},
		{"عبد الرحمن ناصر", "عبدرحمن|ناصر"},
		{"عبدالرحمن ناصر", "عبدرحمن|ناصر"},
		{"نور الدين حداد", "نوردين|حداد"},
		{"Nour al-Din Haddad", "nourdin|haddad"},
		{"Noureddin Haddad", "nourdin|haddad"},
		{"هبة الله سالم", "هبتله|سالم"},
		{"الشيخ سمير ابو شمعة", "سمير|ابوشمعه"},
		{"Samir Abu Shamaa", "samir|abushamaa"},
		{"Ebdool Rahman Aboo Shamaa", "abdurahman|abushamaa"},
		{"Aabd el-Rahman Ebou Shamaa", "abdurahman|abushamaa"},
		{"Abed Nasser", "abdunasser"},
		{"Ebony Nasser", "ebony|nasser"},
		{"Maria de la Torre", "maria|delatorre"},
		{"Ольга Петренко", "ольга|петренко"},
		{"דוד לוי", "דוד|לוי"},
		{"الحاج", "الحاج"},
		{"", ""},
	} {
		if got := strings.Join(names.Parts(test.name), "|"); got != test.want {
			t.Errorf("%q has the parts %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNamesAreTakenApart(t *testing.T) {
	for _, test := range []struct {
		name                         string
		given, middle, family, kunya string
	}{
		{"Samir Khalil Yusuf Haddad", "samir", "khalil yusuf", "haddad", ""},
		{"Haddad, Samir", "samir", "", "haddad", ""},
		{"Samir", "samir", "", "", ""},
		{"Abu Khalil Samir Haddad", "samir", "", "haddad", "abukhalil"},
		{"Abu Khalil", "abukhalil", "", "", ""},
	} {
		if got := names.Parse(test.name); got != (names.Name{Given: test.given, Middle: test.middle, Family: test.family, Kunya: test.kunya}) {
			t.Errorf("%q is %+v", test.name, got)
		}
	}
}

// agreement is how far the given, the fathers' and the family name agree.
func agreement(a, b string) string {
	given, middle, family := names.Compare(a, b)
	return fmt.Sprintf("%s, %s, %s", given, middle, family)
}

func TestNamesAgree(t *testing.T) {
	for _, test := range []struct{ name, a, b, want string }{
		{"as written", "Samir Haddad", "SAMIR HADDAD", "same, unknown, same"},
		{"by two hands", "Samir Khalil Haddad", "Sameer Khaleel Hadad", "sound, sound, slip"},
		{"a slip of the pen", "Katarina Haddad", "Katarnia Haddad", "slip, unknown, same"},
		{"without the article", "Samir al-Haddad", "Samir Haddad", "same, unknown, same"},
		{"two hamza encodings", "أحمد حداد", "أحمد حداد", "same, unknown, same"},
		{"without the hamza", "أحمد حداد", "احمد حداد", "same, unknown, same"},
		{"ta marbuta as ha", "فاطمة سالم", "فاطمه سالم", "same, unknown, same"},
		{"Arabic and Latin", "سمير خليل حداد", "Samir Khalil Haddad", "same, same, same"},
		{"Arabic and another hand", "عبد الرحمن ناصر", "Abderrahmane Naser", "same, unknown, same"},
		{"Arabic and Latin, with article", "ليلى الخطيب", "Layla al-Khatib", "same, unknown, same"},
		{"Cyrillic and Latin", "Олена Коваленко", "Olena Kovalenko", "same, unknown, same"},
		{"Russian and Ukrainian", "Елена Коваленко", "Олена Коваленко", "slip, unknown, same"},
		{"Hebrew and Latin", "דוד כהן", "David Kohen", "same, unknown, same"},
		{"forms of one name", "Bill Thornbury", "William Thornbury", "form, unknown, same"},
		{"an initial", "S Haddad", "Samir Haddad", "initial, unknown, same"},
		{"the order turned round", "Haddad Samir", "Samir Haddad", "same, unknown, same"},
		{"a father less", "Samir Khalil Yusuf Haddad", "Samir Khalil Haddad", "same, partial, same"},
		{"brothers", "Samir Khalil Haddad", "Tariq Khalil Haddad", "differ, same, same"},
		{"strangers in two scripts", "سمير حداد", "Olena Kovalenko", "differ, unknown, differ"},
		{"not stated", "", "Samir Haddad", "unknown, unknown, unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := agreement(test.a, test.b); got != test.want {
				t.Errorf("%q and %q: %s, want %s", test.a, test.b, got, test.want)
			}
		})
	}
}

func TestOneKeyInEveryScript(t *testing.T) {
	for _, spellings := range [][]string{
		{"سمير", "samir", "sameer", "самир", "סמיר"},
		{"خليل", "khalil", "khaleel", "халил"},
		{"محمد", "mohammad", "muhamed", "mouhammad"},
		{"شريف", "sharif", "chérif", "шариф"},
		{"يوسف", "yusuf", "youssef", "юсуф", "יוסף"},
	} {
		for _, s := range spellings[1:] {
			p, q := names.Prepare(names.Normal(spellings[0])), names.Prepare(names.Normal(s))
			if p.Keys[0] != q.Keys[0] && !slices.ContainsFunc(p.Keys, func(k string) bool { return slices.Contains(q.Keys, k) }) {
				t.Errorf("%s has the keys %v, %s has %v", spellings[0], p.Keys, s, q.Keys)
			}
		}
	}
}

func TestLikenessIsSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabets := []string{"abdehiklmnorstuy-", "ابدهيكلمنورستعح", "абвгдеиклмн", "אבגדהוזחטיכלמ"}
	word := func() string {
		letters, b := []rune(alphabets[r.IntN(len(alphabets))]), strings.Builder{}
		for range 1 + r.IntN(7) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		if r.IntN(4) == 0 {
			b.WriteString(" ")
			b.WriteRune(letters[0])
			b.WriteRune(letters[1])
		}
		return b.String()
	}
	for range 20_000 {
		a, b := names.Prepare(strings.Join(names.Parts(word()), " ")), names.Prepare(strings.Join(names.Parts(word()), " "))
		g, f := names.Like(&a, &b)
		h, e := names.Like(&b, &a)
		if g != h || f != e {
			t.Fatalf("%q and %q: %s %g, the other way %s %g", a.Text, b.Text, g, f, h, e)
		}
		if same, _ := names.Like(&a, &a); a.Text != "" && same != names.Same {
			t.Fatalf("%q and itself: %s", a.Text, same)
		}
	}
}

func TestSlips(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"samir", "samir", 0}, {"samir", "smair", 1}, {"samir", "samr", 1}, {"samir", "sami", 1}, {"samir", "samira", 1}, {"samir", "tamer", 2}, {"samir", "khalil", 3}, {"سمير", "سيمر", 1}, {"", "ab", 2},
	} {
		if got := names.Slips([]rune(test.a), []rune(test.b), 2); got != test.want {
			t.Errorf("%s and %s are %d slips apart, want %d", test.a, test.b, got, test.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Abd al-Rahman bin Khalil", "عبد الرحمن خليل")
	f.Add("Haddad, Samir", "ال")
	f.Add("-", "al al al")
	f.Fuzz(func(t *testing.T, a, b string) {
		if n := names.Normal(a); names.Normal(n) != n {
			t.Errorf("%q is %q in normal form, which is %q", a, n, names.Normal(n))
		}
		g, m, l := names.Compare(a, b)
		if h, n, k := names.Compare(b, a); g != h || m != n || l != k {
			t.Errorf("%q and %q: %s %s %s, the other way %s %s %s", a, b, g, m, l, h, n, k)
		}
	})
}

func ExampleCompare() {
	given, fathers, family := names.Compare("عبد الرحمن خليل الحداد", "Abdel Rahman Khaleel Haddad")
	fmt.Println(given, fathers, family)
	// Output: same same same
}

func ExampleKey() {
	fmt.Println(names.Key("خليل"), names.Key("khalil"), names.Key("халил"))
	// Output: kl kl kl
}
