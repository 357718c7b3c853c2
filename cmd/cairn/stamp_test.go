package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairn-recorder/cairn/stamp/stamptest"
)

// TestStampIsCheckedByOpenSSL stamps a record, saves what the authority signed, and
// has openssl check it against the file of the checkpoint; a dossier says the same
// on its own.
func TestStampIsCheckedByOpenSSL(t *testing.T) {
	authority := stamptest.NewAuthority(t, func() time.Time { return time.Date(2031, 6, 1, 12, 0, 0, 0, time.UTC) }, x509.ExtKeyUsageTimeStamping)
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	for name, content := range map[string]string{
		"reports.jsonl": `{"id":"wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on 3 May 2031, the mayor of Orvane said."}`,
		"root.pem":      string(authority.Root),
	} {
		if err := os.WriteFile(in(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(in("saved"), 0o700); err != nil {
		t.Fatal(err)
	}
	cairn := func(args ...string) string {
		var said bytes.Buffer
		if status := run(context.Background(), args, shell(&said, &said)); status != done {
			t.Fatalf("cairn %s ends with %d: %s", strings.Join(args, " "), status, said.String())
		}
		return said.String()
	}
	cairn("import", "--data", in("record"), in("reports.jsonl"))
	if got := cairn("stamp", "--data", in("record"), "--allow-private", "--authority", authority.Address); !strings.HasPrefix(got, "whole  ") {
		t.Errorf("stamp: %s", got)
	}
	token := strings.TrimSpace(cairn("stamp", "--data", in("record"), "--save", in("saved")))
	checkpoint := filepath.Join(in("record"), "log", strings.SplitAfter(filepath.Base(token), ".checkpoint")[0])
	cairn("dossier", "--data", in("record"), "-o", in("wire.zip"), "wire")
	for _, args := range [][]string{{"verify", "--data", in("record"), "--authorities", in("root.pem")}, {"verify", "--authorities", in("root.pem"), in("wire.zip")}} {
		if got := cairn(args...); !strings.Contains(got, "by 2031-06-01 12:00:00 UTC, signed by the authority Clock of Tarn, for which a root vouches") {
			t.Errorf("%v: %s", args, got)
		}
	}
	openssl, err := exec.LookPath("openssl")
	if err != nil && os.Getenv("CAIRN_TEST_ALL") == "1" {
		t.Fatal("openssl is not installed")
	}
	if err != nil {
		t.Skip("openssl is not installed")
	}
	for data, want := range map[string]bool{checkpoint: true, in("reports.jsonl"): false} {
		out, err := exec.Command(openssl, "ts", "-verify", "-data", data, "-token_in", "-in", token, "-CAfile", in("root.pem")).CombinedOutput()
		if (err == nil) != want {
			t.Errorf("openssl of %s: %v: %s", filepath.Base(data), err, out)
		}
	}
}
