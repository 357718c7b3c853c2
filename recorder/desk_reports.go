package recorder

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// WriteReports writes corrections as marked reports, a document each: its text,
// with the figures that persons corrected or added marked with what they are. What
// was rejected is marked by nothing, which is what an extractor should find there.
// Where marks would overlap, the later correction stands.
func WriteReports(w io.Writer, all []Correction) error {
	byDocument := map[string][]Correction{}
	var order []string
	for _, c := range all {
		if byDocument[c.Document.ID] == nil {
			order = append(order, c.Document.ID)
		}
		byDocument[c.Document.ID] = append(byDocument[c.Document.ID], c)
	}
	for n, id := range order {
		if n > 0 {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		if err := writeReport(w, byDocument[id]); err != nil {
			return fmt.Errorf("report %s: %w", id, err)
		}
	}
	return nil
}

func writeReport(w io.Writer, of []Correction) error {
	d := of[0].Document
	var rejected []string
	for _, c := range of {
		if c.Now == nil {
			rejected = append(rejected, fmt.Sprintf("%s is said to be %s nowhere at “%s”.", d.ID, c.Judgement.Harm, c.Judgement.Words))
		}
	}
	for _, line := range append([]string{"Corrected by persons: " + d.ID + "."}, rejected...) {
		if _, err := fmt.Fprintln(w, "# "+oneLine(line)); err != nil {
			return err
		}
	}
	for _, head := range [][2]string{{"Source", d.Source}, {"Published", string(d.Published)}, {"Language", d.Language}, {"Place", d.Place}} {
		if head[1] == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-10s %s\n", head[0]+":", oneLine(head[1])); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(marked(d.Text, of)))
	return err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// mark is words of a text with what they are.
type mark struct {
	span cairn.Span
	says string
}

// marked returns a text with the figures that persons corrected marked.
func marked(text string, of []Correction) string {
	var marks []mark
	for _, c := range slices.Backward(of) {
		if c.Now == nil || c.Now.Figure.Span == nil || !c.Now.Figure.Span.In(text) {
			continue
		}
		m := mark{*c.Now.Figure.Span, strings.TrimSpace(string(c.Now.Harm) + " " + c.Now.Range.String())}
		if !slices.ContainsFunc(marks, func(o mark) bool { return o.span.Overlaps(m.span) }) {
			marks = append(marks, m)
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Compare(a.span.Start, b.span.Start) })
	var b strings.Builder
	from := 0
	for _, m := range marks {
		b.WriteString(text[from:m.span.Start] + "⟦" + m.says + ": " + m.span.Of(text) + "⟧")
		from = m.span.End
	}
	return b.String() + text[from:]
}
