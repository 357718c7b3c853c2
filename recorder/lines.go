package recorder

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"

	"github.com/cairn-recorder/cairn"
)

// An Input is a stream of JSON Lines and the name it goes by in messages.
type Input struct {
	Name string
	io.Reader
}

// mostLine is the most bytes that one line may have.
const mostLine = 256 << 20

// A line is one line of an input, from 1, without its end.
type line struct {
	file  string
	n     int
	bytes []byte
}

// lines yields the lines of inputs that are not blank, and an error that ends
// them all.
func lines(ctx context.Context, inputs []Input) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		for _, in := range inputs {
			r := bufio.NewReaderSize(in, 1<<16)
			for n := 1; ; n++ {
				if ctx.Err() != nil {
					yield(line{}, ctx.Err())
					return
				}
				raw, err := wholeLine(r)
				if n == 1 {
					raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
				}
				if text := bytes.TrimSpace(raw); len(text) > 0 && !yield(line{in.Name, n, text}, nil) {
					return
				}
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					yield(line{}, fmt.Errorf("read %s: line %d: %w", in.Name, n, err))
					return
				}
			}
		}
	}
}

func wholeLine(r *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		part, err := r.ReadSlice('\n')
		whole = append(whole, part...)
		if len(whole) > mostLine {
			return nil, cairn.Invalid{Field: "line", Reason: fmt.Sprintf("over %d bytes without an end", mostLine)}
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return whole, err
		}
	}
}

// answered is what became of one line.
type answered struct {
	out []byte
	err error
}

// filter answers each line of inputs on out, in their order, working on several
// at once. A line that cannot be answered is told to bad and passed over;
// filter returns how many those were. The error is of the world.
func filter(ctx context.Context, inputs []Input, out io.Writer, bad func(error), answer func([]byte) (any, error)) (wrong int, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var broken error
	w := bufio.NewWriterSize(out, 1<<16)
	for a := range inOrder(ctx, workers(), until(&broken, lines(ctx, inputs)), func(l line) answered { return answerLine(l, answer) }) {
		if a.err != nil {
			wrong++
			bad(a.err)
			continue
		}
		if _, err := w.Write(a.out); err != nil {
			return wrong, fmt.Errorf("write answers: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return wrong, fmt.Errorf("write answers: %w", err)
	}
	return wrong, broken
}

// until yields what of yields up to its first error, which it leaves in broken.
func until[T any](broken *error, of iter.Seq2[T, error]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for one, err := range of {
			if err != nil {
				*broken = err
				return
			}
			if !yield(one) {
				return
			}
		}
	}
}

func workers() int { return runtime.GOMAXPROCS(0) }

func answerLine(l line, answer func([]byte) (any, error)) answered {
	value, err := answer(l.bytes)
	if words, ok := value.(prose); ok && err == nil {
		return answered{out: []byte(words)}
	}
	if err == nil {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err = encoder.Encode(value); err == nil {
			return answered{out: out.Bytes()}
		}
	}
	return answered{err: located(err, l)}
}

// located says in which line a fault is.
func located(err error, l line) error {
	var invalid cairn.Invalid
	if errors.As(err, &invalid) {
		invalid.File, invalid.Line = l.file, l.n
		return invalid
	}
	return fmt.Errorf("%s:%d: %w", l.file, l.n, err)
}

// inOrder does work on each of from, on several at once, and yields what comes
// of it in the order of from. Not many more are begun than are taken.
func inOrder[In, Out any](ctx context.Context, several int, from iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		turns := make(chan chan Out, 4*several)
		free := make(chan struct{}, several)
		go func() {
			defer close(turns)
			for one := range from {
				turn := make(chan Out, 1)
				select {
				case turns <- turn:
				case <-ctx.Done():
					return
				}
				free <- struct{}{}
				go func() {
					turn <- work(one)
					<-free
				}()
			}
		}()
		for turn := range turns {
			if !yield(<-turn) {
				return
			}
		}
	}
}

// checkDocument says, as a cairn.Invalid, what keeps a line from being a
// document of the contract.
func checkDocument(text []byte) error {
	var d *struct {
		ID   *string `json:"id"`
		Text *string `json:"text"`
	}
	err := json.Unmarshal(text, &d)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return cairn.Invalid{Field: wrong.Field, Reason: "want a string, not " + wrong.Value}
	case errors.As(err, &wrong):
		return cairn.Invalid{Field: "line", Reason: "want a JSON object, not " + wrong.Value}
	case err != nil:
		return cairn.Invalid{Field: "line", Reason: "no JSON object: " + err.Error()}
	case d == nil:
		return cairn.Invalid{Field: "line", Reason: "want a JSON object, not null"}
	case d.ID == nil || *d.ID == "":
		return cairn.Invalid{Field: "id", Reason: "is missing"}
	case d.Text == nil:
		return cairn.Invalid{Field: "text", Reason: "is missing"}
	}
	return nil
}
