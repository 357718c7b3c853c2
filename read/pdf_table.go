package read

import (
	"bytes"
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/cairn-recorder/cairn"
)

// The measures of a table on a page, in sizes of its letters.
const (
	cellGap    = 0.75 // between cells; words of one stand closer
	wrapped    = 1.7  // the most between the base lines of one cell of several lines
	gapNeeds   = 0.3  // the least that stays empty between columns
	mostAcross = 0.02 // of the lines, that may reach over a gap between columns
)

// pdfRows yields the rows of the table that the pages of a PDF show, the header
// first, as their columns stand above one another. A cell of several lines is one;
// a header that each page repeats stands once. What stands across the columns
// before the header is a title and no row; what does so later is a row with its
// words in the first cell and a note.
func pdfRows(content []byte) iter.Seq2[cairn.Row, error] {
	return func(yield func(cairn.Row, error) bool) {
		pages, err := baseLinesOf(content)
		if err != nil {
			yield(cairn.Row{}, err)
			return
		}
		t := tableOf(pages)
		if len(t.columns) < 2 {
			yield(cairn.Row{}, cairn.Invalid{Field: "table", Reason: "its pages show no columns of words; a table that is a picture has to be typed out or read by a machine first"})
			return
		}
		for i, row := range t.rows() {
			row.Number, row.At = i+1, make([]int, len(row.Cells))
			for k := range row.At {
				row.At[k] = -1
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// A cellRun is glyphs on one base line that stand close together.
type cellRun struct {
	glyphs      []glyph
	left, right float64
}

// A baseLine is what stands on one base line of a page, from left to right.
type baseLine struct {
	y, size float64
	runs    []cellRun
	arabic  bool // the page is read from right to left
}

// baseLinesOf draws the pages of a PDF and returns the lines of each, from the top
// down.
func baseLinesOf(content []byte) ([][]baseLine, error) {
	s, err := salvage(content)
	if err != nil {
		return nil, cairn.Invalid{Field: "pdf", Reason: err.Error()}
	}
	if s.encrypted {
		return nil, cairn.Invalid{Field: "pdf", Reason: "the file asks for a password"}
	}
	m := &metered{bytes.NewReader(s.file), mostAsked + 20*len(s.file)}
	file, err := pdf.NewReader(m, int64(len(s.file)))
	if err != nil {
		return nil, cairn.Invalid{Field: "pdf", Reason: "the file cannot be taken apart: " + err.Error()}
	}
	var all [][]baseLine
	p := pages{file: m, left: budget{steps: mostSteps, inflated: mostInflated}, drawn: func(d *drawing) { all = append(all, d.baseLines()) }}
	p.read(file)
	return all, nil
}

// baseLines returns the lines of what was drawn in whatever order, from the top
// down.
func (d *drawing) baseLines() []baseLine {
	glyphs := slices.DeleteFunc(slices.Clone(d.glyphs), func(g glyph) bool { return strings.TrimSpace(g.letters) == "" })
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Or(cmp.Compare(b.y, a.y), cmp.Compare(a.x, b.x)) })
	arabic := d.rightToLeft()
	var lines []baseLine
	for start := 0; start < len(glyphs); {
		end := start + 1
		for end < len(glyphs) && onLine(glyphs[start], glyphs[end]) {
			end++
		}
		run := glyphs[start:end]
		slices.SortStableFunc(run, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		lines = append(lines, baseLine{y: run[0].y, size: run[0].size, runs: runsOf(run), arabic: arabic})
		start = end
	}
	return lines
}

// runsOf parts the glyphs of a line where they stand apart.
func runsOf(glyphs []glyph) []cellRun {
	var runs []cellRun
	for _, g := range glyphs {
		if k := len(runs) - 1; k >= 0 && g.x-runs[k].right <= cellGap*max(g.size, 4) {
			runs[k].glyphs, runs[k].right = append(runs[k].glyphs, g), max(runs[k].right, g.end)
			continue
		}
		runs = append(runs, cellRun{[]glyph{g}, g.x, g.end})
	}
	return runs
}

// A pageTable is the lines of pages with the columns that they share.
type pageTable struct {
	pages   [][]baseLine
	columns [][2]float64 // from left to right
}

// tableOf finds the columns: what stays empty on every line of several cells parts
// them.
func tableOf(pages [][]baseLine) pageTable {
	t := pageTable{pages: pages}
	type edge struct {
		x    float64
		step int
	}
	var edges []edge
	lines, size := 0, 0.0
	for _, page := range pages {
		for _, l := range page {
			if len(l.runs) < 2 {
				continue
			}
			lines, size = lines+1, size+l.size
			for _, r := range l.runs {
				edges = append(edges, edge{r.left, 1}, edge{r.right, -1})
			}
		}
	}
	if lines == 0 {
		return t
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.x, b.x), -cmp.Compare(a.step, b.step)) })
	most, gap := int(mostAcross*float64(lines)), gapNeeds*size/float64(lines)
	covered, begun := 0, math.Inf(1)
	for _, e := range edges {
		was := covered
		covered += e.step
		switch n := len(t.columns); {
		case was <= most && covered > most:
			if begun = e.x; n > 0 && e.x-t.columns[n-1][1] < gap {
				begun, t.columns = t.columns[n-1][0], t.columns[:n-1]
			}
		case was > most && covered <= most:
			t.columns = append(t.columns, [2]float64{begun, e.x})
		}
	}
	return t
}

// cells lays a line out by columns, and reports whether some of it stands across
// them.
func (t pageTable) cells(l baseLine) (cells []string, across bool) {
	cells = make([]string, len(t.columns))
	for _, r := range l.runs {
		best, most, touched := 0, math.Inf(-1), 0
		for k, c := range t.columns {
			over := min(r.right, c[1]) - max(r.left, c[0])
			if over > l.size*gapNeeds {
				touched++
			}
			if over > most {
				best, most = k, over
			}
		}
		across = across || touched > 1
		cells[best] = strings.TrimSpace(cells[best] + " " + lineOf(r.glyphs, l.arabic).text)
	}
	return cells, across
}

// rows returns the rows of the table, the header first.
func (t pageTable) rows() []cairn.Row {
	var rows []cairn.Row
	number := 0
	for _, page := range t.pages {
		above := math.Inf(1)
		for _, l := range page {
			number++
			cells, across := t.cells(l)
			close := above-l.y <= wrapped*l.size
			above = l.y
			switch {
			case len(rows) == 0 && (across || filled(cells) < 2):
				continue // a title
			case across:
				rows = append(rows, cairn.Row{Line: number, Cells: whole(t, l), Note: "stands across the columns of the table"})
				continue
			case len(rows) > 0 && slices.Equal(cells, rows[0].Cells):
				continue // the header again
			case len(rows) > 0 && close && t.goesOn(cells, l.arabic):
				last := rows[len(rows)-1].Cells
				for k, c := range cells {
					last[k] = strings.TrimSpace(last[k] + " " + c)
				}
				continue
			}
			rows = append(rows, cairn.Row{Line: number, Cells: cells})
		}
	}
	return rows
}

// goesOn reports whether cells are further lines of the row above: the column that
// is read first is empty, and so are most.
func (t pageTable) goesOn(cells []string, arabic bool) bool {
	first := cells[0]
	if arabic {
		first = cells[len(cells)-1]
	}
	return first == "" && 2*filled(cells) <= len(cells)
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// whole is a line as one cell.
func whole(t pageTable, l baseLine) []string {
	var glyphs []glyph
	for _, r := range l.runs {
		glyphs = append(glyphs, r.glyphs...)
	}
	cells := make([]string, len(t.columns))
	cells[0] = lineOf(glyphs, l.arabic).text
	return cells
}
