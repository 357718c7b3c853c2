package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"filippo.io/age"

	"github.com/cairn-recorder/cairn"
)

// recipientsFile lies at the top of an encrypted archive and is not encrypted.
const recipientsFile = "recipients"

// ageIntro is how every file of age begins.
const ageIntro = "age-encryption.org/v1\n"

// inMemoryMost is the largest file that is encrypted in memory. What is larger is
// encrypted on its way, or into a passing file.
const inMemoryMost = 4 << 20

// A sealed place encrypts what it keeps to recipients, and reads it by the
// identities of any of them.
type sealed struct {
	place
	recipients []age.Recipient
	identities []age.Identity
}

func (s *sealed) open(name string) (*reading, error) {
	r, err := s.place.open(name)
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(r, s.identities...)
	if err != nil {
		r.Close()
		return nil, undecrypted(err)
	}
	return &reading{undeciphered{plain}, r, func() (io.ReaderAt, int64, error) {
		at, size, err := r.at()
		if err == nil {
			at, size, err = age.DecryptReaderAt(at, size, s.identities...)
		}
		return at, size, err
	}}, nil
}

// undecrypted says of a file that cannot be decrypted that it is damaged: those
// of an encrypted archive are all to the same recipients. A failure on the way to
// it says nothing of it.
func undecrypted(err error) error {
	if err == nil || errors.Is(err, ErrUnreachable) {
		return err
	}
	return fmt.Errorf("it cannot be decrypted: %w: %w", err, cairn.ErrDamaged)
}

// undeciphered reads what is decrypted on its way.
type undeciphered struct{ io.Reader }

// Read reads on.
func (u undeciphered) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err == io.EOF {
		return n, err
	}
	return n, undecrypted(err)
}

func (s *sealed) keep(files []file, sound func(file) error) error {
	in := make([]file, len(files))
	for i, f := range files {
		encrypted, err := age.EncryptReader(f.content, s.recipients...)
		if err != nil {
			return err
		}
		in[i] = file{f.name, f.hash, -1, encrypted}
		if f.size < 0 || f.size > inMemoryMost {
			continue
		}
		content, err := io.ReadAll(encrypted)
		if err != nil {
			return err
		}
		in[i].size, in[i].content = int64(len(content)), bytes.NewReader(content)
	}
	return s.place.keep(in, sound)
}

// unlock has an archive read and write its files encrypted, where it has
// recipients.
func (a *Archive) unlock(keys Keys) error {
	text, err := readAll(a.place, recipientsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return a.inTheClear()
	}
	if err != nil {
		return err
	}
	recipients, err := age.ParseRecipients(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w: %w", recipientsFile, err, cairn.ErrDamaged)
	}
	a.recipients = keyLines(string(text))
	identities, err := identitiesOf(keys)
	if err != nil {
		return err
	}
	if !opens(identities, recipients) {
		return cairn.Hint{
			Err:  fmt.Errorf("it is encrypted to %s: %w", strings.Join(a.recipients, " and "), ErrLocked),
			Hint: "say with --identity, or in CAIRN_IDENTITY, which file holds the key of one of them; nothing was changed",
		}
	}
	a.place = &sealed{a.place, recipients, identities}
	return nil
}

// plain returns the place as it lies there, encrypted or not.
func (a *Archive) plain() place {
	if s, ok := a.place.(*sealed); ok {
		return s.place
	}
	return a.place
}

// inTheClear refuses an archive without recipients whose first bytes are encrypted
// all the same: what came next would be kept in the clear.
func (a *Archive) inTheClear() error {
	folders, err := listed(a.place, bytesFolder+"/")
	if err != nil || len(folders) == 0 {
		return err
	}
	folder := path.Join(bytesFolder, folders[0].name)
	entries, err := listed(a.place, folder+"/")
	i := slices.IndexFunc(entries, func(e entry) bool { return e.isFile && isHash(e.name) })
	if err != nil || i < 0 {
		return err
	}
	name := path.Join(folder, entries[i].name)
	r, err := a.place.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	begin := make([]byte, len(ageIntro))
	if n, _ := io.ReadFull(r, begin); string(begin[:n]) != ageIntro {
		return nil // what cannot be read here is told of where it is read
	}
	if hash, err := hashAt(a.place, name); err != nil || hash == entries[i].name {
		return err // a file of age that somebody collected
	}
	return cairn.Hint{Err: fmt.Errorf("its files are encrypted, and %s, which says to whom, is gone: %w", recipientsFile, cairn.ErrDamaged),
		Hint: "put the file back: it holds the public keys, one a line"}
}

// ErrLocked says that an archive is encrypted and no key at hand opens it.
var ErrLocked = errors.New("no key at hand opens it")

func identitiesOf(keys Keys) ([]age.Identity, error) {
	if strings.TrimSpace(keys.Identities) == "" {
		return nil, nil
	}
	identities, err := age.ParseIdentities(strings.NewReader(keys.Identities))
	if err != nil {
		return nil, cairn.Invalid{Field: "identity", Reason: "is no key of age: " + err.Error()}
	}
	return identities, nil
}

// opens reports whether any of identities reads what is encrypted to recipients.
func opens(identities []age.Identity, recipients []age.Recipient) bool {
	if len(identities) == 0 {
		return false
	}
	r, err := age.EncryptReader(strings.NewReader(""), recipients...)
	if err == nil {
		_, err = age.Decrypt(r, identities...)
	}
	return err == nil
}

func keyLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// Encrypt makes the empty archive at where an encrypted one, which recipients,
// each a public key of age, can read: any one of them alone. Keys must open it.
// An archive that holds anything is cairn.Invalid, and is not touched.
func Encrypt(where string, keys Keys, recipients []string) error {
	text := strings.Join(recipients, "\n") + "\n"
	parsed, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil {
		return cairn.Invalid{Field: "recipient", Reason: "is no public key of age: " + err.Error()}
	}
	identities, err := identitiesOf(keys)
	if err != nil {
		return err
	}
	if !opens(identities, parsed) {
		return cairn.Hint{Err: fmt.Errorf("encrypt %s: %w", where, ErrLocked), Hint: "say with --identity which file holds the key of one of the recipients: cairn must read what it writes"}
	}
	a, err := Open(where, keys)
	if err != nil {
		return err
	}
	defer a.Close()
	if empty, err := a.empty(); err != nil || !empty {
		if err == nil {
			err = cairn.Invalid{Field: "archive", Reason: "holds something already; `cairn copy` copies it into an encrypted one"}
		}
		return fmt.Errorf("encrypt %s: %w", where, fault(err))
	}
	if err := a.keep(inMemory(recipientsFile, []byte(text))); err != nil {
		return fmt.Errorf("encrypt %s: %w", where, fault(err))
	}
	return nil
}

// empty reports whether nothing is in the archive, nor who could read it.
func (a *Archive) empty() (bool, error) {
	if a.recipients != nil {
		return false, nil
	}
	for _, folder := range []string{bytesFolder, receiptFolder} {
		found, err := a.place.list(folder + "/")
		if err != nil && !errors.Is(err, fs.ErrNotExist) || len(found) > 0 {
			return false, err
		}
	}
	return true, nil
}

// NewIdentity draws a key of age and returns its text, to be kept where nobody
// else reads it, and its public half.
func NewIdentity() (secret, public string, err error) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return "", "", err
	}
	return key.String(), key.Recipient().String(), nil
}
