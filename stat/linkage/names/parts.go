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
		part, n := compound(words[i:], len(parts) > 0)
		i += n
		switch {
		case part == "":
		case table.is("after", words[i-n]) && n == 1 && len(parts) > 0:
			parts[len(parts)-1] += withoutArticle(bare(part))
		default:
			parts = append(parts, part)
		}
	}
	return parts
}

// compound is the part that words begin with, and how many of them it takes.
// later says that a part stands before.
func compound(words []string, later bool) (string, int) {
	first, table := words[0], particles()
	switch {
	case len(words) == 1 && later && table.is("after", first):
		return first, 1
	case len(words) == 1:
		return bare(first), 1
	case table.is("after", first) && later:
		return first, 1
	case table.is("child", first) && later:
		return "", 1
	case table.is("article", first):
		part, n := compound(words[1:], later)
		if first == "ال" {
			return first + part, n + 1
		}
		return "al" + mark + withoutArticle(part), n + 1
	case table.is("servant", first):
		part, n := compound(words[1:], false)
		return servant(first) + withoutArticle(part), n + 1
	case table.is("parent", first):
		part, n := compound(words[1:], false)
		return first + withoutArticle(part), n + 1
	case table.is("of", first) && later:
		part, n := compound(words[1:], true)
		return first + part, n + 1
	}
	return bare(first), 1
}

// servant is the word for a servant without the article that romanisation hangs
// on it.
func servant(word string) string {
	if strings.HasPrefix(word, "ab") {
		return "abd"
	}
	for _, plain := range []string{"عبد", "עבד", "абд"} {
		if strings.HasPrefix(word, plain) {
			return plain
		}
	}
	return word
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
	for _, prefix := range []string{"عبدال", "ابوال", "نورال", "سيفال", "صلاحال"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len([]rune(rest)) > 1 {
			return strings.TrimSuffix(prefix, "ال") + rest
		}
	}
	if rest, ok := strings.CutPrefix(word, "abual"); ok && len(rest) > 2 {
		return "abu" + rest
	}
	if rest, ok := strings.CutPrefix(word, "abd"); ok && len(rest) > 4 && strings.IndexByte("aeuo", rest[0]) >= 0 {
		if rest[1] == 'l' {
			return "abd" + strings.TrimPrefix(rest[2:], "l")
		}
		if rest[1] == rest[2] {
			return "abd" + rest[2:]
		}
	}
	return word
}
