package identify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/stat/linkage"
)

// understood returns what a cell of a kind says, and what is odd about how it is
// written. A cell that cannot be understood keeps its words.
func understood(kind, cell string) (value, note string) {
	plain := strings.Join(strings.Fields(norm.NFC.String(cell)), " ")
	if plain != strings.TrimSpace(cell) && norm.NFC.String(cell) != cell {
		note = "letters that are written in two ways were made one"
	}
	var odd string
	switch linkage.Kind(kind) {
	case linkage.ID:
		value, odd = identifier(plain)
	case linkage.Age:
		value, odd = years(plain)
	case linkage.BirthDate, linkage.Date:
		value, odd = day(plain)
	case linkage.Sex:
		value, odd = sex(plain)
	default:
		value = plain
	}
	if odd != "" {
		note = odd
	}
	return value, note
}

var exponent = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d+$`)

// identifier reads an identifier as spreadsheets leave it.
func identifier(cell string) (string, string) {
	digits := western(cell)
	switch {
	case exponent.MatchString(digits):
		return inPowers(digits)
	case strings.HasSuffix(digits, ".0") && allDigits(strings.TrimSuffix(digits, ".0")):
		return strings.TrimSuffix(digits, ".0"), "a spreadsheet made a number with decimals of it"
	case digits != cell && allDigits(digits):
		return digits, "other digits"
	case mixed(digits):
		return digits, "a letter of another script stands in it"
	}
	return digits, ""
}

// exactDigits is how many digits of a number a spreadsheet keeps.
const exactDigits = 15

// inPowers reads an identifier that a spreadsheet wrote in powers of ten: as
// digits where all of them are there.
func inPowers(cell string) (string, string) {
	mantissa, power, _ := strings.Cut(strings.ToLower(cell), "e")
	_, decimals, _ := strings.Cut(mantissa, ".")
	if n, err := strconv.Atoi(strings.TrimPrefix(power, "+")); err == nil && n == len(decimals) && n < exactDigits {
		return strings.Replace(mantissa, ".", "", 1), "a spreadsheet wrote it in powers of ten"
	}
	return cell, "a spreadsheet rounded it; its last digits are lost"
}

// mixed reports whether s has both digits and letters beyond ASCII.
func mixed(s string) bool {
	letters := strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) })
	return letters && strings.ContainsFunc(s, unicode.IsDigit)
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// western writes the digits of any script as 0 to 9.
func western(s string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{'٠', '۰', '०'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, s)
}

var age = regexp.MustCompile(`^(\d{1,3})(?:\.(\d+))?\s*(\pL*)`)

// oldest is the age, in years, above which a number is none.
const oldest = 120

// years reads an age. Months, weeks and days are the first year of life.
func years(cell string) (string, string) {
	m := age.FindStringSubmatch(western(cell))
	if m == nil {
		return cell, "is no age"
	}
	n, _ := strconv.Atoi(m[1])
	unit := strings.ToLower(m[3])
	switch {
	case hasAnyPrefix(unit, "mo", "شهر", "أشهر", "اشهر", "شهور", "міс", "мес", "mes"):
		return strconv.Itoa(n / 12), "an age in months"
	case hasAnyPrefix(unit, "da", "we", "يوم", "أيام", "ايام", "أسب", "اسب", "дн", "тиж", "нед", "día", "sem"):
		return strconv.Itoa(0), "an age in days or weeks"
	case n > oldest:
		return "", fmt.Sprintf("%d is no age", n)
	}
	if m[2] != "" && strings.Trim(m[2], "0") != "" {
		return strconv.Itoa(n), "part of a year was left out"
	}
	return strconv.Itoa(n), ""
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if s != "" && strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

var (
	numbers = regexp.MustCompile(`^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T]\d{1,2}:.*)?$`)
	serial  = regexp.MustCompile(`^(\d{5})(?:\.\d+)?$`)
)

// day reads a date: ISO 8601, day first, as the serial number of a spreadsheet,
// or as it stands. Which of two small numbers is the day is not guessed.
func day(cell string) (string, string) {
	text := western(cell)
	if d, err := cairn.ParseDate(text); err == nil {
		return string(d), ""
	}
	if m := serial.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly), "the number that a spreadsheet counts days by"
	}
	m := numbers.FindStringSubmatch(text)
	if m == nil {
		return cell, "is no date that is understood"
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	c, _ := strconv.Atoi(m[3])
	switch {
	case len(m[1]) == 4:
		return iso(a, b, c, cell)
	case a > 12:
		return iso(century(c), b, a, cell)
	case b > 12:
		value, odd := iso(century(c), a, b, cell)
		if odd == "" {
			odd = "written month first"
		}
		return value, odd
	case a == b:
		return iso(century(c), a, b, cell)
	}
	return cell, undecidedOrder
}

// century completes a year of two digits.
func century(y int) int {
	switch {
	case y > 99:
		return y
	case y > 30:
		return 1900 + y
	}
	return 2000 + y
}

func iso(y, m, d int, cell string) (string, string) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(m) || t.Day() != d {
		return cell, "there is no such day"
	}
	return t.Format(time.DateOnly), ""
}

var sexes = map[string]string{
	"m": "male", "male": "male", "man": "male", "boy": "male", "ذكر": "male", "hombre": "male", "masculino": "male", "ч": "male", "чоловік": "male", "м": "male", "мужской": "male",
	"f": "female", "female": "female", "woman": "female", "girl": "female", "أنثى": "female", "انثى": "female", "mujer": "female", "femenino": "female", "ж": "female", "жінка": "female", "женский": "female",
}

func sex(cell string) (string, string) {
	if s, ok := sexes[strings.ToLower(cell)]; ok {
		return s, ""
	}
	return cell, "is no sex that is understood"
}
