package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
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

// A checking computes answers of a file again.
type checking struct {
	content []byte
	name    string
	again   map[string]map[string]map[string]any // by settings, then by what the answer is of

	out                        io.Writer
	answers, numbers, differed int
}

// check computes every number of a file of answers again, and names those that
// differ.
func (c *estimateCommand) check(w *world) error {
	content, name, err := c.content(w)
	if err != nil {
		return err
	}
	file, err := os.Open(c.Check)
	if err != nil {
		return err
	}
	defer file.Close()
	k := &checking{content: content, name: name, again: map[string]map[string]map[string]any{}, out: w.stdout}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestAnswer)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := k.line(n, lines.Bytes()); err != nil {
			return cairn.Invalid{File: c.Check, Line: n, Reason: err.Error()}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", c.Check, err)
	}
	if k.answers == 0 {
		return cairn.Invalid{File: c.Check, Reason: "holds no answer"}
	}
	fmt.Fprintf(w.stdout, "%d answers, %d numbers computed again, %d differ\n", k.answers, k.numbers, k.differed)
	if k.differed > 0 {
		return exitStatus(partly)
	}
	return nil
}

// line checks one answer.
func (k *checking) line(n int, line []byte) error {
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
	k.answers++
	at := fmt.Sprintf("line %d, %s", n, subject(was))
	now, found := computed[subject(was)]
	if !found {
		k.differ(at, "there is no such answer now")
		return nil
	}
	if from.Version != cairn.Version {
		fmt.Fprintf(k.out, "%s: was computed by version %s, is now by %s\n", at, from.Version, cairn.Version)
	}
	if hash := hashed(k.content); from.Input != "" && from.Input != hash {
		k.differ(at, fmt.Sprintf("was computed from a file whose sha256 is %s, that of %s is %s", from.Input, k.name, hash))
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
	k.differed++
	fmt.Fprintf(k.out, "%s: %s\n", at, what)
}

// compute answers by these settings, once.
func (k *checking) compute(s settings) (map[string]map[string]any, error) {
	id, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if found, done := k.again[string(id)]; done {
		return found, nil
	}
	o, err := s.outcome(k.content, k.name)
	if err != nil {
		return nil, err
	}
	computed := map[string]map[string]any{}
	for _, a := range o.lines() {
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
		k.numbers++
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
