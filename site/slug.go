package site

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// slugOf returns the name of a file for a code, place or party: letters, digits
// and hyphens alone, so that any disk and any host takes it. Where something else
// stood, digits of its hash keep it apart from others.
func slugOf(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) > 60 {
		slug = slug[:60]
	}
	if slug == name {
		return slug
	}
	sum := sha256.Sum256([]byte(name))
	return strings.Trim(slug+"-"+hex.EncodeToString(sum[:3]), "-")
}
