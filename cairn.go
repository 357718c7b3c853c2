// Package cairn holds the nouns of casualty recording: what is published, what
// it claims, which incident the claims are about, and what a recorder makes of
// them. They are values; nothing here reads a file, a clock or a network.
//
// The verbs are packages of their own, and the walk of one report is
//
//	bytes, receipt := collect.Fetch(address)     // the world
//	ref            := archive.Put(bytes, receipt) // kept for good
//	document       := read.Document(ref, bytes)   // as text
//	claims         := extract.Claims(document)    // tied to its words
//	incidents      := link.Incidents(near, claims)
//	assessment     := assess.Incident(incident)   // proposed, then signed by a person
//	totals         := total.Of(assessments)
//
// Every noun points one step back and none points forward, so that each number
// unrolls to the words and the bytes it came from.
package cairn

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Version names this release of cairn; it stands in every act that no person
// made and in every reading.
const Version = "0.1.0"

// A Ref names bytes by what they are: "sha256-" and 64 hexadecimal digits. The
// name of the hash is part of the Ref, so that another can follow it. The zero
// Ref names nothing.
type Ref string

// RefOf returns the Ref of bytes.
func RefOf(bytes []byte) Ref {
	sum := sha256.Sum256(bytes)
	return Ref("sha256-" + hex.EncodeToString(sum[:]))
}

// ParseRef returns the Ref that s writes, or Invalid.
func ParseRef(s string) (Ref, error) {
	digits, ok := strings.CutPrefix(s, "sha256-")
	if !ok || len(digits) != 64 || strings.Trim(digits, "0123456789abcdef") != "" {
		return "", Invalid{Field: "ref", Reason: "want sha256- and 64 hexadecimal digits, not " + quote(s)}
	}
	return Ref(s), nil
}

// Short returns the first twelve digits of r, enough for a person to tell two
// apart.
func (r Ref) Short() string {
	digits := strings.TrimPrefix(string(r), "sha256-")
	return digits[:min(12, len(digits))]
}

// An Outcome says what a collection brought home. Only Fetched is a success;
// every other one is kept and shown as what it is.
type Outcome string

// The outcomes of a collection.
const (
	Fetched   Outcome = "fetched"    // content, whole
	Empty     Outcome = "empty"      // nothing at all, or white space
	LoginWall Outcome = "login_wall" // a page that asks who we are
	Blocked   Outcome = "blocked"    // refused: 401, 403, 429, 451, or a robots rule
	Gone      Outcome = "gone"       // 404 or 410
	NotText   Outcome = "not_text"   // bytes that hold no text we read
	TooLarge  Outcome = "too_large"  // over the bound; what came is not kept
	BrokenOff Outcome = "damaged"    // broken off, or not what it says it is
	Failed    Outcome = "failed"     // no answer: time-out, no such host, server fault

	ConsentWall Outcome = "consent_wall" // a page that asks for consent and shows nothing else
	Captcha     Outcome = "captcha"      // a page that asks whether we are a person
	SoftGone    Outcome = "soft_gone"    // says that the page is not there, under a status of 200
	SentHome    Outcome = "sent_home"    // led to the front page instead
	Truncated   Outcome = "truncated"    // ends in the midst of a tag or a script
	Shell       Outcome = "shell"        // nothing but scripts, which would have made the page
)

// A Receipt says how bytes came to us: from where, when, by whom and with what
// outcome. It is written once beside the bytes and never changed; the same
// bytes taken twice have two receipts.
type Receipt struct {
	Ref       Ref                 `json:"ref,omitempty"`       // empty where nothing came
	From      string              `json:"from"`                // the address or path asked for
	Final     string              `json:"final,omitempty"`     // where redirects led, when elsewhere
	Redirects []string            `json:"redirects,omitempty"` // each address on the way
	How       string              `json:"how"`                 // file, folder, stdin, http, or the kind of a container
	At        time.Time           `json:"at"`                  // UTC
	Who       string              `json:"who"`
	Agent     string              `json:"agent,omitempty"` // the User-Agent shown, for http
	Outcome   Outcome             `json:"outcome"`
	Status    int                 `json:"status,omitempty"` // of http
	Headers   map[string][]string `json:"headers,omitempty"`
	Robots    string              `json:"robots,omitempty"` // allowed, disallowed, unknown
	Media     string              `json:"media,omitempty"`  // media type as detected from the bytes
	Size      int64               `json:"size"`             // bytes
	SHA512    string              `json:"sha512,omitempty"` // of the bytes, beside the hash in Ref, where the project asks for it
	Note      string              `json:"note,omitempty"`   // why, where the outcome is not Fetched
	Given     Given               `json:"given,omitzero"`
	Within    *Within             `json:"within,omitempty"`  // nil for what came by itself
	Post      *Post               `json:"post,omitempty"`    // nil for what stood on no platform
	Line      *Line               `json:"line,omitempty"`    // how it came over the network; nil where that is not known
	Private   map[string]string   `json:"private,omitempty"` // author, exif.… : for staff alone, never published
}

// Given is what the person who brings bytes says about them, for what the
// bytes leave out. The zero Given says nothing.
type Given struct {
	Published Date   `json:"published,omitempty"`
	Source    string `json:"source,omitempty"`
	Place     string `json:"place,omitempty"`
	Language  string `json:"language,omitempty"`
	URL       string `json:"url,omitempty"`
}
