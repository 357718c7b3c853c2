package explain

import (
	"maps"
	"slices"
	"strings"
)

// Rule says in words what the rule of an identifier is, with the words of the
// harm that it was met by; "" for an identifier that has no words.
func Rule(id, harmWords string) string { return unmarked.Replace(rule(id, harmWords)) }

// rule is Rule with its parts marked.
func rule(id, harmWords string) string {
	if words := wholeRules[id]; words != "" {
		return filled(words, harmWords)
	}
	parts := strings.Split(id, ".")
	words := frames[parts[min(1, len(parts)-1)]]
	struck := len(parts) > 2 && parts[1] == "struck"
	if struck {
		words = frames[parts[2]]
		parts = parts[1:]
	}
	if words == "" || len(parts) < 2 {
		return ""
	}
	words = filled(words, harmWords)
	for _, tail := range parts[2:] {
		if tail != "pronoun" {
			return ""
		}
		words += "; " + slot("it names them by a pronoun, which stands for the people named before")
	}
	if struck {
		words += "; " + slot("it says that they were hit and not whether they lived, which is read as an injury")
	}
	return words
}

// Rules returns the identifier of every rule that has words, in their order; those of
// frames as of a killing.
func Rules() []string {
	all := slices.Collect(maps.Keys(wholeRules))
	for frame := range frames {
		all = append(all, "killed."+frame)
	}
	slices.Sort(all)
	return all
}

func filled(words, harmWords string) string {
	if harmWords == "" {
		harmWords = slot("the harm words")
	} else {
		harmWords = data("“" + harmWords + "”")
	}
	parts := strings.Split(words, "; ")
	for i, p := range parts {
		parts[i] = slot(strings.ReplaceAll(p, "*", harmWords))
	}
	return strings.Join(parts, "; ")
}

// frames is what each frame of a sentence is, by the last part of its
// identifier; * stands for the words of the harm.
var frames = map[string]string{
	"active":    "* is done to those who stand as its object",
	"passive":   "* is said in the passive of those who stand before it, its subject",
	"suffer":    "* happens to those who stand as its subject",
	"reduced":   "* is a participle that belongs to those right beside it",
	"gapped":    "the figure goes on from the one before it, whose harm is not said again",
	"body":      "* says that the body of somebody was found",
	"shared":    "* is joined to the verb before it and is said of the same people",
	"self":      "* turns back on its subject, who is harmed",
	"of":        "* is joined by “of” to those harmed",
	"owned":     "* is a noun that belongs to those named with it, as in “the farmer’s death”",
	"count":     "* is itself the count: it names people by the harm done to them",
	"part":      "they are singled out of those to whom * is done",
	"left":      "* is the state in which something left them",
	"headline":  "* is what the line lists them by: it says by what and no verb",
	"hospital":  "* is that they were brought to where the hurt are cared for",
	"bears":     "* is a wound that they are said to have, or to be treated for",
	"inverted":  "* opens the sentence, and those it happened to stand behind its auxiliary",
	"victims":   "* says who the victims were, where no other harm was told of before: the dead are meant",
	"state":     "* stands behind those counted and says what state they are in",
	"predicate": "* is said of the subject as its state",
	"attribute": "* stands with the noun as its attribute, as in “wounded people”",
	"figure":    "a figure given again for the harm spoken of before",
	"bodies":    "* is said of the bodies of those counted",
	"keyed":     "a line of a form gives the number behind the harm",
	"names":     "a list names those to whom * happened",
	"counted":   "* names people by the harm, and the verb behind it says how many they are",
	"nobody":    "* is said to have happened to nobody",
	"among":     "they are named among those of whom * is said",
	"toll":      "* gives a figure behind it",
}

// wholeRules is the rules that are no frame of one harm.
var wholeRules = map[string]string{
	"killed.lives":       "* with “lives” for its object says that people died",
	"population.of":      "* is followed by the number of people, a stock and no harm",
	"casualties.joint":   "verbs of killing and of injuring share one figure, which does not tell the dead from the injured",
	"casualties.unsplit": "the dead and the injured share one figure and are not told apart",

	"figure.exact":     "the number as it is written",
	"figure.at_least":  "a number with words that set it as a floor",
	"figure.at_most":   "a number with words that set it as a ceiling",
	"figure.more_than": "a number with words that say that there were more",
	"figure.less_than": "a number with words that say that there were fewer",
	"figure.between":   "two numbers joined as the ends of a range",
	"figure.about":     "a number with words that make it approximate",
	"figure.vague":     "words for a quantity that name no number",
	"figure.plural":    "a noun in the plural without any number",
	"figure.one":       "one person, family or thing in the singular",
	"figure.both":      "“both” or a word like it, which is two",
	"figure.members":   "the members of a family, counted as they are told",
	"figure.names":     "the names of a list, counted",
	"figure.ages":      "the ages of a list, counted",
	"figure.ordinal":   "one more who is counted on from those before: “a fourth”",
	"figure.same":      "as many as of the harm before it, or a multiple of that: “twice as many”",
	"figure.behind":    "a number that stands behind those it counts",
	"figure.zero":      "words that say that there were none",
	"figure.unknown":   "the words say that the figure is not known",
	"figure.rest":      "the rest of a whole, for which no number is given",
	"second.quoted":    "a second reader quotes these words for it, which stand in the document at one place; no rule of cairn's reads them so",

	"figure.another": "one person in the singular, whom an article brings in as somebody else than the one before",
	"figure.pronoun": "the figure of those for whom the pronoun stands",
}
