package cairn

// A Line says how bytes came over the network: by which way out, from which
// machine, under which certificates. The zero Line says nothing.
type Line struct {
	Via          string   `json:"via"`                    // direct, or the proxy that was gone through
	Peer         string   `json:"peer,omitempty"`         // the IP address that answered; a proxy hides it
	Resolved     []string `json:"resolved,omitempty"`     // the addresses that the name led to
	TLS          string   `json:"tls,omitempty"`          // its version, for https
	Cipher       string   `json:"cipher,omitempty"`       // of TLS
	Certificates []string `json:"certificates,omitempty"` // SHA-256 of each that was shown, the server's own first
	Clock        string   `json:"clock,omitempty"`        // by how much this clock is behind the server's, as far as it tells
	Browser      string   `json:"browser,omitempty"`      // that showed the page; empty where none did
}
