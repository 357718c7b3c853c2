package web

import (
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/estimate"
	"github.com/cairn-recorder/cairn/recorder"
)

// templates is the template of each page, by name.
type templates map[string]*template.Template

// parseTemplates reads the template of every route, each within the layout.
func parseTemplates(a assets) (templates, error) {
	all := templates{}
	names := []string{"fault"}
	for _, r := range append(routes[:len(routes):len(routes)], deskRoutes...) {
		names = append(names, r.template)
	}
	for _, name := range names {
		t, err := template.New("layout.html").Funcs(functions(a)).ParseFS(forms, "layout.html", "parts.html", name+".html")
		if err != nil {
			return nil, err
		}
		all[name] = t
	}
	return all, nil
}

func (t templates) execute(w io.Writer, name string, f frame) error {
	if err := t[name].Execute(w, f); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return nil
}

// functions is what templates may call: the words for the field's terms, and
// the addresses of pages.
func functions(a assets) template.FuncMap {
	return template.FuncMap{
		"asset": a.address, "version": func() string { return cairn.Version }, "credits": func() string { return recorder.Credits },
		"figure": figure, "number": number, "more": more, "bound": bound, "count": count, "plural": plural, "size": size, "degrees": degrees,
		"date": date, "period": period, "moment": moment, "day": day,
		"harm": harm, "class": class, "tally": tallyWords, "ofWhom": ofWhom, "accountOf": accountWords, "harmed": harmed,
		"grade": grade, "gradeOf": func(s string) cairn.Grade { return cairn.Grade(s) }, "gradeMeans": gradeMeans, "strike": strike, "strikeMeans": strikeMeans,
		"accuracy": accuracy, "knownTo": knownTo, "means": means, "strength": strength, "stance": stance, "scope": scope, "op": op, "unit": unit,
		"problem": problem, "part": part, "second": second, "outcome": outcome, "language": languageName, "stage": stage, "decision": decision, "positionOf": positionWords, "conceded": conceded, "relation": relation, "reference": referenceWords, "credible": credible, "about": about, "circumstance": circumstance,
		"country": country, "source": sourceName, "grouping": grouping, "groupDate": func(row string) string { return period(recorder.DaysOf(row)) },
		"shown": shown, "plain": plain, "deskRole": deskRole, "deskRoleOf": deskRoleOf, "reviewState": reviewState, "codingState": codingState, "coefficient": coefficient, "codedField": codedField, "inc": func(n int) int { return n + 1 }, "jobKind": jobKind, "jobState": jobState, "jobCount": jobCount, "inboxAnswer": inboxAnswer, "address": address, "web": webAddress,
		"display": displayWords, "percent": percent, "kappa": kappa, "bits": bits, "letterKind": letterKind, "relationship": relationship, "checkOutcome": checkOutcome, "requestDecision": requestDecision, "fieldWords": fieldWords,
		"estimateState": estimateState, "estimated": estimate.Shown, "command": estimate.CommandOf, "decimals": decimals, "wholes": wholes, "percents": percents,
	}
}

// address returns the path of parts, each escaped.
func address(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// webAddress returns s where it is the address of a web page, and "" where it
// is anything else that a document calls its address.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// shown returns words of a document as they may stand on a page: controls that
// turn the order of letters around, or that show nothing at all, are named
// instead of obeyed, so that 13 cannot pass for 31. Marks and isolates, which
// honest right-to-left text needs, stay.
func shown(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\u202d':
			b.WriteString("⟨LRO⟩")
		case r == '\u202e':
			b.WriteString("⟨RLO⟩")
		case r == 0x7f:
			b.WriteRune('\u2421')
		case hidden(r):
			b.WriteRune('\u2400' + r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return r == '\u202d' || r == '\u202e' || r == 0x7f || r < ' ' && r != '\t' && r != '\n' && r != '\r'
}

// plain returns words of a document for where nothing can hold them apart from
// their neighbours, such as a window's title: without any control of direction.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', hidden(r):
			return -1
		}
		return r
	}, s)
}
