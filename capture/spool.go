package capture

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// A Spool keeps what is written to it until it is closed: in memory while that is
// short, and else in a temporary file, encrypted under a key that memory alone holds,
// since what is captured may be what an archive keeps sealed. It may be read while it
// is written, and by several at once. The zero Spool is empty.
type Spool struct {
	Most int // bytes that are held in memory; a mebibyte where 0

	mu     sync.RWMutex
	memory []byte
	file   *os.File
	block  cipher.Block
	size   int64
}

// Write adds p to the end.
func (s *Spool) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil && s.size+int64(len(p)) <= int64(s.most()) {
		s.memory = append(s.memory, p...)
		s.size += int64(len(p))
		return len(p), nil
	}
	if s.file == nil {
		if err := s.spill(); err != nil {
			return 0, fmt.Errorf("keep what is captured: %w", err)
		}
	}
	if err := s.write(p, s.size); err != nil {
		return 0, fmt.Errorf("keep what is captured: %w", err)
	}
	s.size += int64(len(p))
	return len(p), nil
}

func (s *Spool) most() int {
	if s.Most > 0 {
		return s.Most
	}
	return 1 << 20
}

// spill moves what is in memory to a file, which loses its name at once where the
// system lets it.
func (s *Spool) spill() error {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "cairn-capture-")
	if err != nil {
		return err
	}
	_ = os.Remove(file.Name()) // Close tries again
	s.file, s.block = file, block
	held := s.memory
	s.memory = nil
	return s.write(held, 0)
}

func (s *Spool) write(p []byte, at int64) error {
	sealed := make([]byte, len(p))
	s.stream(at, sealed, p)
	_, err := s.file.WriteAt(sealed, at)
	return err
}

// stream encrypts or decrypts what stands at a place of the file.
func (s *Spool) stream(at int64, to, from []byte) {
	var counter [aes.BlockSize]byte
	binary.BigEndian.PutUint64(counter[8:], uint64(at)/aes.BlockSize)
	stream := cipher.NewCTR(s.block, counter[:])
	var skipped [aes.BlockSize]byte
	stream.XORKeyStream(skipped[:at%aes.BlockSize], skipped[:at%aes.BlockSize])
	stream.XORKeyStream(to, from)
}

// ReadAt reads as io.ReaderAt does.
func (s *Spool) ReadAt(p []byte, at int64) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if at >= s.size {
		return 0, io.EOF
	}
	if s.file == nil {
		n := copy(p, s.memory[at:])
		if n < len(p) {
			return n, io.EOF
		}
		return n, nil
	}
	n, err := s.file.ReadAt(p[:min(int64(len(p)), s.size-at)], at)
	s.stream(at, p[:n], p[:n])
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

// Size is how many bytes were written.
func (s *Spool) Size() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.size
}

// Section reads all that was written so far, from a place on.
func (s *Spool) Section(from int64) *io.SectionReader {
	return io.NewSectionReader(s, from, s.Size()-from)
}

// Close throws away what was kept. One that nobody closes ends with the last that
// could read it.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory, s.size = nil, 0
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); gone != nil && !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	s.file = nil
	return err
}
