package cairn

import (
	"fmt"
	"math/bits"
	"strconv"
	"time"
)

// A LookHash says in 64 bits what a picture looks like, so that two pictures that
// look alike differ in few of them, whatever their size and compression. It is no
// proof of anything.
type LookHash uint64

// Distance returns in how many bits h and o differ, 0 to 64.
func (h LookHash) Distance(o LookHash) int { return bits.OnesCount64(uint64(h ^ o)) }

// String writes h as sixteen hexadecimal digits.
func (h LookHash) String() string { return fmt.Sprintf("%016x", uint64(h)) }

// MarshalText writes h as String does.
func (h LookHash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *LookHash) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 16, 64)
	if err != nil || len(text) != 16 {
		return Invalid{Field: "hash", Reason: "want sixteen hexadecimal digits, not " + quote(string(text))}
	}
	*h = LookHash(n)
	return nil
}

// A Likeness is what a picture or film looks like: one frame of a picture, several
// of a film. One that could not be looked at has no frame and a Fault.
type Likeness struct {
	Ref    Ref         `json:"ref"`
	Tool   string      `json:"tool"`             // what decoded it
	Width  int         `json:"width,omitempty"`  // points; 0 where not known
	Height int         `json:"height,omitempty"` // points
	Frames []LookFrame `json:"frames,omitempty"`
	Fault  string      `json:"fault,omitempty"`
}

// A LookFrame is one frame of a Likeness.
type LookFrame struct {
	Seconds int      `json:"seconds"` // from the beginning; 0 for a picture
	Hash    LookHash `json:"hash"`
}

// Distance returns in how many bits the frames of l and o that are most alike
// differ, and which these are; 65 where either has none.
func (l Likeness) Distance(o Likeness) (distance int, mine, theirs LookFrame) {
	distance = 65
	for _, a := range l.Frames {
		for _, b := range o.Frames {
			if d := a.Hash.Distance(b.Hash); d < distance {
				distance, mine, theirs = d, a, b
			}
		}
	}
	return distance, mine, theirs
}

// A MediaFlag is what a person decided of a picture or film: whether it is not to be
// shown to anybody unawares. A later one stands in the place of the former.
type MediaFlag struct {
	Ref     Ref       `json:"ref"`
	Graphic bool      `json:"graphic"`
	Why     string    `json:"why"`
	Who     string    `json:"who"`
	At      time.Time `json:"at"` // UTC
}
