package cairn

// A Victim is one person named or described as harmed. A name is private
// unless the project says otherwise; Contested marks a person whose civilian
// status is disputed, who then counts in the ceiling and not in the floor.
type Victim struct {
	ID        string            `json:"id"`
	Incident  string            `json:"incident,omitempty"`
	Names     map[string]string `json:"names,omitempty"` // by language tag
	Sex       string            `json:"sex,omitempty"`
	Age       Range             `json:"age,omitzero"` // years at the incident
	Class     Class             `json:"class,omitempty"`
	Harm      Harm              `json:"harm,omitempty"`
	Group     string            `json:"group,omitempty"` // family group, <incident>_G<n>
	Contested bool              `json:"contested,omitempty"`
	Claims    []ClaimRef        `json:"claims,omitempty"`
}
