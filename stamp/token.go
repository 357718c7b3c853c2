// Package stamp is trusted time: what others sign, or a public chain of blocks
// holds, about when a digest was there. It knows tokens of RFC 3161, which an
// authority signs at once, and proofs of OpenTimestamps, which need a day and
// then nobody's word. Only a digest ever leaves the house.
//
// The package keeps nothing, and meets the world through the client that it is
// given.
package stamp

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"
)

// A Digest is SHA-256 of what is stamped.
type Digest = [sha256.Size]byte

// A Token is what an authority of RFC 3161 signed: that a digest was there at a
// time. One that [ParseToken] returned bears the signature of Chain[0].
type Token struct {
	Digest Digest
	At     time.Time           // UTC
	Within time.Duration       // that At may be off; 0 where the authority does not say
	Serial string              // its number with the authority
	Policy string              // under which it was signed, as an object identifier
	Chain  []*x509.Certificate // that of the signer first, then the others that came with it
}

// The object identifiers of RFC 3161, 5035 and 5280 that a token is held to.
var (
	tokenContent     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	signingCertV1    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	signingCertV2    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	extendedKeyUsage = asn1.ObjectIdentifier{2, 5, 29, 37}
)

// ParseToken reads a token and checks what can be checked of it alone: that its
// one signature holds over what it says, that the certificate it names in what
// is signed is the one that came with it, that this certificate is for time
// stamps and for nothing else (RFC 3161, 2.3), and that it was valid then. Who
// vouches for that certificate is for [Token.Trusted].
func ParseToken(der []byte) (Token, error) {
	t, err := parseToken(der)
	if err != nil {
		return Token{}, fmt.Errorf("time stamp: %w", err)
	}
	return t, nil
}

func parseToken(der []byte) (Token, error) {
	if err := strict(der); err != nil {
		return Token{}, err
	}
	signed, err := pkcs7.Parse(der)
	if err != nil {
		return Token{}, err
	}
	if len(signed.Signers) != 1 || len(signed.Signers[0].AuthenticatedAttributes) == 0 {
		return Token{}, errors.New("want one signature, over signed attributes")
	}
	said, err := timestamp.Parse(der)
	if err != nil {
		return Token{}, err
	}
	if said.HashAlgorithm != crypto.SHA256 || len(said.HashedMessage) != sha256.Size {
		return Token{}, errors.New("it is not of a SHA-256 digest")
	}
	signer := signed.GetOnlySigner()
	if signer == nil {
		return Token{}, errors.New("the certificate of the signer is not in it")
	}
	var content asn1.ObjectIdentifier
	if err := signed.UnmarshalSignedAttribute(pkcs7.OIDAttributeContentType, &content); err != nil || !content.Equal(tokenContent) {
		return Token{}, errors.New("what is signed is no time stamp")
	}
	if err := named(signed, signer); err != nil {
		return Token{}, err
	}
	if err := forStamps(signer, said.Time); err != nil {
		return Token{}, err
	}
	t := Token{Digest: Digest(said.HashedMessage), At: said.Time.UTC(), Within: said.Accuracy, Serial: said.SerialNumber.Text(16),
		Policy: said.Policy.String(), Chain: []*x509.Certificate{signer}}
	for _, c := range signed.Certificates {
		if !c.Equal(signer) {
			t.Chain = append(t.Chain, c)
		}
	}
	return t, holdTogether(signer, signed.Certificates)
}

// holdTogether checks the signature of each certificate whose issuer came with it,
// and that each but the signer's issued another.
func holdTogether(signer *x509.Certificate, certificates []*x509.Certificate) error {
	for _, c := range certificates {
		if !c.Equal(signer) && !slices.ContainsFunc(certificates, func(o *x509.Certificate) bool { return bytes.Equal(o.RawIssuer, c.RawSubject) && !o.Equal(c) }) {
			return fmt.Errorf("the certificate of %s has no part in it", subject(c))
		}
		for _, issuer := range certificates {
			if !bytes.Equal(issuer.RawSubject, c.RawIssuer) {
				continue
			}
			if err := issuer.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature); err != nil {
				return fmt.Errorf("the certificate of %s is not as it was signed: %w", subject(c), err)
			}
		}
	}
	return nil
}

// outer is a token as far as no signature covers it: RFC 5652, 5.1.
type outer struct {
	Type    asn1.ObjectIdentifier
	Content struct {
		Version int
		Digests []pkix.AlgorithmIdentifier `asn1:"set"`
		Within  struct {
			Type    asn1.ObjectIdentifier
			Content asn1.RawValue `asn1:"explicit,tag:0"`
		}
	} `asn1:"explicit,tag:0"`
}

// strict holds the part of der that no signature covers to saying what a token
// must say there, and der to having nothing behind it.
func strict(der []byte) error {
	var o outer
	rest, err := asn1.Unmarshal(der, &o)
	switch {
	case err != nil:
		return fmt.Errorf("it is no token: %w", err)
	case len(rest) > 0:
		return errors.New("bytes stand behind it")
	case !o.Type.Equal(pkcs7.OIDSignedData) || o.Content.Version != 3 || !o.Content.Within.Type.Equal(tokenContent):
		return errors.New("what is signed is no time stamp")
	}
	for _, digest := range o.Content.Digests {
		if _, known := hashOf(digest.Algorithm, nil); !known || len(digest.Parameters.Bytes) > 0 {
			return errors.New("it names a hash that cairn does not know")
		}
	}
	return nil
}

// named checks that the certificate is the one that stands, by its hash, in what
// was signed (RFC 5035, section 3), so that none can be put in its place.
func named(signed *pkcs7.PKCS7, signer *x509.Certificate) error {
	var second struct {
		Certs []struct {
			Algorithm struct {
				Algorithm  asn1.ObjectIdentifier
				Parameters asn1.RawValue `asn1:"optional"`
			} `asn1:"optional"`
			Hash   []byte
			Issuer asn1.RawValue `asn1:"optional"`
		}
		Policies asn1.RawValue `asn1:"optional"`
	}
	var first struct {
		Certs []struct {
			Hash   []byte
			Issuer asn1.RawValue `asn1:"optional"`
		}
		Policies asn1.RawValue `asn1:"optional"`
	}
	if signed.UnmarshalSignedAttribute(signingCertV2, &second) == nil && len(second.Certs) > 0 {
		sum, ok := hashOf(second.Certs[0].Algorithm.Algorithm, signer.Raw)
		if !ok || !bytes.Equal(sum, second.Certs[0].Hash) {
			return errors.New("it was signed for another certificate")
		}
		return nil
	}
	if signed.UnmarshalSignedAttribute(signingCertV1, &first) == nil && len(first.Certs) > 0 {
		if sum, _ := hashOf(pkcs7.OIDDigestAlgorithmSHA1, signer.Raw); !bytes.Equal(sum, first.Certs[0].Hash) {
			return errors.New("it was signed for another certificate")
		}
		return nil
	}
	return errors.New("it does not say which certificate signed it")
}

// hashOf hashes content by an algorithm; where none is told it is SHA-256.
func hashOf(algorithm asn1.ObjectIdentifier, content []byte) ([]byte, bool) {
	if algorithm == nil {
		algorithm = pkcs7.OIDDigestAlgorithmSHA256
	}
	for _, known := range []struct {
		id   asn1.ObjectIdentifier
		hash crypto.Hash
	}{
		{pkcs7.OIDDigestAlgorithmSHA1, crypto.SHA1}, {pkcs7.OIDDigestAlgorithmSHA256, crypto.SHA256},
		{pkcs7.OIDDigestAlgorithmSHA384, crypto.SHA384}, {pkcs7.OIDDigestAlgorithmSHA512, crypto.SHA512},
	} {
		if known.id.Equal(algorithm) && known.hash.Available() {
			h := known.hash.New()
			h.Write(content)
			return h.Sum(nil), true
		}
	}
	return nil, false
}

// forStamps checks that a certificate is for time stamps and nothing else, and
// was valid at a time.
func forStamps(c *x509.Certificate, at time.Time) error {
	if len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping || len(c.UnknownExtKeyUsage) > 0 {
		return fmt.Errorf("the certificate of %s is not for time stamps alone", subject(c))
	}
	for _, e := range c.Extensions {
		if e.Id.Equal(extendedKeyUsage) && !e.Critical {
			return fmt.Errorf("the certificate of %s does not insist on being for time stamps", subject(c))
		}
	}
	if at.Before(c.NotBefore) || at.After(c.NotAfter) {
		return fmt.Errorf("the certificate of %s was not valid on %s", subject(c), at.Format(time.DateOnly))
	}
	return nil
}

// Trusted checks that one of roots vouches, at the time of t, for whoever signed
// it; nil roots are those of this machine.
func (t Token) Trusted(roots *x509.CertPool) error {
	between := x509.NewCertPool()
	for _, c := range t.Chain[1:] {
		between.AddCert(c)
	}
	_, err := t.Chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: t.At, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}})
	return err
}

// Signer is what the certificate of the signer calls it.
func (t Token) Signer() string { return subject(t.Chain[0]) }

// Fingerprint is SHA-256 of the certificate of the signer, in hexadecimal digits.
func (t Token) Fingerprint() string {
	sum := sha256.Sum256(t.Chain[0].Raw)
	return hex.EncodeToString(sum[:])
}

func subject(c *x509.Certificate) string {
	if c.Subject.CommonName != "" {
		return c.Subject.CommonName
	}
	return c.Subject.String()
}
