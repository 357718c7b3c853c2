package total

import (
	"math"
	"time"

	"github.com/cairn-recorder/cairn"
)

// A stretch is the period of a toll with its first and last day as numbers, which
// are compared without reading dates. An unknown end reaches everywhere.
type stretch struct {
	cairn.Period
	first, last int32
}

func stretchOf(p cairn.Period) stretch {
	s := stretch{p, math.MinInt32, math.MaxInt32}
	if p.From.Known() {
		s.first = dayNumber(p.From.First())
	}
	if p.To.Known() {
		s.last = dayNumber(p.To.Last())
	}
	return s
}

func dayNumber(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

// days is how many days s has, 0 where an end is unknown.
func (s stretch) days() int {
	if s.first == math.MinInt32 || s.last == math.MaxInt32 {
		return 0
	}
	return max(1, int(s.last-s.first)+1)
}

// overlap reports whether two periods are of one campaign: where both are fully
// known they share at least half of the longer, since the toll of a month is no
// floor of the toll of a war; else they need only meet.
func overlap(p, q stretch) bool {
	if p.days() == 0 || q.days() == 0 {
		return p.first <= q.last && q.first <= p.last
	}
	shared := int(min(p.last, q.last)-max(p.first, q.first)) + 1
	return 2*shared >= max(p.days(), q.days())
}

// union is the period from the earlier beginning to the later end that is known.
func union(p, q stretch) stretch {
	if !p.From.Known() || q.From.Known() && q.first < p.first {
		p.From, p.first = q.From, q.first
	}
	if !p.To.Known() || q.To.Known() && q.last > p.last {
		p.To, p.last = q.To, q.last
	}
	return p
}
