package archive

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/archive/archivetest"
)

// A ground is a place for an archive that a test can also get at by itself, as
// somebody with a shell or with the keys of the store might.
type ground struct {
	where  string
	keys   Keys
	title  string
	write  func(t testing.TB, name, content string)
	remove func(t testing.TB, name string)
	names  func(t testing.TB) []string
	read   func(t testing.TB, name string) string
}

// each runs test with an empty place of every sort: a folder, a bucket of two
// stores, and each of these encrypted.
func each(t *testing.T, test func(t *testing.T, g ground)) {
	t.Helper()
	for _, place := range []struct {
		name string
		make func(t testing.TB) ground
	}{{"folder", onFolder}, {"gofakes3", func(t testing.TB) ground { return onBucket(archivetest.Fake(t)) }},
		{"versitygw", func(t testing.TB) ground { return onBucket(archivetest.Versity(t)) }}} {
		t.Run(place.name, func(t *testing.T) { test(t, place.make(t)) })
		t.Run(place.name+" encrypted", func(t *testing.T) { test(t, encrypted(t, place.make(t))) })
	}
}

func onFolder(t testing.TB) ground {
	dir := filepath.Join(t.TempDir(), "archive")
	path := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	return ground{
		where: dir, title: "archive",
		write: func(t testing.TB, name, content string) {
			os.Chmod(path(name), 0o600) // it may not be there yet
			if err := os.WriteFile(path(name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		remove: func(t testing.TB, name string) {
			if err := os.Remove(path(name)); err != nil {
				t.Fatal(err)
			}
		},
		read: func(t testing.TB, name string) string {
			content, err := os.ReadFile(path(name))
			if err != nil {
				t.Fatal(err)
			}
			return string(content)
		},
		names: func(t testing.TB) []string {
			var names []string
			err := filepath.WalkDir(dir, func(at string, d os.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					names = append(names, filepath.ToSlash(strings.TrimPrefix(at, dir+string(filepath.Separator))))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return names
		},
	}
}

func onBucket(b archivetest.Bucket) ground {
	return ground{
		where: b.Where, keys: Keys{Access: b.Access, Secret: b.Secret}, title: "s3://evidence/valley",
		write:  func(t testing.TB, name, content string) { b.Write(t, name, []byte(content)) },
		remove: b.Remove, names: b.Names,
		read: func(t testing.TB, name string) string { return string(b.Read(t, name)) },
	}
}

// encrypted makes the archive of g one of two recipients, of which g has the
// keys of the second.
func encrypted(t testing.TB, g ground) ground {
	t.Helper()
	_, offline := identity(t)
	var recipient string
	g.keys.Identities, recipient = identity(t)
	if err := Encrypt(g.where, g.keys, []string{offline, recipient}); err != nil {
		t.Fatal(err)
	}
	return g
}

func identity(t testing.TB) (secret, public string) {
	t.Helper()
	secret, public, err := NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return secret, public
}

func (g ground) open(t testing.TB) *Archive {
	t.Helper()
	a, err := Open(g.where, g.keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// flip changes one bit in the middle of what is kept under a name.
func (g ground) flip(t testing.TB, name string) {
	t.Helper()
	content := []byte(g.read(t, name))
	content[len(content)/2] ^= 1
	g.write(t, name, string(content))
}

// kept is how many files of evidence and receipts lie there.
func (g ground) kept(t testing.TB) int {
	t.Helper()
	n := 0
	for _, name := range g.names(t) {
		if name != recipientsFile {
			n++
		}
	}
	return n
}
