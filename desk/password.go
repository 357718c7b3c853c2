package desk

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/cairn-recorder/cairn"
)

// What a password costs to try, after the password storage cheat sheet of OWASP:
// argon2id with 46 MiB, two passes and one lane.
const (
	argonMemory = 46 * 1024 // KiB
	argonPasses = 2
	argonLanes  = 1
)

// ShortestPassword is how many letters a password has at least.
const ShortestPassword = 12

// longestPassword bounds what is hashed for a stranger.
const longestPassword = 256

// HashPassword returns what is kept of a password, in the form that argon2's own
// programs write. One that is too short or too long is cairn.Invalid.
func HashPassword(password string) (string, error) {
	switch n := utf8.RuneCountInString(password); {
	case n < ShortestPassword:
		return "", cairn.Invalid{Field: "password", Reason: fmt.Sprintf("Use at least %d letters; several words together are good.", ShortestPassword)}
	case n > longestPassword:
		return "", cairn.Invalid{Field: "password", Reason: fmt.Sprintf("Use at most %d letters.", longestPassword)}
	}
	var salt [16]byte
	_, _ = rand.Read(salt[:]) // never fails
	key := argon2.IDKey([]byte(password), salt[:], argonPasses, argonMemory, argonLanes, 32)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt[:]), base64.RawStdEncoding.EncodeToString(key)), nil
}

// CheckPassword reports whether password is the one that HashPassword made kept
// of. An empty or unreadable hash takes as long to refuse, so that how long an
// answer takes does not tell which accounts there are.
func CheckPassword(kept, password string) bool {
	var memory, passes uint32
	var lanes uint8
	parts := strings.Split(kept, "$")
	well := len(parts) == 6 && len(password) <= 4*longestPassword
	if well {
		n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes)
		well = err == nil && n == 3 && memory <= 1<<20 && passes > 0 && passes < 20 && lanes > 0
	}
	if !well {
		argon2.IDKey([]byte("nobody"), make([]byte, 16), argonPasses, argonMemory, argonLanes, 32)
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	key, failed := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || failed != nil || len(key) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}
