package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn"
)

func TestAnyOneRecipientReadsIt(t *testing.T) {
	desk, deskPublic := identity(t)
	vault, vaultPublic := identity(t)
	stranger, _ := identity(t)
	g := onFolder(t)
	g.keys.Identities = desk
	if err := Encrypt(g.where, g.keys, []string{deskPublic, vaultPublic}); err != nil {
		t.Fatal(err)
	}
	ref := put(t, g.open(t), receiptAt(0), "seven people")
	// The key of the desk is lost; that of the vault comes out.
	g.keys.Identities = "# from the vault\n" + vault + "\n"
	a := g.open(t)
	if content, err := a.Get(ref); err != nil || string(content) != "seven people" {
		t.Errorf("Get = %q, %v", content, err)
	}
	if got := a.Recipients(); !slices.Equal(got, []string{deskPublic, vaultPublic}) {
		t.Errorf("recipients %v", got)
	}
	if found := faults(t, a); len(found) > 0 {
		t.Error(found)
	}
	before := g.names(t)
	for name, identities := range map[string]string{"no key": "", "the key of another": stranger} {
		g.keys.Identities = identities
		_, err := Open(g.where, g.keys)
		var hint cairn.Hint
		if !errors.Is(err, ErrLocked) || !errors.As(err, &hint) || !strings.Contains(err.Error(), vaultPublic) {
			t.Errorf("%s: %v, want that it is locked, to whom, and what to do", name, err)
		}
	}
	if after := g.names(t); !slices.Equal(before, after) {
		t.Errorf("a key that does not fit changed the archive: %v, was %v", after, before)
	}
}

func TestWithoutAKeyWhatAKillLeftBehindStays(t *testing.T) {
	g := encrypted(t, onFolder(t))
	a := g.open(t)
	_, receipt := namesOf(t, a, put(t, a, receiptAt(0), "seven people"))
	passing := filepath.Join(filepath.Dir(receipt), "."+filepath.Base(receipt)+".1")
	if err := os.Rename(filepath.Join(g.where, receipt), filepath.Join(g.where, passing)); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if _, err := Open(g.where, Keys{}); !errors.Is(err, ErrLocked) {
		t.Fatalf("Open = %v", err)
	}
	if !slices.Contains(g.names(t), filepath.ToSlash(passing)) {
		t.Error("the receipt on its way in was swept away by one who could not read it")
	}
	if found := faults(t, g.open(t)); len(found) > 0 {
		t.Errorf("with the key: %v", found)
	}
}

func TestNothingIsLegibleWithoutAKey(t *testing.T) {
	g := encrypted(t, onFolder(t))
	a := g.open(t)
	put(t, a, receiptAt(0), "seven people")
	large := bytes.Repeat([]byte("seven people "), inMemoryMost/8)
	if _, err := a.PutFrom(receiptAt(1), bytes.NewReader(large)); err != nil {
		t.Fatal(err)
	}
	if err := a.Remove(cairn.Tombstone{Ref: cairn.RefOf(large), Who: "R. Corder", At: noon, Why: "seven people", Authority: "court"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range g.names(t) {
		content := g.read(t, name)
		for _, words := range []string{"seven people", "report.txt", "R. Corder"} {
			if strings.Contains(content, words) {
				t.Errorf("%s holds %q in clear", name, words)
			}
		}
	}
	if t1, err := a.Tombstone(cairn.RefOf(large)); err != nil || t1.Authority != "court" {
		t.Errorf("tombstone %+v, %v", t1, err)
	}
}

// TestEveryBitOfAnEncryptedFileCounts flips each bit of a file as it lies there,
// and cuts it short at every length.
func TestEveryBitOfAnEncryptedFileCounts(t *testing.T) {
	g := encrypted(t, onFolder(t))
	a := g.open(t)
	ref := put(t, a, receiptAt(0), "7")
	name, _ := namesOf(t, a, ref)
	sound := g.read(t, name)
	for bit := range len(sound) * 8 {
		changed := []byte(sound)
		changed[bit/8] ^= 1 << (bit % 8)
		g.write(t, name, string(changed))
		if _, err := a.Get(ref); !errors.Is(err, cairn.ErrDamaged) {
			t.Fatalf("bit %d: Get = %v, want damaged", bit, err)
		}
	}
	for length := range len(sound) {
		g.write(t, name, sound[:length])
		if _, err := a.Get(ref); !errors.Is(err, cairn.ErrDamaged) {
			t.Fatalf("cut to %d bytes: Get = %v, want damaged", length, err)
		}
	}
}

func TestEncryptRefuses(t *testing.T) {
	secret, public := identity(t)
	_, other := identity(t)
	full := onFolder(t)
	full.keys.Identities = secret
	put(t, full.open(t), receiptAt(0), "seven people")
	for _, test := range []struct {
		name       string
		where      string
		keys       Keys
		recipients []string
		want       string
	}{
		{"an archive that holds something", full.where, full.keys, []string{public}, "holds something already"},
		{"what is no key", t.TempDir(), full.keys, []string{"age1xyz"}, "no public key of age"},
		{"nobody", t.TempDir(), full.keys, nil, "no public key of age"},
		{"recipients of whom none is here", t.TempDir(), full.keys, []string{other}, "no key at hand opens it"},
		{"a key that is none", t.TempDir(), Keys{Identities: "secret"}, []string{public}, "is no key of age"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := Encrypt(test.where, test.keys, test.recipients)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Encrypt = %v, want %q", err, test.want)
			}
			if exists(filepath.Join(test.where, recipientsFile)) {
				t.Error("it was encrypted all the same")
			}
		})
	}
	again := encrypted(t, onFolder(t))
	if err := Encrypt(again.where, again.keys, []string{public}); err == nil {
		t.Error("an encrypted archive was given other recipients")
	}
}

func TestASpoiltListOfRecipientsIsToldOf(t *testing.T) {
	g := encrypted(t, onFolder(t))
	put(t, g.open(t), receiptAt(0), "seven people")
	a := g.open(t)
	g.write(t, recipientsFile, g.read(t, recipientsFile)+"# and another\n"+a.recipients[0]+"\n")
	if found := faults(t, a); len(found) != 1 || found[0] != "altered recipients archive/recipients" {
		t.Errorf("with somebody added while it is open: %v", found)
	}
	g.write(t, recipientsFile, "nobody\n")
	if _, err := Open(g.where, g.keys); !errors.Is(err, cairn.ErrDamaged) {
		t.Errorf("Open = %v, want damaged", err)
	}
	g.remove(t, recipientsFile)
	if found := faults(t, a); len(found) != 1 || found[0] != "missing recipients archive/recipients" {
		t.Errorf("with the list gone while it is open: %v", found)
	}
	if _, err := Open(g.where, g.keys); !errors.Is(err, cairn.ErrDamaged) || !strings.Contains(err.Error(), "recipients") {
		t.Errorf("Open without the list = %v, want that it is gone", err)
	}
}

func TestAFileOfAgeInAnArchiveInTheClear(t *testing.T) {
	g := onFolder(t)
	put(t, g.open(t), receiptAt(0), ageIntro+"what somebody sent")
	if found := faults(t, g.open(t)); len(found) > 0 {
		t.Error(found)
	}
}

func ExampleEncrypt() {
	dir, err := os.MkdirTemp("", "archive")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	secret, public, err := NewIdentity()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(Encrypt(dir, Keys{Identities: secret}, []string{public}))
	_, err = Open(dir, Keys{})
	fmt.Println(errors.Is(err, ErrLocked))
	// Output:
	// <nil>
	// true
}
