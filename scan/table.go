package scan

import (
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// The columns of a table of Tesseract, and the levels of its rows.
const (
	levelColumn = 0
	blockColumn = 2
	boxColumn   = 6 // left, top, width, height
	sureColumn  = 10
	textColumn  = 11
	columns     = 12

	ofPage = "1"
	ofWord = "5"
)

// parse reads the table of one picture. Rows that are none are passed over.
func parse(table string, number int) cairn.ScanPage {
	p := cairn.ScanPage{Page: number, Lines: [][]cairn.ScanWord{}}
	line, paragraph := "", ""
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) < columns {
			continue
		}
		box, ok := boxOf(cells)
		if !ok {
			continue
		}
		if cells[levelColumn] == ofPage {
			p.Width, p.Height = box[2], box[3]
		}
		sure, err := strconv.ParseFloat(cells[sureColumn], 64)
		text := strings.TrimSpace(cells[textColumn])
		if cells[levelColumn] != ofWord || err != nil || text == "" || sure < 0 {
			continue
		}
		if at := strings.Join(cells[blockColumn:blockColumn+3], " "); at != line || len(p.Lines) == 0 {
			if within := strings.Join(cells[blockColumn:blockColumn+2], " "); within != paragraph && len(p.Lines) > 0 {
				p.Breaks = append(p.Breaks, len(p.Lines))
			}
			line, paragraph = at, strings.Join(cells[blockColumn:blockColumn+2], " ")
			p.Lines = append(p.Lines, nil)
		}
		last := len(p.Lines) - 1
		p.Lines[last] = append(p.Lines[last], cairn.ScanWord{Text: text, Confidence: int(min(100, sure)), Box: box})
	}
	return p
}

func boxOf(cells []string) (box [4]int, ok bool) {
	for i := range box {
		n, err := strconv.Atoi(cells[boxColumn+i])
		if err != nil {
			return box, false
		}
		box[i] = n
	}
	return box, true
}
