package extract

import (
	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/lexicon"
)

// victimsWere applies "the victims were a man, his wife and four children", where the
// report has told of nobody's harm before: of victims without more, the dead are
// meant.
func (c *clause) victimsWere(k int) {
	list, _ := c.items[k].node.Sense(lexicon.Roll)
	opens, _ := c.items[k].node.Sense(lexicon.Prep)
	direct := list.Value == "victims direct" || list.Value == "killed direct"
	if !direct && !(opens.Value == "including" && k == 0) || c.known() || !c.persons(k+1) {
		return
	}
	if v := c.items[k+1]; direct && v.kind == named {
		return // a list of names
	}
	for _, i := range c.following(k + 1) {
		if v := c.items[i]; v.kind != building && !c.definiteMany(v) {
			c.add(cairn.Killed, v, c.items[k], string(cairn.Killed)+".victims")
		}
	}
}
