package desk

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/cairn-recorder/cairn"
)

// Proofs is what an account can prove with that it is who it says: a password with
// the codes of an authenticator, or passkeys. The zero Proofs prove nothing.
type Proofs struct {
	Name     string                `json:"name"` // of the account
	Password string                `json:"password,omitempty"`
	Codes    string                `json:"codes,omitempty"` // the secret of the authenticator
	Used     int64                 `json:"used,omitempty"`  // the half minute whose code was used last
	Handle   []byte                `json:"handle,omitempty"`
	Passkeys []webauthn.Credential `json:"passkeys,omitempty"`
}

// Read returns the proofs that are kept as text; the zero Proofs for none.
func Read(text string) (Proofs, error) {
	var p Proofs
	if text == "" {
		return p, nil
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("proofs: %w", cairn.ErrDamaged)
	}
	return p, nil
}

// Text returns the proofs as they are kept.
func (p Proofs) Text() string {
	text, _ := json.Marshal(p) // holds nothing that has no JSON
	return string(text)
}

// halfMinute is how long a code of an authenticator stands (RFC 6238).
const halfMinute = 30

// NewCodes returns the secret of an authenticator for an account, and the address
// that a telephone reads it from.
func NewCodes(account, title string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: title, AccountName: account, Period: halfMinute, SecretSize: 20})
	if err != nil {
		return "", "", fmt.Errorf("codes of %s: %w", account, err)
	}
	return key.Secret(), key.URL(), nil
}

// CheckCode reports whether a code of the authenticator stands now, or half a
// minute before or after, and notes it, since each code proves but once.
func (p *Proofs) CheckCode(code string, now time.Time) bool {
	for _, by := range []int64{0, -1, 1} {
		step := now.Unix()/halfMinute + by
		want, err := totp.GenerateCodeCustom(p.Codes, time.Unix(step*halfMinute, 0), totp.ValidateOpts{Period: halfMinute, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && p.Codes != "" && step > p.Used && same(want, code) {
			p.Used = step
			return true
		}
	}
	return false
}

// WebAuthnID returns what passkeys know the account by.
func (p Proofs) WebAuthnID() []byte { return p.Handle }

// WebAuthnName returns the name of the account.
func (p Proofs) WebAuthnName() string { return p.Name }

// WebAuthnDisplayName returns the name of the account.
func (p Proofs) WebAuthnDisplayName() string { return p.Name }

// WebAuthnCredentials returns the passkeys.
func (p Proofs) WebAuthnCredentials() []webauthn.Credential { return p.Passkeys }
