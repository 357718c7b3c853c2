package collect

import (
	"context"
	"iter"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/unpack"
)

// Linked brings in what pieces of a table of links say: the words that a piece
// has, or what stands at its address. What is said of the link stands in the
// receipt of either.
func Linked(ctx context.Context, options Options, pieces iter.Seq2[unpack.Piece, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		c := newCollector(ctx, options, yield)
		all := c.Given
		for piece, err := range pieces {
			if ended := ctx.Err(); ended != nil {
				yield(Item{}, ended)
				return
			}
			c.Given, c.link = all, nil
			if err != nil || piece.Passed != "" || len(piece.Bytes) > 0 {
				if !c.piece(piece, err) {
					return
				}
				continue
			}
			c.Given, c.link = filledIn(piece.Given, all), &piece
			if !c.address(piece.Given.URL) {
				return
			}
		}
	}
}

// linked adds what a table says of the link that a receipt is of.
func (c *collector) linked(r cairn.Receipt) cairn.Receipt {
	if c.link != nil {
		r.Within, r.Post, r.Private = &c.link.Within, c.link.Post, c.link.Private
	}
	return r
}
