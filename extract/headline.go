package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// mostToMeans is how many items may stand between "by" and the weapon of a headline.
const mostToMeans = 4

// headline reads the dead of a line that lists them by what killed them and says no
// verb, as Iraq Body Count's incidents do: "Nine by suicide bomber at a checkpoint".
func (c *clause) headline() {
	if len(c.items) < 3 || !c.persons(0) || c.items[0].q == nil || c.items[0].q.Op != cairn.OpExact || c.items[0].g.things || !c.items[1].node.Has(lexicon.By) {
		return
	}
	means := false
	for i, it := range c.items[1:] {
		if c.signAt(i+1) == ';' || c.signAt(i+1) == ',' {
			break
		}
		if it.kind == verb || it.kind == outcome || it.kind == plain && it.node.HasAny(1<<lexicon.Be|1<<lexicon.Have|1<<lexicon.Cue) {
			return
		}
		means = means || i < mostToMeans && (it.node.Has(lexicon.Means) || it.kind == group && it.g.class == cairn.Combatant)
	}
	if means {
		c.add(cairn.Killed, c.items[0], c.items[1], string(cairn.Killed)+".headline")
	}
}
