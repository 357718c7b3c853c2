package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
)

// A Checkpoint says how many leaves the log had and what its root was. Former is
// the hash of the signed checkpoint before it, "" for the first.
type Checkpoint struct {
	Origin string // the name of the log, which is that of its key
	Size   int
	Root   Hash
	Former string
}

// String writes c in the form of C2SP tlog-checkpoint, Former as an extension
// line.
func (c Checkpoint) String() string {
	s := fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
	if c.Former != "" {
		s += "former " + c.Former + "\n"
	}
	return s
}

// ParseCheckpoint reads the text of a checkpoint, in exactly the form that
// String writes; any other is cairn.ErrDamaged.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || len(lines) > 5 {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w: want a name, a size and a root", cairn.ErrDamaged)
	}
	size, err := strconv.Atoi(lines[1])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w: its size is no number", cairn.ErrDamaged)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w: its root is no hash", cairn.ErrDamaged)
	}
	c := Checkpoint{Origin: lines[0], Size: size, Root: root, Former: strings.TrimPrefix(lines[3], "former ")}
	if c.String() != text || size < 0 {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w: not as it was written", cairn.ErrDamaged)
	}
	return c, nil
}

// A Key signs checkpoints and dossiers with Ed25519.
type Key struct {
	signer note.Signer
	secret string
	public string
}

// NewKey draws a key. Its name is made of the key itself, so that it tells
// nothing of whose it is.
func NewKey(random io.Reader) (Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return Key{}, fmt.Errorf("draw a key: %w", err)
	}
	return keyOf(seed)
}

// keyOf returns the key of a seed of Ed25519.
func keyOf(seed []byte) (Key, error) {
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	sum := sha256.Sum256(public)
	name := "cairn-" + hex.EncodeToString(sum[:6])
	verifier, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return Key{}, fmt.Errorf("key: %w", err)
	}
	parts := strings.Split(verifier, "+")
	secret := "PRIVATE+KEY+" + name + "+" + parts[1] + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, seed...))
	signer, err := note.NewSigner(secret)
	return Key{signer, secret, verifier}, err
}

// ParseKey reads the text of a secret key, in exactly the form that Secret
// returns; any other is cairn.ErrDamaged.
func ParseKey(text string) (Key, error) {
	parts := strings.Split(text, "+")
	seed, err := base64.StdEncoding.DecodeString(strings.Join(parts[min(4, len(parts)):], "+"))
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return Key{}, fmt.Errorf("key: %w: want a secret key", cairn.ErrDamaged)
	}
	k, err := keyOf(seed[1:])
	if err == nil && k.secret != text {
		err = fmt.Errorf("key: %w: not as it was written", cairn.ErrDamaged)
	}
	return k, err
}

// Secret returns the text of the key, to be kept where nobody else reads it.
func (k Key) Secret() string { return k.secret }

// Public returns the text of what checks the signatures of the key.
func (k Key) Public() string { return k.public }

// Name returns the name of the key.
func (k Key) Name() string { return k.signer.Name() }

// Sign returns text, whose last byte is a line feed, as a signed note.
func (k Key) Sign(text string) ([]byte, error) { return note.Sign(&note.Note{Text: text}, k.signer) }

// Checkpoint signs what a tree of size leaves had for a root, after former, the
// signed checkpoint before it, nil where there was none.
func (k Key) Checkpoint(size int, root Hash, former []byte) ([]byte, error) {
	c := Checkpoint{Origin: k.Name(), Size: size, Root: root}
	if former != nil {
		c.Former = FormerOf(former)
	}
	return k.Sign(c.String())
}

// FormerOf returns how the checkpoint that follows a signed one names it.
func FormerOf(signed []byte) string {
	sum := sha256.Sum256(signed)
	return Text(sum[:])
}

// A Verifier checks the signatures of one key.
type Verifier struct {
	verifier note.Verifier
	public   string
}

// ParsePublic reads the text of a public key, in exactly the form in which it
// was written; any other is cairn.ErrDamaged.
func ParsePublic(text string) (Verifier, error) {
	v, err := note.NewVerifier(text)
	if err != nil {
		return Verifier{}, fmt.Errorf("public key: %w: %w", cairn.ErrDamaged, err)
	}
	_, digits, _ := strings.Cut(strings.TrimPrefix(text, v.Name()+"+"), "+")
	key, err := base64.StdEncoding.Strict().DecodeString(digits)
	if err != nil || len(key) != 1+ed25519.PublicKeySize {
		return Verifier{}, fmt.Errorf("public key: %w: want a key of Ed25519", cairn.ErrDamaged)
	}
	if again, err := note.NewEd25519VerifierKey(v.Name(), key[1:]); err != nil || again != text {
		return Verifier{}, fmt.Errorf("public key: %w: not as it was written", cairn.ErrDamaged)
	}
	return Verifier{v, text}, nil
}

// Public returns the text of the key.
func (v Verifier) Public() string { return v.public }

// Name returns the name of the key.
func (v Verifier) Name() string { return v.verifier.Name() }

// Open returns the text of a note that the key has signed, and nobody else. A
// note that it has not, or that differs in a byte from what it wrote, is
// cairn.ErrDamaged.
func (v Verifier) Open(signed []byte) (string, error) {
	n, err := note.Open(signed, note.VerifierList(v.verifier))
	if err != nil {
		return "", fmt.Errorf("%w: the signature does not hold: %w", cairn.ErrDamaged, err)
	}
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return "", fmt.Errorf("%w: it bears signatures that are not the log's", cairn.ErrDamaged)
	}
	sig, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	if err != nil {
		return "", fmt.Errorf("%w: the signature is not as it was written", cairn.ErrDamaged)
	}
	again := n.Text + "\n— " + v.Name() + " " + base64.StdEncoding.EncodeToString(sig) + "\n"
	if !bytes.Equal([]byte(again), signed) {
		return "", fmt.Errorf("%w: the note is not as it was written", cairn.ErrDamaged)
	}
	return n.Text, nil
}

// OpenCheckpoint returns the checkpoint that the key has signed.
func (v Verifier) OpenCheckpoint(signed []byte) (Checkpoint, error) {
	text, err := v.Open(signed)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	c, err := ParseCheckpoint(text)
	if err == nil && c.Origin != v.Name() {
		err = fmt.Errorf("checkpoint: %w: it is of another log, %s", cairn.ErrDamaged, c.Origin)
	}
	return c, err
}
