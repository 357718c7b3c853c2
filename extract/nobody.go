package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// nobody applies words that say as one that nobody was harmed.
func (c *clause) nobody(k int) {
	h := c.items[k]
	sense, _ := h.node.Sense(lexicon.Zero)
	q := quantity{Figure: cairn.Figure{Op: cairn.OpZero, Low: cairn.N(0), High: cairn.N(0)}}
	q = c.finished(q, h.first, h.end, "figure.zero")
	v := h
	v.kind, v.q, v.g.class = number, &q, cairn.UnknownStatus
	c.add(cairn.Harm(sense.Value), v, h, sense.Value+".nobody")
}
