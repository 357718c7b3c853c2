package cairn

// A Contradiction is a matter on which the sources of an incident do not agree:
// a figure, the day, the place, who did it. It is listed for a person to look
// at, and decides nothing.
type Contradiction struct {
	About string `json:"about"` // the key of a tally, or when, where, by
	Sides []Side `json:"sides"` // two or more
}

// A Side is what some documents say in a contradiction.
type Side struct {
	Says      string   `json:"says"`
	Documents []string `json:"documents"`
}
