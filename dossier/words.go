package dossier

import (
	"fmt"
	"slices"
)

// Words says what a check without a fault has proved, and what it has not.
func (c Checked) Words() []string {
	who := "the key " + name(c.Key)
	words := []string{
		fmt.Sprintf("This is dossier %s of project %s, for %s, made of a log of %d acts.", c.Contents.ID, c.Contents.Project, c.Contents.For, c.Checkpoint.Size),
		fmt.Sprintf("Proved: every file is, to the bit, the one that %s signed.", who),
		fmt.Sprintf("Proved: %d rows and %d originals stand as they were recorded; each is in the log of acts, and the log is the one that %s signed.", c.Rows, c.Originals, who),
	}
	if c.Withheld > 0 {
		words = append(words, fmt.Sprintf("Withheld: %d rows and originals are left out. Each is named by its hash and the reason, and can be held to it when it is shown.", c.Withheld))
	}
	if c.known {
		words = append(words, "Proved: the key is the one that you gave.")
	} else {
		words = append(words, fmt.Sprintf("Not proved: that %s is the recorder's. Ask the recorder for it, and check again with --key.", who))
	}
	return append(append(words, c.times()...),
		"Not proved: that a site served these bytes, or that what they say is true. They have not changed since they were recorded; whether they were right is for a person to judge.",
		"Not proved: that nothing is missing which the recorder never recorded, or that the log has no other branch. A checkpoint kept elsewhere shows the latter: cairn verify --checkpoint.")
}

// times says what is proved of when.
func (c Checked) times() []string {
	var words []string
	for _, a := range c.Stamps {
		if said := a.Words(); said != "" {
			words = append(words, said)
		}
	}
	if len(words) == 0 {
		return []string{"Not proved: when. The times are those of the recorder's own clock; no one else's time stamp is in this file."}
	}
	early := slices.MaxFunc(c.Stamps, func(a, b Attested) int { return a.Acts - b.Acts }).Acts
	words = append(words, fmt.Sprintf("A stamp says that what it covers was there by then, and not when it came to be; acts past %d have none, and every other time is that of the recorder's own clock.", early))
	return words
}
