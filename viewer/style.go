package viewer

import (
	"regexp"
	"strings"
)

// The references of a style sheet: url(…), and @import with a string.
var (
	referred = regexp.MustCompile(`(?i)url\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^)\s"']*)\s*\)`)
	imported = regexp.MustCompile(`(?i)(@import\s+)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`)
)

// styled returns a style sheet whose references lead to the archive. What is
// hidden by escapes is not led anywhere: under the policy a browser does not load
// it.
func styled(sheet string, p parts) string {
	sheet = referred.ReplaceAllStringFunc(sheet, func(found string) string {
		return quotedPart(p, referred.FindStringSubmatch(found)[1])
	})
	sheet = imported.ReplaceAllStringFunc(sheet, func(found string) string {
		m := imported.FindStringSubmatch(found)
		return m[1] + quotedPart(p, m[2])
	})
	return strings.ReplaceAll(sheet, "</", "<\\/") // no end of a style element
}

func quotedPart(p parts, quoted string) string {
	reference := strings.Trim(quoted, `"'`)
	if strings.HasPrefix(reference, "/parts/") { // led there already
		return `"` + reference + `"`
	}
	return `url("` + p.of(reference) + `")`
}
