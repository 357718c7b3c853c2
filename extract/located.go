package extract

import (
	"sort"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// located gives f its place: the nearest in its sentence, the last one in its
// paragraph, or the place that the document is about.
func (r *reading) located(f *found, s sentence) {
	best, distance := -1, 1<<30
	for i := r.spotFrom(s.first); i < len(r.spots) && r.spots[i].end <= s.last; i++ {
		p := r.spots[i]
		if r.ofSource(p) || r.inSpeaker(p, f.claim.Says) {
			continue
		}
		d := p.first - f.harm.end
		if d < 0 {
			d = f.victims.first - p.end + 2
			if r.lang.VerbFirst && r.clauseBetween(p.end, min(f.harm.first, f.victims.first)) {
				d += 6
			}
		}
		d = max(d, 0)
		if p.where.Accuracy == cairn.Country {
			d += 40
		}
		if !p.strong {
			d += 6
		}
		if d < distance {
			best, distance = i, d
		}
	}
	if best < 0 || r.spots[best].where.Accuracy == cairn.Country && r.focus != nil && r.focus.Accuracy != cairn.Country {
		if !r.recalled(f) {
			f.claim.Where = r.placeBefore(f, s)
		}
		return
	}
	f.claim.Where = r.whereAt(best)
}

// recalled reports whether f is dated to an earlier time than what the report is
// about, whose place it need not share: "as in 2019, when 40 died".
func (r *reading) recalled(f *found) bool {
	w := f.claim.When
	if w == nil || w.Span == nil || !w.To.Known() || !r.anchor.Known() || r.anchor.First().Sub(w.To.Last()).Hours() <= 24*oldDays {
		return false
	}
	for _, b := range r.found {
		if b.claim.When != nil && b.claim.When.From.Known() && r.recent(b.claim.When.From) {
			return true
		}
	}
	return false
}

// spotFrom returns the index of the first place named at term i or after it.
func (r *reading) spotFrom(i int) int {
	return sort.Search(len(r.spots), func(k int) bool { return r.spots[k].first >= i })
}

// whereAt returns the place of a spot with its words.
func (r *reading) whereAt(i int) *cairn.Where {
	w := *r.spots[i].where
	span := r.spots[i].span
	w.Words, w.Span = span.Of(r.text), &span
	return &w
}

// clauseBetween reports whether a clause ends between two terms.
func (r *reading) clauseBetween(from, to int) bool {
	for k := from; k < to; k++ {
		if r.sign(k) == ',' || r.sign(k) == ';' || r.terms[k].node.Has(lexicon.Relative) {
			return true
		}
	}
	return false
}

// inSpeaker reports whether a name of a place is the end of the name of somebody
// who speaks: "Radio Marun".
func (r *reading) inSpeaker(p spot, says []cairn.Saying) bool {
	for _, s := range says {
		if s.Span == nil || !s.Span.Overlaps(p.span) || p.first == 0 {
			continue
		}
		before := r.terms[p.first-1]
		if before.word && (before.upper || before.node.Has(lexicon.SourceNoun)) && !before.node.HasAny(stopMask) && !before.opens {
			return true
		}
	}
	return false
}

// ofSource reports whether a name is part of an office: "the Gaza ministry".
func (r *reading) ofSource(p spot) bool {
	for k := p.end; k < min(len(r.terms), p.end+3); k++ {
		if r.terms[k].node.Has(lexicon.SourceNoun) {
			return true
		}
		if !r.terms[k].word || r.terms[k].node.HasAny(stopMask) {
			return false
		}
	}
	return false
}

func (r *reading) placeBefore(f *found, s sentence) *cairn.Where {
	for i := r.spotFrom(s.first) - 1; i >= 0 && r.spots[i].first >= s.paragraph; i-- {
		p := r.spots[i]
		if p.where.Accuracy != cairn.Country && !r.ofSource(p) {
			f.because("where", cairn.Phrase{}, "named before in the same paragraph")
			return r.whereAt(i)
		}
	}
	if r.focus == nil {
		return nil
	}
	f.because("where", cairn.Phrase{}, r.focusIs())
	for i := r.spotFrom(s.first) - 1; i >= 0; i-- {
		if p := r.spots[i]; p.where.ID == r.focus.ID && !r.ofSource(p) {
			f.farPlace = true
			return r.whereAt(i)
		}
	}
	w := *r.focus
	return &w
}

// focusIs says where the place of the whole document comes from.
func (r *reading) focusIs() string {
	if len(r.lookUp(r.doc.Place)) > 0 {
		return "the place that the report was given with, since the words around name none"
	}
	return "the place that the report is mainly about, since the words around name none"
}
