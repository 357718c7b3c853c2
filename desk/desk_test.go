package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/desk"
)

func TestPasswords(t *testing.T) {
	kept, err := desk.HashPassword("seven stones on a hill")
	if err != nil {
		t.Fatal(err)
	}
	again, err := desk.HashPassword("seven stones on a hill")
	if err != nil || again == kept || strings.Contains(kept, "stones") {
		t.Errorf("one password is kept as %s and %s, %v", kept, again, err)
	}
	for _, test := range []struct {
		name, kept, password string
		want                 bool
	}{
		{"the password", kept, "seven stones on a hill", true},
		{"another", kept, "seven stones on a hall", false},
		{"none", kept, "", false},
		{"an account without a password", "", "", false},
		{"what is kept itself", kept, kept, false},
		{"a hash that is no hash", "$argon2id$v=19$m=1,t=0,p=0$$", "", false},
		{"a hash that would eat the memory", "$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := desk.CheckPassword(test.kept, test.password); got != test.want {
				t.Errorf("it holds: %v, want %v", got, test.want)
			}
		})
	}
	for _, poor := range []string{"", "eleven long", strings.Repeat("long ", 60)} {
		if _, err := desk.HashPassword(poor); !errors.As(err, new(cairn.Invalid)) {
			t.Errorf("a password of %d letters is taken: %v", len(poor), err)
		}
	}
}

func TestCodesProveOnce(t *testing.T) {
	secret, address, err := desk.NewCodes("ana", "Orvane")
	if err != nil || !strings.HasPrefix(address, "otpauth://totp/Orvane:ana?") {
		t.Fatalf("the address is %s, %v", address, err)
	}
	now := time.Date(2031, 5, 6, 12, 0, 10, 0, time.UTC)
	code := func(at time.Time) string {
		c, err := totp.GenerateCode(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	p := desk.Proofs{Codes: secret}
	for _, step := range []struct {
		name string
		code string
		at   time.Time
		want bool
	}{
		{"a code of long ago", code(now.Add(-2 * time.Minute)), now, false},
		{"the code of now", code(now), now, true},
		{"the same again", code(now), now, false},
		{"the one before, once a later was used", code(now.Add(-30 * time.Second)), now, false},
		{"a clock that is ahead", code(now.Add(30 * time.Second)), now, true},
		{"no code", "", now, false},
	} {
		if got := p.CheckCode(step.code, step.at); got != step.want {
			t.Errorf("%s: %v, want %v", step.name, got, step.want)
		}
	}
	if none := (desk.Proofs{}); none.CheckCode(code(now), now) {
		t.Error("an account without an authenticator is proved by a code")
	}
}

func TestProofsAreKeptWhole(t *testing.T) {
	p := desk.Proofs{Name: "ana", Password: "x", Codes: "y", Used: 7, Handle: []byte{1, 2}}
	got, err := desk.Read(p.Text())
	if err != nil || got.Text() != p.Text() {
		t.Errorf("read back as %s, %v", got.Text(), err)
	}
	if _, err := desk.Read("{"); !errors.Is(err, cairn.ErrDamaged) {
		t.Errorf("half a text is %v", err)
	}
}

func TestADoorNeedsAName(t *testing.T) {
	if _, err := desk.NewDoor("localhost", "http://localhost:8080", "Orvane"); err != nil {
		t.Error(err)
	}
	if _, err := desk.NewDoor("", "", "Orvane"); !errors.As(err, new(cairn.Invalid)) {
		t.Errorf("a door nowhere is %v", err)
	}
}

func TestSecretsDiffer(t *testing.T) {
	a, b := desk.NewSecret(), desk.NewSecret()
	if a == b || len(a) < 30 || desk.HashOf(a) == desk.HashOf(b) || strings.Contains(desk.HashOf(a), a) {
		t.Errorf("secrets %s and %s", a, b)
	}
}

func FuzzProofs(f *testing.F) {
	f.Add(`{"name":"ana"}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := desk.Read(text)
		if err != nil {
			return
		}
		again, err := desk.Read(p.Text())
		if err != nil || again.Text() != p.Text() {
			t.Errorf("%q is read as %s, then %s: %v", text, p.Text(), again.Text(), err)
		}
	})
}
