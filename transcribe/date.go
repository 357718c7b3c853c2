package transcribe

import (
	"strconv"
	"strings"
	"time"

	"github.com/cairn-recorder/cairn"
)

// The forms of dates in which day and month cannot be taken for each other. An
// ISO date may have a time behind it.
var dayForms = []string{"2006-01-02", "2006/01/02", "20060102", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006"}

// dates reads the period of the incident, as exactly as the row gives it.
func (e *entry) dates() error {
	for _, end := range []struct {
		field Field
		to    *cairn.Date
	}{{Date, &e.incident.When.From}, {DateEnd, &e.incident.When.To}} {
		day, why := e.day(e.of(end.field).Words)
		if why != "" {
			return e.fault(end.field, "%s", why)
		}
		*end.to = day
	}
	when := &e.incident.When
	if !when.To.Known() {
		when.To = when.From
	}
	if when.From.Known() && when.To.Last().Before(when.From.First()) {
		return e.fault(DateEnd, "%s lies before %s", when.To, when.From)
	}
	if !when.From.Known() {
		if _, ok := e.table.columns[Date]; ok {
			return e.fault(Date, "is blank: an incident that is counted has a day, month or year")
		}
	}
	return nil
}

// day reads one date; the reason says what is wrong with it.
func (e *entry) day(s string) (cairn.Date, string) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", ""
	}
	if d, err := cairn.ParseDate(s); err == nil {
		return d, ""
	}
	for _, form := range dayForms {
		if t, err := time.Parse(form, withoutTime(s)); err == nil {
			return cairn.DayOf(t), ""
		}
	}
	if d, why, ok := e.slashed(s); ok {
		return d, why
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 20000 && n < 80000 {
		return "", "is a spreadsheet's number of a day (" + string(spreadsheetDay(n)) + "): store the dates as text, such as 2017-10-16"
	}
	return "", "want a date such as 2017-10-16, 2017-10 or 2017, not " + strconv.Quote(s)
}

// spreadsheetDay is the day that spreadsheets write as a number of days since
// the end of 1899.
func spreadsheetDay(n float64) cairn.Date {
	return cairn.DayOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)))
}

// withoutTime cuts a time of day that stands behind an ISO date.
func withoutTime(s string) string {
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') && s[4] == '-' {
		return s[:10]
	}
	return s
}

// slashed reads 16/10/2017, in whichever order makes a date. Where both do, a
// person must say.
func (e *entry) slashed(s string) (d cairn.Date, why string, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return "", "", false
	}
	joined := strings.Join(parts, "/")
	dayFirst, errDay := time.Parse("2/1/2006", joined)
	monthFirst, errMonth := time.Parse("1/2/2006", joined)
	first := e.table.given.DayFirst
	switch {
	case errDay != nil && errMonth != nil:
		return "", "", false
	case first != nil && *first && errDay == nil, errMonth != nil, errDay == nil && dayFirst.Equal(monthFirst):
		return cairn.DayOf(dayFirst), "", true
	case first != nil && !*first && errMonth == nil, errDay != nil:
		return cairn.DayOf(monthFirst), "", true
	}
	return "", s + " can be " + string(cairn.DayOf(dayFirst)) + " or " + string(cairn.DayOf(monthFirst)) + ": say which comes first with --dates dmy or mdy", true
}
