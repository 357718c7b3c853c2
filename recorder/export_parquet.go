package recorder

import (
	"context"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// parquet writes t as a Parquet file, its columns in the order of their names.
func (t exportTable) parquet(ctx context.Context, out io.Writer) error {
	group := parquet.Group{}
	for _, c := range t.columns {
		node := parquet.String()
		switch c.kind {
		case whole:
			node = parquet.Int(64)
		case real:
			node = parquet.Leaf(parquet.DoubleType)
		}
		group[c.name] = parquet.Compressed(parquet.Optional(node), &parquet.Zstd)
	}
	schema := parquet.NewSchema(t.name, group)
	order := make([]int, 0, len(t.columns)) // of the columns of t in the file
	for _, path := range schema.Columns() {
		order = append(order, slices.IndexFunc(t.columns, func(c column) bool { return c.name == path[0] }))
	}
	w := parquet.NewWriter(out, schema, parquet.CreatedBy("cairn", "", ""))
	err := t.rows(ctx, func(row []any) error {
		_, err := w.WriteRows([]parquet.Row{parquetRow(row, order)})
		return err
	})
	if err != nil {
		return err
	}
	return w.Close()
}

func parquetRow(row []any, order []int) parquet.Row {
	out := make(parquet.Row, len(order))
	for i, from := range order {
		switch v := row[from].(type) {
		case nil:
			out[i] = parquet.NullValue().Level(0, 0, i)
		case int:
			out[i] = parquet.Int64Value(int64(v)).Level(0, 1, i)
		default:
			out[i] = parquet.ValueOf(v).Level(0, 1, i)
		}
	}
	return out
}
