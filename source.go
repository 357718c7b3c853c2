package cairn

// A SourceKind says what sort of publisher a source is.
type SourceKind string

// The kinds of source. The zero SourceKind is not known.
const (
	Outlet            SourceKind = "outlet"
	Agency            SourceKind = "agency"
	Monitor           SourceKind = "monitor"
	Ministry          SourceKind = "ministry"
	BelligerentSource SourceKind = "belligerent"
	LocalPage         SourceKind = "local_page"
	Witness           SourceKind = "witness"
	Recorder          SourceKind = "recorder"
)

// A Source is who publishes: an outlet, an agency, a monitor, a ministry, a
// page of neighbours. Sources are shared by all projects. Reliability (A to F)
// is of the source as a whole and stays apart from the credibility of any one
// claim (1 to 6), as in the two-axis scale of intelligence services; it is
// empty until a person judges it.
type Source struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Names       map[string]string `json:"names,omitempty"` // by language tag
	Kind        SourceKind        `json:"kind,omitempty"`
	Side        string            `json:"side,omitempty"` // a belligerent's id, where it speaks for one
	Languages   []string          `json:"languages,omitempty"`
	Address     string            `json:"address,omitempty"`
	Reliability string            `json:"reliability,omitempty"`
	Columns     map[string]string `json:"columns,omitempty"` // of its tables: the header of each field
}
