package names

import "strings"

// Parts takes a name into its parts: normalised, without titles and the words
// for "son of", compounds joined, articles dropped.
func Parts(s string) []string {
	var words []string
	table := particles()
	for word := range strings.FieldsSeq(Normal(s)) {
		if !table.is("title", word) && !table.is("drop", word) {
			words = append(words, word)
		}
	}
	if len(words) == 0 || len(words) == 1 && table.is("article", words[0]) { // a title alone is somebody's name, as Sayyid is
		words = strings.Fields(Normal(s))
	}
	var parts []string
	for i := 0; i < len(words); {
		if n := closing(words[i:]); n > 0 && len(parts) > 0 {
			last := &parts[len(parts)-1]
			*last = compoundOf(*last, words[i+n-1])
			i += n
			continue
		}
		part, n := compound(words[i:], len(parts) > 0)
		i += n
		if part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// closing is how many words close a compound that stands before them: "al-Din",
// "Allah". 0 where they do not.
func closing(words []string) int {
	table := particles()
	if table.is("after", words[0]) {
		return 1
	}
	if len(words) > 1 && table.is("article", words[0]) && table.is("after", words[1]) {
		return 2
	}
	return 0
}

// compoundOf is the two words of a compound as one, without the article between
// them; the feminine ending is a t there.
func compoundOf(first, last string) string {
	for _, article := range []string{"ال", "al", "el", "ud", "ed", "ad", "ul", "dd"} {
		if rest, ok := strings.CutPrefix(last, article); ok && len([]rune(rest)) > 1 {
			last = rest
			break
		}
	}
	if stem, ok := strings.CutSuffix(first, "ه"); ok && last == "له" && len([]rune(stem)) > 1 {
		first = stem + "ت"
	}
	return first + last
}

// compound is the part that words begin with, and how many of them it takes.
// later says that a part stands before.
func compound(words []string, later bool) (string, int) {
	first, table := words[0], particles()
	switch {
	case len(words) == 1:
		return bare(first), 1
	case table.is("child", first) && later:
		return "", 1
	case table.is("article", first):
		part, n := compound(words[1:], later)
		if first == "ال" {
			return first + part, n + 1
		}
		return "al" + mark + withoutArticle(part), n + 1
	case table.is("servant", plainly(first)):
		part, n := compound(words[1:], false)
		return servant(plainly(first)) + withoutArticle(part), n + 1
	case table.is("parent", plainly(first)):
		part, n := compound(words[1:], false)
		return plainly(first) + withoutArticle(part), n + 1
	case table.is("of", first) && later:
		part, n := compound(words[1:], true)
		return first + part, n + 1
	}
	return bare(first), 1
}

// servant is the word for a servant, the same before any name; in Latin with a
// vowel that keeps its last letter from making another sound with the next.
func servant(word string) string {
	if strings.HasPrefix(word, "ab") {
		return "abdu"
	}
	for _, plain := range []string{"عبد", "עבד", "абд"} {
		if strings.HasPrefix(word, plain) {
			return plain
		}
	}
	return word
}

// vowels are the ways in which hands write the vowels of the small words of
// names, and how the table has them.
var vowels = strings.NewReplacer("oo", "u", "ou", "u", "uo", "u", "uu", "u", "w", "u", "ee", "i", "aa", "a")

// plainly is a small word as the table has it, with whatever vowels a hand
// writes it in Latin: "Ebdoul", "Aabd", "Aboo".
func plainly(word string) string {
	if !strings.HasPrefix(word, "a") && !strings.HasPrefix(word, "e") && !strings.HasPrefix(word, "o") {
		return word
	}
	plain := vowels.Replace(word)
	if rest, ok := strings.CutPrefix(plain, "e"); ok && strings.HasPrefix(rest, "b") {
		return "a" + rest
	}
	return plain
}

// mark stands between an article that was written apart and its word, so that
// it can be told from the beginning of a name such as Albert.
const mark = "-"

// withoutArticle is part without an article that is written apart, or on to it
// in Arabic script.
func withoutArticle(part string) string {
	if _, rest, ok := strings.Cut(part, mark); ok {
		return rest
	}
	if rest, ok := strings.CutPrefix(part, "ال"); ok && len([]rune(rest)) > 1 {
		return rest
	}
	return part
}

// bare is a word without the article inside it, as compounds are written in one.
func bare(word string) string {
	for _, last := range []string{"الدين", "الله", "الاسلام", "الزهراء", "الرحمن"} {
		if first, ok := strings.CutSuffix(word, last); ok && len([]rune(first)) > 1 {
			return compoundOf(first, last)
		}
	}
	for _, prefix := range []string{"عبدال", "ابوال"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len([]rune(rest)) > 1 {
			return strings.TrimSuffix(prefix, "ال") + rest
		}
	}
	if rest, ok := strings.CutPrefix(word, "abual"); ok && len(rest) > 2 {
		return "abu" + rest
	}
	return bareLatin(word)
}

// bareLatin is bare for what romanisation writes in one: "Abdulrahman",
// "Abderrahmane", "Nasreddine", "Atallah".
func bareLatin(word string) string {
	if rest, ok := strings.CutPrefix(word, "abd"); ok && len(rest) > 4 && strings.IndexByte("aeuoi", rest[0]) >= 0 {
		switch {
		case rest[1] == 'l':
			return "abdu" + strings.TrimPrefix(rest[2:], "l")
		case rest[1] == rest[2]:
			return "abdu" + rest[2:]
		}
	}
	for _, last := range []string{"din", "dine", "deen", "lah", "lla"} {
		first, ok := strings.CutSuffix(word, last)
		if n := len(first); ok && n > 4 && strings.IndexByte("aeuoi", first[n-2]) >= 0 && (first[n-1] == 'l' || first[n-1] == last[0]) {
			return first[:n-2] + last
		}
	}
	return word
}
