package warc

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// position is where the next byte of a file that is not packed stands.
func (r *Reader) position() int64 { return r.file.n - int64(r.text.Buffered()) }

// seek goes to the beginning of the next record.
func (r *Reader) seek() error {
	if r.packed {
		return r.seekPacked()
	}
	if r.lost {
		if err := r.findLine(); err != nil {
			return err
		}
	}
	if err := skipBlank(r.text); err != nil {
		return err
	}
	r.offset = r.position()
	return nil
}

// findLine goes to the next line that begins a record.
func (r *Reader) findLine() error {
	r.lost = false
	for begins := true; ; {
		if head, _ := r.text.Peek(len(recordMark)); begins && bytes.Equal(head, recordMark) {
			return nil
		}
		line, err := r.text.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		begins = bytes.HasSuffix(line, []byte("\n"))
	}
}

// seekPacked goes on in the member at hand, or to the next.
func (r *Reader) seekPacked() error {
	if r.member != nil && !r.lost {
		err := skipBlank(r.text)
		if err == nil || !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return err // a member that holds several records
		}
	}
	if err := r.findMember(); err != nil {
		return err
	}
	r.offset = r.file.n
	var err error
	if r.member == nil {
		r.member, err = gzip.NewReader(r.file)
	} else {
		err = r.member.Reset(r.file)
	}
	if err != nil {
		r.lost = true
		return err
	}
	r.member.Multistream(false)
	r.text = bufio.NewReaderSize(r.member, 64<<10)
	return skipBlank(r.text)
}

// findMember goes to the next gzip member; behind a fault, to the next that
// holds a record.
func (r *Reader) findMember() error {
	skipped, from := false, r.file.n
	for {
		head, err := r.file.in.Peek(512)
		if len(head) == 0 {
			if skipped && !r.lost {
				r.lost = true
				return Fault{from, "what stands behind the last record is none"}
			}
			return err
		}
		if bytes.HasPrefix(head, packedMark) && (!r.lost && !skipped || beginsRecord(head)) {
			if skipped && !r.lost {
				r.lost = true
				return Fault{from, "what stands between two records is none"}
			}
			r.lost = false
			return nil
		}
		next := 1
		if i := bytes.Index(head[1:], packedMark[:1]); i >= 0 {
			next += i
		} else {
			next = len(head)
		}
		r.file.skip(next)
		skipped = true
	}
}

// skipBlank passes over the line ends between records.
func skipBlank(r *bufio.Reader) error {
	for {
		b, err := r.ReadByte()
		if err != nil {
			return err
		}
		if b != '\r' && b != '\n' {
			return r.UnreadByte()
		}
	}
}
