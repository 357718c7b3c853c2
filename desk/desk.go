// Package desk is how those who work on a record prove who they are: passwords,
// codes of an authenticator, passkeys, and the secrets of sessions, one-time links
// and tokens. It keeps nothing and knows no page; it says whether a proof holds.
//
// Of a secret that somebody else holds, only its hash is ever kept.
package desk

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// NewSecret returns a secret that nobody can guess.
func NewSecret() string {
	var b [24]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashOf returns what is kept of a secret that NewSecret made. It is no hash for
// passwords, which can be guessed.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// A Session is one browser that an account is signed in from.
type Session struct {
	Account string    `json:"account"`
	Begun   time.Time `json:"begun"`
	Seen    time.Time `json:"seen"`
	Browser string    `json:"browser,omitempty"` // as it calls itself
	By      string    `json:"by"`                // how the account was proved: passkey, code or password
}

// Lifetime is how long a session lasts that nobody uses.
const Lifetime = 12 * time.Hour

// A Token lets a program ask in the place of an account, in one project and in no
// greater role than the token's.
type Token struct {
	Account string    `json:"account"`
	Label   string    `json:"label"`
	Role    string    `json:"role"`
	Made    time.Time `json:"made"`
}
