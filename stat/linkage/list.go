package linkage

import "fmt"

// A List is one list of records, kept by columns with each distinct value once.
type List struct {
	Name    string
	columns []Column
	values  []dictionary
	rows    int
}

// A dictionary is the values of one column: each distinct one, and which of
// them each record has. The first is the empty one, which is not stated.
type dictionary struct {
	distinct []string
	number   map[string]uint32
	of       []uint32
}

func newDictionary() dictionary {
	return dictionary{distinct: []string{""}, number: map[string]uint32{"": 0}}
}

func (d *dictionary) add(s string) uint32 {
	n, ok := d.number[s]
	if !ok {
		n = uint32(len(d.distinct))
		s = string([]byte(s)) // not the whole line that it was cut from
		d.distinct = append(d.distinct, s)
		d.number[s] = n
	}
	d.of = append(d.of, n)
	return n
}

// NewList is an empty list of these columns.
func NewList(name string, columns []Column) *List {
	l := &List{Name: name, columns: columns, values: make([]dictionary, len(columns))}
	for i := range l.values {
		l.values[i] = newDictionary()
	}
	return l
}

// Add adds one record, a value for each column; empty values are not stated. It
// fails where there are more or fewer values than columns, and nothing is added
// then.
func (l *List) Add(values []string) error {
	if len(values) != len(l.columns) {
		return fmt.Errorf("add to %s: %d values for %d columns", l.Name, len(values), len(l.columns))
	}
	for i, v := range values {
		l.values[i].add(v)
	}
	l.rows++
	return nil
}

// Len is the number of records.
func (l *List) Len() int { return l.rows }

// Columns is what the list says of each record.
func (l *List) Columns() []Column { return l.columns }

// Value is what a record says in a column.
func (l *List) Value(row, column int) string {
	d := &l.values[column]
	return d.distinct[d.of[row]]
}
