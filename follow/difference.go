package follow

import (
	"strings"
	"unicode"
)

// A Change is a sentence that one version of a text has and the other has not.
type Change struct {
	Added    bool   `json:"added"` // in the later; else it was taken out
	Sentence string `json:"sentence"`
}

// mostCompared is the most sentences of a version that are compared one by one;
// the middle of a longer text counts as replaced whole.
const mostCompared = 3000

// Difference returns the sentences that were taken out of a text and those that
// came into it, in the order of the text. What differs in spaces alone is the
// same.
func Difference(before, after string) []Change {
	a, b := sentences(before), sentences(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > mostCompared || len(b) > mostCompared {
		return append(changes(a, false), changes(b, true)...)
	}
	return walk(a, b, common(a, b))
}

func changes(sentences []string, added bool) []Change {
	var all []Change
	for _, s := range sentences {
		all = append(all, Change{added, s})
	}
	return all
}

// common counts, for each pair of places, the sentences that what follows them
// has in common.
func common(a, b []string) [][]int16 {
	rows := make([][]int16, len(a)+1)
	rows[len(a)] = make([]int16, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		rows[i] = make([]int16, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				rows[i][j] = rows[i+1][j+1] + 1
			} else {
				rows[i][j] = max(rows[i+1][j], rows[i][j+1])
			}
		}
	}
	return rows
}

func walk(a, b []string, rows [][]int16) []Change {
	var all []Change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && rows[i+1][j] >= rows[i][j+1]:
			all = append(all, Change{false, a[i]})
			i++
		default:
			all = append(all, Change{true, b[j]})
			j++
		}
	}
	return all
}

// sentences parts a text at the ends of lines and of sentences.
func sentences(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		begin := 0
		for i, r := range line {
			if !strings.ContainsRune(".!?؟。", r) {
				continue
			}
			end := i + len(string(r))
			if next := strings.TrimLeft(line[end:], " "); next == "" || len(next) < len(line[end:]) && unicode.IsUpper([]rune(next)[0]) || r == '؟' || r == '。' {
				all = add(all, line[begin:end])
				begin = end
			}
		}
		all = add(all, line[begin:])
	}
	return all
}

func add(all []string, s string) []string {
	if s = strings.Join(strings.Fields(s), " "); s != "" {
		return append(all, s)
	}
	return all
}
