package unpack

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateOrder is how the dates of a chat are written.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
	yearFirst
)

// chatOrder finds out how the dates of the chat are written: by a number that no
// month has, and else by which order never goes back in time.
func (c Container) chatOrder() (dateOrder, error) {
	if c.DayFirst != nil {
		if *c.DayFirst {
			return dayFirst, nil
		}
		return monthFirst, nil
	}
	order, back := orderUnknown, map[dateOrder]int{}
	last := map[dateOrder]string{}
	err := c.chatLines(func(_, _ int, raw string) bool {
		m := chatHead.FindStringSubmatch(chatLine(raw))
		if m == nil {
			return true
		}
		first, second := number(m[1]), number(m[3])
		switch {
		case len(m[1]) == 4:
			order = yearFirst
		case first > 12:
			order = dayFirst
		case second > 12:
			order = monthFirst
		}
		for _, o := range []dateOrder{dayFirst, monthFirst} {
			if day, err := chatDay(m, o); err == nil {
				if day < last[o] {
					back[o]++
				}
				last[o] = day
			}
		}
		return order == orderUnknown
	})
	if err != nil && !errors.Is(err, errEnough) {
		return order, err
	}
	switch {
	case order != orderUnknown:
	case back[dayFirst] == 0 && back[monthFirst] > 0:
		order = dayFirst
	case back[monthFirst] == 0 && back[dayFirst] > 0:
		order = monthFirst
	}
	return order, nil
}

func number(s string) int { n, _ := strconv.Atoi(s); return n }

// chatDay is the day of a head, read in an order.
func chatDay(m []string, order dateOrder) (string, error) {
	year, month, day := number(m[4]), number(m[3]), number(m[1])
	switch {
	case len(m[1]) == 4:
		year, day = number(m[1]), number(m[4])
	case order == monthFirst:
		month, day = day, month
	}
	if year < 100 {
		year += 2000
	}
	at, err := time.Parse("2006-1-2", fmt.Sprintf("%d-%d-%d", year, month, day))
	if err != nil {
		return "", fmt.Errorf("%s%s%s%s%s is no day", m[1], m[2], m[3], m[2], m[4])
	}
	return at.Format("2006-01-02"), nil
}

// chatMoment is the day and the minute of a head, in the time of the phone.
func chatMoment(m []string, order dateOrder) (string, error) {
	if order == orderUnknown {
		year := number(m[4])
		if year < 100 {
			year += 2000
		}
		return fmt.Sprintf("%04d", year), nil
	}
	day, err := chatDay(m, order)
	if err != nil {
		return "", err
	}
	hour, minute := number(m[5]), number(m[6])
	switch half := strings.ToLower(strings.Trim(m[8], ". ")); {
	case half == "" && hour < 24:
	case hour < 1 || hour > 12:
		return "", fmt.Errorf("%s:%s is no time", m[5], m[6])
	case half == "م" || half[0] == 'p':
		hour = hour%12 + 12
	default:
		hour %= 12
	}
	if minute > 59 {
		return "", fmt.Errorf("%s:%s is no time", m[5], m[6])
	}
	return fmt.Sprintf("%sT%02d:%02d", day, hour, minute), nil
}
