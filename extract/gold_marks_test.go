package extract

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// A told is one claim as it is compared: as the marks of a gold report have it,
// or as the reader does.
type told struct {
	harm, value string
	vague       bool
	class       string
	span        cairn.Span
	also        []cairn.Span
	subsetOf    int
	scopes      []string
	where       []spoken
	when        []string
	by, says    []spoken
	words       string
}

// A spoken is words of the text, and the strength or stance that goes with them.
type spoken struct {
	span        cairn.Span
	words, mode string
}

func (a spoken) same(b spoken) bool {
	return a.span.Overlaps(b.span) || strings.EqualFold(a.words, b.words)
}

// A goldReport is a document and the claims that its marks ask for.
type goldReport struct {
	document cairn.Document
	claims   []told
}

// goldReports reads the gold reports of a language from a file, as the README
// of the gold set gives their form.
func goldReports(t testing.TB, file, language string) []goldReport {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldReport
	for i, part := range strings.Split(string(data), "=====\n") {
		head, text, ok := strings.Cut(part, "\n\n")
		if !ok {
			t.Fatalf("%s: report %d has no blank line after its head", file, i+1)
		}
		g := goldReport{document: headOf(head)}
		g.document.ID, g.document.Language = fmt.Sprintf("%s/%d", language, i+1), language
		var marks []mark
		g.document.Text, marks = withoutMarks(strings.TrimSpace(text))
		if strings.ContainsAny(g.document.Text, "⟦⟧") {
			t.Errorf("%s: a bracket is no part of a mark", g.document.ID)
		}
		g.claims = goldClaims(t, g.document.ID, marks)
		out = append(out, g)
	}
	return out
}

// goldClaims joins the marks of a report to claims.
func goldClaims(t testing.TB, name string, marks []mark) []told {
	t.Helper()
	var out []told
	for _, m := range marks {
		if slices.Contains(cairn.Harms, cairn.Harm(m.field)) {
			out = append(out, goldHarm(t, name, m))
		}
	}
	for _, m := range marks {
		if slices.Contains(cairn.Harms, cairn.Harm(m.field)) {
			continue
		}
		value, of := forClaims(t, name, m, len(out))
		s := spoken{m.span, m.words, value}
		for _, n := range of {
			switch c := &out[n-1]; m.field {
			case "where":
				c.where = append(c.where, s)
			case "when":
				c.when = append(c.when, value)
			case "by":
				c.by = append(c.by, s)
			case "says":
				c.says = append(c.says, s)
			case "means":
			default:
				t.Errorf("%s: no field %q", name, m.field)
			}
		}
	}
	return out
}

// goldHarm reads a mark of harm: figure, class, scopes, and the claim that it
// is a part of.
func goldHarm(t testing.TB, name string, m mark) told {
	t.Helper()
	c := told{harm: m.field, class: string(cairn.UnknownStatus), span: m.span, words: m.words, scopes: m.scopes}
	words := strings.Fields(m.value)
	if n := len(words); n > 1 && words[n-2] == "of" {
		c.subsetOf, _ = strconv.Atoi(words[n-1])
		words = words[:n-2]
		rest, scopes := valueAndScopes(strings.Join(words, " "))
		words, c.scopes = strings.Fields(rest), scopes
	}
	if n := len(words); n > 1 && slices.Contains(cairn.Classes, cairn.Class(words[n-1])) {
		c.class, words = words[n-1], words[:n-1]
	}
	c.value = strings.Join(words, " ")
	if c.value == "" {
		t.Errorf("%s: ⟦%s: %s⟧ has no figure", name, m.field, m.words)
	}
	c.vague = c.value != "plural" && c.value != "unknown" && !strings.ContainsAny(c.value, "0123456789")
	return c
}

// forClaims returns the value of a mark without its "@1,3", and the claims that
// it is for.
func forClaims(t testing.TB, name string, m mark, claims int) (string, []int) {
	t.Helper()
	value, at, some := strings.Cut(m.value, "@")
	var of []int
	for n := range strings.SplitSeq(at, ",") {
		if i, err := strconv.Atoi(strings.TrimSpace(n)); err == nil && i >= 1 && i <= claims {
			of = append(of, i)
		} else if some {
			t.Errorf("%s: ⟦%s %s: %s⟧ names no claim", name, m.field, m.value, m.words)
		}
	}
	if !some {
		for i := range claims {
			of = append(of, i+1)
		}
	}
	return strings.TrimSpace(value), of
}

// readClaim is a claim of the reader in the form in which it is compared. What
// comes from the metadata is left out.
func readClaim(c cairn.Claim) told {
	out := told{harm: string(c.Harm), value: notation(c.Figure), vague: c.Figure.Op == cairn.OpVague, class: string(cairn.UnknownStatus), also: c.Also, subsetOf: c.SubsetOf, words: c.Figure.Words}
	if c.Figure.Span != nil {
		out.span = *c.Figure.Span
	}
	if c.Victims.Class != "" {
		out.class = string(c.Victims.Class)
	}
	for _, s := range c.Scope {
		out.scopes = append(out.scopes, string(s))
	}
	if c.Where != nil && c.Where.Span != nil {
		out.where = append(out.where, spoken{*c.Where.Span, c.Where.Words, ""})
	} else if c.Where != nil {
		out.where = append(out.where, namesOf(c.Where.ID)...) // the place that the report is mainly about
	}
	if c.When != nil && (c.When.Span != nil || c.When.From.Known()) { // the metadata give no more than an end
		out.when = append(out.when, period(c.When.Period))
	}
	for _, a := range c.By {
		if a.Span != nil {
			out.by = append(out.by, spoken{*a.Span, a.Words, string(a.Strength)})
		}
	}
	for _, s := range c.Says {
		if s.Span != nil {
			out.says = append(out.says, spoken{*s.Span, s.Words, string(s.Stance)})
		}
	}
	return out
}

// namesOf returns the names of an invented place, which stand for it where the
// words around a claim name none.
func namesOf(id string) []spoken {
	var out []spoken
	for _, p := range invented.Places {
		if p.ID == id {
			out = append(out, spoken{words: p.Name})
			for _, name := range p.Names {
				out = append(out, spoken{words: name})
			}
		}
	}
	return out
}

func period(p cairn.Period) string {
	if p.From == p.To {
		return string(p.From)
	}
	return string(p.From) + ".." + string(p.To)
}
