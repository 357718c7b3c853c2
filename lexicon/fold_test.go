package lexicon

import "testing"

// TestCommonLettersFoldAsUnicodeHasThem holds the short way of folding to the
// long one, letter by letter.
func TestCommonLettersFoldAsUnicodeHasThem(t *testing.T) {
	for r := rune(0x0400); r < 0x0700; r++ {
		word := "ب" + string(r) + "ж"
		short, ok := appendPlain(nil, word)
		if long := string(appendFolded(nil, word)); ok && string(short) != long {
			t.Errorf("%q folds to %q, want %q", word, short, long)
		}
	}
}
