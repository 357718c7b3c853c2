package read

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// months names the months in the languages that datelines are read in: English,
// Arabic (both sets of names), Spanish, French, German, Russian, Ukrainian and
// Turkish, in lower case.
var months = monthNames(
	"january jan enero janvier januar jänner января январь січня січень ocak يناير كانون_الثاني جانفي",
	"february feb febrero février februar февраля февраль лютого лютий şubat فبراير شباط فيفري",
	"march mar marzo mars märz марта март березня березень mart مارس آذار اذار",
	"april apr abril avril апреля апрель квітня квітень nisan أبريل ابريل نيسان إبريل",
	"may mayo mai мая май травня травень mayıs مايو أيار ايار",
	"june jun junio juin juni июня июнь червня червень haziran يونيو حزيران",
	"july jul julio juillet juli июля июль липня липень temmuz يوليو تموز",
	"august aug agosto août августа август серпня серпень ağustos أغسطس اغسطس آب اب",
	"september sep sept septiembre setiembre septembre сентября сентябрь вересня вересень eylül سبتمبر أيلول ايلول",
	"october oct octubre octobre oktober октября октябрь жовтня жовтень ekim أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
	"november nov noviembre novembre ноября ноябрь листопада листопад kasım نوفمبر تشرين_الثاني",
	"december dec diciembre décembre dezember декабря декабрь грудня грудень aralık ديسمبر كانون_الأول كانون_الاول",
)

func monthNames(rows ...string) map[string]time.Month {
	names := map[string]time.Month{}
	for i, row := range rows {
		for name := range strings.FieldsSeq(row) {
			names[strings.ReplaceAll(name, "_", " ")] = time.Month(i + 1)
		}
	}
	return names
}

var easternDigits = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9", "\u200F", "", "\u200E", "", "\u00A0", " ")

var (
	isoDate     = regexp.MustCompile(`\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})`)
	dayFirst    = regexp.MustCompile(`(?:^|[^\d\pL])(\d{1,2})(?:st|nd|rd|th|er|º|-го)?\.?\s+(?:of\s+|de\s+)?(\pL+(?:\s+(?:الأول|الاول|الثاني))?)\.?(?:\s*/\s*\pL+(?:\s+(?:الأول|الاول|الثاني))?)?,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)(?:[^\d]|$)`)
	monthFirst  = regexp.MustCompile(`(?:^|[^\pL])(\pL{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?:[^\d]|$)`)
	numericDate = regexp.MustCompile(`(?:^|[^\d.,/])(\d{1,2})([./-])(\d{1,2})[./-]((?:19|20)\d\d)(?:[^\d]|$)`)
)

// dateIn returns the first date that words state with day, month and year; ""
// where there is none. Where a numeric date could be read both ways the day
// comes first, unless american.
func dateIn(words string, american bool) cairn.Date {
	words = strings.ToLower(easternDigits.Replace(words))
	first, at := cairn.Date(""), len(words)+1
	try := func(m []int, year, month, day string) {
		if m != nil && m[0] < at {
			if d := dayOf(year, month, day); d.Known() {
				first, at = d, m[0]
			}
		}
	}
	sub := func(m []int, i int) string {
		if m == nil {
			return ""
		}
		return words[m[2*i]:m[2*i+1]]
	}
	m := isoDate.FindStringSubmatchIndex(words)
	try(m, sub(m, 1), sub(m, 2), sub(m, 3))
	m = dayFirst.FindStringSubmatchIndex(words)
	try(m, sub(m, 3), sub(m, 2), sub(m, 1))
	m = monthFirst.FindStringSubmatchIndex(words)
	try(m, sub(m, 3), sub(m, 1), sub(m, 2))
	if m = numericDate.FindStringSubmatchIndex(words); m != nil {
		day, month := sub(m, 1), sub(m, 3)
		if number(month) > 12 || american && sub(m, 2) == "/" && number(day) <= 12 {
			day, month = month, day
		}
		try(m, sub(m, 4), month, day)
	}
	return first
}

// dayOf returns the date of a day, with the month in digits or as a name.
func dayOf(year, month, day string) cairn.Date {
	m := months[strings.Join(strings.Fields(month), " ")]
	if m == 0 {
		m = time.Month(number(month))
	}
	date, err := cairn.ParseDate(fmt.Sprintf("%s-%02d-%02d", year, m, number(day)))
	if err != nil {
		return ""
	}
	return date
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// stamp returns the day of a date as machines write it, or else as people do.
// It stands as it was written, without a change of zone.
func stamp(s string, american bool) cairn.Date {
	s = strings.TrimSpace(s)
	if len(s) >= 8 && strings.Trim(s[:8], "0123456789") == "" && (len(s) == 8 || s[8] == 'T') {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:8]
	}
	if d, err := cairn.ParseDate(s); err == nil && (d.Precision() == cairn.Day || d.Precision() == cairn.Month || d.Precision() == cairn.Minute) {
		return d[:min(len(d), 10)]
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, time.RFC850, time.RFC822Z, time.RFC822, time.ANSIC, time.UnixDate} {
		if t, err := time.Parse(layout, s); err == nil {
			return cairn.DayOf(t)
		}
	}
	return dateIn(s, american)
}
