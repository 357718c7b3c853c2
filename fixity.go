package cairn

import (
	"fmt"
	"time"
)

// A FixityCheck is one look through the whole record for what is no longer as it
// was recorded: bytes, rows, the log. N counts from 1. Told are the first of the
// faults, in words; none is a record that is as it was.
type FixityCheck struct {
	N          int       `json:"n"`
	At         time.Time `json:"at"`      // UTC, when it began
	Seconds    float64   `json:"seconds"` // that it took
	Items      int       `json:"items"`
	Tombstones int       `json:"tombstones,omitempty"`
	Faults     int       `json:"faults"`
	Told       []string  `json:"told,omitempty"`
	Who        string    `json:"who"`
}

// String says in a line what the check found.
func (c FixityCheck) String() string {
	found := "no fault"
	switch {
	case c.Faults == 1:
		found = "1 fault"
	case c.Faults > 1:
		found = fmt.Sprintf("%d faults", c.Faults)
	}
	return fmt.Sprintf("checked %s: %d items, %s", c.At.UTC().Format("2006-01-02 15:04:05"), c.Items, found)
}
