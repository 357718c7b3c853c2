package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

// A mark is what a marked report says must be found at its words.
type mark struct {
	field, value string
	scopes       []string
	span         cairn.Span
	words        string
}

// A marked report is a document and its marks.
type markedReport struct {
	name     string
	document cairn.Document
	marks    []mark
}

var markForm = regexp.MustCompile(`⟦([a-z]+) ?([^:⟧]*): ([^⟧]*)⟧`)

// markedReports reads the marked reports of testdata.
func markedReports(t testing.TB) []markedReport {
	t.Helper()
	files, err := filepath.Glob("testdata/reports/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked reports: %v", err)
	}
	var out []markedReport
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range strings.Split(string(data), "=====\n") {
			r := markedReport{name: fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(file), ".txt"), i+1)}
			head, text, ok := strings.Cut(part, "\n\n")
			if !ok {
				t.Fatalf("%s: no blank line after the head", r.name)
			}
			r.document = headOf(head)
			r.document.ID = r.name
			r.document.Text, r.marks = withoutMarks(strings.TrimSpace(text))
			out = append(out, r)
		}
	}
	return out
}

func headOf(head string) cairn.Document {
	var d cairn.Document
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "Source":
			d.Source = value
		case "Published":
			d.Published = cairn.Date(value)
		case "Language":
			d.Language = value
		case "Place":
			d.Place = value
		}
	}
	return d
}

func withoutMarks(text string) (string, []mark) {
	var out strings.Builder
	var marks []mark
	for {
		at := markForm.FindStringSubmatchIndex(text)
		if at == nil {
			out.WriteString(text)
			return out.String(), marks
		}
		out.WriteString(text[:at[0]])
		m := mark{field: text[at[2]:at[3]], words: text[at[6]:at[7]], span: cairn.Span{Start: out.Len(), End: out.Len() + at[7] - at[6]}}
		m.value = text[at[4]:at[5]]
		if cairn.Harm(m.field) != "" && slices.Contains(cairn.Harms, cairn.Harm(m.field)) {
			m.value, m.scopes = valueAndScopes(m.value)
		}
		marks = append(marks, m)
		out.WriteString(m.words)
		text = text[at[1]:]
	}
}

func valueAndScopes(s string) (string, []string) {
	words := strings.Fields(s)
	n := len(words)
	for n > 0 && slices.Contains([]string{"alleged", "possible", "denied", "conditional", "cumulative", "historical", "background", "subset", "addition"}, words[n-1]) {
		n--
	}
	return strings.Join(words[:n], " "), words[n:]
}

// notation writes a figure as a mark does.
func notation(f cairn.Figure) string {
	s := map[cairn.Op]string{
		cairn.OpExact: f.Low.String(), cairn.OpAtLeast: f.Low.String() + "+", cairn.OpMoreThan: ">" + f.Low.String(),
		cairn.OpAtMost: "–" + f.High.String(), cairn.OpLessThan: "<" + f.High.String(), cairn.OpAbout: "~" + f.Low.String(),
		cairn.OpBetween: f.Low.String() + "–" + f.High.String(), cairn.OpZero: "0", cairn.OpPlural: "plural", cairn.OpUnknown: "unknown",
		cairn.OpVague: strings.ToLower(strings.Fields(f.Words + " ?")[0]),
	}[f.Op]
	switch f.Unit {
	case "":
		return s
	case cairn.Percent:
		return s + "%"
	}
	return s + " " + f.Unit
}

func TestMarkedReports(t *testing.T) {
	r := New(invented)
	for _, report := range markedReports(t) {
		t.Run(report.name, func(t *testing.T) {
			claims := r.Read(report.document).Claims
			found := make([]bool, len(claims))
			for _, m := range report.marks {
				if slices.Contains(cairn.Harms, cairn.Harm(m.field)) {
					matchHarm(t, m, claims, found)
				} else if !slices.ContainsFunc(claims, func(c cairn.Claim) bool { return m.met(c) }) {
					t.Errorf("no claim has ⟦%s %s: %s⟧", m.field, m.value, m.words)
				}
			}
			for i, c := range claims {
				if !found[i] {
					t.Errorf("a claim that is not marked: %s %s at %q (%s)", c.Harm, notation(c.Figure), c.Span.Of(report.document.Text), strings.Join(c.Rules, ", "))
				}
			}
		})
	}
}

func matchHarm(t *testing.T, m mark, claims []cairn.Claim, found []bool) {
	t.Helper()
	for i, c := range claims {
		if found[i] || string(c.Harm) != m.field || c.Figure.Span == nil || *c.Figure.Span != m.span {
			continue
		}
		found[i] = true
		if got := notation(c.Figure); got != m.value {
			t.Errorf("%s at %q reads %s, want %s", m.field, m.words, got, m.value)
		}
		for _, s := range m.scopes {
			if !c.Is(cairn.Scope(s)) {
				t.Errorf("%s at %q is not %s but %v", m.field, m.words, s, c.Scope)
			}
		}
		for _, s := range c.Scope {
			if !slices.Contains(m.scopes, string(s)) {
				t.Errorf("%s at %q is %s, which the mark does not say", m.field, m.words, s)
			}
		}
		return
	}
	t.Errorf("no claim of %s %s at %q", m.field, m.value, m.words)
}

// met reports whether c has the value that m marks, at its words.
func (m mark) met(c cairn.Claim) bool {
	switch m.field {
	case "where":
		return c.Where != nil && at(c.Where.Phrase, m.span) && (m.value == "" || m.value == c.Where.Name)
	case "when":
		if c.When == nil || !at(c.When.Phrase, m.span) {
			return false
		}
		from, to, both := strings.Cut(m.value, "..")
		if !both {
			to = from
		}
		return string(c.When.From) == from && string(c.When.To) == to
	case "means":
		return c.Means != nil && at(c.Means.Phrase, m.span) && string(c.Means.Class) == m.value
	case "by":
		return slices.ContainsFunc(c.By, func(a cairn.Attacker) bool { return a.Name == m.value && overlaps(a.Phrase, m.span) })
	case "says":
		return slices.ContainsFunc(c.Says, func(s cairn.Saying) bool { return overlaps(s.Phrase, m.span) && (m.value == "" || m.value == s.Name) })
	}
	return false
}

func at(p cairn.Phrase, span cairn.Span) bool { return p.Span != nil && *p.Span == span }

func overlaps(p cairn.Phrase, span cairn.Span) bool { return p.Span != nil && p.Span.Overlaps(span) }
