package linkage

import (
	"math"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn/stat/linkage/names"
)

// numbered makes a feature of values that ready turns into a number, 0 for one
// that is not stated.
func (b *builder) numbered(f *feature, kind Kind, ready func(string) uint32) *feature {
	f.kind, f.of = kind, make([]uint32, b.len())
	for l := range b.lists {
		values(b, l, b.columns(l, kind), ready, func(r int, v uint32) { f.of[r] = v })
	}
	if f.keysOf == nil {
		f.keysOf = func(value, _ int) []uint64 { return nil }
	}
	b.features = append(b.features, f)
	return f
}

// ages makes the feature of ages. Lists state an age on different days, so a
// year's difference is little, and no candidates are sought by age.
func (b *builder) ages() {
	if !b.has(Age) {
		return
	}
	const near = 2 // 2 is years far, then nearer ones
	f := b.numbered(&feature{name: "age", mostDiff: .3, labels: []string{"not stated", "differ", "within five years", "within two years", "a year apart", "same"}}, Age, readAge)
	f.compare = func(x, y uint32) (grade, float64) {
		switch d := math.Abs(float64(x) - float64(y)); {
		case d == 0:
			return near + 3, 0
		case d == 1:
			return near + 2, 0
		case d == 2:
			return near + 1, 0
		case d <= 5:
			return near, 0
		}
		return differ, 0
	}
	f.compareSame = func(uint32) grade { return near + 3 }
}

// readAge is an age in years and one, so that 0 is not stated. Months are a year
// that is not full.
func readAge(s string) uint32 {
	s = names.Normal(s)
	digits := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		return 0
	}
	n, err := strconv.Atoi(digits[0])
	if err != nil || n > 130 {
		return 0
	}
	for _, month := range []string{"month", "شهر", "اشهر", "شهور", "mes", "місяц", "місяч", "месяц", "мес"} {
		if strings.Contains(s, month) {
			return 1
		}
	}
	return uint32(n) + 1
}

// sexes makes the feature of sex.
func (b *builder) sexes() {
	if !b.has(Sex) {
		return
	}
	f := b.numbered(&feature{name: "sex", mostDiff: .05, labels: []string{"not stated", "differ", "same"}}, Sex, readSex)
	f.compare = func(x, y uint32) (grade, float64) { return differ, 0 }
	f.compareSame = func(uint32) grade { return 2 }
}

// sexWords begin the words for the sexes in the languages of lists.
var sexWords = [...][]string{
	{"male", "m", "man", "men", "boy", "ذكر", "ولد", "رجل", "ذكور", "hombre", "masculino", "varon", "h", "чол", "ч", "муж", "м", "хлоп", "мальч", "זכר", "ז", "herr", "mannlich"},
	{"female", "f", "woman", "women", "girl", "انثي", "بنت", "امراه", "سيده", "اناث", "mujer", "femenino", "fem", "жін", "ж", "жен", "дів", "дев", "נקבה", "נ", "frau", "weiblich", "w"},
}

// readSex is 1 for male and 2 for female in the languages of lists, 0 for what
// is neither.
func readSex(s string) uint32 {
	s = names.Normal(s)
	for sex, words := range sexWords {
		for _, w := range words {
			if s == w || len(w) > 4 && strings.HasPrefix(s, w) {
				return uint32(sex + 1)
			}
		}
	}
	return 0
}

// The grades of identifiers.
const (
	idNear grade = iota + 2
	idSlip
	idSame // and a rarer
)

// identifiers makes the features of identifiers, one for all columns that hold
// them: the same identifier is evidence, and never proof.
func (b *builder) identifiers() {
	if !b.has(ID) {
		return
	}
	d := newTexts()
	f := b.numbered(&feature{name: "id", mostDiff: .3, exact: [2]grade{idSame, idSame + 1}, labels: []string{"not stated", "differ", "two slips", "one slip", "same, common", "same"},
		aspects: []aspect{{"id", 2}, {"first half of id", 1}, {"second half of id", 1}}}, ID, func(s string) uint32 { return d.of(readID(s)) })
	f.compare = func(x, y uint32) (grade, float64) {
		switch d.slips(x, y, 2) {
		case 1:
			return idSlip, 0
		case 2:
			return idNear, 0
		}
		return differ, 0
	}
	f.keysOf = d.keys
}

// readID is an identifier without spaces and punctuation, its digits European;
// one that a spreadsheet wrote in powers of ten is written out.
func readID(s string) string {
	plain := strings.TrimSpace(s)
	if strings.ContainsAny(plain, "eE") && strings.ContainsAny(plain, ".+") {
		if v, err := strconv.ParseFloat(plain, 64); err == nil && v > 1 && v < 1e15 {
			plain = strconv.FormatFloat(v, 'f', 0, 64)
		}
	}
	plain = strings.ReplaceAll(names.Normal(strings.TrimSuffix(plain, ".0")), " ", "")
	if strings.Trim(plain, "0") == "" {
		return ""
	}
	return plain
}
