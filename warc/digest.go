package warc

import (
	"bufio"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"
)

// A Verdict says what became of checking a digest.
type Verdict string

// The verdicts. The zero Verdict is that of a record that states no digest.
const (
	Unstated  Verdict = ""
	Holds     Verdict = "holds"
	Differs   Verdict = "differs"
	Unchecked Verdict = "unchecked" // of an algorithm that is not known, or of bytes that stand elsewhere
)

// A Check is what the digests that a record states came to.
type Check struct{ Block, Payload Verdict }

// A digest is one that a record states, and the hash that runs beside.
type digest struct {
	stated string
	hash   hash.Hash // nil where the algorithm is not known
}

func newDigest(stated string) *digest {
	if stated == "" {
		return nil
	}
	algorithm, _, _ := strings.Cut(stated, ":")
	d := &digest{stated: stated}
	switch strings.ReplaceAll(strings.ToLower(algorithm), "-", "") {
	case "md5":
		d.hash = md5.New()
	case "sha1":
		d.hash = sha1.New()
	case "sha256":
		d.hash = sha256.New()
	case "sha384":
		d.hash = sha512.New384()
	case "sha512":
		d.hash = sha512.New()
	}
	return d
}

// Write adds p to the hash, as io.Writer does.
func (d *digest) Write(p []byte) (int, error) {
	if d != nil && d.hash != nil {
		d.hash.Write(p)
	}
	return len(p), nil
}

// verdict holds the hash against what was stated, in any of the forms in which
// tools write it.
func (d *digest) verdict() Verdict {
	switch {
	case d == nil:
		return Unstated
	case d.hash == nil:
		return Unchecked
	}
	_, value, _ := strings.Cut(d.stated, ":")
	value = strings.TrimRight(strings.TrimSpace(value), "=")
	sum := d.hash.Sum(nil)
	if strings.EqualFold(value, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum)) ||
		strings.EqualFold(value, hex.EncodeToString(sum)) ||
		value == base64.RawStdEncoding.EncodeToString(sum) || value == base64.RawURLEncoding.EncodeToString(sum) {
		return Holds
	}
	return Differs
}

// A block reads the block of a record and no further.
type block struct {
	text   *bufio.Reader
	left   int64
	digest *digest

	// The payload of an HTTP message is hashed as it stands in the record and
	// with its transfer coding undone, since tools differ in which they state.
	stored, undone *digest
}

func newBlock(text *bufio.Reader, r *Record) *block {
	stated := r.Header.Get(PayloadDigestField)
	return &block{text: text, left: r.Size, digest: newDigest(r.Header.Get(BlockDigestField)), stored: newDigest(stated), undone: newDigest(stated)}
}

// Read reads as io.Reader does.
func (b *block) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, io.EOF
	}
	n, err := b.text.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.digest.Write(p[:n])
	if b.left > 0 {
		err = unexpected(err)
	} else {
		err = nil
	}
	return n, err
}

// Read reads the block of the record, the head of an HTTP message included.
func (r *Record) Read(p []byte) (int, error) { return r.block.Read(p) }

// Check reads what is left of the record and says whether its bytes are those
// that its digests were made of. The digest of a payload is checked only where
// the message of the record was read by [Record.Message], or nothing of it was
// read before. The error is a Fault, or of the reader below.
func (r *Record) Check() (Check, error) {
	payload := r.payload()
	if payload == nil {
		if _, err := io.Copy(io.Discard, r.block); err != nil {
			return Check{}, r.short(err)
		}
		return Check{r.block.digest.verdict(), r.block.unchecked()}, nil
	}
	if _, err := io.Copy(io.Discard, payload); err != nil && r.message == nil {
		return Check{}, r.short(err)
	}
	if r.message != nil { // whose chunks may break off where those of the answer did
		if _, err := io.Copy(io.Discard, r.message.stored); err != nil {
			return Check{}, r.short(err)
		}
	}
	if _, err := io.Copy(io.Discard, r.block); err != nil {
		return Check{}, r.short(err)
	}
	check := Check{r.block.digest.verdict(), r.block.stored.verdict()}
	if check.Payload == Differs && r.message != nil {
		check.Payload = r.block.undone.verdict()
	}
	return check, nil
}

func (r *Record) short(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return Fault{r.Offset, "the record is cut short"}
	}
	return err
}

func (b *block) unchecked() Verdict {
	if b.stored == nil {
		return Unstated
	}
	return Unchecked
}

// payload returns the reader that hashes the payload as it goes; nil where the
// payload stands elsewhere, or some of it is already gone.
func (r *Record) payload() io.Reader {
	if r.message != nil {
		return r.message.Body
	}
	if r.Type() == Revisit || r.block.left != r.Size || r.block.stored == nil {
		return nil
	}
	if r.isHTTP() {
		if m, err := r.Message(); err == nil {
			return m.Body
		}
		return nil
	}
	return io.TeeReader(r.block, r.block.stored)
}
