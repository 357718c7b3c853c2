package read

import (
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	elsewhere = regexp.MustCompile(`(?i)^(?:read (?:more|also|next|:)|also read|see also|related|more on this|more:|watch:|listen:|advertisement|share this|share:|follow us|sign up|subscribe|click here|leer también|lea también|lea además|te puede interesar|publicidad|читайте также|читать также|по теме|реклама|поделиться|читайте також|читати також|до теми|поділитися|اقرأ أيض|إقرأ أيض|اقرأ المزيد|شاهد أيض|مواضيع ذات صلة|إعلان$|شارك)`)
	creditBy  = regexp.MustCompile(`(?i)^(?:by|written by|reporting by|por|автор:?|текст:|بقلم|كتب:|إعداد)\s`)
	creditDay = regexp.MustCompile(`(?i)^(?:published|posted|updated|last updated|last modified|publicado|actualizado|опубликовано|обновлено|опубліковано|оновлено|نشر|تاريخ النشر|آخر تحديث)`)
)

// leadsElsewhere reports whether a short block does no more than lead to another
// page.
func leadsElsewhere(b *block, text string) bool {
	return elsewhere.MatchString(text) && (b.linked > 0 || b.words <= 3 || strings.Contains(text, ":"))
}

// isCredit reports whether a short block at the head of a report names its
// author or date, or who took the picture.
func isCredit(b *block, text string, facts facts) bool {
	if creditBy.MatchString(text) || creditDay.MatchString(text) || facts.byline != "" && alike(text, facts.byline) {
		return true
	}
	if b.words <= 10 && dateIn(text, false).Known() && !strings.HasSuffix(text, ".") {
		return true
	}
	for node := b.node; node != nil && node.DataAtom != atom.Body; node = node.Parent {
		for _, a := range node.Attr {
			if a.Key != "class" && a.Key != "id" && a.Key != "itemprop" && a.Key != "rel" {
				continue
			}
			if credited(a.Val) && !holdsProse(node) {
				return true
			}
		}
	}
	return false
}

func credited(names string) bool {
	for name := range strings.FieldsSeq(names) {
		for word := range strings.SplitSeq(hyphened(name), "-") {
			switch word {
			case "byline", "author", "authors", "timestamp", "pubdate", "published", "meta", "credit", "credits", "postmeta", "datetime", "date":
				return true
			}
		}
	}
	return false
}

// holdsProse reports whether a paragraph of some length stands within node.
func holdsProse(node *dom.Node) bool {
	for n := range node.Descendants() {
		if n.DataAtom == atom.P && len(strings.Fields(innerText(n))) > 20 {
			return true
		}
	}
	return false
}
