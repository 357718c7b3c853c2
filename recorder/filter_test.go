package recorder

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/cairn-recorder/cairn/policy"
)

func step(t testing.TB, bad *[]string) Step {
	t.Helper()
	p, err := policy.Named("airwars")
	if err != nil {
		t.Fatal(err)
	}
	return Step{Policy: p, Bad: func(err error) { *bad = append(*bad, err.Error()) }}
}

func TestFiltersAnswerTheSameOnAnyNumberOfProcessors(t *testing.T) {
	var bad []string
	for name, run := range map[string]func(Step, io.Reader, io.Writer) (int, error){
		"extract": func(s Step, in io.Reader, out io.Writer) (int, error) {
			return s.Extract(ctx, []Input{{"in", in}}, out)
		},
		"incidents": func(s Step, in io.Reader, out io.Writer) (int, error) {
			return s.Incidents(ctx, []Input{{"in", in}}, out)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var first string
			for _, processors := range []int{1, 2, 8} {
				before := runtime.GOMAXPROCS(processors)
				var out bytes.Buffer
				wrong, err := run(step(t, &bad), strings.NewReader(many(100)), &out)
				runtime.GOMAXPROCS(before)
				if err != nil || wrong > 0 || strings.Count(out.String(), "\n") != 100 {
					t.Fatalf("%d lines, %d wrong, %v", strings.Count(out.String(), "\n"), wrong, err)
				}
				if first == "" {
					first = out.String()
				}
				if out.String() != first {
					t.Errorf("on %d processors the answer is another", processors)
				}
			}
		})
	}
}

func TestBadLinesAreSaidWithTheirNumber(t *testing.T) {
	var bad []string
	var out bytes.Buffer
	in := Input{"notes.jsonl", strings.NewReader("\uFEFF{\"id\":\"a\",\"text\":\"One man was killed.\"}\n\n{\"id\":\"b\"}\nnull\n{\"id\":\"c\",\"text\":\"last, without an end\"}")}
	wrong, err := step(t, &bad).Extract(ctx, []Input{in}, &out)
	if err != nil || wrong != 2 || strings.Count(out.String(), "\n") != 2 {
		t.Errorf("%d wrong, %v, answers %s", wrong, err, out.String())
	}
	if got := strings.Join(bad, "; "); got != "notes.jsonl:3: text: is missing; notes.jsonl:4: line: want a JSON object, not null" {
		t.Errorf("it says %q", got)
	}
}

var errGone = errors.New("gone")

type gone struct{}

func (gone) Read([]byte) (int, error)  { return 0, errGone }
func (gone) Write([]byte) (int, error) { return 0, errGone }

func TestAFilterEndsWithItsStreams(t *testing.T) {
	var bad []string
	s := step(t, &bad)
	if _, err := s.Extract(ctx, []Input{{"in", gone{}}}, io.Discard); !errors.Is(err, errGone) {
		t.Errorf("an input that is gone: %v", err)
	}
	if _, err := s.Extract(ctx, []Input{{"in", strings.NewReader(many(3000))}}, gone{}); !errors.Is(err, errGone) {
		t.Errorf("an output that is gone: %v", err)
	}
	if _, err := s.Incidents(ctx, []Input{{"in", strings.NewReader(many(30))}}, gone{}); !errors.Is(err, errGone) {
		t.Errorf("an output that is gone: %v", err)
	}
}

func FuzzFilters(f *testing.F) {
	f.Add(`{"id":"a","text":"Seven people were killed in Orvane."}`)
	f.Add(`{"incident":"i1","documents":[{"id":"a","text":"Two were hurt."}]}`)
	f.Add(`{"incident":"i1","claims":[{"document":"a","claims":[{"n":1,"harm":"killed","range":{"min":3,"max":null}}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var bad []string
		s := step(t, &bad)
		for _, run := range []func(io.Reader, io.Writer) (int, error){
			func(in io.Reader, out io.Writer) (int, error) { return s.Extract(ctx, []Input{{"in", in}}, out) },
			func(in io.Reader, out io.Writer) (int, error) { return s.Assess(ctx, []Input{{"in", in}}, out) },
			func(in io.Reader, out io.Writer) (int, error) { return s.Incidents(ctx, []Input{{"in", in}}, out) },
		} {
			var out bytes.Buffer
			if _, err := run(strings.NewReader(text), &out); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}
