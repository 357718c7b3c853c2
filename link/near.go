package link

import (
	"fmt"
	"math"
	"slices"

	"github.com/cairn-recorder/cairn"
)

// near says how two places lie to each other.
type near struct {
	kind   nearKind
	km     float64 // where both have a point
	coarse cairn.Accuracy
}

type nearKind uint8

const (
	unplaced  nearKind = iota // one or both are not known
	elsewhere                 // too far apart to be one
	besideIt                  // no farther from the other than their accuracy allows
	aroundIt                  // one lies in the other
	perhaps                   // the words of one could stand for the other
	samePlace
)

// reach is how far, in kilometres, a point of an accuracy may lie from what it
// stands for.
var reach = map[cairn.Accuracy]float64{
	cairn.Exact: 0.5, cairn.WithinMetre: 0.5, cairn.Within100: 0.6, cairn.Street: 1.5, cairn.Landmark: 1.5, cairn.Neighbourhood: 2,
	cairn.Village: 3, cairn.Town: 5, cairn.City: 12, cairn.Subdistrict: 20, cairn.District: 40, cairn.Admin1: 120, cairn.Country: 600,
}

const unknownReach = 10

func reachOf(w *cairn.Where) float64 {
	if km, ok := reach[w.Accuracy]; ok {
		return km
	}
	return unknownReach
}

// nearness compares two places: by identifier, by what holds them, and by the
// distance that their accuracies allow.
func nearness(a, b *cairn.Where) near {
	if a == nil || b == nil {
		return near{}
	}
	n := near{coarse: coarser(a, b).Accuracy, km: math.Inf(1)}
	if a.Lat != nil && a.Lon != nil && b.Lat != nil && b.Lon != nil {
		n.km = cairn.Point{Lat: *a.Lat, Lon: *a.Lon}.Kilometres(cairn.Point{Lat: *b.Lat, Lon: *b.Lon})
	}
	switch {
	case a.ID != "" && a.ID == b.ID, a.ID == "" && b.ID == "" && a.Name != "" && a.Name == b.Name && a.Country == b.Country:
		n.kind = samePlace
	case a.ID != "" && slices.Contains(b.Within, a.ID), b.ID != "" && slices.Contains(a.Within, b.ID):
		n.kind = aroundIt
	case a.Country != "" && a.Country == b.Country && (a.Accuracy == cairn.Country || b.Accuracy == cairn.Country):
		n.kind = aroundIt
	case !math.IsInf(n.km, 1) && n.km <= reachOf(a)+reachOf(b):
		n.kind = besideIt
	case math.IsInf(n.km, 1) && (a.Country == "" || b.Country == "" || a.Country == b.Country):
		n.kind = unplaced
	default:
		n.kind = elsewhere
	}
	if n.kind == elsewhere && (mayMean(a, b) || mayMean(b, a)) {
		n.kind = perhaps
	}
	return n
}

// mayMean reports whether the words of a could stand for the place b.
func mayMean(a, b *cairn.Where) bool {
	return b.ID != "" && slices.ContainsFunc(a.Alternatives, func(o cairn.Alternative) bool { return o.ID == b.ID })
}

func coarser(a, b *cairn.Where) *cairn.Where {
	if a.Accuracy.Rank() >= b.Accuracy.Rank() {
		return a
	}
	return b
}

// What a place is worth that two accounts share: the smaller, the less happens
// there by chance.
const (
	finePlace   = 3.2
	townPlace   = 3.0
	middlePlace = 1.5
	coarsePlace = 0.5
)

func (n near) score() float64 {
	worth := coarsePlace
	switch {
	case n.coarse.Rank() <= cairn.Village.Rank():
		worth = finePlace
	case n.coarse.Rank() <= cairn.Town.Rank():
		worth = townPlace
	case n.coarse.Rank() <= cairn.City.Rank():
		worth = middlePlace
	}
	switch {
	case n.kind == perhaps, n.kind == aroundIt && n.coarse.Rank() > cairn.Village.Rank():
		worth *= 0.8
	case n.kind == besideIt && n.coarse.Rank() > cairn.Village.Rank():
		worth *= 0.5
	}
	return worth
}

func (n near) reason(a, b *cairn.Where) string {
	if n.kind == samePlace {
		return "the place is the same (" + nameOf(a) + ")"
	}
	if n.kind == perhaps {
		return "the same words could stand for " + nameOf(a) + " and " + nameOf(b)
	}
	if math.IsInf(n.km, 1) || coarser(a, b).Accuracy.Rank() >= cairn.Subdistrict.Rank() {
		return fmt.Sprintf("%s and %s: one lies in the other", nameOf(a), nameOf(b))
	}
	return fmt.Sprintf("%s and %s lie %.1f km apart, which their accuracy allows", nameOf(a), nameOf(b), n.km)
}

func nameOf(w *cairn.Where) string {
	if w.Name != "" {
		return w.Name
	}
	return w.Words
}
