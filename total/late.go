package total

import (
	"time"

	"github.com/cairn-recorder/cairn"
)

// lateDays is how many days may lie between an incident and its first counting
// before it is called back-dated.
const lateDays = 31

// Late returns by how many days an incident that begins on first is back-dated
// where it is first counted at a moment; 0 where it is not.
func Late(first cairn.Date, counted time.Time) int {
	if !first.Known() {
		return 0
	}
	if days := int(counted.Sub(first.Last()).Hours() / 24); days > lateDays {
		return days
	}
	return 0
}
