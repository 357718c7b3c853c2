package desk

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/cairn-recorder/cairn"
)

// A Door is where passkeys are shown: one origin, such as
// http://localhost:8080.
type Door struct{ auth *webauthn.WebAuthn }

// NewDoor returns the door of a host and an origin. Passkeys are of names, so that
// a host that is a number has none: it is cairn.Invalid.
func NewDoor(host, origin, title string) (Door, error) {
	if host == "" || net.ParseIP(host) != nil {
		return Door{}, cairn.Invalid{Field: "passkey", Reason: "Passkeys need an address with a name, such as localhost."}
	}
	auth, err := webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: title, RPOrigins: []string{origin}})
	if err != nil {
		return Door{}, cairn.Invalid{Field: "passkey", Reason: "No passkeys here: " + err.Error()}
	}
	return Door{auth}, nil
}

// A Challenge is what a browser is asked, and what its answer is held to; Held is
// for the server alone.
type Challenge struct {
	Asked any
	Held  string
}

// Enrol asks a browser for a new passkey of an account.
func (d Door) Enrol(p *Proofs) (Challenge, error) {
	if len(p.Handle) == 0 {
		p.Handle = []byte(NewSecret())
	}
	var known []protocol.CredentialDescriptor
	for _, k := range p.Passkeys {
		known = append(known, k.Descriptor())
	}
	asked, held, err := d.auth.BeginRegistration(p, webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired), webauthn.WithExclusions(known),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return Challenge{}, fmt.Errorf("enrol a passkey: %w", err)
	}
	return challenge(asked, held)
}

// Enrolled takes the browser's answer to Enrol, and adds the passkey to p.
func (d Door) Enrolled(p *Proofs, held string, r *http.Request) error {
	session, err := heldBy(held)
	if err != nil {
		return err
	}
	key, err := d.auth.FinishRegistration(p, session, r)
	if err != nil {
		return refused(err)
	}
	p.Passkeys = append(p.Passkeys, *key)
	return nil
}

// Ask asks a browser to prove an account by a passkey, whichever account it is.
func (d Door) Ask() (Challenge, error) {
	asked, held, err := d.auth.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return challenge(asked, held)
}

// Proved takes the browser's answer to Ask. find returns the proofs of the account
// that a passkey says it is of. What it returns is to be kept: it counts how often
// the passkey was used.
func (d Door) Proved(held string, r *http.Request, find func(handle []byte) (Proofs, error)) (Proofs, error) {
	session, err := heldBy(held)
	if err != nil {
		return Proofs{}, err
	}
	var found Proofs
	key, err := d.auth.FinishDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		found, err = find(handle)
		return found, err
	}, session, r)
	if err != nil {
		return Proofs{}, refused(err)
	}
	if key.Authenticator.CloneWarning {
		return Proofs{}, cairn.Invalid{Field: "passkey", Reason: "This passkey seems to have been copied. Sign in another way and remove it."}
	}
	k := slices.IndexFunc(found.Passkeys, func(c webauthn.Credential) bool { return bytes.Equal(c.ID, key.ID) })
	if k < 0 {
		return Proofs{}, refused(cairn.ErrNotFound)
	}
	found.Passkeys = slices.Clone(found.Passkeys)
	found.Passkeys[k] = *key
	return found, nil
}

func challenge(asked any, held *webauthn.SessionData) (Challenge, error) {
	text, err := json.Marshal(held)
	return Challenge{asked, string(text)}, err
}

func heldBy(text string) (webauthn.SessionData, error) {
	var held webauthn.SessionData
	if err := json.Unmarshal([]byte(text), &held); err != nil {
		return held, cairn.Invalid{Field: "passkey", Reason: "This was asked too long ago. Try again."}
	}
	return held, nil
}

// refused says that a passkey proved nothing, with what the library says of it.
func refused(err error) error {
	why := err.Error()
	var fault *protocol.Error
	if errors.As(err, &fault) && fault.DevInfo != "" {
		why += " (" + fault.DevInfo + ")"
	}
	return cairn.Invalid{Field: "passkey", Reason: "The passkey was not accepted: " + why}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
