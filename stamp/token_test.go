package stamp_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/stamp"
	"github.com/cairn-recorder/cairn/stamp/stamptest"
)

var ctx = context.Background()

var client = stamp.Client{HTTP: http.DefaultClient, Random: rand.Reader}

var stamped = []byte("cairn-0123456789ab\n7\nroot\n")

func noon() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

func tokenOf(t *testing.T, a *stamptest.Authority) []byte {
	t.Helper()
	der, err := client.Token(ctx, a.Address, sha256.Sum256(stamped))
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func rootsOf(a *stamptest.Authority) (*x509.CertPool, error) {
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(a.Root) {
		return nil, errors.New("the root is no PEM")
	}
	return roots, nil
}

func TestATokenSaysWhen(t *testing.T) {
	a := stamptest.NewAuthority(t, noon, x509.ExtKeyUsageTimeStamping)
	token, err := stamp.ParseToken(tokenOf(t, a))
	if err != nil {
		t.Fatal(err)
	}
	if token.Digest != sha256.Sum256(stamped) || !token.At.Equal(noon()) || token.Within != time.Second || token.Signer() != "Clock of Tarn" {
		t.Errorf("%+v by %s", token, token.Signer())
	}
	roots, err := rootsOf(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := token.Trusted(roots); err != nil {
		t.Errorf("by its own root: %v", err)
	}
	other := stamptest.NewAuthority(t, noon, x509.ExtKeyUsageTimeStamping)
	if roots, err = rootsOf(other); err != nil || token.Trusted(roots) == nil {
		t.Errorf("a root of the same name that never signed vouches for it (%v)", err)
	}
	if token.Trusted(nil) == nil {
		t.Error("this machine vouches for an authority that was made up a moment ago")
	}
}

func TestAnAuthorityMustBeForTimeStampsAlone(t *testing.T) {
	for name, usages := range map[string][]x509.ExtKeyUsage{
		"for letters":    {x509.ExtKeyUsageEmailProtection},
		"for both":       {x509.ExtKeyUsageTimeStamping, x509.ExtKeyUsageEmailProtection},
		"for both again": {x509.ExtKeyUsageEmailProtection, x509.ExtKeyUsageTimeStamping},
	} {
		a := stamptest.NewAuthority(t, noon, usages...)
		if _, err := client.Token(ctx, a.Address, sha256.Sum256(stamped)); err == nil || !strings.Contains(err.Error(), "not for time stamps alone") {
			t.Errorf("%s: %v", name, err)
		}
	}
	late := stamptest.NewAuthority(t, noon, x509.ExtKeyUsageTimeStamping)
	late.Now = func() time.Time { return noon().AddDate(30, 0, 0) }
	if _, err := client.Token(ctx, late.Address, sha256.Sum256(stamped)); err == nil {
		t.Error("an authority signed twenty years after its certificate had ended")
	}
}

// TestEveryBitOfATokenIsHeld flips every bit. What is still taken (a tag, or a
// letter in the name of a root by which nothing is found) must say the very same,
// by the same certificate.
func TestEveryBitOfATokenIsHeld(t *testing.T) {
	a := stamptest.NewAuthority(t, noon, x509.ExtKeyUsageTimeStamping)
	roots, err := rootsOf(a)
	if err != nil {
		t.Fatal(err)
	}
	der := tokenOf(t, a)
	whole, err := stamp.ParseToken(der)
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for bit := range 8 * len(der) {
		spoilt := bytes.Clone(der)
		spoilt[bit/8] ^= 1 << (bit % 8)
		token, err := stamp.ParseToken(spoilt)
		if err != nil || token.Trusted(roots) != nil {
			continue
		}
		taken++
		if token.Digest != whole.Digest || !token.At.Equal(whole.At) || token.Within != whole.Within || token.Serial != whole.Serial || token.Fingerprint() != whole.Fingerprint() {
			t.Errorf("bit %d of byte %d: it now says %x at %s", bit%8, bit/8, token.Digest, token.At)
		}
	}
	if most := 8 * len(der) / 50; taken > most {
		t.Errorf("%d of %d flipped bits were taken, more than %d", taken, 8*len(der), most)
	}
	for at := range len(der) {
		if _, err := stamp.ParseToken(der[:at]); err == nil {
			t.Errorf("cut off at byte %d of %d, and taken", at, len(der))
		}
	}
}

// TestOpenSSLAgrees has another implementation check a token, and refuse one of
// other bytes.
func TestOpenSSLAgrees(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		missing(t, "openssl is not installed")
	}
	a := stamptest.NewAuthority(t, noon, x509.ExtKeyUsageTimeStamping)
	folder := t.TempDir()
	for name, content := range map[string][]byte{"data": stamped, "other": []byte("other"), "root.pem": a.Root, "token": tokenOf(t, a)} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for data, want := range map[string]bool{"data": true, "other": false} {
		c := exec.Command(openssl, "ts", "-verify", "-data", data, "-token_in", "-in", "token", "-CAfile", "root.pem", "-attime", "1780315200")
		c.Dir = folder
		if out, err := c.CombinedOutput(); (err == nil) != want || want && !strings.Contains(string(out), "Verification: OK") {
			t.Errorf("%s: %v\n%s", data, err, out)
		}
	}
}

func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func FuzzParseToken(f *testing.F) {
	f.Add([]byte{0x30, 0x03, 0x02, 0x01, 0x00})
	f.Fuzz(func(t *testing.T, der []byte) {
		if token, err := stamp.ParseToken(der); err == nil && (len(token.Chain) == 0 || token.At.IsZero()) {
			t.Errorf("taken without a signer or a time: %+v", token)
		}
	})
}
