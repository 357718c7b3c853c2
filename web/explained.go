package web

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/cairn-recorder/cairn/explain"
)

// An isolate is what marks the parts of an explanation, see [explain.Form].
const (
	opens  = "\u2068"
	closes = "\u2069"
)

// explained says why a claim was read as it was in the language of t, from words whose
// parts are marked, and whether all of them have words there.
func (t *tongue) explained(marked string) (string, bool) {
	if data, ok := strings.CutPrefix(marked, explain.Data); ok {
		return opens + data + closes, true
	}
	form, slots := explain.Form(marked)
	said, ok := t.form(form)
	if !ok && len(slots) == 0 {
		return t.free(form)
	}
	for _, s := range slots {
		within, known := t.explained(s)
		ok = ok && known
		said = strings.Replace(said, "{}", within, 1)
	}
	return said, ok
}

// form returns a form in the language of t; signs alone are a form in any.
func (t *tongue) form(form string) (string, bool) {
	if said, ok := t.Why[form]; ok {
		return said, true
	}
	if strings.ContainsFunc(form, unicode.IsLetter) {
		said, ok := t.Say[form]
		return said, ok && !strings.Contains(form, "{}")
	}
	return t.signs(form), true
}

// free says what a step of the method gave for a reason, whose parts nobody marked.
func (t *tongue) free(s string) (string, bool) {
	for _, p := range t.whys {
		m := p.form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		said := p.said
		for _, between := range m[1:] {
			if inner, ok := t.explained(between); ok {
				between = inner
			}
			said = strings.Replace(said, "{}", opens+between+closes, 1)
		}
		return said, true
	}
	return t.say(s)
}

// whyPatterns are the forms of reasons with something between their words.
func (t *tongue) whyPatterns() []pattern {
	var all []pattern
	for _, form := range keysOf(t.Why) {
		if strings.Contains(form, "{}") && len(aLetter.FindAllString(form, -1)) > fewLetters {
			all = append(all, pattern{form: regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(form), `\{\}`, "(.+)") + "$"), said: t.Why[form]})
		}
	}
	return all
}
