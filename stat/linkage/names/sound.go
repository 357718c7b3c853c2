package names

import "strings"

// spoken is how a part of a name sounds, in the alphabet of sounds.tsv: a
// letter a sound, consonants apart from vowels, long vowels of scripts that
// leave the short ones out as capitals.
func spoken(part string) string {
	table, runes := letters(), []rune(part)
	written := scriptOf(part).vowelless() // doubled consonants are one, where they are not two with a vowel between
	var b strings.Builder
	var last byte
	for i := 0; i < len(runes); {
		n := min(4, len(runes)-i)
		for ; n > 0; n-- {
			sounds, ok := table[string(runes[i:i+n])]
			if !ok {
				continue
			}
			for k := range len(sounds) {
				if sounds[k] != last || written || vowel(last) && n == 1 && sounds[k] != 'a' {
					b.WriteByte(sounds[k])
				}
				last = sounds[k]
			}
			break
		}
		if n == 0 {
			if runes[i] != ' ' {
				last = 0
			}
			n = 1
		}
		i += n
	}
	return ends(b.String(), part)
}

// ends is sounds with what Arabic writes at the ends of a word told apart: the
// alef that carries any vowel at the beginning, the feminine ending, which
// normalisation writes as ha.
func ends(sounds, part string) string {
	if strings.HasPrefix(part, "ا") {
		sounds = "V" + sounds[1:]
	}
	if len(sounds) > 2 && strings.HasSuffix(part, "ه") && !strings.HasSuffix(part, "اه") {
		return sounds[:len(sounds)-1] + "@"
	}
	if len(sounds) > 1 && strings.HasSuffix(part, "ي") { // ya, or the alef that is written like it
		return sounds[:len(sounds)-1] + "E"
	}
	return sounds
}

func vowel(c byte) bool { return strings.IndexByte("aeiouAWYVE@", c) >= 0 }

// keyed is the class of each consonant in a [Key]; sounds that spellings lose
// or take for vowels stand in none.
var keyed = func() (t [128]byte) {
	for from, to := range map[string]byte{"tT0": 't', "dD8": 'd', "sS%": 's', "$": '$', "zZ": 'z', "hH": 'h', "xkKq": 'k', "GgjJ": 'g', "C": 'c', "X": 's', "bpBP": 'b', "fFv": 'f', "r": 'r', "l": 'l', "m": 'm', "n": 'n'} {
		for i := range len(from) {
			t[from[i]] = to
		}
	}
	return t
}()

// Key is the skeleton of consonants of a part, the same for most spellings of
// one name in any script, and so a key to find candidates by. It is empty for a
// part without consonants.
func Key(part string) string {
	return key(spoken(strings.ReplaceAll(part, " ", "")))
}

func key(sounds string) string {
	var b strings.Builder
	var last byte
	for i := range len(sounds) {
		c := keyed[sounds[i]]
		if c == 'h' && i == len(sounds)-1 {
			c = 0
		}
		if c != 0 && c != last { // two are one, as scripts differ in what they write between
			b.WriteByte(c)
			last = c
		}
	}
	return b.String()
}
