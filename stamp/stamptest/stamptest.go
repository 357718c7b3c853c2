// Package stamptest gives tests an authority of RFC 3161 and a calendar of
// OpenTimestamps, which listen on loopback and end with the test.
package stamptest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/digitorus/timestamp"

	"github.com/cairn-recorder/cairn/stamp"
)

// An Authority signs time stamps under a root of its own.
type Authority struct {
	Address string
	Root    []byte // its certificate, as PEM
	Now     func() time.Time

	signer *x509.Certificate
	key    crypto.Signer
	root   *x509.Certificate
}

// policy is under which the authority signs: an identifier for examples.
var policy = asn1.ObjectIdentifier{2, 999, 1}

// NewAuthority starts an authority whose certificate is for usages, which in one
// that is in order are x509.ExtKeyUsageTimeStamping alone.
func NewAuthority(t testing.TB, now func() time.Time, usages ...x509.ExtKeyUsage) *Authority {
	t.Helper()
	a := &Authority{Now: now}
	rootKey, leafKey := drawn(t), drawn(t)
	from, until := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC) // whatever clock a test has
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root of Tarn"}, NotBefore: from, NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.root = made(t, root, root, rootKey.Public(), rootKey)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Clock of Tarn"}, NotBefore: from, NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: []pkix.Extension{usage(t, usages)}}
	a.signer, a.key = made(t, leaf, a.root, leafKey.Public(), rootKey), leafKey
	a.Root = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.Address = server.URL
	return a
}

// usage is the critical extension that says what a certificate is for.
func usage(t testing.TB, usages []x509.ExtKeyUsage) pkix.Extension {
	var ids []asn1.ObjectIdentifier
	for _, u := range usages {
		ids = append(ids, map[x509.ExtKeyUsage]asn1.ObjectIdentifier{
			x509.ExtKeyUsageTimeStamping: {1, 3, 6, 1, 5, 5, 7, 3, 8}, x509.ExtKeyUsageEmailProtection: {1, 3, 6, 1, 5, 5, 7, 3, 4},
		}[u])
	}
	value, err := asn1.Marshal(ids)
	if err != nil {
		t.Fatal(err)
	}
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: value}
}

func drawn(t testing.TB) *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func made(t testing.TB, c, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) *x509.Certificate {
	der, err := x509.CreateCertificate(rand.Reader, c, parent, public, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// ServeHTTP answers a query with a token.
func (a *Authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	asked, err := timestamp.ParseRequest(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	stamped := timestamp.Timestamp{HashAlgorithm: asked.HashAlgorithm, HashedMessage: asked.HashedMessage, Time: a.Now().UTC(), Accuracy: time.Second,
		SerialNumber: big.NewInt(7), Policy: policy, Nonce: asked.Nonce, Certificates: []*x509.Certificate{a.root}, AddTSACertificate: asked.Certificates}
	answer, err := stamped.CreateResponseWithOpts(a.signer, a.key, crypto.SHA256)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	w.Write(answer)
}

// A Calendar takes digests, and knows of each a block of Bitcoin once it has
// ripened. Seen is what it was given.
type Calendar struct {
	Address string

	mutex sync.Mutex
	ripe  bool
	seen  map[string]bool
}

// NewCalendar starts a calendar.
func NewCalendar(t testing.TB) *Calendar {
	t.Helper()
	c := &Calendar{seen: map[string]bool{}}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	c.Address = server.URL
	return c
}

// Ripen has the block be found.
func (c *Calendar) Ripen() { c.mutex.Lock(); c.ripe = true; c.mutex.Unlock() }

// Saw reports whether a digest, in hexadecimal digits, was given to c as it is.
func (c *Calendar) Saw(digest string) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.seen[digest]
}

// Height is the block that everything is in; Sibling is what stands beside each
// message in it.
const (
	Height  = 358391
	Sibling = "beside"
)

// ServeHTTP answers POST /digest and GET /timestamp/MESSAGE.
func (c *Calendar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if r.URL.Path == "/digest" {
		message, _ := io.ReadAll(r.Body)
		c.seen[hex.EncodeToString(message)] = true
		w.Write(stamp.Branch{Attested: []stamp.Attestation{stamp.WaitsFor(c.Address)}}.Bytes())
		return
	}
	if message := r.URL.Path[len("/timestamp/"):]; !c.ripe || !c.seen[message] {
		http.NotFound(w, r)
		return
	}
	w.Write(block().Bytes())
}

// block leads from a message to the block.
func block() stamp.Branch {
	root := stamp.Branch{Attested: []stamp.Attestation{stamp.InBlock(Height)}}
	hashed := stamp.Branch{Steps: []stamp.Step{{Op: stamp.SHA256, Next: root}}}
	return stamp.Branch{Steps: []stamp.Step{{Op: stamp.Append, Operand: []byte(Sibling), Next: hashed}}}
}

// Root is the Merkle root of the block that a message is in.
func Root(message []byte) string {
	once := sha256.Sum256(append(append([]byte{}, message...), Sibling...))
	for i, j := 0, len(once)-1; i < j; i, j = i+1, j-1 {
		once[i], once[j] = once[j], once[i]
	}
	return hex.EncodeToString(once[:])
}
