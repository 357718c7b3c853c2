package cairn

// A Belligerent is a party to a conflict that harm may be ascribed to. Names
// and aliases are as they stand in reports, in any script.
type Belligerent struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Active  Period   `json:"active,omitzero"` // when the name or role holds
	Of      []string `json:"of,omitempty"`    // coalitions it is a member of
	Country string   `json:"country,omitempty"`
}

// A Strength says how firmly harm is ascribed to a party. The scale follows
// the perpetrator confidence of MUC-4 (reported as fact, suspected or accused,
// claimed or admitted, possible), with denial beside it.
type Strength string

// The strengths of an ascription.
const (
	Stated   Strength = "stated"
	Accused  Strength = "accused"
	Admitted Strength = "admitted"
	Denied   Strength = "denied"
	Possible Strength = "possible"
)
