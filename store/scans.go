package store

import (
	"context"

	"github.com/cairn-recorder/cairn"
)

// ReceiptsHow returns the receipts of one way to come, as "scan" for what a program
// read off pictures, in order of their bytes.
func (v View) ReceiptsHow(ctx context.Context, how string) ([]cairn.Receipt, error) {
	found, err := all(ctx, v, `SELECT body FROM receipts WHERE body LIKE $1 ORDER BY ref, n`, []any{`%"how":"` + how + `",%`}, body[cairn.Receipt])
	return found, wrap("receipts", err)
}

// Pictures returns the first receipt of each picture that the archive keeps, in
// order of their bytes.
func (v View) Pictures(ctx context.Context) ([]cairn.Receipt, error) {
	found, err := all(ctx, v, `SELECT ref, body FROM receipts WHERE n = 1 AND ref <> '' AND body LIKE '%"media":"image/%' ORDER BY ref`, nil, receiptOf)
	return found, wrap("pictures", err)
}
