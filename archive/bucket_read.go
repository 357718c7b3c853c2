package archive

import (
	"errors"
	"io"
	"sync"
)

// A remote is a file of a bucket that is read through once. Where the connection
// breaks it goes on from where it was.
type remote struct {
	b          *bucket
	name       string
	body       io.ReadCloser
	done, size int64
	broken     int
}

// Read reads on.
func (r *remote) Read(p []byte) (int, error) {
	n, err := r.body.Read(p)
	r.done += int64(n)
	if err == nil || errors.Is(err, io.EOF) && r.done >= r.size {
		return n, err
	}
	if r.broken++; r.broken >= mostTries {
		return n, unreachable{io.ErrUnexpectedEOF}
	}
	r.body.Close()
	body, _, err := r.b.get(r.name, r.done, -1)
	if err != nil {
		r.body = io.NopCloser(eof{})
		return n, err
	}
	r.body = body
	return n, nil
}

// Close ends the reading.
func (r *remote) Close() error { return r.body.Close() }

// eof is what is left of a file whose connection broke for good.
type eof struct{}

// Read is at its end.
func (eof) Read([]byte) (int, error) { return 0, unreachable{io.ErrUnexpectedEOF} }

const (
	blockSize  = 1 << 20
	mostBlocks = 16
)

// blocks reads a file of a bucket at any place, a block at a time, and keeps the
// blocks that it had last.
type blocks struct {
	b    *bucket
	name string
	size int64

	mu   sync.Mutex
	kept map[int64][]byte
	last []int64 // the numbers of those kept, the oldest first
}

func newBlocks(b *bucket, name string, size int64) *blocks {
	return &blocks{b: b, name: name, size: size, kept: map[int64][]byte{}}
}

// ReadAt reads at an offset.
func (r *blocks) ReadAt(p []byte, off int64) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(p) && off < r.size {
		block, err := r.block(off / blockSize)
		if err != nil {
			return n, err
		}
		got := copy(p[n:], block[min(off%blockSize, int64(len(block))):])
		if got == 0 {
			return n, unreachable{io.ErrUnexpectedEOF}
		}
		n, off = n+got, off+int64(got)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (r *blocks) block(number int64) ([]byte, error) {
	if block, ok := r.kept[number]; ok {
		return block, nil
	}
	from := number * blockSize
	body, _, err := r.b.get(r.name, from, min(blockSize, r.size-from))
	if err != nil {
		return nil, err
	}
	defer body.Close()
	block, err := io.ReadAll(body)
	if err != nil {
		return nil, unreachable{err}
	}
	if len(r.last) == mostBlocks {
		delete(r.kept, r.last[0])
		r.last = r.last[1:]
	}
	r.kept[number], r.last = block, append(r.last, number)
	return block, nil
}
