package estimate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// sameDigits is how far two numbers may lie apart, relative, and be the same:
// processors of another kind may round the last digits otherwise.
const sameDigits = 1e-10

// longestAnswer is the most bytes of a line of answers.
const longestAnswer = 16 << 20

// Checked says how answers that were computed again compare with those that were
// kept.
type Checked struct{ Answers, Numbers, Differed int }

// String writes c in a line.
func (c Checked) String() string {
	return fmt.Sprintf("%d answers, %d numbers computed again, %d differ", c.Answers, c.Numbers, c.Differed)
}

// A checking computes answers again.
type checking struct {
	Checked
	from  Source
	again map[string]map[string]map[string]any // by settings, then by what the answer is of
	lines func(Outcome) ([]any, error)
	out   io.Writer
}

func newChecking(from Source, out io.Writer) *checking {
	return &checking{from: from, again: map[string]map[string]map[string]any{}, out: out,
		lines: func(o Outcome) ([]any, error) { return o.Lines(), nil }}
}

// Check computes every number of answers again, which are JSON Lines as
// [Outcome.Lines] has them, from the histories that they were computed from, and
// writes to out which differ.
func Check(answers []byte, name string, from Source, out io.Writer) (Checked, error) {
	k := newChecking(from, out)
	lines := bufio.NewScanner(bytes.NewReader(answers))
	lines.Buffer(nil, longestAnswer)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := k.line(fmt.Sprintf("line %d", n), lines.Bytes()); err != nil {
			return k.Checked, cairn.Invalid{File: name, Line: n, Reason: err.Error()}
		}
	}
	if err := lines.Err(); err != nil {
		return k.Checked, fmt.Errorf("read %s: %w", name, err)
	}
	if k.Answers == 0 {
		return k.Checked, cairn.Invalid{File: name, Reason: "holds no answer"}
	}
	return k.Checked, nil
}

// CheckEstimate computes every number of every run of an estimate again, from the
// histories that are kept with it.
func CheckEstimate(e cairn.Estimate, out io.Writer) (Checked, error) {
	k := newChecking(SourceOf(e), out)
	k.lines = func(o Outcome) ([]any, error) {
		r, err := o.Run(Hash(k.from.Content))
		return nounLines(r), err
	}
	for _, r := range e.Runs {
		for _, l := range nounLines(r) {
			text, err := json.Marshal(l)
			if err == nil {
				err = k.line(fmt.Sprintf("run %d", r.Number), text)
			}
			if err != nil {
				return k.Checked, fmt.Errorf("check run %d of estimate %s: %w", r.Number, e.ID, err)
			}
		}
	}
	return k.Checked, nil
}

// nounLines are the answers and scores of a run, each with what it was computed
// from.
func nounLines(r cairn.EstimateRun) []any {
	of := provenance{r.Input, r.Version, r.Settings}
	var lines []any
	for _, a := range r.Answers {
		lines = append(lines, struct {
			cairn.MethodAnswer
			provenance
		}{a, of})
	}
	for _, s := range r.Scores {
		lines = append(lines, struct {
			cairn.MethodScore
			provenance
		}{s, of})
	}
	return lines
}

// SourceOf are the histories that are kept with an estimate.
func SourceOf(e cairn.Estimate) Source {
	return Source{Content: []byte(e.Histories), Name: "the histories of " + e.ID, Columns: e.Columns}
}

// line checks one answer.
func (k *checking) line(where string, line []byte) error {
	var was map[string]any
	if err := json.Unmarshal(line, &was); err != nil {
		return fmt.Errorf("is no answer: %w", err)
	}
	var from provenance
	if err := json.Unmarshal(line, &from); err != nil || from.Settings.Method == "" {
		return fmt.Errorf("does not say by which settings it was computed; `cairn estimate --json` does")
	}
	computed, err := k.compute(from.Settings)
	if err != nil {
		return err
	}
	k.Answers++
	at := where + ", " + subject(was)
	now, found := computed[subject(was)]
	if !found {
		k.differ(at, "there is no such answer now")
		return nil
	}
	if from.Version != cairn.Version {
		fmt.Fprintf(k.out, "%s: was computed by version %s, is now by %s\n", at, from.Version, cairn.Version)
	}
	if hash := Hash(k.from.Content); from.Input != "" && from.Input != hash {
		k.differ(at, fmt.Sprintf("was computed from a file whose sha256 is %s, that of %s is %s", from.Input, k.from.Name, hash))
	}
	k.compare(at, "", bare(was), now)
	return nil
}

// bare are the fields of an answer without its provenance.
func bare(fields map[string]any) map[string]any {
	for _, name := range []string{"input_sha256", "version", "settings"} {
		delete(fields, name)
	}
	return fields
}

func (k *checking) differ(at, what string) {
	k.Differed++
	fmt.Fprintf(k.out, "%s: %s\n", at, what)
}

// compute answers by these settings, once.
func (k *checking) compute(s cairn.EstimateSettings) (map[string]map[string]any, error) {
	id, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if found, done := k.again[string(id)]; done {
		return found, nil
	}
	o, err := Of(s, k.from)
	if err != nil {
		return nil, err
	}
	all, err := k.lines(o)
	if err != nil {
		return nil, err
	}
	computed := map[string]map[string]any{}
	for _, a := range all {
		text, err := json.Marshal(a)
		if err != nil {
			return nil, err
		}
		var fields map[string]any
		if err := json.Unmarshal(text, &fields); err != nil {
			return nil, err
		}
		computed[subject(fields)] = bare(fields)
	}
	k.again[string(id)] = computed
	return computed, nil
}

// subject is what tells the answer apart from others by the same settings.
func subject(fields map[string]any) string {
	var parts []string
	for _, name := range []string{"method", "scenario", "list", "variant"} {
		if text, is := fields[name].(string); is {
			parts = append(parts, text)
		}
	}
	stratum, _ := fields["stratum"].(map[string]any)
	for _, column := range slices.Sorted(maps.Keys(stratum)) {
		parts = append(parts, fmt.Sprintf("%s %v", column, stratum[column]))
	}
	return strings.Join(parts, ", ")
}

// compare names every value under path that was other than it is now.
func (k *checking) compare(at, path string, was, now any) {
	switch was := was.(type) {
	case map[string]any:
		now, is := now.(map[string]any)
		if !is {
			break
		}
		all := maps.Clone(now) // a field left out is a change too
		maps.Copy(all, was)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			k.compare(at, strings.TrimPrefix(path+"."+name, "."), was[name], now[name])
		}
		return
	case []any:
		now, is := now.([]any)
		if !is || len(was) != len(now) {
			break
		}
		for i := range was {
			k.compare(at, path+"["+strconv.Itoa(i)+"]", was[i], now[i])
		}
		return
	case float64:
		k.Numbers++
		if now, is := now.(float64); is && math.Abs(was-now) <= sameDigits*max(math.Abs(was), math.Abs(now)) {
			return
		}
	default:
		if was == now {
			return
		}
	}
	k.differ(at, fmt.Sprintf("%s: was %s, is %s", path, value(was), value(now)))
}

func value(v any) string {
	if n, is := v.(float64); is {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
