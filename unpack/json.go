package unpack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/cairn-recorder/cairn"
)

// An element is one value of an array of a JSON file, and where it stands.
type element struct {
	raw  json.RawMessage
	span cairn.Span
}

// walker goes through a JSON file without holding more of it than one value.
type walker struct {
	*json.Decoder
	base int // what stands before the JSON in the file
}

func newWalker(r io.Reader, base int) walker { return walker{json.NewDecoder(r), base} }

// object hands over each key of the object that now begins; do reads its value.
func (w walker) object(do func(key string) error) error {
	if err := w.opens('{'); err != nil {
		return err
	}
	for w.More() {
		t, err := w.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := do(key); err != nil {
			return err
		}
	}
	_, err := w.Token()
	return err
}

// array hands over each value of the array that now begins.
func (w walker) array(do func(element) error) error {
	if err := w.opens('['); err != nil {
		return err
	}
	for w.More() {
		var e element
		if err := w.Decode(&e.raw); err != nil {
			return err
		}
		end := w.base + int(w.InputOffset())
		e.span = cairn.Span{Start: end - len(e.raw), End: end}
		if err := do(e); err != nil {
			return err
		}
	}
	_, err := w.Token()
	return err
}

var errShape = errors.New("is of another shape than an export has")

func (w walker) opens(d json.Delim) error {
	t, err := w.Token()
	if err != nil {
		return err
	}
	if t != d {
		return errShape
	}
	return nil
}

// skip passes over the next value.
func (w walker) skip() error {
	var any json.RawMessage
	return w.Decode(&any)
}

// keys returns the keys of the object that head begins, as far as head goes, and
// whether it is an object.
func keys(head []byte) (found []string, ok bool) {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\uFEFF")))
	if len(head) == 0 || head[0] != '{' {
		return nil, false
	}
	w := newWalker(bytes.NewReader(head), 0)
	_ = w.object(func(key string) error { // head may end anywhere
		found = append(found, key)
		return w.skip()
	})
	return found, true
}

// errEnough ends a walk of which nobody wants more.
var errEnough = errors.New("enough")

// walked turns how a walk ended into what yield is told.
func (c Container) walked(err error, yield func(Piece, error) bool) bool {
	switch {
	case err == nil:
		return true
	case errors.Is(err, errEnough):
		return false
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return yield(Piece{}, c.invalid(0, "container", "breaks off before its end"))
	}
	return yield(Piece{}, c.invalid(0, "container", err.Error()))
}

// wrong is a fault of the value at a span: its line, what it is, and why.
func (c Container) wrong(at cairn.Span, what string, err error) error {
	lines := 1
	buffer := make([]byte, 32<<10)
	for r := io.NewSectionReader(c.Bytes, 0, int64(at.Start)); ; {
		n, err := r.Read(buffer)
		lines += bytes.Count(buffer[:n], []byte("\n"))
		if err != nil {
			break
		}
	}
	reason := err.Error()
	var shape *json.UnmarshalTypeError
	if errors.As(err, &shape) {
		reason = shape.Field + " is no " + shape.Type.Kind().String() + " but " + shape.Value
	}
	return c.invalid(lines, what, reason)
}
