package names

// Longest is how many letters or sounds of a part are compared; the few that
// are longer differ before.
const Longest = 32

// Slips is the number of letters, of the first [Longest], to add, drop, change or transpose between a
// and b (Damerau 1964, each place edited once), or most+1 where it is more.
func Slips(a, b []rune, most int) int {
	a, b = a[:min(len(a), Longest)], b[:min(len(b), Longest)]
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	var rows [3][Longest + 1]int8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = int8(j)
	}
	for i := range a {
		now[0] = int8(i + 1)
		least := now[0]
		for j := range b {
			cost := int8(1)
			if a[i] == b[j] {
				cost = 0
			}
			d := min(last[j]+cost, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			now[j+1] = d
			least = min(least, d)
		}
		if int(least) > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return min(int(last[len(b)]), most+1)
}

// atEnd is what losing the first or the last vowel costs, which are written in
// every script.
const atEnd = 30

// distance is what it costs to edit the sounds x into y, in hundredths of a
// consonant. unwritten is 1 where one of the two was written without vowels, else 0.
func distance(x, y *heard, unwritten int) int {
	a, b, dropA, dropB := x.sounds, y.sounds, x.drop[unwritten], y.drop[unwritten]
	p := prices()
	var rows [3][Longest + 1]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) {
		last[j+1] = last[j] + int(dropB[j])
	}
	for i := range len(a) {
		take := &p.take[a[i]&127]
		lose := int(dropA[i])
		now[0] = last[0] + lose
		for j := range len(b) {
			d := min(last[j]+int(take[b[j]&127]), last[j+1]+lose, now[j]+int(dropB[j]))
			if j > 0 && p.two[a[i]&127] != nil {
				d = min(d, last[j-1]+p.twoFor(a[i], b[j-1], b[j]))
			}
			if i > 0 && p.two[b[j]&127] != nil {
				d = min(d, before[j]+p.twoFor(b[j], a[i-1], a[i]))
			}
			now[j+1] = d
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// twoFor is what the sounds s and t cost for the one sound.
func (p *price) twoFor(one, s, t byte) int {
	for _, two := range p.two[one&127] {
		if two.s == s && two.t == t {
			return int(two.cost)
		}
	}
	return 1000
}

// losses is what it costs to lose each of the sounds.
func losses(sounds string, unwritten bool) []uint8 {
	p, drop := prices(), make([]uint8, len(sounds))
	for i := range len(sounds) {
		c := sounds[i] & 127
		drop[i] = p.lose[c]
		if unwritten {
			drop[i] = p.loseWritten[c]
			if (i == 0 || i == len(sounds)-1) && short(c) {
				drop[i] = atEnd
				if c == 'e' && i > 0 { // silent in many hands
					drop[i] = atEnd / 3
				}
			}
		}
	}
	return drop
}

func short(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }
