package cairn

// A Row is one row of a table that somebody published: its cells as text. At
// holds for each cell the offset of its first byte in the table's bytes, -1
// where a cell has none of its own (in a workbook, whose bytes are compressed).
type Row struct {
	Number int // of the table, from 1, the header being the first
	Line   int // of the file, from 1; the row's number in a workbook
	Cells  []string
	At     []int
	Note   string // what is odd about the whole of it; such a row says nothing in its columns
}
